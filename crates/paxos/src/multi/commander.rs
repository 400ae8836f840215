//! Leading: phase 2, slot after slot, several at a time.
//!
//! A leader hands out slots. Each gets one value in its ballot, never a second. It does not wait for one slot before it
//! proposes for the next; how far it may run ahead of what has been executed is the *window*.

use crate::multi::acceptor::value;
use crate::multi::dialect::HEARTBEAT;
use crate::multi::message::{Message, PValue};
use crate::multi::replica::Pending;
use crate::multi::rules;
use crate::multi::slots::Slot;
use crate::multi::{Fx, MultiPaxos, Role};
use crate::proposal::{Ballot, Proposal, Value, told};
use protocol::{Command, Fact, Observer};
use std::collections::VecDeque;

/// A leader's state. Whoever is preempted forgets it.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Leader {
    pub(crate) ballot: Ballot,
    /// The next free slot.
    pub(crate) slot_in: Slot,
    /// What is proposed and not known to be decided, in the order of proposing.
    pub(crate) under_way: Vec<UnderWay>,
    /// Commands that wait for the window to move.
    pub(crate) queue: VecDeque<Command>,
    /// Clients that wait for the command that this leader proposed.
    pub(crate) pending: Vec<Pending>,
}

/// A proposal that waits for acceptors.
#[derive(Clone, Debug, Hash)]
pub(crate) struct UnderWay {
    pub(crate) slot: Slot,
    pub(crate) value: Value,
    /// True if a heartbeat has passed since: the answers that are missing may be lost.
    is_old: bool,
}

impl Leader {
    pub(crate) fn new(ballot: Ballot, slot_in: Slot) -> Leader {
        Leader { ballot, slot_in, under_way: Vec::new(), queue: VecDeque::new(), pending: Vec::new() }
    }
}

impl MultiPaxos {
    /// Proposes commands that wait, as far as the window reaches.
    pub(crate) fn propose_waiting<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        while let Some((slot, command)) = self.next_to_propose(fx) {
            let (client, seq) = (command.client(), command.seq());
            self.await_outcome(slot, &command);
            self.propose(slot, Value::Command(command.clone()), fx);
            let values = [i32::from(client.0), value(slot), seq.cast_signed(), 0];
            if !fx.applies(rules::ANSWER_AFTER_EXECUTION, values) {
                self.answer_too_early(&command, fx);
            }
        }
    }

    fn next_to_propose<O: Observer>(&mut self, fx: &mut Fx<'_, O>) -> Option<(Slot, Command)> {
        let (slot_out, window) = (self.slot_out, self.options.window);
        let Role::Leader(leader) = &mut self.role else { return None };
        leader.queue.front()?;
        let is_taken = |slot: Slot, leader: &Leader| {
            self.decisions.get(slot).is_some()
                || leader.under_way.iter().any(|under_way| under_way.slot == slot)
        };
        while is_taken(leader.slot_in, leader) {
            leader.slot_in += 1;
        }
        let mut slot = leader.slot_in;
        if let Some(last) = leader.under_way.last() {
            let [round, owner] = told(leader.ballot);
            if !fx.applies(rules::ONE_VALUE_A_SLOT, [value(last.slot), round, owner, value(slot)]) {
                slot = last.slot;
            }
        }
        let limit = slot_out.saturating_add(window);
        if !fx.allows(rules::WINDOW, slot < limit, [value(slot), value(slot_out), value(window), 0]) {
            return None;
        }
        leader.queue.pop_front().map(|command| (slot, command))
    }

    /// Phase 2a: proposes a value for a slot to every acceptor.
    pub(crate) fn propose<O: Observer>(&mut self, slot: Slot, value: Value, fx: &mut Fx<'_, O>) {
        let Role::Leader(leader) = &mut self.role else { return };
        let ballot = leader.ballot;
        leader.under_way.push(UnderWay { slot, value: value.clone(), is_old: false });
        fx.fact(|| Fact::Proposed { term: ballot, index: slot, content: value.hash() });
        let pvalue = PValue { slot, proposal: Proposal { ballot, value } };
        for node in self.others() {
            self.send(node, Message::Accept(pvalue.clone()), fx);
        }
        self.on_accept(self.id, pvalue, fx);
    }

    /// Tells everybody that it leads, and sends again what may have been lost.
    pub(crate) fn on_heartbeat_timeout<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let decided = self.decided_up_to;
        let Role::Leader(leader) = &mut self.role else { return };
        let ballot = leader.ballot;
        let (old, new) = leader.under_way.iter_mut().partition::<Vec<_>, _>(|under_way| under_way.is_old);
        new.into_iter().for_each(|under_way| under_way.is_old = true);
        let old: Vec<PValue> = old
            .into_iter()
            .map(|UnderWay { slot, value, .. }| PValue {
                slot: *slot,
                proposal: Proposal { ballot, value: value.clone() },
            })
            .collect();
        for node in self.others() {
            self.send(node, Message::Heartbeat { ballot, decided }, fx);
        }
        for pvalue in old {
            self.repeat(&pvalue, fx);
        }
        let interval = self.options.heartbeat_interval;
        fx.set_timer(HEARTBEAT, interval, interval);
    }

    /// Asks those again that have not accepted a proposal, as far as is known.
    fn repeat<O: Observer>(&mut self, pvalue: &PValue, fx: &mut Fx<'_, O>) {
        let accepted = self.acceptors(pvalue.slot, pvalue.proposal.ballot).to_vec();
        for node in self.others().filter(|node| !accepted.contains(node)) {
            if fx.applies(rules::REPEAT_UNTIL_ACCEPTED, [i32::from(node.0), value(pvalue.slot), 0, 0]) {
                self.send(node, Message::Accept(pvalue.clone()), fx);
            }
        }
    }
}
