//! Phase 1: the epoch, and who may bring one.

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const EPOCH_ABOVE_ALL: RuleInfo = RuleInfo {
    key: "epoch-above-all",
    words: "A leader's new epoch is greater than every acceptedEpoch of a quorum.",
    source: "Zab 1.0, phase 1; DSN'11, phase 1",
    when_off: "It goes by its own acceptedEpoch alone, and followers that have accepted a later one turn away.",
    needs: "A follower that has accepted a later epoch than its leader.",
    held: "A quorum is with {me}, and none of it has accepted an epoch above {0}: {me} takes the next one, {2}.",
    overridden: "{me} goes by its own epoch {1}, although a follower has accepted {0}.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const ACCEPTED_EPOCH_SURVIVES_CRASH: RuleInfo = RuleInfo {
    key: "accepted-epoch-survives-crash",
    words: "A server that wakes up keeps the epoch that it accepted last.",
    source: "Zab 1.0, definition of acceptedEpoch",
    promise: "election-safety",
    when_off: "It remembers only the epoch of its last NEWLEADER, and may accept the same epoch from another leader.",
    needs: "A server that crashes and starts again.",
    shape: Shape { crashes: true, ..Shape::ANY },
    held: "{me} wakes up and remembers that it accepted epoch {0}.",
    overridden: "{me} wakes up and has forgotten that it accepted epoch {0}; it knows of {1}.",
    ..SAFETY
};

pub(super) const CURRENT_EPOCH_SURVIVES_CRASH: RuleInfo = RuleInfo {
    key: "current-epoch-survives-crash",
    words: "A server that wakes up keeps the epoch whose history it took over.",
    source: "Zab 1.0, definition of currentEpoch",
    promise: "primary-integrity",
    when_off: "It takes the epoch of its last transaction for it, and a server of a dead epoch may seem to know more.",
    needs: "A server that crashes and starts again.",
    shape: Shape { late: &["PROPOSAL"], crashes: true, ..Shape::ANY },
    held: "{me} wakes up and remembers that its history is that of epoch {0}.",
    overridden: "{me} wakes up and goes by its last transaction, of epoch {1}: it has forgotten epoch {0}.",
    ..SAFETY
};

pub(super) const ACCEPT_NO_EARLIER_EPOCH: RuleInfo = RuleInfo {
    key: "accept-no-earlier-epoch",
    words: "A follower that has accepted an epoch follows no leader of an earlier one.",
    source: "Zab 1.0, phase 1; DSN'11, phase 1",
    promise: "promise-never-goes-back",
    when_off: "It goes back to the earlier epoch, and breaks its word to the later leader.",
    needs: "A leader that others have left, most easily with election oracle.",
    shape: Shape { options: &[("election", 1)], late: &["LEADERINFO"], ..Shape::ANY },
    held: "{me} accepts {n0}'s epoch {1}: from now on it follows no leader of an earlier one.",
    refused: "{me} turns away from {n0}: its epoch {1} is before {2}, which {me} has accepted.",
    overridden: "{me} follows {n0} in epoch {1}, although it has accepted {2}.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const ACK_AN_EPOCH_ONCE: RuleInfo = RuleInfo {
    key: "ack-an-epoch-once",
    words: "A follower's ACKEPOCH counts only if the epoch was new to it.",
    source: "Zab 1.0, phase 1; ZooKeeper, Learner.registerWithLeader",
    promise: "election-safety",
    when_off: "It acknowledges the same epoch to two leaders, and both may be established.",
    needs: "Two leaders that found the same epoch, most easily with election oracle.",
    shape: Shape { options: &[("election", 1)], late: &["LEADERINFO"], ..Shape::ANY },
    held: "Epoch {1} is new to {me}, which has accepted {2}: its ACKEPOCH counts.",
    refused: "{me} has accepted epoch {1} before: its ACKEPOCH to {n0} does not count.",
    overridden: "{me} has accepted epoch {1} before, and acknowledges it to {n0} as well.",
    ..SAFETY
};

pub(super) const LEADER_KNOWS_MOST: RuleInfo = RuleInfo {
    key: "leader-knows-most",
    words: "A leader that meets a follower in discovery that knows more gives up, so that another one is elected.",
    source: "Zab 1.0, phase 1; ZooKeeper, Leader.waitForEpochAck",
    promise: "leader-completeness",
    when_off: "It trusts the election, and makes its followers forget what it does not know.",
    needs: "An election that names the wrong one, most easily with election oracle.",
    shape: Shape { options: &[("election", 1)], crashes: true, ..Shape::ANY },
    held: "{n0} ends with ({1},{2}) and knows no more than {me}.",
    refused: "{n0} ends with ({1},{2}) and knows more than {me}, which gives up.",
    overridden: "{n0} ends with ({1},{2}) and knows more than {me}, which leads all the same.",
    refused_grade: Grade::Turning,
    ..SAFETY
};
