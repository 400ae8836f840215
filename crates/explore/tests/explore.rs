//! What the explorer finds, and that it finds the same again.

use explore::{Found, Progress, Stand, Step, Wish, search};
use paxos::Paxos;
use paxos::multi::MultiPaxos;
use protocol::{Fact, Firing, NodeId, Observer, Protocol, RuleSet};
use raft::Raft;
use sim::{Sim, Watch};
use zab::Zab;

fn wish<P: Protocol>(rule: &str, seed: u64, runs: u32) -> Wish {
    let rule = P::DIALECT.rule_named(rule).expect("a rule of the protocol");
    Wish { off: RuleSet::default().with(rule), config: None, seed, runs }
}

fn find<P: Protocol>(rule: &str, seed: u64, runs: u32, threads: usize) -> (Progress, Option<Found>) {
    search::<P>(&wish::<P>(rule, seed, runs), threads, &mut |_| {})
}

/// Rules with the most runs that any of these seeds may need, and the most moves that the shortest run may have.
fn quick<P: Protocol>(rules: &[(&str, u32, usize)]) {
    for (key, runs, moves) in rules {
        for seed in 1..=3 {
            let length = length_of::<P>(key, seed, *runs);
            assert!(length <= *moves, "{key}, seed {seed}: {length} moves");
        }
    }
}

/// How many steps the run has that breaks the promise of a rule.
fn length_of<P: Protocol>(key: &str, seed: u64, runs: u32) -> usize {
    let rule = P::DIALECT.rule_named(key).expect("a rule of the protocol");
    let (progress, found) = find::<P>(key, seed, runs, 1);
    let found = found.unwrap_or_else(|| panic!("{key}, seed {seed}: nothing in {} runs", progress.runs));
    assert_eq!(found.schedule.violation.promise, P::DIALECT.rule(rule).promise, "{key}, seed {seed}");
    let length = found.schedule.steps.len();
    assert!(length <= found.before, "{key}, seed {seed}: {length} moves of {}", found.before);
    length
}

#[test]
fn quick_rules_of_raft_are_found_and_become_short() {
    quick::<Raft>(&[
        ("term-survives-crash", 300, 16),
        ("one-vote-per-term", 300, 10),
        ("up-to-date-log", 300, 12),
        ("more-than-half", 300, 10),
        ("keep-higher-commit", 300, 16),
        ("count-after-confirmation", 300, 12),
        ("disk-before-send", 300, 4),
    ]);
}

#[test]
fn quick_rules_of_paxos_are_found_and_become_short() {
    quick::<Paxos>(&[
        ("adopt-reported-value", 300, 14),
        ("promises-before-accept", 300, 10),
        ("majority", 300, 16),
        ("ballots-are-owned", 300, 12),
        ("promise-higher-only", 300, 8),
    ]);
}

#[test]
fn quick_rules_of_multi_paxos_are_found_and_become_short() {
    quick::<MultiPaxos>(&[
        ("one-value-a-slot", 300, 10),
        ("promise-higher-only", 300, 6),
        ("write-before-answer", 300, 6),
        ("promise-survives-crash", 300, 8),
        ("execute-in-slot-order", 300, 12),
    ]);
}

#[test]
fn quick_rules_of_zab_are_found_and_become_short() {
    quick::<Zab>(&[
        ("report-what-is-logged", 600, 16),
        ("leader-knows-most", 600, 16),
        ("ack-newleader-when-durable", 300, 4),
        ("log-before-ack", 300, 6),
        ("deliver-in-order", 600, 12),
    ]);
}

#[test]
fn the_number_of_threads_and_of_slices_changes_nothing() {
    let alone = find::<Raft>("refuse-stale-leaders", 5, 2_000, 1);
    let together = find::<Raft>("refuse-stale-leaders", 5, 2_000, 2);
    assert_eq!(format!("{alone:?}"), format!("{together:?}"));
    let mut slices = explore::Search::<Raft>::new(&wish::<Raft>("refuse-stale-leaders", 5, 2_000));
    while slices.advance(17) {}
    assert_eq!(format!("{:?}", slices.found()), format!("{:?}", alone.1.as_ref()));
}

