//! The moves of a schedule that is played by hand, and how they become actions.

use protocol::{ClientId, Digest, Message as _, NodeId, Op, Protocol, Span, TimerId};
use sim::{Action, Addr, Body, Filter, Flight, Kind, MessageRef, Place, Sim, Target};

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
    /// These servers (bit 0 for n1) and all others are cut from each other, and nobody else is.
    Split(u16),
    /// Every cut is mended.
    Heal,
    /// From now on such messages wait at the receiver's door.
    Hold(Held),
    /// What waits at a door arrives.
    Release,
    /// A server's timers are held.
    Stall(NodeId),
    /// Every server's timers ring again.
    Wake,
    /// Time passes.
    Wait(Span),
}

/// Which messages wait: of one kind or all, from one server or all, to one or all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    pub(crate) kind: Option<Kind>,
    pub(crate) from: Option<NodeId>,
    pub(crate) to: Option<NodeId>,
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
            | Move::Stall(node)
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
            Move::Split(servers) => Move::Split(names.set(*servers)),
            Move::Hold(Held { kind, from, to }) => Move::Hold(Held {
                kind: *kind,
                from: from.map(|node| names.node(node)),
                to: to.map(|node| names.node(node)),
            }),
            Move::Stall(node) => Move::Stall(names.node(*node)),
            Move::Heal | Move::Release | Move::Wake | Move::Wait(_) => self.clone(),
        }
    }
}

/// Two waits that follow each other are one.
pub(crate) fn push(moves: &mut Vec<Move>, step: Move) {
    match (moves.last_mut(), &step) {
        (Some(Move::Wait(so_far)), Move::Wait(more)) => *so_far = Span(so_far.0 + more.0),
        _ => moves.push(step),
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

    fn set(&self, servers: u16) -> u16 {
        let members = members(servers, self.servers.len());
        members.fold(0, |set, node| set | 1 << self.node(node).slot())
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

/// The servers of a set, among so many.
pub(crate) fn members(set: u16, servers: usize) -> impl Iterator<Item = NodeId> {
    (1u8..).map(NodeId).take(servers).filter(move |node| set >> node.slot() & 1 == 1)
}

/// The letter that names a message in flight.
pub(crate) fn letter<P: Protocol>(flight: &Flight<P::Message>) -> Letter {
    let mut digest = Digest::default();
    match &flight.body {
        Body::Protocol(message) => message.digest(&mut digest),
        Body::Request(command) => digest.word(command.hash()),
        // A server may answer a question twice, and each time something else.
        Body::Reply { seq, answer } => {
            digest.word(u64::from(*seq));
            format!("{answer:?}").bytes().for_each(|byte| digest.word(u64::from(byte)));
        }
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
        Move::Split(servers) => {
            let side = |set: u16| members(set, sim.machines().len()).map(server).collect();
            Action::Partition(vec![side(*servers), side(!*servers)])
        }
        Move::Heal => Action::Heal,
        Move::Hold(Held { kind, from, to }) => {
            Action::HoldMessages(Filter { kind: *kind, from: from.map(server), to: to.map(server) })
        }
        Move::Release => Action::ReleaseMessages(Filter::default()),
        Move::Stall(node) => Action::HoldTimers(Some(Target::Node(*node))),
        Move::Wake => Action::ReleaseTimers(None),
        _ => return None,
    })
}

fn server(node: NodeId) -> Place {
    Place::Server(Target::Node(node))
}
