//! What survives a crash, and what is still on its way to the disk.

use crate::node::{Fx, Raft, Role};
use crate::rules;
use protocol::{
    Digest, Entries, Entry, Fact, Index, Log, NodeId, Observer, Preset, Requirement, Term, WriteId, values,
};
use std::collections::VecDeque;

/// *Persistent state on all servers* (Raft Fig. 2).
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Durable {
    /// The latest term that the server has seen.
    pub current_term: Term,
    /// The candidate that got this server's vote in the current term.
    pub voted_for: Option<NodeId>,
    /// The log.
    pub log: Log,
}

/// One write to disk.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Delta {
    /// The term and the vote, together: a vote means nothing without its term.
    HardState {
        /// The new `current_term`.
        term: Term,
        /// The new `voted_for`.
        vote: Option<NodeId>,
    },
    /// Entries behind the end of the log.
    Append {
        /// The index of the first.
        from: Index,
        /// The entries.
        entries: Entries,
    },
    /// The end of the log goes.
    Truncate {
        /// The first index that goes.
        from: Index,
    },
}

impl protocol::Durable for Durable {
    type Delta = Delta;

    fn write(&mut self, delta: Delta) {
        match delta {
            Delta::HardState { term, vote } => (self.current_term, self.voted_for) = (term, vote),
            Delta::Truncate { from } => self.log.truncate_from(from),
            Delta::Append { from, entries } => {
                debug_assert_eq!(from, self.log.last_index() + 1, "writes arrive in order");
                for entry in entries {
                    self.log.push(entry);
                }
            }
        }
    }

    /// A later term on disk makes what a message said of an earlier one void: the vote is spent, and a leader of the
    /// later term may already have replaced the entries.
    fn covers(&self, need: &Requirement) -> bool {
        self.current_term > need.term
            || self.current_term == need.term
                && need.supported.is_none_or(|node| self.voted_for == Some(node))
                && (need.index == 0 || self.log.hash_at(need.index) == Some(need.hash))
    }

    fn digest(&self, digest: &mut Digest) {
        self.current_term.digest(digest);
        digest.word(self.voted_for.map_or(0, |node| u64::from(node.0)));
        digest.word(self.log.last_index());
        digest.word(self.log.hash_at(self.log.last_index()).unwrap_or_default());
    }

    fn log_end(&self) -> Option<(Index, u64)> {
        let last = self.log.last_index();
        self.log.hash_at(last).map(|hash| (last, hash))
    }

    fn preset(preset: &Preset, log: Log) -> Durable {
        Durable { current_term: Term::new(preset.term), voted_for: preset.vote, log }
    }
}

/// How much of the log has reached the disk.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Flushing {
    /// The log is on disk up to here.
    pub(crate) durable_index: Index,
    /// Writes of entries, each with the last index that it brings.
    under_way: VecDeque<(WriteId, Index)>,
}

impl Flushing {
    /// All of a log that was just read from the disk.
    pub(crate) fn done(durable_index: Index) -> Flushing {
        Flushing { durable_index, ..Flushing::default() }
    }

    /// Every write up to this one is on disk.
    fn finish(&mut self, write: WriteId) {
        while let Some((_, last)) = self.under_way.pop_front_if(|(under_way, _)| *under_way <= write) {
            self.durable_index = last;
        }
    }

    /// The end of the log is gone: what was or would have been there does not count.
    fn truncate(&mut self, from: Index) {
        let last = from.saturating_sub(1);
        self.durable_index = self.durable_index.min(last);
        for (_, index) in &mut self.under_way {
            *index = (*index).min(last);
        }
    }
}

impl Raft {
    /// Writes term and vote. "Updated on stable storage before responding to RPCs" (Fig. 2).
    pub(crate) fn persist_hard_state<O: Observer>(&mut self, fx: &mut Fx<'_, O>) -> WriteId {
        let booted = self.booted_term;
        let term = if fx.applies(rules::TERM_SURVIVES_CRASH, values![self.current_term, booted]) {
            self.current_term
        } else {
            booted
        };
        let vote = self.voted_for.filter(|node| fx.applies(rules::VOTE_SURVIVES_CRASH, values![*node, term]));
        fx.persist(Delta::HardState { term, vote })
    }

    /// Gives this server's vote of a term to a candidate.
    pub(crate) fn give_vote<O: Observer>(
        &mut self,
        term: Term,
        candidate: NodeId,
        fx: &mut Fx<'_, O>,
    ) -> WriteId {
        self.voted_for = Some(candidate);
        fx.fact(|| Fact::Supported { term, node: candidate });
        fx.applies(rules::DISK_BEFORE_SEND, values![]);
        self.persist_hard_state(fx)
    }

    /// Puts entries behind the end of the log.
    pub(crate) fn append<O: Observer>(&mut self, entries: Entries, fx: &mut Fx<'_, O>) {
        let from = self.log.last_index() + 1;
        for entry in &entries {
            self.push(entry.clone(), fx);
        }
        let write = fx.persist(Delta::Append { from, entries });
        self.flushing.under_way.push_back((write, self.log.last_index()));
    }

    fn push<O: Observer>(&mut self, entry: Entry, fx: &mut Fx<'_, O>) {
        let (term, content) = (entry.term, entry.content.hash());
        let index = self.log.push(entry);
        fx.fact(|| Fact::Appended {
            index,
            term,
            hash: self.log.hash_at(index).unwrap_or_default(),
            content,
        });
    }

    /// Removes the entry at `from` and all after it.
    pub(crate) fn truncate<O: Observer>(&mut self, from: Index, fx: &mut Fx<'_, O>) {
        self.log.truncate_from(from);
        fx.fact(|| Fact::Truncated { from });
        fx.persist(Delta::Truncate { from });
        self.flushing.truncate(from);
    }

    /// The disk has caught up. A server counts itself like any other: once it is on disk, and no sooner.
    pub(crate) fn on_persisted<O: Observer>(&mut self, write: WriteId, fx: &mut Fx<'_, O>) {
        let before = self.flushing.durable_index;
        self.flushing.finish(write);
        if self.flushing.durable_index > before {
            self.count_own_entries(fx);
        }
        if let Role::Candidate { votes_granted, own_vote } = &self.role
            && *own_vote <= write
            && !votes_granted.from.has(self.id)
        {
            self.count_vote(self.id, fx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncation_takes_back_what_is_durable_and_what_is_under_way() {
        let mut flushing = Flushing::done(5);
        flushing.under_way.push_back((WriteId(1), 8));
        flushing.truncate(4);
        assert_eq!(flushing.durable_index, 3);
        flushing.under_way.push_back((WriteId(3), 6));
        flushing.finish(WriteId(1));
        assert_eq!(flushing.durable_index, 3);
        flushing.finish(WriteId(3));
        assert_eq!(flushing.durable_index, 6);
    }
}
