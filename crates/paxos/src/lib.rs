//! Single-decree Paxos: how several servers choose one value, whatever is lost, delayed, doubled or restarted. And
//! Multi-Paxos, in [`multi`]: how they choose one value after another.
//!
//! After Leslie Lamport, *Paxos Made Simple* (2001), cited here as §1 to §3. Part I of *The Part-Time Parliament*
//! (1998) calls the same protocol the *synod* and what it chooses a *decree*.
//!
//! # The problem (§2.1)
//!
//! Servers propose values. One of the proposed values is to be chosen, never two, and nobody may take a value for
//! chosen that is not. Messages travel as slowly as they like; servers stop and start again with what is on their
//! disks. Nobody lies.
//!
//! There are three parts to play. *Proposers* suggest values, *acceptors* choose among them, *learners* find out what
//! was chosen. In this crate every server plays all three all the time ([`Paxos`]).
//!
//! # Why it is the way it is (§2.2)
//!
//! One acceptor could choose alone, by accepting the first value that it hears. But if it stops, so does everything.
//! So a **majority** of the acceptors has to accept: any two majorities share a server, hence two values could only
//! both be chosen if some server accepted both.
//!
//! An acceptor must be allowed to accept twice all the same. If three proposers speak at once and every acceptor keeps
//! the first value that it hears, no value may ever get a majority. So proposals are numbered, by **ballots**, and an
//! acceptor may accept several, provided that one thing is sure: *if a value is chosen in one ballot, every higher
//! ballot proposes the same value* (P2b). Then it does no harm to accept again.
//!
//! How can a proposer be sure of that? It has to know what lower ballots may have chosen, and it cannot look into the
//! future. So it *asks for the past and forbids the future*: a majority of acceptors tells it what each accepted last,
//! and promises to accept nothing below its ballot any more. From what they tell follows what it may propose (P2c):
//! the value of the highest proposal that they report, or any value if they report none.
//!
//! # The protocol (§2.2, §2.3)
//!
//! | phase | message | sent by | when |
//! |---|---|---|---|
//! | 1a | `Prepare(b)` | proposer → acceptors | it has a client's command; b is above all that it has seen |
//! | 1b | `Promise(b, accepted)` | acceptor → proposer | b is not below its promise, which is now b, on disk |
//! | 2a | `Accept(b, v)` | proposer → acceptors | a majority promised b; v follows from the reports |
//! | 2b | `Accepted(b, v)` | acceptor → proposer | b is not below its promise; (b, v) is now on disk |
//! | – | `Nack(b, promised)` | acceptor → proposer | instead of 1b or 2b: it has promised a higher ballot |
//! | – | `Decide(b, v)` | proposer → learners | a majority accepted (b, v): v is chosen |
//!
//! A ballot is a pair (round, server), so that two servers never use the same one (§2.5). A proposer that is refused
//! gives up its ballot, waits for a random while and tries a higher one. Without the wait two proposers can outbid each
//! other for ever (§2.4): safety is certain, progress is a matter of timing, and no protocol can do better (Fischer,
//! Lynch and Paterson 1985).
//!
//! Four details on which implementations stumble:
//!
//! * **Chosen is a fact about the disks of the acceptors**, not an act. A value can be chosen while no server knows;
//!   that is why a proposer must take up what it finds, even if a single acceptor reports it.
//! * **To accept is to promise.** An acceptor that accepts a ballot which it never promised must refuse lower ones from
//!   then on. The paper speaks of *prepare* requests only.
//! * **A ballot counts alone.** Acceptances of two ballots never add up, and a late promise of an earlier ballot is
//!   worth nothing.
//! * **Say it after you wrote it.** What an acceptor forgets in a crash it must not have told anybody (§2.5).
//!
//! # How a server is built
//!
//! | file | what |
//! |---|---|
//! | `proposal.rs` | ballots, values, proposals |
//! | `message.rs` | the messages |
//! | `durable.rs` | what is on disk |
//! | `acceptor.rs` | phases 1b and 2b |
//! | `proposer.rs` | phases 1a and 2a |
//! | `learner.rs` | counting, running the chosen command, answering clients |
//! | `quorum.rs` | how many are enough |
//! | `loopback.rs` | what a server says to itself |
//! | `rules.rs` | every rule by name, with its source, its sentences and what happens without it |
//! | `options.rs`, `dialect.rs`, `view.rs` | words and pictures for people |
//! | `multi` | Multi-Paxos, with a file of its own for each of these |
//!
//! The decree stands at index 1 of a log that never grows. A client's command makes the server that it reaches a
//! proposer. Once the decree is decided, a client whose command was chosen gets the state machine's reply; every other
//! is told that its command failed, which is certain, because the only place is taken.
//!
//! A server's own acceptor is asked like any other, by messages that it hands to itself; its answers, too, wait for the
//! disk.
//!
//! # Left out
//!
//! * *A distinguished proposer* (§2.4). Whoever is asked proposes; chance settles the duels.
//! * *A durable decision.* A server that restarts has forgotten what was chosen, and finds it again by a ballot of its
//!   own when a client asks. The same goes for one that missed the `Decide`.
//! * *Smaller requests.* A proposer asks all acceptors where a majority would do, and a `Promise` or `Accepted` that is
//!   lost is made good by a higher ballot, never sent again.
//! * *In [`multi`]*: snapshots and the forgetting of old slots, changes of membership, reads without a slot of their own
//!   (master leases), and a window that bounds what a new leader proposes again.
//! * *Other quorums.* Majorities only; Flexible Paxos and weights are absent, and membership is fixed.

