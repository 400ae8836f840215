//! This Raft as a model for stateright: the same servers, the same bounds and the same kind of network as an exhaustive
//! search has here, so that both walk through the same states.

use protocol::{
    Command, Digest, Durable as _, Effects, Input, NodeId, Output, Protocol, Setup, Time, TimerId, WriteId,
};
use raft::{Durable, Message, Raft};
use stateright::{Checker, Model, Property};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// How far both go.
#[derive(Clone, Copy)]
pub struct Bounds {
    pub servers: u8,
    pub terms: u32,
    pub commands: u8,
    pub crashes: u8,
    pub moves: u32,
}

#[derive(Clone, Debug, Hash)]
struct Server {
    id: NodeId,
    core: Raft,
    disk: Durable,
    timers: u32,
}

/// A message under way, with a hash of all of it, by which messages are in order.
#[derive(Clone, Debug)]
struct Letter {
    key: u64,
    from: NodeId,
    to: NodeId,
    message: Arc<Message>,
}

impl Hash for Letter {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.key);
    }
}

#[derive(Clone, Debug, Hash)]
pub struct State {
    servers: Vec<Arc<Server>>,
    letters: Vec<Letter>,
    commands: u8,
    crashes: u8,
}

impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        Digest::of(self) == Digest::of(other)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The message at a place arrives.
    Deliver(usize),
    Fire(usize, TimerId),
    Ask(usize),
    Crash(usize),
}

struct Cluster {
    setup: Setup,
    bounds: Bounds,
    asked: Vec<Command>,
}

impl Cluster {
    /// Gives a server an input, and does what it wants done.
    fn give(&self, server: &Server, input: Input<Message>) -> (Server, Vec<Letter>) {
        let mut server = server.clone();
        if let Input::Timer(timer) = input {
            server.timers &= !(1 << timer.0);
        }
        let (mut sent, mut last, mut next) = (Vec::new(), WriteId(0), Some(input));
        while let Some(input) = next.take() {
            let mut outputs = Vec::new();
            let mut quiet = ();
            let mut fx = Effects::new(server.id, self.setup.off, &mut outputs, &mut last, &mut quiet);
            server.core.step(Time(0), input, &mut fx);
            next = carry_out(&mut server, outputs, &mut sent).then_some(Input::Persisted(last));
        }
        (server, sent)
    }

    fn boot(&self, id: NodeId, disk: Durable) -> (Server, Vec<Letter>) {
        let (mut outputs, mut last, mut quiet) = (Vec::new(), WriteId(0), ());
        let mut fx: Effects<'_, Raft, ()> =
            Effects::new(id, self.setup.off, &mut outputs, &mut last, &mut quiet);
        let core = Raft::start(id, &self.setup, &disk, Time(0), &mut fx);
        let mut server = Server { id, core, disk, timers: 0 };
        let mut sent = Vec::new();
        carry_out(&mut server, outputs, &mut sent);
        (server, sent)
    }

    fn input(&self, state: &mut State, action: &Action) -> (usize, Option<Input<Message>>) {
        match action {
            Action::Deliver(place) => {
                let letter = state.letters.remove(*place);
                let message = Message::clone(&letter.message);
                (letter.to.slot(), Some(Input::Message { from: letter.from, message }))
            }
            Action::Fire(slot, timer) => (*slot, Some(Input::Timer(*timer))),
            Action::Ask(slot) => {
                state.commands += 1;
                (*slot, Some(Input::Request(self.asked[usize::from(state.commands) - 1].clone())))
            }
            Action::Crash(slot) => {
                state.crashes += 1;
                (*slot, None)
            }
        }
    }
}

fn carry_out(
    server: &mut Server,
    outputs: Vec<Output<Message, <Durable as protocol::Durable>::Delta>>,
    sent: &mut Vec<Letter>,
) -> bool {
    let mut wrote = false;
    for output in outputs {
        match output {
            Output::Persist { delta, .. } => {
                server.disk.write(delta);
                wrote = true;
            }
            Output::Send { to, message, .. } => {
                let (from, message) = (server.id, Arc::new(message));
                sent.push(Letter { key: Digest::of((from, to, &message)), from, to, message });
            }
            Output::SetTimer { timer, .. } => server.timers |= 1 << timer.0,
            Output::CancelTimer(timer) => server.timers &= !(1 << timer.0),
            Output::Answer { .. } => {}
        }
    }
    wrote
}

