//! The search for an order, beside two others: stateright's tester and the WGL checker of todc-utils. On small random
//! histories, linearizable ones and those with an answer changed, all three give one verdict.

use check::history::{Call, Heard, Verdict, judge};
use protocol::{Op, Reply};
use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};
use std::sync::Arc;
use todc_utils::linearizability::WGLChecker;
use todc_utils::linearizability::history::{Action, History};
use todc_utils::specifications::Specification;

const HISTORIES: u64 = 6_000;
const MOST_CALLS: u64 = 8;
const BUDGET: u64 = 1_000_000;

type Value = Option<Arc<str>>;

/// Small numbers, always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn some_op(dice: &mut Dice) -> Op {
    let (key, number): (Arc<str>, _) = ("x".into(), |dice: &mut Dice| dice.below(3).to_string().into());
    match dice.below(8) {
        0..3 => Op::Get { key },
        3..5 => Op::Set { key, value: number(dice) },
        5 => Op::Incr { key },
        6 => Op::Append { key, value: number(dice) },
        _ => Op::Cas { key, old: number(dice), new: number(dice) },
    }
}

fn some_reply(op: &Op, dice: &mut Dice) -> Reply {
    let there = (dice.below(4) > 0).then(|| dice.below(3).to_string().into());
    op.run(there.as_ref()).0
}

/// A history of a store that takes each operation at one instant. In every other one an answer is then made up, or a
/// question moved behind it. Some operations stay open, and of these some never take effect.
fn some_history(number: u64) -> Vec<Call> {
    let mut dice = Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let count = 1 + dice.below(MOST_CALLS);
    let mut calls = Vec::new();
    let mut instants = Vec::new();
    let mut start = 0;
    for place in 0..count {
        start += dice.below(20);
        let (takes, answers) = (1 + dice.below(40), 1 + dice.below(40));
        // No two at the same instant.
        let at = |time: u64, kind: u64| time * 64 + place * 4 + kind;
        let open = dice.below(6) == 0;
        calls.push(Call { op: some_op(&mut dice), from: at(start, 0), heard: None });
        if !open || dice.below(2) == 0 {
            instants.push((
                at(start + takes, 1),
                calls.len() - 1,
                (!open).then(|| at(start + takes + answers, 2)),
            ));
        }
    }
    instants.sort_unstable();
    let mut value: Value = None;
    for (_, call, until) in instants {
        let (reply, stored) = calls[call].op.run(value.as_ref());
        value = stored.or(value);
        calls[call].heard = until.map(|until| (until, Heard::Reply(reply)));
    }
    if number % 2 == 1 {
        let place = usize::try_from(dice.below(count)).expect("it is small");
        if let Some((until, _)) = calls[place].heard {
            calls[place].heard = Some((until, Heard::Reply(some_reply(&calls[place].op, &mut dice))));
        }
    }
    calls
}

/// Questions and answers in the order of time: the call, and whether this is its answer.
fn in_time(calls: &[Call]) -> Vec<(usize, bool)> {
    let mut steps: Vec<(u64, usize, bool)> = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        steps.push((call.from, place, false));
        steps.extend(call.heard.iter().map(|(until, _)| (*until, place, true)));
    }
    steps.sort_unstable();
    steps.into_iter().map(|(_, place, is_answer)| (place, is_answer)).collect()
}

fn reply_of(call: &Call) -> Option<Reply> {
    match &call.heard {
        Some((_, Heard::Reply(reply))) => Some(reply.clone()),
        _ => None,
    }
}

/// The store, for stateright.
#[derive(Clone, Debug, Default)]
struct Store(Value);

impl SequentialSpec for Store {
    type Op = Op;
    type Ret = Reply;

    fn invoke(&mut self, op: &Op) -> Reply {
        let (reply, stored) = op.run(self.0.as_ref());
        self.0 = stored.or(self.0.take());
        reply
    }
}

