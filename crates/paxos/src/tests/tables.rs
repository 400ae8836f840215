//! The tables are data: these tests read them as a person or a program would.

use super::cluster::command;
use crate::rules::{self, RULES};
use crate::{Ballot, Message, Paxos, Proposal, Value};
use protocol::{Firing, Message as _, NodeId, Protocol, RuleId, Verdict};

/// Each constant with its row's key, and whether the rule can refuse.
const ROWS: &[(RuleId, &str, bool)] = &[
    (rules::FRESH_BALLOT, "fresh-ballot", false),
    (rules::BALLOTS_ARE_OWNED, "ballots-are-owned", false),
    (rules::PROMISE_FOR_THIS_BALLOT, "promise-for-this-ballot", true),
    (rules::PROMISES_BEFORE_ACCEPT, "promises-before-accept", true),
    (rules::HIGHEST_BALLOT_WINS, "highest-ballot-wins", false),
    (rules::MINORITY_REPORT_COUNTS, "minority-report-counts", false),
    (rules::ADOPT_REPORTED_VALUE, "adopt-reported-value", false),
    (rules::ONE_PROPOSAL_A_BALLOT, "one-proposal-a-ballot", false),
    (rules::PROMISE_HIGHER_ONLY, "promise-higher-only", true),
    (rules::REFUSE_BELOW_PROMISE, "refuse-below-promise", true),
    (rules::ACCEPTING_IS_PROMISING, "accepting-is-promising", false),
    (rules::NACK_TELLS_HIGHER_BALLOT, "nack-tells-higher-ballot", false),
    (rules::WRITE_BEFORE_ANSWER, "write-before-answer", false),
    (rules::PROMISE_SURVIVES_CRASH, "promise-survives-crash", false),
    (rules::ACCEPTED_SURVIVES_CRASH, "accepted-survives-crash", false),
    (rules::MAJORITY, "majority", true),
    (rules::DECIDE_ON_MAJORITY, "decide-on-majority", true),
    (rules::COUNT_PER_BALLOT, "count-per-ballot", false),
    (rules::COUNT_ACCEPTORS_ONCE, "count-acceptors-once", true),
    (rules::ANSWER_AFTER_DECISION, "answer-after-decision", false),
    (rules::BACK_OFF, "back-off", false),
];

#[test]
fn every_constant_names_its_own_row() {
    assert_eq!(ROWS.len(), RULES.len());
    for (place, (rule, key, _)) in ROWS.iter().enumerate() {
        assert_eq!(usize::from(rule.0), place);
        assert_eq!(Paxos::DIALECT.rule(*rule).key, *key);
        assert_eq!(Paxos::DIALECT.rule_named(key), Some(*rule));
    }
}

#[test]
fn the_tables_hold_together() {
    protocol::bench::check_tables::<Paxos>(false);
}

#[test]
fn a_rule_that_can_refuse_says_so() {
    for (rule, (_, key, can_refuse)) in RULES.iter().zip(ROWS) {
        assert_eq!(!rule.refused.is_empty(), *can_refuse, "{key}");
    }
}

#[test]
fn a_ballot_that_nobody_owns_is_told_as_a_bare_round() {
    let rule = rules::REFUSE_BELOW_PROMISE;
    let tell = |values| Paxos::tell(NodeId(2), &Firing { rule, verdict: Verdict::Refused, values });
    assert_eq!(tell([1, 1, 30, 2]), "n2 refuses the proposal 1.1: it has promised 30.2");
    assert_eq!(tell([1, 0, 30, 0]), "n2 refuses the proposal 1: it has promised 30");
}

#[test]
fn every_rule_has_a_killer() {
    let killers = include_str!("killers.rs");
    for rule in RULES {
        assert!(killers.contains(&format!("\"{}\"", rule.key)), "{}", rule.key);
    }
}

#[test]
fn the_kinds_stand_in_the_order_of_the_messages() {
    let ballot = Ballot::owned(1, NodeId(1));
    let value = Value::Command(command('A'));
    let messages = [
        Message::Prepare { ballot },
        Message::Promise { ballot, accepted: Some(Proposal { ballot, value: value.clone() }) },
        Message::Nack { ballot, promised: ballot },
        Message::Accept { ballot, value: value.clone() },
        Message::Accepted { ballot, value: value.clone() },
        Message::Decide { ballot, value },
    ];
    assert_eq!(messages.len(), Paxos::DIALECT.kinds.len());
    for (place, message) in messages.iter().enumerate() {
        assert_eq!(usize::from(message.kind()), place);
        let name = Paxos::DIALECT.kinds[place].name;
        assert_eq!(message.label().split_whitespace().next(), Some(name));
        assert!(format!("{message:?}").starts_with(name));
    }
}
