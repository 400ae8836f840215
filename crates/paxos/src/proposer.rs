//! The proposer: it looks for a value that is safe to propose, and proposes it.
//!
//! Phase 1 has two purposes at once: the promises of a majority stop every lower ballot, and the reports that come with
//! them show what a lower ballot may have chosen already. Phase 2 proposes the value that follows from the reports
//! (*P2c*, Paxos Made Simple §2.2).

use crate::dialect::RETRY;
use crate::message::Message;
use crate::proposal::{Ballot, DECREE, Proposal, Value, both, told};
use crate::quorum::{bits, count, is_quorum, needed};
use crate::rules::{
    ADOPT_REPORTED_VALUE, ANSWER_AFTER_DECISION, BACK_OFF, BALLOTS_ARE_OWNED, COUNT_ACCEPTORS_ONCE,
    FRESH_BALLOT, HIGHEST_BALLOT_WINS, MAJORITY, MINORITY_REPORT_COUNTS, ONE_PROPOSAL_A_BALLOT,
    PROMISE_FOR_THIS_BALLOT, PROMISES_BEFORE_ACCEPT,
};
use crate::{Fx, Paxos};
use protocol::{Command, Fact, NodeId, Observer, Span, is_majority, majority};

/// How far the proposer is with its ballot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// It has no ballot: nobody asked it for anything, or it is backing off, or the decree is decided.
    Acceptor,
    /// Phase 1: it waits for promises.
    Preparing {
        /// Its ballot.
        ballot: Ballot,
        /// The value that it would propose if it were free to.
        own: Value,
        /// Who promised, with what each reported, in the order of arrival.
        promises: Vec<(NodeId, Option<Proposal>)>,
    },
    /// Phase 2: it has proposed, and waits for the acceptors.
    Proposing {
        /// Its ballot.
        ballot: Ballot,
        /// What it proposed.
        value: Value,
    },
}

/// The wait of a proposer that does not back off: the same short time for everybody.
const HASTE: Span = Span::ms(1);

impl Paxos {
    /// A client's command makes this server a proposer, unless the decree is decided or it is proposing already.
    pub(crate) fn on_request<O: Observer>(&mut self, command: Command, fx: &mut Fx<'_, O>) {
        if self.learner.decided.is_some() {
            return self.answer(&command, fx);
        }
        if self.waiting.contains(&command) {
            return;
        }
        self.waiting.push(command.clone());
        match self.role {
            Role::Acceptor if self.waiting.len() == 1 => self.start_ballot(fx),
            Role::Acceptor | Role::Preparing { .. } => {}
            Role::Proposing { ballot, .. } => self.keep_to_one_proposal(ballot, command, fx),
        }
    }

