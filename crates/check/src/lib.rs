//! The invariants: what a protocol promises, checked after every event of a run.
//!
//! A [`Checker`] looks on while a simulator works. It reads the neutral facts that nodes report (a term adopted, an
//! entry appended, a commit raised), what reaches the disks, what clients ask for and who crashes; never a protocol's
//! own fields. It checks the promises that the protocol's dialect lists, each under the dialect's own key, and reports
//! each broken one as a [`Violation`]: one sentence and two witnesses that cannot both be right.
//!
//! **Ghosts.** What a check needs and no server knows, the checker remembers outside of the servers: every entry that
//! ever stood in a log (once, with the entry before it, so that a server's log is the number of its last entry), every
//! vote, every leader, what was committed in which term, what was applied first at each index, who has accepted what.
//! Two logs that end in the same entry are the same log, so most checks compare two numbers.
//!
//! **What binds.** A server that crashes loses what is not on its disk, and may do something else afterwards. So a term
//! or a vote counts as given once it is on disk *or* in a message that has left, and an acceptance once it is on disk.
//!
//! | promise | source | looked at | costs |
//! | --- | --- | --- | --- |
//! | `election-safety`: a term has at most one leader | Raft §5.2, Figure 3 | a leader's election | O(1) |
//! | `leader-append-only`: a leader removes and overwrites nothing | §5.3, Figure 3 | each change of a log | O(1) |
//! | `log-matching`: an index and a term stand for one log up to there, ever | §5.3, Figure 3 | each entry | O(1) |
//! | `leader-completeness`: a leader holds what earlier terms committed | §5.4, Figure 3 | an election; a commit | O(entries not committed) |
//! | `state-machine-safety`: an index is applied with one content everywhere, and none is left out | §5.4.3, Figure 3 | each entry applied | O(1) |
//! | `log-terms-never-decrease`: along a log | §5.3 | each entry | O(1) |
//! | `commit-never-goes-back`: nor beyond the log, and what is applied is committed | §5.3 | each commit, entry applied, entry removed | O(1) |
//! | `vote-once-a-term`: through crashes, too | §5.2, §5.4.1 | each vote | O(1) |
//! | `persist-before-send`: what a message says is on its sender's disk | Figure 2; Paxos Made Simple §2.5 | each message | O(1) |
//! | `validity`: only what a client asked for, or a no-op | Paxos Made Simple §2.1 | an index's first content | O(commands since) |
//! | `agreement`: an index has one chosen content | Paxos Made Simple §2.1 | each acceptance on disk | O(servers) |
//! | `one-value-a-term`: a term proposes one content for an index | Paxos Made Simple §2.2, §2.5 | each proposal | O(terms at that index) |
//! | `promise-never-goes-back`: nor does the term that a server has entered | Paxos Made Simple §2.2 | each term, each vote | O(1) |
//! | `ordered-execution`: what is applied stands right behind what was applied before | Paxos Made Simple §3 | each entry applied | O(1) |
//! | `safe-to-propose`: no other content can still be chosen in a lower term | Paxos Made Simple §2.2 | each proposal | O(servers × terms at that index) |
//! | `commit-on-majority`: a leader commits what a majority has on disk, the last of it of its own term | §5.3, §5.4.2 | a leader's commit | O(servers) |
//! | `quorum-durability`: what is committed stays on a majority of disks | §5.4 | a disk that loses entries | O(servers) |
//! | `exactly-once`: a client's command takes effect once at most | §8 | each command run | O(1) |
//! | `no-stale-reads`: no answer was replaced before the question, as far as anybody knew | §8 | each answer | O(1) |
//! | `session-consistency`: at one server a client reads nothing older than what it read or wrote there | Zab | each answer | O(versions of the key) |
//! | `linearizability`: one order of what clients asked explains what they heard | §8 | each answer | O(1), or a search |
//!
//! | `integrity`: what is applied was proposed by a leader of its term | Zab (DSN 2011) | each entry applied | O(1) |
//! | `total-order`: two servers apply what both apply in the same order, and leave nothing out between | Zab | each entry applied | O(1) |
//! | `local-primary-order`: a leader's proposals are applied as it made them | Zab | each entry applied | O(1) |
//! | `global-primary-order`: those of earlier terms first | Zab | each entry applied | O(1) |
//! | `primary-integrity`: a leader that proposes has applied all of earlier terms that is ever applied | Zab | a term's first proposal; each entry applied | O(terms since) |
//!
//! Two keys end with the dialect's word for a term. An O(1) here can become a search when a promise is already broken.
//! An event at which nothing is written, promised or applied costs a comparison for each message that it sends.
//!
//! A checker is part of each checkpoint of a run, so its clones share their past: see [`Chunks`].
//!
//! Also from the ghosts: [`Checker::chosen`], the places that are done for good, with who held each on disk at that
//! moment.
//!
//! Beside the promises stands a [`Meter`]: it shows what no promise forbids, a cluster that could get on and does not.
//!
//! # Left out
//!
//! The search for a schedule that breaks a promise. A wiped disk makes a server a new one under an old name: what the old
//! one had promised is not held against it, but what it held is missing on the disks of a majority. A key of which too
//! many operations overlap is given up: [`Checker::doubt`] says so.

mod answers;
mod checker;
mod clients;
mod essence;
pub mod history;
mod invariant;
mod log;
mod meter;
mod news;
mod orders;
mod quorum;
mod safe;
mod sessions;
mod shelf;
mod since;
mod slots;
mod term;
#[cfg(test)]
mod tests;
mod violation;

pub use checker::Checker;
pub use meter::{Meter, Stall};
pub use news::News;
pub use sim::Chunks;
pub use violation::{Chosen, Servers, Violation, Witness};
