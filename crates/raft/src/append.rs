//! AppendEntries at the receiver (Raft Fig. 2, §5.3): how a follower's log becomes the leader's.

use crate::message::{AppendEntries, AppendEntriesReply, Message, Outcome};
use crate::node::{Fx, Raft, Role};
use crate::options::Backtracking;
use crate::rules;
use protocol::{Entries, Index, NodeId, Observer, Term, Time, values};

impl Raft {
    /// *AppendEntries, receiver implementation*, step by step.
    pub(crate) fn on_append_entries<O: Observer>(
        &mut self,
        now: Time,
        request: AppendEntries,
        fx: &mut Fx<'_, O>,
    ) {
        let (leader, prev) = (request.leader_id, request.prev_log_index);
        // 1. Reply false if term < currentTerm (§5.1).
        if request.term < self.current_term {
            let terms = values![leader, request.term, self.current_term];
            if !fx.allows(rules::REFUSE_STALE_LEADERS, false, terms) {
                return self.reply_to_append(leader, prev, Outcome::Stale, fx);
            }
        }
        if !self.follow(now, leader, fx) {
            return;
        }
        // 2. Reply false if log doesn't contain an entry at prevLogIndex whose term matches prevLogTerm (§5.3).
        if !self.has_prev_entry(&request, fx) {
            let outcome = self.mismatch(prev, request.prev_log_term);
            return self.reply_to_append(leader, prev, outcome, fx);
        }
        // 3. and 4.
        let (last_new, leader_commit, sent) =
            (request.last_new(), request.leader_commit, !request.entries.is_empty());
        self.store(prev, request.entries, fx);
        // 5.
        self.learn_commit_index(leader, leader_commit, last_new, fx);

        if sent && self.flushing.durable_index < last_new {
            fx.applies(rules::DISK_BEFORE_SEND, values![]);
        }
        let match_hash = self.log.hash_at(last_new).unwrap_or_default();
        self.reply_to_append(leader, prev, Outcome::Success { match_index: last_new, match_hash }, fx);
    }

    fn reply_to_append<O: Observer>(
        &self,
        leader: NodeId,
        prev_log_index: Index,
        outcome: Outcome,
        fx: &mut Fx<'_, O>,
    ) {
        let reply = AppendEntriesReply { term: self.current_term, prev_log_index, outcome };
        self.send_from_disk(leader, Message::AppendEntriesReply(reply), fx);
    }

    /// Recognises the leader of the current term (§5.2). False if the message is not to be looked at any further.
    fn follow<O: Observer>(&mut self, now: Time, leader: NodeId, fx: &mut Fx<'_, O>) -> bool {
        match self.role {
            Role::Follower => {}
            // A second leader in one term: Election Safety says that there is none. A rule must be off.
            Role::Leader(_) => return false,
            Role::PreCandidate { .. } | Role::Candidate { .. } => {
                let values = values![leader, self.current_term];
                if !fx.applies(rules::YIELD_TO_LEADER, values) {
                    return false;
                }
                self.become_follower(fx);
                self.keep_vote(fx);
            }
        }
        self.leader = Some(leader);
        self.heard_at = now;
        if fx.applies(rules::HEARTBEATS_RESTART_TIMER, values![leader]) {
            self.restart_election_timer(fx);
        }
        true
    }

    /// The term is the same, so the vote of this term stays spent.
    fn keep_vote<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Some(node) = self.voted_for else { return };
        if !fx.applies(rules::KEEP_VOTE_ON_STEP_DOWN, values![node, self.current_term]) {
            self.voted_for = None;
            self.persist_hard_state(fx);
        }
    }

    /// The consistency check: by induction, two logs that agree in one entry agree in all before it.
    fn has_prev_entry<O: Observer>(&self, request: &AppendEntries, fx: &mut Fx<'_, O>) -> bool {
        let (prev, leader) = (request.prev_log_index, request.leader_id);
        let Some(term) = self.log.term_at(prev) else {
            return fx.allows(rules::PREV_ENTRY_EXISTS, false, values![leader, prev, self.log.last_index()]);
        };
        let matches = term == request.prev_log_term;
        // Every log agrees before its first entry, and a heartbeat that fits is not worth a word.
        if matches && (prev == 0 || request.entries.is_empty()) {
            return true;
        }
        let terms = values![leader, prev, term, request.prev_log_term];
        fx.allows(rules::PREV_TERM_MATCHES, matches, terms)
    }

    /// Where the leader should look next, as far as this server can tell (§5.3, end).
    fn mismatch(&self, prev: Index, prev_term: Term) -> Outcome {
        let last = self.log.last_index();
        let (conflict_index, conflict_term) = match self.options.backtracking {
            Backtracking::Decrement => (prev, Term::default()),
            Backtracking::LengthHint => (last + 1, Term::default()),
            Backtracking::ConflictTerm if prev > last => (last + 1, Term::default()),
            Backtracking::ConflictTerm => {
                let term = self.log.term_at(prev).unwrap_or_default();
                let first = (1..prev).rev().take_while(|index| self.log.term_at(*index) == Some(term)).last();
                (first.unwrap_or(prev), term)
            }
            Backtracking::Etcd => {
                let index = self.last_at_or_below(prev.min(last), prev_term);
                (index + 1, self.log.term_at(index).unwrap_or_default())
            }
        };
        Outcome::Mismatch { conflict_index, conflict_term }
    }

    /// The last index, not past `index`, whose term is at most `term`. Terms never decrease along a log, so no entry
    /// between the two can be one that a log with `term` at `index` shares.
    pub(crate) fn last_at_or_below(&self, index: Index, term: Term) -> Index {
        (1..=index).rev().find(|index| self.log.term_at(*index).is_some_and(|at| at <= term)).unwrap_or(0)
    }

    /// Steps 3 and 4 of the receiver.
    fn store<O: Observer>(&mut self, prev: Index, mut entries: Entries, fx: &mut Fx<'_, O>) {
        let last = self.log.last_index();
        // Equal to `prev`, unless the rule against holes is off: then what would leave one slides down.
        let base = prev.min(last);
        let known = (base + 1..)
            .zip(&entries)
            .take_while(|(index, entry)| self.log.term_at(*index) == Some(entry.term))
            .count();
        let first = base + 1 + known as Index;
        let last_new = base + entries.len() as Index;

        if known == entries.len() {
            // Nothing new: a heartbeat, or an old message that was overtaken. What follows may well be newer.
            let values = values![base, last, last_new];
            if last > last_new && !fx.applies(rules::KEEP_WHAT_MATCHES, values) {
                self.truncate(last_new + 1, fx);
            }
            return;
        }
        entries.drain(..known);
        // 3. If an existing entry conflicts with a new one (same index but different terms), delete the existing
        //    entry and all that follow it (§5.3).
        if first <= last {
            let mine = self.log.term_at(first).unwrap_or_default();
            let values = values![first, mine, entries[0].term];
            if !fx.applies(rules::DELETE_ALL_THAT_FOLLOWS, values) {
                entries.extend(self.log.slice(last_new + 1, usize::MAX));
            }
            self.truncate(first, fx);
        }
        // 4. Append any new entries not already in the log.
        self.append(entries, fx);
    }
}
