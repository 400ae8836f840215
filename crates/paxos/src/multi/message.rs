//! The messages. The two phases have the papers' names; what keeps servers up to date has plain ones.

use crate::multi::slots::Slot;
use crate::proposal::{Ballot, Proposal};
use protocol::{Digest, Requirement, Term};
use std::sync::Arc;

/// A proposal for a slot: the triple that Van Renesse and Altinbuken call a *pvalue*.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PValue {
    /// For which slot.
    pub slot: Slot,
    /// In which ballot, and what.
    pub proposal: Proposal,
}

/// What servers say to each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// Phase 1a: promise me to refuse every lower ballot in every slot, and tell me what you accepted.
    Prepare {
        /// The would-be leader's ballot.
        ballot: Ballot,
        /// The first slot of which it wants to hear: the first that it does not know to be decided.
        from_slot: Slot,
    },
    /// Phase 1b: I promise, and this is what I accepted last in each slot.
    Promise {
        /// The ballot that it promises.
        ballot: Ballot,
        /// The acceptor's highest proposal in each slot that was asked for, in the order of slots.
        accepted: Arc<[PValue]>,
    },
    /// I refuse your ballot, for I have promised a higher one.
    Nack {
        /// The ballot that it refuses.
        ballot: Ballot,
        /// The ballot that it has promised.
        promised: Ballot,
    },
    /// Phase 2a: accept this proposal.
    Accept(PValue),
    /// Phase 2b: I have accepted this proposal.
    Accepted(PValue),
    /// To every learner: this is decided, in this ballot.
    Decide(PValue),
    /// A leader is alive.
    Heartbeat {
        /// Its ballot.
        ballot: Ballot,
        /// All slots up to this one are decided.
        decided: Slot,
    },
    /// A server that has missed decisions asks a leader for them.
    CatchUp {
        /// The leader's ballot.
        ballot: Ballot,
        /// The first slot that it does not know to be decided.
        from_slot: Slot,
    },
    /// The decisions that were asked for.
    Decisions {
        /// The ballot of the question.
        ballot: Ballot,
        /// Each with the ballot in which it is known to be decided, in the order of slots.
        decided: Arc<[PValue]>,
    },
}

impl Message {
    /// The ballot that the message is about.
    pub fn ballot(&self) -> Ballot {
        match self {
            Message::Prepare { ballot, .. }
            | Message::Promise { ballot, .. }
            | Message::Nack { ballot, .. }
            | Message::Heartbeat { ballot, .. }
            | Message::CatchUp { ballot, .. }
            | Message::Decisions { ballot, .. } => *ballot,
            Message::Accept(pvalue) | Message::Accepted(pvalue) | Message::Decide(pvalue) => {
                pvalue.proposal.ballot
            }
        }
    }

    /// The ballot of somebody who leads, or tries to, if the message comes from such a server.
    pub(crate) fn ballot_of_leader(&self) -> Option<Ballot> {
        match self {
            Message::Prepare { ballot, .. } | Message::Heartbeat { ballot, .. } => Some(*ballot),
            Message::Accept(pvalue) | Message::Decide(pvalue) => Some(pvalue.proposal.ballot),
            _ => None,
        }
    }
}

impl protocol::Message for Message {
    fn kind(&self) -> u8 {
        match self {
            Message::Prepare { .. } => 0,
            Message::Promise { .. } => 1,
            Message::Nack { .. } => 2,
            Message::Accept(_) => 3,
            Message::Accepted(_) => 4,
            Message::Decide(_) => 5,
            Message::Heartbeat { .. } => 6,
            Message::CatchUp { .. } => 7,
            Message::Decisions { .. } => 8,
        }
    }

    /// A refusal speaks for the higher ballot, which it tells about.
    fn term(&self) -> Term {
        match self {
            Message::Nack { promised, .. } => *promised,
            other => other.ballot(),
        }
    }

