//! Raft: how several servers keep one log, whatever is lost, delayed, doubled or restarted.
//!
//! After Diego Ongaro and John Ousterhout, *In Search of an Understandable Consensus Algorithm* (extended version,
//! 2014), cited here as Raft §1 to §11, and Ongaro's dissertation *Consensus: Bridging Theory and Practice* (2014).
//!
//! # The problem (§2)
//!
//! A service shall survive the crash of some of its servers. If every server runs the same commands in the same order,
//! every server arrives at the same state and any of them can stand in for any other. So the servers keep a **log** of
//! commands and have to agree, index by index, on what stands in it. Messages may be lost, delayed, doubled and
//! reordered; servers stop, and start again with what is on their disks. Nobody lies.
//!
//! An entry is **committed** when it is certain that no server will ever apply another one at its index. Commitment is
//! a fact about the cluster; a server's `commit_index` is what it *knows* of that fact.
//!
//! # Terms and leaders (§5.1, §5.2)
//!
//! Raft makes one server the leader, lets it decide the order alone, and replaces it when it falls silent. Time is
//! divided into **terms**, numbered upwards. Each term begins with an election and has at most one leader, because a
//! server votes only once in a term and a winner needs the votes of a majority: two majorities share a server.
//!
//! * A *follower* that hears from no leader for an election timeout becomes a *candidate*: it moves to the next term,
//!   votes for itself and sends `RequestVote` to all others.
//! * With the votes of a majority it is *leader* and sends `AppendEntries` to all others, at once and then at every
//!   heartbeat interval, so that nobody else stands.
//! * If votes split, candidates time out and stand again. Timeouts are random, so that they seldom clash twice.
//!
//! Terms are also how a server finds out that it missed something. Every message carries its sender's term. Whoever
//! sees a newer one adopts it, and steps down if it was leader or candidate; whoever is sent an older one refuses.
//!
//! # Replication (§5.3)
//!
//! The leader appends a client's command to its log and sends it on. With each entry it sends the index and the term of
//! the entry *before* it, and a follower that does not have that very entry refuses. By induction, two logs that agree
//! in one entry agree in all before it: that is *Log Matching*, and the reason why one comparison is enough.
//!
//! A refused leader goes back in the follower's log until it finds the last entry that both share; from there on the
//! follower deletes what conflicts and stores what it is sent. Leaders only append; followers are made like them.
//!
//! When a majority has stored an entry, the leader commits it, applies it to its state machine and answers the client.
//! Followers learn how far the log is committed from the next `AppendEntries`.
//!
//! # Why nothing committed is ever lost (§5.4)
//!
//! Followers delete entries, so a new leader had better have everything that is committed. Two rules see to that:
//!
//! * **A voter refuses a candidate whose log is behind its own** ([`rules::UP_TO_DATE_LOG`]): the one whose last term
//!   is older or, if the last terms are equal, whose log is shorter. A committed entry is on a majority; a winner needs
//!   votes from a majority; so at least one voter has the entry and refuses whoever lacks it.
//! * **A leader commits only entries of its own term by counting** ([`rules::COMMIT_OWN_TERM_ONLY`]). An entry of an
//!   *older* term can be on a majority and still be overwritten by a candidate with a newer last term (Fig. 8). With
//!   an entry of the leader's own term on a majority that candidate cannot win any more, and all entries before are
//!   committed with it.
//!
//! From these follows *Leader Completeness*, and from that *State Machine Safety*: no two servers ever apply different
//! entries at the same index.
//!
//! # What has to be on disk, and when (Fig. 2; dissertation §3.8, §10.2.1)
//!
//! A server that forgot its vote would vote twice; one that forgot an entry would break the majority it was part of.
//! So `current_term`, `voted_for` and the log survive a crash, and a message leaves only when what it says is true of
//! its sender's disk:
//!
//! | message | on the sender's disk before it leaves |
//! |---|---|
//! | `RequestVote` | the term, and the vote for itself |
//! | `RequestVoteReply` | the term; if granted, the vote |
//! | `AppendEntries` | the term, but not the entries: the leader's disk is one among many |
//! | `AppendEntriesReply` | the term; if successful, the log up to `match_index` |
//! | `PreVote`, `PreVoteReply` | nothing: they promise nothing |
//!
//! A server counts itself like any other, its own vote and its own entries: once they are on its disk. All else
//! is volatile. Even `commit_index` starts at 0 again, and the next leader finds out anew.
//!
//! # How a server is built
//!
//! | file | what |
//! |---|---|
//! | `node.rs` | the state of Fig. 2, the roles, and where inputs go |
//! | `election.rs` | timeouts, candidates, leaders, stepping down |
//! | `vote.rs` | `RequestVote`: giving votes |
//! | `append.rs` | `AppendEntries` at the follower |
//! | `replication.rs` | `AppendEntries` at the leader |
//! | `commit.rs` | who knows what is committed; applying it |
//! | `client.rs` | commands, answers, retries |
//! | `pre_vote.rs` | two options: pre-vote and leader stickiness |
//! | `durable.rs` | what survives a crash, and what is on its way to the disk |
//! | `message.rs` | the messages, with the paper's fields |
//! | `rules.rs` | every rule by name: its words, its source, and what happens without it |
//! | `rename.rs` | the same server under another number |
//! | `options.rs`, `dialect.rs`, `view.rs` | what a run may choose; the words; the pictures |
//!
//! A server is a pure state machine ([`protocol::Protocol`]): one input in, effects out. Each rule is asked by its name
//! where it decides (`fx.allows(rules::ONE_VOTE_PER_TERM, …)`), so it can explain itself, be counted and be switched
//! off. Switched off, each does the damage that it is there to prevent; `tests/raft/removals` shows how.
//!
//! # Choices where the paper leaves one
//!
//! * **Heartbeats carry no entries** (§5.2). A follower's answer to one shows whether earlier entries have arrived; if
//!   not, the leader sends them again. A message carries all from `next_index` on that its limit allows, so an entry may
//!   travel again before its first answer is there; a full message waits for the answer to the one before.
//! * **A follower that knows the leader of a term but never voted in it may still vote** in that term, as in Fig. 2. It
//!   is harmless: the leader's majority cannot vote again.
//! * **Answers echo `prev_log_index`**, as messages may overtake each other, and a success says up to where the
//!   request reached. A leader counts exactly that.
//! * **Reads are entries**, so that they need no rules of their own.
//! * **Sessions are implicit** (§8): a client is known by its number and has one command under way at a time. A retry
//!   is found in the session or in the log and is not appended twice.
//!
//! # Left out
//!
//! Changes of membership (§6), snapshots (§7), reads without log entries (§8; dissertation §6.4), leadership transfer
//! (dissertation §3.10), leaders that step down when they hear from no majority (§6.2 there), flow control beyond a
//! limit on batches, and expiry of sessions.

mod append;
mod client;
mod commit;
mod dialect;
mod durable;
mod election;
mod message;
mod node;
mod options;
mod pre_vote;
mod preset;
mod rename;
mod replication;
pub mod rules;
mod servers;
mod view;
mod vote;

pub use durable::{Delta, Durable};
pub use message::{
    AppendEntries, AppendEntriesReply, Message, Outcome, PreVote, PreVoteReply, RequestVote, RequestVoteReply,
};
pub use node::Raft;
