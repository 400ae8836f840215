//! Phase 3: broadcast. The leader proposes, a quorum logs, the leader commits, everybody delivers (DSN'11, phase 3).

use crate::history::{Txn, Zxid};
use crate::leading::{Leading, Stage};
use crate::message::Packet;
use crate::node::{Fx, Role, Zab};
use crate::rules;
use crate::servers::NodeSet;
use protocol::{Content, Fact, Index, NodeId, Observer, Term, is_majority, values};

impl Zab {
    /// Gives a write the leader's next zxid, logs it and sends it to the followers.
    pub(crate) fn propose<O: Observer>(&mut self, content: Content, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &mut self.role else { return };
        let Some(epoch) = leading.epoch.filter(|_| leading.serves()) else { return };
        leading.counter += 1;
        let zxid = Zxid { epoch: epoch.number, counter: leading.counter };
        let hears = leading.at_least(Stage::Synchronizing);
        let (hash, txn) = (content.hash(), Txn { zxid, content });
        let index = self.log_txn(txn.clone(), fx);
        fx.fact(|| Fact::Proposed { term: epoch, index, content: hash });
        hears.iter().for_each(|node| self.send_proposal(node, epoch, txn.clone(), fx));
        self.advance_commit(fx);
    }

    /// Sends a proposal to a follower that was sent NEWLEADER: what it was sent there does not hold this one.
    pub(crate) fn send_proposal<O: Observer>(&self, node: NodeId, epoch: Term, txn: Txn, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        let ready = leading.learners.get(node.slot()).is_some_and(|one| one.stage == Stage::Synchronized);
        let values = values![node, txn.zxid.epoch, txn.zxid.counter];
        if ready || fx.applies(rules::PROPOSE_TO_ALL_THAT_SYNCHRONIZE, values) {
            fx.send(node, self.to(node, Packet::Proposal { epoch, txn }));
        }
    }

    /// The follower's side: it logs the proposal, and says so once that is on disk.
    pub(crate) fn on_proposal<O: Observer>(
        &mut self,
        leader: NodeId,
        epoch: Term,
        txn: Txn,
        fx: &mut Fx<'_, O>,
    ) {
        let (zxid, last) = (txn.zxid, self.history.last_zxid());
        if self.options.next_zxid_check {
            let next = zxid == last.next() || zxid.epoch > last.epoch && zxid.counter == 1;
            let values = values![zxid.epoch, zxid.counter, last.epoch, last.counter];
            if !fx.allows(rules::NEXT_ZXID_ONLY, next, values) {
                return self.look_for_leader(fx);
            }
        }
        let index = self.log_txn(txn, fx);
        if !fx.is_on(rules::DELIVER_AFTER_COMMIT) {
            fx.applies(rules::DELIVER_AFTER_COMMIT, values![leader, zxid.epoch, zxid.counter]);
            self.commit_to(index, fx);
        }
        let waits = fx.applies(rules::LOG_BEFORE_ACK, values![leader, zxid.epoch, zxid.counter]);
        self.acknowledge(leader, epoch, zxid, waits, fx);
    }

    /// A follower has logged all up to a zxid.
    pub(crate) fn on_ack<O: Observer>(&mut self, from: NodeId, zxid: Zxid, fx: &mut Fx<'_, O>) {
        let Some(index) = self.history.place_of(zxid) else { return };
        let Role::Leading(leading) = &mut self.role else { return };
        let Some(learner) = leading.learner(from) else { return };
        learner.acked = learner.acked.max(index);
        self.advance_commit(fx);
    }

