//! Who looks on while a run happens.

use crate::{Addr, Fate, Flight, Sim};
use protocol::{ClientId, Command, NodeId, Observer, Protocol, Time, TimerId, WriteId};

/// What an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The cluster boots. Always the first event, at time 0.
    Boot,
    /// An action was done; the number is its place among the run's actions, from 0.
    Action(u32),
    /// An action could not be done.
    Refused(u32),
    /// A message, by its number, arrived.
    Delivered(u32),
    /// A message vanished.
    Lost(u32),
    /// A server's timer fired.
    Timer(NodeId, TimerId),
    /// A server's write reached its disk.
    Wrote(NodeId, WriteId),
    /// A client ran out of patience.
    Waited(ClientId),
    /// Two servers noticed that their channel opened (true) or closed.
    Channel(NodeId, NodeId, bool),
}

/// One event of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// How many events there were before it.
    pub position: u32,
    /// When.
    pub at: Time,
    /// What.
    pub what: What,
    /// The place at which it happens, if it is one.
    pub place: Option<Addr>,
}

/// Looks on. Every method does nothing unless it is overridden; the unit type looks at nothing and costs nothing.
pub trait Watch<P: Protocol>: Observer {
    /// An event begins.
    fn begin(&mut self, _event: &Event) {}
    /// A message left. `covered` is false if something that it relies on is not on the sender's disk; it is always
    /// true when [`Observer::FACTS`] is false.
    fn sent(&mut self, _flight: &Flight<P::Message>, _covered: bool) {}
    /// A message ended.
    fn ended(&mut self, _flight: &Flight<P::Message>, _fate: Fate, _at: Time) {}
    /// A write reached a disk.
    fn wrote(&mut self, _node: NodeId, _disk: &P::Durable) {}
    /// A server crashed.
    fn crashed(&mut self, _node: NodeId) {}
    /// A server booted.
    fn booted(&mut self, _node: NodeId) {}
    /// A server's disk was wiped.
    fn wiped(&mut self, _node: NodeId) {}
    /// A client was told to ask for something.
    fn invoked(&mut self, _command: &Command) {}
    /// A client knows the outcome of its last operation in hand.
    fn concluded(&mut self, _operation: &crate::Operation) {}
    /// An event ended.
    fn end(&mut self, _event: &Event, _sim: &Sim<P>) {}
}

impl<P: Protocol> Watch<P> for () {}

/// Both look on.
impl<P: Protocol, A: Watch<P>, B: Watch<P>> Watch<P> for (A, B) {
    fn begin(&mut self, event: &Event) {
        self.0.begin(event);
        self.1.begin(event);
    }
    fn sent(&mut self, flight: &Flight<P::Message>, covered: bool) {
        self.0.sent(flight, covered);
        self.1.sent(flight, covered);
    }
    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, at: Time) {
        self.0.ended(flight, fate, at);
        self.1.ended(flight, fate, at);
    }
    fn wrote(&mut self, node: NodeId, disk: &P::Durable) {
        self.0.wrote(node, disk);
        self.1.wrote(node, disk);
    }
    fn crashed(&mut self, node: NodeId) {
        self.0.crashed(node);
        self.1.crashed(node);
    }
    fn booted(&mut self, node: NodeId) {
        self.0.booted(node);
        self.1.booted(node);
    }
    fn wiped(&mut self, node: NodeId) {
        self.0.wiped(node);
        self.1.wiped(node);
    }
    fn invoked(&mut self, command: &Command) {
        self.0.invoked(command);
        self.1.invoked(command);
    }
    fn concluded(&mut self, operation: &crate::Operation) {
        self.0.concluded(operation);
        self.1.concluded(operation);
    }
    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        self.0.end(event, sim);
        self.1.end(event, sim);
    }
}

/// A borrowed watcher watches.
impl<P: Protocol, A: Watch<P>> Watch<P> for &mut A {
    fn begin(&mut self, event: &Event) {
        (**self).begin(event);
    }
    fn sent(&mut self, flight: &Flight<P::Message>, covered: bool) {
        (**self).sent(flight, covered);
    }
    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, at: Time) {
        (**self).ended(flight, fate, at);
    }
    fn wrote(&mut self, node: NodeId, disk: &P::Durable) {
        (**self).wrote(node, disk);
    }
    fn crashed(&mut self, node: NodeId) {
        (**self).crashed(node);
    }
    fn booted(&mut self, node: NodeId) {
        (**self).booted(node);
    }
    fn wiped(&mut self, node: NodeId) {
        (**self).wiped(node);
    }
    fn invoked(&mut self, command: &Command) {
        (**self).invoked(command);
    }
    fn concluded(&mut self, operation: &crate::Operation) {
        (**self).concluded(operation);
    }
    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        (**self).end(event, sim);
    }
}
