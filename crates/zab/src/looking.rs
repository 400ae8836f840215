//! Phase 0: Fast Leader Election. Servers that look for a leader tell each other their votes until a quorum agrees.
//!
//! After ZooKeeper's `FastLeaderElection`, and André Medeiros, *ZooKeeper's atomic broadcast protocol: theory and practice* (2012).

use crate::dialect::{FINALIZE, LIMIT, NOTIFICATION, PING};
use crate::history::Zxid;
use crate::leading::Introduction;
use crate::message::{Message, Packet, ServerState, Vote};
use crate::node::{Fx, Role, Zab};
use crate::rules;
use crate::servers::NodeSet;
use protocol::{NodeId, Observer, Span, Term, Time, is_majority, values};

/// What a server knows while it looks for a leader.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct Looking {
    /// The votes of this round, its own among them (`recvset`).
    received: Vec<(NodeId, Vote)>,
    /// What servers said that look no more (`outofelection`).
    outside: Vec<(NodeId, Decided)>,
    /// Who wants to follow this server already.
    pub(crate) early: Vec<(NodeId, Introduction)>,
    /// The vote that has a quorum, while this server waits for a better one.
    finalizing: Option<Vote>,
}

/// The vote of a server whose election is over.
#[derive(Clone, Copy, Debug, Hash)]
struct Decided {
    leader: NodeId,
    round: u32,
    leads: bool,
}

impl Looking {
    /// The channel to a server is gone, and with it what it wanted.
    pub(crate) fn forget(&mut self, node: NodeId) {
        self.early.retain(|(from, _)| *from != node);
    }

    pub(crate) fn supporters(&self, vote: Vote) -> NodeSet {
        NodeSet::of(self.received.iter().filter(|(_, other)| *other == vote).map(|(from, _)| *from))
    }
}

/// Puts a value under a name, in the place of another.
fn put<T>(rows: &mut Vec<(NodeId, T)>, node: NodeId, value: T) {
    rows.retain(|(from, _)| *from != node);
    rows.push((node, value));
}

