//! A leader: what it knows of the servers that follow it, and how long it waits for them.

use crate::client::Asker;
use crate::dialect::PING;
use crate::history::Zxid;
use crate::message::{Packet, ServerState};
use crate::node::{Fx, Phase, Role, Zab};
use crate::rules;
use crate::servers::NodeSet;
use protocol::{Index, NodeId, Observer, Term, Time, WriteId, is_majority, values};
use std::collections::VecDeque;

/// What a leader knows.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Leading {
    pub(crate) phase: Phase,
    /// Its epoch, once a quorum has told of theirs.
    pub(crate) epoch: Option<Term>,
    /// The servers that follow it, or try to, by slot.
    pub(crate) learners: Vec<Learner>,
    /// The writes that bring its own `acceptedEpoch` and `currentEpoch` to its disk.
    pub(crate) epoch_write: WriteId,
    pub(crate) leader_write: WriteId,
    /// Where its initial history ends: all that is not its own proposal.
    pub(crate) initial: Index,
    /// The count of its own proposals.
    pub(crate) counter: u32,
    /// Who waits behind which place for an answer to SYNC.
    pub(crate) syncs: VecDeque<(Index, Asker)>,
}

/// What a leader knows of another server (`LearnerHandler`).
#[derive(Clone, Copy, Debug, Default, Hash)]
pub(crate) struct Learner {
    pub(crate) stage: Stage,
    pub(crate) connection: u32,
    pub(crate) accepted_epoch: Term,
    /// The last transaction of which it told in ACKEPOCH.
    pub(crate) last_zxid: Zxid,
    /// It is known to have logged all up to here.
    pub(crate) acked: Index,
    /// Where the history ended that it was sent to begin with.
    pub(crate) synchronized_to: Index,
    pub(crate) heard_at: Time,
}

/// What FOLLOWERINFO tells.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Introduction {
    pub(crate) connection: u32,
    pub(crate) accepted_epoch: Term,
}

/// How far a follower has got with its leader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Stage {
    /// It is not here.
    #[default]
    Absent,
    /// It has sent FOLLOWERINFO.
    Connected,
    /// It has sent an ACKEPOCH that does not count: it had accepted the epoch before.
    Repeated,
    /// It has accepted the epoch.
    EpochAcked,
    /// It was sent NEWLEADER.
    Synchronizing,
    /// It has acknowledged NEWLEADER.
    Synchronized,
}

impl Leading {
    /// The followers that have got so far.
    pub(crate) fn at_least(&self, stage: Stage) -> NodeSet {
        let far = (1u8..).map(NodeId).zip(&self.learners).filter(|(_, learner)| learner.stage >= stage);
        NodeSet::of(far.map(|(node, _)| node))
    }

    pub(crate) fn learner(&mut self, node: NodeId) -> Option<&mut Learner> {
        self.learners.get_mut(node.slot())
    }
}

impl Zab {
    /// The election is over, and this server won: it waits for a quorum to follow it.
    pub(crate) fn lead<O: Observer>(
        &mut self,
        now: Time,
        early: Vec<(NodeId, Introduction)>,
        fx: &mut Fx<'_, O>,
    ) {
        let highest = self.servers.iter().last().map_or(0, NodeId::slot);
        self.role = Role::Leading(Leading {
            phase: Phase::Discovery,
            epoch: None,
            learners: vec![Learner::default(); highest + 1],
            epoch_write: WriteId::default(),
            leader_write: WriteId::default(),
            initial: self.history.last_index(),
            counter: 0,
            syncs: VecDeque::new(),
        });
        for (node, introduction) in early {
            self.on_follower_info(now, node, introduction, fx);
        }
        self.propose_epoch(fx);
    }

    /// A packet from a server that follows this one.
    pub(crate) fn on_learners_packet<O: Observer>(
        &mut self,
        now: Time,
        from: NodeId,
        packet: Packet,
        fx: &mut Fx<'_, O>,
    ) {
        let Role::Leading(leading) = &mut self.role else { return };
        let epoch = leading.epoch;
        let Some(learner) = leading.learner(from) else { return };
        if learner.stage == Stage::Absent || epoch != Some(packet.epoch()) {
            return;
        }
        learner.heard_at = now;
        match (packet, learner.stage) {
            (Packet::AckEpoch { current_epoch, last_zxid, .. }, Stage::Connected) => {
                self.on_ack_epoch(from, current_epoch, last_zxid, fx);
            }
            (Packet::Ack { zxid, .. }, Stage::Synchronizing) if zxid.counter == 0 => {
                self.on_new_leader_acked(from, fx);
            }
            (Packet::Ack { zxid, .. }, Stage::Synchronized) => self.on_ack(from, zxid, fx),
            (Packet::Request { command, .. }, Stage::Synchronized) => self.on_forwarded(command, fx),
            (Packet::Sync { .. }, Stage::Synchronized) => self.on_sync(from, fx),
            _ => {}
        }
    }

    /// A follower has left.
    pub(crate) fn lose_learner<O: Observer>(&mut self, node: NodeId, fx: &mut Fx<'_, O>) {
        if let Role::Leading(leading) = &mut self.role
            && let Some(learner) = leading.learner(node)
            && learner.stage != Stage::Absent
        {
            *learner = Learner::default();
            leading.syncs.retain(|(_, asker)| *asker != Asker::Learner(node));
            self.check_quorum(fx);
        }
    }

    /// A leader that serves needs a quorum of followers, itself included.
    fn check_quorum<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        let have = leading.at_least(Stage::Synchronized).len() + 1;
        if leading.phase == Phase::Broadcast && !is_majority(have, self.servers.len()) {
            self.give_up(fx);
        }
    }

    /// This leader has no quorum any more, or found none in time.
    pub(crate) fn give_up<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if fx.applies(rules::NO_QUORUM_NO_LEADER, values![self.accepted_epoch]) {
            self.look_for_leader(fx);
        }
    }

    /// Pings the followers, and parts with those that have been silent for too long.
    pub(crate) fn on_ping_timeout<O: Observer>(&mut self, now: Time, fx: &mut Fx<'_, O>) {
        let Role::Leading(Leading { epoch: Some(epoch), .. }) = self.role else { return };
        self.start_pinging(fx);
        for node in self.others() {
            let Role::Leading(leading) = &mut self.role else { return };
            let Some(learner) = leading.learner(node).filter(|learner| learner.stage >= Stage::Synchronizing)
            else {
                continue;
            };
            let patience = if learner.stage == Stage::Synchronized {
                self.options.sync_limit
            } else {
                self.options.init_limit
            };
            if now - learner.heard_at > patience {
                self.lose_learner(node, fx);
            } else {
                fx.send(node, self.to(node, Packet::Ping { epoch }));
            }
        }
    }

    pub(crate) fn start_pinging<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        fx.set_timer(PING, self.options.ping_interval, self.options.ping_interval);
    }

    /// This leader's disk has caught up: it counts itself wherever it waits for acknowledgements.
    pub(crate) fn count_itself<O: Observer>(&mut self, logged: bool, fx: &mut Fx<'_, O>) {
        match self.phase() {
            Some(Phase::Discovery) => self.count_epoch_acks(fx),
            Some(Phase::Synchronization) => self.count_new_leader_acks(fx),
            Some(Phase::Broadcast) if logged && self.state() == ServerState::Leading => {
                let zxid = self.history.zxid_at(self.flushing.durable_index);
                fx.allows(rules::LEADER_COUNTS_ITSELF_WHEN_LOGGED, true, values![zxid.epoch, zxid.counter]);
                self.advance_commit(fx);
            }
            _ => {}
        }
    }
}
