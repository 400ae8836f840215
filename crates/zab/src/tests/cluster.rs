//! A cluster under a test's hand: no message moves, no timer fires and no slow disk writes unless the test says so.

use crate::{Delta, Durable, Message, Zab};
use protocol::{
    Answer, ClientId, Command, Durable as _, Effects, Fact, Firing, Input, Message as _, NodeId, Observer,
    Op, Output, OutputOf, Protocol, Setup, Time, TimerId, Verdict, WriteId,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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
    blocked: VecDeque<(WriteId, OutputOf<Zab>)>,
    is_slow: bool,
}

pub(super) struct Cluster {
    setup: Setup,
    nodes: BTreeMap<NodeId, Zab>,
    disks: BTreeMap<NodeId, Disk>,
    last_writes: BTreeMap<NodeId, WriteId>,
    timers: BTreeSet<(NodeId, u8)>,
    /// The channels, each from one server to another, with what is under way in them.
    channels: BTreeMap<(NodeId, NodeId), VecDeque<Message>>,
    pub(super) answers: Vec<(ClientId, Answer)>,
    record: Record,
    now: Time,
}

/// The default setup.
pub(super) fn servers(count: u8) -> Setup {
    Setup::of(count, Zab::DIALECT)
}

/// The setup with another value of an option.
pub(super) fn with_option(mut setup: Setup, key: &str, value: i64) -> Setup {
    setup.options[Zab::DIALECT.option_named(key).expect("a known option")] = value;
    setup
}

/// The setup with a rule off.
pub(super) fn without(mut setup: Setup, key: &str) -> Setup {
    setup.off = setup.off.with(Zab::DIALECT.rule_named(key).expect("a known rule"));
    setup
}

/// `set x=A` by the first client, `set x=B` by the second, and so on.
pub(super) fn command(letter: char) -> Command {
    let client = u8::try_from(letter).expect("a letter") - b'A' + 1;
    Command::new(ClientId(client), 1, Op::Set { key: "x".into(), value: letter.to_string().into() })
}

impl Cluster {
    /// All servers are up, and no channel stands.
    pub(super) fn new(setup: Setup) -> Cluster {
        let mut cluster = Cluster {
            nodes: BTreeMap::new(),
            disks: setup.servers.iter().map(|node| (*node, Disk::default())).collect(),
            last_writes: BTreeMap::new(),
            timers: BTreeSet::new(),
            channels: BTreeMap::new(),
            answers: Vec::new(),
            record: Record::default(),
            now: Time(0),
            setup,
        };
        cluster.setup.servers.clone().into_iter().for_each(|node| cluster.boot(node));
        cluster
    }

    /// These servers are joined, and have elected the last of them and gone through all phases.
    pub(super) fn led_by_last(setup: Setup, joined: &[u8]) -> Cluster {
        let mut cluster = Cluster::new(setup);
        cluster.join(joined);
        cluster.elect();
        cluster
    }

    // What a test does.

    /// Opens the channels among these servers.
    pub(super) fn join(&mut self, nodes: &[u8]) {
        for (place, a) in nodes.iter().enumerate() {
            for b in &nodes[place + 1..] {
                self.open(*a, *b);
            }
        }
    }

    pub(super) fn open(&mut self, a: u8, b: u8) {
        let (a, b) = (NodeId(a), NodeId(b));
        if self.channels.contains_key(&(a, b)) {
            return;
        }
        self.channels.insert((a, b), VecDeque::new());
        self.channels.insert((b, a), VecDeque::new());
        self.step(a, Input::ChannelOpened(b));
        self.step(b, Input::ChannelOpened(a));
    }

    /// The channel between two servers breaks: what is under way in it is lost, and both ends notice.
    pub(super) fn close(&mut self, a: u8, b: u8) {
        let (a, b) = (NodeId(a), NodeId(b));
        if self.channels.remove(&(a, b)).is_some() {
            self.channels.remove(&(b, a));
            self.step(a, Input::ChannelClosed(b));
            self.step(b, Input::ChannelClosed(a));
        }
    }

    /// Delivers the oldest message from one server to another; its label, or nothing if none is under way.
    pub(super) fn deliver(&mut self, from: u8, to: u8) -> String {
        let channel = self.channels.get_mut(&(NodeId(from), NodeId(to)));
        let Some(message) = channel.and_then(VecDeque::pop_front) else { return String::new() };
        let label = message.label();
        self.step(NodeId(to), Input::Message { from: NodeId(from), message });
        label
    }

    /// Delivers everything until nothing is under way.
    pub(super) fn deliver_all(&mut self) {
        while let Some((from, to)) = self.busy_channel() {
            self.deliver(from.0, to.0);
        }
    }

    fn busy_channel(&self) -> Option<(NodeId, NodeId)> {
        self.channels.iter().find(|(_, queue)| !queue.is_empty()).map(|(ends, _)| *ends)
    }

    /// Delivers everything, ends the elections that can end, and delivers everything again.
    pub(super) fn elect(&mut self) {
        self.deliver_all();
        for node in self.setup.servers.clone() {
            self.fire(node.0, "finalize");
        }
        self.deliver_all();
    }

    /// Fires a timer. False if it is not running.
    pub(super) fn fire(&mut self, node: u8, key: &str) -> bool {
        let timer = Zab::DIALECT.timer_named(key).expect("a known timer");
        let runs = self.timers.remove(&(NodeId(node), timer.0));
        if runs {
            self.step(NodeId(node), Input::Timer(timer));
        }
        runs
    }

