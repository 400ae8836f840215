//! Phase 2: everybody gets the leader's history.

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const TRUNCATE_WHAT_THE_LEADER_LACKS: RuleInfo = RuleInfo {
    key: "truncate-what-the-leader-lacks",
    words: "A follower whose last transaction the leader does not have loses it (TRUNC) before it gets more.",
    source: "Zab 1.0, phase 2; ZooKeeper, LearnerHandler.syncFollower; ZOOKEEPER-1154",
    promise: "agreement",
    when_off: "It gets a DIFF behind what it has.",
    needs: "A follower with a proposal that no later leader had.",
    shape: Shape { late: &["PROPOSAL"], crashes: true, ..Shape::ANY },
    held: "{n0} ends with ({1},{2}), which {me} does not have: TRUNC.",
    overridden: "{n0} ends with ({1},{2}), which {me} does not have, and gets a DIFF behind it.",
    held_grade: Grade::Turning,
    ..SAFETY
};

pub(super) const HISTORY_BEFORE_EPOCH: RuleInfo = RuleInfo {
    key: "history-before-epoch",
    words: "A follower has the leader's history on disk before its currentEpoch is the leader's.",
    source: "Zab 1.0, phase 2; ZOOKEEPER-4643, ZOOKEEPER-4785",
    promise: "leader-completeness",
    when_off: "It writes the epoch first; if it crashes between, it speaks for a history that it does not have.",
    needs: "A disk that takes time, and a crash between two writes.",
    shape: Shape { slow_disk: true, crashes: true, ..Shape::ANY },
    held: "{me} logs what synchronization brought ({1} new) before it enters epoch {0}.",
    overridden: "{me} enters epoch {0} before it logs what synchronization brought ({1} new).",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const ACK_NEWLEADER_WHEN_DURABLE: RuleInfo = RuleInfo {
    key: "ack-newleader-when-durable",
    words: "A follower acknowledges NEWLEADER when history and epoch are on its disk.",
    source: "Zab 1.0, phase 2; ZOOKEEPER-3911, ZOOKEEPER-4646",
    promise: "persist-before-send",
    when_off: "It acknowledges at once, and may forget in a crash what the leader counts on.",
    needs: "A disk that takes time.",
    shape: Shape { slow_disk: true, ..Shape::ANY },
    held: "{me} acknowledges {n0}'s NEWLEADER of epoch {1} as soon as its disk holds the history.",
    overridden: "{me} acknowledges {n0}'s NEWLEADER of epoch {1} without waiting for its disk.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const NEWLEADER_QUORUM_FIRST: RuleInfo = RuleInfo {
    key: "newleader-quorum-first",
    words: "A leader commits its initial history and serves only when a quorum has acknowledged NEWLEADER.",
    source: "Zab 1.0, phase 2; DSN'11, phase 2",
    promise: "leader-completeness",
    when_off: "It takes its history for committed and serves as soon as discovery is over.",
    shape: Shape { late: &["NEWLEADER"], crashes: true, ..Shape::ANY },
    held: "{0} of {1} have the history of epoch {2}: it is committed, and {me} serves.",
    refused: "{me} does not serve yet: epoch {2} is its own, but nobody else has its history.",
    overridden: "{me} commits its history and serves in epoch {2}, though only {0} others of {1} have it.",
    held_grade: Grade::Turning,
    refused_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const PROPOSE_TO_ALL_THAT_SYNCHRONIZE: RuleInfo = RuleInfo {
    key: "propose-to-all-that-synchronize",
    words: "Proposals go to every follower that was sent NEWLEADER, acknowledged or not.",
    source: "Zab 1.0, phase 2; Zab.tla, issue 1",
    promise: "total-order",
    when_off: "A follower that has not acknowledged yet misses them, and logs the next one in their place.",
    needs: "A proposal while a follower synchronizes.",
    shape: Shape { late: &["ACK"], crashes: true, ..Shape::ANY },
    held: "{n0} has not acknowledged NEWLEADER yet, and is sent ({1},{2}) all the same.",
    overridden: "{n0} has not acknowledged NEWLEADER yet, and {me} does not send it ({1},{2}).",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const UPTODATE_TELLS_ALL_COMMITTED: RuleInfo = RuleInfo {
    key: "uptodate-tells-all-committed",
    words: "With UPTODATE a follower also hears of what was committed while it synchronized.",
    source: "Zab 1.0, phase 2; Zab.tla, issue 3",
    when_off: "It hears of what it was sent to begin with only, and serves what is old until the next COMMIT.",
    needs: "A commit while a follower synchronizes.",
    held: "{n0} has {me}'s history: UPTODATE tells it to serve, and what is committed by now: all up to ({1},{2}).",
    overridden: "{me} does not tell {n0} that all up to ({1},{2}) is committed by now.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const SERVE_AFTER_UPTODATE: RuleInfo = RuleInfo {
    key: "serve-after-uptodate",
    words: "A follower serves clients when UPTODATE tells it that a quorum has its leader's history.",
    source: "Zab 1.0, phase 2",
    promise: "session-consistency",
    when_off: "It serves as soon as it has the history, before it knows what of it is committed.",
    needs: "A server that crashes and starts again, and a client that reads there before and after.",
    held: "{me} is up to date with {n0}: from now on it serves clients.",
    overridden: "{me} serves clients at once, though {n0} may have no quorum yet.",
    held_grade: Grade::Notable,
    ..SAFETY
};
