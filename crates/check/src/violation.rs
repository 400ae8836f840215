//! What is said of a run: promises that were broken, and places that are done for good.

use protocol::{Index, NodeId, Term, Time};
use sim::Addr;
use std::fmt;

/// A moment of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) position: u32,
    pub(crate) at: Time,
}

/// `at 120ms (event 12)`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {} (event {})", self.at, self.position)
    }
}

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The promise's key in the dialect.
    pub promise: &'static str,
    /// The event that broke it.
    pub position: u32,
    /// When that was.
    pub at: Time,
    /// The server at which it broke.
    pub node: NodeId,
    /// The other server that has a part in it; often the same.
    pub other: NodeId,
    /// What happened, in one sentence with this run's values, without a full stop.
    pub text: String,
    /// The two things that cannot both be right.
    pub witnesses: [Witness; 2],
}

/// One of the two things that show that a promise is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witness {
    /// What happened, with this run's values, without a full stop.
    pub text: String,
    /// Where, if it is one place.
    pub place: Option<Addr>,
    /// The event at which it shows, if it is one, and when that was.
    pub event: Option<(u32, Time)>,
    /// The era of leadership that it is about, if any.
    pub era: Option<Term>,
    /// The content that it is about, if any, in words.
    pub command: Option<String>,
}

impl Witness {
    pub(crate) fn of(text: String) -> Witness {
        Witness { text, ..Witness::default() }
    }

    pub(crate) fn by(self, node: NodeId) -> Witness {
        Witness { place: Some(Addr::Server(node)), ..self }
    }

    pub(crate) fn on(self, moment: Moment) -> Witness {
        Witness { event: Some((moment.position, moment.at)), ..self }
    }

    pub(crate) fn of_era(self, term: Term) -> Witness {
        Witness { era: Some(term), ..self }
    }

    pub(crate) fn about(self, command: &str) -> Witness {
        Witness { command: Some(command.to_owned()), ..self }
    }
}

/// A text alone.
impl From<String> for Witness {
    fn from(text: String) -> Witness {
        Witness::of(text)
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// A set of servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Servers(u64);

impl Servers {
    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// True if there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// True if a server is in the set.
    pub fn has(self, node: NodeId) -> bool {
        self.0 >> (node.0 & 63) & 1 == 1
    }

    /// The servers in ascending order.
    pub fn iter(self) -> impl Iterator<Item = NodeId> {
        (0..64).map(NodeId).filter(move |node| self.has(*node))
    }

    pub(crate) fn insert(&mut self, node: NodeId) {
        self.0 |= 1 << (node.0 & 63);
    }
}

/// `n1, n2`.
impl fmt::Display for Servers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, node) in self.iter().enumerate() {
            write!(f, "{}{node}", if place == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// A place of the log that is done for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which place.
    pub index: Index,
    /// When.
    pub at: Time,
    /// The event that did it.
    pub position: u32,
    /// The hash of the content.
    pub content: u64,
    /// Who held it on disk at that moment.
    pub by: Servers,
}