fn by_stateright(calls: &[Call]) -> bool {
    let mut tester = LinearizabilityTester::new(Store::default());
    for (place, is_answer) in in_time(calls) {
        // A thread for each operation: what is asked one after the other is so by the order alone.
        let told = match reply_of(&calls[place]).filter(|_| is_answer) {
            Some(reply) => tester.on_return(place, reply),
            None => tester.on_invoke(place, calls[place].op.clone()),
        };
        assert!(told.is_ok(), "a question comes before its answer");
    }
    tester.is_consistent()
}

/// The store, for todc-utils. An operation without a reply was never answered.
struct Spec;

impl Specification for Spec {
    type State = Value;
    type Operation = (Op, Option<Reply>);

    fn init() -> Value {
        None
    }

    fn apply((op, heard): &(Op, Option<Reply>), value: &Value) -> (bool, Value) {
        let (reply, stored) = op.run(value.as_ref());
        (heard.as_ref().is_none_or(|heard| *heard == reply), stored.or(value.clone()))
    }
}

fn by_todc(calls: &[Call]) -> bool {
    let mut actions: Vec<_> = in_time(calls)
        .into_iter()
        .map(|(place, is_answer)| {
            let operation = (calls[place].op.clone(), reply_of(&calls[place]));
            (place, if is_answer { Action::Response(operation) } else { Action::Call(operation) })
        })
        .collect();
    // It knows no open operations: they end after all others, where each may take effect as if it never did.
    for (place, call) in calls.iter().enumerate().filter(|(_, call)| call.heard.is_none()) {
        actions.push((place, Action::Response((call.op.clone(), None))));
    }
    WGLChecker::<Spec>::is_linearizable(History::from_actions(actions))
}

/// True if an order respects time and explains every answer.
fn is_explanation(calls: &[Call], order: &[usize]) -> bool {
    let mut value: Value = None;
    let mut latest = 0;
    for place in order {
        let call = &calls[*place];
        let (reply, stored) = call.op.run(value.as_ref());
        value = stored.or(value);
        latest = latest.max(call.from);
        let heard = call.heard.as_ref();
        if heard.is_some_and(|(until, heard)| *until < latest || !heard.agrees(&reply)) {
            return false;
        }
    }
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len() == order.len()
}

#[test]
fn three_testers_give_one_verdict() {
    let mut counts = [0, 0];
    for number in 0..HISTORIES {
        let calls = some_history(number);
        let verdict = judge(None, &calls, BUDGET);
        let is_linearizable = match &verdict {
            Verdict::Linearizable(order) => {
                assert!(is_explanation(&calls, order), "history {number}: {order:?}\n{calls:#?}");
                let answered = |place: usize| calls[place].heard.is_none() || order.contains(&place);
                assert!((0..calls.len()).all(answered), "history {number}: an answer is left out");
                true
            }
            Verdict::Not(partial) => {
                assert!(is_explanation(&calls, &partial.order), "history {number}: {partial:?}\n{calls:#?}");
                assert!(!partial.order.contains(&partial.stuck) && calls[partial.stuck].heard.is_some());
                false
            }
            Verdict::Unknown => panic!("history {number} is small: {calls:#?}"),
        };
        assert_eq!(by_stateright(&calls), is_linearizable, "stateright, history {number}: {calls:#?}");
        assert_eq!(by_todc(&calls), is_linearizable, "todc-utils, history {number}: {calls:#?}");
        counts[usize::from(is_linearizable)] += 1;
    }
    assert!(counts.iter().all(|count| *count > HISTORIES / 10), "both kinds are common: {counts:?}");
    println!("not linearizable, linearizable: {counts:?}");
}

#[test]
fn a_budget_of_too_few_steps_gives_no_verdict() {
    let calls = some_history(3);
    assert_eq!(judge(None, &calls, 1), Verdict::Unknown);
    assert_eq!(judge(None, &[], 1), Verdict::Linearizable(Vec::new()));
}
