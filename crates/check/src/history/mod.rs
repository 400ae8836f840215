//! Linearizability of what clients saw: is there one order of their operations, each somewhere between its question and
//! its answer, that explains every answer?
//!
//! The operations of a key-value store concern one key each, and a history of several objects is linearizable if and
//! only if the history of each is (Herlihy and Wing 1990): [`judge`] looks at one key. It is the search of Wing and Gong
//! (1993) with the memory of Lowe (2017): a set of operations that are done and the value that they left need to be
//! looked at once only. The search can take exponential time, so it counts its steps and may answer that it does not know.
//!
//! An operation without an answer stays open: it may take effect at any time after it was asked, or never. One that is
//! known to have failed took no effect, so it is no part of the history.

mod marks;
mod order;
mod search;

pub use search::judge;

use protocol::{Op, Reply};
use std::sync::Arc;

/// What a client was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// This reply.
    Reply(Reply),
    /// That nothing was stored because another value was there; not which.
    Differs,
    /// That the operation does not fit the value there; not why.
    Invalid,
}

impl Heard {
    /// True if this is what a client hears of a reply.
    pub fn agrees(&self, reply: &Reply) -> bool {
        match self {
            Heard::Reply(heard) => heard == reply,
            Heard::Differs => matches!(reply, Reply::Differs(_)),
            Heard::Invalid => matches!(reply, Reply::Invalid(_)),
        }
    }
}

/// An operation of a client on the one key that is looked at.
#[derive(Clone, Debug)]
pub struct Call {
    /// What was asked.
    pub op: Op,
    /// When: a place in the order of all questions and answers.
    pub from: u64,
    /// When it was answered, and what; nothing for one that stays open.
    pub heard: Option<(u64, Heard)>,
}

/// The longest order of operations that explains every answer in it, and why it ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partial {
    /// The operations in the order in which they took effect, by their places among the calls.
    pub order: Vec<usize>,
    /// The value at the end.
    pub value: Option<Arc<str>>,
    /// The operation that ought to be next at the latest, and does not fit.
    pub stuck: usize,
}

/// Whether a history is linearizable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is: the operations in this order explain it. Open ones that are not in it need not have taken effect.
    Linearizable(Vec<usize>),
    /// It is not: no order goes further than this one.
    Not(Partial),
    /// The search was given up after its budget of steps.
    Unknown,
}
