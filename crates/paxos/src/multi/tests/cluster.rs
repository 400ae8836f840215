//! A cluster under a test's hand: no message moves, no timer fires and no disk writes unless the test says so.

use super::ghost::Ghost;
use crate::multi::dialect::{ELECTION, HEARTBEAT};
use crate::multi::{Delta, Durable, Message, MultiPaxos};
use protocol::{
    Answer, ClientId, Command, Content, Durable as _, Effects, Fact, Firing, Input, Message as _, NodeId,
    Observer, Op, Output, OutputOf, Protocol, Setup, Span, Time, TimerId, WriteId,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A message under way.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    from: NodeId,
    to: NodeId,
    message: Message,
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
#[derive(Debug, Default)]
struct Disk {
    durable: Durable,
    pending: VecDeque<(WriteId, Delta)>,
    blocked: Vec<(WriteId, OutputOf<MultiPaxos>)>,
    is_slow: bool,
}

pub(super) struct Cluster {
    setup: Setup,
    nodes: BTreeMap<NodeId, MultiPaxos>,
    disks: BTreeMap<NodeId, Disk>,
    last_writes: BTreeMap<NodeId, WriteId>,
    timers: BTreeMap<(NodeId, TimerId), Span>,
    pub(super) network: Vec<Flight>,
    pub(super) answers: Vec<(ClientId, Answer)>,
    record: Record,
    ghost: Ghost,
}

/// The default setup.
pub(super) fn servers(count: u8) -> Setup {
    Setup::of(count, MultiPaxos::DIALECT)
}

/// The setup with an option.
pub(super) fn with_option(mut setup: Setup, key: &str, value: i64) -> Setup {
    let place = MultiPaxos::DIALECT.option_named(key).expect("a known option");
    setup.options[place] = value;
    setup
}

/// The setup with a rule off.
pub(super) fn without(mut setup: Setup, key: &str) -> Setup {
    setup.off = setup.off.with(MultiPaxos::DIALECT.rule_named(key).expect("a known rule"));
    setup
}

/// `set x=A` by the first client, `set x=B` by the second, and so on.
pub(super) fn command(letter: char) -> Command {
    let client = u8::try_from(letter).expect("a letter") - b'A' + 1;
    Command::new(ClientId(client), 1, Op::Set { key: "x".into(), value: letter.to_string().into() })
}

impl Cluster {
    pub(super) fn new(setup: Setup) -> Cluster {
        let mut cluster = Cluster {
            nodes: BTreeMap::new(),
            disks: setup.servers.iter().map(|node| (*node, Disk::default())).collect(),
            last_writes: BTreeMap::new(),
            timers: BTreeMap::new(),
            network: Vec::new(),
            answers: Vec::new(),
            record: Record::default(),
            ghost: Ghost::default(),
            setup,
        };
        (1..=u8::try_from(cluster.setup.servers.len()).unwrap()).for_each(|node| cluster.restart(node));
        cluster
    }

    // What a test does.

    /// A client asks a server for its command.
    pub(super) fn ask(&mut self, node: u8, letter: char) {
        self.ghost.asked.insert(Content::Command(command(letter)).hash());
        self.step(NodeId(node), Input::Request(command(letter)));
    }

    /// Delivers the oldest message of a kind between two servers. False if there is none, or nobody to take it.
    pub(super) fn deliver(&mut self, kind: &str, from: u8, to: u8) -> bool {
        let Some(place) = self.find(kind, from, to) else { return false };
        let flight = self.network.remove(place);
        self.take(flight)
    }

    /// Gives a message that has left the network to its receiver, if it is up.
    pub(super) fn take(&mut self, flight: Flight) -> bool {
        let is_up = self.nodes.contains_key(&flight.to);
        if is_up {
            self.step(flight.to, Input::Message { from: flight.from, message: flight.message });
        }
        is_up
    }

    /// Makes a server leader with the promises of these.
    pub(super) fn lead(&mut self, leader: u8, acceptors: &[u8]) {
        self.fire(leader, ELECTION);
        for acceptor in acceptors {
            self.deliver("Prepare", leader, *acceptor);
            self.deliver("Promise", *acceptor, leader);
        }
    }

    /// Phase 2 of the leader's oldest proposal with these: question and answer.
    pub(super) fn accept(&mut self, leader: u8, acceptors: &[u8]) {
        for acceptor in acceptors {
            self.deliver("Accept", leader, *acceptor);
            self.deliver("Accepted", *acceptor, leader);
        }
    }

    /// Delivers everything, oldest first, until nothing is under way.
    pub(super) fn deliver_all(&mut self) {
        while !self.network.is_empty() {
            let flight = self.network.remove(0);
            self.take(flight);
        }
    }

    pub(super) fn lose(&mut self, kind: &str, from: u8, to: u8) {
        let place = self.find(kind, from, to).expect("such a message is under way");
        self.network.remove(place);
    }

    pub(super) fn lose_all(&mut self) {
        self.network.clear();
    }

    /// Fires a timer. False if it is not running.
    pub(super) fn fire(&mut self, node: u8, timer: TimerId) -> bool {
        let is_running = self.timers.remove(&(NodeId(node), timer)).is_some();
        if is_running {
            self.step(NodeId(node), Input::Timer(timer));
        }
        is_running
    }

    pub(super) fn beat(&mut self, node: u8) -> bool {
        self.fire(node, HEARTBEAT)
    }

    /// The server stops. What its disk has not written is lost, and so is what waited for it.
    pub(super) fn crash(&mut self, node: u8) {
        let node = NodeId(node);
        self.nodes.remove(&node);
        self.timers.retain(|(of, _), _| *of != node);
        let disk = self.disk(node);
        *disk = Disk { durable: disk.durable.clone(), ..Disk::default() };
        let promised = disk.durable.promised;
        self.ghost.crashed(node, promised);
    }

    pub(super) fn restart(&mut self, node: u8) {
        let node = NodeId(node);
        let mut outputs = Vec::new();
        let mut writes = WriteId::default();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, &mut writes, &mut self.record);
        let server = MultiPaxos::start(node, &self.setup, &self.disks[&node].durable, Time(0), &mut fx);
        self.nodes.insert(node, server);
        self.last_writes.insert(node, writes);
        self.carry_out(node, outputs);
    }

    /// From now on the server's disk writes only on [`Cluster::sync`].
    pub(super) fn slow(&mut self, node: u8) {
        self.disk(NodeId(node)).is_slow = true;
    }

    /// Writes everything that waits for the server's disk.
    pub(super) fn sync(&mut self, node: u8) {
        self.flush(NodeId(node));
    }

    // What a test sees.

    pub(super) fn node(&self, node: u8) -> &MultiPaxos {
        &self.nodes[&NodeId(node)]
    }

    pub(super) fn is_up(&self, node: u8) -> bool {
        self.nodes.contains_key(&NodeId(node))
    }

    pub(super) fn leads(&self, node: u8) -> bool {
        self.node(node).status().role == crate::multi::dialect::LEADER
    }

    /// The shortest time to a server's election timeout.
    pub(super) fn patience(&self, node: u8) -> Option<Span> {
        self.timers.get(&(NodeId(node), ELECTION)).copied()
    }

    /// Forgets that a server's election timer runs.
    pub(super) fn stop_patience(&mut self, node: u8) {
        self.timers.remove(&(NodeId(node), ELECTION));
    }

    /// The slots that a server holds, each as `2: no-op in 1.3`, with a star if it knows the slot to be decided.
    pub(super) fn slots(&self, node: u8) -> Vec<String> {
        let cells = self.node(node).cells(&self.disks[&NodeId(node)].durable, 1, 99);
        let text = |cell: &protocol::Cell| {
            let star = if cell.committed { "*" } else { "" };
            format!("{}: {} in {}{star}", cell.index, cell.text, cell.term)
        };
        cells.iter().map(text).collect()
    }

    /// The messages under way between two servers.
    pub(super) fn under_way(&self, from: u8, to: u8) -> Vec<String> {
        let between = |flight: &&Flight| (flight.from, flight.to) == (NodeId(from), NodeId(to));
        self.network.iter().filter(between).map(|flight| flight.message.label()).collect()
    }

    pub(super) fn broken(&self) -> &BTreeSet<&'static str> {
        &self.ghost.broken
    }

    /// How many slots have a value for good.
    pub(super) fn settled(&self) -> usize {
        self.ghost.settled()
    }

    /// What a rule said at a server, oldest first, in words.
    pub(super) fn sentences(&self, node: u8, rule: &str) -> Vec<String> {
        let rule = MultiPaxos::DIALECT.rule_named(rule).expect("a known rule");
        let of_rule = |(from, firing): &&(NodeId, Firing)| *from == NodeId(node) && firing.rule == rule;
        let told = self.record.firings.iter().filter(of_rule);
        told.map(|(node, firing)| MultiPaxos::tell(*node, firing)).collect()
    }

    // How it works.

    fn disk(&mut self, node: NodeId) -> &mut Disk {
        self.disks.get_mut(&node).expect("a server of the cluster")
    }

    fn find(&self, kind: &str, from: u8, to: u8) -> Option<usize> {
        let kind = MultiPaxos::DIALECT.kind_named(kind).expect("a known kind");
        self.network.iter().position(|flight| {
            (flight.from, flight.to, flight.message.kind()) == (NodeId(from), NodeId(to), kind)
        })
    }

    fn step(&mut self, node: NodeId, input: Input<Message>) {
        let (Some(server), Some(writes)) = (self.nodes.get_mut(&node), self.last_writes.get_mut(&node))
        else {
            return;
        };
        let mut outputs = Vec::new();
        let seen = self.record.facts.len();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, writes, &mut self.record);
        server.step(Time(0), input, &mut fx);
        for (_, fact) in &self.record.facts[seen..] {
            self.ghost.hear(node, fact);
        }
        self.carry_out(node, outputs);
    }

    fn carry_out(&mut self, node: NodeId, outputs: Vec<OutputOf<MultiPaxos>>) {
        for output in outputs {
            match output {
                Output::Persist { write, delta } => self.disk(node).pending.push_back((write, delta)),
                Output::SetTimer { timer, least, .. } => {
                    self.timers.insert((node, timer), least);
                }
                Output::CancelTimer(timer) => {
                    self.timers.remove(&(node, timer));
                }
                Output::Send { after, .. } | Output::Answer { after, .. } => {
                    if self.disks[&node].pending.iter().any(|(write, _)| *write <= after) {
                        self.disk(node).blocked.push((after, output));
                    } else {
                        self.leave(node, output);
                    }
                }
            }
        }
        if !self.disks[&node].is_slow {
            self.flush(node);
        }
    }

    fn flush(&mut self, node: NodeId) {
        let servers = self.setup.servers.len();
        let Some((last, _)) = self.disk(node).pending.back().cloned() else { return };
        while let Some((_, delta)) = self.disk(node).pending.pop_front() {
            self.ghost.wrote(node, &delta, servers);
            self.disk(node).durable.write(delta);
        }
        for (_, output) in std::mem::take(&mut self.disk(node).blocked) {
            self.leave(node, output);
        }
        self.step(node, Input::Persisted(last));
    }

    fn leave(&mut self, from: NodeId, output: OutputOf<MultiPaxos>) {
        match output {
            Output::Send { to, message, .. } => {
                if !self.disks[&from].durable.covers(&message.requirement()) {
                    self.ghost.broken.insert("persist-before-send");
                }
                self.network.push(Flight { from, to, message });
            }
            Output::Answer { client, answer, .. } => self.answers.push((client, answer)),
            Output::Persist { .. } | Output::SetTimer { .. } | Output::CancelTimer(_) => {}
        }
    }
}
