//! Sets of operations, small where operations come to an end.

/// A set of small numbers. Histories are done nearly in the order of their questions, so a key of a set leaves out
/// what is the same in nearly all of them: the full words at the beginning.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    words: Vec<u64>,
    /// How many words at the beginning are full.
    full: usize,
}

/// A set of numbers to be remembered: how many words are full, and the words after them.
pub(super) type Key = (usize, Box<[u64]>);

impl Marks {
    /// An empty set of numbers below a bound.
    pub(super) fn below(bound: usize) -> Marks {
        Marks { words: vec![0; bound.div_ceil(64)], full: 0 }
    }

    pub(super) fn insert(&mut self, number: usize) {
        self.words[number / 64] |= 1 << (number % 64);
        while self.words.get(self.full) == Some(&u64::MAX) {
            self.full += 1;
        }
    }

    pub(super) fn remove(&mut self, number: usize) {
        self.words[number / 64] &= !(1 << (number % 64));
        self.full = self.full.min(number / 64);
    }

    pub(super) fn key(&self) -> Key {
        let last = self.words.iter().rposition(|word| *word != 0).map_or(self.full, |last| last + 1);
        (self.full, self.words[self.full..last.max(self.full)].into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_have_the_same_key_if_and_only_if_they_are_the_same() {
        let of = |numbers: &[usize]| {
            let mut marks = Marks::below(200);
            numbers.iter().for_each(|number| marks.insert(*number));
            marks
        };
        let prefix: Vec<usize> = (0..130).collect();
        let mut marks = of(&prefix);
        assert_eq!(marks.key(), (2, [3].into()));
        marks.remove(5);
        assert_eq!(marks.key().0, 0);
        marks.insert(5);
        assert_eq!(marks.key(), of(&prefix).key());
        assert_ne!(of(&[1]).key(), of(&[65]).key());
        assert_eq!(of(&[]).key(), (0, [].into()));
    }
}
