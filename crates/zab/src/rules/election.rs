//! Phase 0, and what holds in all phases: who may lead, and when that ends.

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const EPOCH_BEFORE_ZXID: RuleInfo = RuleInfo {
    key: "epoch-before-zxid",
    words: "Of two servers, the one that has entered the newer epoch knows more, even if its last zxid is smaller.",
    source: "Zab 1.0, phase 1; ZooKeeper, FastLeaderElection.totalOrderPredicate",
    promise: "primary-integrity",
    when_off: "The greater zxid counts alone, so that a transaction of a dead epoch comes back.",
    needs: "A transaction that only a server of an older epoch has.",
    shape: Shape { late: &["PROPOSAL"], crashes: true, ..Shape::ANY },
    held: "{me} goes by epochs before zxids: {n0}'s epoch is {1}, the other's is {2}.",
    overridden: "{me} goes by zxids alone, although {n0}'s epoch is {1} and the other's is {2}.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const LARGER_ID_BREAKS_TIES: RuleInfo = RuleInfo {
    key: "larger-id-breaks-ties",
    words: "Of two votes for servers that know equally much, the one for the larger server id is better.",
    source: "ZooKeeper, FastLeaderElection.totalOrderPredicate",
    when_off: "Neither is better, so that everybody keeps to its own vote and no election ends.",
    held: "{n0} and {n1} know equally much; the larger id breaks the tie, and that is {n0}.",
    overridden: "{n0} and {n1} know equally much, and nothing breaks the tie: {me} keeps to its vote.",
    ..LIVENESS
};

pub(super) const ADOPT_A_BETTER_VOTE: RuleInfo = RuleInfo {
    key: "adopt-a-better-vote",
    words: "A server that hears of a better vote than its own takes it over and tells everybody.",
    source: "ZooKeeper, FastLeaderElection.lookForLeader",
    when_off: "It keeps to its own vote, and no quorum agrees.",
    held: "{n1}'s vote is better than {me}'s: {me} votes for {n0} as well, and tells everybody.",
    overridden: "{n1}'s vote for {n0} is better than {me}'s, which keeps to its own.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const REPORT_WHAT_IS_LOGGED: RuleInfo = RuleInfo {
    key: "report-what-is-logged",
    words: "The zxid that a server reports is that of the last transaction in its log, committed or not.",
    source: "Zab 1.0, f.lastZxid; ZOOKEEPER-2845",
    promise: "agreement",
    when_off: "It reports what it delivered last, and keeps what it logged behind that.",
    needs: "A server that looks for a leader with a proposal in its log that was not committed.",
    shape: Shape { late: &["PROPOSAL"], ..Shape::ANY },
    held: "{me} reports ({0},{1}), the last transaction in its log, though it knows only ({2},{3}) to be committed.",
    overridden: "{me} reports ({2},{3}), which it delivered last, and says nothing of ({0},{1}) in its log.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const VOTES_OF_THIS_ROUND_ONLY: RuleInfo = RuleInfo {
    key: "votes-of-this-round-only",
    words: "A server counts only votes of its own round of elections.",
    source: "ZooKeeper, FastLeaderElection.lookForLeader",
    when_off: "It counts votes of earlier rounds as well, and may end an election that others are still holding.",
    held: "{n0} votes in round {1}, as {me} does.",
    refused: "{me} does not count {n0}'s vote: it is of round {1}, and {me} is in round {2}.",
    overridden: "{me} counts {n0}'s vote of round {1}, though it is in round {2}.",
    refused_grade: Grade::Routine,
    ..LIVENESS
};

pub(super) const ANSWER_EARLIER_ROUNDS: RuleInfo = RuleInfo {
    key: "answer-earlier-rounds",
    words: "A server that hears a vote of an earlier round answers with its own vote and round.",
    source: "ZooKeeper, FastLeaderElection, WorkerReceiver",
    when_off: "It keeps silent, and the other goes on in its old round until the next notification.",
    held: "{me} tells {n0}, who votes in round {1}, that it is in round {2}.",
    overridden: "{me} does not tell {n0}, who votes in round {1}, that it is in round {2}.",
    ..LIVENESS
};

pub(super) const WAIT_FOR_BETTER_VOTES: RuleInfo = RuleInfo {
    key: "wait-for-better-votes",
    words: "A server whose vote has a quorum waits for a short while: a better vote may be on its way.",
    source: "ZooKeeper, FastLeaderElection.finalizeWait",
    when_off: "It ends its election at once, and a server that knows more may come too late.",
    held: "{1} of {2} vote for {n0}: a quorum. {me} waits whether a better vote comes.",
    overridden: "{1} of {2} vote for {n0}, and {me} does not wait for a better vote.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const JOIN_WHOM_A_QUORUM_FOLLOWS: RuleInfo = RuleInfo {
    key: "join-whom-a-quorum-follows",
    words: "A server that comes late joins the leader whom a quorum names, that leader among them.",
    source: "ZooKeeper, FastLeaderElection.checkLeader",
    when_off: "A leader's own word is enough, and whoever believes it may wait for a quorum in vain.",
    held: "{1} of {2} say that {n0} leads: {me} joins.",
    refused: "Only {1} of {2} say that {n0} leads: {me} does not join yet.",
    overridden: "Only {1} of {2} say that {n0} leads, and {me} joins.",
    held_grade: Grade::Notable,
    refused_grade: Grade::Routine,
    ..LIVENESS
};

pub(super) const QUORUM_IS_A_MAJORITY: RuleInfo = RuleInfo {
    key: "quorum-is-a-majority",
    words: "A quorum is more than half of the servers, so that any two share one.",
    source: "DSN'11, assumptions on quorums",
    promise: "election-safety",
    when_off: "Half of the servers are a quorum.",
    needs: "An even number of servers.",
    shape: Shape { servers: &[2, 4], ..Shape::ANY },
    refused: "{0} of {1} servers are only half: {me} needs more.",
    overridden: "{0} of {1} servers are only half, and {me} takes them for a quorum.",
    ..SAFETY
};

pub(super) const NO_LEADER_NO_FOLLOWER: RuleInfo = RuleInfo {
    key: "no-leader-no-follower",
    words: "A follower whose leader falls silent or whose channel closes looks for a leader again.",
    source: "Zab 1.0, phase 3; DSN'11, phase 3",
    when_off: "It waits for a leader that may never come back.",
    held: "{me} has lost {n0}, its leader: it is LOOKING again.",
    overridden: "{me} has lost {n0}, its leader, and goes on waiting for it.",
    held_grade: Grade::Turning,
    ..LIVENESS
};

pub(super) const NO_QUORUM_NO_LEADER: RuleInfo = RuleInfo {
    key: "no-quorum-no-leader",
    words: "A leader that a quorum does not follow, or no more, looks for a leader again.",
    source: "Zab 1.0, phase 3; DSN'11, phase 3",
    when_off: "It goes on leading a minority, where nothing can be committed.",
    held: "{me} has no quorum of followers: it leads no more and is LOOKING.",
    overridden: "{me} has no quorum of followers, and goes on leading.",
    held_grade: Grade::Turning,
    ..LIVENESS
};
