//! How many acceptors are enough.

use protocol::{Effects, NodeId, Observer, Protocol, RuleId, is_majority, majority};

/// True if so many acceptors are enough: more than half. Any two such groups share a member, and that member keeps
/// the one group from contradicting the other (Paxos Made Simple §2.2).
///
/// `rule` is the one that says so, by its number in the protocol that asks.
pub(crate) fn is_quorum<P: Protocol, O: Observer>(
    rule: RuleId,
    have: usize,
    servers: usize,
    fx: &mut Effects<'_, P, O>,
) -> bool {
    let values = [count(have), count(servers), count(majority(servers)), 0];
    have >= half(servers) && fx.allows(rule, is_majority(have, servers), values)
}

/// The number that [`is_quorum`] asks for.
pub(crate) fn needed<P: Protocol, O: Observer>(
    rule: RuleId,
    servers: usize,
    fx: &Effects<'_, P, O>,
) -> usize {
    if fx.is_on(rule) { majority(servers) } else { half(servers) }
}

/// Half of the servers, rounded up: a majority when their number is odd, one too few when it is even.
fn half(servers: usize) -> usize {
    servers.div_ceil(2)
}

/// A count of servers as a value of a firing.
pub(crate) fn count(servers: usize) -> i32 {
    i32::try_from(servers).unwrap_or(i32::MAX)
}

/// A set of servers as a fact names it: bit 0 for n1, bit 1 for n2, and so on.
pub(crate) fn bits<'a>(servers: impl IntoIterator<Item = &'a NodeId>) -> u64 {
    servers.into_iter().fold(0, |bits, node| bits | 1 << (node.0 - 1))
}
