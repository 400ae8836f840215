//! Phase 3: proposals, acknowledgements, commits.

use super::{OPTION, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const NEXT_ZXID_ONLY: RuleInfo = RuleInfo {
    key: "next-zxid-only",
    words: "A follower logs only the zxid that follows its last one, and parts with a leader that sends another.",
    source: "Zab.tla, FollowerProcessPROPOSE; ZooKeeper's Learner only warns; ZOOKEEPER-4925",
    when_off: "It logs whatever comes.",
    needs: "The option next-zxid-check.",
    shape: Shape { options: &[("next-zxid-check", 1)], ..Shape::ANY },
    held: "({0},{1}) is the next zxid after ({2},{3}).",
    refused: "{me} is sent ({0},{1}) after ({2},{3}): something is missing. It is LOOKING again.",
    overridden: "{me} logs ({0},{1}) behind ({2},{3}), though something is missing between them.",
    refused_grade: Grade::Turning,
    ..OPTION
};

pub(super) const LOG_BEFORE_ACK: RuleInfo = RuleInfo {
    key: "log-before-ack",
    words: "A follower acknowledges a proposal when it is on its disk.",
    source: "Zab 1.0, phase 3; DSN'11, phase 3",
    promise: "persist-before-send",
    when_off: "It acknowledges at once, and may forget in a crash what is committed.",
    needs: "A disk that takes time.",
    shape: Shape { slow_disk: true, ..Shape::ANY },
    held: "{me} acknowledges ({1},{2}) as soon as its disk holds it.",
    overridden: "{me} acknowledges ({1},{2}) to {n0} without waiting for its disk.",
    ..SAFETY
};

pub(super) const LEADER_COUNTS_ITSELF_WHEN_LOGGED: RuleInfo = RuleInfo {
    key: "leader-counts-itself-when-logged",
    words: "A leader counts itself among those that have logged a proposal when it is on its own disk.",
    source: "Zab 1.0, phase 3; ZooKeeper, SyncRequestProcessor and AckRequestProcessor",
    promise: "leader-completeness",
    when_off: "It counts itself at once, so that one disk too few may hold what is committed.",
    needs: "A disk that takes time.",
    shape: Shape { slow_disk: true, crashes: true, ..Shape::ANY },
    held: "{me} has ({0},{1}) on disk: it counts itself.",
    refused: "{me} does not count itself yet: ({0},{1}) is still on its way to its disk.",
    overridden: "{me} counts itself, though ({0},{1}) is still on its way to its disk.",
    refused_grade: Grade::Routine,
    ..SAFETY
};

pub(super) const COMMIT_ON_A_QUORUM: RuleInfo = RuleInfo {
    key: "commit-on-a-quorum",
    words: "A leader commits a transaction when a quorum has logged it and all before it.",
    source: "Zab 1.0, phase 3; DSN'11, phase 3",
    promise: "leader-completeness",
    when_off: "It commits what it has proposed, whoever has logged it.",
    shape: Shape { late: &["PROPOSAL"], crashes: true, ..Shape::ANY },
    held: "{2} of {3} have logged ({0},{1}): {me} commits it.",
    refused: "{2} of {3} are known to have logged ({0},{1}): {me} does not commit it yet.",
    overridden: "{me} commits ({0},{1}) and all after it, though only {2} of {3} are known to have logged it.",
    held_grade: Grade::Turning,
    refused_grade: Grade::Routine,
    ..SAFETY
};

pub(super) const DELIVER_AFTER_COMMIT: RuleInfo = RuleInfo {
    key: "deliver-after-commit",
    words: "A follower delivers what its leader has committed, and nothing that is only logged.",
    source: "Zab 1.0, phase 3; DSN'11, phase 3",
    promise: "agreement",
    when_off: "It delivers a proposal as soon as it has logged it.",
    shape: Shape { servers: &[5], late: &["PROPOSAL"], crashes: true, ..Shape::ANY },
    held: "{n0} has committed ({1},{2}): {me} delivers it.",
    overridden: "{me} delivers ({1},{2}) at once, though {n0} has only proposed it.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const DELIVER_IN_ORDER: RuleInfo = RuleInfo {
    key: "deliver-in-order",
    words: "A server delivers committed transactions one by one, in the order of their zxids.",
    source: "DSN'11, phase 3",
    promise: "total-order",
    when_off: "It goes straight to the last one.",
    needs: "Several transactions that are committed at once.",
    held: "{me} delivers ({0},{1}) on its way to ({2},{3}).",
    overridden: "{me} delivers ({2},{3}) and leaves out what comes before it, from ({0},{1}) on.",
    ..SAFETY
};

pub(super) const SYNC_BEFORE_READ: RuleInfo = RuleInfo {
    key: "sync-before-read",
    words: "A server that is asked to read hears its leader out first.",
    source: "ZooKeeper Programmer's Guide, Consistency Guarantees",
    when_off: "It answers from what it has delivered, which may be old.",
    needs: "The option sync-before-read.",
    shape: Shape { options: &[("sync-before-read", 1)], ..Shape::ANY },
    held: "{me} sends SYNC to its leader before it answers c{0}.",
    overridden: "{me} answers c{0} from what it has, without SYNC.",
    ..OPTION
};

pub(super) const SYNC_ASKS_THE_LEADER: RuleInfo = RuleInfo {
    key: "sync-asks-the-leader",
    words: "A follower answers a sync when its leader has, behind the commits of all that was proposed before.",
    source: "USENIX'10, §4.4; ZooKeeper, Leader.processSync",
    promise: "session-consistency",
    when_off: "It answers at once, and what is read there next may be old.",
    needs: "A client that asks for a sync and then reads.",
    shape: Shape { late: &["COMMIT"], reads: true, ..Shape::ANY },
    held: "{me} passes c{0}'s sync on to {n1}: the answer will come behind all that {n1} has committed until then.",
    overridden: "{me} tells c{0} that it has synced, and has not asked {n1}.",
    held_grade: Grade::Notable,
    ..SAFETY
};
