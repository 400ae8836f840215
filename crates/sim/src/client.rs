//! Clients: they ask, wait, are sent elsewhere, ask again, and sometimes never learn what became of it.

use crate::Chunks;
use protocol::{ClientId, Command, NodeId, Reply, Time};
use std::collections::VecDeque;

/// What a client knows about an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Pending,
    /// It took effect.
    Done(Reply),
    /// It certainly had no effect.
    Failed,
    /// It may have taken effect, or may yet.
    Unknown,
}

impl Outcome {
    /// `pending`, `ok`, `failed` or `unknown`.
    pub fn name(&self) -> &'static str {
        match self {
            Outcome::Pending => "pending",
            Outcome::Done(_) => "ok",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
        }
    }
}

/// An operation in the history of a client.
#[derive(Clone, Debug)]
pub struct Operation {
    /// What was asked, with its name.
    pub command: Command,
    /// When the client was told to ask.
    pub invoked_at: Time,
    /// During which event.
    pub invoked_in: u32,
    /// When it knew the outcome.
    pub ended_at: Option<Time>,
    /// During which event.
    pub ended_in: Option<u32>,
    /// What it knows.
    pub outcome: Outcome,
    /// How often it has asked.
    pub tries: u32,
}

/// The operation that a client is busy with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Current {
    /// Its place in the client's operations.
    pub(crate) op: usize,
    /// Whom it asked last.
    pub(crate) asked: NodeId,
    /// True if a server may have accepted it.
    pub(crate) doubt: bool,
    /// True while it waits only before it asks the next server: nobody it waits for has the request.
    pub(crate) backing_off: bool,
    /// The order of the client's timer.
    pub(crate) order: u64,
}

/// A client. It asks one thing at a time; more wait in line.
#[derive(Clone, Debug)]
pub struct Client {
    /// Which.
    pub id: ClientId,
    /// Whom it will ask next: who answered last, or was named as leader.
    pub leader: Option<NodeId>,
    /// Everything that it ever asked, in order.
    pub operations: Chunks<Operation>,
    pub(crate) waiting: VecDeque<(usize, Option<NodeId>)>,
    pub(crate) current: Option<Current>,
}

impl Client {
    pub(crate) fn new(id: ClientId) -> Client {
        Client { id, leader: None, operations: Chunks::default(), waiting: VecDeque::new(), current: None }
    }

    /// The name of the command that it is busy with.
    pub fn busy_with(&self) -> Option<&Operation> {
        self.current.map(|current| &self.operations[current.op])
    }
}
