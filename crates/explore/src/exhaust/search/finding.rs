//! From the state at which a promise broke to a scenario that anybody can play.

use super::Exhaust;
use crate::exhaust::bounds::Copies;
use crate::exhaust::{echo, path};
use crate::search::Found;
use crate::shape::Setting;
use crate::shrink::Shrink;
use crate::trial::Hit;
use protocol::Protocol;

impl<P: Protocol> Exhaust<P> {
    /// Makes a scenario of what was found, in slices of about so many events.
    pub(super) fn shrink(&mut self, events: u64) {
        let (mut shrink, hit) = match self.shrink.take() {
            Some(begun) => begun,
            None => {
                let hit = self.hit();
                (Shrink::new(&hit), hit)
            }
        };
        let mut left = events;
        while left > 0 {
            let Some(used) = shrink.advance() else {
                self.found = Found::of::<P>(0, &hit, &shrink.best);
                self.shrunk = true;
                return;
            };
            left = left.saturating_sub(u64::from(used.max(1)));
        }
        self.shrink = Some((shrink, hit));
    }

    /// The way to the state at which a promise broke, as moves.
    fn hit(&mut self) -> Hit {
        let (mut state, promise) = self.broke[1].or(self.broke[0]).unwrap_or_default();
        let mut way = Vec::new();
        while state != 0 {
            let (before, step) = self.came[state as usize];
            way.push(step);
            state = before;
        }
        way.reverse();
        let setting = Setting::by_hand(self.config.clone());
        let way = self.with_echoes(&way);
        let moves = path::moves(&setting, &self.steps, &way);
        Hit { setting, moves, promise, aimed: self.broke[1].is_some() }
    }

    /// A way through the states with all that was echoed on it: a later step may need a message that came so. What none
    /// needs is left out when the schedule is shrunk.
    fn with_echoes(&mut self, way: &[u32]) -> Vec<u32> {
        if self.bounds.copies == Copies::One {
            return way.to_vec();
        }
        let (mut here, mut all) = (self.first.clone(), Vec::new());
        for number in way.iter().copied() {
            let slot = self.steps.cause(number).0.slot();
            here.servers[slot] = self.steps.step(number).server;
            here.ghost = self.ghosts.after(here.ghost, number, &self.steps, 0);
            all.push(number);
            echo::settle(&mut here, slot, number, &mut self.steps, &mut self.ghosts, &mut |echo| {
                all.push(echo)
            });
        }
        all
    }
}
