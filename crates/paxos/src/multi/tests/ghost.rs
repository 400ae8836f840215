//! What only an observer of all servers at once can know, and the promises that it has seen broken.

use crate::multi::{Delta, Slot};
use crate::proposal::Ballot;
use protocol::{Fact, NodeId, is_majority};
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
    pub(super) asked: BTreeSet<u64>,
    pub(super) broken: BTreeSet<&'static str>,
}

impl Ghost {
    pub(super) fn hear(&mut self, node: NodeId, fact: &Fact) {
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

    /// A write reached a disk.
    pub(super) fn wrote(&mut self, node: NodeId, delta: &Delta, servers: usize) {
        let Delta::Accepted { slot, proposal, .. } = delta else { return };
        let content = proposal.value.hash();
        let acceptors = self.accepted.entry((*slot, proposal.ballot, content)).or_default();
        acceptors.insert(node);
        if is_majority(acceptors.len(), servers) {
            self.settle(*slot, content);
        }
    }

    /// A promise that never reached the disk was never given: nobody has heard of it.
    pub(super) fn crashed(&mut self, node: NodeId, promised: Ballot) {
        self.adopted.insert(node, promised);
        self.applied.remove(&node);
    }

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
