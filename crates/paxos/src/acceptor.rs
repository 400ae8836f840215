//! The acceptor: it promises, it accepts, and it writes down both before it says so.
//!
//! Two duties, both from Paxos Made Simple §2.2. *P1a*: having promised a ballot, accept nothing below it. *Phase 1b*:
//! with the promise, report what you accepted last. Everything else in Paxos is built on these two by the proposers.

use crate::durable::Delta;
use crate::message::Message;
use crate::proposal::{Ballot, DECREE, Proposal, Value, both, told};
use crate::rules::{
    ACCEPTED_SURVIVES_CRASH, ACCEPTING_IS_PROMISING, NACK_TELLS_HIGHER_BALLOT, PROMISE_HIGHER_ONLY,
    PROMISE_SURVIVES_CRASH, REFUSE_BELOW_PROMISE, WRITE_BEFORE_ANSWER,
};
use crate::{Durable, Fx, Paxos};
use protocol::{Fact, NodeId, Observer};

/// What an acceptor remembers when it wakes up: all that it wrote (§2.5).
pub(crate) fn recall<O: Observer>(disk: &Durable, fx: &mut Fx<'_, O>) -> Durable {
    let mut memory = disk.clone();
    let [round, owner] = told(disk.promised);
    if disk.promised != Ballot::default() && !fx.applies(PROMISE_SURVIVES_CRASH, [round, owner, 0, 0]) {
        memory.promised = Ballot::default();
    }
    if let Some(proposal) = &disk.accepted {
        let [round, owner] = told(proposal.ballot);
        if !fx.applies(ACCEPTED_SURVIVES_CRASH, [round, owner, 0, 0]) {
            memory.accepted = None;
        }
    }
    memory
}

impl Paxos {
    /// Phase 1b: promises the ballot, or refuses because it has promised a higher one.
    ///
    /// The same ballot again gets the same answer again. It can only come from the same proposer, whose first
    /// question (or the answer to it) may be doubled or delayed.
    pub(crate) fn on_prepare<O: Observer>(&mut self, from: NodeId, ballot: Ballot, fx: &mut Fx<'_, O>) {
        let promised = self.acceptor.promised;
        let is_high_enough = ballot >= promised;
        let [round, owner] = told(ballot);
        let values =
            if is_high_enough { [round, owner, i32::from(from.0), 0] } else { both(ballot, promised) };
        if !fx.allows(PROMISE_HIGHER_ONLY, is_high_enough, values) {
            return self.refuse(from, ballot, fx);
        }
        if ballot != promised {
            self.promise(ballot, fx);
            self.write(Delta::Promised(ballot), fx);
        }
        fx.fact(|| Fact::Supported { term: ballot, node: from });
        let accepted = self.acceptor.accepted.clone();
        self.reply(&[from], &Message::Promise { ballot, accepted }, fx);
    }

    /// Phase 2b: accepts the proposal, unless it has promised a higher ballot.
    pub(crate) fn on_accept<O: Observer>(
        &mut self,
        from: NodeId,
        ballot: Ballot,
        value: Value,
        fx: &mut Fx<'_, O>,
    ) {
        let promised = self.acceptor.promised;
        if !fx.allows(REFUSE_BELOW_PROMISE, ballot >= promised, both(ballot, promised)) {
            return self.refuse(from, ballot, fx);
        }
        let proposal = Proposal { ballot, value: value.clone() };
        if self.acceptor.accepted.as_ref() != Some(&proposal) {
            self.accept(proposal, fx);
        }
        let learners = if self.options.accepted_to_all { self.servers.to_vec() } else { vec![from] };
        self.reply(&learners, &Message::Accepted { ballot, value }, fx);
    }

    /// Takes the proposal for its own last one. A ballot that it never promised becomes its promise now: it has
    /// answered for this ballot, so it must not go below it any more. The paper says this of *prepare* requests only,
    /// and read to the letter it loses agreement when a proposer sends *accept* requests beyond the acceptors that
    /// promised.
    fn accept<O: Observer>(&mut self, proposal: Proposal, fx: &mut Fx<'_, O>) {
        let (ballot, content) = (proposal.ballot, proposal.value.hash());
        let [round, owner] = told(ballot);
        if ballot > self.acceptor.promised && fx.applies(ACCEPTING_IS_PROMISING, [round, owner, 0, 0]) {
            self.promise(ballot, fx);
        }
        self.acceptor.accepted = Some(proposal.clone());
        self.write(Delta::Accepted { promised: self.acceptor.promised, proposal }, fx);
        fx.fact(|| Fact::Appended { index: DECREE, term: ballot, hash: content, content });
    }

    fn promise<O: Observer>(&mut self, ballot: Ballot, fx: &mut Fx<'_, O>) {
        self.acceptor.promised = ballot;
        fx.fact(|| Fact::TermAdopted { term: ballot });
    }

    /// Tells a proposer which ballot it has to beat. Silence would be as safe, but the proposer would have to guess.
    fn refuse<O: Observer>(&mut self, from: NodeId, ballot: Ballot, fx: &mut Fx<'_, O>) {
        let promised = self.acceptor.promised;
        let [round, owner] = told(promised);
        if fx.applies(NACK_TELLS_HIGHER_BALLOT, [i32::from(from.0), round, owner, 0]) {
            self.send(from, Message::Nack { ballot, promised }, fx);
        }
    }

    /// Answers for its ballot, once what it says is on its disk (§2.5).
    fn reply<O: Observer>(&mut self, to: &[NodeId], message: &Message, fx: &mut Fx<'_, O>) {
        let [round, owner] = told(message.ballot());
        let waits = fx.applies(WRITE_BEFORE_ANSWER, [round, owner, 0, 0]);
        for node in to {
            if waits {
                self.send_when_durable(*node, message.clone(), fx);
            } else {
                self.send(*node, message.clone(), fx);
            }
        }
    }
}
