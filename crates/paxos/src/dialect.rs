//! The words of the paper, for the page and the command line.

use crate::options::OPTIONS;
use crate::rules::RULES;
use protocol::{
    Channel, Declined, Dialect, Family, KindInfo, PromiseInfo, RoleInfo, RoleKind, TimerId, TimerInfo,
};

/// A server's place among the roles; see [`DIALECT`].
pub(crate) const ACCEPTOR: u8 = 0;
pub(crate) const PREPARING: u8 = 1;
pub(crate) const PROPOSING: u8 = 2;

/// The one timer: when a proposer loses patience with its ballot, or has backed off for long enough.
pub(crate) const RETRY: TimerId = TimerId(0);

/// Single-decree Paxos in words.
pub(crate) static DIALECT: Dialect = Dialect {
    key: "paxos",
    name: "Paxos",
    term: "ballot",
    index: "slot",
    committed: "chosen",
    support: "promise",
    leads: "proposes",
    finds_leader: false,
    no_sync: "there is no sync here: what is chosen is chosen once, and nothing newer follows",
    channel: Channel::Reorderable,
    slots: true,
    roles: ROLES,
    timers: &[TimerInfo { key: "retry", name: "retry timer", ring: true }],
    kinds: KINDS,
    options: OPTIONS,
    paces: &[],
    rules: RULES,
    promises: PROMISES,
    declines: DECLINES,
    presets: None,
};

/// Every server is an acceptor and a learner all the time; only what its proposer does changes.
///
/// A proposer in phase 2 counts as leading: a majority has promised to refuse all lower ballots, and it alone says
/// what its ballot proposes. It claims no more than that. Two servers may be in phase 2 at once, neither of them
/// wrong, so no server ever reports [`protocol::Fact::Led`].
const ROLES: &[RoleInfo] = &[
    RoleInfo { name: "Acceptor", kind: RoleKind::Idle },
    RoleInfo { name: "Preparing", kind: RoleKind::Seeking },
    RoleInfo { name: "Proposing", kind: RoleKind::Leading },
];

const KINDS: &[KindInfo] = &[
    KindInfo { name: "Prepare", family: Family::Solicit, reply: false },
    KindInfo { name: "Promise", family: Family::Support, reply: true },
    KindInfo { name: "Nack", family: Family::Support, reply: true },
    KindInfo { name: "Accept", family: Family::Propose, reply: false },
    KindInfo { name: "Accepted", family: Family::Acknowledge, reply: true },
    KindInfo { name: "Decide", family: Family::Commit, reply: false },
];

const PROMISES: &[PromiseInfo] = &[
    PromiseInfo {
        key: "agreement",
        name: "Agreement",
        words: "Only a single value is ever chosen, and no server takes another one for chosen.",
        source: "Paxos Made Simple §2.1",
    },
    PromiseInfo {
        key: "validity",
        name: "Validity",
        words: "Only a value that a client asked for is ever chosen.",
        source: "Paxos Made Simple §2.1",
    },
    PromiseInfo {
        key: "one-value-a-ballot",
        name: "One value a ballot",
        words: "In one ballot no two different values are ever proposed.",
        source: "Paxos Made Simple §2.2 and §2.5",
    },
    PromiseInfo {
        key: "promise-never-goes-back",
        name: "A promise never goes back",
        words: "The ballot that an acceptor has promised, and has on disk, never falls, not even through a crash.",
        source: "Paxos Made Simple §2.2, P1a, and §2.5",
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
        words: "A value is proposed only when no other can be chosen in a lower ballot any more.",
        source: "Paxos Made Simple §2.2, P2b and P2c",
    },
    PromiseInfo {
        key: "linearizability",
        name: "Linearizability",
        words: "Every answer is as if the chosen command ran once, between its question and its answer, and no other ran.",
        source: "Paxos Made Simple §3",
    },
];

const DECLINES: &[Declined] = &[
    Declined {
        key: "election-safety",
        name: "Election Safety",
        why: "Two proposers may lead at once, in different ballots, and neither is wrong: nothing rests on there being \
              one leader (Paxos Made Simple §2.4).",
    },
    Declined {
        key: "leader-completeness",
        name: "Leader Completeness",
        why: "A proposer need not know what was chosen when it begins: it learns it from the promises of a majority, \
              and proposes that again (Paxos Made Simple §2.2).",
    },
    Declined {
        key: "progress",
        name: "Progress",
        why: "Two proposers may overtake each other for ever (Paxos Made Simple §2.4); backing off makes that \
              unlikely, and nothing makes it impossible.",
    },
];
