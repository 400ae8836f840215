//! The tables are data: these tests read them as a person or a program would.

use super::cluster::command;
use crate::multi::rules::RULES;
use crate::multi::{Message, MultiPaxos, PValue};
use crate::proposal::{Ballot, Proposal, Value};
use protocol::{Firing, Message as _, NodeId, OptionKind, Protocol, RuleId, RuleKind, Verdict};
use std::collections::BTreeSet;

#[test]
fn keys_are_unique() {
    let dialect = MultiPaxos::DIALECT;
    let unique = |keys: Vec<&str>| keys.iter().collect::<BTreeSet<_>>().len() == keys.len();
    assert!(unique(dialect.rules.iter().map(|rule| rule.key).collect()));
    assert!(unique(dialect.options.iter().map(|option| option.key).collect()));
    assert!(unique(dialect.promises.iter().map(|promise| promise.key).collect()));
    assert!(unique(dialect.kinds.iter().map(|kind| kind.name).collect()));
}

#[test]
fn every_row_is_complete() {
    let is_sentence = |text: &str| text.ends_with('.') && text.starts_with(char::is_uppercase);
    for rule in RULES {
        let key = rule.key;
        assert!(is_sentence(rule.words) && is_sentence(rule.when_off), "{key}");
        assert!(!rule.source.is_empty(), "{key}");
        assert!(rule.needs.is_empty() || is_sentence(rule.needs), "{key}");
        assert!(!rule.held.is_empty() && !rule.overridden.is_empty(), "{key}");
        let promise_exists = MultiPaxos::DIALECT.promises.iter().any(|promise| promise.key == rule.promise);
        assert_eq!(promise_exists, rule.kind == RuleKind::Safety, "{key}: safety rules keep a promise");
    }
}

#[test]
fn every_placeholder_is_filled() {
    for (place, rule) in (0..).zip(RULES) {
        let sentences = [
            (Verdict::Held, rule.held),
            (Verdict::Refused, rule.refused),
            (Verdict::Overridden, rule.overridden),
        ];
        for (verdict, template) in sentences {
            let firing = Firing { rule: RuleId(place), verdict, values: [61, 62, 63, 64] };
            let text = MultiPaxos::tell(NodeId(60), &firing);
            assert!(!text.contains(['{', '}']), "{}: {text}", rule.key);
            assert!(!text.ends_with('.'), "{}: {text}", rule.key);
            assert_eq!(template.contains('{'), text != template, "{}: {text}", rule.key);
        }
    }
}

#[test]
fn the_kinds_stand_in_the_order_of_the_messages() {
    let ballot = Ballot::owned(1, NodeId(1));
    let pvalue = PValue { slot: 2, proposal: Proposal { ballot, value: Value::Command(command('A')) } };
    let messages = [
        Message::Prepare { ballot, from_slot: 1 },
        Message::Promise { ballot, accepted: [pvalue.clone()].into() },
        Message::Nack { ballot, promised: ballot },
        Message::Accept(pvalue.clone()),
        Message::Accepted(pvalue.clone()),
        Message::Decide(pvalue.clone()),
        Message::Heartbeat { ballot, decided: 1 },
        Message::CatchUp { ballot, from_slot: 1 },
        Message::Decisions { ballot, decided: [pvalue].into() },
    ];
    assert_eq!(messages.len(), MultiPaxos::DIALECT.kinds.len());
    for (place, message) in messages.iter().enumerate() {
        assert_eq!(usize::from(message.kind()), place);
        let name = MultiPaxos::DIALECT.kinds[place].name;
        assert_eq!(message.label().split_whitespace().next(), Some(name));
        assert!(format!("{message:?}").starts_with(name));
    }
}

#[test]
fn the_defaults_are_allowed_values() {
    for option in MultiPaxos::DIALECT.options {
        let allowed = match option.kind {
            OptionKind::Flag => 0..=1,
            OptionKind::Choice(keys) => 0..=i64::try_from(keys.len()).unwrap() - 1,
            OptionKind::Number { least, most, .. } | OptionKind::Span { least, most } => least..=most,
        };
        assert!(allowed.contains(&option.default), "{}", option.key);
    }
}
