//! Tables whose keys are digests already, or are mixed like one: no hash order matters, for nobody walks them.

use protocol::Digest;

/// Parts of a set, so that one that grows is copied in small pieces.
const SHARDS: usize = 64;

/// A set of digests: eight bytes each, and room.
#[derive(Debug)]
pub(crate) struct Keys {
    shards: Vec<Shard>,
    len: usize,
}

#[derive(Clone, Debug)]
struct Shard {
    /// 0 is no key.
    places: Vec<u64>,
    len: usize,
}

impl Default for Keys {
    fn default() -> Keys {
        Keys { shards: vec![Shard { places: vec![0; 64], len: 0 }; SHARDS], len: 0 }
    }
}

impl Keys {
    /// Puts a key in. False if it was there.
    #[inline]
    pub(crate) fn insert(&mut self, key: u64) -> bool {
        let key = key.max(1);
        let shard = &mut self.shards[low_bits(key >> 58)];
        let new = shard.insert(key);
        if new {
            self.len += 1;
            if shard.len * 4 > shard.places.len() * 3 {
                shard.grow();
            }
        }
        new
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// How many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.shards.iter().map(|shard| shard.places.capacity() * size_of::<u64>()).sum()
    }
}

impl Shard {
    #[inline]
    fn insert(&mut self, key: u64) -> bool {
        let mask = self.places.len() - 1;
        let mut place = low_bits(key) & mask;
        loop {
            match self.places[place] {
                0 => break,
                there if there == key => return false,
                _ => place = (place + 1) & mask,
            }
        }
        self.places[place] = key;
        self.len += 1;
        true
    }

    #[cold]
    fn grow(&mut self) {
        let double = vec![0; self.places.len() * 2];
        let old = std::mem::replace(&mut self.places, double);
        self.len = 0;
        old.into_iter().filter(|key| *key != 0).for_each(|key| _ = self.insert(key));
    }
}

/// Numbers under keys.
#[derive(Debug)]
pub(crate) struct Numbers {
    places: Vec<(u64, u32)>,
    len: usize,
}

/// Under which no number is kept.
const FREE: u32 = u32::MAX;

impl Default for Numbers {
    fn default() -> Numbers {
        Numbers { places: vec![(0, FREE); 64], len: 0 }
    }
}

impl Numbers {
    /// The number under a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        let (there, number) = self.places[self.place(key)];
        (number != FREE && there == key).then_some(number)
    }

    /// Keeps a number under a key that has none.
    pub(crate) fn put(&mut self, key: u64, number: u32) {
        if self.len * 3 > self.places.len() * 2 {
            let double = vec![(0, FREE); self.places.len() * 2];
            let old = std::mem::replace(&mut self.places, double);
            for (key, number) in old.into_iter().filter(|(_, number)| *number != FREE) {
                let place = self.place(key);
                self.places[place] = (key, number);
            }
        }
        let place = self.place(key);
        self.places[place] = (key, number);
        self.len += 1;
    }

    /// How many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.places.capacity() * size_of::<(u64, u32)>()
    }

    /// Where a key is, or would be.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut place = low_bits(Digest::from(key).finish()) & mask;
        while self.places[place].1 != FREE && self.places[place].0 != key {
            place = (place + 1) & mask;
        }
        place
    }
}

/// As much of a word as a place has.
#[expect(clippy::cast_possible_truncation, reason = "the low bits are all that is wanted")]
const fn low_bits(word: u64) -> usize {
    word as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_takes_each_key_once() {
        let mut keys = Keys::default();
        let key = |n: u64| Digest::from(n).finish();
        assert!((0..100_000).all(|n| keys.insert(key(n))));
        assert!((0..100_000).all(|n| !keys.insert(key(n))));
        assert!(keys.insert(key(100_000)));
        assert_eq!(keys.len(), 100_001);
        assert!(keys.bytes() >= 800_000);
    }

    #[test]
    fn a_number_is_found_under_its_key_and_no_other() {
        let mut numbers = Numbers::default();
        (0..50_000).for_each(|n| numbers.put(u64::from(n) << 20, n));
        assert!((0..50_000).all(|n| numbers.get(u64::from(n) << 20) == Some(n)));
        assert_eq!(numbers.get(1), None);
    }
}
