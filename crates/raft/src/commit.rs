//! Commitment: when an entry is safe for ever, who knows it, and what follows (Raft §5.3, §5.4.2).

use crate::node::{Fx, Leader, Raft, Role};
use crate::rules;
use protocol::{Command, Content, Entry, Fact, Index, NodeId, Observer, Reply, majority, values};

impl Raft {
    /// *Rules for leaders*: if there is an N > commitIndex that a majority of matchIndex\[i\] have reached, and
    /// log\[N\].term == currentTerm, set commitIndex = N.
    ///
    /// The clause about the term is the paper's Figure 8: a majority that holds an entry of an *earlier* term can
    /// still lose it to a candidate with a newer last term. An entry of the leader's own term shuts that candidate
    /// out, and commits all before it as well.
    pub(crate) fn advance_commit_index<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leader(leader) = &self.role else { return };
        let (of, own) = (self.servers.len(), self.own_match_index(fx));
        let mut index = self.held_by(majority(of), leader, own);
        if of.is_multiple_of(2) {
            let half = self.held_by(of / 2, leader, own);
            let values = values![of / 2, of, half, self.current_term];
            if half > index.max(self.commit_index) && fx.allows(rules::MORE_THAN_HALF, false, values) {
                index = half;
            }
        }
        if index <= self.commit_index {
            return;
        }
        let (term, current) = (self.log.term_at(index).unwrap_or_default(), self.current_term);
        let values = values![index, term, current];
        if !fx.allows(rules::COMMIT_OWN_TERM_ONLY, term == current, values) {
            return;
        }
        let first = self.commit_index + 1;
        let first_term = self.log.term_at(first).unwrap_or_default();
        let values = values![index, first, first_term, current];
        if first_term < current && !fx.applies(rules::LOOK_PAST_OLD_TERMS, values) {
            return;
        }
        self.commit_index = index;
        fx.fact(|| Fact::Committed { index, leading: true });
        fx.fact(|| Fact::Counted { index, servers: self.holders(index).bits() });
        self.apply_committed(fx);
    }

    /// The highest index past the commit index that at least `need` servers are known to hold; 0 if there is none.
    fn held_by(&self, need: usize, leader: &Leader, own: Index) -> Index {
        let match_index =
            |node: NodeId| if node == self.id { own } else { leader.peers[node.slot()].match_index };
        let held = self.servers.iter().map(match_index);
        held.clone()
            .filter(|index| *index > self.commit_index)
            .filter(|index| held.clone().filter(|other| other >= index).count() >= need)
            .max()
            .unwrap_or(0)
    }

    /// The leader's own `match_index`: what its disk holds, not what it is about to write (dissertation §10.2.1).
    fn own_match_index<O: Observer>(&self, fx: &mut Fx<'_, O>) -> Index {
        let (durable, last) = (self.flushing.durable_index, self.log.last_index());
        let values = values![durable, last];
        if durable < last && fx.allows(rules::COUNT_ITSELF_WHEN_DURABLE, false, values) {
            last
        } else {
            durable
        }
    }

    /// The leader's disk has caught up: it counts itself, and in a cluster of one that is the majority.
    pub(crate) fn count_own_entries<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if self.is_leader() {
            let (durable, last) = (self.flushing.durable_index, self.log.last_index());
            if durable == last {
                fx.allows(rules::COUNT_ITSELF_WHEN_DURABLE, true, values![durable, last]);
            }
            self.advance_commit_index(fx);
        }
    }

    /// *AppendEntries, receiver*, step 5: if leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index
    /// of last new entry).
    pub(crate) fn learn_commit_index<O: Observer>(
        &mut self,
        leader: NodeId,
        leader_commit: Index,
        last_new: Index,
        fx: &mut Fx<'_, O>,
    ) {
        // The message vouches for the log up to its last new entry; what this server holds beyond may be stale.
        let (checked, held) = (leader_commit.min(last_new), leader_commit.min(self.log.last_index()));
        let mut index = checked.min(self.log.last_index());
        let values = values![leader, checked, held, last_new];
        if held > self.commit_index && held > checked {
            if fx.allows(rules::COMMIT_ONLY_WHAT_WAS_CHECKED, false, values) {
                index = held;
            }
        } else if index > self.commit_index {
            fx.allows(rules::COMMIT_ONLY_WHAT_WAS_CHECKED, true, values);
        }
        let lower = index < self.commit_index;
        let values = values![leader, index, self.commit_index];
        if index == self.commit_index || lower && !fx.allows(rules::KEEP_HIGHER_COMMIT, false, values) {
            return;
        }
        self.commit_index = index;
        fx.fact(|| Fact::Committed { index, leading: false });
        self.apply_committed(fx);
    }

    /// *Rules for all servers*: if commitIndex > lastApplied, increment lastApplied and apply that entry.
    pub(crate) fn apply_committed<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        while self.last_applied < self.commit_index {
            let next = self.last_applied + 1;
            let values = values![next, self.commit_index];
            // With one entry to apply there is no order to break.
            let in_order = next == self.commit_index || fx.applies(rules::APPLY_IN_ORDER, values);
            let index = if in_order { next } else { self.commit_index };
            let Some(entry) = self.log.entry(index).cloned() else { return };
            self.last_applied = index;
            fx.fact(|| Fact::Applied { index, content: entry.content.hash() });
            let reply = self.apply(index, &entry, fx);
            self.respond(index, reply, fx);
        }
    }

    /// Gives an entry to the state machine, which runs no command twice (Raft §8).
    fn apply<O: Observer>(&mut self, index: Index, entry: &Entry, fx: &mut Fx<'_, O>) -> Option<Reply> {
        let Some(command) = entry.content.command() else { return self.state_machine.apply(&entry.content) };
        let values = values![command.client(), command.seq(), index];
        if fx.is_on(rules::RUN_EACH_COMMAND_ONCE) {
            if self.state_machine.has_run(command) {
                fx.applies(rules::RUN_EACH_COMMAND_ONCE, values);
            } else {
                fx.fact(|| ran(index, command));
            }
            return self.state_machine.apply(&entry.content);
        }
        let same =
            |index: &Index| self.log.entry(*index).is_some_and(|earlier| earlier.content == entry.content);
        if (1..index).any(|index| same(&index)) {
            fx.applies(rules::RUN_EACH_COMMAND_ONCE, values);
        }
        fx.fact(|| ran(index, command));
        // Under a name that no session has seen: that of the place in the log.
        let seq = u32::try_from(index).unwrap_or(u32::MAX);
        self.state_machine.apply(&Content::Command(Command::new(command.client(), seq, command.op().clone())))
    }
}

fn ran(index: Index, command: &Command) -> Fact {
    Fact::Ran { index, client: command.client(), seq: command.seq() }
}
