//! Phase 1: discovery. A quorum tells the leader of its epochs; the leader's epoch is new to all of them; and nobody among
//! them knows more than the leader (Zab 1.0, phase 1; DSN'11, phase 1).

use crate::history::Zxid;
use crate::leading::{Introduction, Learner, Stage};
use crate::message::Packet;
use crate::node::{Fx, Phase, Role, Zab};
use crate::rules;
use protocol::{Fact, NodeId, Observer, Term, Time, is_majority, values};

impl Zab {
    /// A server wants to follow this one.
    pub(crate) fn on_follower_info<O: Observer>(
        &mut self,
        now: Time,
        from: NodeId,
        introduction: Introduction,
        fx: &mut Fx<'_, O>,
    ) {
        match &mut self.role {
            // It has won an election that this server has not finished yet.
            Role::Looking(looking) => {
                looking.forget(from);
                looking.early.push((from, introduction));
            }
            Role::Following(_) => {}
            Role::Leading(leading) => {
                let epoch = leading.epoch;
                let Some(learner) = leading.learner(from) else { return };
                let Introduction { connection, accepted_epoch } = introduction;
                let stage = Stage::Connected;
                *learner = Learner { stage, connection, accepted_epoch, heard_at: now, ..Learner::default() };
                match epoch {
                    Some(epoch) => {
                        fx.send_when_durable(from, self.to(from, Packet::LeaderInfo { epoch }));
                    }
                    None => self.propose_epoch(fx),
                }
            }
        }
    }

    /// With a quorum of FOLLOWERINFO, the leader's own counted, the new epoch is one more than all that they accepted.
    pub(crate) fn propose_epoch<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        let connected = leading.at_least(Stage::Connected);
        if leading.epoch.is_some() || !self.is_quorum(connected.len() + 1, fx) {
            return;
        }
        let theirs = connected.iter().map(|node| leading.learners[node.slot()].accepted_epoch).max();
        let (mine, highest) = (self.accepted_epoch, theirs.unwrap_or_default().max(self.accepted_epoch));
        let values = values![highest, mine, highest.next()];
        let matters = highest > mine || fx.is_on(rules::EPOCH_ABOVE_ALL);
        let above_all = !matters || fx.applies(rules::EPOCH_ABOVE_ALL, values);
        let epoch = if above_all { highest.next() } else { mine.next() };
        let write = self.accept_epoch(epoch, fx);
        let Role::Leading(leading) = &mut self.role else { return };
        (leading.epoch, leading.epoch_write) = (Some(epoch), write);
        for node in connected.iter() {
            fx.send_when_durable(node, self.to(node, Packet::LeaderInfo { epoch }));
        }
    }

    /// The follower's side: an epoch that is new binds it; an older one means that its leader is of the past.
    pub(crate) fn on_leader_info<O: Observer>(&mut self, leader: NodeId, epoch: Term, fx: &mut Fx<'_, O>) {
        let mine = self.accepted_epoch;
        let values = values![leader, epoch, mine];
        let mut is_new = epoch > mine;
        if epoch < mine {
            if !fx.allows(rules::ACCEPT_NO_EARLIER_EPOCH, false, values) {
                return self.look_for_leader(fx);
            }
            is_new = true;
        } else if epoch == mine {
            is_new = fx.allows(rules::ACK_AN_EPOCH_ONCE, false, values);
        } else {
            fx.allows(rules::ACCEPT_NO_EARLIER_EPOCH, true, values);
            fx.allows(rules::ACK_AN_EPOCH_ONCE, true, values);
        }
        if epoch != mine {
            self.accept_epoch(epoch, fx);
        }
        if let Role::Following(following) = &mut self.role {
            (following.epoch, following.phase) = (Some(epoch), Phase::Synchronization);
        }
        let current_epoch = is_new.then_some(self.current_epoch);
        let last_zxid = self.reported_zxid(fx);
        let packet = Packet::AckEpoch { epoch, current_epoch, last_zxid };
        fx.send_when_durable(leader, self.to(leader, packet));
    }

    /// The leader's side: a follower is bound. If it knows more than this leader, another one should lead.
    pub(crate) fn on_ack_epoch<O: Observer>(
        &mut self,
        from: NodeId,
        current_epoch: Option<Term>,
        last_zxid: Zxid,
        fx: &mut Fx<'_, O>,
    ) {
        let stage = if current_epoch.is_some() { Stage::EpochAcked } else { Stage::Repeated };
        if let Role::Leading(leading) = &mut self.role
            && let Some(learner) = leading.learner(from)
        {
            learner.stage = stage;
            learner.last_zxid = last_zxid;
        }
        if self.phase() != Some(Phase::Discovery) {
            return self.synchronize_follower(from, fx);
        }
        let mine = (self.current_epoch, self.history.last_zxid());
        if let Some(theirs) = current_epoch {
            let ahead = self.is_more_recent((theirs, last_zxid), mine, from, fx);
            let values = values![from, last_zxid.epoch, last_zxid.counter, theirs];
            if !fx.allows(rules::LEADER_KNOWS_MOST, !ahead, values) {
                return self.look_for_leader(fx);
            }
        }
        self.count_epoch_acks(fx);
    }

    /// With a quorum of ACKEPOCH the leader has its epoch for itself: what it has logged is what will be.
    pub(crate) fn count_epoch_acks<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        let (Phase::Discovery, Some(epoch)) = (leading.phase, leading.epoch) else { return };
        let mut acked = leading.at_least(Stage::EpochAcked);
        if leading.epoch_write <= self.flushing.done {
            acked = acked.with(self.id);
        }
        if !acked.has(self.id) || !self.is_quorum(acked.len(), fx) {
            return;
        }
        let write = self.enter_epoch(epoch, fx);
        fx.fact(|| Fact::Led { term: epoch });
        fx.fact(|| Fact::Counted { index: 0, servers: acked.bits() });
        let Role::Leading(leading) = &mut self.role else { return };
        (leading.phase, leading.leader_write) = (Phase::Synchronization, write);
        leading.initial = self.history.last_index();
        let here = leading.at_least(Stage::Repeated);
        self.start_pinging(fx);
        here.iter().for_each(|node| self.synchronize_follower(node, fx));
        self.serve_at_once(fx);
    }

    /// True if so many servers are a quorum.
    pub(crate) fn is_quorum<O: Observer>(&self, have: usize, fx: &mut Fx<'_, O>) -> bool {
        let of = self.servers.len();
        is_majority(have, of)
            || 2 * have == of && fx.allows(rules::QUORUM_IS_A_MAJORITY, false, values![have, of, self.id])
    }
}