    /// Commits what a quorum has logged. Acknowledgements come in order, so each stands for all before it.
    pub(crate) fn advance_commit<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Role::Leading(leading) = &self.role else { return };
        let (Some(epoch), true) = (leading.epoch, leading.serves()) else { return };
        let own = self.own_acked(fx);
        let Role::Leading(leading) = &self.role else { return };
        let of = self.servers.len();
        let mut index = self.held_by(self.majority(), leading, own);
        let half = if of.is_multiple_of(2) { self.held_by(of / 2, leading, own) } else { 0 };
        if half > index.max(self.last_committed)
            && fx.allows(rules::QUORUM_IS_A_MAJORITY, false, values![of / 2, of, self.id])
        {
            index = half;
        }
        let last = self.history.last_index();
        if last > index.max(self.last_committed) {
            let next = index.max(self.last_committed) + 1;
            let (zxid, have) = (self.history.zxid_at(next), self.holders(next).len());
            let values = values![zxid.epoch, zxid.counter, have, of];
            if fx.allows(rules::COMMIT_ON_A_QUORUM, false, values) {
                index = last;
            }
        }
        if index > self.last_committed {
            self.commit_as_leader(epoch, index, fx);
        }
    }

    fn commit_as_leader<O: Observer>(&mut self, epoch: Term, index: Index, fx: &mut Fx<'_, O>) {
        let holders = self.holders(index);
        let zxid = self.history.zxid_at(index);
        if is_majority(holders.len(), self.servers.len()) {
            let values = values![zxid.epoch, zxid.counter, holders.len(), self.servers.len()];
            fx.allows(rules::COMMIT_ON_A_QUORUM, true, values);
        }
        let Role::Leading(leading) = &self.role else { return };
        let ready = leading.at_least(Stage::Synchronized);
        for place in self.last_committed + 1..=index {
            let zxid = self.history.zxid_at(place);
            ready.iter().for_each(|node| fx.send(node, self.to(node, Packet::Commit { epoch, zxid })));
        }
        self.last_committed = index;
        fx.fact(|| Fact::Committed { index, leading: true });
        fx.fact(|| Fact::Counted { index, servers: holders.bits() });
        self.deliver(fx);
        self.answer_syncs(fx);
    }

    /// The highest place that at least `need` servers are known to have logged.
    fn held_by(&self, need: usize, leading: &Leading, own: Index) -> Index {
        let acked = |node: NodeId| if node == self.id { own } else { leading.learners[node.slot()].acked };
        let held = self.servers.iter().map(acked);
        let enough = |index: &Index| held.clone().filter(|other| other >= index).count() >= need;
        held.clone().filter(enough).max().unwrap_or(0)
    }

    /// Who is known to have logged all up to a place, this leader included.
    pub(crate) fn holders(&self, index: Index) -> NodeSet {
        let Role::Leading(leading) = &self.role else { return NodeSet::default() };
        let holds = |node: &NodeId| {
            if *node == self.id {
                self.flushing.durable_index >= index
            } else {
                leading.learners[node.slot()].acked >= index
            }
        };
        NodeSet::of(self.servers.iter().filter(holds))
    }

    /// How far the leader itself has logged: what is on its disk, not what is on its way there.
    fn own_acked<O: Observer>(&self, fx: &mut Fx<'_, O>) -> Index {
        let (durable, last) = (self.flushing.durable_index, self.history.last_index());
        let zxid = self.history.last_zxid();
        let values = values![zxid.epoch, zxid.counter];
        let counts = durable < last && fx.allows(rules::LEADER_COUNTS_ITSELF_WHEN_LOGGED, false, values);
        if counts { last } else { durable }
    }

    /// The follower's side of COMMIT.
    pub(crate) fn on_commit<O: Observer>(&mut self, leader: NodeId, zxid: Zxid, fx: &mut Fx<'_, O>) {
        if fx.is_on(rules::DELIVER_AFTER_COMMIT) {
            fx.applies(rules::DELIVER_AFTER_COMMIT, values![leader, zxid.epoch, zxid.counter]);
        }
        self.commit_to(self.history.floor(zxid), fx);
    }

    /// A follower learns that all up to a place is committed.
    pub(crate) fn commit_to<O: Observer>(&mut self, index: Index, fx: &mut Fx<'_, O>) {
        if index > self.last_committed {
            self.last_committed = index;
            fx.fact(|| Fact::Committed { index, leading: false });
            self.deliver(fx);
        }
    }

    /// Gives what is committed to the state machine, in the order of zxids.
    pub(crate) fn deliver<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        while self.last_delivered < self.last_committed {
            let next = self.last_delivered + 1;
            let (zxid, last) = (self.history.zxid_at(next), self.history.zxid_at(self.last_committed));
            // With one transaction to deliver there is no order to break.
            let values = values![zxid.epoch, zxid.counter, last.epoch, last.counter];
            let in_order = next == self.last_committed || fx.applies(rules::DELIVER_IN_ORDER, values);
            let index = if in_order { next } else { self.last_committed };
            let Some(content) = self.history.content(index).cloned() else { return };
            self.last_delivered = index;
            fx.fact(|| Fact::Applied { index, content: content.hash() });
            if let Some(command) = content.command().filter(|command| !self.state_machine.has_run(command)) {
                fx.fact(|| Fact::Ran { index, client: command.client(), seq: command.seq() });
            }
            let reply = self.state_machine.apply(&content);
            self.answer_delivered(&content, reply, fx);
        }
    }
}
