//! A cluster under a test's hand.

use super::ghost::Ghost;
use crate::multi::MultiPaxos;
use crate::multi::dialect::{ELECTION, HEARTBEAT, LEADER};
use protocol::bench::{self, Bench};
use protocol::{Cell, Protocol, Setup, Span};
use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

pub(super) use protocol::bench::command;

pub(super) struct Cluster(Bench<MultiPaxos, Ghost>);

impl Deref for Cluster {
    type Target = Bench<MultiPaxos, Ghost>;
    fn deref(&self) -> &Bench<MultiPaxos, Ghost> {
        &self.0
    }
}

impl DerefMut for Cluster {
    fn deref_mut(&mut self) -> &mut Bench<MultiPaxos, Ghost> {
        &mut self.0
    }
}

/// The default setup.
pub(super) fn servers(count: u8) -> Setup {
    bench::servers::<MultiPaxos>(count)
}

/// The setup with an option.
pub(super) fn with_option(setup: Setup, key: &str, value: i64) -> Setup {
    bench::with_option::<MultiPaxos>(setup, key, value)
}

/// The setup with a rule off.
pub(super) fn without(setup: Setup, key: &str) -> Setup {
    bench::without::<MultiPaxos>(setup, key)
}

impl Cluster {
    pub(super) fn new(setup: Setup) -> Cluster {
        Cluster(Bench::new(setup, Ghost::default()))
    }

    /// A client asks a server for its command.
    pub(super) fn ask(&mut self, node: u8, letter: char) {
        self.request(node, command(letter));
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

    pub(super) fn beat(&mut self, node: u8) -> bool {
        self.fire(node, HEARTBEAT)
    }

    pub(super) fn leads(&self, node: u8) -> bool {
        self.node(node).status().role == LEADER
    }

    /// The shortest time to a server's election timeout.
    pub(super) fn patience(&self, node: u8) -> Option<Span> {
        self.timer(node, ELECTION).map(|(least, _)| least)
    }

    /// Forgets that a server's election timer runs.
    pub(super) fn stop_patience(&mut self, node: u8) {
        self.forget(node, ELECTION);
    }

    /// The slots that a server holds, each as `2: no-op in 1.3`, with a star if it knows the slot to be decided.
    pub(super) fn slots(&self, node: u8) -> Vec<String> {
        let cells = self.node(node).cells(self.on_disk(node), 1, 99);
        let text = |cell: &Cell| {
            let star = if cell.committed { "*" } else { "" };
            format!("{}: {} in {}{star}", cell.index, cell.text, cell.term)
        };
        cells.iter().map(text).collect()
    }

    pub(super) fn broken(&self) -> &BTreeSet<&'static str> {
        &self.witness.broken
    }

    /// How many slots have a value for good.
    pub(super) fn settled(&self) -> usize {
        self.witness.settled()
    }
}
