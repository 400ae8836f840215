//! A cluster that is driven by hand: no clock, no dice, every message delivered, held or lost by name.

use crate::ghost::{Ears, Ghost};
use protocol::{
    Answer, Cell, ClientId, Command, Content, Durable as _, Effects, Entry, Firing, Grade, Index, Input,
    Message as _, NodeId, NodeView, Op, Output, Protocol, RuleId, Setup, Span, Term, Time, TimerId, Verdict,
    WriteId,
};
use raft::{Delta, Durable, Message, Raft};
use std::collections::VecDeque;

pub(crate) const ELECTION: TimerId = TimerId(0);
pub(crate) const HEARTBEAT: TimerId = TimerId(1);

/// The shortest and the longest time that a timer may take.
pub(crate) type Range = (Span, Span);

/// A message under way.
#[derive(Clone, Debug)]
pub(crate) struct Flying {
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) message: Message,
}

impl Flying {
    pub(crate) fn is(&self, kind: &str, from: u8, to: u8) -> bool {
        name(&self.message) == kind && self.from == from && self.to == to
    }
}

/// A server's disk, and what waits for it.
#[derive(Default)]
struct Disk {
    durable: Durable,
    last_write: WriteId,
    unwritten: VecDeque<(WriteId, Delta)>,
    sends: VecDeque<(WriteId, Flying)>,
}

pub(crate) struct Cluster {
    setup: Setup,
    nodes: Vec<Option<Raft>>,
    disks: Vec<Disk>,
    /// True if a write takes until [`Cluster::sync`].
    pub(crate) slow_disks: bool,
    pub(crate) now: Time,
    pub(crate) network: VecDeque<Flying>,
    held: Vec<Flying>,
    pub(crate) answers: Vec<(ClientId, u32, Answer)>,
    /// Everything that any rule said, oldest first.
    pub(crate) firings: Vec<(u8, Firing)>,
    /// What the last input did to timers: set to a range, or stopped.
    pub(crate) timers: Vec<(u8, TimerId, Option<Range>)>,
    pub(crate) ghost: Ghost,
    commands: u32,
}

/// The kind of a message, by its name.
pub(crate) fn name(message: &Message) -> &'static str {
    Raft::DIALECT.kinds[usize::from(message.kind())].name
}

/// A log with entries of these terms.
pub(crate) fn log_of(terms: &[u32]) -> protocol::Log {
    let mut log = protocol::Log::default();
    for (place, term) in terms.iter().enumerate() {
        // The same index and term means the same entry, as in every log that Raft makes.
        let value: std::sync::Arc<str> = format!("{term}.{place}").into();
        let command =
            Command::new(ClientId(99), *term * 100 + place as u32, Op::Set { key: "k".into(), value });
        log.push(Entry { term: Term::new(*term), content: Content::Command(command) });
    }
    log
}

impl Cluster {
    /// A cluster with these options and without these rules. No-ops are off unless asked for, as in the figures.
    pub(crate) fn new(servers: u8, options: &[(&str, i64)], off: &[RuleId]) -> Cluster {
        Cluster::preset(&vec![(0, None, &[][..]); servers.into()], options, off)
    }

    /// A cluster whose servers boot with a term, a vote and a log of these terms on their disks.
    pub(crate) fn preset(
        disks: &[(u32, Option<u8>, &[u32])],
        options: &[(&str, i64)],
        off: &[RuleId],
    ) -> Cluster {
        let mut setup = Setup::of(u8::try_from(disks.len()).unwrap(), Raft::DIALECT);
        for (key, value) in [("no-op", 0)].iter().chain(options) {
            setup.options[Raft::DIALECT.option_named(key).unwrap()] = *value;
        }
        setup.off = off.iter().fold(setup.off, |set, rule| set.with(*rule));
        let disk = |(term, vote, log): &(u32, Option<u8>, &[u32])| Disk {
            durable: Durable {
                current_term: Term::new(*term),
                voted_for: vote.map(NodeId),
                log: log_of(log),
            },
            ..Disk::default()
        };
        let mut cluster = Cluster {
            nodes: vec![None; disks.len()],
            disks: disks.iter().map(disk).collect(),
            setup,
            slow_disks: false,
            now: Time(10_000_000),
            network: VecDeque::new(),
            held: Vec::new(),
            answers: Vec::new(),
            firings: Vec::new(),
            timers: Vec::new(),
            ghost: Ghost::default(),
            commands: 0,
        };
        for n in 1..=cluster.nodes.len() {
            cluster.restart(u8::try_from(n).unwrap());
        }
        cluster
    }

