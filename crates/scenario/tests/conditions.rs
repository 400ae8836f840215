//! What conditions come to, what is said where they fail, and what `always` and `never` remember.

mod common;

use common::{TOY, read};
use protocol::{ClientId, NodeId, Term, Time};
use scenario::{
    ClientField, Counter, EvalError, Expr, Fate, Field, Line, Moment, Monitor, Part, Value, World, holds,
    parse_condition, print_condition, report,
};
use sim::{Filter, Target};

/// n1 leads term 2, n2 follows, n3 is down; `set x=1` stands at index 1.
struct Small {
    leads: bool,
}

impl World for Small {
    fn server(&self, target: Target) -> Option<NodeId> {
        match target {
            Target::Node(node) => Some(node),
            Target::Leader => self.leads.then_some(NodeId(1)),
            Target::Follower(1) => Some(NodeId(2)),
            Target::Follower(_) => None,
            Target::LastCrashed => Some(NodeId(3)),
        }
    }
    fn field(&self, node: NodeId, field: Field) -> Option<Value<'_>> {
        if node == NodeId(3) && field != Field::Up {
            return None;
        }
        Some(match field {
            Field::Role => Value::shown(if node == NodeId(1) { "Leader" } else { "Follower" }),
            Field::Term => Value::Term(Term::owned(2, NodeId(1))),
            Field::Commit | Field::Applied => Value::Number(0),
            Field::Last => Value::Number(1),
            Field::Up => Value::Flag(node != NodeId(3)),
            Field::Leader => Value::Node(NodeId(1)),
        })
    }
    fn fact(&self, node: NodeId, key: &str) -> Option<Value<'_>> {
        (key == "voted_for").then(|| Value::shown(if node == NodeId(2) { "none" } else { "n1" }))
    }
    fn fact_keys(&self, _: NodeId) -> Vec<String> {
        vec!["current_term".into(), "voted_for".into()]
    }
    fn entry(&self, _: NodeId, index: u64, part: Part) -> Option<Value<'_>> {
        (index == 1)
            .then(|| if part == Part::Term { Value::Term(Term::new(2)) } else { Value::shown("set x=1") })
    }
    fn pair(&self, _: NodeId, key: &str) -> Option<Value<'_>> {
        (key == "x").then(|| Value::shown("17"))
    }
    fn client(&self, _: ClientId, field: ClientField) -> Option<Value<'_>> {
        match field {
            ClientField::Last | ClientField::Outcome(1) => Some(Value::shown("ok")),
            ClientField::Ops => Some(Value::Number(1)),
            ClientField::Reply(1) => Some(Value::shown("stored")),
            _ => None,
        }
    }
    fn messages(&self, fate: Fate, filter: &Filter) -> u64 {
        assert!(!matches!(filter.from, Some(sim::Place::Server(Target::Leader))), "places are resolved");
        u64::from(fate == Fate::Sent) * 4 + u64::from(filter.kind.is_some())
    }
    fn counter(&self, counter: Counter) -> u64 {
        u64::from(counter == Counter::Leaders)
    }
    fn holds(&self, invariant: &str) -> Option<bool> {
        match invariant {
            "agreement" => Some(true),
            "validity" => Some(false),
            _ => None,
        }
    }
}

