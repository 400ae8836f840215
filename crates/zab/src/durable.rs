//! What survives a crash, and what is still on its way to the disk.

use crate::history::{History, Txn};
use crate::node::{Fx, Zab};
use crate::rules;
use protocol::{Digest, Fact, Index, Observer, Requirement, Term, WriteId, values};
use std::collections::VecDeque;

/// The persistent variables of a server (Zab 1.0, *Definitions*; Medeiros 2012).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Durable {
    /// `acceptedEpoch`: the epoch of the last LEADERINFO that it accepted.
    pub accepted_epoch: Term,
    /// `currentEpoch`: the epoch of the last NEWLEADER that it accepted.
    pub current_epoch: Term,
    /// The transactions that it logged.
    pub history: History,
}

/// One write.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Delta {
    /// A new `acceptedEpoch`.
    AcceptedEpoch(Term),
    /// A new `currentEpoch`.
    CurrentEpoch(Term),
    /// A transaction behind the last one.
    Log(Txn),
    /// What synchronization brought: so many transactions stay, and these follow.
    Synchronize {
        /// How many stay.
        keep: Index,
        /// What follows them.
        txns: Vec<Txn>,
    },
}

impl protocol::Durable for Durable {
    type Delta = Delta;

    fn write(&mut self, delta: Delta) {
        match delta {
            Delta::AcceptedEpoch(epoch) => self.accepted_epoch = epoch,
            Delta::CurrentEpoch(epoch) => self.current_epoch = epoch,
            Delta::Log(txn) => {
                self.history.push(txn);
            }
            Delta::Synchronize { keep, txns } => {
                self.history.keep(keep);
                txns.into_iter().for_each(|txn| {
                    self.history.push(txn);
                });
            }
        }
    }

    /// Whoever names its leader speaks of `currentEpoch`, too: it has accepted that leader's NEWLEADER. A later epoch on
    /// disk makes what a message said of an earlier one void.
    fn covers(&self, need: &Requirement) -> bool {
        self.accepted_epoch > need.term
            || self.accepted_epoch == need.term
                && (need.supported.is_none() || self.current_epoch >= need.term)
                && (need.index == 0 || self.history.hash_at(need.index) == Some(need.hash))
    }

    fn digest(&self, digest: &mut Digest) {
        self.accepted_epoch.digest(digest);
        self.current_epoch.digest(digest);
        self.history.last_zxid().digest(digest);
        digest.word(self.history.last_index());
        digest.word(self.history.hash_at(self.history.last_index()).unwrap_or_default());
    }

    fn log_end(&self) -> Option<(Index, u64)> {
        let last = self.history.last_index();
        self.history.hash_at(last).map(|hash| (last, hash))
    }
}

/// How much of the history has reached the disk.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Flushing {
    /// The history is on disk up to here.
    pub(crate) durable_index: Index,
    /// Writes of transactions, each with the last place that it brings.
    under_way: VecDeque<(WriteId, Index)>,
    /// The last write that is on disk.
    pub(crate) done: WriteId,
}

impl Flushing {
    /// All of a history that was just read from the disk.
    pub(crate) fn done(durable_index: Index) -> Flushing {
        Flushing { durable_index, ..Flushing::default() }
    }

    fn finish(&mut self, write: WriteId) {
        self.done = self.done.max(write);
        while let Some((_, last)) = self.under_way.pop_front_if(|(under_way, _)| *under_way <= write) {
            self.durable_index = last;
        }
    }

    /// The end of the history is gone: what was or would have been there does not count.
    fn keep(&mut self, last: Index) {
        self.durable_index = self.durable_index.min(last);
        for (_, index) in &mut self.under_way {
            *index = (*index).min(last);
        }
    }
}

impl Zab {
    /// Moves `acceptedEpoch` on, which binds this server to refuse every earlier leader.
    pub(crate) fn accept_epoch<O: Observer>(&mut self, epoch: Term, fx: &mut Fx<'_, O>) -> WriteId {
        self.accepted_epoch = epoch;
        fx.fact(|| Fact::TermAdopted { term: epoch });
        fx.persist(Delta::AcceptedEpoch(epoch))
    }

    /// Moves `currentEpoch` on: from now on this server speaks for that leader's history.
    pub(crate) fn enter_epoch<O: Observer>(&mut self, epoch: Term, fx: &mut Fx<'_, O>) -> WriteId {
        self.current_epoch = epoch;
        fx.persist(Delta::CurrentEpoch(epoch))
    }

    /// Logs one transaction behind the last one.
    pub(crate) fn log_txn<O: Observer>(&mut self, txn: Txn, fx: &mut Fx<'_, O>) -> Index {
        let index = self.push(txn.clone(), fx);
        let write = fx.persist(Delta::Log(txn));
        self.flushing.under_way.push_back((write, index));
        index
    }

    /// Makes the history what synchronization says: so many transactions stay, and these follow.
    pub(crate) fn synchronize<O: Observer>(&mut self, keep: Index, txns: Vec<Txn>, fx: &mut Fx<'_, O>) {
        let removes = keep < self.history.last_index();
        if !removes && txns.is_empty() {
            return;
        }
        if removes {
            self.history.keep(keep);
            self.flushing.keep(keep);
            fx.fact(|| Fact::Truncated { from: keep + 1 });
        }
        for txn in &txns {
            self.push(txn.clone(), fx);
        }
        let write = fx.persist(Delta::Synchronize { keep, txns });
        self.flushing.under_way.push_back((write, self.history.last_index()));
    }

    fn push<O: Observer>(&mut self, txn: Txn, fx: &mut Fx<'_, O>) -> Index {
        let (term, content) = (Term::new(txn.zxid.epoch), txn.content.hash());
        let index = self.history.push(txn);
        fx.fact(|| Fact::Appended {
            index,
            term,
            hash: self.history.hash_at(index).unwrap_or_default(),
            content,
        });
        index
    }

    /// The disk has caught up. A leader counts itself like any other: once it is on disk, and no sooner.
    pub(crate) fn on_persisted<O: Observer>(&mut self, write: WriteId, fx: &mut Fx<'_, O>) {
        let before = self.flushing.durable_index;
        self.flushing.finish(write);
        self.count_itself(self.flushing.durable_index > before, fx);
    }

    /// What a server that boots finds on its disk, less what a rule that is off lets it forget.
    pub(crate) fn recall<O: Observer>(durable: &Durable, fx: &mut Fx<'_, O>) -> Durable {
        let mut recalled = durable.clone();
        let (accepted, current) = (durable.accepted_epoch, durable.current_epoch);
        if accepted.number > 0
            && !fx.applies(rules::ACCEPTED_EPOCH_SURVIVES_CRASH, values![accepted, current])
        {
            recalled.accepted_epoch = current;
        }
        let logged = Term::new(durable.history.last_zxid().epoch);
        if current.number > 0 && !fx.applies(rules::CURRENT_EPOCH_SURVIVES_CRASH, values![current, logged]) {
            recalled.current_epoch = logged;
        }
        recalled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncation_takes_back_what_is_durable_and_what_is_under_way() {
        let mut flushing = Flushing::done(5);
        flushing.under_way.push_back((WriteId(1), 8));
        flushing.keep(3);
        assert_eq!(flushing.durable_index, 3);
        flushing.under_way.push_back((WriteId(3), 6));
        flushing.finish(WriteId(1));
        assert_eq!(flushing.durable_index, 3);
        flushing.finish(WriteId(3));
        assert_eq!((flushing.durable_index, flushing.done), (6, WriteId(3)));
    }
}
