//! Multi-Paxos: how several servers choose one value after another, and so the order of a sequence of commands.
//!
//! After Leslie Lamport, *Paxos Made Simple* (2001) §3 and *The Part-Time Parliament* (1998) §3, and Robbert van Renesse
//! and Deniz Altinbuken, *Paxos Made Moderately Complex* (2015), cited as PMMC, whose names and invariants this module
//! uses.
//!
//! # From one value to many
//!
//! Number the places of a sequence: **slots** 1, 2, 3, … Each slot is decided by Paxos of its own, as the crate's root
//! tells. If every server runs the decided commands in the order of slots, every server arrives at the same state.
//!
//! That would cost two phases for each command. But phase 1 does not speak of values. So one `Prepare` can ask for all
//! slots at once, for ever: a server whose ballot is **adopted** by a majority leads, and needs phase 2 only, for one
//! slot after another and for several at a time, until a higher ballot **preempts** it.
//!
//! The price is paid when the leader changes. The promises report, slot by slot, what may be chosen; the new leader
//! proposes all that again, under its own ballot, before it turns to new commands. Where nothing is reported *between*
//! such slots there is a hole: nothing was chosen there, but the commands behind it could never run. So the hole is
//! filled with a no-op.
//!
//! # The messages
//!
//! | message | sent by | when |
//! |---|---|---|
//! | `Prepare(b, s)` | would-be leader → all | no leader was heard for too long; about all slots from s on |
//! | `Promise(b, accepted)` | acceptor → would-be leader | b is not below its promise, which is now b, on disk |
//! | `Accept(b, s, v)` | leader → all | b is adopted; v follows from the reports, or is a client's command |
//! | `Accepted(b, s, v)` | acceptor → leader | b is not below its promise; (b, v) is now on disk in slot s |
//! | `Nack(b, promised)` | acceptor → leader | it has promised a higher ballot |
//! | `Decide(b, s, v)` | leader → all | a majority accepted (b, v) in slot s |
//! | `Heartbeat(b, k)` | leader → all | now and then; all slots up to k are decided |
//! | `CatchUp(b, s)` | server → leader | a heartbeat shows that it missed decisions, from slot s on |
//! | `Decisions(b, …)` | leader → server | the answer |
//!
//! # In Raft's clothes
//!
//! With the option `raft-style-log` a server accepts a slot only behind those before it, so that what it holds is a log, and
//! grows as one does in Raft. Then there are no holes to fill. What is left of the difference is who may lead: here any
//! server, which collects what the others hold; in Raft only one whose own log is up to date (Howard and Mortier, *Paxos
//! vs Raft*, 2020).
//!
//! # How it is built
//!
//! Every server plays every part: leader (PMMC's scouts and commanders are `leader.rs` and `commander.rs`), acceptor,
//! learner, replica. `slots.rs` is a row with holes; `durable.rs`, `message.rs`, `rules`, `options.rs`, `dialect.rs` and
//! `view.rs` are what they are in single-decree Paxos.

mod acceptor;
mod commander;
mod dialect;
mod durable;
mod leader;
mod learner;
mod message;
mod options;
mod replica;
mod rules;
mod slots;
#[cfg(test)]
mod tests;
mod view;

pub use durable::{Delta, Durable};
pub use message::{Message, PValue};
pub use slots::{Slot, Slots};

use crate::loopback::Loopback;
use crate::proposal::{self, Ballot, Proposal};
use leader::Role;
use learner::Count;
use options::Options;
use protocol::{
    Cell, Content, Dialect, Effects, FactView, Firing, Index, Input, NodeId, NodeView, Observer, Protocol,
    Setup, StateMachine, Status, Time,
};
use std::sync::Arc;

/// Where a server puts what it wants done.
pub(crate) type Fx<'a, O> = Effects<'a, MultiPaxos, O>;

/// A server of Multi-Paxos: leader, acceptor, learner and replica in one.
#[derive(Clone, Debug, Hash)]
pub struct MultiPaxos {
    id: NodeId,
    servers: Arc<[NodeId]>,
    options: Options,

    // The acceptor. A copy of what is on disk, or on its way there.
    acceptor: Durable,

    // The leader. Volatile.
    role: Role,
    /// The highest ballot that it has heard of.
    highest_seen: Ballot,
    /// Who leads, as far as this server knows.
    leader: Option<NodeId>,

    // The learner. Volatile: who forgets a decision learns it again.
    counts: Slots<Vec<Count>>,
    /// Each decided value, with the ballot in which it is known to be decided.
    decisions: Slots<Proposal>,
    decisions_hash: u64,
    /// All slots up to this one are decided.
    decided_up_to: Slot,

