//! Promises about terms, votes and leaders.
//!
//! A vote binds a server once it is on its disk or in a message that has left. One that is neither may be forgotten in
//! a crash, and given to somebody else afterwards, without harm.

use crate::checker::Checker;
use crate::invariant::Invariant;
use crate::violation::{Moment, Witness};
use protocol::{NodeId, Term};

/// A vote.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vote {
    pub(crate) term: Term,
    pub(crate) candidate: NodeId,
    pub(crate) moment: Moment,
}

/// Who led a term; of a committed entry, who committed it and in which term.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leadership {
    pub(crate) term: Term,
    pub(crate) node: NodeId,
    /// The entry that was committed.
    pub(crate) entry: u32,
    pub(crate) moment: Moment,
}

impl Checker {
    pub(crate) fn on_term(&mut self, node: NodeId, term: Term) {
        let now = self.now;
        let by = [Invariant::TermNeverGoesBack, Invariant::SafeToPropose, Invariant::SessionConsistency];
        let tracked = by.into_iter().any(|promise| self.made.has(promise));
        let ghost = self.ghost(node);
        if ghost.leads.is_some_and(|leads| leads != term) {
            ghost.leads = None;
        }
        let before = std::mem::replace(&mut ghost.entered, (term, now));
        if !tracked {
            return;
        }
        if term > before.0 {
            ghost.unsynced_terms.push((term, now));
        } else if term < before.0 {
            ghost.entered = before;
            self.went_back(node, term, before);
        }
    }

    fn went_back(&mut self, node: NodeId, term: Term, before: (Term, Moment)) {
        self.broke(Invariant::TermNeverGoesBack, node, node, |checker| {
            let (low, high) = (checker.era(term), checker.era(before.0));
            (
                format!("{node} went back from {high} to {low}"),
                [
                    Witness::of(format!("{node} entered {high} {}", before.1))
                        .by(node)
                        .on(before.1)
                        .of_era(before.0),
                    checker.did(node, format!("{node} entered {low}")).of_era(term),
                ],
            )
        });
    }

    /// Marks the terms that a crash can no longer take back.
    pub(crate) fn keep_terms(&mut self, node: NodeId, is_kept: impl Fn(Term) -> bool) {
        let ghost = self.ghost(node);
        let kept = &mut ghost.kept;
        ghost.unsynced_terms.retain(|entered| {
            let is_kept = is_kept(entered.0);
            if is_kept && entered.0 > kept.0 {
                *kept = *entered;
            }
            !is_kept
        });
    }

    pub(crate) fn on_supported(&mut self, node: NodeId, term: Term, candidate: NodeId) {
        let before = self.ghosts[node.slot()].entered;
        if self.made.has(Invariant::TermNeverGoesBack) && term < before.0 {
            self.went_back(node, term, before);
        }
        if !self.made.has(Invariant::VoteOnceATerm) {
            return;
        }
        let moment = self.now;
        match self.vote_of(node, term) {
            Some(vote) if vote.candidate == candidate => {}
            None => self.ghost(node).unsynced_votes.push(Vote { term, candidate, moment }),
            Some(vote) => self.broke(Invariant::VoteOnceATerm, node, node, |checker| {
                let (support, era) = (checker.dialect.support, checker.era(term));
                let gave = |to: NodeId, moment: Moment| {
                    let text = format!("{node} gave its {support} of {era} to {to} {moment}");
                    Witness::of(text).by(node).on(moment).of_era(term)
                };
                (
                    format!("{node} gave its {support} of {era} to {} and to {candidate}", vote.candidate),
                    [gave(vote.candidate, vote.moment), gave(candidate, moment)],
                )
            }),
        }
    }

    /// The vote of a term that still binds a server.
    fn vote_of(&self, node: NodeId, term: Term) -> Option<Vote> {
        let ghost = &self.ghosts[node.slot()];
        let of_term = |vote: &&Vote| vote.term == term;
        if let Some(vote) = ghost.unsynced_votes.iter().find(of_term) {
            return Some(*vote);
        }
        // Votes come in the order of their terms unless something is broken: a look at the highest spares the search.
        if term > ghost.highest_vote { None } else { ghost.votes.iter().rev().find(of_term).copied() }
    }

    /// Marks the votes that a crash can no longer take back.
    pub(crate) fn keep_votes(&mut self, node: NodeId, is_kept: impl Fn(&Vote) -> bool) {
        let ghost = self.ghost(node);
        let (votes, highest) = (&mut ghost.votes, &mut ghost.highest_vote);
        ghost.unsynced_votes.retain(|vote| {
            let is_kept = is_kept(vote);
            if is_kept {
                votes.push(*vote);
                *highest = vote.term.max(*highest);
            }
            !is_kept
        });
    }

    pub(crate) fn on_led(&mut self, node: NodeId, term: Term) {
        self.ghost(node).leads = Some(term);
        match self.leadership(term) {
            Some(first) if first.node != node => {
                self.broke(Invariant::ElectionSafety, node, first.node, |checker| {
                    (
                        format!("{} and {node} both lead {}", first.node, checker.era(term)),
                        [checker.led(first.node, term), checker.became_leader(node, term, checker.now)],
                    )
                })
            }
            Some(_) => {}
            None => {
                let leadership = Leadership { term, node, entry: crate::shelf::NONE, moment: self.now };
                self.leaderships.push(leadership);
                self.highest_led = term.max(self.highest_led);
            }
        }
        self.check_leader_completeness(node, term);
    }

    fn leadership(&self, term: Term) -> Option<Leadership> {
        if term > self.highest_led {
            return None;
        }
        self.leaderships.iter().rev().find(|leadership| leadership.term == term).copied()
    }

    fn became_leader(&self, node: NodeId, term: Term, moment: Moment) -> Witness {
        let text = format!("{node} became leader of {} {moment}", self.era(term));
        Witness::of(text).by(node).on(moment).of_era(term)
    }

    /// When a server became leader of a term, in words.
    pub(crate) fn led(&self, node: NodeId, term: Term) -> Witness {
        match self.leadership(term) {
            Some(known) if known.node == node => self.became_leader(node, term, known.moment),
            _ => Witness::of(format!("{node} leads {}", self.era(term))).by(node).of_era(term),
        }
    }
}
