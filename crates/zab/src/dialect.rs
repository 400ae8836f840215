//! The words of the papers and of ZooKeeper, for everybody who prints them.

use crate::options::OPTIONS;
use crate::rules::{self, RULES};
use protocol::{
    Channel, Declined, Dialect, Family, Firing, KindInfo, NodeId, Pace, PromiseInfo, RoleInfo, RoleKind,
    TimerId, TimerInfo,
};

/// When a server that looks for a leader repeats its vote.
pub(crate) const NOTIFICATION: TimerId = TimerId(0);
/// When a server whose vote has a quorum ends its election.
pub(crate) const FINALIZE: TimerId = TimerId(1);
/// When leader and follower lose patience with each other: initLimit, then syncLimit.
pub(crate) const LIMIT: TimerId = TimerId(2);
/// When a leader pings its followers.
pub(crate) const PING: TimerId = TimerId(3);

/// ZAB in words.
pub(crate) static ZAB: Dialect = Dialect {
    key: "zab",
    name: "ZAB",
    term: "epoch",
    index: "place",
    committed: "committed",
    support: "acknowledgement",
    leads: "leads",
    finds_leader: false,
    no_sync: "",
    channel: Channel::Fifo,
    slots: false,
    roles: ROLES,
    timers: &[
        TimerInfo { key: "notification", name: "notification timer", ring: false },
        TimerInfo { key: "finalize", name: "finalize timer", ring: true },
        TimerInfo { key: "limit", name: "limit timer", ring: true },
        TimerInfo { key: "ping", name: "ping timer", ring: false },
    ],
    kinds: KINDS,
    options: OPTIONS,
    paces: &[(Pace::Heartbeat, "ping-interval"), (Pace::Patience, "sync-limit")],
    rules: RULES,
    promises: PROMISES,
    declines: DECLINES,
    presets: None,
};

/// The states of ZooKeeper's servers (LOOKING, FOLLOWING, LEADING), each with the phase that it is in. Followers go by the
/// phase until they broadcast, and so do leaders: only one that serves counts as leading.
const ROLES: &[RoleInfo] = &[
    RoleInfo { name: "Looking", kind: RoleKind::Seeking },
    RoleInfo { name: "Discovery", kind: RoleKind::Syncing },
    RoleInfo { name: "Synchronization", kind: RoleKind::Syncing },
    RoleInfo { name: "Following", kind: RoleKind::Idle },
    RoleInfo { name: "LeadingDiscovery", kind: RoleKind::Seeking },
    RoleInfo { name: "LeadingSynchronization", kind: RoleKind::Syncing },
    RoleInfo { name: "Leading", kind: RoleKind::Leading },
];

const KINDS: &[KindInfo] = &[
    KindInfo { name: "Notification", family: Family::Solicit, reply: false },
    KindInfo { name: "FOLLOWERINFO", family: Family::Solicit, reply: false },
    KindInfo { name: "LEADERINFO", family: Family::Solicit, reply: false },
    KindInfo { name: "ACKEPOCH", family: Family::Support, reply: true },
    KindInfo { name: "DIFF", family: Family::Synchronise, reply: false },
    KindInfo { name: "TRUNC", family: Family::Synchronise, reply: false },
    KindInfo { name: "SNAP", family: Family::Synchronise, reply: false },
    KindInfo { name: "NEWLEADER", family: Family::Synchronise, reply: false },
    KindInfo { name: "ACK", family: Family::Acknowledge, reply: true },
    KindInfo { name: "UPTODATE", family: Family::Commit, reply: false },
    KindInfo { name: "PROPOSAL", family: Family::Propose, reply: false },
    KindInfo { name: "COMMIT", family: Family::Commit, reply: false },
    KindInfo { name: "PING", family: Family::Commit, reply: false },
    KindInfo { name: "REQUEST", family: Family::Propose, reply: false },
    KindInfo { name: "SYNC", family: Family::Commit, reply: false },
];

/// What ZAB leaves to others, by design.
const DECLINES: &[Declined] = &[
    Declined {
        key: "linearizability",
        name: "Linearizability",
        why: "A server answers reads by itself, from what it has delivered, which may be behind the others. A client that \
              wants to see what was written before asks for a sync first (USENIX'10, §2.3).",
    },
    Declined {
        key: "exactly-once",
        name: "Exactly once",
        why: "A client that hears no answer does not know whether its request was delivered. ZAB orders transactions and \
              removes no doubles; that is for whoever uses it.",
    },
    Declined {
        key: "progress",
        name: "Progress",
        why: "No protocol can promise that something is ever delivered while messages may take any time: ZAB does so only \
              once a leader and a quorum of followers hear each other in time (DSN'11, liveness).",
    },
];