    // The replica. Volatile.
    state_machine: StateMachine,
    /// The next slot to run.
    slot_out: Slot,

    loopback: Loopback<Message>,
}

impl Protocol for MultiPaxos {
    type Message = Message;
    type Durable = Durable;
    const DIALECT: &'static Dialect = &dialect::DIALECT;

    fn start<O: Observer>(
        id: NodeId,
        setup: &Setup,
        durable: &Durable,
        _: Time,
        fx: &mut Fx<'_, O>,
    ) -> MultiPaxos {
        let server = MultiPaxos {
            id,
            servers: setup.servers.as_slice().into(),
            options: Options::of(setup),
            acceptor: acceptor::recall(durable, fx),
            role: Role::Follower,
            highest_seen: Ballot::default(),
            leader: None,
            counts: Slots::default(),
            decisions: Slots::default(),
            decisions_hash: 0,
            decided_up_to: 0,
            state_machine: StateMachine::default(),
            slot_out: 1,
            loopback: Loopback::default(),
        };
        server.restart_election_timer(fx);
        server
    }

    fn step<O: Observer>(&mut self, _: Time, input: Input<Message>, fx: &mut Fx<'_, O>) {
        match input {
            Input::Message { from, message } => self.on_message(from, message, fx),
            Input::Timer(dialect::ELECTION) => self.on_election_timeout(fx),
            Input::Timer(dialect::HEARTBEAT) => self.on_heartbeat_timeout(fx),
            Input::Request(command) => self.on_request(command, fx),
            Input::Persisted(write) => self.loopback.persisted(write),
            Input::Timer(_) | Input::ChannelOpened(_) | Input::ChannelClosed(_) => {}
        }
        while let Some(message) = self.loopback.next() {
            self.on_message(self.id, message, fx);
        }
    }

    fn durable(&self) -> Durable {
        self.acceptor.clone()
    }

    fn status(&self) -> Status {
        self.to_status()
    }

    fn content_at(&self, index: Index) -> Option<&Content> {
        self.held(index).map(|proposal| &proposal.value)
    }

    fn value_of(&self, key: &str) -> Option<&str> {
        self.state_machine.value(key).map(|value| &**value)
    }

    fn facts(&self, _: &Durable) -> Vec<FactView> {
        self.named_values()
    }

    fn view(&self, _: &Durable) -> NodeView {
        self.to_view()
    }

    fn cells(&self, disk: &Durable, from: Index, to: Index) -> Vec<Cell> {
        self.places(disk, from, to)
    }

    fn tell(me: NodeId, firing: &Firing) -> String {
        proposal::in_words(me, &Self::DIALECT.rule(firing.rule).tell(me, firing))
    }
}

impl MultiPaxos {
    /// A leader of a higher ballot comes before the message itself.
    fn on_message<O: Observer>(&mut self, from: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        if let Some(ballot) = message.ballot_of_leader() {
            self.preempted(ballot, fx);
        }
        match message {
            Message::Prepare { ballot, from_slot } => self.on_prepare(from, ballot, from_slot, fx),
            Message::Promise { ballot, accepted } => self.on_promise(from, ballot, accepted, fx),
            Message::Nack { promised, .. } => self.preempted(promised, fx),
            Message::Accept(pvalue) => self.on_accept(from, pvalue, fx),
            Message::Accepted(pvalue) => self.on_accepted(from, pvalue, fx),
            Message::Decide(PValue { slot, proposal }) => self.decide(slot, proposal, false, fx),
            Message::Heartbeat { ballot, decided } => self.on_heartbeat(from, ballot, decided, fx),
            Message::CatchUp { ballot, from_slot } => self.on_catch_up(from, ballot, from_slot, fx),
            Message::Decisions { decided, .. } => {
                for PValue { slot, proposal } in decided.iter() {
                    self.decide(*slot, proposal.clone(), false, fx);
                }
            }
        }
    }

    /// All servers but this one.
    fn others(&self) -> impl Iterator<Item = NodeId> + use<> {
        let (me, servers) = (self.id, self.servers.clone());
        (0..servers.len()).map(move |place| servers[place]).filter(move |node| *node != me)
    }

    fn send<O: Observer>(&mut self, to: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        if to == self.id {
            self.loopback.say(message);
        } else {
            fx.send(to, message);
        }
    }

    fn send_when_durable<O: Observer>(&mut self, to: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        if to == self.id {
            self.loopback.say_when_durable(message);
        } else {
            fx.send_when_durable(to, message);
        }
    }

    fn write<O: Observer>(&mut self, delta: Delta, fx: &mut Fx<'_, O>) {
        self.loopback.wrote(fx.persist(delta));
    }
}
