//! The messages, with ZooKeeper's names.

use crate::history::{Txn, Zxid};
use crate::view::content_text;
use protocol::{Command, Digest, Index, NodeId, Requirement, Term};

/// Whom a server wants to lead, and what speaks for that one (`Vote` of Fast Leader Election).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Whom.
    pub leader: NodeId,
    /// That server's `currentEpoch`.
    pub peer_epoch: Term,
    /// The zxid of that server's last transaction.
    pub zxid: Zxid,
}

/// What a server that sends a notification is doing (`ServerState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerState {
    /// It looks for a leader.
    Looking,
    /// It follows one.
    Following,
    /// It leads.
    Leading,
}

impl ServerState {
    /// ZooKeeper's word.
    pub fn name(self) -> &'static str {
        match self {
            ServerState::Looking => "LOOKING",
            ServerState::Following => "FOLLOWING",
            ServerState::Leading => "LEADING",
        }
    }
}

/// A message between two servers. Those of a leader carry its epoch.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Fast Leader Election: a server's vote.
    Notification {
        /// Its vote.
        vote: Vote,
        /// The round of elections in which it votes (`electionEpoch`), counted by itself.
        round: u32,
        /// What it is doing.
        state: ServerState,
    },
    /// Discovery: a follower presents itself (CEPOCH in the paper).
    FollowerInfo {
        /// Its `acceptedEpoch`.
        accepted_epoch: Term,
    },
    /// Discovery: the leader's new epoch (NEWEPOCH in the paper).
    LeaderInfo {
        /// The epoch.
        epoch: Term,
    },
    /// Discovery: a follower has accepted the epoch, and tells what it has (ACK-E in the paper).
    AckEpoch {
        /// The epoch that it accepted.
        epoch: Term,
        /// Its `currentEpoch`, or nothing if it had accepted that epoch before: then this does not count.
        current_epoch: Option<Term>,
        /// The zxid of its last transaction.
        last_zxid: Zxid,
    },
    /// Synchronization: what the follower lacks.
    Diff {
        /// The leader's epoch.
        epoch: Term,
        /// The proposals, with the last of them committed or to be committed with the epoch.
        txns: Vec<Txn>,
    },
    /// Synchronization: what the follower has too much goes, and what it lacks follows.
    Trunc {
        /// The leader's epoch.
        epoch: Term,
        /// The last transaction that stays.
        zxid: Zxid,
        /// The proposals behind it.
        txns: Vec<Txn>,
    },
    /// Synchronization: all that the leader has.
    Snap {
        /// The leader's epoch.
        epoch: Term,
        /// All its transactions.
        txns: Vec<Txn>,
    },
    /// Synchronization: with this the follower has the leader's history (DIFF, TRUNC or SNAP came before).
    NewLeader {
        /// The leader's epoch.
        epoch: Term,
    },
    /// A follower has logged all up to a zxid. With counter 0 it acknowledges NEWLEADER (ACK-LD in the paper).
    Ack {
        /// Up to which zxid.
        zxid: Zxid,
        /// The epoch in which it follows.
        epoch: Term,
        /// Whom it follows.
        leader: NodeId,
        /// The place and the hash of the last transaction. No server reads them; the checker holds the disk against them.
        held: (Index, u64),
    },
    /// Synchronization: a quorum has acknowledged NEWLEADER (COMMIT-LD in the paper). The follower may serve.
    UpToDate {
        /// The leader's epoch.
        epoch: Term,
        /// The last transaction that is committed.
        zxid: Zxid,
    },
    /// Broadcast: log this.
    Proposal {
        /// The leader's epoch, which is not the transaction's if an earlier leader proposed it.
        epoch: Term,
        /// The transaction.
        txn: Txn,
    },
    /// Broadcast: a quorum has logged this and all before it.
    Commit {
        /// The leader's epoch.
        epoch: Term,
        /// Up to which zxid.
        zxid: Zxid,
    },
    /// The other end is still there.
    Ping {
        /// The epoch in which they are leader and follower.
        epoch: Term,
    },
    /// A follower passes a client's write on to its leader.
    Request {
        /// The epoch in which it follows.
        epoch: Term,
        /// The write.
        command: Command,
    },
    /// A follower asks its leader to let everything proposed so far go first; the leader's answer comes behind that.
    Sync {
        /// The epoch in which they are leader and follower.
        epoch: Term,
    },
}

impl Message {
    /// The transactions that it carries.
    fn txns(&self) -> &[Txn] {
        match self {
            Message::Diff { txns, .. } | Message::Trunc { txns, .. } | Message::Snap { txns, .. } => txns,
            Message::Proposal { txn, .. } => std::slice::from_ref(txn),
            _ => &[],
        }
    }

    fn zxid(&self) -> Option<Zxid> {
        match self {
            Message::AckEpoch { last_zxid: zxid, .. }
            | Message::Trunc { zxid, .. }
            | Message::Ack { zxid, .. }
            | Message::UpToDate { zxid, .. }
            | Message::Commit { zxid, .. } => Some(*zxid),
            _ => None,
        }
    }
}

impl protocol::Message for Message {
    fn kind(&self) -> u8 {
        match self {
            Message::Notification { .. } => 0,
            Message::FollowerInfo { .. } => 1,
            Message::LeaderInfo { .. } => 2,
            Message::AckEpoch { .. } => 3,
            Message::Diff { .. } => 4,
            Message::Trunc { .. } => 5,
            Message::Snap { .. } => 6,
            Message::NewLeader { .. } => 7,
            Message::Ack { .. } => 8,
            Message::UpToDate { .. } => 9,
            Message::Proposal { .. } => 10,
            Message::Commit { .. } => 11,
            Message::Ping { .. } => 12,
            Message::Request { .. } => 13,
            Message::Sync { .. } => 14,
        }
    }

