//! Raft Fig. 2, *RequestVote*: giving votes and counting them (§5.2, §5.4.1).

use super::SAFETY;
use protocol::{Grade, RuleInfo, Shape};

pub(super) const REFUSE_STALE_CANDIDATES: RuleInfo = RuleInfo {
    key: "refuse-stale-candidates",
    words: "A server gives no vote for a term that it has left.",
    source: "Raft Fig. 2 (RequestVote 1); §5.1",
    promise: "election-safety",
    when_off: "It votes as if it were still in that earlier term, where it may have voted for another.",
    shape: Shape {
        servers: &[3],
        options: &[("pre-vote", 0), ("leader-stickiness", 0)],
        late: &["RequestVote", "RequestVoteReply"],
        ..Shape::ANY
    },
    refused: "{me} refuses {n0}, who asks for a vote in term {1}: {me} is already in term {2}.",
    overridden: "{me} would vote for {n0} in term {1}, although it has moved on to term {2}.",
    ..SAFETY
};

pub(super) const ONE_VOTE_PER_TERM: RuleInfo = RuleInfo {
    key: "one-vote-per-term",
    words: "A server votes for one candidate at most in each term.",
    source: "Raft Fig. 2 (RequestVote 2); §5.2",
    promise: "election-safety",
    when_off: "It votes for whoever asks, so that two candidates can win the same term.",
    held: "{me} has given nobody else its vote of term {2}.",
    refused: "{me} refuses {n0}: it gave its vote of term {2} to {n1}.",
    overridden: "{me} would vote for {n0} in term {2}, although it has voted for {n1} in that term.",
    ..SAFETY
};

/// Told by hand in `dialect.rs`: by terms or, if those are equal, by lengths, and otherwise for a pre-vote. `{1}` is the
/// candidate's, `{2}` the voter's.
pub(super) const UP_TO_DATE_LOG: RuleInfo = RuleInfo {
    key: "up-to-date-log",
    words: "A server votes only for a candidate whose log is at least as up to date as its own.",
    source: "Raft Fig. 2 (RequestVote 2); §5.4.1",
    promise: "leader-completeness",
    when_off: "It votes for any log, so that a server that lacks committed entries can become leader.",
    held: "{me} votes for {n0}, whose log ends in term {1}: newer than {2}, the end of its own.",
    refused: "{me} refuses {n0}, whose log ends in term {1}: older than {2}, the end of its own.",
    overridden: "{me} votes all the same for {n0}, whose log ends in term {1}: older than {2}, the end of its own.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const COMPARE_TERM_FIRST: RuleInfo = RuleInfo {
    key: "compare-term-first",
    words: "Of two logs, the one whose last entry has the newer term is more up to date, however long they are.",
    source: "Raft §5.4.1",
    promise: "leader-completeness",
    when_off: "The longer log counts as more up to date, even if all that it has more is old and uncommitted.",
    needs: "at least five servers",
    shape: Shape { servers: &[5], ..Shape::ANY },
    held: "{me} compares last terms before lengths: {n0}'s log ends in term {1}, its own in term {2}.",
    overridden: "{me} compares lengths before last terms: {n0}'s log ends in term {1}, its own in term {2}.",
    ..SAFETY
};

pub(super) const VOTES_OF_THIS_TERM_ONLY: RuleInfo = RuleInfo {
    key: "votes-of-this-term-only",
    words: "A candidate counts only votes that were given for the term in which it stands.",
    source: "Raft §5.2",
    promise: "election-safety",
    when_off: "A vote of an earlier term that arrives late counts in the next election too.",
    shape: Shape { late: &["RequestVoteReply"], ..Shape::ANY },
    refused: "{me} does not count {n0}'s vote: it is for term {1}, and {me} now stands for term {2}.",
    overridden: "{me} counts {n0}'s vote for term {1}, although it now stands for term {2}.",
    ..SAFETY
};

pub(super) const VOTES_ARE_A_SET: RuleInfo = RuleInfo {
    key: "votes-are-a-set",
    words: "A candidate counts servers, not messages: a vote that arrives twice is one vote.",
    source: "Raft §5.2",
    promise: "election-safety",
    when_off: "Each message counts, so that a doubled one makes a majority out of fewer servers.",
    needs: "at least four servers",
    shape: Shape { servers: &[4, 5], twice: &["RequestVoteReply"], ..Shape::ANY },
    held: "{me} counts {n0}'s vote: {1} of {2} servers so far, and it needs {3}.",
    refused: "{me} has {n0}'s vote already and does not count it again.",
    overridden: "{me} counts {n0}'s vote a second time.",
    ..SAFETY
};

/// Told by hand in `dialect.rs`: `{0}` of `{1}` servers; `{2}` is the entry, or 0 for votes and -1 for pre-votes; `{3}`
/// is the term.
pub(super) const MORE_THAN_HALF: RuleInfo = RuleInfo {
    key: "more-than-half",
    words: "A majority is more than half of all servers, the silent ones included.",
    source: "Raft §5.2, §5.3",
    promise: "election-safety",
    when_off: "Half is enough, so that two halves can decide two things.",
    needs: "an even number of servers",
    shape: Shape { servers: &[4], ..Shape::ANY },
    held: "{me} has the votes of {0} of {1} servers, more than half: it leads term {3}.",
    refused: "{me} has the votes of {0} of {1} servers: half is not enough.",
    overridden: "{me} has the votes of {0} of {1} servers, only half, and takes that for a majority.",
    held_grade: Grade::Turning,
    ..SAFETY
};
