//! A cluster under a test's hand. Its servers are joined by channels that a test opens and closes.

use crate::Zab;
use protocol::bench::{self, Bench};
use protocol::{Input, NodeId, Protocol, Setup, Span};
use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

pub(super) use protocol::bench::command;

pub(super) struct Cluster(Bench<Zab, ()>);

impl Deref for Cluster {
    type Target = Bench<Zab, ()>;
    fn deref(&self) -> &Bench<Zab, ()> {
        &self.0
    }
}

impl DerefMut for Cluster {
    fn deref_mut(&mut self) -> &mut Bench<Zab, ()> {
        &mut self.0
    }
}

/// The default setup.
pub(super) fn servers(count: u8) -> Setup {
    bench::servers::<Zab>(count)
}

/// The setup with another value of an option.
pub(super) fn with_option(setup: Setup, key: &str, value: i64) -> Setup {
    bench::with_option::<Zab>(setup, key, value)
}

/// The setup with a rule off.
pub(super) fn without(setup: Setup, key: &str) -> Setup {
    bench::without::<Zab>(setup, key)
}

impl Cluster {
    /// All servers are up, and no channel stands.
    pub(super) fn new(setup: Setup) -> Cluster {
        let mut bench = Bench::new(setup, ());
        bench.network.clear();
        bench.channels = Some(BTreeSet::new());
        Cluster(bench)
    }

    /// These servers are joined, and have elected the last of them and gone through all phases.
    pub(super) fn led_by_last(setup: Setup, joined: &[u8]) -> Cluster {
        let mut cluster = Cluster::new(setup);
        cluster.join(joined);
        cluster.elect();
        cluster
    }

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
        let is_new = self.channels.as_mut().is_some_and(|open| open.insert((a, b)) && open.insert((b, a)));
        if is_new {
            self.step(a, Input::ChannelOpened(b));
            self.step(b, Input::ChannelOpened(a));
        }
    }

    /// The channel between two servers breaks: what is under way in it is lost, and both ends notice.
    pub(super) fn close(&mut self, a: u8, b: u8) {
        let (a, b) = (NodeId(a), NodeId(b));
        let was_open =
            self.channels.as_mut().is_some_and(|open| open.remove(&(a, b)) && open.remove(&(b, a)));
        if was_open {
            self.network.retain(|flight| ![(a, b), (b, a)].contains(&(flight.from, flight.to)));
            self.step(a, Input::ChannelClosed(b));
            self.step(b, Input::ChannelClosed(a));
        }
    }

    /// Delivers the oldest message from one server to another; its label, or nothing if none is under way.
    pub(super) fn deliver(&mut self, from: u8, to: u8) -> String {
        let ends = (NodeId(from), NodeId(to));
        let label = self.between(from, to).into_iter().next().unwrap_or_default();
        if let Some(place) = self.network.iter().position(|flight| (flight.from, flight.to) == ends) {
            let flight = self.network.remove(place);
            self.take(flight);
        }
        label
    }

    /// Delivers everything, ends the elections that can end, and delivers everything again.
    pub(super) fn elect(&mut self) {
        self.deliver_all();
        for node in self.servers() {
            self.fire(node, "finalize");
        }
        self.deliver_all();
    }

    /// Fires a timer. False if it is not running.
    pub(super) fn fire(&mut self, node: u8, key: &str) -> bool {
        self.0.fire(node, Zab::DIALECT.timer_named(key).expect("a known timer"))
    }

    /// Lets time pass; nothing fires by itself.
    pub(super) fn wait(&mut self, milliseconds: u64) {
        self.now = self.now + Span::ms(milliseconds);
    }

    /// The server stops, its channels close, and what its disk has not written is lost.
    pub(super) fn crash(&mut self, node: u8) {
        for other in self.servers() {
            self.close(node, other);
        }
        self.0.crash(node);
    }

    pub(super) fn role(&self, node: u8) -> &'static str {
        Zab::DIALECT.roles[usize::from(self.node(node).status().role)].name
    }

    /// The zxids of a server's history, each as `(1,1)`.
    pub(super) fn zxids(&self, node: u8) -> String {
        let history = &self.node(node).history;
        (1..=history.last_index()).map(|index| history.zxid_at(index).to_string()).collect()
    }
}