fn condition(text: &str) -> Expr {
    parse_condition(text, &TOY, &read("").config).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn judge(text: &str) -> Result<bool, String> {
    holds(&condition(text), &Small { leads: true }, &Monitor::default()).map_err(|error| error.to_string())
}

#[test]
fn these_conditions_hold() {
    for text in [
        "leader",
        "leader == n1",
        "leader != n2",
        "follower.1 == n2",
        "not follower.2",
        "follower.2 == none",
        "n1.role == Leader",
        "n1.role != Follower",
        "n1.term == 2",
        "n1.term == 2.1",
        "n1.term < 2.2",
        "n1.term >= 2",
        "n1.term > 1.5",
        "n1.up",
        "not n3.up",
        "last-crashed == n3",
        "n2.leader == n1",
        "n2.leader == leader",
        "n1.voted_for == n1",
        "n2.voted_for == none",
        "n1.voted_for == \"n1\"",
        "n1.log[1] == \"set x=1\"",
        "n1.log[1].term == 2",
        "n1.log[2] == none",
        "n1.log[2].term == none",
        "n1.kv[x] == 17",
        "n1.kv[x] > 9",
        "n1.kv[x] == \"17\"",
        "n1.kv[y] == none",
        "c1.last == ok",
        "c1.ops == 1",
        "c1.op[1].outcome == ok",
        "c1.op[1].reply == stored",
        "sent() == 4",
        "sent(RequestVote) == 5",
        "lost(leader->*) == 0",
        "inflight(AppendEntries, n1->n2) == 1",
        "leaders == 1",
        "elections == 0",
        "holds(agreement)",
        "violated(validity)",
        "not holds(validity)",
        "(leader == n1) == true",
        "leader or follower.2.term == 3",
        "n1.up and (n3.up or leader)",
        "true",
        "not false",
        "-1 < 0",
        "n1.commit == n2.commit",
    ] {
        assert_eq!(judge(text), Ok(true), "{text}");
        assert_eq!(print_condition(&condition(text), &TOY), text);
    }
}

#[test]
fn what_has_no_value_says_what_is_missing() {
    for (text, expected) in [
        ("follower.2.term == 3", "no server is `follower.2` now"),
        ("n3.term == 3", "n3 has no term now"),
        ("n1.votedfor == n1", "n1 has no `votedfor`; it has current_term, voted_for"),
        ("c1.op[2].reply == x", "c1 has not asked for that yet"),
        ("holds(agrement)", "there is no invariant `agrement`"),
        ("n1.voted_for > n2", "n1 and n2 have no order: they compare by == and != only"),
        ("n1.log[2].term > 3", "none and 3 have no order: they compare by == and != only"),
        ("always(leader)", "`always` and `never` must be watched from the start"),
    ] {
        assert_eq!(judge(text), Err(expected.to_owned()), "{text}");
    }
    let error = holds(&condition("leader.term == 3"), &Small { leads: false }, &Monitor::default());
    assert!(matches!(error, Err(EvalError::Absent(_))));
    assert_eq!(error.map_err(|error| error.to_string()), Err("there is no leader".into()));
}

#[test]
fn what_names_a_protocol_is_known_as_such_and_only_runs_side_by_side_can_tell() {
    let scenario = read("beside zab\nexpect zab(leader) and not raft(n1.up)\nexpect leader == zab\n");
    let named = scenario.lines.iter().map(scenario::Line::names_a_protocol).collect::<Vec<_>>();
    assert_eq!(named, [true, false]);
    assert!(scenario.compares() && !read("beside zab\nexpect leader\n").compares());
    let scenario::Line::Expect(expected) = &scenario.lines[0] else { panic!("it is an expectation") };
    let error = holds(expected, &Small { leads: true }, &Monitor::default()).err();
    let said = error.map(|error| error.to_string());
    assert_eq!(said.as_deref(), Some("what zab does can be told side by side only"));
}

#[test]
fn a_part_that_decides_needs_no_other() {
    assert_eq!(judge("follower.2.term == 3 and false"), Ok(false));
    assert_eq!(judge("follower.2.term == 3 or true"), Ok(true));
    assert!(judge("n1.votedfor == n1 or true").is_err(), "a slip is told even where it does not matter");
}

#[test]
fn a_report_shows_what_was_found_where_it_differs() {
    for (text, expected) in [
        (
            "n1.role == Leader and n1.commit == 1",
            "n1.role == Leader and n1.commit == 1 does not hold: n1.commit is 0",
        ),
        ("n1.kv[y] == 3", "n1.kv[y] == 3 does not hold: n1.kv[y] is none"),
        (
            "n3.up or follower.2",
            "n3.up or follower.2 does not hold: n3.up is false, no server is `follower.2` now",
        ),
        ("n1.commit == n1.last", "n1.commit == n1.last does not hold: n1.commit is 0, n1.last is 1"),
        ("not violated(validity)", "not violated(validity) does not hold: violated(validity) is true"),
        ("follower.2.term == 3", "follower.2.term == 3 does not hold: no server is `follower.2` now"),
    ] {
        assert_eq!(report(&condition(text), &Small { leads: true }, &Monitor::default(), &TOY), expected);
    }
}

#[test]
fn a_monitor_remembers_the_first_moment_at_which_something_broke() {
    let scenario = read(
        "expect always(leader) and never(n3.up)\nexpect always(leader)\nexpect never(leader.term == 3)\n",
    );
    let mut monitor = Monitor::of(&scenario);
    let moment = |at, n| Moment { at: Time(at), n };
    monitor.feed(moment(0, 0), &Small { leads: true });
    let before = monitor.clone();
    monitor.feed(moment(20_000, 2), &Small { leads: false });
    monitor.feed(moment(30_000, 1), &Small { leads: false });
    let conditions: Vec<&Expr> = scenario
        .lines
        .iter()
        .filter_map(|line| match line {
            Line::Expect(condition) => Some(condition),
            _ => None,
        })
        .collect();
    let world = Small { leads: true };
    assert_eq!(holds(conditions[0], &world, &monitor), Ok(false));
    assert_eq!(holds(conditions[0], &world, &before), Ok(true), "a checkpoint keeps what it knew");
    assert_eq!(holds(conditions[2], &world, &monitor), Ok(true), "a moment without a leader is passed over");
    assert_eq!(monitor.broke(conditions[1]), Some(moment(20_000, 2)));
    let expected = "always(leader) does not hold: always(leader) broke at 20ms, after event 2 of that time";
    assert_eq!(report(conditions[1], &world, &monitor, &TOY), expected);
}
