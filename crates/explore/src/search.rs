//! The search: run after run until one breaks a promise, then the shrinking of that run; all of it in slices.

use crate::moves::Move;
use crate::replay::{Broken, Schedule, write_down};
use crate::shape::Fixed;
use crate::shrink::Shrink;
use crate::trial::{Aim, Hit, Trial, Tried};
use protocol::{Protocol, RuleSet};
use sim::Config;

/// A run that breaks another promise than the rule's own ends the search only after so many more runs, and four times as
/// many as it took: more where each run draws its settings, for there the rule's own promise can be broken.
const MORE_RUNS: u32 = 40_000;
const MORE_RUNS_AS_GIVEN: u32 = 1_000;

/// After the first run that breaks the rule's own promise, the search looks for more, to show the shortest of them: this
/// many runs and a quarter of those that it took, or until it has this many.
const LATER_RUNS: u32 = 40;
const HITS: usize = 8;

/// What to search, and how far.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The rules that are off.
    pub off: RuleSet,
    /// The settings, if they are given; otherwise each run draws its own, among those in which the rules matter.
    pub config: Option<Config>,
    /// From which all dice follow.
    pub seed: u64,
    /// How many runs at most.
    pub runs: u32,
}

/// What a search has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It plays runs.
    Searching,
    /// It has found one and shrinks it.
    Shrinking,
    /// It has a shrunk run.
    Found,
    /// It has played all runs, and nothing broke.
    Nothing,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it does.
    pub stand: Stand,
    /// How many runs are over.
    pub runs: u32,
    /// What was tried in them.
    pub tried: Tried,
    /// How many schedules were tried to shrink the one that was found.
    pub shrinks: u32,
}

/// A run that breaks a promise.
#[derive(Clone, Debug)]
pub struct Found {
    /// The number of the run, from 0: with the seed, it finds it again.
    pub run: u32,
    /// How many moves it had before it was shrunk.
    pub before: usize,
    /// How many kinds of fault it has.
    pub faults: usize,
    /// The shrunk run.
    pub schedule: Schedule,
}

impl Found {
    /// What a run has shrunk to. What was found broke its promise, and each step of the shrinking kept that.
    pub(crate) fn of<P: Protocol>(run: u32, hit: &Hit, best: &Broken) -> Option<Found> {
        let schedule = write_down::<P>(&best.setting, &best.moves, hit.promise)?;
        Some(Found { run, before: hit.moves.len(), faults: faults(&best.moves), schedule })
    }

    /// The shorter is shown before the longer, and of equally long ones the one with fewer kinds of fault.
    fn worth(&self) -> (usize, usize, u32) {
        (self.schedule.steps.len(), self.faults, self.run)
    }
}

/// The results of runs, in the order of their numbers.
#[derive(Clone, Debug)]
pub(crate) struct Results {
    pub(crate) runs: u32,
    pub(crate) tried: Tried,
    /// The first runs that broke the promise of the rule; until there is one, the first that broke any.
    hits: Vec<(u32, Hit)>,
    most: u32,
    /// How many runs follow one that breaks another promise.
    more: u32,
}

impl Results {
    pub(crate) fn new(wish: &Wish) -> Results {
        let more = if wish.config.is_some() { MORE_RUNS_AS_GIVEN } else { MORE_RUNS };
        Results { runs: 0, tried: Tried::default(), hits: Vec::new(), most: wish.runs, more }
    }

    /// Takes the result of the next run.
    pub(crate) fn take(&mut self, tried: Tried, hit: Option<Hit>) {
        self.tried.add(tried);
        if let Some(hit) = hit.filter(|hit| hit.aimed || self.hits.is_empty()) {
            self.hits.retain(|(_, other)| other.aimed);
            self.hits.push((self.runs, hit));
        }
        self.runs += 1;
    }

    /// True if the search is over.
    pub(crate) fn is_over(&self) -> bool {
        let enough = |(run, hit): &(u32, Hit)| {
            let more = if hit.aimed {
                (run / 4).saturating_add(LATER_RUNS)
            } else {
                run.saturating_mul(3).saturating_add(self.more)
            };
            self.runs > run.saturating_add(more)
        };
        self.runs >= self.most || self.hits.len() >= HITS || self.hits.first().is_some_and(enough)
    }
}

