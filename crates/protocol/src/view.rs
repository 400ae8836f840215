//! What a person may want to read about a node.

use crate::{Index, NodeId, Term};
use serde::Serialize;

/// The few numbers that a lane is drawn from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The node's term.
    pub term: Term,
    /// The term in which it speaks: its own one, if it tries to lead in that although it has moved to a later one.
    pub speaks: Term,
    /// The place of its role in [`crate::Dialect::roles`].
    pub role: u8,
    /// Whom it believes to lead.
    pub leader: Option<NodeId>,
    /// The last index of its log.
    pub last: Index,
    /// The last index that it knows to be committed.
    pub commit: Index,
    /// The last index that its state machine has run.
    pub applied: Index,
    /// The hash of its log up to the last index, for fingerprints.
    pub log_hash: u64,
    /// The hash of its state machine, for fingerprints.
    pub state_hash: u64,
}

/// One value of a node by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactView {
    /// The name in scenarios, in the paper's spelling: `voted_for`.
    pub key: &'static str,
    /// The name on the page.
    pub label: &'static str,
    /// The value as text: `n1`, `3`, `none`.
    pub value: String,
    /// True if a crash does not lose it.
    pub durable: bool,
}

/// A place of the log as this node sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Which place.
    pub index: Index,
    /// The entry's term.
    pub term: Term,
    /// What stands for the term where the cell is drawn, if the protocol has a longer name for an entry.
    pub mark: Option<String>,
    /// The content in words: `x=1`, `no-op`.
    pub text: String,
    /// True if it is on this node's disk.
    pub durable: bool,
    /// True if this node knows that it is committed.
    pub committed: bool,
    /// True if this node's state machine has run it.
    pub applied: bool,
    /// Who is known to hold it durably, itself included, while this node leads and counts; empty otherwise.
    pub acks: Vec<NodeId>,
}

/// What a leader or candidate remembers about another node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeerView {
    /// The other node.
    pub node: NodeId,
    /// Named values: `next_index` 4, `match_index` 3.
    pub facts: Vec<(&'static str, String)>,
}

/// A majority in the making.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// What is counted: `votes`.
    pub what: &'static str,
    /// Who gave it.
    pub have: Vec<NodeId>,
    /// How many are needed.
    pub need: usize,
    /// Of how many.
    pub of: usize,
}

/// All of a node but its log, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeView {
    /// The node.
    pub id: NodeId,
    /// Its term.
    pub term: Term,
    /// Its role's name.
    pub role: &'static str,
    /// The short line below its name: `voted n1`, `2 votes, needs 3 of 5`.
    pub note: String,
    /// Its named values, durable and volatile.
    pub facts: Vec<FactView>,
    /// The last index that it knows to be committed.
    pub commit: Index,
    /// The last index that its state machine has run.
    pub applied: Index,
    /// The majority that it is counting, if any.
    pub tally: Option<Tally>,
    /// What it remembers about the others.
    pub peers: Vec<PeerView>,
    /// Its state machine's pairs.
    pub state: Vec<(String, String)>,
}
