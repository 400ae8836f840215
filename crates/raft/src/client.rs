//! Clients (Raft §8): only the leader takes commands, and it answers when they took effect.

use crate::node::{Fx, Raft, Role};
use crate::rules;
use protocol::{Answer, ClientId, Command, Content, Index, Observer, Reply, values};
use std::collections::VecDeque;

/// A client that waits for its command to take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pending {
    pub(crate) index: Index,
    pub(crate) client: ClientId,
    pub(crate) seq: u32,
}

impl Raft {
    /// *Rules for leaders*: if command received from client, append entry to local log, respond after entry applied
    /// to state machine.
    pub(crate) fn on_request<O: Observer>(&mut self, command: &Command, fx: &mut Fx<'_, O>) {
        let (client, seq) = (command.client(), command.seq());
        if !self.is_leader() {
            let hint =
                self.leader.filter(|node| fx.applies(rules::REDIRECT_WITH_HINT, values![client, *node]));
            return fx.answer(client, seq, Answer::NotLeader { hint });
        }
        if fx.is_on(rules::RUN_EACH_COMMAND_ONCE) && self.recognises(command, fx) {
            return;
        }
        let index = self.log.last_index() + 1;
        let values = values![client, seq, index];
        if fx.is_on(rules::RESPOND_AFTER_APPLYING) {
            self.wait_for(Pending { index, client, seq });
            self.propose(Content::Command(command.clone()), fx);
        } else {
            self.propose(Content::Command(command.clone()), fx);
            fx.applies(rules::RESPOND_AFTER_APPLYING, values);
            if let Some(reply) = self.guess_reply() {
                fx.answer(client, seq, Answer::Done(reply));
            }
        }
    }

    /// A retry: the command has run, and the session knows the reply; or it is in the log, and will.
    fn recognises<O: Observer>(&mut self, command: &Command, fx: &mut Fx<'_, O>) -> bool {
        let (client, seq) = (command.client(), command.seq());
        let values = values![client, seq];
        let content = Content::Command(command.clone());
        if self.state_machine.has_run(command) {
            fx.applies(rules::RUN_EACH_COMMAND_ONCE, values);
            // It has run, so this only looks up the reply.
            if let Some(reply) = self.state_machine.apply(&content) {
                fx.answer(client, seq, Answer::Done(reply));
            }
            return true;
        }
        let not_applied = self.last_applied + 1..=self.log.last_index();
        let at = not_applied
            .rev()
            .find(|index| self.log.entry(*index).is_some_and(|entry| entry.content == content));
        if let Some(index) = at {
            fx.applies(rules::RUN_EACH_COMMAND_ONCE, values);
            self.wait_for(Pending { index, client, seq });
        }
        at.is_some()
    }

    /// Remembers a client, in the order of the entries; once, however often it asks.
    fn wait_for(&mut self, client: Pending) {
        let Role::Leader(leader) = &mut self.role else { return };
        let place = leader.pending.partition_point(|other| other.index < client.index);
        if leader.pending.get(place) != Some(&client) {
            leader.pending.insert(place, client);
        }
    }

    /// The entry has been applied: whoever waits for it is answered.
    pub(crate) fn respond<O: Observer>(&mut self, index: Index, reply: Option<Reply>, fx: &mut Fx<'_, O>) {
        let Role::Leader(leader) = &mut self.role else { return };
        let (Some(reply), Some(Pending { client, seq, .. })) =
            (reply, leader.pending.pop_front_if(|pending| pending.index == index))
        else {
            return;
        };
        fx.applies(rules::RESPOND_AFTER_APPLYING, values![client, seq, index]);
        fx.answer(client, seq, Answer::Done(reply));
    }

    /// The leader steps down. What becomes of the entries in its log is for the next leader to decide: some may be
    /// committed yet. So it knows nothing, and says that.
    pub(crate) fn abandon<O: Observer>(&mut self, pending: VecDeque<Pending>, fx: &mut Fx<'_, O>) {
        for Pending { index, client, seq } in pending {
            let values = values![client, seq, index];
            let unknown = fx.applies(rules::UNKNOWN_IS_NOT_FAILED, values);
            fx.answer(client, seq, if unknown { Answer::Unknown } else { Answer::Failed });
        }
    }

    /// What the newest entry would be answered if everything before it took effect as it stands.
    fn guess_reply(&self) -> Option<Reply> {
        let mut guess = self.state_machine.clone();
        let rest = self.last_applied + 1..=self.log.last_index();
        rest.filter_map(|index| self.log.entry(index)).fold(None, |_, entry| guess.apply(&entry.content))
    }
}
