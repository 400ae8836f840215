//! The models: what has been learned about each place in a scenario, and numbers and choices made of bits.
//!
//! A [`Coder`] writes, reads, or only learns. Each of its methods takes the value to write and returns the value that
//! stands there, so that one description of a number serves both directions; a reader hands in anything.
//!
//! Before it writes or reads, a coder learns from a frozen example ([`super::primer`]), so that it begins with an idea
//! of what scenarios are like.

use super::range::{Bit, Decoder, Encoder};

/// A place in a scenario that is learned about for itself.
#[derive(Clone, Copy)]
pub(super) struct Place(pub(super) u16);

impl Place {
    /// One of a row of places: what is learned here depends on something that is already known.
    pub(super) fn after(self, what: usize) -> Place {
        Place(self.0 + u16::try_from(what).unwrap_or(0))
    }
}

/// How many bits are learned about at one place: 64 for the length of a number or a choice, 64 for the digit behind
/// the leading one of a number, by its length.
const WIDTH: usize = 128;
/// How fast the coder leaves what it learned from the example.
const DOUBT: u8 = 10;

pub(super) enum Mode<'a> {
    Learn,
    Write(Encoder),
    Read(Decoder<'a>),
}

pub(super) struct Coder<'a> {
    mode: Mode<'a>,
    bits: Vec<Bit>,
    pub(super) prose: super::prose::Prose,
    /// The clock as far as the lines tell, the last message's ends, and the like: see `lines`.
    pub(super) memory: super::lines::Memory,
}

impl<'a> Coder<'a> {
    /// A coder that knows nothing but how many places there are.
    pub(super) fn new(places: u16) -> Coder<'a> {
        let place = (0..WIDTH).map(|i| match i {
            // Of a number's length or a choice, the upper half is rare, and its upper half rarer.
            32 => Bit::with(1 << 10),
            16 => Bit::with(1 << 12),
            8 => Bit::with(1 << 13),
            _ => Bit::even(),
        });
        let place: Vec<Bit> = place.collect();
        Coder {
            mode: Mode::Learn,
            bits: place.repeat(usize::from(places)),
            prose: super::prose::Prose::new(),
            memory: super::lines::Memory::default(),
        }
    }

    /// Ends the learning, and begins to write or read.
    pub(super) fn begin(&mut self, mode: Mode<'a>) {
        self.bits.iter_mut().for_each(|bit| bit.doubt(DOUBT));
        self.prose.doubt();
        self.memory = super::lines::Memory::default();
        self.mode = mode;
    }

    /// Everything written.
    pub(super) fn finish(self) -> Vec<u8> {
        match self.mode {
            Mode::Write(encoder) => encoder.finish(),
            _ => Vec::new(),
        }
    }

    /// A bit of this chance.
    pub(super) fn bit(&mut self, one: u32, bit: bool) -> bool {
        match &mut self.mode {
            Mode::Learn => bit,
            Mode::Write(encoder) => {
                encoder.bit(one, bit);
                bit
            }
            Mode::Read(decoder) => decoder.bit(one),
        }
    }

    fn learned(&mut self, place: Place, slot: usize, bit: bool) -> bool {
        let at = usize::from(place.0) * WIDTH + slot;
        let Some(one) = self.bits.get(at).map(|bit| bit.chance()) else { return bit };
        let bit = self.bit(one, bit);
        if let Some(model) = self.bits.get_mut(at) {
            model.learn(bit);
        }
        bit
    }

    /// A bit about which two places know something: the more a place has seen, the more its word counts, and the
    /// second, which knows the more special case, counts more.
    fn learned_twice(&mut self, places: [Place; 2], slot: usize, bit: bool) -> bool {
        let [wide, narrow] = places.map(|place| usize::from(place.0) * WIDTH + slot);
        let (Some(one), Some(two)) = (self.bits.get(wide).copied(), self.bits.get(narrow).copied()) else {
            return bit;
        };
        let weights = [one.seen() + 1, two.seen() * 2];
        let chance = (one.chance() * weights[0] + two.chance() * weights[1]) / (weights[0] + weights[1]);
        let bit = self.bit(chance, bit);
        for at in [wide, narrow] {
            if let Some(model) = self.bits.get_mut(at) {
                model.learn(bit);
            }
        }
        bit
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, place: Place, flag: bool) -> bool {
        self.learned(place, 0, flag)
    }

    /// A number below `limit`, which is at most 64: halved until one is left. The halves never depend on the limit,
    /// so that a list to which things are added keeps its old codes.
    pub(super) fn choice(&mut self, place: Place, limit: u8, value: u8) -> u8 {
        halve(limit, value, |slot, upper| self.learned(place, slot, upper))
    }

    /// A choice about which two places know something.
    pub(super) fn choice_by(&mut self, places: [Place; 2], limit: u8, value: u8) -> u8 {
        halve(limit, value, |slot, upper| self.learned_twice(places, slot, upper))
    }

    /// Any number below 2^63: its length in binary digits, then the digits. The length and the digit behind the
    /// leading one are learned, the others are taken as they come.
    pub(super) fn number(&mut self, place: Place, number: u64) -> u64 {
        let number = number.min((1 << 63) - 1) + 1;
        let length = u8::try_from(number.ilog2()).unwrap_or(63);
        let length = self.choice(place, 64, length);
        let mut read = 1;
        for digit in (0..length).rev() {
            let bit = number >> digit & 1 == 1;
            let bit = if digit + 1 == length {
                self.learned(place, WIDTH / 2 + usize::from(length), bit)
            } else {
                self.bit(1 << 14, bit)
            };
            read = read << 1 | u64::from(bit);
        }
        read - 1
    }

    /// A number that may be negative: 0, -1, 1, -2, 2 and so on.
    pub(super) fn signed(&mut self, place: Place, number: i64) -> i64 {
        let folded = self.number(place, (number << 1 ^ number >> 63).cast_unsigned());
        (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed()
    }
}

fn halve(limit: u8, value: u8, mut bit: impl FnMut(usize, bool) -> bool) -> u8 {
    let (mut low, mut half) = (0_u8, 32_u8);
    while half > 0 {
        let middle = low + half;
        if middle < limit && bit(usize::from(middle), value >= middle) {
            low = middle;
        }
        half /= 2;
    }
    low
}
