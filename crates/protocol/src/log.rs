//! The replicated log.

use crate::{Digest, Entry, Index, Term};
use smallvec::SmallVec;
use std::sync::Arc;

/// A few entries, as they travel in a message or a write. One entry needs no allocation.
pub type Entries = SmallVec<[Entry; 1]>;

/// Entries to a chunk.
const CHUNK: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Place {
    entry: Entry,
    /// The hash of this entry and of all before it.
    hash: u64,
}

/// Entries at indexes 1, 2, 3, … without gaps, each with the hash of the prefix that ends there.
///
/// Full chunks of 64 entries are shared between clones, so that a checkpoint of a long log is cheap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Log {
    full: Vec<Arc<Vec<Place>>>,
    tail: Vec<Place>,
}

impl Log {
    /// The index of the last entry; 0 for an empty log.
    #[inline]
    pub fn last_index(&self) -> Index {
        (self.full.len() * CHUNK + self.tail.len()) as Index
    }

    /// The term of the last entry; term 0 for an empty log.
    #[inline]
    pub fn last_term(&self) -> Term {
        self.term_at(self.last_index()).unwrap_or_default()
    }

    /// The term of the entry at an index: term 0 at index 0, nothing past the end.
    #[inline]
    pub fn term_at(&self, index: Index) -> Option<Term> {
        if index == 0 { Some(Term::default()) } else { self.place(index).map(|place| place.entry.term) }
    }

    /// The entry at an index.
    #[inline]
    pub fn entry(&self, index: Index) -> Option<&Entry> {
        self.place(index).map(|place| &place.entry)
    }

    /// The hash of all entries up to and including an index; 0 at index 0, nothing past the end.
    ///
    /// Two logs with the same hash at an index hold the same entries up to there.
    #[inline]
    pub fn hash_at(&self, index: Index) -> Option<u64> {
        if index == 0 { Some(0) } else { self.place(index).map(|place| place.hash) }
    }

    /// Puts an entry behind the last one and returns its index.
    pub fn push(&mut self, entry: Entry) -> Index {
        let mut digest = Digest::from(self.hash_at(self.last_index()).unwrap_or_default());
        entry.term.digest(&mut digest);
        digest.word(entry.content.hash());
        self.tail.push(Place { entry, hash: digest.finish() });
        if self.tail.len() == CHUNK {
            self.full.push(Arc::new(std::mem::take(&mut self.tail)));
        }
        self.last_index()
    }

    /// Removes the entry at an index and all after it. Index 0 counts as 1; an index past the end removes nothing.
    pub fn truncate_from(&mut self, index: Index) {
        let keep = usize::try_from(index.saturating_sub(1)).unwrap_or(usize::MAX);
        if keep >= self.full.len() * CHUNK {
            self.tail.truncate(keep - self.full.len() * CHUNK);
            return;
        }
        let opened = self.full[keep / CHUNK].clone();
        self.full.truncate(keep / CHUNK);
        self.tail = opened[..keep % CHUNK].to_vec();
    }

    /// The entries from an index on, at most `most` of them.
    pub fn slice(&self, from: Index, most: usize) -> Entries {
        (from.max(1)..=self.last_index()).take(most).filter_map(|index| self.entry(index).cloned()).collect()
    }

    /// All entries with their indexes, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Index, &Entry)> {
        (1..=self.last_index()).filter_map(|index| self.entry(index).map(|entry| (index, entry)))
    }

    #[inline]
    fn place(&self, index: Index) -> Option<&Place> {
        let at = usize::try_from(index.checked_sub(1)?).ok()?;
        let sealed = self.full.len() * CHUNK;
        if at >= sealed { self.tail.get(at - sealed) } else { self.full[at / CHUNK].get(at % CHUNK) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Content;

    fn log_of(terms: &[u32]) -> Log {
        let mut log = Log::default();
        for term in terms {
            log.push(Entry { term: Term::new(*term), content: Content::Noop });
        }
        log
    }

    #[test]
    fn it_behaves_like_a_plain_vector_across_chunk_borders() {
        for length in [0usize, 1, 63, 64, 65, 128, 200] {
            let terms: Vec<u32> = (0..length).map(|i| u32::try_from(i / 10).unwrap() + 1).collect();
            for cut in 0..=length + 2 {
                let mut log = log_of(&terms);
                log.truncate_from(cut as Index);
                let kept = &terms[..cut.saturating_sub(1).min(length)];
                assert_eq!(log.last_index(), kept.len() as Index);
                assert_eq!(log.iter().map(|(_, entry)| entry.term.number).collect::<Vec<_>>(), kept);
                assert_eq!(log, log_of(kept), "chunks stay canonical");
            }
        }
    }

    #[test]
    fn equal_prefixes_have_equal_hashes_and_different_ones_do_not() {
        let (a, b) = (log_of(&[1, 1, 2]), log_of(&[1, 1, 3]));
        assert_eq!(a.hash_at(2), b.hash_at(2));
        assert_ne!(a.hash_at(3), b.hash_at(3));
        assert_eq!(a.hash_at(0), Some(0));
        assert_eq!(a.hash_at(4), None);
    }
}
