//! Every rule of the protocol, by name.
//!
//! Each has a constant here, which the code asks before it acts, and a row in one of the files below: what it demands,
//! where that is written, what breaks without it, and the sentences in which a server reports it. A rule's number is its
//! place. *PMS* is Lamport, *Paxos Made Simple*, 2001; *PMMC* is Van Renesse and Altinbuken, *Paxos Made Moderately
//! Complex*, 2015.

mod acceptor;
mod leader;
mod learner;
mod replica;

use protocol::RuleInfo;

protocol::rules! {
    [pub(crate)]

    // Phase 1: to become leader.
    leader::FRESH_BALLOT;
    leader::BALLOTS_ARE_OWNED;
    leader::PROMISE_FOR_THIS_BALLOT;
    leader::PROMISES_BEFORE_ACCEPT;
    leader::HIGHEST_BALLOT_WINS;
    leader::MINORITY_REPORT_COUNTS;
    leader::ADOPT_REPORTED_VALUE;
    leader::FILL_HOLES;
    // Phase 2: to lead.
    leader::ONE_VALUE_A_SLOT;
    leader::WINDOW;
    leader::REPEAT_UNTIL_ACCEPTED;
    leader::YIELD_TO_HIGHER_BALLOT;
    leader::BACK_OFF;
    leader::LEADER_RESTARTS_TIMER;
    // The acceptor.
    acceptor::PROMISE_HIGHER_ONLY;
    acceptor::REFUSE_BELOW_PROMISE;
    acceptor::ACCEPTING_IS_PROMISING;
    acceptor::NACK_TELLS_HIGHER_BALLOT;
    acceptor::WRITE_BEFORE_ANSWER;
    acceptor::PROMISE_SURVIVES_CRASH;
    acceptor::ACCEPTED_SURVIVES_CRASH;
    // The learner.
    learner::MAJORITY;
    learner::DECIDE_ON_MAJORITY;
    learner::COUNT_PER_BALLOT;
    learner::COUNT_ACCEPTORS_ONCE;
    learner::DECIDED_IN_LEADERS_BALLOT;
    learner::CATCH_UP;
    // The replica.
    replica::EXECUTE_IN_SLOT_ORDER;
    replica::RUN_EACH_COMMAND_ONCE;
    replica::ANSWER_AFTER_EXECUTION;
    replica::UNKNOWN_IS_NOT_FAILED;
    replica::REDIRECT_WITH_HINT;
    // Extensions.
    acceptor::ACCEPT_IN_SLOT_ORDER;
}

/// What most rows share: a safety rule that always may matter, and whose quiet work is routine. A ballot takes two values
/// of a sentence: `{0}.{1}`. A rule that demands instead of forbidding never refuses, and has no sentence for it.
const SAFETY: RuleInfo = RuleInfo { promise: "agreement", ..RuleInfo::SAFETY };

const LIVENESS: RuleInfo = RuleInfo::LIVENESS;
const OPTION: RuleInfo = RuleInfo::OPTION;
