//! The moves of a schedule that is played by hand, and how they become actions.

use protocol::{ClientId, Digest, Message as _, NodeId, Op, Protocol, Span, TimerId};
use sim::{Action, Addr, Body, Flight, Kind, MessageRef, Place, Sim, Target};

/// A message in flight, named by what it carries: so it is found again when what does not matter to it has been left out
/// of the schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    pub(crate) kind: Kind,
    pub(crate) from: Addr,
    pub(crate) to: Addr,
    /// The hash of its content.
    pub(crate) content: u64,
}

/// One move. Servers go by their numbers: whom a symbol means may change when another move is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// A client asks a server.
    Submit(ClientId, NodeId, Op),
    /// A message arrives.
    Deliver(Letter),
    /// A second copy of a message is on its way.
    Duplicate(Letter),
    /// A message is lost.
    Drop(Letter),
    /// A timer fires.
    Fire(NodeId, TimerId),
    /// A server loses what is not on its disk.
    Crash(NodeId),
    /// It boots again.
    Restart(NodeId),
    /// Its writes reach its disk.
    Sync(NodeId),
    /// Two servers are cut from each other.
    Cut(NodeId, NodeId),
    /// Every cut is mended.
    Heal,
    /// Time passes while messages and timers are held.
    Wait(Span),
}

impl Move {
    /// The server at which it happens, if it is one.
    pub fn node(&self) -> Option<NodeId> {
        match self {
            Move::Deliver(Letter { to: Addr::Server(node), .. })
            | Move::Submit(_, node, _)
            | Move::Fire(node, _)
            | Move::Crash(node)
            | Move::Restart(node)
            | Move::Sync(node) => Some(*node),
            _ => None,
        }
    }

    /// The message that it moves, if it does.
    pub(crate) fn letter(&self) -> Option<&Letter> {
        match self {
            Move::Deliver(letter) | Move::Duplicate(letter) | Move::Drop(letter) => Some(letter),
            _ => None,
        }
    }

    /// The same move in a cluster whose servers and clients bear other numbers.
    #[must_use]
    pub(crate) fn renamed(&self, names: &Names) -> Move {
        let letter =
            |letter: &Letter| Letter { from: names.addr(letter.from), to: names.addr(letter.to), ..*letter };
        match self {
            Move::Submit(client, node, op) => {
                Move::Submit(names.client(*client), names.node(*node), op.clone())
            }
            Move::Deliver(one) => Move::Deliver(letter(one)),
            Move::Duplicate(one) => Move::Duplicate(letter(one)),
            Move::Drop(one) => Move::Drop(letter(one)),
            Move::Fire(node, timer) => Move::Fire(names.node(*node), *timer),
            Move::Crash(node) => Move::Crash(names.node(*node)),
            Move::Restart(node) => Move::Restart(names.node(*node)),
            Move::Sync(node) => Move::Sync(names.node(*node)),
            Move::Cut(a, b) => Move::Cut(names.node(*a), names.node(*b)),
            Move::Heal => Move::Heal,
            Move::Wait(span) => Move::Wait(*span),
        }
    }
}

/// New numbers for servers and clients, by their old ones.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) servers: Vec<NodeId>,
    pub(crate) clients: Vec<ClientId>,
}

impl Names {
    fn node(&self, node: NodeId) -> NodeId {
        self.servers.get(node.slot()).copied().unwrap_or(node)
    }

    fn client(&self, client: ClientId) -> ClientId {
        self.clients.get(client.slot()).copied().unwrap_or(client)
    }

    fn addr(&self, addr: Addr) -> Addr {
        match addr {
            Addr::Server(node) => Addr::Server(self.node(node)),
            Addr::Client(client) => Addr::Client(self.client(client)),
        }
    }
}

/// The letter that names a message in flight.
pub(crate) fn letter<P: Protocol>(flight: &Flight<P::Message>) -> Letter {
    let mut digest = Digest::default();
    match &flight.body {
        Body::Protocol(message) => message.digest(&mut digest),
        Body::Request(command) => digest.word(command.hash()),
        Body::Reply { seq, .. } => digest.word(u64::from(*seq)),
    }
    Letter { kind: flight.body.kind(), from: flight.from, to: flight.to, content: digest.finish() }
}

/// The message in flight that a letter names: the one with this content or, if there is none, the last sent of its kind
/// on its link.
pub(crate) fn find<P: Protocol>(sim: &Sim<P>, wanted: &Letter) -> Option<u32> {
    let alike = |flight: &&Flight<P::Message>| {
        (flight.from, flight.to, flight.body.kind()) == (wanted.from, wanted.to, wanted.kind)
            && flight.doomed.is_none()
    };
    let best = sim.each_flight().filter(alike).max_by_key(|flight| {
        let same = letter::<P>(flight).content == wanted.content;
        // Of equal ones the first sent, of others the last.
        (same, if same { u32::MAX - flight.id } else { flight.id })
    });
    best.map(|flight| flight.id)
}

/// The action that a move of a known message is.
pub(crate) fn action_on(step: &Move, message: MessageRef) -> Option<Action> {
    match step {
        Move::Deliver(_) => Some(Action::Deliver(message)),
        Move::Duplicate(_) => Some(Action::Duplicate(message)),
        Move::Drop(_) => Some(Action::Drop(message)),
        _ => None,
    }
}

/// The action that a move is at this moment; nothing if it cannot be one.
pub(crate) fn action<P: Protocol>(sim: &Sim<P>, step: &Move) -> Option<Action> {
    if let Some(letter) = step.letter() {
        return action_on(step, sim.reference(find(sim, letter)?)?);
    }
    Some(match step {
        Move::Submit(client, node, op) => {
            Action::Submit { client: *client, to: Some(Target::Node(*node)), op: op.clone() }
        }
        Move::Fire(node, timer) => Action::Fire { node: Target::Node(*node), timer: *timer },
        Move::Crash(node) => Action::Crash(Target::Node(*node)),
        Move::Restart(node) => Action::Restart(Target::Node(*node)),
        Move::Sync(node) => Action::Sync(Target::Node(*node)),
        Move::Cut(a, b) => Action::Cut { from: server(*a), to: server(*b), both: true },
        Move::Heal => Action::Heal,
        _ => return None,
    })
}

fn server(node: NodeId) -> Place {
    Place::Server(Target::Node(node))
}
