//! The promises by name.

use protocol::Dialect;

/// What can be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Promise {
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
}

/// Each promise with its key. A key that ends in a dash goes on with the dialect's own word for a term.
const PROMISES: [(Promise, &str); 13] = [
    (Promise::ElectionSafety, "election-safety"),
    (Promise::LeaderAppendOnly, "leader-append-only"),
    (Promise::LogMatching, "log-matching"),
    (Promise::LeaderCompleteness, "leader-completeness"),
    (Promise::StateMachineSafety, "state-machine-safety"),
    (Promise::LogTermsNeverDecrease, "log-terms-never-decrease"),
    (Promise::CommitNeverGoesBack, "commit-never-goes-back"),
    (Promise::VoteOnceATerm, "vote-once-a-"),
    (Promise::PersistBeforeSend, "persist-before-send"),
    (Promise::Validity, "validity"),
    (Promise::Agreement, "agreement"),
    (Promise::OneValueATerm, "one-value-a-"),
    (Promise::TermNeverGoesBack, "promise-never-goes-back"),
];

/// The promises that one dialect makes, by their place in [`PROMISES`], each as the dialect writes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Made([Option<&'static str>; PROMISES.len()]);

impl Made {
    pub(crate) fn by(dialect: &'static Dialect) -> Made {
        let find = |(_, key): (Promise, &str)| {
            let says = |listed: &&str| match key.strip_suffix('-') {
                Some(_) => listed.strip_prefix(key) == Some(dialect.term),
                None => *listed == key,
            };
            dialect.promises.iter().map(|promise| promise.key).find(says)
        };
        Made(PROMISES.map(find))
    }

    /// The dialect's key for a promise; nothing if it does not make it.
    pub(crate) fn key(&self, promise: Promise) -> Option<&'static str> {
        self.0[promise as usize]
    }

    pub(crate) fn has(&self, promise: Promise) -> bool {
        self.key(promise).is_some()
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
        for (place, (promise, _)) in PROMISES.into_iter().enumerate() {
            assert_eq!(promise as usize, place);
        }
    }
}
