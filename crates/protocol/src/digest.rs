//! The hash behind fingerprints and prefix hashes: fixed for ever, the same on every machine.

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
