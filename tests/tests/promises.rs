//! What the protocols promise is checked, and what is checked has been seen to break.

use playground::dialects;
use std::collections::BTreeSet;
use tests::cases;

/// Promises that no single rule protects. They are broken by facts fed by hand, in `crates/check/src/tests`.
const BY_HAND: [&str; 10] = [
    "raft leader-append-only",
    "raft validity",
    "paxos validity",
    "multi-paxos validity",
    "zab integrity",
    "zab global-primary-order",
    "zab log-terms-never-decrease",
    "zab leader-append-only",
    "zab commit-never-goes-back",
    "zab validity",
];

#[test]
fn every_promise_that_a_protocol_makes_is_checked() {
    for dialect in dialects() {
        let checker = check::Checker::new(dialect, 3);
        let checked: BTreeSet<&str> = checker.promises().collect();
        let made: BTreeSet<&str> = dialect.promises.iter().map(|promise| promise.key).collect();
        assert_eq!(checked, made, "{}", dialect.key);
        assert_eq!(made.len(), dialect.promises.len(), "{} makes each promise once", dialect.key);
    }
}

#[test]
fn what_a_protocol_does_not_promise_has_a_reason() {
    for dialect in dialects() {
        for declined in dialect.declines {
            let made = dialect.promises.iter().any(|promise| promise.key == declined.key);
            assert!(!made, "{} makes {} and declines it", dialect.key, declined.key);
            let why = declined.why;
            assert!(why.ends_with('.') && why.starts_with(char::is_uppercase), "{why}");
        }
    }
}

#[test]
fn every_promise_breaks_without_some_rule() {
    let mut broken = BTreeSet::new();
    for case in cases("tests/killers") {
        let mut run = case.open().run;
        run.ahead_to_script_end();
        let protocol = run.dialect().key;
        broken.extend(run.violations().into_iter().map(|(promise, ..)| format!("{protocol} {promise}")));
    }
    let made = dialects()
        .into_iter()
        .flat_map(|dialect| dialect.promises.iter().map(move |promise| (dialect.key, promise.key)));
    let unbroken: Vec<String> = made
        .map(|(protocol, promise)| format!("{protocol} {promise}"))
        .filter(|name| !broken.contains(name))
        .collect();
    assert_eq!(unbroken, BY_HAND);
}

#[test]
fn both_witnesses_of_a_broken_promise_can_be_looked_up() {
    for case in cases("tests/killers") {
        let mut run = case.open().run;
        let end = run.ahead_to_script_end();
        run.seek(end);
        let frame = run.frame();
        for violation in &frame.checks.broken {
            let shown = violation.witnesses.iter().filter(|witness| witness.position.is_some());
            assert!(shown.count() > 0, "{}: {violation:?}", case.name);
            for witness in &violation.witnesses {
                assert!(
                    witness.position.is_none_or(|position| position <= violation.position),
                    "{witness:?}"
                );
            }
            let promise = frame.checks.promises.iter().find(|promise| promise.key == violation.key);
            let since = promise.and_then(|promise| promise.since).map(|since| since.position);
            assert!(since.is_some_and(|since| since <= violation.position), "{}: {violation:?}", case.name);
            run.seek(violation.position);
            let seen = run.frame().checks.broken;
            assert!(seen.iter().any(|seen| seen.key == violation.key), "{}: there it is broken", case.name);
            run.seek(violation.position - 1);
            let seen = run.frame().checks.broken;
            assert!(!seen.contains(violation), "{}: the event before it is not yet", case.name);
        }
    }
}
