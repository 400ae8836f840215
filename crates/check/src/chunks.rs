//! Lists that only grow and are cheap to clone.

use protocol::Index;
use std::sync::Arc;

/// Values to a chunk.
const CHUNK: usize = 64;

/// No value: the end of a chain, the foot of a log.
pub(crate) const NONE: u32 = u32::MAX;

/// A list that only grows, in chunks of 64 that clones share.
///
/// A clone copies one pointer for each chunk; the first change after a clone copies the chunk that changes. So a
/// checkpoint of a long run costs next to nothing, and does not cost more for every value that it holds.
#[derive(Clone, Debug)]
pub struct Chunks<T> {
    chunks: Vec<Arc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Chunks { chunks: Vec::new(), len: 0 }
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
    pub fn get(&self, place: usize) -> Option<&T> {
        self.chunks.get(place / CHUNK)?.get(place % CHUNK)
    }

    /// The last value.
    pub fn last(&self) -> Option<&T> {
        self.chunks.last()?.last()
    }

    /// All values in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    pub(crate) fn push(&mut self, value: T) {
        if self.len.is_multiple_of(CHUNK) {
            self.chunks.push(Arc::new(Vec::with_capacity(CHUNK)));
        }
        if let Some(chunk) = self.chunks.last_mut() {
            Arc::make_mut(chunk).push(value);
            self.len += 1;
        }
    }

    pub(crate) fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        Arc::make_mut(self.chunks.get_mut(place / CHUNK)?).get_mut(place % CHUNK)
    }
}

impl<T: Clone> std::ops::Index<usize> for Chunks<T> {
    type Output = T;
    fn index(&self, place: usize) -> &T {
        &self.chunks[place / CHUNK][place % CHUNK]
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
        let mut list = Chunks::default();
        (0..100).for_each(|value| list.push(value));
        let kept = list.clone();
        (100..200).for_each(|value| list.push(value));
        *list.get_mut(70).unwrap() = 7;
        assert_eq!(kept.iter().copied().collect::<Vec<_>>(), (0..100).collect::<Vec<_>>());
        assert_eq!(
            (list.len(), list[70], list[199], kept.last(), kept.get(100)),
            (200, 7, 199, Some(&99), None)
        );
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
