//! What only an observer of all servers at once can know, and the promises that it has seen broken.

use crate::multi::{Delta, Durable, Message, MultiPaxos, Slot};
use crate::proposal::Ballot;
use protocol::bench::Witness;
use protocol::{Command, Content, Fact, NodeId, is_majority};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub(super) struct Ghost {
    /// Which disks have had a proposal on them.
    accepted: BTreeMap<(Slot, Ballot, u64), BTreeSet<NodeId>>,
    /// The values that were chosen for a slot or that a server ran there.
    settled: BTreeMap<Slot, BTreeSet<u64>>,
    proposed: BTreeMap<(Slot, Ballot), u64>,
    adopted: BTreeMap<NodeId, Ballot>,
    applied: BTreeMap<NodeId, Slot>,
    asked: BTreeSet<u64>,
    pub(super) broken: BTreeSet<&'static str>,
}

impl Witness<MultiPaxos> for Ghost {
    fn asked(&mut self, command: &Command) {
        self.asked.insert(Content::Command(command.clone()).hash());
    }

    fn fact(&mut self, node: NodeId, fact: &Fact) {
        match *fact {
            Fact::Proposed { term, index, content } => {
                let first = *self.proposed.entry((index, term)).or_insert(content);
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
            Fact::Applied { index, content } => {
                if self.applied.insert(node, index).unwrap_or(0) + 1 != index {
                    self.broken.insert("ordered-execution");
                }
                self.settle(index, content);
            }
            _ => {}
        }
    }

    fn wrote(&mut self, node: NodeId, delta: &Delta, servers: usize) {
        let Delta::Accepted { slot, proposal, .. } = delta else { return };
        let content = proposal.value.hash();
        let acceptors = self.accepted.entry((*slot, proposal.ballot, content)).or_default();
        acceptors.insert(node);
        if is_majority(acceptors.len(), servers) {
            self.settle(*slot, content);
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
        self.applied.remove(&node);
    }
}

impl Ghost {
    pub(super) fn settled(&self) -> usize {
        self.settled.len()
    }

    fn settle(&mut self, slot: Slot, content: u64) {
        let settled = self.settled.entry(slot).or_default();
        settled.insert(content);
        if settled.len() > 1 {
            self.broken.insert("agreement");
        }
        if content != 1 && !self.asked.contains(&content) {
            self.broken.insert("validity");
        }
    }
}
