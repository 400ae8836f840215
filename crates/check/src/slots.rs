//! Promises of protocols whose indexes are filled independently of each other.
//!
//! A content is chosen for an index when a majority has it there, on disk, in one and the same term. An acceptance that
//! is not on disk does not count: a crash may take it back before anybody heard of it.

use crate::checker::{Applied, Checker};
use crate::invariant::Invariant;
use crate::violation::{Chosen, Moment, Servers, Witness};
use protocol::{Index, NodeId, Requirement, Term, is_majority};

/// What was proposed for an index in a term first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proposal {
    pub(crate) term: Term,
    pub(crate) content: u64,
    pub(crate) node: NodeId,
    pub(crate) moment: Moment,
}

/// A content at an index in a term, and who has it on disk.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Acceptance {
    index: Index,
    pub(crate) term: Term,
    pub(crate) content: u64,
    pub(crate) by: Servers,
    /// When a majority had it.
    chosen: Option<Moment>,
}

impl Acceptance {
    /// All that a check looks at: index, term, content, who has it, and whether it is chosen.
    pub(crate) fn essence(&self) -> (Index, Term, u64, Servers, bool) {
        let Acceptance { index, term, content, by, chosen } = *self;
        (index, term, content, by, chosen.is_some())
    }
}

impl Checker {
    pub(crate) fn on_proposed(&mut self, node: NodeId, term: Term, index: Index, content: u64) {
        if !self.made.has(Invariant::OneValueATerm) && !self.made.has(Invariant::SafeToPropose) {
            return;
        }
        self.check_safe_to_propose(node, term, index, content);
        let of_term = self.proposals.at(index).find(|(_, proposal)| proposal.term == term);
        let moment = self.now;
        let Some((_, first)) = of_term.map(|(number, proposal)| (number, *proposal)) else {
            self.proposals.push(index, Proposal { term, content, node, moment });
            return;
        };
        if first.content == content {
            return;
        }
        self.broke(Invariant::OneValueATerm, node, first.node, |checker| {
            let (spot, era) = (checker.spot(index), checker.era(term));
            let (one, two) = (checker.named(first.content), checker.named(content));
            let proposed = |who: NodeId, what: &str, moment: Moment| {
                let text = format!("{who} proposed {what} for {spot} {moment}");
                Witness::of(text).by(who).on(moment).of_era(term).about(what)
            };
            (
                format!("{one} and {two} are both proposed for {spot} in {era}"),
                [proposed(first.node, &one, first.moment), proposed(node, &two, moment)],
            )
        });
    }

    pub(crate) fn on_accepted(&mut self, node: NodeId, index: Index, term: Term, content: u64) {
        let same = |acceptance: &Acceptance| acceptance.term == term && acceptance.content == content;
        let known = self.accepted.at(index).find(|(_, acceptance)| same(acceptance));
        let number = known.map(|(number, _)| number).unwrap_or_else(|| {
            let acceptance = Acceptance { index, term, content, by: Servers::default(), chosen: None };
            self.accepted.push(index, acceptance)
        });
        self.ghost(node).unsynced.push(number);
    }

    /// Counts what a disk now holds.
    pub(crate) fn keep_accepted(&mut self, node: NodeId, covers: impl Fn(&Requirement) -> bool) {
        let mut unsynced = std::mem::take(&mut self.ghost(node).unsynced);
        unsynced.retain(|number| {
            let Some(acceptance) = self.accepted.value(*number).copied() else { return false };
            let Acceptance { index, term, content, .. } = acceptance;
            let is_kept = covers(&Requirement { term, supported: None, index, hash: content });
            if is_kept {
                self.count(node, *number);
            }
            !is_kept
        });
        self.ghost(node).unsynced = unsynced;
    }

