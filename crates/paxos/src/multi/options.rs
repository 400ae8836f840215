//! What a scenario may set. None of it touches safety.

use protocol::{OptionInfo, OptionKind, Setup, Span};

/// A cluster's options.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Options {
    pub(crate) election_timeout_min: Span,
    pub(crate) election_timeout_max: Span,
    pub(crate) heartbeat_interval: Span,
    /// How many slots may be proposed beyond the last one that has run.
    pub(crate) window: u64,
    /// True if acceptors tell every learner what they accept; false if they tell the leader alone.
    pub(crate) accepted_to_all: bool,
    /// True if slots are accepted in order, so that what a server holds is a log without holes, as in Raft.
    pub(crate) raft_style_log: bool,
}

const MILLISECOND: i64 = 1_000;
const SPAN: OptionKind = OptionKind::Span { least: MILLISECOND, most: 60_000 * MILLISECOND };

/// The options in words, in the order in which a [`Setup`] holds their values.
pub(crate) static OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        key: "election-timeout-min",
        words: "The shortest time without a leader after which a server takes a ballot of its own.",
        source: "Paxos Made Simple §3",
        kind: SPAN,
        default: 300 * MILLISECOND,
    },
    OptionInfo {
        key: "election-timeout-max",
        words: "The longest time without a leader after which a server takes a ballot of its own.",
        source: "Paxos Made Simple §3",
        kind: SPAN,
        default: 600 * MILLISECOND,
    },
    OptionInfo {
        key: "heartbeat-interval",
        words: "How often a leader sends heartbeats, and sends again what was not accepted.",
        source: "",
        kind: SPAN,
        default: 100 * MILLISECOND,
    },
    OptionInfo {
        key: "window",
        words: "How many slots a leader may propose beyond the last one that has run.",
        source: "PMMC, invariant R5",
        kind: OptionKind::Number { least: 1, most: 1_000, none: None },
        default: 8,
    },
    OptionInfo {
        key: "accepted-to-all",
        words: "Acceptors tell every server what they accept, and each counts for itself; otherwise they tell the \
                leader, who tells the others.",
        source: "Paxos Made Simple §2.3",
        kind: OptionKind::Flag,
        default: 0,
    },
    OptionInfo {
        key: "raft-style-log",
        words: "A server accepts a slot only behind the slots before it, so that its log grows as in Raft; otherwise slots \
                are accepted in any order.",
        source: "Howard and Mortier, Paxos vs Raft, 2020",
        kind: OptionKind::Flag,
        default: 0,
    },
];

impl Options {
    /// Reads a setup. A value that is missing counts as the default.
    pub(crate) fn of(setup: &Setup) -> Options {
        let value = |place: usize| setup.options.get(place).copied().unwrap_or(OPTIONS[place].default);
        let span = |place: usize| Span(u64::try_from(value(place)).unwrap_or_default());
        let least = span(0);
        Options {
            election_timeout_min: least,
            election_timeout_max: span(1).max(least),
            heartbeat_interval: span(2),
            window: u64::try_from(value(3)).unwrap_or_default().max(1),
            accepted_to_all: value(4) != 0,
            raft_style_log: value(5) != 0,
        }
    }
}