    // What one server is.

    pub(crate) fn node(&self, n: u8) -> &Raft {
        self.nodes[NodeId(n).slot()].as_ref().expect("the server is up")
    }

    pub(crate) fn is_up(&self, n: u8) -> bool {
        self.nodes[NodeId(n).slot()].is_some()
    }

    pub(crate) fn view(&self, n: u8) -> NodeView {
        self.node(n).view(self.disk(n))
    }

    /// All of its log.
    pub(crate) fn cells(&self, n: u8) -> Vec<Cell> {
        self.node(n).cells(self.disk(n), 1, Index::MAX)
    }

    pub(crate) fn disk(&self, n: u8) -> &Durable {
        &self.disks[NodeId(n).slot()].durable
    }

    pub(crate) fn role(&self, n: u8) -> &'static str {
        self.view(n).role
    }

    pub(crate) fn term(&self, n: u8) -> u32 {
        self.node(n).status().term.number
    }

    pub(crate) fn commit(&self, n: u8) -> u64 {
        self.node(n).status().commit
    }

    pub(crate) fn voted_for(&self, n: u8) -> Option<u8> {
        self.node(n).durable().voted_for.map(|node| node.0)
    }

    /// The terms of its log.
    pub(crate) fn terms(&self, n: u8) -> Vec<u32> {
        self.node(n).durable().log.iter().map(|(_, entry)| entry.term.number).collect()
    }

    /// What its log's cells say.
    pub(crate) fn texts(&self, n: u8) -> Vec<String> {
        self.cells(n).into_iter().map(|cell| cell.text).collect()
    }

    /// A leader's value for another server.
    pub(crate) fn peer(&self, leader: u8, n: u8, key: &str) -> u64 {
        let view = self.view(leader);
        let peer = view.peers.iter().find(|peer| peer.node.0 == n).expect("leaders know all others");
        peer.facts.iter().find(|(name, _)| *name == key).unwrap().1.parse().unwrap()
    }

    // What happens.

    fn effects(&mut self, n: u8, act: impl FnOnce(Option<Raft>, &mut Effects<'_, Raft, Ears>) -> Raft) {
        let (node, slot) = (NodeId(n), NodeId(n).slot());
        let (mut outputs, mut ears) = (Vec::new(), Ears::default());
        let before = self.nodes[slot].take();
        let mut fx =
            Effects::new(node, self.setup.off, &mut outputs, &mut self.disks[slot].last_write, &mut ears);
        let raft = act(before, &mut fx);
        self.nodes[slot] = Some(raft);
        for fact in ears.facts {
            self.ghost.hear(node, fact);
        }
        for firing in ears.firings {
            self.listen(n, firing);
        }
        for output in outputs {
            self.carry_out(n, output);
        }
        if !self.slow_disks {
            self.sync(n);
        }
    }

    fn listen(&mut self, n: u8, firing: Firing) {
        let text = Raft::tell(NodeId(n), &firing);
        let rule = Raft::DIALECT.rule(firing.rule);
        assert!(text.ends_with('.') && !text.contains('{'), "{} {firing:?}: {text:?}", rule.key);
        if firing.verdict == Verdict::Overridden {
            assert!(self.setup.off.has(firing.rule), "only a rule that is off is overridden: {}", rule.key);
            assert_eq!(rule.grade(firing.verdict), Grade::Turning);
        }
        self.firings.push((n, firing));
    }

    fn carry_out(&mut self, n: u8, output: Output<Message, Delta>) {
        let disk = &mut self.disks[NodeId(n).slot()];
        match output {
            Output::Persist { write, delta } => disk.unwritten.push_back((write, delta)),
            Output::Send { to, message, after } => {
                let flying = Flying { from: n, to: to.0, message };
                disk.sends.push_back((after, flying));
                self.release_sends(n);
            }
            Output::SetTimer { timer, least, most } => self.timers.push((n, timer, Some((least, most)))),
            Output::CancelTimer(timer) => self.timers.push((n, timer, None)),
            Output::Answer { client, seq, answer, .. } => self.answers.push((client, seq, answer)),
        }
    }

    /// Lets go what waits for no write any more.
    fn release_sends(&mut self, n: u8) {
        let disk = &mut self.disks[NodeId(n).slot()];
        let written = disk.unwritten.front().map_or(disk.last_write.0, |(write, _)| write.0 - 1);
        let (ready, waiting): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut disk.sends).into_iter().partition(|(after, _)| after.0 <= written);
        disk.sends = waiting;
        for (_, flying) in ready {
            let tells = flying.message.requirement();
            let covered = disk.durable.covers(&tells);
            self.ghost.must(covered, "persist-before-send");
            self.ghost.bind(NodeId(n), |vote| vote.term == tells.term && vote.supported == tells.supported);
            self.network.push_back(flying);
        }
    }

    /// The disk finishes all its writes.
    pub(crate) fn sync(&mut self, n: u8) {
        while self.is_up(n) && !self.disks[NodeId(n).slot()].unwritten.is_empty() {
            let disk = &mut self.disks[NodeId(n).slot()];
            let mut last = WriteId(0);
            for (write, delta) in std::mem::take(&mut disk.unwritten) {
                disk.durable.write(delta);
                last = write;
            }
            self.ghost.bind(NodeId(n), |vote| disk.durable.covers(vote));
            self.release_sends(n);
            self.step(n, Input::Persisted(last));
        }
    }

    pub(crate) fn step(&mut self, n: u8, input: Input<Message>) {
        let now = self.now;
        if !matches!(input, Input::Persisted(_)) {
            self.timers.clear();
        }
        self.effects(n, |raft, fx| {
            let mut raft = raft.expect("the server is up");
            raft.step(now, input, fx);
            raft
        });
    }

    /// The server dies with everything that is not on its disk.
    pub(crate) fn crash(&mut self, n: u8) {
        self.nodes[NodeId(n).slot()] = None;
        let disk = &mut self.disks[NodeId(n).slot()];
        disk.unwritten.clear();
        disk.sends.clear();
        disk.last_write = WriteId(0);
    }

    /// The server boots from its disk.
    pub(crate) fn restart(&mut self, n: u8) {
        self.crash(n);
        let (setup, now, durable) = (self.setup.clone(), self.now, self.disk(n).clone());
        self.ghost.boot(NodeId(n), &durable);
        self.effects(n, |_, fx| Raft::start(NodeId(n), &setup, &durable, now, fx));
    }

    pub(crate) fn pass(&mut self, time: Span) {
        self.now = self.now + time;
    }

    pub(crate) fn timeout(&mut self, n: u8) {
        self.step(n, Input::Timer(ELECTION));
    }

    pub(crate) fn heartbeat(&mut self, n: u8) {
        self.step(n, Input::Timer(HEARTBEAT));
    }

    /// A client asks for `set x=value`.
    pub(crate) fn write(&mut self, n: u8, value: &str) {
        self.commands += 1;
        let op = Op::Set { key: "x".into(), value: value.into() };
        self.request(n, self.commands, op);
    }

    pub(crate) fn request(&mut self, n: u8, seq: u32, op: Op) {
        self.step(n, Input::Request(Command::new(ClientId(1), seq, op)));
    }

    // The network.

    /// A message from nowhere arrives.
    pub(crate) fn receive(&mut self, from: u8, to: u8, message: Message) {
        if self.is_up(to) {
            self.step(to, Input::Message { from: NodeId(from), message });
        }
    }

    /// Delivers the oldest such message.
    pub(crate) fn deliver(&mut self, kind: &str, from: u8, to: u8) {
        let place = self.network.iter().position(|flying| flying.is(kind, from, to));
        let place = place.unwrap_or_else(|| panic!("no {kind} n{from}->n{to} in {:?}", self.network));
        let flying = self.network.remove(place).expect("it is there");
        self.receive(from, to, flying.message);
    }

    /// Delivers what is under way among these servers, and what follows, until nothing is.
    pub(crate) fn deliver_among(&mut self, nodes: &[u8]) {
        let inside = |flying: &Flying| nodes.contains(&flying.from) && nodes.contains(&flying.to);
        for _ in 0..10_000 {
            let Some(place) = self.network.iter().position(inside) else { return };
            let Flying { from, to, message } = self.network.remove(place).expect("it is there");
            self.receive(from, to, message);
        }
        panic!("messages without end");
    }

    pub(crate) fn deliver_all(&mut self) {
        let everybody: Vec<u8> = self.setup.servers.iter().map(|node| node.0).collect();
        self.deliver_among(&everybody);
    }

    /// Everything under way is lost, except what is held.
    pub(crate) fn lose(&mut self) {
        self.network.clear();
    }

    /// Takes such messages out of the network, for later.
    pub(crate) fn hold(&mut self, kind: &str, from: u8, to: u8) {
        let (held, rest): (VecDeque<_>, VecDeque<_>) =
            std::mem::take(&mut self.network).into_iter().partition(|flying| flying.is(kind, from, to));
        self.network = rest;
        assert!(!held.is_empty(), "no {kind} n{from}->n{to} to hold");
        self.held.extend(held);
    }

    /// Delivers what was held, in the order in which it was taken.
    pub(crate) fn release(&mut self) {
        for Flying { from, to, message } in std::mem::take(&mut self.held) {
            self.receive(from, to, message);
        }
    }

    // Common turns of events.

    /// `n` times out until it stands in `term`; only the voters are asked and answer. Whatever else is sent is lost.
    pub(crate) fn stand(&mut self, n: u8, voters: &[u8], term: u32) {
        loop {
            self.lose();
            self.timeout(n);
            if self.term(n) == term {
                break;
            }
            assert!(self.term(n) < term, "n{n} is past term {term}");
        }
        for voter in voters {
            self.deliver("RequestVote", n, *voter);
        }
        for voter in voters {
            if self.network.iter().any(|flying| flying.is("RequestVoteReply", *voter, n)) {
                self.deliver("RequestVoteReply", *voter, n);
            }
        }
        self.lose();
    }

    /// As [`Cluster::stand`], and it wins.
    pub(crate) fn elect(&mut self, n: u8, voters: &[u8], term: u32) {
        self.stand(n, voters, term);
        assert_eq!((self.role(n), self.term(n)), ("Leader", term));
    }

    /// The leader brings a follower's log into line, and nobody else hears of it.
    pub(crate) fn replicate(&mut self, leader: u8, follower: u8) {
        self.lose();
        self.heartbeat(leader);
        self.deliver_among(&[leader, follower]);
        self.lose();
    }

    // What was said.

    pub(crate) fn verdicts(&self, n: u8, rule: RuleId) -> Vec<Verdict> {
        let at = self.firings.iter().filter(|(node, firing)| *node == n && firing.rule == rule);
        at.map(|(_, firing)| firing.verdict).collect()
    }

    pub(crate) fn said(&self, n: u8, rule: RuleId, verdict: Verdict) -> bool {
        self.verdicts(n, rule).contains(&verdict)
    }

    /// The last sentence of a rule at a server.
    pub(crate) fn sentence(&self, n: u8, rule: RuleId) -> String {
        let at = self.firings.iter().rev().find(|(node, firing)| *node == n && firing.rule == rule);
        at.map(|(_, firing)| Raft::tell(NodeId(n), firing)).unwrap_or_default()
    }

    /// How the last step left a timer: untouched, stopped, or set.
    pub(crate) fn timer(&self, n: u8, timer: TimerId) -> Option<Option<Range>> {
        self.timers.iter().rev().find(|(node, id, _)| *node == n && *id == timer).map(|(_, _, range)| *range)
    }

    pub(crate) fn assert_sound(&self) {
        assert!(self.ghost.broken.is_empty(), "broken: {:?}", self.ghost.broken);
    }
}
