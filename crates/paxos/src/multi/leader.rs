//! Becoming leader: phase 1, once for all slots.
//!
//! A server that hears from no leader takes a ballot of its own and asks for promises, as a proposer does in single-decree
//! Paxos. The promises of a majority *adopt* the ballot: from then on it may propose in every slot, without asking
//! again, until a higher ballot *preempts* it. What the promises report it must propose again first, slot by slot.

use crate::multi::acceptor::value;
use crate::multi::commander::Leader;
use crate::multi::dialect::{ELECTION, HEARTBEAT};
use crate::multi::message::{Message, PValue};
use crate::multi::rules;
use crate::multi::slots::Slot;
use crate::multi::{Fx, MultiPaxos};
use crate::proposal::{Ballot, Proposal, Value, both, told};
use crate::quorum::{count, is_quorum, needed};
use protocol::{Fact, NodeId, Observer, Span, is_majority};
use std::sync::Arc;

/// What a server does besides accepting, learning and running commands.
#[derive(Clone, Debug, Hash)]
pub(crate) enum Role {
    /// It has no ballot: somebody else leads, or nobody.
    Follower,
    /// Phase 1: it waits for promises.
    Preparing(Scout),
    /// Its ballot is adopted.
    Leader(Leader),
}

/// Phase 1 under way.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Scout {
    pub(crate) ballot: Ballot,
    /// The first slot that it asked about.
    from_slot: Slot,
    /// Who promised, with what each reported, in the order of arrival.
    pub(crate) promises: Vec<(NodeId, Arc<[PValue]>)>,
}

/// What a new leader has to do with a slot.
enum Finding {
    /// Propose this.
    Propose(Value),
    /// Nobody reports anything.
    Hole,
    /// Leave the slot to the next command. Only a rule that is off leads here.
    Free,
}

/// The wait of a server that does not back off: the same short time for everybody.
const HASTE: Span = Span::ms(1);