    fn term(&self) -> Term {
        match self {
            Message::Notification { vote, .. } => vote.peer_epoch,
            Message::FollowerInfo { accepted_epoch: epoch }
            | Message::LeaderInfo { epoch }
            | Message::AckEpoch { epoch, .. }
            | Message::Diff { epoch, .. }
            | Message::Trunc { epoch, .. }
            | Message::Snap { epoch, .. }
            | Message::NewLeader { epoch }
            | Message::Ack { epoch, .. }
            | Message::UpToDate { epoch, .. }
            | Message::Proposal { epoch, .. }
            | Message::Commit { epoch, .. }
            | Message::Ping { epoch }
            | Message::Request { epoch, .. }
            | Message::Sync { epoch } => *epoch,
        }
    }

    fn label(&self) -> String {
        match self {
            Message::Notification { vote, state: ServerState::Looking, .. } => format!("vote {}", vote.leader),
            Message::Notification { vote, state, .. } => format!("{}, vote {}", state.name(), vote.leader),
            Message::FollowerInfo { accepted_epoch } => format!("FOLLOWERINFO {accepted_epoch}"),
            Message::LeaderInfo { epoch } => format!("LEADERINFO {epoch}"),
            Message::AckEpoch { last_zxid, .. } => format!("ACKEPOCH {last_zxid}"),
            Message::Diff { txns, .. } if txns.is_empty() => "DIFF".into(),
            Message::Diff { txns, .. } => format!("DIFF +{}", txns.len()),
            Message::Trunc { zxid, txns, .. } if txns.is_empty() => format!("TRUNC {zxid}"),
            Message::Trunc { zxid, txns, .. } => format!("TRUNC {zxid} +{}", txns.len()),
            Message::Snap { txns, .. } => format!("SNAP {}", txns.len()),
            Message::NewLeader { epoch } => format!("NEWLEADER {epoch}"),
            Message::Ack { zxid: Zxid { epoch, counter: 0 }, .. } => format!("ACK NEWLEADER {epoch}"),
            Message::Ack { zxid, .. } => format!("ACK {zxid}"),
            Message::UpToDate { .. } => "UPTODATE".into(),
            Message::Proposal { txn, .. } => format!("PROPOSAL {}", txn.zxid),
            Message::Commit { zxid, .. } => format!("COMMIT {zxid}"),
            Message::Ping { .. } => "PING".into(),
            Message::Request { .. } => "REQUEST".into(),
            Message::Sync { .. } => "SYNC".into(),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Message::Notification { vote, round, state } => vec![
                ("leader", vote.leader.to_string()),
                ("peer_epoch", vote.peer_epoch.to_string()),
                ("zxid", vote.zxid.to_string()),
                ("round", round.to_string()),
                ("state", state.name().into()),
            ],
            Message::FollowerInfo { accepted_epoch } => vec![("accepted_epoch", accepted_epoch.to_string())],
            Message::AckEpoch { epoch, current_epoch, last_zxid } => vec![
                ("epoch", epoch.to_string()),
                ("current_epoch", current_epoch.map_or_else(|| "-1".into(), |epoch| epoch.to_string())),
                ("last_zxid", last_zxid.to_string()),
            ],
            Message::Request { epoch, command } => {
                vec![("epoch", epoch.to_string()), ("command", command.op().to_string())]
            }
            _ => {
                let mut fields = vec![("epoch", self.term().to_string())];
                fields.extend(self.zxid().map(|zxid| ("zxid", zxid.to_string())));
                if !self.txns().is_empty() {
                    let txns = self.txns().iter();
                    let texts: Vec<String> =
                        txns.map(|txn| format!("{} {}", txn.zxid, content_text(&txn.content))).collect();
                    fields.push(("txns", texts.join(", ")));
                }
                fields
            }
        }
    }

    fn is_routine(&self) -> bool {
        matches!(self, Message::Ping { .. })
    }

    fn requirement(&self) -> Requirement {
        let none = Requirement::default();
        match self {
            Message::LeaderInfo { epoch } | Message::AckEpoch { epoch, .. } => {
                Requirement { term: *epoch, ..none }
            }
            // Without a hash the sender speaks of what it does not have: a rule is off, and no disk can help.
            Message::Ack { epoch, leader, held: (index, hash), .. } => Requirement {
                term: *epoch,
                supported: Some(*leader),
                index: if *hash == 0 { 0 } else { *index },
                hash: *hash,
            },
            _ => none,
        }
    }

    fn digest(&self, digest: &mut Digest) {
        digest.word(u64::from(self.kind()));
        self.term().digest(digest);
        self.zxid().unwrap_or_default().digest(digest);
        for txn in self.txns() {
            txn.zxid.digest(digest);
            digest.word(txn.content.hash());
        }
        match self {
            Message::Notification { vote, round, state } => {
                digest.word(u64::from(vote.leader.0));
                vote.zxid.digest(digest);
                digest.word(u64::from(*round) << 2 | *state as u64);
            }
            Message::AckEpoch { current_epoch, .. } => {
                digest.word(current_epoch.map_or(0, |epoch| u64::from(epoch.number) + 1));
            }
            Message::Ack { leader, held: (_, hash), .. } => {
                digest.word(u64::from(leader.0));
                digest.word(*hash);
            }
            Message::Request { command, .. } => digest.word(command.hash()),
            _ => {}
        }
    }
}
