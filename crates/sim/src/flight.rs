//! Messages on their way.

use crate::{Addr, Kind};
use protocol::{Answer, Command, Message, Time};

/// What a message carries.
#[derive(Clone, Debug, PartialEq)]
pub enum Body<M> {
    /// A protocol's own message.
    Protocol(M),
    /// A client's request.
    Request(Command),
    /// A server's answer to a client's `seq`th command.
    Reply {
        /// Which command.
        seq: u32,
        /// The answer.
        answer: Answer,
    },
}

impl<M: Message> Body<M> {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Body::Protocol(message) => Kind::Protocol(message.kind()),
            Body::Request(_) => Kind::Request,
            Body::Reply { .. } => Kind::Reply,
        }
    }
}

/// Why a message will not arrive, or did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// The dice said so.
    Chance,
    /// Its link is cut.
    Cut,
    /// The receiver is down.
    Down,
    /// It was dropped by hand.
    Dropped,
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrived.
    Delivered,
    /// It did not.
    Lost(Loss),
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Flight<M> {
    /// Its number in the order of sending, from 0; never used again.
    pub id: u32,
    /// The sender.
    pub from: Addr,
    /// The receiver.
    pub to: Addr,
    /// What it carries.
    pub body: Body<M>,
    /// When it was sent.
    pub sent_at: Time,
    /// When it arrives, or vanishes.
    pub due_at: Time,
    /// Set if it will vanish.
    pub doomed: Option<Loss>,
    /// Its place in the order of scheduling; a queue ticket with another order is stale.
    pub(crate) order: u64,
    /// True while it has no ticket because it is held, or because its receiver is paused.
    pub(crate) parked: bool,
}

/// The messages in flight, in slots that are used again.
#[derive(Clone, Debug)]
pub(crate) struct Flights<M> {
    slots: Vec<Option<Flight<M>>>,
    free: Vec<u32>,
    sent: u32,
}

impl<M> Default for Flights<M> {
    fn default() -> Self {
        Flights { slots: Vec::new(), free: Vec::new(), sent: 0 }
    }
}

impl<M> Flights<M> {
    /// The number that the next message gets.
    pub(crate) fn next_id(&mut self) -> u32 {
        self.sent += 1;
        self.sent - 1
    }

    /// How many have been given a number.
    pub(crate) fn sent(&self) -> u32 {
        self.sent
    }

    #[inline]
    pub(crate) fn insert(&mut self, flight: Flight<M>) -> u32 {
        if let Some(slot) = self.free.pop() {
            self.slots[slot as usize] = Some(flight);
            return slot;
        }
        self.slots.push(Some(flight));
        u32::try_from(self.slots.len() - 1).expect("fewer than four billion messages are in flight")
    }

    pub(crate) fn at(&self, slot: u32) -> Option<&Flight<M>> {
        self.slots[slot as usize].as_ref()
    }

    pub(crate) fn at_mut(&mut self, slot: u32) -> Option<&mut Flight<M>> {
        self.slots[slot as usize].as_mut()
    }

    #[inline]
    pub(crate) fn take(&mut self, slot: u32) -> Option<Flight<M>> {
        let flight = self.slots[slot as usize].take();
        if flight.is_some() {
            self.free.push(slot);
        }
        flight
    }

    /// How many are in flight.
    pub(crate) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// All in flight with their slots, in the order of their slots.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Flight<M>)> {
        (0u32..).zip(&self.slots).filter_map(|(slot, flight)| flight.as_ref().map(|flight| (slot, flight)))
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (u32, &mut Flight<M>)> {
        (0u32..)
            .zip(&mut self.slots)
            .filter_map(|(slot, flight)| flight.as_mut().map(|flight| (slot, flight)))
    }
}