    fn label(&self) -> String {
        match self {
            Message::Prepare { ballot, .. } => format!("Prepare {ballot}"),
            Message::Promise { ballot, accepted } if accepted.is_empty() => format!("Promise {ballot}"),
            Message::Promise { ballot, accepted } => {
                format!("Promise {ballot}, accepted in {}", slots_text(accepted))
            }
            Message::Nack { ballot, promised } => format!("Nack {ballot}, promised {promised}"),
            Message::Accept(PValue { slot, proposal }) => {
                format!("Accept {} slot {slot}: {}", proposal.ballot, proposal.value)
            }
            Message::Accepted(PValue { slot, proposal }) => {
                format!("Accepted {} slot {slot}", proposal.ballot)
            }
            Message::Decide(PValue { slot, proposal }) => format!("Decide slot {slot}: {}", proposal.value),
            Message::Heartbeat { ballot, .. } => format!("Heartbeat {ballot}"),
            Message::CatchUp { from_slot, .. } => format!("CatchUp from slot {from_slot}"),
            Message::Decisions { decided, .. } => format!("Decisions of {}", slots_text(decided)),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("ballot", self.ballot().to_string())];
        match self {
            Message::Prepare { from_slot, .. } | Message::CatchUp { from_slot, .. } => {
                fields.push(("from_slot", from_slot.to_string()));
            }
            Message::Promise { accepted, .. } => fields.push(("accepted", list(accepted))),
            Message::Nack { promised, .. } => fields.push(("promised", promised.to_string())),
            Message::Accept(pvalue) | Message::Accepted(pvalue) | Message::Decide(pvalue) => {
                fields.extend([
                    ("slot", pvalue.slot.to_string()),
                    ("value", pvalue.proposal.value.to_string()),
                ]);
            }
            Message::Heartbeat { decided, .. } => fields.push(("decided", decided.to_string())),
            Message::Decisions { decided, .. } => fields.push(("decided", list(decided))),
        }
        fields
    }

    fn is_routine(&self) -> bool {
        matches!(self, Message::Heartbeat { .. })
    }

    /// A promise and an acceptance bind the acceptor after a crash as before it. A ballot binds its leader, who must
    /// never use it for two values. A refusal binds nobody, and a decision is true whoever remembers it.
    fn requirement(&self) -> Requirement {
        match self {
            Message::Prepare { ballot, .. }
            | Message::Accept(PValue { proposal: Proposal { ballot, .. }, .. }) => {
                Requirement { term: *ballot, ..Requirement::default() }
            }
            Message::Promise { ballot, .. } => {
                Requirement { term: *ballot, supported: ballot.owner, ..Requirement::default() }
            }
            Message::Accepted(PValue { slot, proposal: Proposal { ballot, value } }) => {
                Requirement { term: *ballot, supported: None, index: *slot, hash: value.hash() }
            }
            Message::Nack { .. }
            | Message::Decide(_)
            | Message::Heartbeat { .. }
            | Message::CatchUp { .. }
            | Message::Decisions { .. } => Requirement::default(),
        }
    }

    fn digest(&self, digest: &mut Digest) {
        let feed = |digest: &mut Digest, pvalue: &PValue| {
            digest.word(pvalue.slot);
            pvalue.proposal.digest(digest);
        };
        digest.word(u64::from(self.kind()));
        self.ballot().digest(digest);
        match self {
            Message::Prepare { from_slot: slot, .. }
            | Message::CatchUp { from_slot: slot, .. }
            | Message::Heartbeat { decided: slot, .. } => digest.word(*slot),
            Message::Nack { promised, .. } => promised.digest(digest),
            Message::Accept(pvalue) | Message::Accepted(pvalue) | Message::Decide(pvalue) => {
                feed(digest, pvalue);
            }
            Message::Promise { accepted: list, .. } | Message::Decisions { decided: list, .. } => {
                digest.word(list.len() as u64);
                list.iter().for_each(|pvalue| feed(digest, pvalue));
            }
        }
    }
}

/// `slot 3`, or `slots 3–7` from the first to the last, whatever is missing between.
fn slots_text(pvalues: &[PValue]) -> String {
    match pvalues {
        [] => "no slot".into(),
        [one] => format!("slot {}", one.slot),
        [first, .., last] => format!("slots {}–{}", first.slot, last.slot),
    }
}

fn list(pvalues: &[PValue]) -> String {
    if pvalues.is_empty() {
        return "none".into();
    }
    let text =
        |pvalue: &PValue| format!("{}: {} in {}", pvalue.slot, pvalue.proposal.value, pvalue.proposal.ballot);
    pvalues.iter().map(text).collect::<Vec<_>>().join(", ")
}
