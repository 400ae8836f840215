//! The search: run after run, in slices, until one breaks a promise.

use crate::shape::Fixed;
use crate::trial::{Aim, Hit, Trial, Tried};
use protocol::{Protocol, RuleSet};
use sim::Config;

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

/// How far a search has come, and what it found.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    /// How many runs are over, from the first on.
    pub(crate) runs: u32,
    pub(crate) tried: Tried,
    /// The first run that broke the promise of the rule, or until then any.
    pub(crate) best: Option<(u32, Hit)>,
}

impl Progress {
    pub(crate) fn new() -> Progress {
        Progress { runs: 0, tried: Tried::default(), best: None }
    }

    /// Takes the result of the next run.
    pub(crate) fn take(&mut self, tried: Tried, hit: Option<Hit>) {
        self.tried.add(tried);
        let better = hit.filter(|hit| hit.aimed || self.best.is_none());
        if let Some(hit) = better {
            self.best = Some((self.runs, hit));
        }
        self.runs += 1;
    }

    /// True if the search is over. One that broke another promise than the rule's own goes on for some time.
    pub(crate) fn is_over(&self, most: u32) -> bool {
        let enough = |(run, hit): &(u32, Hit)| hit.aimed || self.runs > run.saturating_mul(4).saturating_add(3000);
        self.runs >= most || self.best.as_ref().is_some_and(enough)
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

/// Plays one whole run.
pub(crate) fn whole_run<P: Protocol>(aim: &Aim, seed: u64, run: u32) -> (Tried, Option<Hit>) {
    let mut trial = Trial::<P>::new(aim, seed, run);
    while trial.advance(aim) {}
    (trial.tried, trial.hit)
}