/// What a wish aims at: the promise of the rule that is off, if it is one rule and the promise is checked.
pub(crate) fn aim_of<P: Protocol>(wish: &Wish) -> Aim {
    let rules: Vec<_> = wish.off.iter().map(|rule| P::DIALECT.rule(rule).promise).collect();
    let checked = |key: &&str| P::DIALECT.promises.iter().any(|promise| promise.key == *key);
    let promise = match rules[..] {
        [promise] => Some(promise).filter(checked),
        _ => None,
    };
    Aim { fixed: Fixed { off: wish.off, config: wish.config.clone() }, promise }
}

/// A search that goes on in slices. Dropping it cancels it.
#[derive(Debug)]
pub struct Search<P: Protocol> {
    aim: Aim,
    seed: u64,
    results: Results,
    trial: Option<Trial<P>>,
    shrink: Option<Shrink<P>>,
    shrinks: u32,
    /// How many of the runs that were found are shrunk, and the best of them.
    shrunk: usize,
    best: Option<Found>,
}

impl<P: Protocol> Search<P> {
    /// A search that has not begun.
    pub fn new(wish: &Wish) -> Search<P> {
        let (aim, results) = (aim_of::<P>(wish), Results::new(wish));
        Search { aim, seed: wish.seed, results, trial: None, shrink: None, shrinks: 0, shrunk: 0, best: None }
    }

    /// One that has only to shrink what others have found.
    pub(crate) fn of(wish: &Wish, results: Results) -> Search<P> {
        Search { results, ..Search::new(wish) }
    }

    /// Goes on for about so many events. False if it is over.
    pub fn advance(&mut self, events: u32) -> bool {
        let mut left = events;
        while left > 0 && !self.is_over() {
            let used = if self.results.is_over() { self.shrink() } else { self.try_on() };
            left = left.saturating_sub(used.max(1));
        }
        !self.is_over()
    }

    fn is_over(&self) -> bool {
        matches!(self.stand(), Stand::Found | Stand::Nothing)
    }

    fn stand(&self) -> Stand {
        if !self.results.is_over() {
            Stand::Searching
        } else if self.shrunk < self.results.hits.len() {
            Stand::Shrinking
        } else if self.best.is_some() {
            Stand::Found
        } else {
            Stand::Nothing
        }
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let mut tried = self.results.tried;
        if let Some(trial) = &self.trial {
            tried.add(trial.tried);
        }
        Progress { stand: self.stand(), runs: self.results.runs, tried, shrinks: self.shrinks }
    }

    /// What it has found, once all is shrunk.
    pub fn found(&self) -> Option<&Found> {
        self.best.as_ref().filter(|_| self.is_over())
    }

    /// Goes on with the run in hand. How many events that took.
    fn try_on(&mut self) -> u32 {
        let trial = self.trial.get_or_insert_with(|| Trial::new(&self.aim, self.seed, self.results.runs));
        let before = trial.tried.events;
        let goes_on = trial.advance(&self.aim);
        let used = trial.tried.events - before;
        if !goes_on && let Some(trial) = self.trial.take() {
            self.results.take(trial.tried, trial.hit);
        }
        u32::try_from(used).unwrap_or(u32::MAX)
    }

    /// Goes on with shrinking. How many events that took.
    fn shrink(&mut self) -> u32 {
        let Some((run, hit)) = self.results.hits.get(self.shrunk) else { return 0 };
        let shrink = self.shrink.get_or_insert_with(|| Shrink::new(hit));
        self.shrinks += 1;
        if let Some(used) = shrink.advance() {
            return used;
        }
        if let Some(found) = Found::of::<P>(*run, hit, &shrink.best)
            && self.best.as_ref().is_none_or(|best| found.worth() < best.worth())
        {
            self.best = Some(found);
        }
        self.shrink = None;
        self.shrunk += 1;
        0
    }
}

/// How many kinds of fault are among some moves.
fn faults(moves: &[Move]) -> usize {
    let kinds: [fn(&Move) -> bool; 5] = [
        |step| matches!(step, Move::Crash(_)),
        |step| matches!(step, Move::Duplicate(_)),
        |step| matches!(step, Move::Drop(_)),
        |step| matches!(step, Move::Cut(..)),
        |step| matches!(step, Move::Wait(_)),
    ];
    kinds.iter().filter(|is| moves.iter().any(is)).count()
}
