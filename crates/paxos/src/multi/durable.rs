//! What survives a crash: the acceptor's memory, slot by slot (Paxos Made Simple §2.5).

use crate::multi::slots::{Slot, Slots, share};
use crate::proposal::{Ballot, Proposal};
use protocol::{Digest, Requirement};

/// An acceptor's two variables. One promise covers every slot; what was accepted stands in each.
///
/// As in single-decree Paxos, a leader promises its ballot to itself before it asks anybody else, so it finds here
/// which ballots it must not use again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Durable {
    /// The ballot below which this acceptor refuses everything, whatever the slot; round 0 if it has promised nothing.
    pub promised: Ballot,
    accepted: Slots<Proposal>,
    /// The highest ballot in `accepted`.
    highest: Ballot,
    /// The shares of all slots in a fingerprint.
    hash: u64,
}

/// One write of an acceptor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Delta {
    /// Phase 1b: a promise.
    Promised(Ballot),
    /// Phase 2b: an acceptance and the promise that it implies, in one write.
    Accepted {
        /// The promise from now on.
        promised: Ballot,
        /// Where.
        slot: Slot,
        /// What was accepted.
        proposal: Proposal,
    },
}

impl Durable {
    /// What was accepted last in each slot.
    pub fn accepted(&self) -> &Slots<Proposal> {
        &self.accepted
    }

    /// The highest ballot that this acceptor took part in.
    pub fn highest_ballot(&self) -> Ballot {
        self.promised.max(self.highest)
    }

    /// A hash of all that was accepted.
    pub(crate) fn hash(&self) -> u64 {
        self.hash
    }

    /// This acceptor without what it accepted.
    pub(crate) fn forget_accepted(&mut self) {
        *self = Durable { promised: self.promised, ..Durable::default() };
    }

    pub(crate) fn accept(&mut self, slot: Slot, proposal: Proposal) {
        let share_of = |proposal: &Proposal| share(slot, |digest| proposal.digest(digest));
        self.highest = self.highest.max(proposal.ballot);
        self.hash ^= share_of(&proposal);
        if let Some(before) = self.accepted.put(slot, proposal) {
            self.hash ^= share_of(&before);
        }
    }

    /// True if the disk has this acceptance, or has gone on to a later one.
    fn has_accepted(&self, slot: Slot, ballot: Ballot, value_hash: u64) -> bool {
        self.accepted.get(slot).is_some_and(|accepted| {
            accepted.ballot > ballot || (accepted.ballot == ballot && accepted.value.hash() == value_hash)
        })
    }
}

impl protocol::Durable for Durable {
    type Delta = Delta;

    fn write(&mut self, delta: Delta) {
        match delta {
            Delta::Promised(ballot) => self.promised = ballot,
            Delta::Accepted { promised, slot, proposal } => {
                self.promised = promised;
                self.accept(slot, proposal);
            }
        }
    }

    /// Whom a promise supports needs no look of its own: the ballot carries its owner's name.
    fn covers(&self, need: &Requirement) -> bool {
        let has_term = self.highest_ballot() >= need.term;
        has_term && (need.index == 0 || self.has_accepted(need.index, need.term, need.hash))
    }

    fn digest(&self, digest: &mut Digest) {
        self.promised.digest(digest);
        digest.word(self.accepted.last());
        digest.word(self.hash);
    }
}
