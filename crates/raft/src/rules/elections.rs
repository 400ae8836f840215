//! Raft Fig. 2, *Rules for followers* and *Rules for candidates* (§5.2).

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const TIMEOUT_STARTS_ELECTION: RuleInfo = RuleInfo {
    key: "timeout-starts-election",
    words: "A server that hears from no leader for an election timeout stands for election.",
    source: "Raft Fig. 2 (followers, candidates); §5.2",
    when_off: "It goes on waiting: a cluster without a leader stays without one.",
    held: "{me} has heard from no leader in time: its election timer runs out in term {0}.",
    overridden: "{me}'s election timer runs out in term {0}, and {me} goes on waiting.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const RANDOM_TIMEOUT: RuleInfo = RuleInfo {
    key: "random-timeout",
    words: "Each election timeout is drawn at random from a range.",
    source: "Raft §5.2; dissertation §3.4",
    when_off: "All servers wait equally long, so they stand for election together and split the votes for ever.",
    needs: "messages that take equally long",
    held: "{me} draws a new random election timeout, so that candidates seldom clash.",
    overridden: "{me} waits just as long as every other server: candidates who clash will clash again.",
    ..LIVENESS
};

pub(super) const NEW_TERM_PER_ELECTION: RuleInfo = RuleInfo {
    key: "new-term-per-election",
    words: "A candidate begins each election by moving to the next term.",
    source: "Raft Fig. 2 (candidates); §5.2",
    promise: "election-safety",
    when_off: "It stands for election in the term it is in, and takes back the vote that it gave there.",
    shape: Shape { late: &["RequestVote"], ..Shape::ANY },
    held: "{me} stands for election in term {0}.",
    overridden: "{me} stands for election in term {1} again, whoever had its vote there.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const HEARTBEATS_RESTART_TIMER: RuleInfo = RuleInfo {
    key: "heartbeats-restart-timer",
    words: "A message from the current leader restarts a follower's election timer.",
    source: "Raft Fig. 2 (followers); §5.2",
    when_off: "The timer runs on: followers depose a leader that they hear well.",
    held: "{me} hears from its leader {n0} and waits anew.",
    overridden: "{me} hears from its leader {n0}, but its election timer runs on.",
    ..LIVENESS
};

pub(super) const VOTING_RESTARTS_TIMER: RuleInfo = RuleInfo {
    key: "voting-restarts-timer",
    words: "A server that grants a vote restarts its election timer, to let the candidate win.",
    source: "Raft Fig. 2 (followers); §5.2",
    when_off: "The timer runs on: a voter may stand against the candidate it has just voted for.",
    held: "{me} gives {n0} time to win: it restarts its election timer.",
    overridden: "{me} voted for {n0}, but its election timer runs on.",
    ..LIVENESS
};

pub(super) const YIELD_TO_LEADER: RuleInfo = RuleInfo {
    key: "yield-to-leader",
    words: "A candidate that hears from the leader of its own term becomes a follower.",
    source: "Raft Fig. 2 (candidates); §5.2",
    when_off: "It pays no heed to the leader, remains a candidate, and forces the next election.",
    held: "{me} gives up: {n0} already leads term {1}.",
    overridden: "{me} remains a candidate although {n0} already leads term {1}.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const KEEP_VOTE_ON_STEP_DOWN: RuleInfo = RuleInfo {
    key: "keep-vote-on-step-down",
    words: "A server that becomes a follower within a term keeps the vote that it gave in this term.",
    source: "Raft Fig. 2 (votedFor); §5.2",
    promise: "election-safety",
    when_off: "It forgets the vote and may give another in the same term.",
    needs: "the option `pre-vote`: only then can a server leave a candidacy in a term in which it elected another",
    shape: Shape {
        servers: &[3],
        options: &[("pre-vote", 1), ("leader-stickiness", 0)],
        late: &["RequestVote", "AppendEntries"],
        rivals: true,
        ..Shape::ANY
    },
    held: "{me}'s vote for {n0} still stands: the term is still {1}.",
    overridden: "{me} forgets that it voted for {n0}, although the term is still {1}.",
    ..SAFETY
};
