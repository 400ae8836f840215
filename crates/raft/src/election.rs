//! Leader election (Raft §5.2): timeouts, candidates, and coming into and out of office.

use crate::dialect::{ELECTION, HEARTBEAT};
use crate::message::{Message, RequestVote};
use crate::node::{Fx, Leader, Peer, Raft, Role};
use crate::rules;
use crate::servers::{NodeSet, Votes};
use protocol::{Content, Entry, Fact, Index, NodeId, Observer, Term, is_majority, values};
use std::collections::VecDeque;
use std::iter::once;

impl Raft {
    /// *Rules for followers and candidates*: no leader and no candidate worth a vote was heard from for too long.
    pub(crate) fn on_election_timeout<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if self.is_leader() {
            return;
        }
        if !fx.applies(rules::TIMEOUT_STARTS_ELECTION, values![self.current_term]) {
            self.restart_election_timer(fx);
        } else if self.options.pre_vote && fx.applies(rules::ASK_BEFORE_STANDING, values![]) {
            self.start_pre_vote(fx);
        } else {
            self.start_election(fx);
        }
    }

    /// *Rules for candidates*: increment the term, vote for yourself, reset the timer, ask all others for votes.
    pub(crate) fn start_election<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let old = self.current_term;
        if fx.applies(rules::NEW_TERM_PER_ELECTION, values![old.next(), old]) {
            self.current_term = old.next();
            fx.fact(|| Fact::TermAdopted { term: self.current_term });
        }
        self.leader = None;
        // The candidate's own vote counts when it is on disk: see `on_persisted`.
        let own_vote = self.give_vote(self.current_term, self.id, fx);
        self.role = Role::Candidate { votes_granted: Votes::default(), own_vote };
        fx.applies(rules::RANDOM_TIMEOUT, values![]);
        self.restart_election_timer(fx);

        let request = RequestVote {
            term: self.current_term,
            candidate_id: self.id,
            last_log_index: self.log.last_index(),
            last_log_term: self.log.last_term(),
        };
        for to in self.others() {
            self.send_from_disk(to, Message::RequestVote(request), fx);
        }
    }

    /// Counts a vote for this candidate (or pre-candidate). With a majority of *all* servers it has won.
    pub(crate) fn count_vote<O: Observer>(&mut self, from: NodeId, fx: &mut Fx<'_, O>) {
        let (Role::PreCandidate { votes_granted } | Role::Candidate { votes_granted, .. }) = &mut self.role
        else {
            return;
        };
        let again = votes_granted.from.has(from);
        if again && !fx.allows(rules::VOTES_ARE_A_SET, false, values![from]) {
            return;
        }
        votes_granted.add(from);
        let (have, of) = (votes_granted.count, self.servers.len());
        let asks = matches!(self.role, Role::PreCandidate { .. });
        let values = if asks {
            values![have, of, -1, self.current_term.next()]
        } else {
            values![have, of, 0, self.current_term]
        };
        // One less than a majority is worth a word only if it is half.
        let (majority, half) = (is_majority(have, of), 2 * have == of);
        if !again && !majority && !half && from != self.id {
            let need = protocol::majority(of);
            fx.allows(rules::VOTES_ARE_A_SET, true, values![from, have, of, need]);
        }
        if !(majority || half) || !fx.allows(rules::MORE_THAN_HALF, majority, values) {
            return;
        }
        if asks {
            self.start_election(fx);
        } else {
            self.become_leader(fx);
        }
    }

    fn votes_granted(&self) -> NodeSet {
        match &self.role {
            Role::Candidate { votes_granted, .. } => votes_granted.from,
            _ => NodeSet::default(),
        }
    }

    /// *Rules for leaders*: tell everybody at once, and begin the term with an entry of its own (Raft §8).
    fn become_leader<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let last = self.log.last_index();
        let peer = Peer { next_index: last + 1, match_index: 0, sent_index: last };
        let votes = self.votes_granted();
        self.role =
            Role::Leader(Leader { peers: vec![peer; self.servers.highest()], pending: VecDeque::new() });
        self.leader = Some(self.id);
        fx.fact(|| Fact::Led { term: self.current_term });
        fx.fact(|| Fact::Counted { index: 0, servers: votes.bits() });
        fx.cancel_timer(ELECTION);

        if self.options.no_op && fx.applies(rules::NO_OP_AT_TERM_START, values![self.current_term]) {
            self.propose(Content::Noop, fx);
        }
        if fx.applies(rules::SEND_HEARTBEATS, values![self.current_term]) {
            self.restart_heartbeat_timer(fx);
            if self.log.last_index() == last {
                self.send_heartbeats(fx);
            }
        }
    }

    /// A leader writes an entry of its term behind its log and sends it. It never changes or removes one: that is
    /// the *Leader Append-Only* property (Raft Fig. 3), kept by there being no other function here.
    pub(crate) fn propose<O: Observer>(&mut self, content: Content, fx: &mut Fx<'_, O>) -> Index {
        let index = self.log.last_index() + 1;
        let (term, hash) = (self.current_term, content.hash());
        fx.fact(|| Fact::Proposed { term, index, content: hash });
        self.append(once(Entry { term, content }).collect(), fx);
        self.replicate(fx);
        index
    }

    /// *Rules for all servers*: a newer term was seen. Nobody got this server's vote in it yet.
    pub(crate) fn adopt_term<O: Observer>(&mut self, term: Term, from: NodeId, fx: &mut Fx<'_, O>) {
        self.current_term = term;
        self.voted_for = None;
        self.leader = None;
        fx.fact(|| Fact::TermAdopted { term });
        self.persist_hard_state(fx);
        if matches!(self.role, Role::Follower) {
            return;
        }
        if fx.applies(rules::STEP_DOWN, values![term, from]) {
            self.become_follower(fx);
        } else if self.is_leader() {
            // Without the rule it now leads a term in which nobody elected it.
            self.leader = Some(self.id);
            fx.fact(|| Fact::Led { term });
        }
    }

    /// Leaves any other role. `voted_for` stays as it is: the term has not changed, and a vote binds for a term.
    pub(crate) fn become_follower<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if let Role::Leader(leader) = std::mem::replace(&mut self.role, Role::Follower) {
            fx.cancel_timer(HEARTBEAT);
            self.restart_election_timer(fx);
            self.abandon(leader.pending, fx);
        }
    }

    /// Done in three cases only: a message from the current leader, a vote granted, an election started (Fig. 2).
    pub(crate) fn restart_election_timer<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        let least = self.options.election_timeout_min;
        // A range, not a length: whoever drives the server throws the dice.
        let random = fx.is_on(rules::RANDOM_TIMEOUT);
        let most = if random { self.options.election_timeout_max } else { least };
        fx.set_timer(ELECTION, least, most);
    }

    pub(crate) fn restart_heartbeat_timer<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        let interval = self.options.heartbeat_interval;
        fx.set_timer(HEARTBEAT, interval, interval);
    }
}
