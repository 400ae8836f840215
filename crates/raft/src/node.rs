//! A server: its state (Raft Fig. 2, *State*), and where its inputs go.

use crate::client::Pending;
use crate::dialect::{ELECTION, HEARTBEAT, RAFT};
use crate::durable::{Durable, Flushing};
use crate::message::Message;
use crate::options::Options;
use crate::rename::RENAMING;
use crate::rules;
use crate::servers::{NodeSet, Votes};
use protocol::{
    Cell, Content, Dialect, Effects, FactView, Firing, Index, Input, Log, NodeId, NodeView, Observer,
    Protocol, Renaming, Setup, StateMachine, Status, Term, Time, WriteId, values,
};
use std::collections::VecDeque;

/// The effects of a step of a Raft server.
pub(crate) type Fx<'a, O> = Effects<'a, Raft, O>;

/// A server.
#[derive(Clone, Debug, Hash)]
pub struct Raft {
    pub(crate) id: NodeId,
    pub(crate) servers: NodeSet,
    pub(crate) options: Options,

    // Persistent state on all servers: the working copy. The disk follows, see `Flushing`.
    pub(crate) current_term: Term,
    pub(crate) voted_for: Option<NodeId>,
    pub(crate) log: Log,

    // Volatile state on all servers.
    pub(crate) role: Role,
    pub(crate) commit_index: Index,
    pub(crate) last_applied: Index,
    pub(crate) state_machine: StateMachine,
    /// Who leads the current term, as far as this server knows.
    pub(crate) leader: Option<NodeId>,
    /// When it last heard from that leader.
    pub(crate) heard_at: Time,

    // About the disk.
    pub(crate) flushing: Flushing,
    /// The term with which it booted. Only a server that forgets its term looks here.
    pub(crate) booted_term: Term,
}

/// What a server is, with the state that only this role has. Leaving a role is forgetting that state.
#[derive(Clone, Debug, Hash)]
pub(crate) enum Role {
    /// Answers leaders and candidates, and starts nothing itself.
    Follower,
    /// Asks whether it could win an election (dissertation §9.6).
    PreCandidate {
        /// Who would vote for it.
        votes_granted: Votes,
    },
    /// Stands for election.
    Candidate {
        /// Who voted for it.
        votes_granted: Votes,
        /// The write that brings its own vote to its disk.
        own_vote: WriteId,
    },
    /// Leads.
    Leader(Leader),
}

/// *Volatile state on leaders*, made anew after each election.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Leader {
    /// The paper's `nextIndex[]` and `matchIndex[]`, by the servers' slots.
    pub(crate) peers: Vec<Peer>,
    /// Clients that wait for an answer, in the order of their entries.
    pub(crate) pending: VecDeque<Pending>,
}

/// What a leader knows of another server.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Peer {
    /// The next entry to send to it: a guess, corrected when it refuses.
    pub(crate) next_index: Index,
    /// The highest index known to be stored there: never a guess.
    pub(crate) match_index: Index,
    /// The highest index sent since the last heartbeat. Not in the paper: it keeps the leader from sending the
    /// same full message twice.
    pub(crate) sent_index: Index,
}

impl Protocol for Raft {
    type Message = Message;
    type Durable = Durable;
    const DIALECT: &'static Dialect = &RAFT;
    const RENAMING: Option<Renaming<Raft>> = Some(RENAMING);

    /// A server boots as a follower (Raft §5.2), with nothing but what its disk kept.
    fn start<O: Observer>(
        id: NodeId,
        setup: &Setup,
        durable: &Durable,
        now: Time,
        fx: &mut Effects<'_, Self, O>,
    ) -> Raft {
        let raft = Raft {
            id,
            servers: NodeSet::of(&setup.servers),
            options: Options::of(setup),
            current_term: durable.current_term,
            voted_for: durable.voted_for,
            log: durable.log.clone(),
            role: Role::Follower,
            commit_index: 0,
            last_applied: 0,
            state_machine: StateMachine::default(),
            leader: None,
            heard_at: now,
            flushing: Flushing::done(durable.log.last_index()),
            booted_term: durable.current_term,
        };
        raft.restart_election_timer(fx);
        raft
    }

