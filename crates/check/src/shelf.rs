//! Values by index, in lists that are cheap to clone.

use protocol::Index;
use sim::Chunks;

/// No value: the end of a chain, the foot of a log.
pub(crate) const NONE: u32 = u32::MAX;

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

    /// How many indexes there are, from 0 to the highest with a value.
    pub(crate) fn indexes(&self) -> Index {
        self.newest.len() as Index
    }

    /// All values, in the order of their numbers.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter().map(|(value, _)| value)
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
