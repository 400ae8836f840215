//! A cluster under a test's hand: no message moves, no timer fires and no disk writes unless the test says so.

use crate::{Ballot, Delta, Durable, Message, Paxos};
use protocol::{
    Answer, ClientId, Command, Content, Durable as _, Effects, Fact, Firing, Input, Message as _, NodeId,
    Observer, Op, Output, OutputOf, Protocol, Setup, Span, Time, Verdict, WriteId, is_majority,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A message under way.
#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) from: NodeId,
    pub(super) to: NodeId,
    pub(super) message: Message,
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

/// A disk with the writes that have not reached it.
#[derive(Debug, Default)]
struct Disk {
    durable: Durable,
    pending: VecDeque<(WriteId, Delta)>,
    /// What waits for a write.
    blocked: Vec<(WriteId, OutputOf<Paxos>)>,
    is_slow: bool,
}

/// What only an observer of all servers at once can know, and the promises that it has seen broken.
#[derive(Debug, Default)]
struct Ghost {
    /// Which disks have had a proposal on them.
    accepted: BTreeMap<(Ballot, u64), BTreeSet<NodeId>>,
    /// The values that were chosen or that a server ran.
    settled: BTreeSet<u64>,
    proposed: BTreeMap<Ballot, u64>,
    adopted: BTreeMap<NodeId, Ballot>,
    asked: BTreeSet<u64>,
    broken: BTreeSet<&'static str>,
}

pub(super) struct Cluster {
    setup: Setup,
    nodes: BTreeMap<NodeId, Paxos>,
    disks: BTreeMap<NodeId, Disk>,
    last_writes: BTreeMap<NodeId, WriteId>,
    timers: BTreeMap<NodeId, (Span, Span)>,
    pub(super) network: Vec<Flight>,
    pub(super) answers: Vec<(ClientId, Answer)>,
    record: Record,
    ghost: Ghost,
}

/// The default setup.
pub(super) fn servers(count: u8) -> Setup {
    Setup::of(count, Paxos::DIALECT)
}

/// The setup with a flag on.
pub(super) fn with_option(mut setup: Setup, key: &str) -> Setup {
    let place = Paxos::DIALECT.option_named(key).expect("a known option");
    setup.options[place] = 1;
    setup
}

/// The setup with a rule off.
pub(super) fn without(mut setup: Setup, key: &str) -> Setup {
    setup.off = setup.off.with(Paxos::DIALECT.rule_named(key).expect("a known rule"));
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
        cluster.setup.servers.clone().into_iter().for_each(|node| cluster.boot(node));
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

    /// Phase 1 between a proposer and these acceptors: question and answer.
    pub(super) fn prepare(&mut self, proposer: u8, acceptors: &[u8]) {
        for acceptor in acceptors {
            self.deliver("Prepare", proposer, *acceptor);
            let _ = self.deliver("Promise", *acceptor, proposer) || self.deliver("Nack", *acceptor, proposer);
        }
    }

    /// Phase 2 between a proposer and these acceptors: question and answer.
    pub(super) fn accept(&mut self, proposer: u8, acceptors: &[u8]) {
        for acceptor in acceptors {
            self.deliver("Accept", proposer, *acceptor);
            let _ =
                self.deliver("Accepted", *acceptor, proposer) || self.deliver("Nack", *acceptor, proposer);
        }
    }

    /// Delivers everything, oldest first, until nothing is under way.
    pub(super) fn deliver_all(&mut self) {
        while !self.network.is_empty() {
            let flight = self.network.remove(0);
            self.take(flight);
        }
    }

    pub(super) fn double(&mut self, kind: &str, from: u8, to: u8) {
        if let Some(place) = self.find(kind, from, to) {
            let copy = self.network[place].clone();
            self.network.push(copy);
        }
    }

    pub(super) fn lose(&mut self, kind: &str, from: u8, to: u8) {
        if let Some(place) = self.find(kind, from, to) {
            self.network.remove(place);
        }
    }

    pub(super) fn lose_all(&mut self) {
        self.network.clear();
    }

    /// Fires the retry timer. False if it is not running.
    pub(super) fn retry(&mut self, node: u8) -> bool {
        let is_running = self.timers.remove(&NodeId(node)).is_some();
        if is_running {
            self.step(NodeId(node), Input::Timer(crate::dialect::RETRY));
        }
        is_running
    }

    /// The server stops. What its disk has not written is lost, and so is what waited for it.
    pub(super) fn crash(&mut self, node: u8) {
        let node = NodeId(node);
        self.nodes.remove(&node);
        self.timers.remove(&node);
        let disk = self.disk(node);
        *disk = Disk { durable: disk.durable.clone(), ..Disk::default() };
        // A promise that never reached the disk was never given: nobody has heard of it.
        let promised = disk.durable.promised;
        self.ghost.adopted.insert(node, promised);
    }

    pub(super) fn restart(&mut self, node: u8) {
        self.boot(NodeId(node));
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

    pub(super) fn node(&self, node: u8) -> &Paxos {
        &self.nodes[&NodeId(node)]
    }

    pub(super) fn is_up(&self, node: u8) -> bool {
        self.nodes.contains_key(&NodeId(node))
    }

    pub(super) fn on_disk(&self, node: u8) -> &Durable {
        &self.disks[&NodeId(node)].durable
    }

    pub(super) fn timer(&self, node: u8) -> Option<(Span, Span)> {
        self.timers.get(&NodeId(node)).copied()
    }

    /// The value that a server knows to be chosen.
    pub(super) fn decided(&self, node: u8) -> Option<char> {
        let decided = self.node(node).learner.decided.as_ref()?;
        letter(&decided.value)
    }

    /// The messages under way, each as `1→2 Prepare 1.1`.
    pub(super) fn under_way(&self) -> Vec<String> {
        let text = |flight: &Flight| format!("{}→{} {}", flight.from.0, flight.to.0, flight.message.label());
        self.network.iter().map(text).collect()
    }

    pub(super) fn broken(&self) -> &BTreeSet<&'static str> {
        &self.ghost.broken
    }

    pub(super) fn is_anything_settled(&self) -> bool {
        !self.ghost.settled.is_empty()
    }

    pub(super) fn facts(&self, node: u8) -> Vec<Fact> {
        self.record.facts.iter().filter(|(from, _)| *from == NodeId(node)).map(|(_, fact)| *fact).collect()
    }

    /// What a rule said at a server, oldest first, in words.
    pub(super) fn sentences(&self, node: u8, rule: &str) -> Vec<String> {
        let firings = self.firings(node, rule);
        firings.iter().map(|firing| Paxos::tell(NodeId(node), firing)).collect()
    }

    pub(super) fn spoke(&self, node: u8, rule: &str, verdict: Verdict) -> bool {
        self.firings(node, rule).iter().any(|firing| firing.verdict == verdict)
    }

    fn firings(&self, node: u8, rule: &str) -> Vec<Firing> {
        let rule = Paxos::DIALECT.rule_named(rule).expect("a known rule");
        let of_rule = |(from, firing): &&(NodeId, Firing)| *from == NodeId(node) && firing.rule == rule;
        self.record.firings.iter().filter(of_rule).map(|(_, firing)| *firing).collect()
    }

    // How it works.

    fn disk(&mut self, node: NodeId) -> &mut Disk {
        self.disks.get_mut(&node).expect("a server of the cluster")
    }

    fn find(&self, kind: &str, from: u8, to: u8) -> Option<usize> {
        let kind = Paxos::DIALECT.kind_named(kind).expect("a known kind");
        self.network.iter().position(|flight| {
            (flight.from, flight.to, flight.message.kind()) == (NodeId(from), NodeId(to), kind)
        })
    }

    fn boot(&mut self, node: NodeId) {
        let mut outputs = Vec::new();
        let mut writes = WriteId::default();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, &mut writes, &mut self.record);
        let paxos = Paxos::start(node, &self.setup, &self.disks[&node].durable, Time(0), &mut fx);
        self.nodes.insert(node, paxos);
        self.last_writes.insert(node, writes);
        self.carry_out(node, outputs);
    }

    fn step(&mut self, node: NodeId, input: Input<Message>) {
        let (Some(paxos), Some(writes)) = (self.nodes.get_mut(&node), self.last_writes.get_mut(&node)) else {
            return;
        };
        let mut outputs = Vec::new();
        let seen = self.record.facts.len();
        paxos.step(
            Time(0),
            input,
            &mut Effects::new(node, self.setup.off, &mut outputs, writes, &mut self.record),
        );
        for (_, fact) in &self.record.facts[seen..] {
            self.ghost.hear(node, fact);
        }
        self.carry_out(node, outputs);
    }

    fn carry_out(&mut self, node: NodeId, outputs: Vec<OutputOf<Paxos>>) {
        for output in outputs {
            match output {
                Output::Persist { write, delta } => self.disk(node).pending.push_back((write, delta)),
                Output::SetTimer { least, most, .. } => {
                    self.timers.insert(node, (least, most));
                }
                Output::CancelTimer(_) => {
                    self.timers.remove(&node);
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
            let disk = self.disk(node);
            disk.durable.write(delta.clone());
            if let Delta::Accepted { proposal, .. } = delta {
                self.ghost.accept(node, proposal.ballot, proposal.value.hash(), servers);
            }
        }
        for (_, output) in std::mem::take(&mut self.disk(node).blocked) {
            self.leave(node, output);
        }
        self.step(node, Input::Persisted(last));
    }

    fn leave(&mut self, from: NodeId, output: OutputOf<Paxos>) {
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

impl Ghost {
    fn hear(&mut self, node: NodeId, fact: &Fact) {
        match *fact {
            Fact::Proposed { term, content, .. } => {
                let first = *self.proposed.entry(term).or_insert(content);
                if first != content {
                    self.broken.insert("one-value-a-ballot");
                }
            }
            Fact::TermAdopted { term } => {
                let highest = self.adopted.entry(node).or_default();
                if term < *highest {
                    self.broken.insert("promise-never-goes-back");
                }
                *highest = term.max(*highest);
            }
            Fact::Applied { content, .. } => self.settle(content),
            _ => {}
        }
    }

    fn accept(&mut self, node: NodeId, ballot: Ballot, content: u64, servers: usize) {
        let acceptors = self.accepted.entry((ballot, content)).or_default();
        acceptors.insert(node);
        if is_majority(acceptors.len(), servers) {
            self.settle(content);
        }
    }

    fn settle(&mut self, content: u64) {
        self.settled.insert(content);
        if self.settled.len() > 1 {
            self.broken.insert("agreement");
        }
        if !self.asked.contains(&content) {
            self.broken.insert("validity");
        }
    }
}

/// The letter of a [`command`].
pub(super) fn letter(value: &Content) -> Option<char> {
    match value.command()?.op() {
        Op::Set { value, .. } => value.chars().next(),
        _ => None,
    }
}
