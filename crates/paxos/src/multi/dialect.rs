//! The words of the papers, for the page and the command line.

use crate::multi::options::OPTIONS;
use crate::multi::rules::RULES;
use protocol::{
    Channel, Declined, Dialect, Family, KindInfo, Pace, PromiseInfo, RoleInfo, RoleKind, TimerId, TimerInfo,
};

/// A server's place among the roles; see [`DIALECT`].
pub(crate) const FOLLOWER: u8 = 0;
pub(crate) const PREPARING: u8 = 1;
pub(crate) const LEADER: u8 = 2;

/// When a server takes a ballot of its own.
pub(crate) const ELECTION: TimerId = TimerId(0);
/// When a leader makes itself heard.
pub(crate) const HEARTBEAT: TimerId = TimerId(1);

/// Multi-Paxos in words.
pub(crate) static DIALECT: Dialect = Dialect {
    key: "multi-paxos",
    name: "Multi-Paxos",
    term: "ballot",
    index: "slot",
    committed: "decided",
    support: "promise",
    leads: "leads",
    finds_leader: true,
    no_sync: "there is no sync here: reads go through the log, and see all that was done before",
    channel: Channel::Reorderable,
    slots: true,
    roles: ROLES,
    timers: &[
        TimerInfo { key: "election", name: "election timer", ring: true },
        TimerInfo { key: "heartbeat", name: "heartbeat timer", ring: false },
    ],
    kinds: KINDS,
    options: OPTIONS,
    paces: &[
        (Pace::Heartbeat, "heartbeat-interval"),
        (Pace::LeastPatience, "election-timeout-min"),
        (Pace::MostPatience, "election-timeout-max"),
    ],
    rules: RULES,
    promises: PROMISES,
    declines: DECLINES,
    presets: None,
};

/// Every server is acceptor, learner and replica all the time; only what its leader's part does changes.
const ROLES: &[RoleInfo] = &[
    RoleInfo { name: "Follower", kind: RoleKind::Idle },
    RoleInfo { name: "Preparing", kind: RoleKind::Seeking },
    RoleInfo { name: "Leader", kind: RoleKind::Leading },
];

const KINDS: &[KindInfo] = &[
    KindInfo { name: "Prepare", family: Family::Solicit, reply: false },
    KindInfo { name: "Promise", family: Family::Support, reply: true },
    KindInfo { name: "Nack", family: Family::Support, reply: true },
    KindInfo { name: "Accept", family: Family::Propose, reply: false },
    KindInfo { name: "Accepted", family: Family::Acknowledge, reply: true },
    KindInfo { name: "Decide", family: Family::Commit, reply: false },
    KindInfo { name: "Heartbeat", family: Family::Commit, reply: false },
    KindInfo { name: "CatchUp", family: Family::Synchronise, reply: false },
    KindInfo { name: "Decisions", family: Family::Synchronise, reply: true },
];

const PROMISES: &[PromiseInfo] = &[
    PromiseInfo {
        key: "agreement",
        name: "Agreement",
        words: "In each slot only a single value is ever chosen, and no server takes another one for chosen.",
        source: "PMMC, invariants R1, A5 and C2",
    },
    PromiseInfo {
        key: "validity",
        name: "Validity",
        words: "Only a command that a client asked for is ever chosen, or a no-op.",
        source: "Paxos Made Simple §2.1 and §3",
    },
    PromiseInfo {
        key: "one-value-a-ballot",
        name: "One value a ballot",
        words: "For one slot and in one ballot no two different values are ever proposed.",
        source: "PMMC, invariants A4 and C1",
    },
    PromiseInfo {
        key: "promise-never-goes-back",
        name: "A promise never goes back",
        words: "The ballot that an acceptor has promised, and has on disk, never falls, not even through a crash.",
        source: "PMMC, invariant A1; Paxos Made Simple §2.5",
    },
    PromiseInfo {
        key: "persist-before-send",
        name: "Persist before send",
        words: "What a message binds its sender to is on the sender's disk before the message leaves.",
        source: "Paxos Made Simple §2.5",
    },
    PromiseInfo {
        key: "safe-to-propose",
        name: "Safe to propose",
        words: "A value is proposed for a slot only when no other can be chosen there in a lower ballot any more.",
        source: "Paxos Made Simple §2.2, P2b and P2c; PMMC, invariant C2",
    },
    PromiseInfo {
        key: "ordered-execution",
        name: "Ordered execution",
        words: "A server runs the decided commands in the order of slots, and leaves none out.",
        source: "PMMC, invariants R2, R3 and R4",
    },
    PromiseInfo {
        key: "exactly-once",
        name: "Exactly once",
        words: "A command runs once at most, even if it is decided in two slots.",
        source: "PMMC, replica (perform)",
    },
    PromiseInfo {
        key: "linearizability",
        name: "Linearizability",
        words: "Every answer is as if each command ran at one moment between its question and its answer.",
        source: "Paxos Made Simple §3",
    },
];

const DECLINES: &[Declined] = &[
    Declined {
        key: "election-safety",
        name: "Election Safety",
        why: "Two servers may lead at once, in different ballots, and neither is wrong until a majority has promised \
              the higher one: nothing rests on there being one leader (Paxos Made Simple §3).",
    },
    Declined {
        key: "leader-append-only",
        name: "Leader Append-Only",
        why: "A new leader may overwrite what it accepted itself, if that was not chosen: what counts is the highest \
              ballot that the promises report.",
    },
    Declined {
        key: "log-matching",
        name: "Log Matching",
        why: "Slots are filled independently of each other: one ballot in a slot says nothing about the slots before \
              it, which may be empty.",
    },
    Declined {
        key: "log-terms-never-decrease",
        name: "Log terms never decrease",
        why: "A slot may hold a lower ballot than the slot before it: each is proposed again on its own, and only \
              where that is needed.",
    },
    Declined {
        key: "leader-completeness",
        name: "Leader Completeness",
        why: "Any server may lead, whatever it missed: it learns what may be chosen from the promises of a majority, \
              and proposes that again.",
    },
    Declined {
        key: "progress",
        name: "Progress",
        why: "Two servers may preempt each other for ever (Paxos Made Simple §2.4); backing off makes that unlikely, \
              and nothing makes it impossible.",
    },
];