    fn step<O: Observer>(&mut self, now: Time, input: Input<Message>, fx: &mut Effects<'_, Self, O>) {
        match input {
            Input::Message { from, message } => self.on_message(now, from, message, fx),
            Input::Timer(ELECTION) => self.on_election_timeout(fx),
            Input::Timer(HEARTBEAT) => self.on_heartbeat_timeout(fx),
            Input::Timer(_) => {}
            Input::Request(command) => self.on_request(&command, fx),
            Input::Persisted(write) => self.on_persisted(write, fx),
            // Raft's messages need no order, hence no channels.
            Input::ChannelOpened(_) | Input::ChannelClosed(_) => {}
        }
    }

    fn durable(&self) -> Durable {
        Durable { current_term: self.current_term, voted_for: self.voted_for, log: self.log.clone() }
    }

    fn status(&self) -> Status {
        Status {
            term: self.current_term,
            speaks: self.current_term,
            role: self.role.place(),
            leader: self.leader,
            last: self.log.last_index(),
            commit: self.commit_index,
            applied: self.last_applied,
            log_hash: self.log.hash_at(self.log.last_index()).unwrap_or_default(),
            state_hash: self.state_machine.hash(),
        }
    }

    fn content_at(&self, index: Index) -> Option<&Content> {
        self.log.entry(index).map(|entry| &entry.content)
    }

    fn prefix_hash(&self, index: Index) -> Option<u64> {
        self.log.hash_at(index)
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

impl Raft {
    /// *Rules for all servers*: a newer term in any message, request or reply, comes before the message itself.
    fn on_message<O: Observer>(&mut self, now: Time, from: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        if !self.servers.has(from) || self.ignores(now, &message, fx) {
            return;
        }
        if let Some(term) = message.sender_term().filter(|term| *term > self.current_term) {
            let old = self.current_term;
            if !fx.applies(rules::ADOPT_HIGHER_TERM, values![term, from, old]) {
                return;
            }
            self.adopt_term(term, from, fx);
        }
        match message {
            Message::RequestVote(request) => self.on_request_vote(&request, fx),
            Message::RequestVoteReply(reply) => self.on_request_vote_reply(from, &reply, fx),
            Message::AppendEntries(request) => self.on_append_entries(now, request, fx),
            Message::AppendEntriesReply(reply) => self.on_append_entries_reply(from, &reply, fx),
            Message::PreVote(request) => self.on_pre_vote(now, &request, fx),
            Message::PreVoteReply(reply) => self.on_pre_vote_reply(from, &reply, fx),
        }
    }

    /// The other servers, in ascending order.
    pub(crate) fn others(&self) -> impl Iterator<Item = NodeId> + Clone + use<> {
        self.servers.without(self.id).iter()
    }

    /// True if this server leads.
    pub(crate) fn is_leader(&self) -> bool {
        matches!(self.role, Role::Leader(_))
    }

    /// Sends a message that says something about this server's disk: once the disk has it. Whether the rule spoke
    /// is for the caller to report, where there is something new to wait for.
    pub(crate) fn send_from_disk<O: Observer>(&self, to: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        if fx.is_on(rules::DISK_BEFORE_SEND) {
            fx.send_when_durable(to, message);
        } else {
            fx.send(to, message);
        }
    }
}

impl Role {
    /// Its place in [`Dialect::roles`].
    pub(crate) fn place(&self) -> u8 {
        match self {
            Role::Follower => 0,
            Role::PreCandidate { .. } => 1,
            Role::Candidate { .. } => 2,
            Role::Leader(_) => 3,
        }
    }
}
