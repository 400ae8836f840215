//! The promises by name.

use protocol::Dialect;

/// What can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invariant {
    ElectionSafety,
    LeaderAppendOnly,
    LogMatching,
    LeaderCompleteness,
    StateMachineSafety,
    LogTermsNeverDecrease,
    CommitNeverGoesBack,
    VoteOnceATerm,
    PersistBeforeSend,
    Validity,
    Agreement,
    OneValueATerm,
    TermNeverGoesBack,
    CommitOnMajority,
    QuorumDurability,
    ExactlyOnce,
    NoStaleReads,
    Linearizability,
    SafeToPropose,
    Integrity,
    TotalOrder,
    OrderInTerm,
    TermsInOrder,
    LeaderKnowsThePast,
    OrderedExecution,
    SessionConsistency,
}

/// Each promise with its key. A key that ends in a dash goes on with the dialect's own word for a term.
const INVARIANTS: [(Invariant, &str); 26] = [
    (Invariant::ElectionSafety, "election-safety"),
    (Invariant::LeaderAppendOnly, "leader-append-only"),
    (Invariant::LogMatching, "log-matching"),
    (Invariant::LeaderCompleteness, "leader-completeness"),
    (Invariant::StateMachineSafety, "state-machine-safety"),
    (Invariant::LogTermsNeverDecrease, "log-terms-never-decrease"),
    (Invariant::CommitNeverGoesBack, "commit-never-goes-back"),
    (Invariant::VoteOnceATerm, "vote-once-a-"),
    (Invariant::PersistBeforeSend, "persist-before-send"),
    (Invariant::Validity, "validity"),
    (Invariant::Agreement, "agreement"),
    (Invariant::OneValueATerm, "one-value-a-"),
    (Invariant::TermNeverGoesBack, "promise-never-goes-back"),
    (Invariant::CommitOnMajority, "commit-on-majority"),
    (Invariant::QuorumDurability, "quorum-durability"),
    (Invariant::ExactlyOnce, "exactly-once"),
    (Invariant::NoStaleReads, "no-stale-reads"),
    (Invariant::Linearizability, "linearizability"),
    (Invariant::SafeToPropose, "safe-to-propose"),
    (Invariant::Integrity, "integrity"),
    (Invariant::TotalOrder, "total-order"),
    (Invariant::OrderInTerm, "local-primary-order"),
    (Invariant::TermsInOrder, "global-primary-order"),
    (Invariant::LeaderKnowsThePast, "primary-integrity"),
    (Invariant::OrderedExecution, "ordered-execution"),
    (Invariant::SessionConsistency, "session-consistency"),
];

/// How many there are.
pub(crate) const COUNT: usize = INVARIANTS.len();

/// The promises that one dialect makes, by their place in [`INVARIANTS`], each as the dialect writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made([Option<&'static str>; INVARIANTS.len()]);

impl Made {
    pub(crate) fn by(dialect: &'static Dialect) -> Made {
        let find = |(_, key): (Invariant, &str)| {
            let says = |listed: &&str| match key.strip_suffix('-') {
                Some(_) => listed.strip_prefix(key) == Some(dialect.term),
                None => *listed == key,
            };
            dialect.promises.iter().map(|promise| promise.key).find(says)
        };
        Made(INVARIANTS.map(find))
    }

    /// The dialect's key for a promise; nothing if it does not make it.
    pub(crate) fn key(&self, promise: Invariant) -> Option<&'static str> {
        self.0[promise as usize]
    }

    pub(crate) fn has(&self, promise: Invariant) -> bool {
        self.key(promise).is_some()
    }

    /// The promise with a key.
    pub(crate) fn named(&self, key: &str) -> Option<Invariant> {
        let place = self.0.iter().position(|made| *made == Some(key))?;
        INVARIANTS.get(place).map(|(promise, _)| *promise)
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.0.into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_promise_stands_at_its_own_place() {
        for (place, (promise, _)) in INVARIANTS.into_iter().enumerate() {
            assert_eq!(promise as usize, place);
        }
    }
}
