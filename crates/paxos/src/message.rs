//! The messages, with the paper's names.

use crate::proposal::{Ballot, DECREE, Proposal, Value, ballot_text};
use protocol::{Digest, Requirement, Term};

/// What servers say to each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// Phase 1a, proposer to acceptors: promise me to refuse every lower ballot, and tell me what you accepted.
    Prepare {
        /// The proposer's ballot.
        ballot: Ballot,
    },
    /// Phase 1b, acceptor to proposer: I promise, and this is what I accepted last.
    Promise {
        /// The ballot that it promises.
        ballot: Ballot,
        /// The acceptor's highest proposal so far.
        accepted: Option<Proposal>,
    },
    /// Acceptor to proposer: I refuse your ballot, for I have promised a higher one.
    Nack {
        /// The ballot that it refuses.
        ballot: Ballot,
        /// The ballot that it has promised.
        promised: Ballot,
    },
    /// Phase 2a, proposer to acceptors: accept this proposal.
    Accept {
        /// The proposer's ballot.
        ballot: Ballot,
        /// Its value.
        value: Value,
    },
    /// Phase 2b, acceptor to whoever counts: I have accepted this proposal.
    Accepted {
        /// The proposal's ballot.
        ballot: Ballot,
        /// Its value.
        value: Value,
    },
    /// To every learner: this value is chosen.
    Decide {
        /// The ballot in which a majority accepted it.
        ballot: Ballot,
        /// The chosen value.
        value: Value,
    },
}

impl Message {
    /// The ballot that the message is about.
    pub fn ballot(&self) -> Ballot {
        match self {
            Message::Prepare { ballot }
            | Message::Promise { ballot, .. }
            | Message::Nack { ballot, .. }
            | Message::Accept { ballot, .. }
            | Message::Accepted { ballot, .. }
            | Message::Decide { ballot, .. } => *ballot,
        }
    }
}

impl protocol::Message for Message {
    fn kind(&self) -> u8 {
        match self {
            Message::Prepare { .. } => 0,
            Message::Promise { .. } => 1,
            Message::Nack { .. } => 2,
            Message::Accept { .. } => 3,
            Message::Accepted { .. } => 4,
            Message::Decide { .. } => 5,
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
            Message::Prepare { ballot } => format!("Prepare {ballot}"),
            Message::Promise { ballot, accepted: None } => format!("Promise {ballot}"),
            Message::Promise { ballot, accepted: Some(proposal) } => {
                format!("Promise {ballot}, accepted {}: {}", proposal.ballot, proposal.value)
            }
            Message::Nack { ballot, promised } => format!("Nack {ballot}, promised {promised}"),
            Message::Accept { ballot, value } => format!("Accept {ballot}: {value}"),
            Message::Accepted { ballot, .. } => format!("Accepted {ballot}"),
            Message::Decide { value, .. } => format!("Decide {value}"),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("ballot", self.ballot().to_string())];
        match self {
            Message::Prepare { .. } => {}
            Message::Promise { accepted, .. } => {
                let (ballot, value) = match accepted {
                    Some(proposal) => (proposal.ballot, proposal.value.to_string()),
                    None => (Ballot::default(), "none".into()),
                };
                fields.extend([("accepted_ballot", ballot_text(ballot)), ("accepted_value", value)]);
            }
            Message::Nack { promised, .. } => fields.push(("promised", promised.to_string())),
            Message::Accept { value, .. }
            | Message::Accepted { value, .. }
            | Message::Decide { value, .. } => fields.push(("value", value.to_string())),
        }
        fields
    }

    /// Paxos sends nothing only to stay alive.
    fn is_routine(&self) -> bool {
        false
    }

    /// A promise and an acceptance bind the acceptor after a crash as before it. A ballot binds its proposer, who
    /// must never use it for two values. A refusal binds nobody, and a decision is true whoever remembers it.
    fn requirement(&self) -> Requirement {
        match self {
            Message::Prepare { ballot } | Message::Accept { ballot, .. } => {
                Requirement { term: *ballot, ..Requirement::default() }
            }
            Message::Promise { ballot, .. } => {
                Requirement { term: *ballot, supported: ballot.owner, ..Requirement::default() }
            }
            Message::Accepted { ballot, value } => {
                Requirement { term: *ballot, supported: None, index: DECREE, hash: value.hash() }
            }
            Message::Nack { .. } | Message::Decide { .. } => Requirement::default(),
        }
    }

    fn digest(&self, digest: &mut Digest) {
        digest.word(u64::from(self.kind()));
        self.ballot().digest(digest);
        match self {
            Message::Prepare { .. } => {}
            Message::Promise { accepted, .. } => {
                digest.word(u64::from(accepted.is_some()));
                if let Some(proposal) = accepted {
                    proposal.digest(digest);
                }
            }
            Message::Nack { promised, .. } => promised.digest(digest),
            Message::Accept { value, .. }
            | Message::Accepted { value, .. }
            | Message::Decide { value, .. } => digest.word(value.hash()),
        }
    }
}
