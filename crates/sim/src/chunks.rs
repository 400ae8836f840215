//! Lists that only grow and are cheap to clone.

use std::sync::Arc;

/// Values to a chunk, and chunks to a block.
const CHUNK: usize = 64;
const BLOCK: usize = CHUNK * CHUNK;

/// A list that only grows, in chunks of 64 that clones share, and blocks of 64 chunks that they share, too.
///
/// A clone copies one pointer for every 4,096 values; the first change after a clone copies one block's pointers and
/// the one chunk that changes. So a checkpoint of a long run costs next to nothing.
#[derive(Clone, Debug)]
pub struct Chunks<T> {
    blocks: Vec<Arc<Vec<Arc<Vec<T>>>>>,
    len: usize,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks { blocks: Vec::new(), len: 0 }
    }
}

impl<T: Clone> Chunks<T> {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value at a place, from 0.
    #[inline]
    pub fn get(&self, place: usize) -> Option<&T> {
        self.blocks.get(place / BLOCK)?.get(place / CHUNK % CHUNK)?.get(place % CHUNK)
    }

    /// The last value.
    pub fn last(&self) -> Option<&T> {
        self.get(self.len.checked_sub(1)?)
    }

    /// All values in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.blocks.iter().flat_map(|block| block.iter().flat_map(|chunk| chunk.iter()))
    }

    /// Puts a value behind the last one.
    pub fn push(&mut self, value: T) {
        if self.len.is_multiple_of(BLOCK) {
            self.blocks.push(Arc::default());
        }
        let Some(block) = self.blocks.last_mut().map(Arc::make_mut) else { return };
        if self.len.is_multiple_of(CHUNK) {
            block.push(Arc::new(Vec::with_capacity(CHUNK)));
        }
        if let Some(chunk) = block.last_mut() {
            Arc::make_mut(chunk).push(value);
            self.len += 1;
        }
    }

    /// The value at a place, to be changed.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        let block = Arc::make_mut(self.blocks.get_mut(place / BLOCK)?);
        Arc::make_mut(block.get_mut(place / CHUNK % CHUNK)?).get_mut(place % CHUNK)
    }
}

impl<T: Clone> std::ops::Index<usize> for Chunks<T> {
    type Output = T;
    fn index(&self, place: usize) -> &T {
        &self.blocks[place / BLOCK][place / CHUNK % CHUNK][place % CHUNK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_keeps_what_it_had_when_the_original_goes_on() {
        for length in [0, 1, 64, 100, 4_095, 4_096, 4_097, 9_000] {
            let mut list = Chunks::default();
            (0..length).for_each(|value| list.push(value));
            let kept = list.clone();
            (length..length + 200).for_each(|value| list.push(value));
            if let Some(first) = list.get_mut(0) {
                *first = 7;
            }
            assert!(kept.iter().copied().eq(0..length) && list.iter().skip(1).copied().eq(1..length + 200));
            assert_eq!(
                (kept.len(), kept.last().copied(), kept.get(length)),
                (length, length.checked_sub(1), None)
            );
            assert_eq!((list[0], list[length + 199]), (7, length + 199));
        }
    }
}
