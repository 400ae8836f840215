//! A follower: what it knows of its leader, and what it does with that leader's messages in each phase.

use crate::dialect::LIMIT;
use crate::history::{Txn, Zxid};
use crate::message::Packet;
use crate::node::{Fx, Phase, Role, Zab};
use crate::rules;
use protocol::{Command, Index, NodeId, Observer, Term, values};
use std::collections::VecDeque;

/// What a follower knows.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Following {
    pub(crate) leader: NodeId,
    pub(crate) phase: Phase,
    /// The leader's epoch, from LEADERINFO on.
    pub(crate) epoch: Option<Term>,
    /// What synchronization is going to change, until NEWLEADER says that this is all.
    pub(crate) plan: Plan,
    /// True once it has accepted NEWLEADER.
    pub(crate) synchronized: bool,
    /// Reads and syncs that wait for the leader's SYNC, in the order of asking.
    pub(crate) unsynced: VecDeque<Command>,
}

/// What DIFF, TRUNC or SNAP said: so many transactions stay, and these follow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Plan {
    pub(crate) keep: Index,
    pub(crate) txns: Vec<Txn>,
}

impl Zab {
    /// The election is over, and somebody else won: discovery begins.
    pub(crate) fn follow<O: Observer>(&mut self, leader: NodeId, fx: &mut Fx<'_, O>) {
        let plan = Plan { keep: self.history.last_index(), txns: Vec::new() };
        self.connections += 1;
        self.role = Role::Following(Following {
            leader,
            phase: Phase::Discovery,
            epoch: None,
            plan,
            synchronized: false,
            unsynced: VecDeque::new(),
        });
        self.send_follower_info(fx);
    }

    /// Presents itself to its leader, as soon as there is a channel.
    pub(crate) fn send_follower_info<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        if let Role::Following(Following { leader, .. }) = self.role
            && self.channels.has(leader)
        {
            let packet = Packet::FollowerInfo { accepted_epoch: self.accepted_epoch };
            fx.send(leader, self.to(leader, packet));
        }
    }

    /// A packet from this follower's leader.
    pub(crate) fn on_leaders_packet<O: Observer>(
        &mut self,
        leader: NodeId,
        packet: Packet,
        fx: &mut Fx<'_, O>,
    ) {
        let Role::Following(following) = &self.role else { return };
        let (epoch, synchronized) = (following.epoch, following.synchronized);
        if let Packet::LeaderInfo { epoch: proposed } = packet {
            if epoch.is_none() {
                self.on_leader_info(leader, proposed, fx);
            }
            return;
        }
        if epoch.is_none() || epoch != Some(packet.epoch()) {
            return;
        }
        self.restart_limit(fx);
        match packet {
            Packet::Diff { txns, .. } => self.plan(self.history.last_index(), txns),
            Packet::Trunc { zxid, txns, .. } => self.plan(self.history.floor(zxid), txns),
            Packet::Snap { txns, .. } => self.plan_snapshot(txns),
            Packet::NewLeader { epoch } if !synchronized => self.on_new_leader(leader, epoch, fx),
            Packet::UpToDate { zxid, .. } if synchronized => self.on_up_to_date(leader, zxid, fx),
            Packet::Proposal { txn, epoch } if synchronized => self.on_proposal(leader, epoch, txn, fx),
            Packet::Commit { zxid, .. } if synchronized => self.on_commit(leader, zxid, fx),
            Packet::Sync { .. } => self.on_synced(fx),
            Packet::Ping { epoch } => fx.send(leader, self.to(leader, Packet::Ping { epoch })),
            _ => {}
        }
    }

    fn plan(&mut self, keep: Index, txns: Vec<Txn>) {
        if let Role::Following(following) = &mut self.role {
            following.plan = Plan { keep, txns };
        }
    }

    /// All that the leader has: what is the same stays where it is.
    fn plan_snapshot(&mut self, mut txns: Vec<Txn>) {
        let same = |(index, txn): &(Index, &Txn)| self.history.txn(*index).as_ref() == Some(*txn);
        let keep = (1..).zip(&txns).take_while(same).count();
        self.plan(keep as Index, txns.split_off(keep));
    }

    /// The leader was heard of.
    fn restart_limit<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        let serves = self.phase() == Some(Phase::Broadcast);
        let limit = if serves { self.options.sync_limit } else { self.options.init_limit };
        fx.set_timer(LIMIT, limit, limit);
    }

    /// This follower's leader is gone, or has gone back to election.
    pub(crate) fn lose_leader<O: Observer>(&mut self, leader: NodeId, fx: &mut Fx<'_, O>) {
        if fx.applies(rules::NO_LEADER_NO_FOLLOWER, values![leader, self.accepted_epoch]) {
            self.look_for_leader(fx);
        }
    }

    /// Acknowledges what is logged, once that is on disk.
    pub(crate) fn acknowledge<O: Observer>(
        &self,
        leader: NodeId,
        epoch: Term,
        zxid: Zxid,
        waits: bool,
        fx: &mut Fx<'_, O>,
    ) {
        let last = self.history.last_index();
        let held = (last, self.history.hash_at(last).unwrap_or_default());
        let ack = self.to(leader, Packet::Ack { zxid, epoch, leader, held });
        if waits { fx.send_when_durable(leader, ack) } else { fx.send(leader, ack) }
    }
}
