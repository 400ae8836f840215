//! Since when each promise was put to the test.

use crate::checker::Checker;
use crate::invariant::{COUNT, Invariant};
use crate::violation::Moment;
use protocol::{Fact, Time};

/// When each promise was looked at first.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Since {
    looked: [Option<Moment>; COUNT],
    /// A bit for each that was.
    known: u32,
}

impl Checker {
    /// When the promise with this key was first looked at: event and time. Before that nothing had happened that could
    /// have broken it.
    pub fn since(&self, key: &str) -> Option<(u32, Time)> {
        let promise = self.made.named(key)?;
        self.since.looked[promise as usize].map(|moment| (moment.position, moment.at))
    }

    #[inline]
    pub(crate) fn look(&mut self, promises: &[Invariant]) {
        for promise in promises {
            let bit = 1 << *promise as u32;
            if self.since.known & bit == 0 {
                self.since.known |= bit;
                self.since.looked[*promise as usize] = Some(self.now);
            }
        }
    }

    /// What a fact puts to the test.
    #[inline]
    pub(crate) fn look_at(&mut self, fact: &Fact) {
        use Invariant as I;
        self.look(match fact {
            Fact::TermAdopted { .. } => &[I::TermNeverGoesBack],
            Fact::Supported { .. } => &[I::VoteOnceATerm, I::TermNeverGoesBack],
            Fact::Led { .. } => &[I::ElectionSafety, I::LeaderCompleteness],
            Fact::Appended { .. } => &[I::LogMatching, I::LogTermsNeverDecrease, I::LeaderAppendOnly],
            Fact::Truncated { .. } => &[I::LeaderAppendOnly],
            Fact::Proposed { .. } => &[I::OneValueATerm, I::SafeToPropose, I::LeaderKnowsThePast],
            Fact::Committed { leading: true, .. } => &[I::CommitNeverGoesBack, I::CommitOnMajority],
            Fact::Committed { .. } => &[I::CommitNeverGoesBack],
            Fact::Counted { .. } => &[],
            Fact::Applied { .. } => &[
                I::StateMachineSafety,
                I::Validity,
                I::Agreement,
                I::OrderedExecution,
                I::Integrity,
                I::TotalOrder,
                I::OrderInTerm,
                I::TermsInOrder,
            ],
            Fact::Ran { .. } => &[I::ExactlyOnce],
        });
    }
}
