//! The yardstick: a bare event loop.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many events are under way at any time.
const IN_FLIGHT: u64 = 64;

/// An event of 32 bytes, ordered by time and then by when it was scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    at: u64,
    order: u64,
    to: u64,
    what: u64,
}

/// Lets so many events happen; each schedules another. The result is there so that nothing is optimised away.
pub fn run(events: u32) -> u64 {
    let mut heap: BinaryHeap<Reverse<Event>> = (0..IN_FLIGHT)
        .map(|order| Reverse(Event { at: 10_000 + order * 77, order, to: order % 5, what: order }))
        .collect();
    let (mut order, mut seen) = (IN_FLIGHT, 0u64);
    for _ in 0..events {
        let Some(Reverse(event)) = heap.pop() else { break };
        seen = seen.rotate_left(5) ^ event.what ^ event.to;
        let latency = 10_000 + (event.at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 51) % 5_000;
        heap.push(Reverse(Event { at: event.at + latency, order, to: order % 5, what: seen }));
        order += 1;
    }
    seen
}
