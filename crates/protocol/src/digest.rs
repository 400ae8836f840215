//! The hash behind fingerprints and prefix hashes: fixed for ever, the same on every machine.

use std::hash::{Hash, Hasher};

/// A 64-bit running hash over words. It is not cryptographic: it tells runs apart, it does not resist an adversary.
///
/// The definition is frozen with the link format: each word is mixed by `(h rotated left by 5, xor word) * K`, and
/// [`Digest::finish`] applies the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest(u64);

const K: u64 = 0x517c_c1b7_2722_0a95;

impl Digest {
    /// A digest that goes on from an earlier value.
    pub const fn from(value: u64) -> Digest {
        Digest(value)
    }

    /// Takes one word.
    #[inline]
    pub fn word(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(K);
    }

    /// Takes a text: its length in bytes, then the bytes, eight to a word, little end first.
    pub fn text(&mut self, text: &str) {
        self.word(text.len() as u64);
        for chunk in text.as_bytes().chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    /// The hash so far; more words may follow.
    #[inline]
    pub fn finish(self) -> u64 {
        let mut z = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

impl Digest {
    /// The hash of a value, every part of it. What a type feeds is for the standard library to say: such a hash is good
    /// within one run of a program and is never written down.
    pub fn of(value: impl Hash) -> u64 {
        let mut digest = Digest::default();
        value.hash(&mut digest);
        digest.finish()
    }

    /// The hash of a set of values, in whatever order they come.
    pub fn of_set<T: Hash>(values: impl Iterator<Item = T>) -> u64 {
        values.fold(0, |sum, value| sum.wrapping_add(Digest::of(value)))
    }
}

impl Hasher for Digest {
    fn finish(&self) -> u64 {
        Digest::finish(*self)
    }
    fn write(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, value: u8) {
        self.word(value.into());
    }
    fn write_u32(&mut self, value: u32) {
        self.word(value.into());
    }
    fn write_u64(&mut self, value: u64) {
        self.word(value);
    }
    fn write_usize(&mut self, value: usize) {
        self.word(value as u64);
    }
    fn write_isize(&mut self, value: isize) {
        self.word(value.cast_unsigned() as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_values_never_change() {
        let mut digest = Digest::default();
        digest.text("set x=1");
        digest.word(7);
        assert_eq!(format!("{:016x}", digest.finish()), "680b88e1825e823e");
    }
}
