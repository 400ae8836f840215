//! The loads as JavaScript calls them: numbers in, numbers out, no bindings. A protocol is a place in
//! [`PROTOCOLS`]; `scripts/bench/load.mjs` has their names in the same order.

use crate::{cluster, heap};
use paxos::multi::MultiPaxos;
use protocol::Protocol;
use raft::Raft;
use zab::Zab;

/// The three ways to time a cluster, of one protocol.
struct Loads {
    unwatched: fn(u32) -> u32,
    checked: fn(u32) -> u32,
    messages: fn(u32) -> u32,
}

const fn loads<P: Protocol>() -> Loads {
    Loads {
        unwatched: cluster::unwatched::<P>,
        checked: cluster::checked::<P>,
        messages: cluster::messages::<P>,
    }
}

const PROTOCOLS: [Loads; 3] = [loads::<Raft>(), loads::<MultiPaxos>(), loads::<Zab>()];

/// See [`heap::run`].
#[unsafe(no_mangle)]
pub extern "C" fn heap_loop(events: u32) -> u32 {
    (heap::run(events) & 0xffff_ffff) as u32
}

/// See [`cluster::checked`].
#[unsafe(no_mangle)]
pub extern "C" fn checked(protocol: usize, seconds: u32) -> u32 {
    (PROTOCOLS[protocol].checked)(seconds)
}

/// See [`cluster::unwatched`].
#[unsafe(no_mangle)]
pub extern "C" fn unwatched(protocol: usize, seconds: u32) -> u32 {
    (PROTOCOLS[protocol].unwatched)(seconds)
}

/// See [`cluster::messages`].
#[unsafe(no_mangle)]
pub extern "C" fn messages(protocol: usize, seconds: u32) -> u32 {
    (PROTOCOLS[protocol].messages)(seconds)
}
