//! The search itself: layer by layer, each of the states that one more move leads to.

mod extent;
mod finding;

pub use extent::{Extent, Verdict};

use crate::exhaust::bounds::{Bounds, Copies};
use crate::exhaust::cover::Cover;
use crate::exhaust::echo;
use crate::exhaust::ghosts::Ghosts;
use crate::exhaust::layer::{Layer, State};
use crate::exhaust::steps::{Given, Kind, Step, Steps};
use crate::exhaust::table::Keys;
use crate::search::{Found, Wish, aim_of};
use crate::shrink::Shrink;
use crate::trial::Hit;
use protocol::{Channel, Digest, NodeId, Protocol, TimerId};
use sim::{Config, Disk};

/// An exhaustive search that goes on in slices.
#[derive(Debug)]
pub struct Exhaust<P: Protocol> {
    config: Config,
    bounds: Bounds,
    promise: Option<&'static str>,
    steps: Steps<P>,
    ghosts: Ghosts,
    seen: Keys,
    /// For each state in the order in which they were reached: from which, and by which step.
    came: Vec<(u32, u32)>,
    now: Layer,
    next: Layer,
    /// The number of the state that is looked at next.
    number: u32,
    depth: u32,
    taken: u64,
    /// Before the search itself: all schedules at once.
    cover: Option<Cover>,
    verdict: Verdict,
    /// The states at which a promise broke first, and at which the one broke that was aimed at.
    broke: [Option<(u32, &'static str)>; 2],
    shrink: Option<(Shrink<P>, Hit)>,
    found: Option<Found>,
    /// True once nothing more can be left out of what was found.
    shrunk: bool,
    first: State,
    here: State,
    there: State,
}

impl<P: Protocol> Exhaust<P> {
    /// A search that has not begun: with the settings of a wish, or a cluster of three with the defaults.
    ///
    /// # Errors
    /// If the protocol or the settings need what such a search leaves out.
    pub fn new(wish: &Wish, bounds: &Bounds) -> Result<Exhaust<P>, &'static str> {
        if P::DIALECT.channel == Channel::Fifo {
            return Err(
                "an exhaustive search needs messages that go each on its own: this protocol has channels",
            );
        }
        let config = wish.config.clone().unwrap_or_else(|| Config::of(P::DIALECT));
        if config.disk != Disk::Sync {
            return Err("an exhaustive search needs disks that take no time");
        }
        let config = Config { off: wish.off, clients: bounds.commands.max(1), ..config };
        let steps = Steps::new(config.setup(), bounds);
        let ghosts = Ghosts::new(&steps.names);
        let mut search = Exhaust {
            promise: aim_of::<P>(wish).promise,
            bounds: *bounds,
            steps,
            ghosts,
            seen: Keys::default(),
            came: Vec::new(),
            now: Layer::default(),
            next: Layer::default(),
            number: 0,
            depth: 0,
            taken: 0,
            cover: None,
            verdict: Verdict::Searching,
            broke: [None; 2],
            shrink: None,
            found: None,
            shrunk: false,
            first: State::default(),
            here: State::default(),
            there: State::default(),
            config,
        };
        search.boot();
        Ok(search)
    }

    fn boot(&mut self) {
        let mut first = State { sums: vec![0; self.steps.names.len()], ..State::default() };
        let mut booted = Vec::new();
        for node in (1..=self.config.servers).map(NodeId) {
            let (server, letters, news) = self.steps.boot(node);
            first.add(self.steps.server_sums(server));
            first.servers.push(server);
            for letter in letters {
                first.add(self.steps.letter_sums(letter));
                first.letters.push(letter);
            }
            booted.push((node, news));
        }
        first.letters.sort_unstable();
        first.ghost = self.ghosts.begin::<P>(self.config.servers, &booted);
        if self.bounds.cover && self.bounds.copies == Copies::Many && self.config.off.is_empty() {
            self.cover = Some(Cover::new(&first, &mut self.steps, &self.ghosts));
        }
        self.seen.insert(self.key(&first));
        self.came.push((0, 0));
        self.now.push(&first);
        self.first = first;
    }

    /// Goes on for about so many steps. False if it is over.
    pub fn advance(&mut self, steps: u64) -> bool {
        if self.cover.is_some() {
            self.advance_cover(steps);
            return !self.is_over();
        }
        let end = self.taken + steps;
        while self.taken < end && self.verdict == Verdict::Searching {
            self.look_at_one();
        }
        if self.verdict == Verdict::Broken && !self.shrunk {
            self.shrink(steps);
        }
        !self.is_over()
    }

    /// Goes on with all schedules at once. If something breaks there, the search itself has to tell whether it can.
    fn advance_cover(&mut self, steps: u64) {
        let Some(mut cover) = self.cover.take() else { return };
        let end = cover.taken + steps;
        while cover.taken < end && self.verdict == Verdict::Searching && !cover.broken {
            if !cover.advance(&self.bounds, &mut self.steps, &mut self.ghosts) {
                self.verdict = Verdict::Complete;
            } else if (cover.bytes() + self.steps.bytes() + self.ghosts.bytes()) as u64 > self.bounds.bytes {
                self.verdict = Verdict::Full;
            }
        }
        self.cover = Some(cover).filter(|cover| !cover.broken);
    }

    fn is_over(&self) -> bool {
        match self.verdict {
            Verdict::Searching => false,
            Verdict::Broken => self.shrunk,
            _ => true,
        }
    }

    /// The run in which a promise breaks, once it is shrunk.
    pub fn found(&self) -> Option<&Found> {
        self.found.as_ref()
    }

    /// Looks at the next state, or begins the next layer.
    fn look_at_one(&mut self) {
        let mut here = std::mem::take(&mut self.here);
        let [servers, sums] = [usize::from(self.config.servers), self.steps.names.len()];
        if self.now.pop(servers, sums, &mut here) {
            self.look_at(&here);
            self.number += 1;
        } else {
            self.begin_layer();
        }
        self.here = here;
        // To grow, the largest table needs as much again for a moment.
        if self.number.is_multiple_of(1024) && self.bytes() > self.bounds.bytes || self.came.len() >= MOST {
            self.end(Verdict::Full);
        }
    }

    fn begin_layer(&mut self) {
        self.now = std::mem::take(&mut self.next);
        if self.now.len() == 0 {
            return self.end(Verdict::Complete);
        }
        self.depth += 1;
        if self.bounds.depth.is_some_and(|most| self.depth >= most) {
            self.end(Verdict::DepthReached);
        }
    }

    /// The search is over; if something broke on the way, with that.
    fn end(&mut self, verdict: Verdict) {
        let broken = self.broke.iter().any(Option::is_some);
        self.verdict = if broken { Verdict::Broken } else { verdict };
    }

    /// Tries all that may happen next.
    fn look_at(&mut self, here: &State) {
        let mut last = None;
        for letter in here.letters.iter().copied() {
            // Of two messages that are alike it does not matter which arrives.
            if last.replace(letter) != Some(letter) {
                let to = self.steps.letter(letter).to.slot();
                self.try_step(here, to, Given::Letter(letter));
            }
        }
        for slot in 0..here.servers.len() {
            let timers = self.steps.server(here.servers[slot]).timers;
            for timer in (0..P::DIALECT.timers.len()).filter(|timer| timers >> timer & 1 == 1) {
                self.try_step(here, slot, Given::Timer(TimerId(u8::try_from(timer).unwrap_or(u8::MAX))));
            }
            if here.used.commands < self.bounds.commands {
                self.try_step(here, slot, Given::Command(here.used.commands));
            }
            if here.used.crashes < self.bounds.crashes {
                self.try_step(here, slot, Given::Crash);
            }
        }
    }

    fn try_step(&mut self, here: &State, slot: usize, given: Given) {
        let number = self.steps.number(here.servers[slot], given);
        let step = self.steps.step(number);
        let echoes = step.kind == Kind::Echo && self.bounds.copies == Copies::Many;
        if matches!(step.kind, Kind::Idle | Kind::Beyond) || echoes && !self.is_news(here, number, step) {
            return;
        }
        let mut used = here.used;
        match given {
            Given::Command(_) => used.commands += 1,
            Given::Crash => used.crashes += 1,
            Given::Timer(_) if step.kind == Kind::Even && self.bounds.ticks.is_some() => used.ticks += 1,
            Given::Timer(_) | Given::Letter(_) => {}
        }
        if self.bounds.ticks.is_some_and(|most| used.ticks > most) {
            return;
        }
        self.taken += 1;
        let mut there = std::mem::take(&mut self.there);
        there.used = used;
        there.ghost = match step.news {
            0 => here.ghost,
            _ => self.ghosts.after(here.ghost, number, &self.steps, self.depth),
        };
        there.sums.clone_from(&here.sums);
        there.add(self.steps.step_sums(number));
        match self.bounds.copies {
            Copies::One => {
                if self.seen.insert(self.key(&there)) {
                    there.arrange(here, slot, step.server);
                    if let Given::Letter(letter) = given {
                        there.take(letter);
                    }
                    self.steps.sent(step).iter().for_each(|letter| there.put(*letter));
                    self.keep(here, &there, number);
                }
            }
            Copies::Many => {
                there.arrange(here, slot, step.server);
                echo::settle(&mut there, slot, number, &mut self.steps, &mut self.ghosts, &mut |_| {});
                if self.seen.insert(self.key(&there)) {
                    self.keep(here, &there, number);
                }
            }
        }
        self.there = there;
    }

    /// True if a checker remembers something after a step that it did not before.
    fn is_news(&mut self, here: &State, number: u32, step: Step) -> bool {
        step.news != 0 && self.ghosts.after(here.ghost, number, &self.steps, self.depth) != here.ghost
    }

    /// Keeps a new state.
    fn keep(&mut self, here: &State, there: &State, step: u32) {
        self.came.push((self.number, step));
        self.next.push(there);
        if there.ghost != here.ghost {
            self.note(there.ghost);
        }
    }

    /// By what a state is known: the least of what it would be under each of the names.
    #[inline]
    fn key(&self, state: &State) -> u64 {
        let least = if self.bounds.pasts {
            let ghosts = self.ghosts.sums(state.ghost);
            state.sums.iter().zip(ghosts).map(|(sum, ghost)| sum.wrapping_add(*ghost)).min()
        } else {
            state.sums.iter().min().copied()
        };
        let mut digest = Digest::from(least.unwrap_or_default());
        digest.word(state.used.word().into());
        digest.finish()
    }

    /// Has a promise broken at the newest state?
    fn note(&mut self, ghost: u32) {
        if !self.ghosts.is_broken(ghost) {
            return;
        }
        let broken = self.ghosts.broken(ghost, &self.steps);
        let newest = u32::try_from(self.came.len() - 1).unwrap_or(u32::MAX);
        self.broke[0] = self.broke[0].or(broken.first().map(|first| (newest, *first)));
        let aimed = broken.into_iter().find(|promise| self.promise.is_none_or(|aim| aim == *promise));
        if let Some(promise) = aimed.filter(|_| self.broke[1].is_none()) {
            self.broke[1] = Some((newest, promise));
            self.end(Verdict::Broken);
        }
    }
}

/// More states than this cannot be numbered.
const MOST: usize = u32::MAX as usize - 1;
