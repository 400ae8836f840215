//! The learner: it finds out that a value is chosen, and only then does anything happen.
//!
//! A value is *chosen* at the moment when a majority of the acceptors has accepted the same proposal. Nobody decides
//! that, and for a while nobody may know it. To *learn* it is to count (Paxos Made Simple §2.3).

use crate::dialect::RETRY;
use crate::message::Message;
use crate::proposal::{Ballot, DECREE, Proposal, Value, both, told};
use crate::proposer::Role;
use crate::quorum::{bits, count, is_quorum, needed};
use crate::rules::{COUNT_ACCEPTORS_ONCE, COUNT_PER_BALLOT, DECIDE_ON_MAJORITY, MAJORITY};
use crate::{Fx, Paxos};
use protocol::{Answer, Command, Fact, NodeId, Observer};

/// What a server has heard about the outcome. It is volatile: who forgets it learns it again by a ballot of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Learner {
    /// Who accepted what, one count for each proposal, in the order in which they were first heard of.
    counts: Vec<Count>,
    /// The chosen value, with the ballot in which it is known to be chosen.
    pub(crate) decided: Option<Proposal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Count {
    proposal: Proposal,
    acceptors: Vec<NodeId>,
}

impl Learner {
    /// Who is known to have accepted in a ballot.
    pub(crate) fn acceptors(&self, ballot: Ballot) -> &[NodeId] {
        self.counts.iter().find(|count| count.proposal.ballot == ballot).map_or(&[], |count| &count.acceptors)
    }

    /// The place of a ballot's count, which begins when the ballot is first heard of.
    fn place(&mut self, ballot: Ballot, value: Value) -> usize {
        let known = self.counts.iter().position(|count| count.proposal.ballot == ballot);
        known.unwrap_or_else(|| {
            self.counts.push(Count { proposal: Proposal { ballot, value }, acceptors: Vec::new() });
            self.counts.len() - 1
        })
    }

    /// What is to be counted after news of the count at `place`: that proposal alone. Two acceptors of two ballots
    /// have not accepted the same thing, even if each has accepted something.
    fn counted<O: Observer>(&self, place: usize, fx: &mut Fx<'_, O>) -> (Proposal, usize) {
        let this = &self.counts[place];
        let other = self.counts.iter().find(|count| count.proposal.ballot != this.proposal.ballot);
        if let Some(other) = other
            && !fx.applies(COUNT_PER_BALLOT, both(this.proposal.ballot, other.proposal.ballot))
        {
            let mut all: Vec<NodeId> = self.counts.iter().flat_map(|count| count.acceptors.clone()).collect();
            all.sort_unstable();
            all.dedup();
            return (self.counts[0].proposal.clone(), all.len());
        }
        (this.proposal.clone(), this.acceptors.len())
    }
}

impl Paxos {
    /// Phase 2b arrives: one more acceptor, and the decree is decided once there are enough of one ballot.
    ///
    /// It counts for any ballot, its proposer's present one or not: what a majority accepted is chosen, even if the
    /// proposer has given up on it.
    pub(crate) fn on_accepted<O: Observer>(
        &mut self,
        from: NodeId,
        ballot: Ballot,
        value: Value,
        fx: &mut Fx<'_, O>,
    ) {
        if self.learner.decided.is_some() {
            return;
        }
        let place = self.learner.place(ballot, value);
        let acceptors = &mut self.learner.counts[place].acceptors;
        if !fx.allows(COUNT_ACCEPTORS_ONCE, !acceptors.contains(&from), [i32::from(from.0), 0, 0, 0]) {
            return;
        }
        acceptors.push(from);
        let (proposal, have) = self.learner.counted(place, fx);
        let is_enough = is_quorum(MAJORITY, have, self.servers.len(), fx);
        let [round, owner] = told(proposal.ballot);
        let values = [count(have), count(needed(MAJORITY, self.servers.len(), fx)), round, owner];
        if fx.allows(DECIDE_ON_MAJORITY, is_enough, values) {
            if !self.options.accepted_to_all {
                self.tell_learners(&proposal, fx);
            }
            let servers = bits(self.learner.acceptors(proposal.ballot));
            self.decide(proposal, true, fx);
            fx.fact(|| Fact::Counted { index: DECREE, servers });
        }
    }

    /// A server that counted says what is chosen.
    pub(crate) fn on_decide<O: Observer>(&mut self, ballot: Ballot, value: Value, fx: &mut Fx<'_, O>) {
        if self.learner.decided.is_none() {
            self.decide(Proposal { ballot, value }, false, fx);
        }
    }

    fn tell_learners<O: Observer>(&mut self, proposal: &Proposal, fx: &mut Fx<'_, O>) {
        for node in self.others() {
            let Proposal { ballot, value } = proposal.clone();
            self.send(node, Message::Decide { ballot, value }, fx);
        }
    }

    /// The decree is decided: run it, answer every client that waits, and propose no more.
    fn decide<O: Observer>(&mut self, proposal: Proposal, counted: bool, fx: &mut Fx<'_, O>) {
        let value = proposal.value.clone();
        self.learner.decided = Some(proposal);
        self.role = Role::Acceptor;
        fx.cancel_timer(RETRY);
        fx.fact(|| Fact::Committed { index: DECREE, leading: counted });
        self.execute(&value, fx);
        for command in std::mem::take(&mut self.waiting) {
            self.answer(&command, fx);
        }
    }

    /// Gives the value to the state machine, once.
    fn execute<O: Observer>(&mut self, value: &Value, fx: &mut Fx<'_, O>) {
        if !self.executed {
            self.executed = true;
            self.machine.apply(value);
            fx.fact(|| Fact::Applied { index: DECREE, content: value.hash() });
        }
    }

    /// Answers a client after the decision. There is one decree: a command that was not chosen never will be.
    pub(crate) fn answer<O: Observer>(&mut self, command: &Command, fx: &mut Fx<'_, O>) {
        let chosen = self.learner.decided.as_ref().and_then(|decided| decided.value.command());
        let is_chosen = chosen == Some(command);
        let reply = if is_chosen { self.machine.apply(&Value::Command(command.clone())) } else { None };
        let answer = reply.map_or(Answer::Failed, Answer::Done);
        fx.answer(command.client(), command.seq(), answer);
    }

    /// What a server does that does not wait for the decision: it takes its own proposal for chosen. Only a rule that
    /// is off leads here.
    pub(crate) fn answer_too_early<O: Observer>(&mut self, command: &Command, fx: &mut Fx<'_, O>) {
        let value = Value::Command(command.clone());
        self.execute(&value, fx);
        if let Some(reply) = self.machine.apply(&value) {
            self.waiting.retain(|waiting| waiting != command);
            fx.answer(command.client(), command.seq(), Answer::Done(reply));
        }
    }
}
