//! Lists that only grow and are cheap to clone.

use protocol::Index;
use std::sync::Arc;

/// Values to a chunk, and chunks to a block.
const CHUNK: usize = 64;
const BLOCK: usize = CHUNK * CHUNK;

/// No value: the end of a chain, the foot of a log.
pub(crate) const NONE: u32 = u32::MAX;

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

    pub(crate) fn push(&mut self, value: T) {
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

    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
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

/// Several values to an index, each with a number of its own that never changes.
#[derive(Clone, Debug)]
pub(crate) struct Shelf<T> {
    /// The number of the newest value at each index.
    newest: Chunks<u32>,
    /// Each value with the number of the next older one at its index.
    values: Chunks<(T, u32)>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Shelf { newest: Chunks::default(), values: Chunks::default() }
    }
}

impl<T: Clone> Shelf<T> {
    /// Puts one more value at an index and returns its number.
    pub(crate) fn push(&mut self, index: Index, value: T) -> u32 {
        let place = place(index);
        while self.newest.len() <= place {
            self.newest.push(NONE);
        }
        let number = u32::try_from(self.values.len()).unwrap_or(NONE);
        let older = self.newest.get_mut(place).map_or(NONE, |newest| std::mem::replace(newest, number));
        self.values.push((value, older));
        number
    }

    /// The values at an index with their numbers, newest first.
    pub(crate) fn at(&self, index: Index) -> impl Iterator<Item = (u32, &T)> {
        let mut next = self.newest.get(place(index)).copied().unwrap_or(NONE);
        std::iter::from_fn(move || {
            let (value, older) = self.values.get(place(next.into()))?;
            Some((std::mem::replace(&mut next, *older), value))
        })
    }

    /// The value with a number; nothing for [`NONE`].
    pub(crate) fn value(&self, number: u32) -> Option<&T> {
        self.values.get(place(number.into())).map(|(value, _)| value)
    }

    pub(crate) fn value_mut(&mut self, number: u32) -> Option<&mut T> {
        self.values.get_mut(place(number.into())).map(|(value, _)| value)
    }
}

fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
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

    #[test]
    fn a_shelf_gives_back_what_was_put_at_an_index_newest_first() {
        let mut shelf = Shelf::default();
        let first = shelf.push(3, 'a');
        shelf.push(70, 'b');
        shelf.push(3, 'c');
        assert_eq!(shelf.at(3).map(|(_, value)| *value).collect::<String>(), "ca");
        assert_eq!((shelf.at(4).count(), shelf.at(1_000).count()), (0, 0));
        assert_eq!((shelf.value(first), shelf.value(NONE)), (Some(&'a'), None));
    }
}
