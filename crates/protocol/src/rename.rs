//! Other numbers for servers: where a number is nothing but a name, two clusters that differ in their names alone behave
//! alike, and a search need look at one of them only.

use crate::{NodeId, Protocol};

/// New numbers for the servers of a cluster, by their old ones: a permutation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names(Vec<NodeId>);

impl Names {
    /// Everybody keeps the own number.
    pub fn same(servers: u8) -> Names {
        Names((1..=servers).map(NodeId).collect())
    }

    /// All ways to rename the first `alike` of some servers; the first way renames nobody.
    pub fn all(servers: u8, alike: u8) -> Vec<Names> {
        let mut ways = vec![Names::same(servers)];
        for last in 1..usize::from(alike.min(servers)) {
            let shorter = std::mem::take(&mut ways);
            for other in (0..=last).rev() {
                ways.extend(shorter.iter().map(|way| way.swapped(last, other)));
            }
        }
        ways
    }

    fn swapped(&self, one: usize, other: usize) -> Names {
        let mut names = self.0.clone();
        names.swap(one, other);
        Names(names)
    }

    /// The new number of a server.
    pub fn node(&self, node: NodeId) -> NodeId {
        self.0.get(node.slot()).copied().unwrap_or(node)
    }

    /// What each server had by its old slot, by the new ones.
    #[must_use]
    pub fn slots<T: Clone>(&self, of: &[T]) -> Vec<T> {
        let mut renamed = of.to_vec();
        for (value, name) in of.iter().zip(&self.0) {
            if let Some(place) = renamed.get_mut(name.slot()) {
                place.clone_from(value);
            }
        }
        renamed
    }
}

/// How a protocol's values read under other names. Whatever a node does, it does under any names: a step of a renamed
/// node with a renamed input gives the renamed node and the renamed outputs, in any order.
#[derive(Clone, Copy, Debug)]
pub struct Renaming<P: Protocol> {
    /// A node.
    pub node: fn(&P, &Names) -> P,
    /// What is on a node's disk.
    pub disk: fn(&P::Durable, &Names) -> P::Durable,
    /// A message.
    pub message: fn(&P::Message, &Names) -> P::Message,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_to_rename_are_different_and_the_first_renames_nobody() {
        for (servers, alike, count) in [(1, 1, 1), (3, 3, 6), (4, 4, 24), (5, 4, 24), (5, 1, 1)] {
            let mut ways = Names::all(servers, alike);
            assert_eq!(ways[0], Names::same(servers));
            ways.sort_by_key(|way| way.0.clone());
            ways.dedup();
            assert_eq!(ways.len(), count, "{servers} servers, {alike} alike");
        }
    }

    #[test]
    fn what_stood_at_an_old_slot_stands_at_the_new_one() {
        for names in Names::all(4, 4) {
            let renamed = names.slots(&[1, 2, 3, 4]);
            for node in (1..=4).map(NodeId) {
                assert_eq!(renamed[names.node(node).slot()], node.0);
            }
        }
    }
}
