//! The range coder: many small chances become one long number.
//!
//! A binary range coder with carries, as in LZMA: each bit narrows an interval of 32 bits in proportion to how likely
//! it was thought to be, and leading bytes that are settled leave it. A bit that was expected costs next to nothing.
//! The end is cut as short as it can be: of all numbers in the last interval the one with the most zeros at its end is
//! taken, the zeros are left away, and the decoder reads zeros behind the end.

/// A chance is a share of this.
const ONE: u32 = 1 << 15;
/// No chance comes nearer to none or to all than this.
const MARGIN: u32 = 48;
const TOP: u32 = 1 << 24;

/// How likely a bit is 1, as learned so far. The first bits count much, later ones less: after `n` bits the next one
/// moves the estimate by 1 / (n + 2), which is the estimate of Krichevsky and Trofimov.
#[derive(Clone, Copy)]
pub(super) struct Bit {
    one: u16,
    seen: u8,
}

impl Bit {
    /// After this many bits the estimate follows at a constant pace.
    const SLOWEST: u8 = 60;

    /// Nothing is known but that a 1 has this chance, in 1 / 32,768.
    pub(super) const fn with(one: u16) -> Bit {
        Bit { one, seen: 0 }
    }

    /// Nothing is known.
    pub(super) const fn even() -> Bit {
        Bit::with(1 << 14)
    }

    pub(super) fn chance(self) -> u32 {
        u32::from(self.one)
    }

    /// How many bits it has learned from, up to a bound.
    pub(super) fn seen(self) -> u32 {
        u32::from(self.seen)
    }

    /// Makes it follow new bits at least as fast as after this many.
    pub(super) fn doubt(&mut self, most: u8) {
        self.seen = self.seen.min(most);
    }

    pub(super) fn learn(&mut self, bit: bool) {
        let pace = self.seen() + 2;
        let one = self.chance();
        let one = if bit { one + (ONE - one) / pace } else { one - one / pace };
        self.one = u16::try_from(one.min(ONE - 1)).unwrap_or(u16::MAX);
        self.seen = (self.seen + 1).min(Bit::SLOWEST);
    }
}

/// Writes bits.
pub(super) struct Encoder {
    low: u64,
    range: u32,
    /// The last byte that a carry may still change, and how many bytes of 255 follow it.
    cache: u8,
    waiting: usize,
    started: bool,
    out: Vec<u8>,
}

impl Encoder {
    pub(super) fn new() -> Encoder {
        Encoder { low: 0, range: u32::MAX, cache: 0, waiting: 0, started: false, out: Vec::new() }
    }

    /// Writes a bit that is 1 with this chance.
    pub(super) fn bit(&mut self, one: u32, bit: bool) {
        let bound = (self.range >> 15) * one.clamp(MARGIN, ONE - MARGIN);
        if bit {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
    }

    /// Everything written, without zeros at the end.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let end = self.low + u64::from(self.range) - 1;
        for zeros in (0..=32).rev() {
            let mask = (1_u64 << zeros) - 1;
            let candidate = (self.low + mask) & !mask;
            if candidate <= end {
                self.low = candidate;
                break;
            }
        }
        for _ in 0..5 {
            self.shift();
        }
        while self.out.last() == Some(&0) {
            self.out.pop();
        }
        self.out
    }

    fn shift(&mut self) {
        let carry = self.low >> 32 != 0;
        let byte = self.low.to_be_bytes()[4];
        if byte != 0xff || carry {
            if self.started {
                self.out.push(self.cache.wrapping_add(u8::from(carry)));
            }
            let between = if carry { 0 } else { 0xff };
            self.out.resize(self.out.len() + self.waiting, between);
            self.waiting = 0;
            self.cache = byte;
            self.started = true;
        } else {
            self.waiting += 1;
        }
        self.low = (self.low & 0x00ff_ffff) << 8;
    }
}

/// Reads bits.
pub(super) struct Decoder<'a> {
    code: u32,
    range: u32,
    rest: &'a [u8],
}

impl<'a> Decoder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Decoder<'a> {
        let mut decoder = Decoder { code: 0, range: u32::MAX, rest: bytes };
        for _ in 0..4 {
            decoder.shift();
        }
        decoder
    }

    /// Reads a bit that is 1 with this chance.
    pub(super) fn bit(&mut self, one: u32) -> bool {
        let bound = (self.range >> 15) * one.clamp(MARGIN, ONE - MARGIN);
        let bit = self.code < bound;
        if bit {
            self.range = bound;
        } else {
            self.code -= bound;
            self.range -= bound;
        }
        while self.range < TOP {
            self.range <<= 8;
            self.shift();
        }
        bit
    }

    fn shift(&mut self) {
        let byte = match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => 0,
        };
        self.code = self.code << 8 | u32::from(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_however_likely_it_was() {
        // Long runs of unlikely and of likely bits bring forth carries and waiting bytes.
        for pattern in [0_u64, u64::MAX, 0xaaaa_0000_ffff_1234, 0x8000_0000_0000_0001] {
            for chance in [1, 100, 1 << 14, ONE - 100, ONE - 1] {
                let bits: Vec<bool> = (0..640).map(|i| pattern.rotate_left(i) & 1 == 1).collect();
                let mut encoder = Encoder::new();
                bits.iter().for_each(|bit| encoder.bit(chance, *bit));
                let bytes = encoder.finish();
                let mut decoder = Decoder::new(&bytes);
                assert!(bits.iter().all(|bit| decoder.bit(chance) == *bit), "{pattern:x} at {chance}");
            }
        }
    }

    #[test]
    fn bits_that_were_expected_cost_next_to_nothing() {
        let mut encoder = Encoder::new();
        let mut bit = Bit::even();
        for _ in 0..1_000 {
            encoder.bit(bit.chance(), true);
            bit.learn(true);
        }
        assert!(encoder.finish().len() <= 5);
    }
}