impl MultiPaxos {
    /// No leader was heard for too long, or the promises did not come.
    pub(crate) fn on_election_timeout<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if !matches!(self.role, Role::Leader(_)) {
            self.start_ballot(fx);
        }
    }

    /// Phase 1a: asks every acceptor, itself first, to promise a new ballot for all slots from the first that it does
    /// not know to be decided.
    ///
    /// The question leaves when its own promise is on disk. Until then a crash could make it forget the ballot, and use
    /// it for other values.
    fn start_ballot<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let (ballot, from_slot) = (self.next_ballot(fx), self.decided_up_to + 1);
        self.leader = None;
        self.role = Role::Preparing(Scout { ballot, from_slot, promises: Vec::new() });
        self.restart_election_timer(fx);
        self.on_prepare(self.id, ballot, from_slot, fx);
        for node in self.others() {
            self.send_when_durable(node, Message::Prepare { ballot, from_slot }, fx);
        }
    }

    /// A ballot above all that it knows of, with its own name in it.
    fn next_ballot<O: Observer>(&self, fx: &mut Fx<'_, O>) -> Ballot {
        let seen = self.highest_seen.max(self.acceptor.highest_ballot()).number;
        let is_fresh = seen == 0 || fx.applies(rules::FRESH_BALLOT, [seen.cast_signed(), 0, 0, 0]);
        let owned = Ballot::owned(if is_fresh { seen + 1 } else { seen }, self.id);
        let [number, me] = told(owned);
        if fx.applies(rules::BALLOTS_ARE_OWNED, [number, me, 0, 0]) {
            owned
        } else {
            Ballot::new(owned.number)
        }
    }

    /// Phase 1b arrives: one more promise, and the ballot is adopted once there are enough.
    pub(crate) fn on_promise<O: Observer>(
        &mut self,
        from: NodeId,
        promised: Ballot,
        accepted: Arc<[PValue]>,
        fx: &mut Fx<'_, O>,
    ) {
        let of = self.servers.len();
        let Role::Preparing(scout) = &mut self.role else { return };
        let ballot = scout.ballot;
        if !fx.allows(rules::PROMISE_FOR_THIS_BALLOT, promised == ballot, both(promised, ballot)) {
            return;
        }
        let is_new = scout.promises.iter().all(|(node, _)| *node != from);
        if !fx.allows(rules::COUNT_ACCEPTORS_ONCE, is_new, [i32::from(from.0), 0, 0, 0]) {
            return;
        }
        scout.promises.push((from, accepted));
        let have = scout.promises.len();
        let is_enough = is_quorum(rules::MAJORITY, have, of, fx);
        let [round, owner] = told(ballot);
        let values = [count(have), count(needed(rules::MAJORITY, of, fx)), round, owner];
        if fx.allows(rules::PROMISES_BEFORE_ACCEPT, is_enough, values) {
            let scout = scout.clone();
            self.adopted(&scout, fx);
        }
    }

    /// The ballot is adopted: this server leads. It proposes what the promises report, and then what clients ask for.
    fn adopted<O: Observer>(&mut self, scout: &Scout, fx: &mut Fx<'_, O>) {
        let ballot = scout.ballot;
        fx.fact(|| Fact::Led { term: ballot });
        let promisers = scout.promises.iter().fold(0, |bits, (node, _)| bits | 1 << node.slot());
        fx.fact(|| Fact::Counted { index: 0, servers: promisers });
        let reported = scout.promises.iter().flat_map(|(_, report)| report.iter());
        let last = reported.map(|pvalue| pvalue.slot).max().unwrap_or(0).max(self.decisions.last());
        let mut slot_in = last + 1;
        let mut found = Vec::new();
        for slot in scout.from_slot..=last {
            if self.decisions.get(slot).is_some() {
                continue;
            }
            match find(scout, slot, self.servers.len(), fx) {
                Finding::Propose(value) => found.push((slot, value)),
                Finding::Free => slot_in = slot_in.min(slot),
                Finding::Hole => {
                    if fx.applies(rules::FILL_HOLES, [value(slot), value(last), 0, 0]) {
                        found.push((slot, Value::Noop));
                    }
                }
            }
        }
        self.role = Role::Leader(Leader::new(ballot, slot_in));
        self.leader = Some(self.id);
        fx.cancel_timer(ELECTION);
        for (slot, value) in found {
            self.propose(slot, value, fx);
        }
        self.on_heartbeat_timeout(fx);
    }

    /// A higher ballot has been heard of: this one has had its time.
    ///
    /// A leader that went on would be refused by all who have promised the higher one. And it must not speak of
    /// decisions any more as if its own ballot had made them.
    pub(crate) fn preempted<O: Observer>(&mut self, by: Ballot, fx: &mut Fx<'_, O>) {
        self.highest_seen = self.highest_seen.max(by);
        let Some(mine) = self.ballot().filter(|mine| *mine < by) else { return };
        if !fx.applies(rules::YIELD_TO_HIGHER_BALLOT, both(mine, by)) {
            return;
        }
        let was = std::mem::replace(&mut self.role, Role::Follower);
        self.leader = None;
        fx.cancel_timer(HEARTBEAT);
        if fx.applies(rules::BACK_OFF, both(mine, by)) {
            self.restart_election_timer(fx);
        } else {
            fx.set_timer(ELECTION, HASTE, HASTE);
        }
        if let Role::Leader(leader) = was {
            self.abandon(leader, fx);
        }
    }

    /// A leader was heard whose ballot is not below this server's promise.
    pub(crate) fn follow<O: Observer>(&mut self, leader: NodeId, fx: &mut Fx<'_, O>) {
        if leader == self.id || !matches!(self.role, Role::Follower) {
            return;
        }
        self.leader = Some(leader);
        if fx.applies(rules::LEADER_RESTARTS_TIMER, [i32::from(leader.0), 0, 0, 0]) {
            self.restart_election_timer(fx);
        }
    }

    /// The ballot that it is working for, if any.
    pub(crate) fn ballot(&self) -> Option<Ballot> {
        match &self.role {
            Role::Follower => None,
            Role::Preparing(scout) => Some(scout.ballot),
            Role::Leader(leader) => Some(leader.ballot),
        }
    }

    pub(crate) fn restart_election_timer<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        fx.set_timer(ELECTION, self.options.election_timeout_min, self.options.election_timeout_max);
    }
}

/// What follows for a slot from what the promises report (*P2c*): the value of the highest proposal, or none.
///
/// Why the highest? If a lower ballot chose a value there, a majority accepted it, and one of them is among these
/// promises. Every ballot since then has had to propose that same value, by this very rule; so the highest report
/// shows it.
fn find<O: Observer>(scout: &Scout, slot: Slot, of: usize, fx: &mut Fx<'_, O>) -> Finding {
    let in_slot = |report: &Arc<[PValue]>| {
        let place = report.binary_search_by_key(&slot, |pvalue| pvalue.slot).ok()?;
        Some(report[place].proposal.clone())
    };
    let reports: Vec<Proposal> = scout.promises.iter().filter_map(|(_, report)| in_slot(report)).collect();
    let by_ballot = |proposal: &&Proposal| proposal.ballot;
    let (Some(lowest), Some(highest)) =
        (reports.iter().min_by_key(by_ballot), reports.iter().max_by_key(by_ballot))
    else {
        return Finding::Hole;
    };
    let differ = lowest.ballot != highest.ballot;
    let takes_highest =
        !differ || fx.applies(rules::HIGHEST_BALLOT_WINS, both(highest.ballot, lowest.ballot));
    let reported = if takes_highest { highest } else { lowest };
    let reporters = reports.iter().filter(|report| report.ballot == reported.ballot).count();
    let [round, owner] = told(reported.ballot);
    let values = [count(reporters), value(slot), round, owner];
    if !is_majority(reporters, of) && !fx.applies(rules::MINORITY_REPORT_COUNTS, values) {
        return Finding::Propose(Value::Noop);
    }
    let [_, mine] = told(scout.ballot);
    let values = [value(slot), round, owner, mine];
    if fx.applies(rules::ADOPT_REPORTED_VALUE, values) {
        Finding::Propose(reported.value.clone())
    } else {
        Finding::Free
    }
}
