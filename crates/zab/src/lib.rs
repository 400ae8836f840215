//! ZAB, ZooKeeper's atomic broadcast: how the servers of a primary-backup service deliver one order of changes.
//!
//! After Flavio Junqueira, Benjamin Reed and Marco Serafini, *Zab: High-performance broadcast for primary-backup systems*
//! (DSN 2011), cited here as DSN'11; the page *Zab1.0* of the ZooKeeper wiki, by whose steps ZooKeeper is written, cited
//! as Zab 1.0; ZooKeeper's own sources; and the specification `Zab.tla` beside them. Names are ZooKeeper's.
//!
//! # The problem
//!
//! ZooKeeper is a primary-backup service. One server, the **primary**, runs what clients ask for and turns it into
//! *changes of state*; the others apply these changes. A change makes sense only behind the one before it: "set the
//! version to 6" is right if it was 5. So it is not enough that all servers agree on one order. A primary that has many
//! changes under way when it dies must leave behind a *beginning* of them, without a hole; and the next primary must have
//! applied all that will ever be applied of the earlier ones before it makes changes of its own. That is what *primary
//! order* means, and what protocols that agree place by place do not promise.
//!
//! # Epochs and zxids
//!
//! Every leader has an **epoch** of its own, and counts its proposals in it. The pair (epoch, counter) is the **zxid** of a
//! transaction, its name for ever: later leaders pass it on unchanged. Zxids are ordered by epoch first. A server keeps
//! two epochs on its disk, and their difference is half of the protocol:
//!
//! * `acceptedEpoch`: the last epoch that it gave its word to. It follows no leader of an earlier one any more.
//! * `currentEpoch`: the last epoch whose leader's *history it has taken over*. By it, and then by its last zxid, is
//!   measured how much a server knows.
//!
//! # Four phases
//!
//! | phase | what happens | messages |
//! |---|---|---|
//! | 0 election | servers that are LOOKING settle on the one that knows most | Notification |
//! | 1 discovery | a quorum tells the leader its `acceptedEpoch`; the leader finds one above all; the quorum accepts it and tells what it has | FOLLOWERINFO, LEADERINFO, ACKEPOCH |
//! | 2 synchronization | each follower's history becomes the leader's; when a quorum has it, all of it is committed | DIFF, TRUNC or SNAP, then NEWLEADER, ACK, UPTODATE |
//! | 3 broadcast | the leader proposes, a quorum logs, the leader commits, everybody delivers | PROPOSAL, ACK, COMMIT |
//!
//! Whoever loses its leader, or as a leader its quorum, is LOOKING again and begins from the start.
//!
//! **Election** is only about getting on: it names a leader that is likely to succeed. *Fast Leader Election* orders votes
//! by (`currentEpoch`, last zxid, server id) and passes the best one around until a quorum has it. What must never be
//! wrong is left to discovery: a leader that meets a follower that knows more gives up. So an oracle that names anybody
//! would do, only slower; the option `election` shows it.
//!
//! **Why nothing committed is lost.** A committed transaction is in the logs of a quorum, or in the history that a quorum
//! took over with NEWLEADER. The next leader hears of a quorum in discovery, and the two share a server. If that one knew
//! more than the leader, the leader would have given up. The epoch counts before the zxid here: a server that took over
//! epoch 2 with an empty history knows more than one with (1,9), because (1,9) can never be committed any more.
//!
//! **Why a dead proposal stays dead.** A follower that joins a leader loses what that leader does not have (TRUNC) before
//! it gets anything. Nothing of an old epoch is kept because it happened to be there.
//!
//! # Channels
//!
//! All this leans on channels that keep their order and, when they break, lose an end of what was sent and nothing in the
//! middle (as TCP does). A broken channel is noticed at both ends, and is a reason to look for a leader. ZooKeeper opens
//! a connection for each time that a server follows another; here a channel stands as long as both servers are up, and
//! the follower numbers its connections, see [`Message`].
//!
//! # What has to be on disk, and when
//!
//! | message | on the sender's disk before it leaves |
//! |---|---|
//! | LEADERINFO, ACKEPOCH | `acceptedEpoch` |
//! | ACK of NEWLEADER | the leader's history, then `currentEpoch`, in that order |
//! | ACK of a PROPOSAL | the transaction and all before it |
//! | PROPOSAL, COMMIT and all others | nothing: the leader's disk is one among many |
//!
//! A leader counts itself like any follower, when its own disk is done.
//!
//! # Clients
//!
//! Any server that broadcasts serves. It passes **writes** on to the leader and answers when it has delivered them itself;
//! writes are linearizable. It answers **reads** alone, from what it has delivered: they may be old, but a client that
//! stays with its server never goes back in time. Who wants to read what is new asks for a `sync` first: the
//! leader's answer comes in the channel behind the commits of all that was proposed until then. (With the option
//! `sync-before-read` the server does so before each read.) Not even this is the newest: a leader that has been replaced
//! and does not know it yet answers too, with what it has. USENIX'10 (Hunt, Konar, Junqueira and Reed, *ZooKeeper:
//! Wait-free coordination for Internet-scale systems*, §4.4) has the timeouts see to it that this does not last.
//!
//! # How a server is built
//!
//! | file | what |
//! |---|---|
//! | `node.rs` | the state, and where inputs go |
//! | `looking.rs` | phase 0 |
//! | `discovery.rs`, `synchronization.rs`, `broadcast.rs` | phases 1 to 3, the leader's side and the follower's |
//! | `following.rs`, `leading.rs` | what a follower and a leader know, and when they part |
//! | `client.rs` | reads, writes, sync |
//! | `history.rs` | zxids and the log that they name |
//! | `durable.rs` | what survives a crash, and what is on its way to the disk |
//! | `message.rs` | the messages |
//! | `rules.rs` | every rule by name, with its source, its sentences and what happens without it |
//! | `options.rs`, `dialect.rs`, `view.rs` | what a run may choose; the words; the pictures |
//!
//! A server is a pure state machine ([`protocol::Protocol`]): one input in, effects out. Each rule is asked by its name where
//! it decides (`fx.allows(rules::LEADER_KNOWS_MOST, …)`), so it can explain itself, be counted and be switched off.
//! Switched off, each does the damage that it is there to prevent; the schedules in `tests/killers` show how.
//!
//! # Choices where the sources leave one
//!
//! * **DIFF, TRUNC and SNAP carry the missing proposals themselves**; ZooKeeper sends them one by one behind.
//! * **A follower changes nothing until NEWLEADER**, then logs all that synchronization brought in one write, and after it
//!   the epoch. Proposals behind NEWLEADER it logs and acknowledges at once.
//! * **The leader gives up when it is behind** (Zab 1.0). The paper lets it take over the better history instead.
//! * **A retry is found in the store's sessions or in the log** and not proposed twice. ZooKeeper's clients have to find
//!   out for themselves.
//! * **COMMIT stands for all before it.** ZooKeeper commits the very next one, and stops the server if it is another.
//!
//! # Left out
//!
//! Observers, reconfiguration, snapshots on disk (SNAP sends the whole history instead of a state), watches and sessions
//! that expire, transactions made of requests (commands are logged as they are), weights and hierarchical quorums, the
//! back-off of notifications, and errors of a disk.

mod broadcast;
mod client;
mod dialect;
mod discovery;
mod durable;
mod following;
mod history;
mod leading;
mod looking;
mod message;
mod node;
mod options;
pub mod rules;
mod servers;
mod synchronization;
#[cfg(test)]
mod tests;
mod view;

pub use durable::{Delta, Durable};
pub use history::{History, Txn, Zxid};
pub use message::{Message, Packet, ServerState, Vote};
pub use node::Zab;
