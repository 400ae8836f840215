//! The messages, with ZooKeeper's names.

use crate::history::{Txn, Zxid};
use crate::view::content_text;
use protocol::{Command, Digest, Index, NodeId, Requirement, Term};

/// Whom a server wants to lead, and what speaks for that one (`Vote` of Fast Leader Election).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Vote {
    /// Whom.
    pub leader: NodeId,
    /// That server's `currentEpoch`.
    pub peer_epoch: Term,
    /// The zxid of that server's last transaction.
    pub zxid: Zxid,
}

/// What a server that sends a notification is doing (`ServerState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A message between two servers.
///
/// In ZooKeeper a follower opens a connection to its leader and closes it when it leaves; then nothing of what was under
/// way arrives. Here the channel between two servers stands as long as both are up, so a follower numbers its connections,
/// and an echo of an earlier one is known by its number.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Message {
    /// The follower's count of its connections; 0 in a notification, which needs none.
    pub connection: u32,
    /// What is said.
    pub packet: Packet,
}

/// What a message says. What leader and follower say to each other carries the epoch.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Packet {
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

impl Packet {
    /// The transactions that it carries.
    fn txns(&self) -> &[Txn] {
        match self {
            Packet::Diff { txns, .. } | Packet::Trunc { txns, .. } | Packet::Snap { txns, .. } => txns,
            Packet::Proposal { txn, .. } => std::slice::from_ref(txn),
            _ => &[],
        }
    }

    fn zxid(&self) -> Option<Zxid> {
        match self {
            Packet::AckEpoch { last_zxid: zxid, .. }
            | Packet::Trunc { zxid, .. }
            | Packet::Ack { zxid, .. }
            | Packet::UpToDate { zxid, .. }
            | Packet::Commit { zxid, .. } => Some(*zxid),
            _ => None,
        }
    }
}

impl protocol::Message for Message {
    fn kind(&self) -> u8 {
        self.packet.kind()
    }

    fn term(&self) -> Term {
        self.packet.epoch()
    }

    fn label(&self) -> String {
        self.packet.label()
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        self.packet.fields()
    }

    fn is_routine(&self) -> bool {
        matches!(self.packet, Packet::Ping { .. })
    }

    fn requirement(&self) -> Requirement {
        self.packet.requirement()
    }

    fn digest(&self, digest: &mut Digest) {
        digest.word(u64::from(self.connection));
        self.packet.digest(digest);
    }
}

impl Packet {
    fn kind(&self) -> u8 {
        match self {
            Packet::Notification { .. } => 0,
            Packet::FollowerInfo { .. } => 1,
            Packet::LeaderInfo { .. } => 2,
            Packet::AckEpoch { .. } => 3,
            Packet::Diff { .. } => 4,
            Packet::Trunc { .. } => 5,
            Packet::Snap { .. } => 6,
            Packet::NewLeader { .. } => 7,
            Packet::Ack { .. } => 8,
            Packet::UpToDate { .. } => 9,
            Packet::Proposal { .. } => 10,
            Packet::Commit { .. } => 11,
            Packet::Ping { .. } => 12,
            Packet::Request { .. } => 13,
            Packet::Sync { .. } => 14,
        }
    }

    /// The epoch of which it speaks.
    pub(crate) fn epoch(&self) -> Term {
        match self {
            Packet::Notification { vote, .. } => vote.peer_epoch,
            Packet::FollowerInfo { accepted_epoch: epoch }
            | Packet::LeaderInfo { epoch }
            | Packet::AckEpoch { epoch, .. }
            | Packet::Diff { epoch, .. }
            | Packet::Trunc { epoch, .. }
            | Packet::Snap { epoch, .. }
            | Packet::NewLeader { epoch }
            | Packet::Ack { epoch, .. }
            | Packet::UpToDate { epoch, .. }
            | Packet::Proposal { epoch, .. }
            | Packet::Commit { epoch, .. }
            | Packet::Ping { epoch }
            | Packet::Request { epoch, .. }
            | Packet::Sync { epoch } => *epoch,
        }
    }

