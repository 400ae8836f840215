//! What only an observer of all servers at once can know, and the promises that it has seen broken.

use crate::{Ballot, Delta, Durable, Message, Paxos};
use protocol::bench::Witness;
use protocol::{Command, Content, Fact, NodeId, is_majority};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub(super) struct Ghost {
    /// Which disks have had a proposal on them.
    accepted: BTreeMap<(Ballot, u64), BTreeSet<NodeId>>,
    /// The values that were chosen or that a server ran.
    settled: BTreeSet<u64>,
    proposed: BTreeMap<Ballot, u64>,
    adopted: BTreeMap<NodeId, Ballot>,
    asked: BTreeSet<u64>,
    pub(super) broken: BTreeSet<&'static str>,
}

impl Witness<Paxos> for Ghost {
    fn asked(&mut self, command: &Command) {
        self.asked.insert(Content::Command(command.clone()).hash());
    }

    fn fact(&mut self, node: NodeId, fact: &Fact) {
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

    fn wrote(&mut self, node: NodeId, delta: &Delta, servers: usize) {
        let Delta::Accepted { proposal, .. } = delta else { return };
        let content = proposal.value.hash();
        let acceptors = self.accepted.entry((proposal.ballot, content)).or_default();
        acceptors.insert(node);
        if is_majority(acceptors.len(), servers) {
            self.settle(content);
        }
    }

    fn left(&mut self, _: NodeId, _: &Message, covered: bool) {
        if !covered {
            self.broken.insert("persist-before-send");
        }
    }

    /// A promise that never reached the disk was never given: nobody has heard of it.
    fn crashed(&mut self, node: NodeId, durable: &Durable) {
        self.adopted.insert(node, durable.promised);
    }
}

impl Ghost {
    pub(super) fn is_anything_settled(&self) -> bool {
        !self.settled.is_empty()
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
