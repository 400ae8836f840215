//! A workbench for the tests of a protocol: servers with disks, timers and a network, and nothing moves by itself. No
//! message arrives, no timer fires and no slow disk writes unless the test says so.

use crate::{
    Answer, ClientId, Command, Durable, Effects, Fact, Firing, Input, Message, NodeId, Observer, Op, Output,
    OutputOf, Protocol, Setup, Span, Time, TimerId, Verdict, WriteId,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

mod dice;
mod tables;

pub use dice::Dice;
pub use tables::check_tables;

/// One write of a protocol.
pub type DeltaOf<P> = <<P as Protocol>::Durable as Durable>::Delta;

/// Who sees all servers at once, as none of them can. It hears everything in the order in which it happens.
pub trait Witness<P: Protocol> {
    /// A server reports.
    fn fact(&mut self, _node: NodeId, _fact: &Fact) {}
    /// A client asks for a command.
    fn asked(&mut self, _command: &Command) {}
    /// A write has reached a disk.
    fn wrote(&mut self, _node: NodeId, _delta: &DeltaOf<P>, _servers: usize) {}
    /// A message leaves its sender. `covered` is false if it says more than is on the sender's disk.
    fn left(&mut self, _node: NodeId, _message: &P::Message, _covered: bool) {}
    /// A server is down. This is all that is left of it.
    fn crashed(&mut self, _node: NodeId, _durable: &P::Durable) {}
}

/// Nobody.
impl<P: Protocol> Witness<P> for () {}

/// A message under way.
#[derive(Clone, Debug)]
pub struct Flight<M> {
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// The message.
    pub message: M,
}

/// What the servers reported.
#[derive(Debug, Default)]
struct Record {
    firings: Vec<(NodeId, Firing)>,
    facts: Vec<(NodeId, Fact)>,
}

impl Observer for Record {
    const RULES: bool = true;
    const FACTS: bool = true;
    fn rule(&mut self, node: NodeId, firing: Firing) {
        self.firings.push((node, firing));
    }
    fn fact(&mut self, node: NodeId, fact: Fact) {
        self.facts.push((node, fact));
    }
}

/// A disk with the writes that have not reached it, and what waits for them.
#[derive(Debug)]
struct Disk<P: Protocol> {
    durable: P::Durable,
    pending: VecDeque<(WriteId, DeltaOf<P>)>,
    blocked: Vec<(WriteId, OutputOf<P>)>,
    is_slow: bool,
}

impl<P: Protocol> Disk<P> {
    fn with(durable: P::Durable) -> Disk<P> {
        Disk { durable, pending: VecDeque::new(), blocked: Vec::new(), is_slow: false }
    }
}

/// The servers of a test.
pub struct Bench<P: Protocol, W> {
    setup: Setup,
    nodes: BTreeMap<NodeId, P>,
    disks: BTreeMap<NodeId, Disk<P>>,
    last_writes: BTreeMap<NodeId, WriteId>,
    timers: BTreeMap<(NodeId, TimerId), (Span, Span)>,
    record: Record,
    /// The clock, which a test moves.
    pub now: Time,
    /// What is under way, oldest first.
    pub network: Vec<Flight<P::Message>>,
    /// Along which channels messages can leave, if not between any two servers.
    pub channels: Option<BTreeSet<(NodeId, NodeId)>>,
    /// What the clients were told.
    pub answers: Vec<(ClientId, Answer)>,
    /// Who sees everything.
    pub witness: W,
}

/// The default setup.
pub fn servers<P: Protocol>(count: u8) -> Setup {
    Setup::of(count, P::DIALECT)
}

/// The setup with another value of an option.
///
/// # Panics
/// If there is no such option.
pub fn with_option<P: Protocol>(mut setup: Setup, key: &str, value: i64) -> Setup {
    setup.options[P::DIALECT.option_named(key).expect("a known option")] = value;
    setup
}

/// The setup with a rule off.
///
/// # Panics
/// If there is no such rule.
pub fn without<P: Protocol>(mut setup: Setup, key: &str) -> Setup {
    setup.off = setup.off.with(P::DIALECT.rule_named(key).expect("a known rule"));
    setup
}

/// `set x=A` by the first client, `set x=B` by the second, and so on.
pub fn command(letter: char) -> Command {
    let client = letter as u32 - 'A' as u32 + 1;
    let client = ClientId(u8::try_from(client).unwrap_or(u8::MAX));
    Command::new(client, 1, Op::Set { key: "x".into(), value: letter.to_string().into() })
}

/// What is done to the servers.
impl<P: Protocol, W: Witness<P>> Bench<P, W> {
    /// All servers are up.
    pub fn new(setup: Setup, witness: W) -> Bench<P, W> {
        let empty = |node: &NodeId| (*node, Disk::with(P::Durable::default()));
        let mut bench = Bench {
            nodes: BTreeMap::new(),
            disks: setup.servers.iter().map(empty).collect(),
            last_writes: BTreeMap::new(),
            timers: BTreeMap::new(),
            record: Record::default(),
            now: Time(0),
            network: Vec::new(),
            channels: None,
            answers: Vec::new(),
            witness,
            setup,
        };
        bench.setup.servers.clone().into_iter().for_each(|node| bench.restart(node.0));
        bench
    }

    /// A client asks a server for its command.
    pub fn request(&mut self, node: u8, command: Command) {
        self.witness.asked(&command);
        self.step(NodeId(node), Input::Request(command));
    }

    /// Delivers the oldest message of a kind between two servers. False if there is none, or nobody to take it.
    pub fn deliver(&mut self, kind: &str, from: u8, to: u8) -> bool {
        let Some(place) = self.find(kind, from, to) else { return false };
        let flight = self.network.remove(place);
        self.take(flight)
    }

    /// Delivers everything, oldest first, until nothing is under way.
    pub fn deliver_all(&mut self) {
        while !self.network.is_empty() {
            let flight = self.network.remove(0);
            self.take(flight);
        }
    }

    /// Gives a message that has left the network to its receiver, if it is up.
    pub fn take(&mut self, flight: Flight<P::Message>) -> bool {
        let is_up = self.is_up(flight.to.0);
        if is_up {
            self.step(flight.to, Input::Message { from: flight.from, message: flight.message });
        }
        is_up
    }

    /// A second copy of the oldest message of a kind is under way, behind all others. False if there is no such message.
    pub fn double(&mut self, kind: &str, from: u8, to: u8) -> bool {
        let Some(place) = self.find(kind, from, to) else { return false };
        self.network.push(self.network[place].clone());
        true
    }

    /// The oldest message of a kind is lost. False if there is none.
    pub fn lose(&mut self, kind: &str, from: u8, to: u8) -> bool {
        let place = self.find(kind, from, to);
        place.map(|place| self.network.remove(place)).is_some()
    }

    /// Everything under way is lost.
    pub fn lose_all(&mut self) {
        self.network.clear();
    }

    /// Fires a timer. False if it is not running.
    pub fn fire(&mut self, node: u8, timer: TimerId) -> bool {
        let runs = self.timers.remove(&(NodeId(node), timer)).is_some();
        if runs {
            self.step(NodeId(node), Input::Timer(timer));
        }
        runs
    }

    /// Forgets that a timer runs.
    pub fn forget(&mut self, node: u8, timer: TimerId) {
        self.timers.remove(&(NodeId(node), timer));
    }

    /// The server stops. What its disk has not written is lost, and so is what waited for it.
    pub fn crash(&mut self, node: u8) {
        let node = NodeId(node);
        self.nodes.remove(&node);
        self.timers.retain(|(of, _), _| *of != node);
        let disk = disk_of(&mut self.disks, node);
        *disk = Disk::with(disk.durable.clone());
        self.witness.crashed(node, &disk.durable);
    }

    /// The server boots from its disk.
    pub fn restart(&mut self, node: u8) {
        let node = NodeId(node);
        let mut outputs = Vec::new();
        let mut writes = WriteId::default();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, &mut writes, &mut self.record);
        let server = P::start(node, &self.setup, &self.disks[&node].durable, self.now, &mut fx);
        self.nodes.insert(node, server);
        self.last_writes.insert(node, writes);
        self.carry_out(node, outputs);
    }

    /// From now on the server's disk writes only when the test says so.
    pub fn slow(&mut self, node: u8) {
        disk_of(&mut self.disks, NodeId(node)).is_slow = true;
    }

    /// The oldest write that waits for a server's disk is done.
    pub fn sync_one(&mut self, node: u8) {
        let node = NodeId(node);
        let disk = disk_of(&mut self.disks, node);
        let Some((write, delta)) = disk.pending.pop_front() else { return };
        disk.durable.write(delta.clone());
        self.witness.wrote(node, &delta, self.setup.servers.len());
        self.let_go(node);
        self.step(node, Input::Persisted(write));
    }

    /// All that waits for a server's disk by now is done.
    pub fn sync(&mut self, node: u8) {
        for _ in 0..self.disks[&NodeId(node)].pending.len() {
            self.sync_one(node);
        }
    }

    /// Gives a server an input, if it is up.
    pub fn step(&mut self, node: NodeId, input: Input<P::Message>) {
        let (Some(server), Some(writes)) = (self.nodes.get_mut(&node), self.last_writes.get_mut(&node))
        else {
            return;
        };
        let mut outputs = Vec::new();
        let seen = self.record.facts.len();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, writes, &mut self.record);
        server.step(self.now, input, &mut fx);
        for (_, fact) in &self.record.facts[seen..] {
            self.witness.fact(node, fact);
        }
        self.carry_out(node, outputs);
    }

    fn carry_out(&mut self, node: NodeId, outputs: Vec<OutputOf<P>>) {
        for output in outputs {
            let disk = disk_of(&mut self.disks, node);
            match output {
                Output::Persist { write, delta } => disk.pending.push_back((write, delta)),
                Output::SetTimer { timer, least, most } => {
                    _ = self.timers.insert((node, timer), (least, most))
                }
                Output::CancelTimer(timer) => _ = self.timers.remove(&(node, timer)),
                Output::Send { after, .. } | Output::Answer { after, .. } => {
                    disk.blocked.push((after, output))
                }
            }
        }
        self.let_go(node);
        while !self.disks[&node].is_slow && !self.disks[&node].pending.is_empty() {
            self.sync_one(node.0);
        }
    }

    /// Lets leave what waits for no write any more, in order.
    fn let_go(&mut self, node: NodeId) {
        let disk = disk_of(&mut self.disks, node);
        let next = disk.pending.front().map_or(WriteId(u32::MAX), |(write, _)| *write);
        let waiting = std::mem::take(&mut disk.blocked);
        let (free, waits): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(after, _)| *after < next);
        disk.blocked = waits;
        free.into_iter().for_each(|(_, output)| self.leave(node, output));
    }

    fn leave(&mut self, from: NodeId, output: OutputOf<P>) {
        match output {
            Output::Send { to, message, .. } => {
                let covered = self.disks[&from].durable.covers(&message.requirement());
                self.witness.left(from, &message, covered);
                if self.channels.as_ref().is_none_or(|open| open.contains(&(from, to))) {
                    self.network.push(Flight { from, to, message });
                }
            }
            Output::Answer { client, answer, .. } => self.answers.push((client, answer)),
            Output::Persist { .. } | Output::SetTimer { .. } | Output::CancelTimer(_) => {}
        }
    }

    fn find(&self, kind: &str, from: u8, to: u8) -> Option<usize> {
        let kind = P::DIALECT.kind_named(kind).expect("a known kind");
        let is_it = |flight: &Flight<P::Message>| {
            (flight.from, flight.to, flight.message.kind()) == (NodeId(from), NodeId(to), kind)
        };
        self.network.iter().position(is_it)
    }
}

