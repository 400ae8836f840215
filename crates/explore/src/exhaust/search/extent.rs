//! How far an exhaustive search has come.

use super::Exhaust;
use protocol::Protocol;

/// How an exhaustive search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on.
    Searching,
    /// All that may happen within the bounds was tried.
    Complete,
    /// All that may happen within so many moves was tried.
    DepthReached,
    /// It ran out of the bytes that it was given.
    Full,
    /// A promise broke.
    Broken,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// How it stands.
    pub verdict: Verdict,
    /// How many different states were reached.
    pub states: u64,
    /// How many steps led to them, those included that led to a state that was known.
    pub steps: u64,
    /// How many moves the longest way has that was needed to reach one.
    pub depth: u32,
    /// How many states wait to be looked at.
    pub waiting: u64,
    /// True if all schedules were tried at once: then each state stands for all that differ from it in the messages.
    pub merged: bool,
    /// In how many ways servers were renamed: 1 if each state was looked at under its own names only.
    pub names: usize,
    /// How many different servers, messages, steps of a server and pasts there were.
    pub parts: [usize; 4],
    /// Roughly how many bytes it has filled.
    pub bytes: u64,
}

impl<P: Protocol> Exhaust<P> {
    /// How far it has come.
    pub fn extent(&self) -> Extent {
        let [servers, letters, steps] = self.steps.counts();
        let plain = Extent {
            verdict: if self.is_over() { self.verdict } else { Verdict::Searching },
            states: self.seen.len() as u64,
            steps: self.taken,
            depth: self.depth,
            waiting: self.came.len() as u64 - u64::from(self.number),
            merged: false,
            names: self.steps.names.len(),
            parts: [servers, letters, steps, self.ghosts.len()],
            bytes: self.bytes(),
        };
        let Some(cover) = &self.cover else { return plain };
        let ((states, waiting), bytes) =
            (cover.counts(), cover.bytes() + self.steps.bytes() + self.ghosts.bytes());
        Extent {
            states: states as u64,
            merged: true,
            steps: cover.taken,
            depth: cover.rounds,
            waiting: waiting as u64,
            bytes: bytes as u64,
            ..plain
        }
    }

    /// Roughly how many bytes it has filled.
    pub(super) fn bytes(&self) -> u64 {
        let came = self.came.capacity() * size_of::<(u32, u32)>();
        let layers = self.now.bytes() + self.next.bytes();
        (came + layers + self.seen.bytes() + self.steps.bytes() + self.ghosts.bytes()) as u64
    }
}