    /// Lets time pass; nothing fires by itself.
    pub(super) fn wait(&mut self, milliseconds: u64) {
        self.now = self.now + protocol::Span::ms(milliseconds);
    }

    pub(super) fn ask(&mut self, node: u8, command: Command) {
        self.step(NodeId(node), Input::Request(command));
    }

    /// The server stops, and what its disk has not written is lost.
    pub(super) fn crash(&mut self, node: u8) {
        for other in self.setup.servers.clone() {
            self.close(node, other.0);
        }
        let node = NodeId(node);
        self.nodes.remove(&node);
        self.timers.retain(|(owner, _)| *owner != node);
        let disk = self.disk(node);
        *disk = Disk { durable: disk.durable.clone(), ..Disk::default() };
    }

    pub(super) fn restart(&mut self, node: u8) {
        self.boot(NodeId(node));
    }

    /// From now on the server's disk writes only on [`Cluster::sync`].
    pub(super) fn slow(&mut self, node: u8) {
        self.disk(NodeId(node)).is_slow = true;
    }

    /// The oldest write of a slow disk is done.
    pub(super) fn sync(&mut self, node: u8) {
        self.write_one(NodeId(node));
    }

    // What a test sees.

    pub(super) fn node(&self, node: u8) -> &Zab {
        &self.nodes[&NodeId(node)]
    }

    pub(super) fn role(&self, node: u8) -> &'static str {
        Zab::DIALECT.roles[usize::from(self.node(node).status().role)].name
    }

    pub(super) fn on_disk(&self, node: u8) -> &Durable {
        &self.disks[&NodeId(node)].durable
    }

    /// The zxids of a server's history, each as `(1,1)`.
    pub(super) fn zxids(&self, node: u8) -> String {
        let history = &self.node(node).history;
        (1..=history.last_index()).map(|index| history.zxid_at(index).to_string()).collect()
    }

    /// What is under way from one server to another.
    pub(super) fn under_way(&self, from: u8, to: u8) -> Vec<String> {
        let queue = self.channels.get(&(NodeId(from), NodeId(to)));
        queue.into_iter().flatten().map(protocol::Message::label).collect()
    }

    pub(super) fn facts(&self, node: u8) -> Vec<Fact> {
        self.record.facts.iter().filter(|(from, _)| *from == NodeId(node)).map(|(_, fact)| *fact).collect()
    }

    pub(super) fn spoke(&self, node: u8, rule: &str, verdict: Verdict) -> bool {
        let rule = Zab::DIALECT.rule_named(rule).expect("a known rule");
        let said = |(from, firing): &(NodeId, Firing)| {
            (*from, firing.rule, firing.verdict) == (NodeId(node), rule, verdict)
        };
        self.record.firings.iter().any(said)
    }

    // How it works.

    fn disk(&mut self, node: NodeId) -> &mut Disk {
        self.disks.get_mut(&node).expect("a server of the cluster")
    }

    fn boot(&mut self, node: NodeId) {
        let mut outputs = Vec::new();
        let mut writes = WriteId::default();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, &mut writes, &mut self.record);
        let zab = Zab::start(node, &self.setup, &self.disks[&node].durable, self.now, &mut fx);
        self.nodes.insert(node, zab);
        self.last_writes.insert(node, writes);
        self.carry_out(node, outputs);
    }

    fn step(&mut self, node: NodeId, input: Input<Message>) {
        let (Some(zab), Some(writes)) = (self.nodes.get_mut(&node), self.last_writes.get_mut(&node)) else {
            return;
        };
        let mut outputs = Vec::new();
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, writes, &mut self.record);
        zab.step(self.now, input, &mut fx);
        self.carry_out(node, outputs);
    }

    fn carry_out(&mut self, node: NodeId, outputs: Vec<OutputOf<Zab>>) {
        for output in outputs {
            match output {
                Output::Persist { write, delta } => self.disk(node).pending.push_back((write, delta)),
                Output::SetTimer { timer: TimerId(timer), .. } => {
                    self.timers.insert((node, timer));
                }
                Output::CancelTimer(TimerId(timer)) => {
                    self.timers.remove(&(node, timer));
                }
                Output::Send { after, .. } | Output::Answer { after, .. } => {
                    self.disk(node).blocked.push_back((after, output));
                }
            }
        }
        self.let_go(node);
        while !self.disks[&node].is_slow && !self.disks[&node].pending.is_empty() {
            self.write_one(node);
        }
    }

    fn write_one(&mut self, node: NodeId) {
        let Some((write, delta)) = self.disk(node).pending.pop_front() else { return };
        self.disk(node).durable.write(delta);
        self.let_go(node);
        self.step(node, Input::Persisted(write));
    }

    /// Lets leave what waits for no write any more, in order for each write.
    fn let_go(&mut self, node: NodeId) {
        let next = self.disks[&node].pending.front().map_or(WriteId(u32::MAX), |(write, _)| *write);
        let (free, rest) =
            std::mem::take(&mut self.disk(node).blocked).into_iter().partition(|(after, _)| *after < next);
        self.disk(node).blocked = rest;
        let free: VecDeque<(WriteId, OutputOf<Zab>)> = free;
        free.into_iter().for_each(|(_, output)| self.leave(node, output));
    }

    fn leave(&mut self, from: NodeId, output: OutputOf<Zab>) {
        match output {
            Output::Send { to, message, .. } => {
                if let Some(channel) = self.channels.get_mut(&(from, to)) {
                    channel.push_back(message);
                }
            }
            Output::Answer { client, answer, .. } => self.answers.push((client, answer)),
            Output::Persist { .. } | Output::SetTimer { .. } | Output::CancelTimer(_) => {}
        }
    }
}