/// What a test sees.
impl<P: Protocol, W> Bench<P, W> {
    /// A server.
    ///
    /// # Panics
    /// If it is down.
    pub fn node(&self, node: u8) -> &P {
        &self.nodes[&NodeId(node)]
    }

    /// The names of all servers.
    pub fn servers(&self) -> Vec<u8> {
        self.setup.servers.iter().map(|node| node.0).collect()
    }

    /// True if the server is up.
    pub fn is_up(&self, node: u8) -> bool {
        self.nodes.contains_key(&NodeId(node))
    }

    /// What is on a server's disk.
    pub fn on_disk(&self, node: u8) -> &P::Durable {
        &self.disks[&NodeId(node)].durable
    }

    /// The range in which a timer that runs will fire.
    pub fn timer(&self, node: u8, timer: TimerId) -> Option<(Span, Span)> {
        self.timers.get(&(NodeId(node), timer)).copied()
    }

    /// The labels of what is under way between two servers, oldest first.
    pub fn between(&self, from: u8, to: u8) -> Vec<String> {
        let flights = self.network.iter();
        let between = flights.filter(|flight| (flight.from, flight.to) == (NodeId(from), NodeId(to)));
        between.map(|flight| flight.message.label()).collect()
    }

    /// What a server reported, oldest first.
    pub fn facts(&self, node: u8) -> Vec<Fact> {
        self.record.facts.iter().filter(|(from, _)| *from == NodeId(node)).map(|(_, fact)| *fact).collect()
    }

    /// What a rule said at a server, oldest first, in words.
    pub fn sentences(&self, node: u8, rule: &str) -> Vec<String> {
        self.firings(node, rule).iter().map(|firing| P::tell(NodeId(node), firing)).collect()
    }

    /// True if a rule has ever spoken so at a server.
    pub fn spoke(&self, node: u8, rule: &str, verdict: Verdict) -> bool {
        self.firings(node, rule).iter().any(|firing| firing.verdict == verdict)
    }

    fn firings(&self, node: u8, rule: &str) -> Vec<Firing> {
        let rule = P::DIALECT.rule_named(rule).expect("a known rule");
        let of_rule = |(from, firing): &&(NodeId, Firing)| *from == NodeId(node) && firing.rule == rule;
        self.record.firings.iter().filter(of_rule).map(|(_, firing)| *firing).collect()
    }
}

fn disk_of<P: Protocol>(disks: &mut BTreeMap<NodeId, Disk<P>>, node: NodeId) -> &mut Disk<P> {
    disks.get_mut(&node).expect("a server of the cluster")
}
