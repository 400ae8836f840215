//! One run of a search: a schedule and, where a rule that is off would have spoken, other ways to go on from there.

use crate::dice::Dice;
use crate::moves::Move;
use crate::shape::{self, Fixed, Setting};
use crate::walk::Walk;
use protocol::Protocol;

/// How many moments of a schedule are gone back to, how often each, and for how many moves at most.
const SPOTS: usize = 3;
const FORKS: u32 = 8;
const FORK_MOVES: u32 = 50;

/// What a search looks for.
#[derive(Clone, Debug)]
pub(crate) struct Aim {
    pub(crate) fixed: Fixed,
    /// The promise that hangs on the rule that is off; nothing if any will do.
    pub(crate) promise: Option<&'static str>,
}

/// A schedule that breaks a promise.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) setting: Setting,
    pub(crate) moves: Vec<Move>,
    pub(crate) promise: &'static str,
    /// True if it is the promise that was aimed at.
    pub(crate) aimed: bool,
}

/// What one run has tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Schedules.
    pub schedules: u64,
    /// Events.
    pub events: u64,
    /// How often a rule that was off would have spoken.
    pub overridden: u64,
}

impl Tried {
    pub(crate) fn add(&mut self, other: Tried) {
        self.schedules += other.schedules;
        self.events += other.events;
        self.overridden += other.overridden;
    }
}

/// A run in the making.
#[derive(Debug)]
pub(crate) struct Trial<P: Protocol> {
    setting: Setting,
    dice: Dice,
    walk: Walk<P>,
    /// Where a rule spoke: before that schedule went on.
    spots: Vec<Walk<P>>,
    /// How often a rule spoke in the first schedule.
    spoke: usize,
    /// How many other ways have been begun.
    forks: u32,
    pub(crate) hit: Option<Hit>,
    pub(crate) tried: Tried,
}

impl<P: Protocol> Trial<P> {
    pub(crate) fn new(aim: &Aim, seed: u64, run: u32) -> Trial<P> {
        let mut dice = Dice::new(seed, u64::from(run));
        let setting = shape::draw::<P>(&aim.fixed, &mut dice);
        let walk = Walk::new(&setting, &mut dice, false);
        let tried = Tried { schedules: 1, ..Tried::default() };
        Trial { setting, dice, walk, spots: Vec::new(), spoke: 0, forks: 0, hit: None, tried }
    }

    /// Goes on for one move. False if the run is over.
    pub(crate) fn advance(&mut self, aim: &Aim) -> bool {
        let before = (self.walk.stage.sim.position(), self.walk.stage.eyes.overridden);
        let goes_on = self.walk.advance(&mut self.dice);
        self.tried.events += u64::from(self.walk.stage.sim.position() - before.0);
        let spoken = self.walk.stage.eyes.overridden - before.1;
        self.tried.overridden += u64::from(spoken);
        if self.note_hit(aim) {
            return false;
        }
        if goes_on {
            if spoken > 0 && self.forks == 0 {
                self.remember();
            }
            return true;
        }
        self.begin_fork()
    }

    /// True if the promise is broken that was aimed at.
    fn note_hit(&mut self, aim: &Aim) -> bool {
        if self.walk.stage.broken(None).is_none() {
            return false;
        }
        let aimed = aim.promise.is_none() || self.walk.stage.broken(aim.promise).is_some();
        let broken = self.walk.stage.broken(aim.promise.filter(|_| aimed));
        if let Some(violation) = broken.filter(|_| aimed || self.hit.is_none()) {
            let promise = violation.promise;
            self.hit = Some(Hit { setting: self.setting.clone(), moves: self.walk.moves.clone(), promise, aimed });
        }
        aimed
    }

    /// Keeps a few of the moments at which a rule spoke, each as likely as any other.
    fn remember(&mut self) {
        self.spoke += 1;
        if self.spots.len() < SPOTS {
            self.spots.push(self.walk.clone());
        } else if let Some(spot) = self.spots.get_mut(self.dice.below(self.spoke)) {
            *spot = self.walk.clone();
        }
    }

    fn begin_fork(&mut self) -> bool {
        let Some(spot) = self.spots.get((self.forks / FORKS) as usize) else { return false };
        self.forks += 1;
        self.tried.schedules += 1;
        self.walk = spot.fork(&mut self.dice, FORK_MOVES);
        true
    }
}
