//! Clients: any server answers reads from what it has delivered, and passes writes on to the leader. A sync lets a client
//! read there what is new.

use crate::following::Following;
use crate::message::Packet;
use crate::node::{Fx, Phase, Role, Zab};
use crate::rules;
use protocol::{Answer, ClientId, Command, Content, NodeId, Observer, Op, Reply, values};

/// A client that waits for its write to be delivered at the server that it asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Waiting {
    pub(crate) client: ClientId,
    pub(crate) seq: u32,
}

/// Who waits for what was proposed before it asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Asker {
    /// A follower that has sent SYNC.
    Learner(NodeId),
    /// A client of the leader itself.
    Client(Command),
}

impl Zab {
    /// A client asks this server. One that is in the middle of an election, or not synchronized yet, serves nobody.
    pub(crate) fn on_request<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        let (client, seq) = (command.client(), command.seq());
        if self.phase() != Some(Phase::Broadcast) {
            return fx.answer(
                client,
                seq,
                Answer::NotLeader { hint: self.leader().filter(|node| *node != self.id) },
            );
        }
        match command.op() {
            Op::Get { .. } => return self.read(command, fx),
            Op::Sync { .. } => return self.sync(command, fx),
            _ => {}
        }
        let content = Content::Command(command.clone());
        if self.state_machine.has_run(&command) {
            // It has run, so this only looks up the reply.
            if let Some(reply) = self.state_machine.apply(&content) {
                fx.answer(client, seq, Answer::Done(reply));
            }
            return;
        }
        let waiting = Waiting { client, seq };
        if !self.waiting.contains(&waiting) {
            self.waiting.push(waiting);
        }
        match &self.role {
            Role::Following(following) => {
                if let Some(epoch) = following.epoch {
                    fx.send(following.leader, self.to(following.leader, Packet::Request { epoch, command }));
                }
            }
            _ => self.on_forwarded(command, fx),
        }
    }

    /// A write has reached the leader. One that it has proposed already is on its way.
    pub(crate) fn on_forwarded<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        let content = Content::Command(command.clone());
        let mut outstanding = (self.last_delivered + 1..=self.history.last_index()).rev();
        if !self.state_machine.has_run(&command)
            && !outstanding.any(|index| self.history.content(index) == Some(&content))
        {
            self.propose(content, fx);
        }
    }

    /// A read is answered by this server alone, from what it has delivered: its clients may read what is old, but here
    /// never what is older than what they read before. Another server may be behind; ZooKeeper's sessions, which are not
    /// part of ZAB, turn such a client away. With `sync-before-read` the server first hears out its leader.
    fn read<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        let client = command.client();
        if !self.options.sync_before_read || !fx.applies(rules::SYNC_BEFORE_READ, values![client]) {
            return self.answer_alone(&command, fx);
        }
        self.hear_leader_out(command, fx);
    }

    /// Behind a sync its client reads all that was committed before it asked: the leader's answer comes in the channel
    /// behind the commits.
    fn sync<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        if let Role::Following(Following { leader, .. }) = self.role
            && !fx.applies(rules::SYNC_ASKS_THE_LEADER, values![command.client(), leader])
        {
            return self.answer_alone(&command, fx);
        }
        self.hear_leader_out(command, fx);
    }

    /// Answers once the leader has said that all is delivered which was proposed until now.
    fn hear_leader_out<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        match &mut self.role {
            Role::Following(following) => {
                let leader = following.leader;
                if let Some(epoch) = following.epoch {
                    following.unsynced.push_back(command);
                    fx.send(leader, self.to(leader, Packet::Sync { epoch }));
                }
            }
            Role::Leading(leading) => {
                leading.syncs.push_back((self.history.last_index(), Asker::Client(command)));
                self.answer_syncs(fx);
            }
            Role::Looking(_) => {}
        }
    }

    /// Answers from what is delivered here, and leaves it as it is.
    fn answer_alone<O: Observer>(&self, command: &Command, fx: &mut Fx<'_, O>) {
        let (reply, _) = command.op().run(self.state_machine.value(command.op().key()));
        fx.answer(command.client(), command.seq(), Answer::Done(reply));
    }

    /// The leader's side of SYNC: the answer follows the commits of all that is proposed so far.
    pub(crate) fn on_sync<O: Observer>(&mut self, from: NodeId, fx: &mut Fx<'_, O>) {
        let last = self.history.last_index();
        if let Role::Leading(leading) = &mut self.role {
            leading.syncs.push_back((last, Asker::Learner(from)));
        }
        self.answer_syncs(fx);
    }

    pub(crate) fn answer_syncs<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let committed = self.last_committed;
        while let Role::Leading(leading) = &mut self.role
            && let Some(epoch) = leading.epoch
            && let Some((_, asker)) = leading.syncs.pop_front_if(|(behind, _)| *behind <= committed)
        {
            match asker {
                Asker::Learner(node) => fx.send(node, self.to(node, Packet::Sync { epoch })),
                Asker::Client(command) => self.answer_alone(&command, fx),
            }
        }
    }

    /// The follower's side: what was proposed before the question has been delivered by now.
    pub(crate) fn on_synced<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if let Role::Following(following) = &mut self.role
            && let Some(command) = following.unsynced.pop_front()
        {
            self.answer_alone(&command, fx);
        }
    }

    /// A write has been delivered here: whoever asked this server for it is answered.
    pub(crate) fn answer_delivered<O: Observer>(
        &mut self,
        content: &Content,
        reply: Option<Reply>,
        fx: &mut Fx<'_, O>,
    ) {
        let (Some(command), Some(reply)) = (content.command(), reply) else { return };
        let waiting = Waiting { client: command.client(), seq: command.seq() };
        if let Some(place) = self.waiting.iter().position(|other| *other == waiting) {
            self.waiting.remove(place);
            fx.answer(waiting.client, waiting.seq, Answer::Done(reply));
        }
    }

    /// This server looks for a leader: it can no longer tell how its clients' writes end. Reads and syncs had no effect.
    pub(crate) fn abandon_clients<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        for Waiting { client, seq } in std::mem::take(&mut self.waiting) {
            fx.answer(client, seq, Answer::Unknown);
        }
        let unanswered: Vec<Command> = match &mut self.role {
            Role::Looking(_) => Vec::new(),
            Role::Following(following) => following.unsynced.drain(..).collect(),
            Role::Leading(leading) => {
                let client = |asker| if let Asker::Client(command) = asker { Some(command) } else { None };
                leading.syncs.drain(..).filter_map(|(_, asker)| client(asker)).collect()
            }
        };
        for command in unanswered {
            fx.answer(command.client(), command.seq(), Answer::NotLeader { hint: None });
        }
    }
}
