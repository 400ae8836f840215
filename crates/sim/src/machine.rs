//! A server's machine: its disk, its timers, its clock, and the node that runs on it.

use protocol::{Answer, ClientId, Durable, NodeId, Protocol, Span, Time, TimerId, WriteId};
use std::collections::VecDeque;

/// A timer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timer {
    /// When it was started.
    pub set_at: Time,
    /// When it fires; nothing while it is stopped.
    pub due_at: Option<Time>,
    /// Its place in the order of scheduling.
    pub(crate) order: u64,
    /// The order of the one ticket that the queue holds for it. The ticket may be early: it is then put back.
    pub(crate) ticket: Option<(Time, u64)>,
    /// True while it has no ticket because it is held, or because its server is paused.
    pub(crate) parked: bool,
}

/// What waits for a write.
#[derive(Clone, Debug)]
pub(crate) enum Outgoing<M> {
    Message(NodeId, M),
    Answer(ClientId, u32, Answer),
}

/// A server's machine.
#[derive(Clone, Debug)]
pub struct Machine<P: Protocol> {
    /// Whose it is.
    pub id: NodeId,
    /// The running node; nothing while it is down.
    pub core: Option<P>,
    /// What is on its disk.
    pub disk: P::Durable,
    /// True while it is frozen.
    pub paused: bool,
    /// Its clock's rate in millionths of true time.
    pub rate: u32,
    /// Its timers, by [`TimerId`].
    pub timers: Vec<Timer>,
    /// The last write that was issued since it booted.
    pub(crate) issued: WriteId,
    /// The last write that is on disk.
    pub(crate) durable: WriteId,
    pub(crate) writes: VecDeque<(WriteId, <P::Durable as Durable>::Delta)>,
    /// The order of the ticket for the oldest write; 0 if it has none.
    pub(crate) write_order: u64,
    /// When that write was due, if its ticket is put aside because the machine is frozen.
    pub(crate) parked_write: Option<Time>,
    pub(crate) waiting: VecDeque<(WriteId, Outgoing<P::Message>)>,
}

impl<P: Protocol> Machine<P> {
    pub(crate) fn new(id: NodeId, disk: P::Durable) -> Machine<P> {
        Machine {
            id,
            core: None,
            disk,
            paused: false,
            rate: 1_000_000,
            timers: vec![Timer::default(); P::DIALECT.timers.len()],
            issued: WriteId(0),
            durable: WriteId(0),
            writes: VecDeque::new(),
            write_order: 0,
            parked_write: None,
            waiting: VecDeque::new(),
        }
    }

    /// True unless it has crashed.
    pub fn is_up(&self) -> bool {
        self.core.is_some()
    }

    /// The last write that it has begun since it booted.
    pub fn issued(&self) -> WriteId {
        self.issued
    }

    /// How many writes have not reached the disk.
    pub fn unsynced(&self) -> usize {
        self.writes.len()
    }

    /// All that a crash takes: the node, its timers, the writes under way and what waited for them.
    pub(crate) fn lose_volatile(&mut self) {
        self.core = None;
        self.paused = false;
        self.timers.fill(Timer::default());
        self.issued = WriteId(0);
        self.durable = WriteId(0);
        self.writes.clear();
        self.write_order = 0;
        self.parked_write = None;
        self.waiting.clear();
    }

    /// The oldest write reaches the disk. Returns its number.
    pub(crate) fn finish_write(&mut self) -> Option<WriteId> {
        let (write, delta) = self.writes.pop_front()?;
        self.write_order = 0;
        self.parked_write = None;
        self.disk.write(delta);
        self.durable = write;
        Some(write)
    }

    /// A length of this machine's own time, in true time.
    pub(crate) fn true_length(&self, span: Span) -> Span {
        if self.rate == 1_000_000 { span } else { Span(span.0 * 1_000_000 / u64::from(self.rate)) }
    }

    pub(crate) fn timer_mut(&mut self, timer: TimerId) -> &mut Timer {
        &mut self.timers[usize::from(timer.0)]
    }
}
