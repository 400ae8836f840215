//! Raft Fig. 2, *AppendEntries* at the receiver (§5.3).

use super::SAFETY;
use protocol::{Grade, RuleInfo, Shape};

pub(super) const REFUSE_STALE_LEADERS: RuleInfo = RuleInfo {
    key: "refuse-stale-leaders",
    words: "A server refuses entries from a leader of an earlier term and answers with its own term.",
    source: "Raft Fig. 2 (AppendEntries 1); §5.1",
    promise: "leader-completeness",
    when_off: "It obeys the deposed leader, which may overwrite what the new one has committed.",
    shape: Shape { late: &["AppendEntries"], ..Shape::ANY },
    refused: "{me} refuses {n0}, who led term {1}: {me} is already in term {2}.",
    overridden: "{me} obeys {n0}, who led term {1}, although {me} is already in term {2}.",
    ..SAFETY
};

pub(super) const PREV_ENTRY_EXISTS: RuleInfo = RuleInfo {
    key: "prev-entry-exists",
    words: "A follower refuses entries if its log ends before the entry that should precede them.",
    source: "Raft Fig. 2 (AppendEntries 2); §5.3",
    promise: "state-machine-safety",
    when_off: "It puts them behind the end of its log, at indexes where they do not belong.",
    refused: "{me} refuses {n0}'s entries: they belong behind entry {1}, and {me}'s log ends at {2}.",
    overridden: "{me} takes {n0}'s entries, which belong behind entry {1}, although its log ends at {2}.",
    ..SAFETY
};

pub(super) const PREV_TERM_MATCHES: RuleInfo = RuleInfo {
    key: "prev-term-matches",
    words: "A follower refuses entries if the entry before them has another term than the leader's.",
    source: "Raft Fig. 2 (AppendEntries 2); §5.3",
    promise: "state-machine-safety",
    when_off: "It puts them behind an entry that the leader does not have.",
    held: "{me}'s entry {1} has term {2}, like {n0}'s: their logs agree up to there.",
    refused: "{me} refuses {n0}'s entries: entry {1} has term {2} here, and term {3} at {n0}.",
    overridden: "{me} takes {n0}'s entries, although entry {1} has term {2} here, and term {3} at {n0}.",
    ..SAFETY
};

pub(super) const KEEP_WHAT_MATCHES: RuleInfo = RuleInfo {
    key: "keep-what-matches",
    words: "A follower deletes entries only where they conflict with the leader's: a late message shortens no log.",
    source: "Raft Fig. 2 (AppendEntries 3); §5.3",
    promise: "leader-completeness",
    when_off: "It deletes all that follows the end of the message, even entries that the leader counts as stored.",
    shape: Shape { late: &["AppendEntries"], ..Shape::ANY },
    held: "{me} keeps its entries beyond {2}: nothing in this message contradicts them.",
    overridden: "{me} deletes its entries beyond {2}, although nothing in this message contradicts them.",
    ..SAFETY
};

pub(super) const DELETE_ALL_THAT_FOLLOWS: RuleInfo = RuleInfo {
    key: "delete-all-that-follows",
    words: "A follower deletes a conflicting entry and all that follow it.",
    source: "Raft Fig. 2 (AppendEntries 3); §5.3",
    promise: "log-terms-never-decrease",
    when_off: "It replaces the conflicting entries and keeps the old ones behind them.",
    held: "{me} deletes its log from entry {0} on and takes the leader's: entry {0} has term {1} here, and term {2} \
           there.",
    overridden: "{me} replaces entry {0}, which has term {1} here and term {2} at the leader, but keeps what stood \
                 behind it.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const COMMIT_ONLY_WHAT_WAS_CHECKED: RuleInfo = RuleInfo {
    key: "commit-only-what-was-checked",
    words: "A follower takes entries as committed only up to the last one that the leader's message spoke about.",
    source: "Raft Fig. 2 (AppendEntries 5); §5.3",
    promise: "state-machine-safety",
    when_off: "It goes by the end of its own log, where stale entries of a deposed leader may stand.",
    held: "{me} learns from {n0} that the entries up to {1} are committed.",
    refused: "{me} does not take its entry {2} as committed: this message from {n0} vouches for its log only up \
              to {3}.",
    overridden: "{me} takes its entry {2} as committed, although this message from {n0} vouches for its log only \
                 up to {3}.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const KEEP_HIGHER_COMMIT: RuleInfo = RuleInfo {
    key: "keep-higher-commit",
    words: "A server's commit index never goes back, whatever a leader that knows less says.",
    source: "Raft Fig. 2 (commitIndex)",
    promise: "commit-never-goes-back",
    when_off: "A follower sets its commit index to what the message says, even if that is lower.",
    refused: "{me} stays at commit index {2}: {n0}'s message speaks of {1} only.",
    overridden: "{me} lowers its commit index from {2} to {1}, because {n0}'s message says so.",
    refused_grade: Grade::Routine,
    ..SAFETY
};
