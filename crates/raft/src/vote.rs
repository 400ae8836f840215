//! RequestVote (Raft Fig. 2): who gets a vote.

use crate::message::{Message, RequestVote, RequestVoteReply};
use crate::node::{Fx, Raft, Role};
use crate::rules;
use protocol::{Index, NodeId, Observer, Term, values};

impl Raft {
    /// *RequestVote, receiver implementation.*
    pub(crate) fn on_request_vote<O: Observer>(&mut self, request: &RequestVote, fx: &mut Fx<'_, O>) {
        let candidate = request.candidate_id;
        let vote_granted = self.grants_vote(request, fx);
        // Equal, unless the rule against stale candidates is off: then the answer is in the candidate's term.
        let term = if vote_granted { request.term } else { self.current_term };
        if vote_granted {
            if self.voted_for != Some(candidate) {
                self.give_vote(term, candidate, fx);
            }
            if !self.is_leader() && fx.applies(rules::VOTING_RESTARTS_TIMER, values![candidate]) {
                self.restart_election_timer(fx);
            }
        }
        let reply = RequestVoteReply { term, candidate_id: candidate, vote_granted };
        self.send_from_disk(candidate, Message::RequestVoteReply(reply), fx);
    }

    fn grants_vote<O: Observer>(&self, request: &RequestVote, fx: &mut Fx<'_, O>) -> bool {
        let candidate = request.candidate_id;
        // 1. Reply false if term < currentTerm (§5.1).
        if request.term < self.current_term
            && !fx.allows(
                rules::REFUSE_STALE_CANDIDATES,
                false,
                values![candidate, request.term, self.current_term],
            )
        {
            return false;
        }
        // 2. If votedFor is null or candidateId, and candidate's log is at least as up-to-date as receiver's log,
        //    grant vote (§5.2, §5.4).
        // The paper does not ask whether the term has a leader already. A follower that knows the leader but gave
        // nobody its vote in this term may still give it: the leader's majority is spent, so it cannot matter.
        let free = self.voted_for.is_none_or(|node| node == candidate);
        let holder = self.voted_for.unwrap_or(candidate);
        fx.allows(rules::ONE_VOTE_PER_TERM, free, values![candidate, holder, self.current_term])
            && self.is_up_to_date(candidate, request.last_log_term, request.last_log_index, false, fx)
    }

    /// Is the candidate's log at least as up-to-date as this server's (§5.4.1)? The log whose last entry has the
    /// newer term is; of two with the same last term, the longer.
    ///
    /// This comparison is what keeps committed entries: they are on a majority, a winner needs votes from a
    /// majority, and the server that is in both refuses whoever lacks them.
    pub(crate) fn is_up_to_date<O: Observer>(
        &self,
        candidate: NodeId,
        last_log_term: Term,
        last_log_index: Index,
        pre_vote: bool,
        fx: &mut Fx<'_, O>,
    ) -> bool {
        let (my_term, my_index) = (self.log.last_term(), self.log.last_index());
        let by_term = (last_log_term, last_log_index) >= (my_term, my_index);
        let by_length = (last_log_index, last_log_term) >= (my_index, my_term);
        let terms = values![candidate, last_log_term, my_term];
        let term_first = by_term == by_length || fx.applies(rules::COMPARE_TERM_FIRST, terms);
        let up_to_date = if term_first { by_term } else { by_length };
        // What the sentence compares: terms (0) or, if those are equal, lengths (1); and 2 more if it is not a vote
        // yet, but the answer to a pre-vote.
        let asked = if pre_vote { 2 } else { 0 };
        let values = if last_log_term == my_term {
            values![candidate, last_log_index, my_index, asked + 1]
        } else {
            values![candidate, last_log_term, my_term, asked]
        };
        fx.allows(rules::UP_TO_DATE_LOG, up_to_date, values)
    }

    /// A vote, or none, for this candidate.
    pub(crate) fn on_request_vote_reply<O: Observer>(
        &mut self,
        from: NodeId,
        reply: &RequestVoteReply,
        fx: &mut Fx<'_, O>,
    ) {
        if !reply.vote_granted || !matches!(self.role, Role::Candidate { .. }) {
            return;
        }
        let current = self.current_term;
        let values = values![from, reply.term, current];
        if reply.term == current || fx.allows(rules::VOTES_OF_THIS_TERM_ONLY, false, values) {
            self.count_vote(from, fx);
        }
    }
}
