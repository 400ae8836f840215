//! Texts: each bit of each byte is foreseen from what came before it.
//!
//! Three models have their say: one that knows only what sort of text it is, one that knows the byte before, and one
//! that knows the two bytes before. A model counts the more, the more it has seen, and the one that knows more counts
//! more. Every text ends in a zero byte, which no scenario may hold.

use super::coder::Coder;
use super::range::Bit;

/// What a text is for.
#[derive(Clone, Copy)]
pub(super) enum Sort {
    /// A name: of a protocol, an invariant, a fact.
    Name = 1,
    /// A key of the store.
    Key = 2,
    /// A value of the store.
    Value = 3,
    /// Words for a reader.
    Words = 4,
}

/// The size of the table of pairs, in binary digits.
const PAIRS: u32 = 16;

pub(super) struct Prose {
    by_sort: Vec<Bit>,
    by_byte: Vec<Bit>,
    by_pair: Vec<Bit>,
}

impl Prose {
    pub(super) fn new() -> Prose {
        Prose {
            by_sort: vec![Bit::even(); 8 * 256],
            by_byte: vec![Bit::even(); 256 * 256],
            by_pair: vec![Bit::even(); 1 << PAIRS],
        }
    }

    /// Makes room for what the scenario in hand has to teach.
    pub(super) fn doubt(&mut self) {
        for bits in [&mut self.by_sort, &mut self.by_byte, &mut self.by_pair] {
            bits.iter_mut().for_each(|bit| bit.doubt(8));
        }
    }

    fn models(&mut self, sort: Sort, before: [u8; 2], node: u32) -> [&mut Bit; 3] {
        let [far, near] = before.map(u32::from);
        // A spread of (far, near, node) over the table; two that meet there only foresee a little worse.
        let spread = (far << 16 | near << 8 | node).wrapping_mul(0x9e37_79b1) >> (32 - PAIRS);
        let at = [(sort as u32) << 8 | node, near << 8 | node, spread].map(|at| at as usize);
        [&mut self.by_sort[at[0]], &mut self.by_byte[at[1]], &mut self.by_pair[at[2]]]
    }
}

impl Coder<'_> {
    /// A text of at most so many bytes; a reader stops there.
    pub(super) fn text(&mut self, sort: Sort, text: &str, most: usize) -> Vec<u8> {
        let mut before = [0, sort as u8];
        let mut read = Vec::new();
        let mut bytes = text.bytes().filter(|byte| *byte != 0);
        loop {
            let byte = self.byte(sort, before, bytes.next().unwrap_or(0));
            if byte == 0 || read.len() == most {
                return read;
            }
            read.push(byte);
            before = [before[1], byte];
        }
    }

    fn byte(&mut self, sort: Sort, before: [u8; 2], byte: u8) -> u8 {
        let mut node = 1;
        for place in (0..8).rev() {
            let models = self.prose.models(sort, before, node).map(|bit| *bit);
            let weights = [models[0].seen() + 1, models[1].seen() * 6, models[2].seen() * 24];
            let sum: u32 = models.iter().zip(weights).map(|(bit, weight)| bit.chance() * weight).sum();
            let bit = self.bit(sum / weights.iter().sum::<u32>(), byte >> place & 1 == 1);
            self.prose.models(sort, before, node).into_iter().for_each(|model| model.learn(bit));
            node = node << 1 | u32::from(bit);
        }
        u8::try_from(node & 0xff).unwrap_or(0)
    }
}
