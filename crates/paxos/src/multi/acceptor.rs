//! The acceptor: one promise for all slots, and in each slot what it accepted last.
//!
//! The duties are those of single-decree Paxos (Paxos Made Simple §2.2). They cost no more for many slots than for one:
//! a promise that covers every slot is what spares a stable leader phase 1 (§3).

use crate::multi::durable::{Delta, Durable};
use crate::multi::message::{Message, PValue};
use crate::multi::rules;
use crate::multi::slots::Slot;
use crate::multi::{Fx, MultiPaxos};
use crate::proposal::{Ballot, both, told};
use protocol::{Fact, NodeId, Observer};

/// What an acceptor remembers when it wakes up: all that it wrote (Paxos Made Simple §2.5).
pub(crate) fn recall<O: Observer>(disk: &Durable, fx: &mut Fx<'_, O>) -> Durable {
    let mut memory = disk.clone();
    let [round, owner] = told(disk.promised);
    if disk.promised != Ballot::default() && !fx.applies(rules::PROMISE_SURVIVES_CRASH, [round, owner, 0, 0])
    {
        memory.promised = Ballot::default();
    }
    let last = disk.accepted().last();
    if last > 0 && !fx.applies(rules::ACCEPTED_SURVIVES_CRASH, [value(last), 0, 0, 0]) {
        memory.forget_accepted();
    }
    memory
}

impl MultiPaxos {
    /// Phase 1b: promises the ballot for all slots, or refuses because it has promised a higher one.
    pub(crate) fn on_prepare<O: Observer>(
        &mut self,
        from: NodeId,
        ballot: Ballot,
        from_slot: Slot,
        fx: &mut Fx<'_, O>,
    ) {
        let promised = self.acceptor.promised;
        let is_high_enough = ballot >= promised;
        let [round, owner] = told(ballot);
        let values =
            if is_high_enough { [round, owner, i32::from(from.0), 0] } else { both(ballot, promised) };
        if !fx.allows(rules::PROMISE_HIGHER_ONLY, is_high_enough, values) {
            return self.refuse(from, ballot, fx);
        }
        if ballot != promised {
            self.promise(ballot, fx);
            self.write(Delta::Promised(ballot), fx);
        }
        if from != self.id {
            self.leader = None;
            self.restart_election_timer(fx);
        }
        fx.fact(|| Fact::Supported { term: ballot, node: from });
        let accepted = self.acceptor.accepted().from(from_slot);
        let accepted = accepted.map(|(slot, proposal)| PValue { slot, proposal: proposal.clone() }).collect();
        self.reply(&[from], &Message::Promise { ballot, accepted }, fx);
    }

    /// Phase 2b: accepts the proposal, unless it has promised a higher ballot.
    pub(crate) fn on_accept<O: Observer>(&mut self, from: NodeId, pvalue: PValue, fx: &mut Fx<'_, O>) {
        let (ballot, promised) = (pvalue.proposal.ballot, self.acceptor.promised);
        if !fx.allows(rules::REFUSE_BELOW_PROMISE, ballot >= promised, both(ballot, promised)) {
            return self.refuse(from, ballot, fx);
        }
        self.follow(from, fx);
        if !self.is_next_in_log(pvalue.slot, fx) {
            return;
        }
        if self.acceptor.accepted().get(pvalue.slot) != Some(&pvalue.proposal) {
            self.accept(pvalue.clone(), fx);
        }
        let message = Message::Accepted(pvalue);
        if self.options.accepted_to_all {
            self.reply(&self.servers.clone(), &message, fx);
        } else {
            self.reply(&[from], &message, fx);
        }
    }

    /// With a Raft-style log: true if this server holds something in every slot before this one. One that does not stays
    /// silent: the leader repeats what is not accepted, and tells what is decided to those who ask.
    fn is_next_in_log<O: Observer>(&self, slot: Slot, fx: &mut Fx<'_, O>) -> bool {
        if !self.options.raft_style_log {
            return true;
        }
        let is_held = |slot: &Slot| self.held(*slot).is_some();
        let end = (self.decided_up_to + 1..slot).take_while(is_held).last().unwrap_or(self.decided_up_to);
        let is_next = end + 1 >= slot;
        fx.allows(rules::ACCEPT_IN_SLOT_ORDER, is_next, [value(slot), value(end), 0, 0])
    }

    /// Takes the proposal for its last one in that slot. A ballot that it never promised becomes its promise now, for
    /// every slot: it has answered for this ballot, so it must not go below it any more.
    fn accept<O: Observer>(&mut self, pvalue: PValue, fx: &mut Fx<'_, O>) {
        let PValue { slot, proposal } = pvalue;
        let (ballot, content) = (proposal.ballot, proposal.value.hash());
        let [round, owner] = told(ballot);
        if ballot > self.acceptor.promised
            && fx.applies(rules::ACCEPTING_IS_PROMISING, [round, owner, value(slot), 0])
        {
            self.promise(ballot, fx);
        }
        self.acceptor.accept(slot, proposal.clone());
        self.write(Delta::Accepted { promised: self.acceptor.promised, slot, proposal }, fx);
        fx.fact(|| Fact::Appended { index: slot, term: ballot, hash: content, content });
    }

    fn promise<O: Observer>(&mut self, ballot: Ballot, fx: &mut Fx<'_, O>) {
        self.acceptor.promised = ballot;
        fx.fact(|| Fact::TermAdopted { term: ballot });
    }

    /// Tells a leader which ballot it has to beat. Silence would be as safe, but it would have to guess.
    pub(crate) fn refuse<O: Observer>(&mut self, from: NodeId, ballot: Ballot, fx: &mut Fx<'_, O>) {
        let promised = self.acceptor.promised;
        let [round, owner] = told(promised);
        if fx.applies(rules::NACK_TELLS_HIGHER_BALLOT, [i32::from(from.0), round, owner, 0]) {
            self.send(from, Message::Nack { ballot, promised }, fx);
        }
    }

    /// Answers for its ballot, once what it says is on its disk (Paxos Made Simple §2.5).
    fn reply<O: Observer>(&mut self, to: &[NodeId], message: &Message, fx: &mut Fx<'_, O>) {
        let [round, owner] = told(message.ballot());
        let waits = fx.applies(rules::WRITE_BEFORE_ANSWER, [round, owner, 0, 0]);
        for node in to {
            if waits {
                self.send_when_durable(*node, message.clone(), fx);
            } else {
                self.send(*node, message.clone(), fx);
            }
        }
    }
}

/// A slot as a value of a firing.
pub(crate) fn value(slot: Slot) -> i32 {
    i32::try_from(slot).unwrap_or(i32::MAX)
}
