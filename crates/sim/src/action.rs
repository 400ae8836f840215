//! The one alphabet of actions: a click, a line of scenario text, a step of a search and a step of a property test
//! are all an [`Action`].

use protocol::{ClientId, NodeId, Op, Span, TimerId};
use std::fmt;

/// Where a message comes from or goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Addr {
    /// A server.
    Server(NodeId),
    /// A client.
    Client(ClientId),
}

impl fmt::Display for Addr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Addr::Server(node) => node.fmt(f),
            Addr::Client(client) => client.fmt(f),
        }
    }
}

/// A server, by number or by what it is at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// That server.
    Node(NodeId),
    /// The live server that leads in the highest term.
    Leader,
    /// The `k`th (from 1) of the live servers that do not lead, in ascending order of their numbers.
    Follower(u8),
    /// The server that crashed last and is still down.
    LastCrashed,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Node(node) => node.fmt(f),
            Target::Leader => f.write_str("leader"),
            Target::Follower(k) => write!(f, "follower.{k}"),
            Target::LastCrashed => f.write_str("last-crashed"),
        }
    }
}

/// A server (by number or symbol) or a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A server.
    Server(Target),
    /// A client.
    Client(ClientId),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Server(target) => target.fmt(f),
            Place::Client(client) => client.fmt(f),
        }
    }
}

/// A kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One of the protocol's own, by its place in [`protocol::Dialect::kinds`].
    Protocol(u8),
    /// A client's request: `ClientRequest`.
    Request,
    /// A server's answer to a client: `ClientReply`.
    Reply,
}

/// One message in flight: the `nth` (from 1, in the order of sending) of its kind on its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageRef {
    /// Its kind.
    pub kind: Kind,
    /// Its sender.
    pub from: Place,
    /// Its receiver.
    pub to: Place,
    /// Which of them, from 1.
    pub nth: u16,
}

/// Messages that are held at the receiver's door: those that match all that is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this kind.
    pub kind: Option<Kind>,
    /// Only from there.
    pub from: Option<Place>,
    /// Only to there.
    pub to: Option<Place>,
}

/// A user's or the environment's move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// A client asks for an operation. Without a target it asks whom it believes to lead.
    Submit {
        /// Who asks.
        client: ClientId,
        /// Whom.
        to: Option<Target>,
        /// For what.
        op: Op,
    },
    /// A server stops and loses all that is not on its disk.
    Crash(Target),
    /// A crashed server boots from its disk.
    Restart(Target),
    /// A server freezes, as in a long garbage collection: nothing is lost, everything waits.
    Pause(Target),
    /// A frozen server goes on.
    Resume(Target),
    /// All of a server's writes reach its disk now.
    Sync(Target),
    /// A server that is down, or goes down with this, loses its disk and will boot empty under its old name.
    Wipe(Target),
    /// A server's clock runs at this rate from now on, in millionths of true time (1,000,000 is true).
    Clock {
        /// Whose.
        node: Target,
        /// How fast: 100,000 to 10,000,000.
        rate: u32,
    },
    /// Nothing gets from one place to another any more.
    Cut {
        /// From here.
        from: Place,
        /// To there.
        to: Place,
        /// And not back either.
        both: bool,
    },
    /// A cut link works again, in both directions.
    Mend {
        /// One end.
        a: Place,
        /// The other.
        b: Place,
    },
    /// Servers in different groups cannot reach each other; every other cut between servers is mended. Servers that
    /// are not named form one more group. A client named in a group reaches only that group.
    Partition(Vec<Vec<Place>>),
    /// Every cut is mended.
    Heal,
    /// The links between two places (or all links, without) are as given from now on.
    Network {
        /// Both ends, if only one link (in both directions) changes.
        ends: Option<(Place, Place)>,
        /// The new settings.
        link: crate::Link,
    },
    /// A timer fires now. The clock does not move.
    Fire {
        /// Whose.
        node: Target,
        /// Which.
        timer: TimerId,
    },
    /// From now on such messages wait at the receiver's door.
    HoldMessages(Filter),
    /// Such holds end; what waited arrives now.
    ReleaseMessages(Filter),
    /// From now on this server's timers do not fire by themselves (all servers', without one).
    HoldTimers(Option<Target>),
    /// They do again; what was due fires now.
    ReleaseTimers(Option<Target>),
    /// A message arrives now. The clock does not move.
    Deliver(MessageRef),
    /// A message is lost now.
    Drop(MessageRef),
    /// A second copy of a message is put in flight, with a latency of its own.
    Duplicate(MessageRef),
    /// A message takes this much longer.
    Delay(MessageRef, Span),
}

/// Why an action could not be done. The run goes on as if it had not been tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
