//! What holds for the tables of every protocol.

use crate::{Dialect, Firing, NodeId, OptionKind, Protocol, RuleId, RuleKind, Verdict};
use std::collections::BTreeSet;

/// Reads a protocol's tables as a person or a program would. `stops` says whether its sentences end with a full stop.
///
/// # Panics
/// If something in them cannot be right.
pub fn check_tables<P: Protocol>(stops: bool) {
    keys_are_unique(P::DIALECT);
    rows_are_complete(P::DIALECT);
    placeholders_are_filled::<P>(stops);
    defaults_are_allowed(P::DIALECT);
}

fn keys_are_unique(dialect: &Dialect) {
    let unique = |keys: Vec<&str>| keys.iter().collect::<BTreeSet<_>>().len() == keys.len();
    assert!(unique(dialect.rules.iter().map(|rule| rule.key).collect()), "rules");
    assert!(unique(dialect.options.iter().map(|option| option.key).collect()), "options");
    assert!(unique(dialect.promises.iter().map(|promise| promise.key).collect()), "promises");
    assert!(unique(dialect.kinds.iter().map(|kind| kind.name).collect()), "kinds");
    assert!(unique(dialect.roles.iter().map(|role| role.name).collect()), "roles");
}

fn rows_are_complete(dialect: &Dialect) {
    let is_sentence = |text: &str| text.ends_with('.') && text.starts_with(char::is_uppercase);
    for rule in dialect.rules {
        let key = rule.key;
        assert!(is_sentence(rule.words) && is_sentence(rule.when_off), "{key}");
        assert!(!rule.source.is_empty(), "{key}");
        assert!(rule.needs.is_empty() || is_sentence(rule.needs), "{key}");
        assert!(!(rule.held.is_empty() && rule.refused.is_empty()), "{key}");
        assert!(!rule.overridden.is_empty(), "{key}");
        let promise_exists = dialect.promises.iter().any(|promise| promise.key == rule.promise);
        assert_eq!(promise_exists, rule.kind == RuleKind::Safety, "{key}: safety rules keep a promise");
    }
}

fn placeholders_are_filled<P: Protocol>(stops: bool) {
    for (place, rule) in (0..).zip(P::DIALECT.rules) {
        let sentences = [
            (Verdict::Held, rule.held),
            (Verdict::Refused, rule.refused),
            (Verdict::Overridden, rule.overridden),
        ];
        for (verdict, template) in sentences {
            let firing = Firing { rule: RuleId(place), verdict, values: [61, 62, 63, 64] };
            let text = P::tell(NodeId(60), &firing);
            assert!(!text.contains(['{', '}']), "{}: {text}", rule.key);
            assert!(text.is_empty() || text.ends_with('.') == stops, "{}: {text}", rule.key);
            assert_eq!(template.contains('{'), text != template, "{}: {text}", rule.key);
        }
    }
}

fn defaults_are_allowed(dialect: &Dialect) {
    for option in dialect.options {
        let allowed = match option.kind {
            OptionKind::Flag => 0..=1,
            OptionKind::Choice(keys) => 0..=i64::try_from(keys.len()).unwrap_or(0) - 1,
            OptionKind::Number { least, most, .. } | OptionKind::Span { least, most } => least..=most,
        };
        assert!(allowed.contains(&option.default), "{}", option.key);
    }
}
