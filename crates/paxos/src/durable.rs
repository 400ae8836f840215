//! What survives a crash: the acceptor's memory (Paxos Made Simple §2.5).

use crate::proposal::{Ballot, Proposal};
use protocol::{Digest, Requirement};

/// An acceptor's two variables. They are all that Paxos keeps through a crash.
///
/// A proposer also has to remember the highest ballot that it ever used, or it would use it again for another value.
/// It needs no third variable for that: it promises a ballot to itself before it asks anybody else, so
/// [`Durable::highest_ballot`] is never below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Durable {
    /// The ballot below which this acceptor refuses everything; round 0 if it has promised nothing.
    pub promised: Ballot,
    /// The proposal that it accepted last.
    pub accepted: Option<Proposal>,
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
        /// What was accepted.
        proposal: Proposal,
    },
}

impl Durable {
    /// The highest ballot that this acceptor took part in.
    pub fn highest_ballot(&self) -> Ballot {
        self.accepted.as_ref().map_or(self.promised, |proposal| self.promised.max(proposal.ballot))
    }

    /// True if the disk has this acceptance, or has gone on to a later one.
    fn has_accepted(&self, ballot: Ballot, value_hash: u64) -> bool {
        self.accepted.as_ref().is_some_and(|accepted| {
            accepted.ballot > ballot || (accepted.ballot == ballot && accepted.value.hash() == value_hash)
        })
    }
}

impl protocol::Durable for Durable {
    type Delta = Delta;

    fn write(&mut self, delta: Delta) {
        match delta {
            Delta::Promised(ballot) => self.promised = ballot,
            Delta::Accepted { promised, proposal } => {
                *self = Durable { promised, accepted: Some(proposal) };
            }
        }
    }

    /// Whom a promise supports needs no look of its own: the ballot carries its owner's name.
    fn covers(&self, need: &Requirement) -> bool {
        let has_term = self.highest_ballot() >= need.term;
        has_term && (need.index == 0 || self.has_accepted(need.term, need.hash))
    }

    fn digest(&self, digest: &mut Digest) {
        self.promised.digest(digest);
        digest.word(u64::from(self.accepted.is_some()));
        if let Some(proposal) = &self.accepted {
            proposal.digest(digest);
        }
    }
}
