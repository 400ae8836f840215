//! Phase 2: synchronization. A quorum takes over the leader's history, and thereby commits it (Zab 1.0, phase 2; DSN'11,
//! phase 2; ZooKeeper's `LearnerHandler.syncFollower`).

use crate::dialect::LIMIT;
use crate::following::Plan;
use crate::history::Zxid;
use crate::leading::{Leading, Stage};
use crate::message::Packet;
use crate::node::{Fx, Phase, Role, Zab};
use crate::rules;
use protocol::{Fact, NodeId, Observer, Term, values};

impl Zab {
    /// Sends a follower what makes its history this leader's, then NEWLEADER, then what is proposed and not committed.
    pub(crate) fn synchronize_follower<O: Observer>(&mut self, node: NodeId, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &mut self.role else { return };
        let Some(epoch) = leading.epoch else { return };
        let last = leading.initial.max(self.last_committed);
        let Some(learner) = leading.learner(node) else { return };
        learner.stage = Stage::Synchronizing;
        learner.synchronized_to = last;
        let theirs = learner.last_zxid;
        let way = self.way_to(node, epoch, theirs, last, fx);
        fx.send(node, self.to(node, way));
        fx.send(node, self.to(node, Packet::NewLeader { epoch }));
        for txn in self.history.between(last, self.history.last_index()) {
            self.send_proposal(node, epoch, txn, fx);
        }
    }

    /// DIFF, TRUNC or SNAP: how a follower that ends with a zxid gets to this leader's history up to `last`.
    fn way_to<O: Observer>(
        &self,
        node: NodeId,
        epoch: Term,
        theirs: Zxid,
        last: u64,
        fx: &mut Fx<'_, O>,
    ) -> Packet {
        let shared = self.history.floor(theirs).min(last);
        let oldest = last.saturating_sub(self.options.commit_log_count);
        if shared < oldest {
            return Packet::Snap { epoch, txns: self.history.between(0, last) };
        }
        let txns = self.history.between(shared, last);
        if self.history.zxid_at(shared) == theirs {
            return Packet::Diff { epoch, txns };
        }
        let values = values![node, theirs.epoch, theirs.counter];
        if fx.applies(rules::TRUNCATE_WHAT_THE_LEADER_LACKS, values) {
            Packet::Trunc { epoch, zxid: self.history.zxid_at(shared), txns }
        } else {
            Packet::Diff { epoch, txns }
        }
    }

    /// The follower's side of NEWLEADER: it logs what synchronization brought, then enters the epoch, then says so.
    pub(crate) fn on_new_leader<O: Observer>(&mut self, leader: NodeId, epoch: Term, fx: &mut Fx<'_, O>) {
        let Role::Following(following) = &mut self.role else { return };
        following.synchronized = true;
        let Plan { keep, txns } = std::mem::take(&mut following.plan);
        let changes = !txns.is_empty() || keep < self.history.last_index();
        let values = values![epoch, txns.len()];
        if !changes || fx.applies(rules::HISTORY_BEFORE_EPOCH, values) {
            self.synchronize(keep, txns, fx);
            self.enter_epoch(epoch, fx);
        } else {
            self.enter_epoch(epoch, fx);
            self.synchronize(keep, txns, fx);
        }
        let waits = fx.applies(rules::ACK_NEWLEADER_WHEN_DURABLE, values![leader, epoch]);
        self.acknowledge(leader, epoch, Zxid::of_epoch(epoch), waits, fx);
        if !fx.is_on(rules::SERVE_AFTER_UPTODATE) {
            fx.applies(rules::SERVE_AFTER_UPTODATE, values![leader]);
            self.serve();
        }
    }

    fn serve(&mut self) {
        if let Role::Following(following) = &mut self.role {
            following.phase = Phase::Broadcast;
        }
    }

    /// The leader's side: a follower has the history.
    pub(crate) fn on_new_leader_acked<O: Observer>(&mut self, from: NodeId, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &mut self.role else { return };
        let serves = leading.phase == Phase::Broadcast;
        let Some(learner) = leading.learner(from) else { return };
        (learner.stage, learner.acked) = (Stage::Synchronized, learner.synchronized_to);
        if !serves {
            return self.count_new_leader_acks(fx);
        }
        self.send_up_to_date(from, fx);
        self.advance_commit(fx);
    }

    /// With a quorum of acknowledgements the initial history is committed, and the leader serves.
    pub(crate) fn count_new_leader_acks<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        let mut acked = leading.at_least(Stage::Synchronized);
        if leading.leader_write <= self.flushing.done {
            acked = acked.with(self.id);
        }
        if !acked.has(self.id) || !self.is_quorum(acked.len(), fx) {
            return;
        }
        let values = values![acked.len(), self.servers.len(), self.accepted_epoch];
        fx.allows(rules::NEWLEADER_QUORUM_FIRST, true, values);
        self.start_broadcast(fx);
    }

    /// What a leader does that does not wait for its followers. With the rule on it only says that it waits.
    pub(crate) fn serve_at_once<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        if leading.phase != Phase::Synchronization {
            return;
        }
        let acked = leading.at_least(Stage::Synchronized).len();
        let values = values![acked, self.servers.len(), self.accepted_epoch];
        if fx.allows(rules::NEWLEADER_QUORUM_FIRST, false, values) {
            self.start_broadcast(fx);
        }
    }

    fn start_broadcast<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &mut self.role else { return };
        leading.phase = Phase::Broadcast;
        let (initial, ready) = (leading.initial, leading.at_least(Stage::Synchronized));
        fx.cancel_timer(LIMIT);
        if initial > self.last_committed {
            self.last_committed = initial;
            fx.fact(|| Fact::Committed { index: initial, leading: true });
            fx.fact(|| Fact::Counted { index: initial, servers: ready.with(self.id).bits() });
            self.deliver(fx);
        }
        ready.iter().for_each(|node| self.send_up_to_date(node, fx));
    }

    /// Tells a follower that it may serve, and what is committed by now.
    fn send_up_to_date<O: Observer>(&mut self, node: NodeId, fx: &mut Fx<'_, O>) {
        let committed = self.last_committed;
        let Role::Leading(leading) = &mut self.role else { return };
        let Some(epoch) = leading.epoch else { return };
        let since = leading.learner(node).map_or(0, |learner| learner.synchronized_to);
        let (newest, synced) = (self.history.zxid_at(committed), self.history.zxid_at(since));
        let values = values![node, newest.epoch, newest.counter];
        let matters = committed > since || fx.is_on(rules::UPTODATE_TELLS_ALL_COMMITTED);
        let all = !matters || fx.applies(rules::UPTODATE_TELLS_ALL_COMMITTED, values);
        let zxid = if all { newest } else { synced };
        fx.send(node, self.to(node, Packet::UpToDate { epoch, zxid }));
    }

    /// The follower's side of UPTODATE: it delivers what is committed, and serves.
    pub(crate) fn on_up_to_date<O: Observer>(&mut self, leader: NodeId, zxid: Zxid, fx: &mut Fx<'_, O>) {
        if fx.is_on(rules::SERVE_AFTER_UPTODATE) {
            fx.applies(rules::SERVE_AFTER_UPTODATE, values![leader]);
        }
        self.serve();
        self.commit_to(self.history.floor(zxid), fx);
        let limit = self.options.sync_limit;
        fx.set_timer(LIMIT, limit, limit);
    }
}

impl Leading {
    /// True if this leader takes writes.
    pub(crate) fn serves(&self) -> bool {
        self.phase == Phase::Broadcast
    }
}
