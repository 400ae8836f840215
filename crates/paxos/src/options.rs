//! What a scenario may set.

use protocol::{OptionInfo, OptionKind, Setup, Span};

/// A cluster's options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Options {
    /// The shortest wait before a proposer tries a higher ballot; the longest is twice as long.
    pub(crate) retry_timeout: Span,
    /// True if acceptors tell every learner what they accept; false if they tell the proposer alone.
    pub(crate) accepted_to_all: bool,
}

/// The options in words, in the order in which a [`Setup`] holds their values.
pub(crate) const OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        key: "retry-timeout",
        words: "The shortest wait before a proposer tries a higher ballot; the longest is twice as long.",
        source: "Paxos Made Simple §2.4",
        kind: OptionKind::Span { least: 1_000, most: 10_000_000 },
        default: 100_000,
    },
    OptionInfo {
        key: "accepted-to-all",
        words: "Acceptors tell every server what they accept, and each counts for itself; otherwise they tell the \
                proposer, who tells the others.",
        source: "Paxos Made Simple §2.3",
        kind: OptionKind::Flag,
        default: 0,
    },
];

impl Options {
    pub(crate) fn of(setup: &Setup) -> Options {
        let value = |place: usize| setup.options.get(place).copied().unwrap_or(OPTIONS[place].default);
        Options { retry_timeout: Span(value(0).max(1).cast_unsigned()), accepted_to_all: value(1) != 0 }
    }
}
