//! The learner: it finds out which values are chosen, slot by slot, in whatever order.
//!
//! Three ways lead to a decision: to count acceptors oneself, to be told, or to hear from a leader how far all is decided
//! and to hold what that leader proposed. A server that has missed some asks for them.

use crate::multi::acceptor::value;
use crate::multi::message::{Message, PValue};
use crate::multi::rules;
use crate::multi::slots::Slot;
use crate::multi::{Fx, MultiPaxos, Role};
use crate::proposal::{Ballot, Proposal, both, told};
use crate::quorum::{count, is_quorum};
use protocol::{Fact, NodeId, Observer};

/// Who is known to have accepted a proposal. One of these for each proposal for a slot, in the order in which they were
/// first heard of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Count {
    proposal: Proposal,
    acceptors: Vec<NodeId>,
}

/// How many decisions one message brings.
const BATCH: usize = 64;

impl MultiPaxos {
    /// Phase 2b arrives: one more acceptor, and the slot is decided once there are enough of one ballot.
    ///
    /// It counts for any ballot, this server's own or not: what a majority accepted is chosen, whoever has given up on
    /// it.
    pub(crate) fn on_accepted<O: Observer>(&mut self, from: NodeId, pvalue: PValue, fx: &mut Fx<'_, O>) {
        let PValue { slot, proposal } = pvalue;
        if self.decisions.get(slot).is_some() {
            return;
        }
        let Some(counts) = self.counts.at(slot) else { return };
        let known = counts.iter().position(|count| count.proposal.ballot == proposal.ballot);
        let place = known.unwrap_or(counts.len());
        if known.is_none() {
            counts.push(Count { proposal, acceptors: Vec::new() });
        }
        let acceptors = &mut counts[place].acceptors;
        if !fx.allows(rules::COUNT_ACCEPTORS_ONCE, !acceptors.contains(&from), [i32::from(from.0), 0, 0, 0]) {
            return;
        }
        acceptors.push(from);
        let (proposal, have) = counted(counts, place, fx);
        let of = self.servers.len();
        let is_enough = is_quorum(rules::MAJORITY, have.len(), of, fx);
        let [round, owner] = told(proposal.ballot);
        let values = [count(have.len()), value(slot), round, owner];
        if fx.allows(rules::DECIDE_ON_MAJORITY, is_enough, values) {
            self.decide_counted(slot, proposal, &have, fx);
        }
    }

    /// This server counted: it knows before the others, and tells them.
    fn decide_counted<O: Observer>(
        &mut self,
        slot: Slot,
        proposal: Proposal,
        have: &[NodeId],
        fx: &mut Fx<'_, O>,
    ) {
        if !self.options.accepted_to_all {
            for node in self.others() {
                self.send(node, Message::Decide(PValue { slot, proposal: proposal.clone() }), fx);
            }
        }
        let servers = have.iter().fold(0, |bits, node| bits | 1 << node.slot());
        fx.fact(|| Fact::Counted { index: slot, servers });
        self.decide(slot, proposal, true, fx);
    }

    /// A leader is alive, and says how far all is decided.
    ///
    /// That a slot is decided does not say with what. What this server accepted there is what was decided only if it was
    /// that same leader's proposal: a leader makes one for each slot, and knows of no decision of a higher ballot.
    pub(crate) fn on_heartbeat<O: Observer>(
        &mut self,
        from: NodeId,
        ballot: Ballot,
        decided: Slot,
        fx: &mut Fx<'_, O>,
    ) {
        if ballot < self.acceptor.promised {
            return self.refuse(from, ballot, fx);
        }
        self.follow(from, fx);
        for slot in self.decided_up_to + 1..=decided {
            let accepted = self.acceptor.accepted().get(slot).cloned();
            let Some(accepted) = accepted.filter(|_| self.decisions.get(slot).is_none()) else { continue };
            let [round, owner] = told(accepted.ballot);
            let is_the_leaders = accepted.ballot == ballot;
            let values = [value(slot), round, owner, i32::from(from.0)];
            if fx.allows(rules::DECIDED_IN_LEADERS_BALLOT, is_the_leaders, values) {
                self.decide(slot, accepted, false, fx);
            }
        }
        let from_slot = self.decided_up_to + 1;
        if from_slot <= decided
            && fx.applies(rules::CATCH_UP, [value(from_slot), value(decided), i32::from(from.0), 0])
        {
            self.send(from, Message::CatchUp { ballot, from_slot }, fx);
        }
    }

    /// Somebody has missed decisions: here are those that this server knows.
    pub(crate) fn on_catch_up<O: Observer>(
        &mut self,
        from: NodeId,
        ballot: Ballot,
        from_slot: Slot,
        fx: &mut Fx<'_, O>,
    ) {
        let known = self.decisions.from(from_slot).take(BATCH);
        let decided = known.map(|(slot, proposal)| PValue { slot, proposal: proposal.clone() }).collect();
        self.send(from, Message::Decisions { ballot, decided }, fx);
    }

    /// Takes note that a slot is decided, and runs what can be run.
    pub(crate) fn decide<O: Observer>(
        &mut self,
        slot: Slot,
        proposal: Proposal,
        counted: bool,
        fx: &mut Fx<'_, O>,
    ) {
        if self.decisions.get(slot).is_some() {
            return;
        }
        self.preempted(proposal.ballot, fx);
        self.decisions_hash ^= crate::multi::slots::share(slot, |digest| proposal.digest(digest));
        self.decisions.put(slot, proposal);
        self.counts.take(slot);
        if let Role::Leader(leader) = &mut self.role {
            leader.under_way.retain(|under_way| under_way.slot != slot);
        }
        let before = self.decided_up_to;
        while self.decisions.get(self.decided_up_to + 1).is_some() {
            self.decided_up_to += 1;
        }
        let index = self.decided_up_to;
        if index > before {
            fx.fact(|| Fact::Committed { index, leading: counted });
        }
        self.execute(fx);
        self.propose_waiting(fx);
    }

    /// Who is known to have accepted in a slot and ballot.
    pub(crate) fn acceptors(&self, slot: Slot, ballot: Ballot) -> &[NodeId] {
        let counts = self.counts.get(slot).map_or(&[][..], |counts| counts);
        counts.iter().find(|count| count.proposal.ballot == ballot).map_or(&[], |count| &count.acceptors)
    }
}

/// What is to be counted after news of the count at `place`: that proposal alone. Two acceptors of two ballots have not
/// accepted the same thing, even if each has accepted something.
fn counted<O: Observer>(counts: &[Count], place: usize, fx: &mut Fx<'_, O>) -> (Proposal, Vec<NodeId>) {
    let this = &counts[place];
    let other = counts.iter().find(|count| count.proposal.ballot != this.proposal.ballot);
    if let Some(other) = other
        && !fx.applies(rules::COUNT_PER_BALLOT, both(this.proposal.ballot, other.proposal.ballot))
    {
        let mut all: Vec<NodeId> = counts.iter().flat_map(|count| count.acceptors.clone()).collect();
        all.sort_unstable();
        all.dedup();
        return (counts[0].proposal.clone(), all);
    }
    (this.proposal.clone(), this.acceptors.clone())
}
