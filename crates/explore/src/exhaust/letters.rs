//! Sets of messages, by their numbers.

/// A set, one bit for each message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters(Vec<u64>);

impl Letters {
    #[inline]
    pub(crate) fn has(&self, letter: u32) -> bool {
        self.0.get(letter as usize / 64).is_some_and(|word| word >> (letter % 64) & 1 == 1)
    }

    /// Puts a message in. True if it was not there.
    pub(crate) fn insert(&mut self, letter: u32) -> bool {
        let place = letter as usize / 64;
        if place >= self.0.len() {
            self.0.resize(place + 1, 0);
        }
        let before = self.0[place];
        self.0[place] |= 1 << (letter % 64);
        self.0[place] != before
    }

    /// True if all of these are among the others.
    pub(crate) fn is_within(&self, others: &Letters) -> bool {
        let other = |place: usize| others.0.get(place).copied().unwrap_or_default();
        self.0.iter().enumerate().all(|(place, word)| word & !other(place) == 0)
    }

    /// All in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> {
        (0u32..).zip(&self.0).flat_map(|(place, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = rest.trailing_zeros();
                rest &= rest.wrapping_sub(1);
                (bit < 64).then_some(place * 64 + bit)
            })
        })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<u64>()
    }
}

impl FromIterator<u32> for Letters {
    fn from_iter<I: IntoIterator<Item = u32>>(letters: I) -> Letters {
        let mut set = Letters::default();
        letters.into_iter().for_each(|letter| _ = set.insert(letter));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in_and_is_within_larger_ones() {
        let few: Letters = [3, 64, 700].into_iter().collect();
        let more: Letters = [700, 64, 5, 3].into_iter().collect();
        assert_eq!(few.iter().collect::<Vec<_>>(), [3, 64, 700]);
        assert!(few.is_within(&more) && !more.is_within(&few));
        assert!(few.has(64) && !few.has(65) && !few.has(5_000));
        assert!(Letters::default().is_within(&few) && !few.is_within(&Letters::default()));
    }
}
