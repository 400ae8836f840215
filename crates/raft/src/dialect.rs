//! Raft's own words, for everybody who prints them.

use crate::options::OPTIONS;
use crate::rules::{self, RULES};
use protocol::{
    Channel, Declined, Dialect, Family, Firing, KindInfo, NodeId, Pace, PromiseInfo, RoleInfo, RoleKind,
    TimerId, TimerInfo, Verdict,
};

/// The election timer.
pub(crate) const ELECTION: TimerId = TimerId(0);
/// The leader's heartbeat timer.
pub(crate) const HEARTBEAT: TimerId = TimerId(1);

/// The words of the Raft paper.
pub(crate) static RAFT: Dialect = Dialect {
    key: "raft",
    name: "Raft",
    term: "term",
    index: "index",
    committed: "committed",
    support: "vote",
    leads: "leads",
    finds_leader: true,
    no_sync: "there is no sync here: reads go through the log, and see all that was done before",
    channel: Channel::Reorderable,
    slots: false,
    roles: &[
        RoleInfo { name: "Follower", kind: RoleKind::Idle },
        RoleInfo { name: "PreCandidate", kind: RoleKind::Seeking },
        RoleInfo { name: "Candidate", kind: RoleKind::Seeking },
        RoleInfo { name: "Leader", kind: RoleKind::Leading },
    ],
    timers: &[
        TimerInfo { key: "election", name: "election timer", ring: true },
        TimerInfo { key: "heartbeat", name: "heartbeat timer", ring: false },
    ],
    kinds: &[
        KindInfo { name: "RequestVote", family: Family::Solicit, reply: false },
        KindInfo { name: "RequestVoteReply", family: Family::Support, reply: true },
        KindInfo { name: "AppendEntries", family: Family::Propose, reply: false },
        KindInfo { name: "AppendEntriesReply", family: Family::Acknowledge, reply: true },
        KindInfo { name: "PreVote", family: Family::Solicit, reply: false },
        KindInfo { name: "PreVoteReply", family: Family::Support, reply: true },
    ],
    options: OPTIONS,
    paces: &[
        (Pace::Heartbeat, "heartbeat-interval"),
        (Pace::LeastPatience, "election-timeout-min"),
        (Pace::MostPatience, "election-timeout-max"),
    ],
    rules: RULES,
    promises: PROMISES,
    declines: DECLINES,
    presets: Some(crate::preset::judge),
};

/// What Raft promises: Fig. 3, and what that rests on.
static PROMISES: &[PromiseInfo] = &[
    PromiseInfo {
        key: "election-safety",
        name: "Election Safety",
        words: "At most one leader is elected in a term.",
        source: "Raft Fig. 3, §5.2",
    },
    PromiseInfo {
        key: "leader-append-only",
        name: "Leader Append-Only",
        words: "A leader never overwrites or deletes entries in its log; it only appends new ones.",
        source: "Raft Fig. 3, §5.3",
    },
    PromiseInfo {
        key: "log-matching",
        name: "Log Matching",
        words: "Two logs with an entry of the same index and term are identical up to that entry.",
        source: "Raft Fig. 3, §5.3",
    },
    PromiseInfo {
        key: "leader-completeness",
        name: "Leader Completeness",
        words: "An entry committed in one term is in the log of the leader of every later term.",
        source: "Raft Fig. 3, §5.4",
    },
    PromiseInfo {
        key: "state-machine-safety",
        name: "State Machine Safety",
        words: "No two servers apply different entries at the same index.",
        source: "Raft Fig. 3, §5.4.3",
    },
    PromiseInfo {
        key: "log-terms-never-decrease",
        name: "Log terms never decrease",
        words: "Along a log, an entry's term is never older than that of the entry before it.",
        source: "Raft §5.3, §5.4",
    },
    PromiseInfo {
        key: "commit-never-goes-back",
        name: "Commit never goes back",
        words: "A server's commit index never decreases while the server is up.",
        source: "Raft Fig. 2 (commitIndex)",
    },
    PromiseInfo {
        key: "vote-once-a-term",
        name: "Vote once a term",
        words: "A server votes for one candidate at most in a term, whatever crashes in between.",
        source: "Raft §5.2",
    },
    PromiseInfo {
        key: "persist-before-send",
        name: "Persist before send",
        words: "What a message says of its sender is on the sender's disk when the message leaves.",
        source: "Raft Fig. 2 (persistent state)",
    },
    PromiseInfo {
        key: "validity",
        name: "Validity",
        words: "What is applied was asked for by a client, or is an empty entry.",
        source: "Raft §2",
    },
    PromiseInfo {
        key: "commit-on-majority",
        name: "Commit rule",
        words: "A leader takes for committed only what a majority has on disk, the last of it an entry of its own term.",
        source: "Raft Fig. 2 (leaders), §5.4.2",
    },
    PromiseInfo {
        key: "quorum-durability",
        name: "Quorum durability",
        words: "A committed entry stays on the disks of a majority of the servers.",
        source: "Raft §5.4; dissertation §3.8",
    },
    PromiseInfo {
        key: "exactly-once",
        name: "Exactly once",
        words: "A client's command takes effect at most once, however often the client sends it.",
        source: "Raft §8; dissertation §6.3",
    },
    PromiseInfo {
        key: "no-stale-reads",
        name: "No stale reads",
        words: "No read is answered with a value that had been replaced, to some client's knowledge, before it was asked.",
        source: "Raft §8; dissertation §6.4",
    },
    PromiseInfo {
        key: "linearizability",
        name: "Linearizability",
        words: "Every answer is as if each operation took effect at one instant between its question and its answer.",
        source: "Raft §8; dissertation §6.3",
    },
];

