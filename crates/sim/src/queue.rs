//! What is still to come, in order.

use protocol::{ClientId, NodeId, Time, TimerId};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A thing that becomes due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// The message in this slot reaches its end.
    Flight(u32),
    /// A server's timer.
    Timer(NodeId, TimerId),
    /// A server's oldest write reaches its disk.
    Write(NodeId),
    /// A client has waited long enough.
    Client(ClientId),
    /// Two servers notice whether their channel stands.
    Channel(NodeId, NodeId),
}

/// One place in the queue: when, in which order of scheduling, what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ticket {
    pub(crate) at: Time,
    pub(crate) order: u64,
    pub(crate) due: Due,
}

/// A total order of things to come: by time, then by when they were scheduled.
///
/// Tickets are not removed when their cause goes away: the owner compares a ticket's order with what it expects and
/// passes over a stale one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue {
    heap: BinaryHeap<Reverse<Ticket>>,
    orders: u64,
}

impl Queue {
    /// A fresh number in the order of scheduling.
    pub(crate) fn order(&mut self) -> u64 {
        self.orders += 1;
        self.orders
    }

    pub(crate) fn push(&mut self, at: Time, order: u64, due: Due) {
        self.heap.push(Reverse(Ticket { at, order, due }));
    }

    pub(crate) fn peek(&self) -> Option<Ticket> {
        self.heap.peek().map(|Reverse(ticket)| *ticket)
    }

    /// Everything in the queue, in no order that means anything.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Ticket> {
        self.heap.iter().map(|Reverse(ticket)| *ticket)
    }

    pub(crate) fn len(&self) -> usize {
        self.heap.len()
    }

    pub(crate) fn pop(&mut self) -> Option<Ticket> {
        self.heap.pop().map(|Reverse(ticket)| ticket)
    }
}