impl Model for Cluster {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let boot = |id: &NodeId| Arc::new(self.boot(*id, Durable::default()).0);
        let servers = self.setup.servers.iter().map(boot).collect();
        vec![State { servers, letters: Vec::new(), commands: 0, crashes: 0 }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        let alike = |place: usize| place > 0 && state.letters[place - 1].key == state.letters[place].key;
        actions.extend((0..state.letters.len()).filter(|place| !alike(*place)).map(Action::Deliver));
        for (slot, server) in state.servers.iter().enumerate() {
            let running = (0..2).filter(|timer| server.timers >> timer & 1 == 1);
            actions.extend(running.map(|timer| Action::Fire(slot, TimerId(timer))));
            if state.commands < self.bounds.commands {
                actions.push(Action::Ask(slot));
            }
            if state.crashes < self.bounds.crashes {
                actions.push(Action::Crash(slot));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        let (slot, input) = self.input(&mut state, &action);
        let before = &last.servers[slot];
        let (server, sent) = match input {
            Some(input) => self.give(before, input),
            None => self.boot(before.id, before.disk.clone()),
        };
        let within = server.core.status().term.number <= self.bounds.terms;
        // A step after which all is as before is none, as in stateright's own networks.
        let idle = sent.is_empty() && Digest::of(&server) == Digest::of(before.as_ref());
        if !within || idle {
            return None;
        }
        state.servers[slot] = Arc::new(server);
        for letter in sent {
            let place = state.letters.partition_point(|other| other.key < letter.key);
            state.letters.insert(place, letter);
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Cluster>> {
        vec![
            Property::always("at most one leader of a term", |_, state: &State| {
                let leads = |server: &Server| server.core.status().leader == Some(server.id);
                let leaders: Vec<_> = state.servers.iter().filter(|server| leads(server)).collect();
                let term = |server: &Server| server.core.status().term;
                leaders
                    .iter()
                    .enumerate()
                    .all(|(place, one)| leaders[..place].iter().all(|other| term(one) != term(other)))
            }),
            Property::always("what is applied is the same", |_, state: &State| {
                let applied = |server: &Server| server.core.status().applied;
                state.servers.iter().enumerate().all(|(place, one)| {
                    state.servers[..place].iter().all(|other| {
                        let index = applied(one).min(applied(other));
                        one.core.prefix_hash(index) == other.core.prefix_hash(index)
                    })
                })
            }),
        ]
    }
}

/// How many different states stateright finds.
pub fn theirs(bounds: Bounds) -> u64 {
    let asked = explore::Bounds { commands: bounds.commands, ..explore::Bounds::default() }.asked();
    let cluster = Cluster { setup: Setup::of(bounds.servers, Raft::DIALECT), bounds, asked };
    // It counts the first state as the first move.
    let depth = usize::try_from(bounds.moves).expect("a few moves") + 1;
    let checker = cluster.checker().threads(1).target_max_depth(depth).spawn_bfs().join();
    checker.assert_properties();
    checker.unique_state_count() as u64
}

/// How many the search here finds: with pasts, and of each state all that differ from it in the servers' names, if asked.
pub fn ours(bounds: Bounds, pasts: bool, symmetry: bool) -> u64 {
    let mut config = sim::Config::of(Raft::DIALECT);
    config.servers = bounds.servers;
    let wish = explore::Wish { off: protocol::RuleSet::default(), config: Some(config), seed: 1, runs: 1 };
    let limits = explore::Bounds {
        terms: bounds.terms,
        commands: bounds.commands,
        crashes: bounds.crashes,
        ticks: None,
        copies: explore::Copies::One,
        depth: Some(bounds.moves),
        pasts,
        symmetry,
        ..explore::Bounds::default()
    };
    let mut search = explore::Exhaust::<Raft>::new(&wish, &limits).expect("Raft has no channels");
    while search.advance(1 << 20) {}
    let extent = search.extent();
    assert_eq!(extent.verdict, explore::Verdict::DepthReached);
    extent.states
}