    /// The retry timer fired: the ballot got nowhere, or the back-off is over. A higher ballot is the cure for both,
    /// and for every message that was lost.
    pub(crate) fn on_retry<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if self.learner.decided.is_none() && !self.waiting.is_empty() {
            self.start_ballot(fx);
        }
    }

    /// Phase 1a: asks every acceptor, itself first, to promise a new ballot.
    ///
    /// The question leaves when its own promise is on disk. Until then a crash could make it forget the ballot, and
    /// use it for another value.
    fn start_ballot<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let Some(command) = self.waiting.first() else { return };
        let own = Value::Command(command.clone());
        let ballot = self.next_ballot(fx);
        self.role = Role::Preparing { ballot, own, promises: Vec::new() };
        self.set_retry_timer(fx);
        self.on_prepare(self.id, ballot, fx);
        for node in self.others() {
            self.send_when_durable(node, Message::Prepare { ballot }, fx);
        }
    }

    /// A ballot above all that it knows of, with its own name in it (§2.5).
    fn next_ballot<O: Observer>(&self, fx: &mut Fx<'_, O>) -> Ballot {
        let seen = self.highest_seen.max(self.acceptor.highest_ballot()).number;
        let round = if seen == 0 || fx.applies(FRESH_BALLOT, [seen.cast_signed(), 0, 0, 0]) {
            seen + 1
        } else {
            seen
        };
        let owned = Ballot::owned(round, self.id);
        let [number, me] = told(owned);
        if fx.applies(BALLOTS_ARE_OWNED, [number, me, 0, 0]) { owned } else { Ballot::new(round) }
    }

    /// Phase 1b arrives: one more promise, and phase 2 once there are enough.
    pub(crate) fn on_promise<O: Observer>(
        &mut self,
        from: NodeId,
        promised: Ballot,
        accepted: Option<Proposal>,
        fx: &mut Fx<'_, O>,
    ) {
        let of = self.servers.len();
        let Role::Preparing { ballot, own, promises } = &mut self.role else { return };
        let ballot = *ballot;
        if !fx.allows(PROMISE_FOR_THIS_BALLOT, promised == ballot, both(promised, ballot)) {
            return;
        }
        let is_new = promises.iter().all(|(node, _)| *node != from);
        if !fx.allows(COUNT_ACCEPTORS_ONCE, is_new, [i32::from(from.0), 0, 0, 0]) {
            return;
        }
        promises.push((from, accepted));
        let have = promises.len();
        let is_enough = is_quorum(MAJORITY, have, of, fx);
        let [round, owner] = told(ballot);
        let values = [count(have), count(needed(MAJORITY, of, fx)), round, owner];
        if !fx.allows(PROMISES_BEFORE_ACCEPT, is_enough, values) {
            return;
        }
        let reports: Vec<&Proposal> = promises.iter().filter_map(|(_, report)| report.as_ref()).collect();
        let value = safe_value(ballot, own, &reports, of, fx);
        let servers = bits(promises.iter().map(|(node, _)| node));
        fx.fact(|| Fact::Counted { index: 0, servers });
        self.propose(ballot, value, fx);
    }

    /// Phase 2a: proposes the value to every acceptor, not only to those that promised.
    fn propose<O: Observer>(&mut self, ballot: Ballot, value: Value, fx: &mut Fx<'_, O>) {
        self.role = Role::Proposing { ballot, value: value.clone() };
        self.set_retry_timer(fx);
        self.send_accepts(ballot, &value, fx);
        let Some(command) = value.command().filter(|command| self.waiting.contains(command)) else { return };
        if !fx.applies(ANSWER_AFTER_DECISION, [i32::from(command.client().0), 0, 0, 0]) {
            self.answer_too_early(command, fx);
        }
    }

    fn send_accepts<O: Observer>(&mut self, ballot: Ballot, value: &Value, fx: &mut Fx<'_, O>) {
        fx.fact(|| Fact::Proposed { term: ballot, index: DECREE, content: value.hash() });
        for node in self.others() {
            self.send(node, Message::Accept { ballot, value: value.clone() }, fx);
        }
        self.on_accept(self.id, ballot, value.clone(), fx);
    }

    /// A second command comes while a first one stands proposed. The ballot has its value: the command waits.
    fn keep_to_one_proposal<O: Observer>(&mut self, ballot: Ballot, command: Command, fx: &mut Fx<'_, O>) {
        let [round, owner] = told(ballot);
        if !fx.applies(ONE_PROPOSAL_A_BALLOT, [round, owner, i32::from(command.client().0), 0]) {
            self.send_accepts(ballot, &Value::Command(command), fx);
        }
    }

    /// An acceptor has promised a higher ballot: the proposer gives up its own (§2.2, end) and backs off, so that the
    /// other has time to finish (§2.4). A random wait decides who comes back first.
    pub(crate) fn on_nack<O: Observer>(&mut self, refused: Ballot, promised: Ballot, fx: &mut Fx<'_, O>) {
        self.highest_seen = self.highest_seen.max(promised);
        if self.ballot() != Some(refused) {
            return;
        }
        self.role = Role::Acceptor;
        if fx.applies(BACK_OFF, both(refused, promised)) {
            self.set_retry_timer(fx);
        } else {
            fx.set_timer(RETRY, HASTE, HASTE);
        }
    }

    /// The ballot that it is working for, if any.
    pub(crate) fn ballot(&self) -> Option<Ballot> {
        match self.role {
            Role::Acceptor => None,
            Role::Preparing { ballot, .. } | Role::Proposing { ballot, .. } => Some(ballot),
        }
    }

    fn set_retry_timer<O: Observer>(&self, fx: &mut Fx<'_, O>) {
        let least = self.options.retry_timeout;
        fx.set_timer(RETRY, least, Span(least.0 * 2));
    }
}

/// The value that a ballot may propose (*P2c*): that of the highest proposal which the promises report, or the
/// proposer's own if they report none.
///
/// Why the highest? If a lower ballot chose a value, a majority accepted it, and one of them is among these promises.
/// Every ballot since then has had to propose that same value, by this very rule; so the highest report shows it.
fn safe_value<O: Observer>(
    ballot: Ballot,
    own: &Value,
    reports: &[&Proposal],
    of: usize,
    fx: &mut Fx<'_, O>,
) -> Value {
    let by_ballot = |proposal: &&&Proposal| proposal.ballot;
    let (Some(lowest), Some(highest)) =
        (reports.iter().min_by_key(by_ballot), reports.iter().max_by_key(by_ballot))
    else {
        return own.clone();
    };
    let differ = lowest.ballot != highest.ballot;
    let takes_highest = !differ || fx.applies(HIGHEST_BALLOT_WINS, both(highest.ballot, lowest.ballot));
    let reported = if takes_highest { highest } else { lowest };
    if reported.value == *own {
        return own.clone();
    }
    let reporters = reports.iter().filter(|report| report.ballot == reported.ballot).count();
    let [round, owner] = told(reported.ballot);
    let values = [count(reporters), count(majority(of)), round, owner];
    let counts = is_majority(reporters, of) || fx.applies(MINORITY_REPORT_COUNTS, values);
    if counts && fx.applies(ADOPT_REPORTED_VALUE, both(reported.ballot, ballot)) {
        reported.value.clone()
    } else {
        own.clone()
    }
}
