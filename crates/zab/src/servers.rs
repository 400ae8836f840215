//! Sets of servers.

use protocol::NodeId;

/// A set of servers in one word, so that counting allocates nothing. Servers are numbered from 1 to 64.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct NodeSet(u64);

impl NodeSet {
    /// The set of these servers.
    pub(crate) fn of(nodes: impl IntoIterator<Item = NodeId>) -> NodeSet {
        nodes.into_iter().fold(NodeSet::default(), NodeSet::with)
    }

    /// This set and one more server.
    pub(crate) const fn with(self, node: NodeId) -> NodeSet {
        NodeSet(self.0 | 1 << node.slot())
    }

    /// This set less one server.
    pub(crate) const fn without(self, node: NodeId) -> NodeSet {
        NodeSet(self.0 & !(1 << node.slot()))
    }

    /// True if the server is in the set.
    pub(crate) const fn has(self, node: NodeId) -> bool {
        self.0 >> node.slot() & 1 == 1
    }

    /// The set as a word: bit 0 for n1.
    pub(crate) const fn bits(self) -> u64 {
        self.0
    }

    /// How many servers there are.
    pub(crate) const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The servers in ascending order.
    pub(crate) fn iter(self) -> impl Iterator<Item = NodeId> + Clone {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let slot = u8::try_from(rest.trailing_zeros()).ok().filter(|slot| *slot < 64)?;
            rest &= rest - 1;
            Some(NodeId(slot + 1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_lists_its_servers_in_order() {
        let set = NodeSet::of([NodeId(64), NodeId(3), NodeId(1), NodeId(5)]).without(NodeId(3));
        assert_eq!(set.iter().collect::<Vec<_>>(), [NodeId(1), NodeId(5), NodeId(64)]);
        assert_eq!((set.len(), set.has(NodeId(5)), set.has(NodeId(3))), (3, true, false));
    }
}