    fn count(&mut self, node: NodeId, number: u32) {
        let (servers, now) = (self.ghosts.len(), self.now);
        let Some(acceptance) = self.accepted.value_mut(number) else { return };
        acceptance.by.insert(node);
        if acceptance.chosen.is_some() || !is_majority(acceptance.by.len(), servers) {
            return;
        }
        acceptance.chosen = Some(now);
        let chosen = *acceptance;
        self.look(&[Invariant::Agreement]);
        self.check_agreement(node, &chosen);
        let Acceptance { index, content, by, .. } = chosen;
        let earlier = self.accepted.at(index).filter(|(_, other)| other.chosen.is_some()).count();
        if earlier == 1 {
            self.chosen.push(Chosen { index, at: now.at, position: now.position, content, by });
        }
    }

    fn check_agreement(&mut self, node: NodeId, chosen: &Acceptance) {
        let index = chosen.index;
        let differs = |other: &Acceptance| other.chosen.is_some() && other.content != chosen.content;
        let other = self.accepted.at(index).find(|(_, other)| differs(other)).map(|(_, other)| *other);
        if let Some(other) = other {
            let holder = other.by.iter().next().unwrap_or(node);
            self.broke(Invariant::Agreement, node, holder, |checker| {
                let (one, two) = (checker.named(other.content), checker.named(chosen.content));
                let (spot, done) = (checker.spot(index), checker.dialect.committed);
                (
                    format!("{one} and {two} are both {done} for {spot}"),
                    [checker.was_chosen(&other), checker.was_chosen(chosen)],
                )
            });
        }
        let applied =
            usize::try_from(index).ok().and_then(|place| self.applied.get(place)).copied().flatten();
        if let Some(applied) = applied.filter(|applied| applied.content != chosen.content) {
            self.applied_and_chosen(index, &applied, chosen);
        }
        self.check_chosen_is_valid(node, chosen);
    }

    fn check_chosen_is_valid(&mut self, node: NodeId, chosen: &Acceptance) {
        let content = chosen.content;
        let asked = content == 1 || self.submitted.iter().rev().any(|command| command.hash() == content);
        if !asked {
            self.broke(Invariant::Validity, node, node, |checker| {
                let (spot, done) = (checker.spot(chosen.index), checker.dialect.committed);
                let count = checker.submitted.len();
                (
                    format!("something is {done} for {spot} that no client asked for"),
                    [
                        checker.was_chosen(chosen),
                        Witness::of(format!("clients had asked for {count} things, none of them this")),
                    ],
                )
            });
        }
    }

    /// A server applied a content before anything else was applied there: no other one may be chosen.
    pub(crate) fn check_applied_is_chosen(&mut self, node: NodeId, index: Index, content: u64) {
        if !self.dialect.slots {
            return;
        }
        let differs = |other: &Acceptance| other.chosen.is_some() && other.content != content;
        let other = self.accepted.at(index).find(|(_, other)| differs(other)).map(|(_, other)| *other);
        if let Some(chosen) = other {
            self.applied_and_chosen(index, &Applied { content, node, moment: self.now }, &chosen);
        }
    }

    fn applied_and_chosen(&mut self, index: Index, applied: &Applied, chosen: &Acceptance) {
        let node = applied.node;
        self.broke(Invariant::Agreement, node, node, |checker| {
            let (mine, right) = (checker.named(applied.content), checker.named(chosen.content));
            let (spot, done) = (checker.spot(index), checker.dialect.committed);
            (
                format!("{node} took {mine} for {done} for {spot}, but {right} is"),
                [
                    Witness::of(format!("{node} applied {mine} {}", applied.moment))
                        .by(node)
                        .on(applied.moment)
                        .about(&mine),
                    checker.was_chosen(chosen),
                ],
            )
        });
    }

    fn was_chosen(&self, chosen: &Acceptance) -> Witness {
        let (what, era) = (self.named(chosen.content), self.era(chosen.term));
        let moment = chosen.chosen.unwrap_or(self.now);
        let text = format!("{what} was accepted in {era} by {} {moment}", chosen.by);
        Witness::of(text).on(moment).of_era(chosen.term).about(&what)
    }
}
