//! Random schedules.

use super::{Bench, Witness};
use crate::Protocol;

/// A generator for random schedules: `SplitMix64` (Steele, Lea, Flood 2014).
pub struct Dice(pub u64);

impl Dice {
    /// A number from 0, below `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap_or(0)
    }

    /// One of so many servers.
    pub fn server(&mut self, of: usize) -> u8 {
        u8::try_from(self.below(of) + 1).unwrap_or(1)
    }
}

impl<P: Protocol, W: Witness<P>> Bench<P, W> {
    /// Something becomes of a message, if one is under way: mostly it arrives, out of turn; now and then it is lost, or
    /// arrives and stays under way.
    pub fn stir(&mut self, dice: &mut Dice) {
        if self.network.is_empty() {
            return;
        }
        let flight = self.network.remove(dice.below(self.network.len()));
        match dice.below(10) {
            0 => {}
            1 => {
                self.network.push(flight.clone());
                self.take(flight);
            }
            _ => _ = self.take(flight),
        }
    }
}
