//! What a run may choose. None of it touches safety.

use protocol::{OptionInfo, OptionKind, Setup, Span};

/// The values of [`OPTIONS`], by name.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Options {
    pub(crate) notification_interval: Span,
    pub(crate) finalize_wait: Span,
    pub(crate) init_limit: Span,
    pub(crate) sync_limit: Span,
    pub(crate) ping_interval: Span,
    /// `u64::MAX` for no limit.
    pub(crate) commit_log_count: u64,
    pub(crate) next_zxid_check: bool,
    pub(crate) sync_before_read: bool,
    /// True if an oracle says who leads, and nobody votes.
    pub(crate) oracle: bool,
}

impl Options {
    /// Reads a setup. A value that is missing or makes no sense counts as the default or the nearest that does.
    pub(crate) fn of(setup: &Setup) -> Options {
        let value =
            |place: usize| setup.options.get(place).copied().unwrap_or_else(|| OPTIONS[place].default);
        let span = |place: usize| Span(u64::try_from(value(place)).unwrap_or_default().max(1));
        Options {
            notification_interval: span(0),
            finalize_wait: span(1),
            init_limit: span(2),
            sync_limit: span(3),
            ping_interval: span(4),
            commit_log_count: match u64::try_from(value(5)) {
                Ok(0) | Err(_) => u64::MAX,
                Ok(count) => count,
            },
            next_zxid_check: value(6) != 0,
            sync_before_read: value(7) != 0,
            oracle: value(8) == 1,
        }
    }
}

const MILLISECOND: i64 = 1_000;
const SPAN: OptionKind = OptionKind::Span { least: MILLISECOND, most: 60_000 * MILLISECOND };

/// What can be chosen, in the order of a [`Setup`]'s values.
pub(crate) static OPTIONS: &[OptionInfo] = &[
    OptionInfo {
        key: "notification-interval",
        words: "How long a server that looks for a leader waits for news before it repeats its vote.",
        source: "ZooKeeper, FastLeaderElection.lookForLeader",
        kind: SPAN,
        default: 200 * MILLISECOND,
    },
    OptionInfo {
        key: "finalize-wait",
        words: "How long a server that has a quorum for its vote waits for a better one.",
        source: "ZooKeeper, FastLeaderElection.finalizeWait",
        kind: SPAN,
        default: 50 * MILLISECOND,
    },
    OptionInfo {
        key: "init-limit",
        words: "How long discovery and synchronization may take before a server looks for a leader again.",
        source: "ZooKeeper Administrator's Guide, initLimit",
        kind: SPAN,
        default: 500 * MILLISECOND,
    },
    OptionInfo {
        key: "sync-limit",
        words: "How long leader and follower may hear nothing of each other before they part.",
        source: "ZooKeeper Administrator's Guide, syncLimit",
        kind: SPAN,
        default: 400 * MILLISECOND,
    },
    OptionInfo {
        key: "ping-interval",
        words: "How often a leader sends PING.",
        source: "ZooKeeper Administrator's Guide, tickTime",
        kind: SPAN,
        default: 100 * MILLISECOND,
    },
    OptionInfo {
        key: "commit-log-count",
        words: "How many of its last transactions a leader keeps at hand; a follower that lacks more gets a SNAP.",
        source: "ZooKeeper Administrator's Guide, commitLogCount",
        kind: OptionKind::Number { least: 0, most: 100_000, none: Some("unlimited") },
        default: 500,
    },
    OptionInfo {
        key: "next-zxid-check",
        words: "A follower that is sent another zxid than the next one parts with its leader.",
        source: "Zab.tla; ZooKeeper's Learner only warns",
        kind: OptionKind::Flag,
        default: 0,
    },
    OptionInfo {
        key: "sync-before-read",
        words: "A server that is asked to read sends SYNC first, and reads when its leader has answered.",
        source: "ZooKeeper Programmer's Guide, Consistency Guarantees",
        kind: OptionKind::Flag,
        default: 0,
    },
    OptionInfo {
        key: "election",
        words: "Who says who is to lead: Fast Leader Election, or an oracle that names the reachable server with the largest \
                id, whatever it knows.",
        source: "ZooKeeper, FastLeaderElection; DSN'11, leader oracle",
        kind: OptionKind::Choice(&["fast", "oracle"]),
        default: 0,
    },
];