/// What ZAB promises: primary order atomic broadcast (DSN'11), and what that rests on. Local reads are promised to nobody
/// as new: what a client reads may be old.
const PROMISES: &[PromiseInfo] = &[
    PromiseInfo {
        key: "integrity",
        name: "Integrity",
        words: "What a server delivers, some primary has broadcast.",
        source: "DSN'11, Integrity",
    },
    PromiseInfo {
        key: "total-order",
        name: "Total order",
        words: "If one server delivers a before b, every server that delivers b has delivered a before it.",
        source: "DSN'11, Total order",
    },
    PromiseInfo {
        key: "agreement",
        name: "Agreement",
        words: "Of two servers, one has delivered all that the other has.",
        source: "DSN'11, Agreement",
    },
    PromiseInfo {
        key: "local-primary-order",
        name: "Local primary order",
        words: "If a primary broadcasts a before b, whoever delivers b has delivered a before it.",
        source: "DSN'11, Local primary order",
    },
    PromiseInfo {
        key: "global-primary-order",
        name: "Global primary order",
        words: "What an earlier primary broadcast is delivered before what a later one broadcast.",
        source: "DSN'11, Global primary order",
    },
    PromiseInfo {
        key: "primary-integrity",
        name: "Primary integrity",
        words: "Before a primary broadcasts, it has delivered all of earlier primaries that is ever delivered.",
        source: "DSN'11, Primary integrity",
    },
    PromiseInfo {
        key: "election-safety",
        name: "One leader an epoch",
        words: "At most one leader gets through discovery with an epoch, and so at most one is established in it.",
        source: "Zab.tla, Leadership1; DSN'11, established leader",
    },
    PromiseInfo {
        key: "leader-completeness",
        name: "Leader completeness",
        words: "What was committed in one epoch is in the history of every later epoch's leader.",
        source: "DSN'11, proof of correctness",
    },
    PromiseInfo {
        key: "log-matching",
        name: "Prefix consistency",
        words: "Two logs with the same epoch at the same place are the same up to there.",
        source: "Zab.tla, PrefixConsistency",
    },
    PromiseInfo {
        key: "log-terms-never-decrease",
        name: "Zxids rise",
        words: "Along a log, no transaction is of an earlier epoch than the one before it.",
        source: "DSN'11, order of zxids",
    },
    PromiseInfo {
        key: "leader-append-only",
        name: "A leader only appends",
        words: "A leader removes nothing from its history and changes nothing in it while it leads.",
        source: "Zab 1.0, phases 2 and 3",
    },
    PromiseInfo {
        key: "session-consistency",
        name: "Session consistency",
        words: "At one server a client reads nothing older than what it has read or written there, or than what that \
                server's leader had committed when the client asked it for a sync.",
        source: "USENIX'10, §2.3, FIFO client order; §4.4, sync",
    },
    PromiseInfo {
        key: "commit-never-goes-back",
        name: "Commit never goes back",
        words: "What a server knows to be committed only grows while the server is up.",
        source: "Zab 1.0, phase 3",
    },
    PromiseInfo {
        key: "promise-never-goes-back",
        name: "Accepted epochs rise",
        words: "The epoch that a server has accepted, and has on disk, never falls, not even through a crash.",
        source: "Zab 1.0, definition of acceptedEpoch",
    },
    PromiseInfo {
        key: "persist-before-send",
        name: "Persist before send",
        words: "What a message binds its sender to is on the sender's disk before the message leaves.",
        source: "Zab 1.0, phases 1 to 3",
    },
    PromiseInfo {
        key: "validity",
        name: "Validity",
        words: "What is delivered was asked for by a client.",
        source: "DSN'11, Integrity",
    },
];

/// The sentence of a firing. No transaction bears (0,0): it stands for none.
pub(crate) fn tell(me: NodeId, firing: &Firing) -> String {
    let text = ZAB.rule(firing.rule).tell(me, firing);
    match firing.rule {
        rules::UPTODATE_TELLS_ALL_COMMITTED => {
            text.replace("what is committed by now: all up to (0,0)", "that nothing is committed yet")
        }
        rules::REPORT_WHAT_IS_LOGGED => text.replace("only (0,0) to be committed", "nothing to be committed"),
        rules::LEADER_KNOWS_MOST => text.replace("ends with (0,0)", "has nothing"),
        _ => text,
    }
}