/// What Raft does not promise.
static DECLINES: &[Declined] = &[
    Declined {
        key: "agreement",
        name: "Agreement",
        why: "A majority that holds an entry does not yet decide it: of an older term it may still be overwritten \
              (Raft Fig. 8). Raft promises State Machine Safety instead.",
    },
    Declined {
        key: "progress",
        name: "Progress",
        why: "No protocol can promise that something is ever committed while messages may take any time. Raft does so \
              only while a majority is up and hears its leader in time (Raft §5.6).",
    },
];

/// The sentence of a firing. Two rules have more to say than one template holds, and some speak of the server itself.
pub(crate) fn tell(me: NodeId, firing: &Firing) -> String {
    let [first, second, third, _] = firing.values;
    let (first_is_me, second_is_me) = (first == i32::from(me.0), second == i32::from(me.0));
    let text = RAFT.rule(firing.rule).tell(me, firing);
    match firing.rule {
        rules::UP_TO_DATE_LOG => tell_up_to_date(me, firing),
        rules::COUNT_AFTER_CONFIRMATION if firing.values[3] != 0 => tell_counted(me, firing),
        rules::MORE_THAN_HALF if third != 0 => tell_half(me, firing),
        rules::VOTE_SURVIVES_CRASH | rules::KEEP_VOTE_ON_STEP_DOWN if first_is_me => itself(&text, me),
        rules::ONE_VOTE_PER_TERM if second_is_me => itself(&text, me),
        rules::NO_PRE_VOTE_WHILE_LED | rules::IGNORE_CANDIDATES_WHILE_LED if second_is_me => {
            text.replace(&format!("{me} leads and was heard just now"), "it leads itself")
        }
        _ => text,
    }
}

/// `n1 votes for n1` as `n1 votes for itself`; but not `for n12`.
fn itself(text: &str, me: NodeId) -> String {
    let mut told = text.to_string();
    for lead in [" for ", " to "] {
        let name = format!("{lead}{me}");
        let mut rest = told.split(&name);
        let mut next = rest.next().unwrap_or_default().to_string();
        for part in rest {
            next += lead;
            next +=
                if part.starts_with(|c: char| c.is_ascii_digit()) { &name[lead.len()..] } else { "itself" };
            next += part;
        }
        told = next;
    }
    told
}

/// Why a candidate gets a vote, or would get one (a pre-vote), or does not. The templates compare terms and speak of
/// votes; this compares lengths too.
fn tell_up_to_date(me: NodeId, firing: &Firing) -> String {
    let [candidate, theirs, mine, asked] = firing.values;
    let (by_length, votes) = (asked % 2 == 1, if asked < 2 { "votes" } else { "would vote" });
    let of_terms = |whose: &str| match firing.verdict {
        Verdict::Held if mine == 0 => format!("{whose}, whose log ends in term {theirs}: its own is empty."),
        Verdict::Held => {
            format!("{whose}, whose log ends in term {theirs}: newer than {mine}, the end of its own.")
        }
        _ if theirs == 0 => format!("{whose}, whose log is empty: its own ends in term {mine}."),
        _ => format!("{whose}, whose log ends in term {theirs}: older than {mine}, the end of its own."),
    };
    let of_lengths = |whose: &str| match firing.verdict {
        Verdict::Held if theirs == 0 => {
            format!("{whose}, whose log is no older than its own: both are empty.")
        }
        Verdict::Held if theirs == mine => {
            format!(
                "{whose}, whose log is as up to date as its own: both end at entry {mine} in the same term."
            )
        }
        Verdict::Held => format!(
            "{whose}, whose log is more up to date: it is longer than its own, {theirs} to {mine}, and ends in the \
             same term."
        ),
        _ => format!(
            "{whose}, whose log is shorter than its own, {theirs} to {mine}, and ends in the same term."
        ),
    };
    let whose = match firing.verdict {
        Verdict::Held => format!("{me} {votes} for n{candidate}"),
        Verdict::Refused => format!("{me} refuses n{candidate}"),
        Verdict::Overridden => format!("{me} {votes} all the same for n{candidate}"),
    };
    if by_length { of_lengths(&whose) } else { of_terms(&whose) }
}

fn tell_half(me: NodeId, firing: &Firing) -> String {
    let [have, of, index, term] = firing.values;
    let what = if index < 0 {
        format!("{have} of {of} servers would vote for {me} in term {term}")
    } else {
        format!("{have} of {of} servers hold entry {index}")
    };
    match firing.verdict {
        Verdict::Held => format!("{what}, more than half: it can win."),
        Verdict::Refused => format!("{what}: half is not enough."),
        Verdict::Overridden => format!("{what}, only half, and {me} takes that for a majority."),
    }
}

/// A confirmation has come, and counts.
fn tell_counted(me: NodeId, firing: &Firing) -> String {
    let [follower, index, have, of] = firing.values;
    format!("{me} counts n{follower} among those who hold its log up to entry {index}: {have} of {of} do.")
}
