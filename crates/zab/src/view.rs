//! A server in words, for people. Nothing here is read by the protocol.

use crate::dialect::ZAB;
use crate::durable::Durable;
use crate::leading::{Leading, Stage};
use crate::node::{Phase, Role, Zab};
use crate::servers::NodeSet;
use protocol::{Cell, Content, FactView, Index, NodeId, NodeView, Op, PeerView, Tally};
use std::fmt::Display;

impl Phase {
    /// ZooKeeper's word.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Phase::Discovery => "discovery",
            Phase::Synchronization => "synchronization",
            Phase::Broadcast => "broadcast",
        }
    }
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Stage::Absent => "absent",
            Stage::Connected => "FOLLOWERINFO",
            Stage::Repeated => "ACKEPOCH, not counted",
            Stage::EpochAcked => "ACKEPOCH",
            Stage::Synchronizing => "was sent NEWLEADER",
            Stage::Synchronized => "synchronized",
        }
    }
}

impl Zab {
    /// All of this server. `disk` is what is really durable.
    pub(crate) fn describe(&self, disk: &Durable) -> NodeView {
        let status = protocol::Protocol::status(self);
        NodeView {
            id: self.id,
            term: status.term,
            role: ZAB.roles[usize::from(status.role)].name,
            note: self.note(),
            facts: self.named_values(disk),
            commit: self.last_committed,
            applied: self.last_delivered,
            tally: self.tally(),
            peers: self.peer_views(),
            state: self
                .state_machine
                .pairs()
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
        }
    }

    /// The short line below the server's name.
    fn note(&self) -> String {
        let counted = |tally: Tally| {
            format!("{} {} of {}, needs {}", tally.what, tally.have.len(), tally.of, tally.need)
        };
        match &self.role {
            Role::Looking(_) => format!("votes {} in round {}", self.vote.leader, self.logical_clock),
            Role::Following(following) => format!("follows {}", following.leader),
            Role::Leading(_) => {
                self.tally().map_or_else(|| format!("leads epoch {}", self.accepted_epoch), counted)
            }
        }
    }

    pub(crate) fn named_values(&self, disk: &Durable) -> Vec<FactView> {
        let fact = |key, label, value: String, durable| FactView { key, label, value, durable };
        let last = self.history.last_index();
        let (accepted, current) = (self.accepted_epoch, self.current_epoch);
        let logged =
            disk.history.last_index() == last && disk.history.hash_at(last) == self.history.hash_at(last);
        let committed = self.history.zxid_at(self.last_committed);
        vec![
            fact("accepted_epoch", "acceptedEpoch", accepted.to_string(), disk.accepted_epoch == accepted),
            fact("current_epoch", "currentEpoch", current.to_string(), disk.current_epoch == current),
            fact("last_zxid", "last zxid", self.history.last_zxid().to_string(), logged),
            fact("last_committed", "last committed", committed.to_string(), false),
            fact("phase", "phase", self.phase().map_or("election", Phase::name).into(), false),
            fact("leader", "leader", or_none(self.leader()), false),
            fact("vote", "vote", self.vote.leader.to_string(), false),
            fact("round", "round of elections", self.logical_clock.to_string(), false),
        ]
    }

    /// The history from one place to another. `disk` is what is really durable.
    pub(crate) fn places(&self, disk: &Durable, from: Index, to: Index) -> Vec<Cell> {
        let acks = |index: Index| match &self.role {
            Role::Leading(_) if index > self.last_committed => self.holders(index).iter().collect(),
            _ => Vec::new(),
        };
        let held = (from.max(1)..=to.min(self.history.last_index()))
            .filter_map(|index| Some((index, self.history.epoch_at(index)?, self.history.content(index)?)));
        held.map(|(index, term, content)| Cell {
            index,
            term,
            mark: Some(self.history.zxid_at(index).to_string()),
            text: content_text(content),
            durable: disk.history.hash_at(index) == self.history.hash_at(index),
            committed: index <= self.last_committed,
            applied: index <= self.last_delivered,
            acks: acks(index),
        })
        .collect()
    }

    /// The quorum in the making.
    fn tally(&self) -> Option<Tally> {
        let (what, have) = match &self.role {
            Role::Looking(looking) => ("votes", looking.supporters(self.vote)),
            Role::Following(_) => return None,
            Role::Leading(leading) => self.leaders_tally(leading)?,
        };
        Some(Tally { what, have: have.iter().collect(), need: self.majority(), of: self.servers.len() })
    }

    fn leaders_tally(&self, leading: &Leading) -> Option<(&'static str, NodeSet)> {
        let with_me = |set: NodeSet, counts: bool| if counts { set.with(self.id) } else { set };
        let done = self.flushing.done;
        let last = self.history.last_index();
        match (leading.phase, leading.epoch) {
            (Phase::Discovery, None) => {
                Some(("FOLLOWERINFO", leading.at_least(Stage::Connected).with(self.id)))
            }
            (Phase::Discovery, Some(_)) => {
                Some(("ACKEPOCH", with_me(leading.at_least(Stage::EpochAcked), leading.epoch_write <= done)))
            }
            (Phase::Synchronization, _) => {
                let acked = leading.at_least(Stage::Synchronized);
                Some(("ACK of NEWLEADER", with_me(acked, leading.leader_write <= done)))
            }
            (Phase::Broadcast, _) if last > self.last_committed => {
                Some(("newest logged", self.holders(last)))
            }
            (Phase::Broadcast, _) => None,
        }
    }

    fn peer_views(&self) -> Vec<PeerView> {
        let Role::Leading(leading) = &self.role else { return Vec::new() };
        let view = |node: NodeId| {
            let learner = leading.learners.get(node.slot()).copied().unwrap_or_default();
            let facts = vec![
                ("stage", learner.stage.name().to_owned()),
                ("accepted_epoch", learner.accepted_epoch.to_string()),
                ("acked", self.history.zxid_at(learner.acked).to_string()),
            ];
            PeerView { node, facts }
        };
        self.others().map(view).collect()
    }
}

fn or_none<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "none".into(), |value| value.to_string())
}

/// A content as it stands in a cell: `x=1` for a `set`, the operation for any other.
pub(crate) fn content_text(content: &Content) -> String {
    match content.command().map(|command| command.op()) {
        Some(Op::Set { key, value }) => format!("{key}={value}"),
        _ => content.to_string(),
    }
}
