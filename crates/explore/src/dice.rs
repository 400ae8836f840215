//! The dice of a search: one stream for each run, so that a run is found again by its seed and its number.

use protocol::Digest;
use rand_core::Rng;
use rand_pcg::Lcg64Xsh32;

/// The purpose of this stream. Those of the simulator are counted from 1.
const EXPLORE: u64 = 100;

/// One run's dice: a PCG-XSH-RR 64/32 generator whose state is `mix(seed ^ mix(purpose << 32 ^ run))` and whose stream
/// number is the run's.
#[derive(Clone, Debug)]
pub(crate) struct Dice(Lcg64Xsh32);

impl Dice {
    pub(crate) fn new(seed: u64, run: u64) -> Dice {
        Dice(Lcg64Xsh32::new(mix(seed ^ mix(EXPLORE << 32 ^ run)), run))
    }

    /// A number below `end`, evenly; 0 if there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let draw = u64::from(self.0.next_u32());
        // The product of two 32-bit numbers, less its low half, is below `end`.
        usize::try_from((draw * end as u64) >> 32).unwrap_or_default()
    }

    /// True in so many of a hundred cases.
    pub(crate) fn percent(&mut self, chance: u32) -> bool {
        self.below(100) < chance as usize
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// A place in a row of weights, each as likely as it weighs; nothing if none weighs anything.
    pub(crate) fn weigh(&mut self, weights: &[u32]) -> Option<usize> {
        let sum: u32 = weights.iter().sum();
        let mut draw = u32::try_from(self.below(sum as usize)).unwrap_or_default();
        weights.iter().position(|weight| {
            let hit = draw < *weight;
            draw = draw.wrapping_sub(*weight);
            hit
        })
    }
}

fn mix(word: u64) -> u64 {
    Digest::from(word).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_of_a_run_never_change() {
        let mut dice = Dice::new(7, 3);
        let drawn: Vec<usize> = (0..6).map(|_| dice.below(1_000_000)).collect();
        assert_eq!(drawn, [591_338, 537_459, 618_986, 589_709, 572_441, 101_249]);
    }

    #[test]
    fn what_weighs_nothing_is_never_drawn() {
        let mut dice = Dice::new(1, 1);
        let drawn: Vec<_> = (0..100).map(|_| dice.weigh(&[0, 3, 0, 1])).collect();
        assert!(drawn.iter().all(|place| matches!(place, Some(1 | 3))));
        assert!(drawn.contains(&Some(1)) && drawn.contains(&Some(3)));
        assert_eq!(dice.weigh(&[0, 0]), None);
    }
}
