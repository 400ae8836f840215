//! Where chance comes from: named streams, so that one more action does not reshuffle the rest of a run.
//!
//! Each link and each server's timers have a stream of their own. A stream is a PCG-XSH-RR 64/32 generator
//! (`rand_pcg::Lcg64Xsh32`, whose values are promised to stay the same). Its state is
//! `mix(seed ^ mix(purpose << 32 | a << 16 | b))` and its stream number is `purpose << 32 | a << 16 | b`, with `mix` the
//! finaliser of SplitMix64; `a` and `b` are the ends of the link, or the server and 0. Every send draws six numbers
//! whatever the settings, every timer one, every write one. Copies that are made by hand draw their latency from one
//! stream more, where `a` and `b` are 0.

use crate::Addr;
use protocol::{Digest, NodeId, Span};
use rand_core::Rng;
use rand_pcg::Lcg64Xsh32;

const LINK: u64 = 1;
const TIMER: u64 = 2;
const DISK: u64 = 3;
const HAND: u64 = 4;

/// One stream.
pub(crate) type Die = Lcg64Xsh32;

/// The dice of one send: in the order in which they are drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SendDice {
    pub(crate) latency: u32,
    pub(crate) jitter: u32,
    pub(crate) loss: u32,
    pub(crate) duplicate: u32,
    pub(crate) reorder: u32,
    pub(crate) copy: u32,
}

/// All streams of a run.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    places: usize,
    links: Vec<Die>,
    timers: Vec<Die>,
    disks: Vec<Die>,
    hand: Die,
}

fn stream(seed: u64, purpose: u64, a: u64, b: u64) -> Die {
    let name = purpose << 32 | a << 16 | b;
    Die::new(mix(seed ^ mix(name)), name)
}

fn mix(word: u64) -> u64 {
    Digest::from(word).finish()
}

/// The number by which a place appears in stream names: servers from 1, clients from 129.
fn number(place: Addr) -> u64 {
    match place {
        Addr::Server(node) => u64::from(node.0),
        Addr::Client(client) => 128 + u64::from(client.0),
    }
}

impl Dice {
    /// The dice of a cluster.
    pub(crate) fn new(seed: u64, places: &[Addr]) -> Dice {
        let pairs = places.iter().flat_map(|from| places.iter().map(move |to| (from, to)));
        let own =
            |purpose| places.iter().map(move |place| stream(seed, purpose, number(*place), 0)).collect();
        Dice {
            places: places.len(),
            links: pairs.map(|(from, to)| stream(seed, LINK, number(*from), number(*to))).collect(),
            timers: own(TIMER),
            disks: own(DISK),
            hand: stream(seed, HAND, 0, 0),
        }
    }

    /// Draws for a send from one place (by its slot) to another.
    pub(crate) fn send(&mut self, from: usize, to: usize) -> SendDice {
        let die = &mut self.links[from * self.places + to];
        SendDice {
            latency: die.next_u32(),
            jitter: die.next_u32(),
            loss: die.next_u32(),
            duplicate: die.next_u32(),
            reorder: die.next_u32(),
            copy: die.next_u32(),
        }
    }

    /// Draws the latency of a copy that is made by hand.
    pub(crate) fn copy(&mut self, least: Span, most: Span) -> Span {
        span(self.hand.next_u32(), least, most)
    }

    /// Draws the length of a timer.
    pub(crate) fn timer(&mut self, node: NodeId, least: Span, most: Span) -> Span {
        span(self.timers[node.slot()].next_u32(), least, most)
    }

    /// Draws the length of a write.
    pub(crate) fn write(&mut self, node: NodeId, least: Span, most: Span) -> Span {
        span(self.disks[node.slot()].next_u32(), least, most)
    }
}

/// A length from `least` to `most`, both included, evenly: `least + draw * (most - least + 1) / 2^32`.
pub(crate) fn span(draw: u32, least: Span, most: Span) -> Span {
    let width = u128::from(most.0.saturating_sub(least.0)) + 1;
    // The product is below width * 2^32, so the quotient fits where `width` did.
    Span(least.0 + u64::try_from((u128::from(draw) * width) >> 32).unwrap_or(u64::MAX))
}

/// True with a probability of so many millionths.
pub(crate) fn happens(draw: u32, millionths: u32) -> bool {
    (u64::from(draw) * 1_000_000) >> 32 < u64::from(millionths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::ClientId;

    #[test]
    fn the_first_numbers_of_each_stream_never_change() {
        let places = [Addr::Server(NodeId(1)), Addr::Server(NodeId(2)), Addr::Client(ClientId(1))];
        let mut dice = Dice::new(7, &places);
        let sent = dice.send(0, 1);
        let drawn =
            (sent.latency, sent.copy, dice.timer(NodeId(2), Span(0), Span(999_999)).0, dice.send(2, 0).loss);
        assert_eq!(drawn, (1_091_268_671, 9_116_432, 852_191, 4_067_313_719));
        let (least, most) = (Span(0), Span(999_999));
        let by_hand = (dice.write(NodeId(2), least, most).0, dice.copy(least, most).0);
        assert_eq!(by_hand, (451_603, 50_987));
    }

    #[test]
    fn a_drawn_length_stays_in_its_range_and_reaches_both_ends() {
        let (least, most) = (Span(10), Span(12));
        assert_eq!(span(0, least, most), least);
        assert_eq!(span(u32::MAX, least, most), most);
        assert_eq!(span(u32::MAX, least, least), least);
    }

    #[test]
    fn chances_of_nothing_and_of_all_are_certain() {
        assert!(!happens(0, 0));
        assert!(happens(u32::MAX, 1_000_000));
    }
}
