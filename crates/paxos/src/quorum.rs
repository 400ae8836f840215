//! How many acceptors are enough.

use crate::Fx;
use crate::rules::MAJORITY;
use protocol::{NodeId, Observer, is_majority, majority};

/// True if so many acceptors are enough: more than half. Any two such groups share a member, and that member keeps
/// the one group from contradicting the other (Paxos Made Simple §2.2).
pub(crate) fn is_quorum<O: Observer>(have: usize, servers: usize, fx: &mut Fx<'_, O>) -> bool {
    let values = [count(have), count(servers), count(majority(servers)), 0];
    have >= half(servers) && fx.allows(MAJORITY, is_majority(have, servers), values)
}

/// The number that [`is_quorum`] asks for.
pub(crate) fn needed<O: Observer>(servers: usize, fx: &Fx<'_, O>) -> usize {
    if fx.is_on(MAJORITY) { majority(servers) } else { half(servers) }
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
