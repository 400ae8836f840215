//! The tables are data: these tests read them as a person or a program would.

use super::cluster::command;
use crate::rules::{self, RULES};
use crate::{Message, Packet, ServerState, Txn, Vote, Zab, Zxid};
use protocol::{
    Content, Firing, Message as _, NodeId, OptionKind, Protocol, RuleId, RuleKind, Term, Verdict,
};
use std::collections::BTreeSet;

#[test]
fn keys_are_unique() {
    let dialect = Zab::DIALECT;
    let unique = |keys: Vec<&str>| keys.iter().collect::<BTreeSet<_>>().len() == keys.len();
    assert!(unique(dialect.rules.iter().map(|rule| rule.key).collect()));
    assert!(unique(dialect.options.iter().map(|option| option.key).collect()));
    assert!(unique(dialect.promises.iter().map(|promise| promise.key).collect()));
    assert!(unique(dialect.kinds.iter().map(|kind| kind.name).collect()));
    assert!(unique(dialect.roles.iter().map(|role| role.name).collect()));
}

#[test]
fn every_row_is_complete() {
    let is_sentence = |text: &str| text.ends_with('.') && text.starts_with(char::is_uppercase);
    for rule in RULES {
        let key = rule.key;
        assert!(is_sentence(rule.words) && is_sentence(rule.when_off), "{key}");
        assert!(!rule.source.is_empty(), "{key}");
        assert!(rule.needs.is_empty() || is_sentence(rule.needs), "{key}");
        assert!(!(rule.held.is_empty() && rule.refused.is_empty()), "{key}");
        assert!(!rule.overridden.is_empty(), "{key}");
        let promise_exists = Zab::DIALECT.promises.iter().any(|promise| promise.key == rule.promise);
        assert_eq!(promise_exists, rule.kind == RuleKind::Safety, "{key}: safety rules keep a promise");
    }
}

#[test]
fn every_placeholder_is_filled() {
    for (place, rule) in (0..).zip(RULES) {
        let templates = [
            (Verdict::Held, rule.held),
            (Verdict::Refused, rule.refused),
            (Verdict::Overridden, rule.overridden),
        ];
        for (verdict, template) in templates {
            let firing = Firing { rule: RuleId(place), verdict, values: [61, 62, 63, 64] };
            let text = Zab::tell(NodeId(60), &firing);
            assert!(!text.contains(['{', '}']), "{}: {text}", rule.key);
            assert!(text.is_empty() || text.ends_with('.'), "{}: {text}", rule.key);
            assert_eq!(template.contains('{'), text != template, "{}: {text}", rule.key);
        }
    }
}

#[test]
fn no_sentence_speaks_of_a_transaction_that_nobody_has() {
    let tell = |rule, values| Zab::tell(NodeId(3), &Firing { rule, verdict: Verdict::Held, values });
    assert_eq!(tell(rules::LEADER_KNOWS_MOST, [1, 0, 0, 0]), "n1 has nothing and knows no more than n3.");
    assert_eq!(
        tell(rules::UPTODATE_TELLS_ALL_COMMITTED, [1, 0, 0, 0]),
        "n1 has n3's history: UPTODATE tells it to serve, and that nothing is committed yet."
    );
    assert_eq!(
        tell(rules::REPORT_WHAT_IS_LOGGED, [1, 2, 0, 0]),
        "n3 reports (1,2), the last transaction in its log, though it knows nothing to be committed."
    );
}

#[test]
fn the_kinds_stand_in_the_order_of_the_packets() {
    let (epoch, zxid, leader) = (Term::new(1), Zxid { epoch: 1, counter: 1 }, NodeId(3));
    let txn = Txn { zxid, content: Content::Command(command('A')) };
    let packets = [
        Packet::Notification {
            vote: Vote { leader, peer_epoch: epoch, zxid },
            round: 1,
            state: ServerState::Looking,
        },
        Packet::FollowerInfo { accepted_epoch: epoch },
        Packet::LeaderInfo { epoch },
        Packet::AckEpoch { epoch, current_epoch: None, last_zxid: zxid },
        Packet::Diff { epoch, txns: vec![txn.clone()] },
        Packet::Trunc { epoch, zxid, txns: Vec::new() },
        Packet::Snap { epoch, txns: vec![txn.clone()] },
        Packet::NewLeader { epoch },
        Packet::Ack { zxid, epoch, leader, held: (1, 7) },
        Packet::UpToDate { epoch, zxid },
        Packet::Proposal { epoch, txn },
        Packet::Commit { epoch, zxid },
        Packet::Ping { epoch },
        Packet::Request { epoch, command: command('A') },
        Packet::Sync { epoch },
    ];
    assert_eq!(packets.len(), Zab::DIALECT.kinds.len());
    for (place, packet) in packets.into_iter().enumerate() {
        let name = Zab::DIALECT.kinds[place].name;
        let told = format!("{packet:?}").to_lowercase();
        let message = Message { connection: 1, packet };
        assert_eq!(usize::from(message.kind()), place);
        assert!(told.starts_with(&name.to_lowercase()), "{name}");
        assert!(place == 0 || message.label().starts_with(name), "{}", message.label());
        assert_eq!(message.term(), epoch);
    }
}

#[test]
fn the_defaults_are_allowed_values() {
    for option in Zab::DIALECT.options {
        let allowed = match option.kind {
            OptionKind::Flag => 0..=1,
            OptionKind::Choice(keys) => 0..=i64::try_from(keys.len()).unwrap() - 1,
            OptionKind::Number { least, most, .. } | OptionKind::Span { least, most } => least..=most,
        };
        assert!(allowed.contains(&option.default), "{}", option.key);
    }
}
