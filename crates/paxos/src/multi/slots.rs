//! A row of slots, any of which may be empty.

use protocol::{Digest, Index};
use std::sync::Arc;

/// A place in the sequence of commands, counted from 1 (Van Renesse and Altinbuken).
pub type Slot = Index;

/// Slots to a chunk.
const CHUNK: usize = 64;

/// Something in slot 1, something in slot 2, …, with holes.
///
/// Chunks of 64 slots are shared between clones, so that a checkpoint of many slots is cheap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slots<T> {
    chunks: Vec<Arc<Vec<Option<T>>>>,
    last: Slot,
}

impl<T> Default for Slots<T> {
    fn default() -> Slots<T> {
        Slots { chunks: Vec::new(), last: 0 }
    }
}

impl<T: Clone> Slots<T> {
    /// The last slot that was ever filled; 0 if none was.
    pub fn last(&self) -> Slot {
        self.last
    }

    /// What is in a slot.
    pub fn get(&self, slot: Slot) -> Option<&T> {
        let (chunk, place) = place(slot)?;
        self.chunks.get(chunk)?.get(place)?.as_ref()
    }

    /// Fills a slot, and gives back what was there.
    pub(crate) fn put(&mut self, slot: Slot, value: T) -> Option<T> {
        self.spot(slot)?.replace(value)
    }

    /// Empties a slot, and gives back what was there.
    pub(crate) fn take(&mut self, slot: Slot) -> Option<T> {
        self.get(slot)?;
        self.spot(slot)?.take()
    }

    /// What is in a slot, to be changed; the default value if it was empty.
    pub(crate) fn at(&mut self, slot: Slot) -> Option<&mut T>
    where
        T: Default,
    {
        self.spot(slot).map(|spot| spot.get_or_insert_default())
    }

    /// The filled slots from one on, in order.
    pub fn from(&self, slot: Slot) -> impl Iterator<Item = (Slot, &T)> {
        (slot.max(1)..=self.last).filter_map(|slot| self.get(slot).map(|value| (slot, value)))
    }

    fn spot(&mut self, slot: Slot) -> Option<&mut Option<T>> {
        let (chunk, place) = place(slot)?;
        while self.chunks.len() <= chunk {
            self.chunks.push(Arc::default());
        }
        self.last = self.last.max(slot);
        let row = Arc::make_mut(&mut self.chunks[chunk]);
        if row.len() <= place {
            row.resize(place + 1, None);
        }
        row.get_mut(place)
    }
}

/// The chunk of a slot, and its place there. Slot 0 has none.
fn place(slot: Slot) -> Option<(usize, usize)> {
    let at = usize::try_from(slot.checked_sub(1)?).ok()?;
    Some((at / CHUNK, at % CHUNK))
}

/// The share of one slot in a fingerprint. Shares are joined by exclusive or, so that each can be taken back alone.
pub(crate) fn share(slot: Slot, feed: impl FnOnce(&mut Digest)) -> u64 {
    let mut digest = Digest::default();
    digest.word(slot);
    feed(&mut digest);
    digest.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_in_any_order_and_holes_are_passed_over() {
        let mut slots = Slots::default();
        for (slot, value) in [(70, 'c'), (1, 'a'), (3, 'b'), (3, 'B')] {
            slots.put(slot, value);
        }
        assert_eq!(slots.from(0).collect::<Vec<_>>(), [(1, &'a'), (3, &'B'), (70, &'c')]);
        assert_eq!((slots.get(0), slots.get(2), slots.get(71), slots.last()), (None, None, None, 70));
        assert_eq!((slots.take(3), slots.take(3), slots.get(3)), (Some('B'), None, None));
    }

    #[test]
    fn equal_slots_are_equal_however_they_were_filled() {
        let filled = |order: [Slot; 3]| {
            let mut slots = Slots::default();
            for slot in order {
                slots.put(slot, slot);
            }
            slots
        };
        assert_eq!(filled([1, 2, 100]), filled([100, 2, 1]));
        assert_ne!(filled([1, 2, 100]), filled([1, 3, 100]));
    }
}