impl Zab {
    /// Begins a new round: this server votes for itself and tells everybody.
    pub(crate) fn look_for_leader<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        self.abandon_clients(fx);
        fx.cancel_timer(LIMIT);
        fx.cancel_timer(PING);
        fx.cancel_timer(FINALIZE);
        self.logical_clock += 1;
        self.role = Role::Looking(Looking::default());
        self.vote = self.own_vote(fx);
        self.tell_vote(fx);
        if self.options.oracle {
            fx.set_timer(FINALIZE, self.options.finalize_wait, self.options.finalize_wait);
        }
    }

    fn own_vote<O: Observer>(&self, fx: &mut Fx<'_, O>) -> Vote {
        Vote { leader: self.id, peer_epoch: self.current_epoch, zxid: self.reported_zxid(fx) }
    }

    /// The zxid of the last transaction that this server *logged*, delivered or not.
    pub(crate) fn reported_zxid<O: Observer>(&self, fx: &mut Fx<'_, O>) -> Zxid {
        let last = self.history.last_index();
        let processed = self.last_committed.max(self.loaded).min(last);
        let (logged, known) = (self.history.last_zxid(), self.history.zxid_at(processed));
        let values = values![logged.epoch, logged.counter, known.epoch, known.counter];
        if processed == last || fx.applies(rules::REPORT_WHAT_IS_LOGGED, values) { logged } else { known }
    }

    /// Tells everybody for whom this server votes now, and counts.
    fn tell_vote<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        self.others().for_each(|node| self.notify(node, fx));
        fx.set_timer(NOTIFICATION, self.options.notification_interval, self.options.notification_interval);
        let (me, vote) = (self.id, self.vote);
        if let Role::Looking(looking) = &mut self.role {
            put(&mut looking.received, me, vote);
        }
        self.count_votes(fx);
    }

    pub(crate) fn notify<O: Observer>(&self, node: NodeId, fx: &mut Fx<'_, O>) {
        if self.channels.has(node) {
            let (vote, round, state) = (self.vote, self.logical_clock, self.state());
            fx.send(node, Message { connection: 0, packet: Packet::Notification { vote, round, state } });
        }
    }

    /// Nothing new: say it again.
    pub(crate) fn on_notification_timeout<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if matches!(self.role, Role::Looking(_)) {
            self.tell_vote(fx);
        }
    }

    pub(crate) fn on_notification<O: Observer>(
        &mut self,
        now: Time,
        from: NodeId,
        vote: Vote,
        round: u32,
        state: ServerState,
        fx: &mut Fx<'_, O>,
    ) {
        match (&mut self.role, state) {
            (Role::Looking(looking), ServerState::Looking) => {
                looking.forget(from);
                if !self.options.oracle {
                    self.on_vote(from, vote, round, fx);
                }
            }
            (Role::Looking(_), _) if self.options.oracle => {}
            (Role::Looking(_), _) => {
                let leads = state == ServerState::Leading;
                self.on_decided(now, from, Decided { leader: vote.leader, round, leads }, vote, fx);
            }
            (_, ServerState::Looking) => self.on_looking(from, fx),
            _ => {}
        }
    }

    /// A server looks for a leader while this one has one: it has left, if it was here, and is told whom this one chose.
    fn on_looking<O: Observer>(&mut self, from: NodeId, fx: &mut Fx<'_, O>) {
        match &self.role {
            // Before LEADERINFO this may be the vote that the leader cast before it was elected.
            Role::Following(following) if following.leader == from && following.epoch.is_some() => {
                return self.lose_leader(from, fx);
            }
            Role::Leading(_) => self.lose_learner(from, fx),
            _ => {}
        }
        self.notify(from, fx);
    }

    /// A vote of a server that is looking, too.
    fn on_vote<O: Observer>(&mut self, from: NodeId, vote: Vote, round: u32, fx: &mut Fx<'_, O>) {
        let mine = self.logical_clock;
        if round > mine {
            self.logical_clock = round;
            if let Role::Looking(looking) = &mut self.role {
                looking.received.clear();
            }
            let own = self.own_vote(fx);
            self.vote = own;
            self.adopt_if_better(from, vote, fx);
            self.tell_vote(fx);
        } else if round < mine {
            let values = values![from, round, mine];
            if fx.applies(rules::ANSWER_EARLIER_ROUNDS, values) {
                self.notify(from, fx);
            }
            if !fx.allows(rules::VOTES_OF_THIS_ROUND_ONLY, false, values) {
                return;
            }
        } else {
            fx.allows(rules::VOTES_OF_THIS_ROUND_ONLY, true, values![from, round, mine]);
            if self.adopt_if_better(from, vote, fx) {
                self.tell_vote(fx);
            }
        }
        if let Role::Looking(looking) = &mut self.role {
            put(&mut looking.received, from, vote);
        }
        self.count_votes(fx);
    }

    fn adopt_if_better<O: Observer>(&mut self, from: NodeId, vote: Vote, fx: &mut Fx<'_, O>) -> bool {
        let adopts = self.is_better(vote, self.vote, fx)
            && fx.applies(rules::ADOPT_A_BETTER_VOTE, values![vote.leader, from]);
        if adopts {
            self.vote = vote;
        }
        adopts
    }

    /// The total order of votes: the newer epoch, then the greater zxid, then the larger server id.
    fn is_better<O: Observer>(&self, vote: Vote, than: Vote, fx: &mut Fx<'_, O>) -> bool {
        let newer =
            self.is_more_recent((vote.peer_epoch, vote.zxid), (than.peer_epoch, than.zxid), vote.leader, fx);
        let older = (than.peer_epoch, than.zxid) != (vote.peer_epoch, vote.zxid);
        if newer || older || vote.leader == than.leader {
            return newer;
        }
        let larger = vote.leader > than.leader;
        let (high, low) = if larger { (vote, than) } else { (than, vote) };
        fx.applies(rules::LARGER_ID_BREAKS_TIES, values![high.leader, low.leader]) && larger
    }

    /// True if one history counts more than another: that of the newer epoch, whatever its length.
    pub(crate) fn is_more_recent<O: Observer>(
        &self,
        one: (Term, Zxid),
        other: (Term, Zxid),
        whose: NodeId,
        fx: &mut Fx<'_, O>,
    ) -> bool {
        let disagree = (one.0 > other.0) != (one.1 > other.1) && one.0 != other.0;
        let values = values![whose, one.0, other.0];
        if disagree && !fx.applies(rules::EPOCH_BEFORE_ZXID, values) {
            return one.1 > other.1;
        }
        one > other
    }

    /// Counts who votes as this server does.
    fn count_votes<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if self.options.oracle {
            return;
        }
        let (of, vote) = (self.servers.len(), self.vote);
        let Role::Looking(looking) = &mut self.role else { return };
        let have = looking.supporters(vote).len();
        let mut enough = is_majority(have, of);
        if !enough && 2 * have == of {
            enough = fx.allows(rules::QUORUM_IS_A_MAJORITY, false, values![have, of, vote.leader]);
        }
        if !enough {
            if looking.finalizing.take().is_some() {
                fx.cancel_timer(FINALIZE);
            }
            return;
        }
        if looking.finalizing.replace(vote) == Some(vote) {
            return;
        }
        let waits = fx.applies(rules::WAIT_FOR_BETTER_VOTES, values![vote.leader, have, of]);
        let wait = if waits { self.options.finalize_wait } else { Span(1) };
        fx.set_timer(FINALIZE, wait, wait);
    }

    /// No better vote has come: the election is over.
    pub(crate) fn on_finalize<O: Observer>(&mut self, now: Time, fx: &mut Fx<'_, O>) {
        let Role::Looking(looking) = &self.role else { return };
        if self.options.oracle {
            let reachable = self.channels.with(self.id).iter().last();
            self.vote.leader = reachable.unwrap_or(self.id);
        } else if looking.finalizing.is_none() {
            return;
        }
        self.decide(now, fx);
    }

    /// What a server says whose election is over. It is believed if a quorum says the same, and the leader itself.
    fn on_decided<O: Observer>(
        &mut self,
        now: Time,
        from: NodeId,
        decided: Decided,
        vote: Vote,
        fx: &mut Fx<'_, O>,
    ) {
        let (of, me) = (self.servers.len(), self.id);
        let same_round = decided.round == self.logical_clock;
        let Role::Looking(looking) = &mut self.role else { return };
        put(&mut looking.outside, from, decided);
        let Decided { leader, round, .. } = decided;
        let agree = |(_, other): &&(NodeId, Decided)| other.leader == leader && other.round == round;
        let mut say = NodeSet::of(looking.outside.iter().filter(agree).map(|(node, _)| *node));
        if same_round {
            put(&mut looking.received, from, vote);
            let voters = looking.received.iter().filter(|(_, other)| other.leader == leader);
            say = NodeSet::of(voters.map(|(node, _)| *node).chain(say.iter()));
        }
        let leads = looking.outside.iter().any(|(node, other)| *node == leader && other.leads);
        let ready = if leader == me { same_round } else { leads };
        let values = values![leader, say.len(), of];
        if ready && fx.allows(rules::JOIN_WHOM_A_QUORUM_FOLLOWS, is_majority(say.len(), of), values) {
            self.logical_clock = round;
            self.vote = vote;
            self.decide(now, fx);
        }
    }

    /// The vote stands: whoever it names leads, everybody else follows.
    fn decide<O: Observer>(&mut self, now: Time, fx: &mut Fx<'_, O>) {
        let Role::Looking(looking) = &mut self.role else { return };
        let early = std::mem::take(&mut looking.early);
        fx.cancel_timer(NOTIFICATION);
        fx.cancel_timer(FINALIZE);
        fx.set_timer(LIMIT, self.options.init_limit, self.options.init_limit);
        if self.vote.leader == self.id {
            self.lead(now, early, fx);
        } else {
            self.follow(self.vote.leader, fx);
        }
    }
}
