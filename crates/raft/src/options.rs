//! What a run may choose. None of it touches safety.

use protocol::{OptionInfo, OptionKind, Setup, Span};

/// How a leader finds the last entry that a follower shares with it (Raft §5.3, end).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Backtracking {
    /// One entry back for each refusal: Fig. 2.
    Decrement,
    /// The follower says where its log ends.
    LengthHint,
    /// The follower names the conflicting term and the first index that it holds of it: one refusal for each term.
    ConflictTerm,
    /// Both sides skip what their terms rule out, as etcd does: seldom more than one refusal.
    Etcd,
}

/// The values of [`OPTIONS`], by name.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Options {
    pub(crate) no_op: bool,
    /// `usize::MAX` for no limit.
    pub(crate) max_entries_per_append: usize,
    pub(crate) backtracking: Backtracking,
    pub(crate) pre_vote: bool,
    pub(crate) leader_stickiness: bool,
    pub(crate) election_timeout_min: Span,
    pub(crate) election_timeout_max: Span,
    pub(crate) heartbeat_interval: Span,
}

impl Options {
    /// Reads a setup. A value that is missing or makes no sense counts as the default or the nearest that does.
    pub(crate) fn of(setup: &Setup) -> Options {
        let value =
            |place: usize| setup.options.get(place).copied().unwrap_or_else(|| OPTIONS[place].default);
        let span = |place: usize| Span(u64::try_from(value(place)).unwrap_or_default());
        let least = span(5);
        Options {
            no_op: value(0) != 0,
            max_entries_per_append: match usize::try_from(value(1)) {
                Ok(0) | Err(_) => usize::MAX,
                Ok(most) => most,
            },
            backtracking: match value(2) {
                0 => Backtracking::Decrement,
                1 => Backtracking::LengthHint,
                3 => Backtracking::Etcd,
                _ => Backtracking::ConflictTerm,
            },
            pre_vote: value(3) != 0,
            leader_stickiness: value(4) != 0,
            election_timeout_min: least,
            election_timeout_max: span(6).max(least),
            heartbeat_interval: span(7),
        }
    }
}

const ON: i64 = 1;
const OFF: i64 = 0;
const MILLISECOND: i64 = 1_000;
const MINUTE: i64 = 60_000 * MILLISECOND;
const SPAN: OptionKind = OptionKind::Span { least: MILLISECOND, most: MINUTE };

/// What can be chosen, in the order of a [`Setup`]'s values.
pub(crate) static OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        key: "no-op",
        words: "A new leader begins its term with an empty entry.",
        source: "Raft §8; dissertation §6.4",
        kind: OptionKind::Flag,
        default: ON,
    },
    OptionInfo {
        key: "max-entries-per-append",
        words: "How many entries one AppendEntries may carry.",
        source: "",
        kind: OptionKind::Number { least: 0, most: 1_000, none: Some("unlimited") },
        default: 0,
    },
    OptionInfo {
        key: "backtracking",
        words: "How a leader finds the last entry that a follower shares with it.",
        source: "Raft §5.3",
        kind: OptionKind::Choice(&["decrement", "length-hint", "conflict-term", "etcd"]),
        default: 2,
    },
    OptionInfo {
        key: "pre-vote",
        words: "A server asks whether it could win before it starts an election.",
        source: "dissertation §9.6",
        kind: OptionKind::Flag,
        default: OFF,
    },
    OptionInfo {
        key: "leader-stickiness",
        words: "A server that has just heard from a leader ignores candidates.",
        source: "Raft §6; dissertation §4.2.3",
        kind: OptionKind::Flag,
        default: OFF,
    },
    OptionInfo {
        key: "election-timeout-min",
        words: "The shortest time without a leader after which a server stands for election.",
        source: "Raft §5.2",
        kind: SPAN,
        default: 300 * MILLISECOND,
    },
    OptionInfo {
        key: "election-timeout-max",
        words: "The longest time without a leader after which a server stands for election.",
        source: "Raft §5.2",
        kind: SPAN,
        default: 600 * MILLISECOND,
    },
    OptionInfo {
        key: "heartbeat-interval",
        words: "How often a leader sends heartbeats.",
        source: "Raft §5.2",
        kind: SPAN,
        default: 100 * MILLISECOND,
    },
];
