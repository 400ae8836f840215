//! An early alarm for protocols with slots: is a proposal safe at the moment it is made?
//!
//! Two values chosen for one slot show that something went wrong a while ago. It went wrong when a proposal was made
//! although another value could still be chosen in a lower term: when the servers that have accepted that value there,
//! and those that are still free to, are a majority.

use crate::checker::Checker;
use crate::invariant::Invariant;
use crate::slots::Proposal;
use crate::violation::{Servers, Witness};
use protocol::{Index, NodeId, Term, is_majority};

impl Checker {
    pub(crate) fn check_safe_to_propose(&mut self, node: NodeId, term: Term, index: Index, content: u64) {
        if !self.made.has(Invariant::SafeToPropose) {
            return;
        }
        let of = self.ghosts.len();
        let lower = self.proposals.at(index).map(|(_, proposal)| *proposal);
        let other = lower.filter(|other| other.term < term && other.content != content);
        let danger = other
            .map(|other| (other, self.may_accept(index, &other)))
            .find(|(_, (has, free))| is_majority(has.len() + free.len(), of));
        let Some((other, (has, free))) = danger else { return };
        self.broke(Invariant::SafeToPropose, node, other.node, |checker| {
            let (spot, done) = (checker.spot(index), checker.dialect.committed);
            let (old, new) = (checker.named(other.content), checker.named(content));
            let (low, high) = (checker.era(other.term), checker.era(term));
            let mut could = Vec::new();
            if !has.is_empty() {
                could.push(format!("accepted by {has}"));
            }
            if !free.is_empty() {
                could.push(format!("still open to {free}"));
            }
            let could = could.join(", ");
            let first =
                format!("{} proposed {old} for {spot} in {low} {}; {could}", other.node, other.moment);
            let second = format!("{node} proposed {new} for {spot} in {high} {}", checker.now);
            (
                format!(
                    "{node} proposed {new} for {spot} in {high}, while {old} could still be {done} in {low}"
                ),
                [
                    Witness::of(first).by(other.node).on(other.moment).of_era(other.term).about(&old),
                    Witness::of(second).by(node).on(checker.now).of_era(term).about(&new),
                ],
            )
        });
    }

    /// Who has accepted a proposal on disk, and who else is still free to, because what it has entered for good does not
    /// forbid it.
    fn may_accept(&self, index: Index, proposal: &Proposal) -> (Servers, Servers) {
        let same = |term: Term, content: u64| term == proposal.term && content == proposal.content;
        let mut acceptances = self.accepted.at(index).map(|(_, acceptance)| acceptance);
        let has = acceptances
            .find(|acceptance| same(acceptance.term, acceptance.content))
            .map_or_else(Servers::default, |acceptance| acceptance.by);
        let mut free = Servers::default();
        for (node, ghost) in (1u8..).map(NodeId).zip(&self.ghosts) {
            if !has.has(node) && ghost.kept.0 <= proposal.term {
                free.insert(node);
            }
        }
        (has, free)
    }
}
