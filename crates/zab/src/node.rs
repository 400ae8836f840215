//! A server: its state, and where its inputs go.

use crate::client::Waiting;
use crate::dialect::{FINALIZE, LIMIT, NOTIFICATION, PING, ZAB};
use crate::durable::{Durable, Flushing};
use crate::following::Following;
use crate::history::{History, Zxid};
use crate::leading::{Introduction, Leading};
use crate::looking::Looking;
use crate::message::{Message, Packet, ServerState, Vote};
use crate::options::Options;
use crate::servers::NodeSet;
use protocol::{
    Cell, Content, Dialect, Effects, FactView, Firing, Index, Input, NodeId, NodeView, Observer, Protocol,
    Setup, StateMachine, Status, Term, Time, majority,
};

/// The effects of a step of a server.
pub(crate) type Fx<'a, O> = Effects<'a, Zab, O>;

/// A server.
#[derive(Clone, Debug, Hash)]
pub struct Zab {
    pub(crate) id: NodeId,
    pub(crate) servers: NodeSet,
    pub(crate) options: Options,

    // What is on disk, or on its way there: the working copy.
    pub(crate) accepted_epoch: Term,
    pub(crate) current_epoch: Term,
    pub(crate) history: History,
    pub(crate) flushing: Flushing,
    /// How much of the history was on disk at boot. Only a server that reports what it processed looks here.
    pub(crate) loaded: Index,

    // Elections.
    /// The round of elections, counted from 1 since boot (`logicalclock`).
    pub(crate) logical_clock: u32,
    /// Whom it votes for; once the election is over, whom it voted for.
    pub(crate) vote: Vote,

    pub(crate) role: Role,
    /// How many connections it has opened to leaders.
    pub(crate) connections: u32,
    /// Whose channels to this server stand.
    pub(crate) channels: NodeSet,

    // Delivery.
    pub(crate) last_committed: Index,
    pub(crate) last_delivered: Index,
    pub(crate) state_machine: StateMachine,
    /// Clients that wait for their write to be delivered here.
    pub(crate) waiting: Vec<Waiting>,
}

/// What a server does (`ServerState`), with the state that only this has. Leaving is forgetting that state.
#[derive(Clone, Debug, Hash)]
pub(crate) enum Role {
    Looking(Looking),
    Following(Following),
    Leading(Leading),
}

/// How far a leader and its followers have got (`ZabState`). The first phase, election, is [`Role::Looking`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Phase {
    Discovery,
    Synchronization,
    Broadcast,
}

impl Protocol for Zab {
    type Message = Message;
    type Durable = Durable;
    const DIALECT: &'static Dialect = &ZAB;

    /// A server boots LOOKING, with nothing but what its disk kept.
    fn start<O: Observer>(
        id: NodeId,
        setup: &Setup,
        durable: &Durable,
        _: Time,
        fx: &mut Effects<'_, Self, O>,
    ) -> Zab {
        let Durable { accepted_epoch, current_epoch, history } = Zab::recall(durable, fx);
        let last = history.last_index();
        let servers = NodeSet::of(setup.servers.iter().copied());
        let mut zab = Zab {
            id,
            servers,
            options: Options::of(setup),
            accepted_epoch,
            current_epoch,
            history,
            flushing: Flushing::done(last),
            loaded: last,
            logical_clock: 0,
            vote: Vote { leader: id, peer_epoch: current_epoch, zxid: Zxid::default() },
            role: Role::Looking(Looking::default()),
            connections: 0,
            channels: NodeSet::default(),
            last_committed: 0,
            last_delivered: 0,
            state_machine: StateMachine::default(),
            waiting: Vec::new(),
        };
        zab.look_for_leader(fx);
        zab
    }

    fn step<O: Observer>(&mut self, now: Time, input: Input<Message>, fx: &mut Effects<'_, Self, O>) {
        match input {
            Input::Message { from, message } => self.on_message(now, from, message, fx),
            Input::Timer(NOTIFICATION) => self.on_notification_timeout(fx),
            Input::Timer(FINALIZE) => self.on_finalize(now, fx),
            Input::Timer(LIMIT) => self.on_limit(fx),
            Input::Timer(PING) => self.on_ping_timeout(now, fx),
            Input::Timer(_) => {}
            Input::Request(command) => self.on_request(command, fx),
            Input::Persisted(write) => self.on_persisted(write, fx),
            Input::ChannelOpened(node) => self.on_channel_opened(node, fx),
            Input::ChannelClosed(node) => self.on_channel_closed(node, fx),
        }
    }

    fn durable(&self) -> Durable {
        let Zab { accepted_epoch, current_epoch, ref history, .. } = *self;
        Durable { accepted_epoch, current_epoch, history: history.clone() }
    }

