//! Two ways to spare a working leader (dissertation §9.6 and §4.2.3). Both are options: Raft is safe without them.

use crate::message::{Message, PreVote, PreVoteReply};
use crate::node::{Fx, Raft, Role};
use crate::rules;
use crate::servers::Votes;
use protocol::{NodeId, Observer, Time, values};

impl Raft {
    /// Asks everybody "would you vote for me in the next term?". Nothing changes but the role: no term, no vote,
    /// nothing on disk. A server that a partition keeps from winning thus never raises its term.
    pub(crate) fn start_pre_vote<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        self.leader = None;
        self.role = Role::PreCandidate { votes_granted: Votes::default() };
        self.restart_election_timer(fx);
        let request = PreVote {
            term: self.current_term.next(),
            candidate_id: self.id,
            last_log_index: self.log.last_index(),
            last_log_term: self.log.last_term(),
        };
        for to in self.others() {
            fx.send(to, Message::PreVote(request));
        }
        self.count_vote(self.id, fx);
    }

    /// Would this server vote for the asker? It changes nothing of its own, whatever it answers.
    pub(crate) fn on_pre_vote<O: Observer>(&mut self, now: Time, request: &PreVote, fx: &mut Fx<'_, O>) {
        let vote_granted = self.grants_pre_vote(now, request, fx);
        let mut term = if vote_granted { request.term } else { self.current_term };
        // A refusal brings news only to an asker that is behind.
        let asker = request.candidate_id;
        if !vote_granted
            && term >= request.term
            && !fx.applies(rules::REFUSAL_CARRIES_TERM, values![asker, term])
        {
            term.number = request.term.number.saturating_sub(1);
        }
        fx.send(request.candidate_id, Message::PreVoteReply(PreVoteReply { term, vote_granted }));
    }

    fn grants_pre_vote<O: Observer>(&self, now: Time, request: &PreVote, fx: &mut Fx<'_, O>) -> bool {
        let candidate = request.candidate_id;
        let values = values![candidate, request.term, self.current_term];
        if request.term <= self.current_term && !fx.allows(rules::REFUSE_STALE_CANDIDATES, false, values) {
            return false;
        }
        let led = self.is_led(now);
        let leader = self.leader.unwrap_or(self.id);
        fx.allows(rules::NO_PRE_VOTE_WHILE_LED, !led, values![candidate, leader])
            && self.is_up_to_date(candidate, request.last_log_term, request.last_log_index, true, fx)
    }

    /// With a majority the asker knows that it can win, and stands for election.
    pub(crate) fn on_pre_vote_reply<O: Observer>(
        &mut self,
        from: NodeId,
        reply: &PreVoteReply,
        fx: &mut Fx<'_, O>,
    ) {
        if !reply.vote_granted || !matches!(self.role, Role::PreCandidate { .. }) {
            return;
        }
        let asked = self.current_term.next();
        let values = values![from, reply.term, asked];
        if reply.term == asked || fx.allows(rules::VOTES_OF_THIS_TERM_ONLY, false, values) {
            self.count_vote(from, fx);
        }
    }

    /// Leader stickiness: a server that has heard from a leader within the shortest election timeout treats a
    /// candidate as a mistake. It does not even adopt the candidate's term.
    pub(crate) fn ignores<O: Observer>(&self, now: Time, message: &Message, fx: &mut Fx<'_, O>) -> bool {
        let Message::RequestVote(request) = message else { return false };
        if !self.options.leader_stickiness || !self.is_led(now) {
            return false;
        }
        let values = values![request.candidate_id, self.leader.unwrap_or(self.id), request.term];
        !fx.allows(rules::IGNORE_CANDIDATES_WHILE_LED, false, values)
    }

    /// True if this server leads, or has heard from the leader within the shortest election timeout.
    fn is_led(&self, now: Time) -> bool {
        self.is_leader() || self.leader.is_some() && now - self.heard_at < self.options.election_timeout_min
    }
}
