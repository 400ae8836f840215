//! A cluster under a test's hand.

use super::ghost::Ghost;
use crate::dialect::RETRY;
use crate::{Paxos, Value};
use protocol::bench::{self, Bench};
use protocol::{Message as _, Op, Setup, Span};
use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};

pub(super) use protocol::bench::command;

pub(super) struct Cluster(Bench<Paxos, Ghost>);

impl Deref for Cluster {
    type Target = Bench<Paxos, Ghost>;
    fn deref(&self) -> &Bench<Paxos, Ghost> {
        &self.0
    }
}

impl DerefMut for Cluster {
    fn deref_mut(&mut self) -> &mut Bench<Paxos, Ghost> {
        &mut self.0
    }
}

/// The default setup.
pub(super) fn servers(count: u8) -> Setup {
    bench::servers::<Paxos>(count)
}

/// The setup with a flag on.
pub(super) fn with_option(setup: Setup, key: &str) -> Setup {
    bench::with_option::<Paxos>(setup, key, 1)
}

/// The setup with a rule off.
pub(super) fn without(setup: Setup, key: &str) -> Setup {
    bench::without::<Paxos>(setup, key)
}

impl Cluster {
    pub(super) fn new(setup: Setup) -> Cluster {
        Cluster(Bench::new(setup, Ghost::default()))
    }

    /// A client asks a server for its command.
    pub(super) fn ask(&mut self, node: u8, letter: char) {
        self.request(node, command(letter));
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

    /// Fires the retry timer. False if it is not running.
    pub(super) fn retry(&mut self, node: u8) -> bool {
        self.fire(node, RETRY)
    }

    /// When the retry timer fires, if it runs.
    pub(super) fn waits(&self, node: u8) -> Option<(Span, Span)> {
        self.timer(node, RETRY)
    }

    /// The value that a server knows to be chosen.
    pub(super) fn decided(&self, node: u8) -> Option<char> {
        let decided = self.node(node).learner.decided.as_ref()?;
        letter(&decided.value)
    }

    /// The messages under way, each as `1→2 Prepare 1.1`.
    pub(super) fn under_way(&self) -> Vec<String> {
        let flights = self.network.iter();
        flights
            .map(|flight| format!("{}→{} {}", flight.from.0, flight.to.0, flight.message.label()))
            .collect()
    }

    pub(super) fn broken(&self) -> &BTreeSet<&'static str> {
        &self.witness.broken
    }

    pub(super) fn is_anything_settled(&self) -> bool {
        self.witness.is_anything_settled()
    }
}

/// The letter of a [`command`].
pub(super) fn letter(value: &Value) -> Option<char> {
    match value.command()?.op() {
        Op::Set { value, .. } => value.chars().next(),
        _ => None,
    }
}