    fn label(&self) -> String {
        match self {
            Packet::Notification { vote, state: ServerState::Looking, .. } => format!("vote {}", vote.leader),
            Packet::Notification { vote, state, .. } => format!("{}, vote {}", state.name(), vote.leader),
            Packet::FollowerInfo { accepted_epoch } => format!("FOLLOWERINFO {accepted_epoch}"),
            Packet::LeaderInfo { epoch } => format!("LEADERINFO {epoch}"),
            Packet::AckEpoch { last_zxid, .. } => format!("ACKEPOCH {last_zxid}"),
            Packet::Diff { txns, .. } if txns.is_empty() => "DIFF".into(),
            Packet::Diff { txns, .. } => format!("DIFF +{}", txns.len()),
            Packet::Trunc { zxid, txns, .. } if txns.is_empty() => format!("TRUNC {zxid}"),
            Packet::Trunc { zxid, txns, .. } => format!("TRUNC {zxid} +{}", txns.len()),
            Packet::Snap { txns, .. } => format!("SNAP {}", txns.len()),
            Packet::NewLeader { epoch } => format!("NEWLEADER {epoch}"),
            Packet::Ack { zxid: Zxid { epoch, counter: 0 }, .. } => format!("ACK NEWLEADER {epoch}"),
            Packet::Ack { zxid, .. } => format!("ACK {zxid}"),
            Packet::UpToDate { .. } => "UPTODATE".into(),
            Packet::Proposal { txn, .. } => format!("PROPOSAL {}", txn.zxid),
            Packet::Commit { zxid, .. } => format!("COMMIT {zxid}"),
            Packet::Ping { .. } => "PING".into(),
            Packet::Request { .. } => "REQUEST".into(),
            Packet::Sync { .. } => "SYNC".into(),
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Packet::Notification { vote, round, state } => vec![
                ("leader", vote.leader.to_string()),
                ("peer_epoch", vote.peer_epoch.to_string()),
                ("zxid", vote.zxid.to_string()),
                ("round", round.to_string()),
                ("state", state.name().into()),
            ],
            Packet::FollowerInfo { accepted_epoch } => vec![("accepted_epoch", accepted_epoch.to_string())],
            Packet::AckEpoch { epoch, current_epoch, last_zxid } => vec![
                ("epoch", epoch.to_string()),
                ("current_epoch", current_epoch.map_or_else(|| "-1".into(), |epoch| epoch.to_string())),
                ("last_zxid", last_zxid.to_string()),
            ],
            Packet::Request { epoch, command } => {
                vec![("epoch", epoch.to_string()), ("command", command.op().to_string())]
            }
            _ => {
                let mut fields = vec![("epoch", self.epoch().to_string())];
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

    fn requirement(&self) -> Requirement {
        let none = Requirement::default();
        match self {
            Packet::LeaderInfo { epoch } | Packet::AckEpoch { epoch, .. } => {
                Requirement { term: *epoch, ..none }
            }
            // Without a hash the sender speaks of what it does not have: a rule is off, and no disk can help.
            Packet::Ack { epoch, leader, held: (index, hash), .. } => Requirement {
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
        self.epoch().digest(digest);
        self.zxid().unwrap_or_default().digest(digest);
        for txn in self.txns() {
            txn.zxid.digest(digest);
            digest.word(txn.content.hash());
        }
        match self {
            Packet::Notification { vote, round, state } => {
                digest.word(u64::from(vote.leader.0));
                vote.zxid.digest(digest);
                digest.word(u64::from(*round) << 2 | *state as u64);
            }
            Packet::AckEpoch { current_epoch, .. } => {
                digest.word(current_epoch.map_or(0, |epoch| u64::from(epoch.number) + 1));
            }
            Packet::Ack { leader, held: (_, hash), .. } => {
                digest.word(u64::from(leader.0));
                digest.word(*hash);
            }
            Packet::Request { command, .. } => digest.word(command.hash()),
            _ => {}
        }
    }
}
