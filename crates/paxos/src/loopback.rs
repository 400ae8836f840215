//! Messages of a server to itself. Its acceptor is asked like any other, and its answers, too, wait for the disk.

use protocol::WriteId;

/// What a server has said to itself and not heard yet.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Loopback<M> {
    messages: Vec<(WriteId, M)>,
    last_write: WriteId,
    on_disk: WriteId,
}

impl<M> Default for Loopback<M> {
    fn default() -> Loopback<M> {
        Loopback { messages: Vec::new(), last_write: WriteId::default(), on_disk: WriteId::default() }
    }
}

impl<M> Loopback<M> {
    /// To be heard at once.
    pub(crate) fn say(&mut self, message: M) {
        self.messages.push((WriteId::default(), message));
    }

    /// To be heard once everything written so far is on disk.
    pub(crate) fn say_when_durable(&mut self, message: M) {
        self.messages.push((self.last_write, message));
    }

    /// A write was issued.
    pub(crate) fn wrote(&mut self, write: WriteId) {
        self.last_write = write;
    }

    /// A write, and all before it, is on disk.
    pub(crate) fn persisted(&mut self, write: WriteId) {
        self.on_disk = self.on_disk.max(write);
    }

    /// The oldest message that may be heard now.
    pub(crate) fn next(&mut self) -> Option<M> {
        let place = self.messages.iter().position(|(write, _)| *write <= self.on_disk)?;
        Some(self.messages.remove(place).1)
    }
}
