//! Who and where: nodes, clients, terms and indexes.

use crate::Digest;
use serde::{Serialize, Serializer};
use std::fmt;

/// A server of the cluster, numbered from 1. Shown as `n1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct NodeId(pub u8);

impl NodeId {
    /// Its place in arrays that hold one thing for each server, from 0.
    pub const fn slot(self) -> usize {
        self.0 as usize - 1
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "n{}", self.0)
    }
}

/// A client of the cluster, numbered from 1. Shown as `c1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ClientId(pub u8);

impl ClientId {
    /// Whoever asked before the run began: no client of any run.
    pub const EARLIER: ClientId = ClientId(100);

    /// Its place in arrays that hold one thing for each client, from 0.
    pub const fn slot(self) -> usize {
        self.0 as usize - 1
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == ClientId::EARLIER {
            return f.write_str("an earlier client");
        }
        write!(f, "c{}", self.0)
    }
}

/// A place in the log, counted from 1; 0 stands before the first entry.
pub type Index = u64;

/// An era of leadership: a number, and in protocols whose eras belong to somebody (a Paxos ballot) its owner.
/// Terms are ordered by number first and by owner second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    /// Counts up from 0, "no term yet".
    pub number: u32,
    /// Whose term it is, where that is part of its name.
    pub owner: Option<NodeId>,
}

impl Term {
    /// A term without an owner.
    pub const fn new(number: u32) -> Term {
        Term { number, owner: None }
    }

    /// A term that belongs to a node.
    pub const fn owned(number: u32, owner: NodeId) -> Term {
        Term { number, owner: Some(owner) }
    }

    /// The term after this one, with the same owner.
    #[must_use]
    pub const fn next(self) -> Term {
        Term { number: self.number + 1, owner: self.owner }
    }

    /// The number as a value of a [`crate::Firing`].
    pub const fn value(self) -> i32 {
        self.number.cast_signed()
    }

    /// Feeds the term to a fingerprint.
    pub fn digest(self, digest: &mut Digest) {
        digest.word(u64::from(self.number) << 8 | u64::from(self.owner.map_or(0, |node| node.0)));
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.owner {
            None => write!(f, "{}", self.number),
            Some(owner) => write!(f, "{}.{}", self.number, owner.0),
        }
    }
}

/// As its text (`3`, or `3.1` for a term of n1), so that no reader takes it apart.
impl Serialize for Term {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
