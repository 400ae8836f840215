//! Raft Fig. 2, *Persistent state* and *Rules for all servers*.

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const TERM_SURVIVES_CRASH: RuleInfo = RuleInfo {
    key: "term-survives-crash",
    words: "A server writes each new term to its disk.",
    source: "Raft Fig. 2 (persistent state); dissertation §3.8",
    promise: "election-safety",
    when_off: "The term is never written: after a crash the server is back in an old term and may vote in it again.",
    needs: "a crash and a restart",
    shape: Shape { crashes: true, ..Shape::ANY },
    held: "{me} writes term {0} to its disk.",
    overridden: "{me} does not write term {0} to its disk: a crash would take it back to term {1}.",
    ..SAFETY
};

pub(super) const VOTE_SURVIVES_CRASH: RuleInfo = RuleInfo {
    key: "vote-survives-crash",
    words: "A server writes its vote to its disk, together with the term.",
    source: "Raft Fig. 2 (persistent state); dissertation §3.8",
    promise: "election-safety",
    when_off: "The vote is never written: after a crash the server may vote a second time in the same term.",
    needs: "a crash and a restart",
    shape: Shape { late: &["RequestVote"], crashes: true, ..Shape::ANY },
    held: "{me} writes its vote for {n0} to its disk.",
    overridden: "{me} does not write its vote for {n0} to its disk: a crash would make it forget the vote.",
    ..SAFETY
};

pub(super) const DISK_BEFORE_SEND: RuleInfo = RuleInfo {
    key: "disk-before-send",
    words: "A message that says what a server has voted or stored leaves only when that is on the server's disk.",
    source: "Raft Fig. 2 (persistent state); dissertation §3.8, §10.2.1",
    promise: "persist-before-send",
    when_off: "The message leaves at once: if the server crashes before its disk is done, it has told a lie.",
    needs: "a disk that takes time",
    shape: Shape { slow_disk: true, ..Shape::ANY },
    held: "{me} lets its disk finish before it tells anybody.",
    overridden: "{me} does not wait for its disk: if it crashed now, it would not remember what it says here.",
    ..SAFETY
};

pub(super) const APPLY_IN_ORDER: RuleInfo = RuleInfo {
    key: "apply-in-order",
    words: "A server applies committed entries in the order of their indexes and leaves none out.",
    source: "Raft Fig. 2 (all servers); §5.3",
    promise: "state-machine-safety",
    when_off: "A server that learns of several committed entries at once applies the last and forgets the others.",
    held: "{me} applies entry {0} first; entries up to {1} are committed.",
    overridden: "{me} applies entry {1} at once and leaves out the entries before it, from {0} on.",
    ..SAFETY
};

pub(super) const ADOPT_HIGHER_TERM: RuleInfo = RuleInfo {
    key: "adopt-higher-term",
    words: "A server that sees a newer term in any message, request or reply, moves to that term.",
    source: "Raft Fig. 2 (all servers); §5.1",
    when_off: "A server stays in its own term and drops messages from newer ones.",
    held: "{me} moves from term {2} to term {0}, which it learns from {n1}.",
    overridden: "{me} stays in term {2} and drops the message from {n1}, which is in term {0}.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const STEP_DOWN: RuleInfo = RuleInfo {
    key: "step-down",
    words: "A leader or candidate that sees a newer term becomes a follower.",
    source: "Raft Fig. 2 (all servers); §5.1",
    promise: "election-safety",
    when_off: "It takes the newer term and keeps its role: a leader goes on in a term in which nobody elected it.",
    held: "{me} steps down: {n1} is in term {0}.",
    overridden: "{me} takes term {0} from {n1} and keeps its role in it.",
    held_grade: Grade::Turning,
    ..SAFETY
};