    fn status(&self) -> Status {
        let last = self.history.last_index();
        Status {
            term: self.accepted_epoch,
            speaks: self.accepted_epoch,
            role: self.role_place(),
            leader: self.leader(),
            last,
            commit: self.last_committed,
            applied: self.last_delivered,
            log_hash: self.history.hash_at(last).unwrap_or_default(),
            state_hash: self.state_machine.hash(),
        }
    }

    fn content_at(&self, index: Index) -> Option<&Content> {
        self.history.content(index)
    }

    fn prefix_hash(&self, index: Index) -> Option<u64> {
        self.history.hash_at(index)
    }

    fn value_of(&self, key: &str) -> Option<&str> {
        self.state_machine.value(key).map(|value| &**value)
    }

    fn facts(&self, disk: &Durable) -> Vec<FactView> {
        self.named_values(disk)
    }

    fn view(&self, disk: &Durable) -> NodeView {
        self.describe(disk)
    }

    fn cells(&self, disk: &Durable, from: Index, to: Index) -> Vec<Cell> {
        self.places(disk, from, to)
    }

    fn tell(me: NodeId, firing: &Firing) -> String {
        crate::dialect::tell(me, firing)
    }
}

impl Zab {
    fn on_message<O: Observer>(&mut self, now: Time, from: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        if !self.servers.has(from) {
            return;
        }
        let Message { connection, packet } = message;
        match packet {
            Packet::Notification { vote, round, state } => {
                self.on_notification(now, from, vote, round, state, fx);
            }
            Packet::FollowerInfo { accepted_epoch } => {
                self.on_follower_info(now, from, Introduction { connection, accepted_epoch }, fx);
            }
            // An echo of an earlier connection has another number.
            packet if connection == self.connection_to(from) => match &self.role {
                Role::Following(_) => self.on_leaders_packet(from, packet, fx),
                Role::Leading(_) => self.on_learners_packet(now, from, packet, fx),
                Role::Looking(_) => {}
            },
            _ => {}
        }
    }

    /// The number of the connection to a server; 0 if there is none.
    fn connection_to(&self, node: NodeId) -> u32 {
        match &self.role {
            Role::Following(following) if following.leader == node => self.connections,
            Role::Leading(leading) => {
                leading.learners.get(node.slot()).map_or(0, |learner| learner.connection)
            }
            _ => 0,
        }
    }

    /// A packet for a server, over the connection to it.
    pub(crate) fn to(&self, node: NodeId, packet: Packet) -> Message {
        Message { connection: self.connection_to(node), packet }
    }

    fn on_channel_opened<O: Observer>(&mut self, node: NodeId, fx: &mut Fx<'_, O>) {
        self.channels = self.channels.with(node);
        match &self.role {
            Role::Looking(_) => self.notify(node, fx),
            Role::Following(following) if following.leader == node => self.send_follower_info(fx),
            Role::Following(_) | Role::Leading(_) => {}
        }
    }

    fn on_channel_closed<O: Observer>(&mut self, node: NodeId, fx: &mut Fx<'_, O>) {
        self.channels = self.channels.without(node);
        match &mut self.role {
            Role::Looking(looking) => looking.forget(node),
            Role::Following(following) if following.leader == node => self.lose_leader(node, fx),
            Role::Following(_) => {}
            Role::Leading(_) => self.lose_learner(node, fx),
        }
    }

    /// The patience of a server that waits for its leader, or of a leader that waits for a quorum, is at its end.
    fn on_limit<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        match &self.role {
            Role::Looking(_) => {}
            Role::Following(following) => self.lose_leader(following.leader, fx),
            Role::Leading(_) => self.give_up(fx),
        }
    }

    /// All servers but this one.
    pub(crate) fn others(&self) -> impl Iterator<Item = NodeId> + use<> {
        self.servers.without(self.id).iter()
    }

    pub(crate) fn majority(&self) -> usize {
        majority(self.servers.len())
    }

    pub(crate) fn state(&self) -> ServerState {
        match self.role {
            Role::Looking(_) => ServerState::Looking,
            Role::Following(_) => ServerState::Following,
            Role::Leading(_) => ServerState::Leading,
        }
    }

    /// Whom this server follows, itself if it leads.
    pub(crate) fn leader(&self) -> Option<NodeId> {
        match &self.role {
            Role::Looking(_) => None,
            Role::Following(following) => Some(following.leader),
            Role::Leading(_) => Some(self.id),
        }
    }

    /// The phase, unless it is election.
    pub(crate) fn phase(&self) -> Option<Phase> {
        match &self.role {
            Role::Looking(_) => None,
            Role::Following(following) => Some(following.phase),
            Role::Leading(leading) => Some(leading.phase),
        }
    }

    /// Its place in [`Dialect::roles`].
    fn role_place(&self) -> u8 {
        let phase = self.phase().map_or(0, |phase| phase as u8);
        match self.state() {
            ServerState::Looking => 0,
            ServerState::Following => 1 + phase,
            ServerState::Leading => 4 + phase,
        }
    }
}
