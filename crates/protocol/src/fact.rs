//! Neutral facts, from which invariants are checked.

use crate::{ClientId, Index, NodeId, Term};

/// What a node reports as it happens. No fact names a protocol: a checker reads these and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The node moved to this term.
    TermAdopted {
        /// The term.
        term: Term,
    },
    /// The node gave its vote (or promise) of a term to a node.
    Supported {
        /// The term.
        term: Term,
        /// Whom it supports.
        node: NodeId,
    },
    /// The node became leader of a term.
    Led {
        /// The term.
        term: Term,
    },
    /// An entry was put at an index: behind the log's end, or (in a protocol with slots) over what was there.
    Appended {
        /// Where.
        index: Index,
        /// The entry's term.
        term: Term,
        /// The hash of the log up to and including it; in a protocol with slots, of the content alone.
        hash: u64,
        /// The hash of the content alone.
        content: u64,
    },
    /// The entry at an index and all after it were removed.
    Truncated {
        /// The first that went.
        from: Index,
    },
    /// A leader proposed a content for an index in its term.
    Proposed {
        /// The term.
        term: Term,
        /// Where.
        index: Index,
        /// The hash of the content.
        content: u64,
    },
    /// The node knows that all up to this index is committed.
    Committed {
        /// The last committed index.
        index: Index,
        /// True if the node concluded it itself from a majority, false if it was told.
        leading: bool,
    },
    /// The node counted a majority, in the same step as it came to lead, to propose, or to know that an index is committed.
    Counted {
        /// What is committed by it; 0 if it makes the node leader, or lets it propose.
        index: Index,
        /// Who was counted: bit 0 for n1, bit 1 for n2, and so on.
        servers: u64,
    },
    /// The node gave an entry to its state machine.
    Applied {
        /// Which.
        index: Index,
        /// The hash of the content.
        content: u64,
    },
    /// The node's state machine ran the command of the entry that it was just given: it took effect. A command that it
    /// recognises as a retry of one that has run is applied, but not run.
    Ran {
        /// The entry.
        index: Index,
        /// Whose command.
        client: ClientId,
        /// Which of that client's.
        seq: u32,
    },
}

/// What must be on the sender's disk before a message leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// This term, or a later one.
    pub term: Term,
    /// If given: this support in exactly that term (a later term on disk makes it void).
    pub supported: Option<NodeId>,
    /// The log up to this index; 0 asks for nothing.
    pub index: Index,
    /// The hash of the log up to there (in a protocol with slots, of the content there).
    pub hash: u64,
}