#[test]
fn another_seed_tries_other_runs() {
    let (first, second) =
        (find::<Raft>("keep-what-matches", 1, 2_000, 1), find::<Raft>("keep-what-matches", 2, 2_000, 1));
    assert_ne!(first.0.tried, second.0.tried);
}

/// Does one step of a schedule. False if it cannot be done.
fn play<P: Protocol, W: Watch<P>>(sim: &mut Sim<P>, step: &Step, watch: &mut W) -> bool {
    let span = match step {
        Step::Act(action) => return sim.act(action, watch).is_ok(),
        Step::Run(span) => *span,
    };
    let end = sim.now() + span;
    while sim.next_at().is_some_and(|next| next <= end) {
        sim.step(watch);
    }
    sim.advance(end);
    true
}

#[test]
fn the_shrunk_run_breaks_its_promise_with_its_last_move_and_not_before() {
    for seed in 1..=3 {
        let (_, found) = find::<Raft>("count-what-was-sent", seed, 3_000, 1);
        let schedule = found.expect("it is found").schedule;
        let broken = |steps: &[Step]| {
            let mut sim = Sim::<Raft>::new(schedule.config.clone());
            let mut checker = check::Checker::new(Raft::DIALECT, schedule.config.servers);
            sim.step(&mut checker);
            for step in steps {
                assert!(play(&mut sim, step, &mut checker), "{step:?}");
            }
            !checker.holds(schedule.violation.promise)
        };
        let (last, before) = schedule.steps.split_last().expect("it has steps");
        assert!(broken(&schedule.steps), "seed {seed}");
        assert!(!broken(before), "seed {seed}: {last:?} is needed");
        assert!(schedule.fork.is_some(), "seed {seed}: the rule would have spoken");
    }
}

#[test]
fn no_move_of_a_shrunk_run_can_be_left_out() {
    let (_, found) = find::<Raft>("up-to-date-log", 4, 1_000, 1);
    let schedule = found.expect("it is found").schedule;
    for gone in 0..schedule.steps.len() {
        let mut sim = Sim::<Raft>::new(schedule.config.clone());
        let mut checker = check::Checker::new(Raft::DIALECT, schedule.config.servers);
        sim.step(&mut checker);
        for (_, step) in schedule.steps.iter().enumerate().filter(|(place, _)| *place != gone) {
            // What rested on the one that is gone cannot be done any more.
            play(&mut sim, step, &mut checker);
        }
        assert!(checker.holds(schedule.violation.promise), "step {gone} is not needed");
    }
}

/// Notes who comes to lead.
#[derive(Default)]
struct Leaders(Vec<NodeId>);

impl Observer for Leaders {
    const RULES: bool = false;
    const FACTS: bool = true;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, node: NodeId, fact: Fact) {
        if let Fact::Led { .. } = fact {
            self.0.push(node);
        }
    }
}

impl Watch<Raft> for Leaders {}

#[test]
fn the_first_leader_of_a_shrunk_run_is_n1_where_servers_are_alike() {
    for seed in 1..=3 {
        let (_, found) = find::<Raft>("up-to-date-log", seed, 1_000, 1);
        let schedule = found.expect("it is found").schedule;
        let mut sim = Sim::<Raft>::new(schedule.config.clone());
        let mut leaders = Leaders::default();
        sim.step(&mut leaders);
        for step in &schedule.steps {
            assert!(play(&mut sim, step, &mut leaders), "{step:?}");
        }
        assert_eq!(leaders.0.first(), Some(&NodeId(1)), "seed {seed}");
    }
}

#[test]
fn nothing_is_found_where_every_rule_is_on() {
    let wish = Wish { off: RuleSet::default(), config: None, seed: 9, runs: 150 };
    let (progress, found) = search::<Raft>(&wish, 1, &mut |_| {});
    assert!(found.is_none());
    assert_eq!((progress.stand, progress.runs, progress.tried.overridden), (Stand::Nothing, 150, 0));
}
