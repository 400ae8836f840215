//! The replica: it runs the decided commands, in the order of slots, and answers clients.
//!
//! Slots are decided in any order, but run in one: `slot_out` is the next to run, and where it meets a slot that is not
//! decided it waits, whatever is decided behind it.

use crate::multi::acceptor::value;
use crate::multi::commander::Leader;
use crate::multi::rules;
use crate::multi::slots::Slot;
use crate::multi::{Fx, MultiPaxos, Role};
use crate::proposal::Value;
use protocol::{Answer, ClientId, Command, Fact, Observer, Reply};

/// A client that waits for its command to be decided and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pending {
    slot: Slot,
    client: ClientId,
    seq: u32,
}

impl MultiPaxos {
    /// A client asks. The leader takes the command; anybody else says who leads.
    pub(crate) fn on_request<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        let (client, seq) = (command.client(), command.seq());
        if !matches!(self.role, Role::Leader(_)) {
            return self.redirect(&command, fx);
        }
        if fx.is_on(rules::RUN_EACH_COMMAND_ONCE) && self.state_machine.has_run(&command) {
            fx.applies(rules::RUN_EACH_COMMAND_ONCE, [i32::from(client.0), seq.cast_signed(), 0, 0]);
            // It has run, so this only looks up the reply.
            if let Some(reply) = self.state_machine.apply(&Value::Command(command)) {
                fx.answer(client, seq, Answer::Done(reply));
            }
            return;
        }
        if fx.is_on(rules::RUN_EACH_COMMAND_ONCE)
            && let Some(slot) = self.slot_of(&command)
        {
            fx.applies(rules::RUN_EACH_COMMAND_ONCE, [i32::from(client.0), seq.cast_signed(), 0, 0]);
            // It may be another leader's proposal that this one took up: then nobody waits for it yet.
            return self.await_outcome(slot, &command);
        }
        let Role::Leader(leader) = &mut self.role else { return };
        if !leader.queue.contains(&command) {
            leader.queue.push_back(command);
        }
        self.propose_waiting(fx);
    }

    /// Where a command stands that has not run: proposed by this leader, or decided.
    fn slot_of(&self, command: &Command) -> Option<Slot> {
        let Role::Leader(leader) = &self.role else { return None };
        let is_it = |value: &Value| value.command() == Some(command);
        let under_way = leader.under_way.iter().find(|under_way| is_it(&under_way.value));
        let mut decided = self.decisions.from(self.slot_out);
        under_way
            .map(|under_way| under_way.slot)
            .or_else(|| decided.find(|(_, decision)| is_it(&decision.value)).map(|(slot, _)| slot))
    }

    fn redirect<O: Observer>(&self, command: &Command, fx: &mut Fx<'_, O>) {
        let (client, seq) = (command.client(), command.seq());
        let values = |leader: u8| [i32::from(client.0), i32::from(leader), 0, 0];
        let hint = self.leader.filter(|leader| fx.applies(rules::REDIRECT_WITH_HINT, values(leader.0)));
        fx.answer(client, seq, Answer::NotLeader { hint });
    }

    /// Remembers that a client waits; once, however often it asks.
    pub(crate) fn await_outcome(&mut self, slot: Slot, command: &Command) {
        let Role::Leader(leader) = &mut self.role else { return };
        let (client, seq) = (command.client(), command.seq());
        if !leader.pending.iter().any(|pending| (pending.client, pending.seq) == (client, seq)) {
            leader.pending.push(Pending { slot, client, seq });
        }
    }

    /// Runs what is decided, slot by slot, up to the first that is not.
    pub(crate) fn execute<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        while self.slot_out <= self.decisions.last() {
            let Some((slot, decision)) = self.decisions.from(self.slot_out).next() else { return };
            let next = self.slot_out;
            let values = [value(slot), value(next), 0, 0];
            if slot != next && !fx.allows(rules::EXECUTE_IN_SLOT_ORDER, false, values) {
                return;
            }
            let content = decision.value.clone();
            self.slot_out = slot + 1;
            fx.fact(|| Fact::Applied { index: slot, content: content.hash() });
            if let Some(command) = content.command() {
                let reply = self.run(slot, command, fx);
                self.respond(command, reply, fx);
            }
        }
    }

    /// Gives a command to the state machine, which runs none twice: it may have been decided in two slots.
    fn run<O: Observer>(&mut self, slot: Slot, command: &Command, fx: &mut Fx<'_, O>) -> Option<Reply> {
        let (client, seq) = (command.client(), command.seq());
        let values = [i32::from(client.0), seq.cast_signed(), value(slot), 0];
        let ran = || Fact::Ran { index: slot, client, seq };
        if fx.is_on(rules::RUN_EACH_COMMAND_ONCE) {
            if self.state_machine.has_run(command) {
                fx.applies(rules::RUN_EACH_COMMAND_ONCE, values);
            } else {
                fx.fact(ran);
            }
            return self.state_machine.apply(&Value::Command(command.clone()));
        }
        let is_same = |earlier: Slot| {
            self.decisions.get(earlier).is_some_and(|decision| decision.value.command() == Some(command))
        };
        if (1..slot).any(is_same) {
            fx.applies(rules::RUN_EACH_COMMAND_ONCE, values);
        }
        fx.fact(ran);
        // Under a name that no session has seen: that of the slot.
        let seq = u32::try_from(slot).unwrap_or(u32::MAX);
        self.state_machine.apply(&Value::Command(Command::new(client, seq, command.op().clone())))
    }

    /// The command has run: whoever waits for it here is answered.
    fn respond<O: Observer>(&mut self, command: &Command, reply: Option<Reply>, fx: &mut Fx<'_, O>) {
        let (client, seq) = (command.client(), command.seq());
        let Role::Leader(leader) = &mut self.role else { return };
        let waits = |pending: &Pending| (pending.client, pending.seq) == (client, seq);
        let Some(place) = leader.pending.iter().position(waits) else { return };
        leader.pending.remove(place);
        if let Some(reply) = reply {
            fx.answer(client, seq, Answer::Done(reply));
        }
    }

    /// The leader is preempted. What it proposed may be chosen yet, by whoever comes next: it knows nothing, and says
    /// that. What it did not propose, it never accepted from the client.
    pub(crate) fn abandon<O: Observer>(&self, leader: Leader, fx: &mut Fx<'_, O>) {
        for Pending { slot, client, seq } in leader.pending {
            let values = [i32::from(client.0), seq.cast_signed(), value(slot), 0];
            let unknown = fx.applies(rules::UNKNOWN_IS_NOT_FAILED, values);
            fx.answer(client, seq, if unknown { Answer::Unknown } else { Answer::Failed });
        }
        for command in leader.queue {
            fx.answer(command.client(), command.seq(), Answer::NotLeader { hint: None });
        }
    }

    /// What a server does that does not wait: it answers as if all that it has proposed so far were decided. Only a rule
    /// that is off leads here.
    pub(crate) fn answer_too_early<O: Observer>(&mut self, command: &Command, fx: &mut Fx<'_, O>) {
        let Role::Leader(leader) = &mut self.role else { return };
        leader.pending.retain(|pending| (pending.client, pending.seq) != (command.client(), command.seq()));
        let mut guess = self.state_machine.clone();
        let mut reply = None;
        for under_way in &leader.under_way {
            reply = guess.apply(&under_way.value);
        }
        if let Some(reply) = reply {
            fx.answer(command.client(), command.seq(), Answer::Done(reply));
        }
    }
}
