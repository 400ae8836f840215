//! What breaks without a rule: each scenario in `tests/killers` switches one rule off and breaks the promise that hangs
//! on it. On the same schedule with the rule, nothing breaks.
//!
//! This shows three things at once: that the rule is needed, that its switch works through the whole stack, and that
//! the checker sees the damage.

use playground::{Run, dialect, dialects, open};
use protocol::{Dialect, RuleId, RuleInfo, RuleKind};
use scenario::{Line, Scenario, parse};
use std::collections::BTreeSet;
use tests::{Case, cases, surprises};

struct Killer {
    case: Case,
    scenario: Scenario,
    dialect: &'static Dialect,
    rule: RuleId,
}

impl Killer {
    fn info(&self) -> &'static RuleInfo {
        self.dialect.rule(self.rule)
    }

    /// True if it breaks the promise that the rule itself names.
    fn hits_home(&self) -> bool {
        let promise = self.info().promise;
        self.scenario.lines.iter().any(|line| matches!(line, Line::ExpectViolation(name) if name == promise))
    }

    /// The same schedule with the rule. What cannot be done there is left undone, and nothing is expected.
    fn with_the_rule(&self) -> Scenario {
        let mut scenario = self.scenario.clone();
        scenario.config.off = protocol::RuleSet::default();
        scenario.lines.retain(|line| !matches!(line, Line::Expect(_) | Line::ExpectViolation(_)));
        for line in &mut scenario.lines {
            if let Line::Act { tolerant, .. } = line {
                *tolerant = true;
            }
        }
        scenario
    }
}

fn killers() -> Vec<Killer> {
    let read = |case: Case| {
        let scenario = parse(&case.text, &dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let dialect = dialect(&scenario.protocol).expect("the parser knows it");
        let off: Vec<RuleId> = scenario.config.off.iter().collect();
        let [rule] = off[..] else { panic!("{}: one rule is off, and no other", case.name) };
        Killer { case, scenario, dialect, rule }
    };
    cases("tests/killers").into_iter().map(read).collect()
}

/// How often a rule held or refused, and how often it would have, were it on.
fn spoke(run: &mut dyn Run, key: &str) -> (u32, u32) {
    let end = run.ahead_to_script_end();
    run.seek(end);
    let rules = run.rules();
    let rule = rules.iter().find(|rule| rule.key == key).expect("a rule of the protocol");
    (rule.held + rule.refused, rule.overridden)
}

#[test]
fn without_the_rule_its_promise_breaks() {
    for killer in killers() {
        let (name, info) = (&killer.case.name, killer.info());
        let mut run = killer.case.open().run;
        assert_eq!(surprises(run.as_mut()), [""; 0], "{name}");
        let (_, overridden) = spoke(run.as_mut(), info.key);
        assert!(overridden > 0, "{name}: nobody said that {} is off", info.key);
        assert!(!run.expects_violations().is_empty(), "{name}: says `expect violation`");
    }
}

#[test]
fn with_the_rule_on_the_same_schedule_every_promise_holds() {
    for killer in killers() {
        let (name, info) = (&killer.case.name, killer.info());
        let mut run = open(killer.with_the_rule()).expect("a known protocol").run;
        let (spoke, overridden) = spoke(run.as_mut(), info.key);
        assert!(run.violations().is_empty(), "{name}: {:?}", run.violations());
        assert!(spoke > 0 && overridden == 0, "{name}: {} has no say", info.key);
    }
}

#[test]
fn every_safety_rule_has_a_schedule_that_needs_it() {
    let killers = killers();
    let mut missing = Vec::new();
    for dialect in dialects() {
        let of_it = killers.iter().filter(|killer| killer.dialect.key == dialect.key && killer.hits_home());
        let killed: BTreeSet<RuleId> = of_it.map(|killer| killer.rule).collect();
        let rules = (0u8..).map(RuleId).zip(dialect.rules);
        missing.extend(
            rules
                .filter(|(_, info)| info.kind == RuleKind::Safety)
                .filter(|(id, _)| !killed.contains(id))
                .map(|(_, info)| format!("{} {}", dialect.key, info.key)),
        );
    }
    assert!(missing.is_empty(), "no schedule in tests/killers needs: {missing:#?}");
}
