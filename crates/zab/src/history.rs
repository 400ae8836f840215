//! Zxids, transactions, and the history that they make.

use protocol::{Content, Digest, Entry, Index, Log, Term};
use std::fmt;

/// The name of a transaction for ever: the epoch whose leader proposed it, and that leader's count (DSN'11). It is
/// kept when a later leader passes the transaction on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zxid {
    /// The epoch of the leader that proposed it.
    pub epoch: u32,
    /// Which of that leader's proposals it is, from 1.
    pub counter: u32,
}

impl Zxid {
    /// What stands before a leader's first proposal: the zxid of its NEWLEADER.
    pub const fn of_epoch(epoch: Term) -> Zxid {
        Zxid { epoch: epoch.number, counter: 0 }
    }

    /// The same leader's next zxid.
    #[must_use]
    pub const fn next(self) -> Zxid {
        Zxid { epoch: self.epoch, counter: self.counter.wrapping_add(1) }
    }

    pub(crate) fn digest(self, digest: &mut Digest) {
        digest.word(u64::from(self.epoch) << 32 | u64::from(self.counter));
    }
}

/// As the papers write it: `(2,1)`.
impl fmt::Display for Zxid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.epoch, self.counter)
    }
}

/// A transaction: what is proposed, logged, committed and delivered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Txn {
    /// Its name.
    pub zxid: Zxid,
    /// A client's command.
    pub content: Content,
}

/// Transactions in the order in which a server accepted them.
///
/// Their zxids are kept as runs: in each run they count up by one. A history has as many runs as epochs have left
/// something in it, unless something is broken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct History {
    log: Log,
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Run {
    first: Index,
    zxid: Zxid,
}

impl Run {
    fn zxid_at(&self, index: Index) -> Zxid {
        let more = u32::try_from(index - self.first).unwrap_or(u32::MAX);
        Zxid { counter: self.zxid.counter.wrapping_add(more), ..self.zxid }
    }
}

impl History {
    /// How many transactions there are, which is also the place of the last.
    pub fn last_index(&self) -> Index {
        self.log.last_index()
    }

    /// The zxid of the last transaction; (0,0) if there is none.
    pub fn last_zxid(&self) -> Zxid {
        self.runs.last().map_or_else(Zxid::default, |run| run.zxid_at(self.last_index()))
    }

    /// The zxid at a place, from 1; (0,0) at 0 and past the end.
    pub fn zxid_at(&self, index: Index) -> Zxid {
        if index > self.last_index() {
            return Zxid::default();
        }
        let before = self.runs.partition_point(|run| run.first <= index);
        before.checked_sub(1).map_or_else(Zxid::default, |run| self.runs[run].zxid_at(index))
    }

    /// The last place whose zxid is not greater than the one given; 0 if there is none.
    pub fn floor(&self, zxid: Zxid) -> Index {
        let mut end = self.last_index();
        for run in self.runs.iter().rev() {
            if run.zxid <= zxid {
                // Of an earlier epoch the whole run comes before.
                let steps =
                    if run.zxid.epoch < zxid.epoch { u32::MAX } else { zxid.counter - run.zxid.counter };
                return end.min(run.first + Index::from(steps));
            }
            end = run.first - 1;
        }
        0
    }

    /// The place of a transaction; (0,0) stands at 0.
    pub fn place_of(&self, zxid: Zxid) -> Option<Index> {
        let index = self.floor(zxid);
        (self.zxid_at(index) == zxid).then_some(index)
    }

    /// The content at a place.
    pub fn content(&self, index: Index) -> Option<&Content> {
        self.log.entry(index).map(|entry| &entry.content)
    }

    /// The epoch in which the transaction at a place was proposed.
    pub fn epoch_at(&self, index: Index) -> Option<Term> {
        self.log.term_at(index)
    }

    /// The transaction at a place.
    pub fn txn(&self, index: Index) -> Option<Txn> {
        self.content(index).map(|content| Txn { zxid: self.zxid_at(index), content: content.clone() })
    }

    /// The transactions behind a place, up to another one.
    pub fn between(&self, after: Index, last: Index) -> Vec<Txn> {
        (after + 1..=last).filter_map(|index| self.txn(index)).collect()
    }

    /// The hash of the history up to a place.
    pub fn hash_at(&self, index: Index) -> Option<u64> {
        self.log.hash_at(index)
    }

    /// Puts a transaction behind the last one and returns its place.
    pub fn push(&mut self, txn: Txn) -> Index {
        let follows = !self.runs.is_empty() && self.last_zxid().next() == txn.zxid;
        let index = self.log.push(Entry { term: Term::new(txn.zxid.epoch), content: txn.content });
        if !follows {
            self.runs.push(Run { first: index, zxid: txn.zxid });
        }
        index
    }

    /// Keeps so many transactions and removes the rest.
    pub fn keep(&mut self, last: Index) {
        self.log.truncate_from(last + 1);
        while self.runs.pop_if(|run| run.first > last).is_some() {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zxid(epoch: u32, counter: u32) -> Zxid {
        Zxid { epoch, counter }
    }

    fn of(zxids: &[(u32, u32)]) -> History {
        let mut history = History::default();
        for (epoch, counter) in zxids {
            history.push(Txn { zxid: zxid(*epoch, *counter), content: Content::Noop });
        }
        history
    }

    #[test]
    fn a_history_knows_the_zxid_of_each_place_and_the_place_of_each_zxid() {
        let zxids = [(1, 1), (1, 2), (1, 3), (3, 1), (3, 2), (7, 1)];
        let history = of(&zxids);
        for (place, (epoch, counter)) in (1..).zip(zxids) {
            assert_eq!(history.zxid_at(place), zxid(epoch, counter));
            assert_eq!(history.place_of(zxid(epoch, counter)), Some(place));
        }
        assert_eq!(history.last_zxid(), zxid(7, 1));
        assert_eq!((history.zxid_at(0), history.zxid_at(7)), (Zxid::default(), Zxid::default()));
        assert_eq!(history.runs.len(), 3);
    }

    #[test]
    fn the_floor_of_an_unknown_zxid_is_the_greatest_one_before_it() {
        let history = of(&[(1, 1), (1, 2), (3, 1)]);
        let floors = [(0, 9), (1, 0), (1, 1), (1, 5), (2, 1), (3, 0), (3, 4), (9, 9)];
        let places = floors.map(|(epoch, counter)| history.floor(zxid(epoch, counter)));
        assert_eq!(places, [0, 0, 1, 2, 2, 2, 3, 3]);
        assert_eq!(history.place_of(zxid(2, 1)), None);
        assert_eq!(history.place_of(Zxid::default()), Some(0));
    }

    #[test]
    fn what_is_kept_looks_as_if_nothing_else_had_ever_been_there() {
        let zxids = [(1, 1), (1, 2), (3, 1), (3, 2)];
        for kept in 0..=4 {
            let mut history = of(&zxids);
            history.keep(kept);
            assert_eq!(history, of(&zxids[..usize::try_from(kept).unwrap()]));
        }
    }

    #[test]
    fn a_gap_begins_a_run_of_its_own() {
        let history = of(&[(1, 1), (1, 3)]);
        assert_eq!((history.zxid_at(1), history.zxid_at(2)), (zxid(1, 1), zxid(1, 3)));
        assert_eq!(history.floor(zxid(1, 2)), 1);
    }
}