mod acceptor;
mod dialect;
mod durable;
mod learner;
mod loopback;
mod message;
pub mod multi;
mod options;
mod proposal;
mod proposer;
mod quorum;
mod rules;
#[cfg(test)]
mod tests;
mod view;

pub use durable::{Delta, Durable};
pub use message::Message;
pub use proposal::{Ballot, Proposal, Value};

use learner::Learner;
use loopback::Loopback;
use options::Options;
use proposer::Role;
use protocol::{
    Cell, Command, Content, Dialect, Effects, FactView, Firing, Index, Input, NodeId, NodeView, Observer,
    Protocol, Setup, StateMachine, Status, Time,
};
use std::sync::Arc;

/// Where a server puts what it wants done.
pub(crate) type Fx<'a, O> = Effects<'a, Paxos, O>;

/// A server of single-decree Paxos: proposer, acceptor and learner at once.
#[derive(Clone, Debug, Hash)]
pub struct Paxos {
    id: NodeId,
    servers: Arc<[NodeId]>,
    options: Options,

    // The acceptor. A copy of what is on disk, or on its way there.
    acceptor: Durable,

    // The proposer. Volatile.
    role: Role,
    /// The highest ballot that it was refused for.
    highest_seen: Ballot,
    /// The commands that wait for the decision, in the order in which they came. The first is what it would propose.
    waiting: Vec<Command>,

    // The learner. Volatile.
    learner: Learner,
    machine: StateMachine,
    /// True if the state machine has run the decree.
    executed: bool,

    loopback: Loopback<Message>,
}

impl Protocol for Paxos {
    type Message = Message;
    type Durable = Durable;
    const DIALECT: &'static Dialect = &dialect::DIALECT;

    fn start<O: Observer>(
        id: NodeId,
        setup: &Setup,
        durable: &Durable,
        _: Time,
        fx: &mut Fx<'_, O>,
    ) -> Paxos {
        Paxos {
            id,
            servers: setup.servers.as_slice().into(),
            options: Options::of(setup),
            acceptor: acceptor::recall(durable, fx),
            role: Role::Acceptor,
            highest_seen: Ballot::default(),
            waiting: Vec::new(),
            learner: Learner::default(),
            machine: StateMachine::default(),
            executed: false,
            loopback: Loopback::default(),
        }
    }

    fn step<O: Observer>(&mut self, _: Time, input: Input<Message>, fx: &mut Fx<'_, O>) {
        match input {
            Input::Message { from, message } => self.on_message(from, message, fx),
            Input::Timer(dialect::RETRY) => self.on_retry(fx),
            Input::Request(command) => self.on_request(command, fx),
            Input::Persisted(write) => self.loopback.persisted(write),
            Input::Timer(_) | Input::ChannelOpened(_) | Input::ChannelClosed(_) => {}
        }
        self.hear_itself(fx);
    }

    fn durable(&self) -> Durable {
        self.acceptor.clone()
    }

    fn status(&self) -> Status {
        self.to_status()
    }

    fn content_at(&self, index: Index) -> Option<&Content> {
        self.held().filter(|_| index == proposal::DECREE).map(|proposal| &proposal.value)
    }

    fn value_of(&self, key: &str) -> Option<&str> {
        self.machine.value(key).map(|value| &**value)
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

impl Paxos {
    fn on_message<O: Observer>(&mut self, from: NodeId, message: Message, fx: &mut Fx<'_, O>) {
        match message {
            Message::Prepare { ballot } => self.on_prepare(from, ballot, fx),
            Message::Promise { ballot, accepted } => self.on_promise(from, ballot, accepted, fx),
            Message::Nack { ballot, promised } => self.on_nack(ballot, promised, fx),
            Message::Accept { ballot, value } => self.on_accept(from, ballot, value, fx),
            Message::Accepted { ballot, value } => self.on_accepted(from, ballot, value, fx),
            Message::Decide { ballot, value } => self.on_decide(ballot, value, fx),
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

    /// Takes the messages to itself whose writes are on disk. What they lead to may be heard in the same turn.
    fn hear_itself<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        while let Some(message) = self.loopback.next() {
            self.on_message(self.id, message, fx);
        }
    }
}
