//! What an exhaustive search counts, what it finds, and what it says when it cannot go on.

use explore::{Bounds, Copies, Exhaust, Extent, Found, Step, Verdict, Wish, search};
use paxos::Paxos;
use protocol::{Protocol, RuleSet};
use raft::Raft;
use zab::Zab;

fn wish<P: Protocol>(without: &[&str]) -> Wish {
    let rules = without.iter().map(|key| P::DIALECT.rule_named(key).expect("a rule of the protocol"));
    Wish { off: rules.fold(RuleSet::default(), RuleSet::with), config: None, seed: 1, runs: 2_000 }
}

fn sweep<P: Protocol>(without: &[&str], bounds: Bounds) -> (Extent, Option<Found>) {
    let mut search = Exhaust::<P>::new(&wish::<P>(without), &bounds).expect("it can be searched");
    while search.advance(50_000) {}
    (search.extent(), search.found().cloned())
}

/// One term, and nothing but elections and what a leader says of its own.
fn elections() -> Bounds {
    Bounds { terms: 1, commands: 0, crashes: 0, ..Bounds::default() }
}

#[test]
fn the_states_of_a_small_space_are_counted_alike_every_time() {
    let plain = Bounds { cover: false, ..elections() };
    let (alike, _) = sweep::<Raft>(&[], plain);
    let (apart, _) = sweep::<Raft>(&[], Bounds { symmetry: false, ..plain });
    assert_eq!((alike.verdict, alike.states, alike.names), (Verdict::Complete, 523, 6));
    assert_eq!((apart.verdict, apart.states, apart.names), (Verdict::Complete, 3_083, 1));
    assert_eq!(alike.depth, apart.depth, "names make no way longer");
}

#[test]
fn where_each_message_arrives_once_the_space_has_its_own_count() {
    let once = Bounds { copies: Copies::One, ticks: Some(0), crashes: 1, depth: Some(9), ..elections() };
    let (alike, _) = sweep::<Raft>(&[], once);
    let (apart, _) = sweep::<Raft>(&[], Bounds { symmetry: false, ..once });
    assert_eq!((alike.verdict, apart.verdict), (Verdict::DepthReached, Verdict::DepthReached));
    assert_eq!((alike.states, apart.states), (515, 3_014));
}

#[test]
fn all_schedules_at_once_come_to_the_same_verdict_with_fewer_states() {
    let (cover, found) = sweep::<Raft>(&[], elections());
    assert!(found.is_none() && cover.merged);
    assert_eq!((cover.verdict, cover.states), (Verdict::Complete, 219));
    let (apart, _) = sweep::<Raft>(&[], Bounds { symmetry: false, ..elections() });
    assert_eq!(apart.verdict, Verdict::Complete);
    assert!(apart.states > 5 * cover.states && apart.states <= 6 * cover.states, "{}", apart.states);
}

/// How far correct Raft is tried, and how many states that has: a little every day, and in `npm run verify:full` as far as
/// takes a minute or two.
fn campaigns() -> Vec<(Bounds, u64)> {
    let bounds = |terms, commands, crashes| Bounds { terms, commands, crashes, ..Bounds::default() };
    if std::env::var("CAMPAIGN").is_ok_and(|campaign| campaign == "full") {
        vec![(bounds(1, 2, 1), 44_203), (bounds(2, 0, 1), 173_064), (bounds(2, 1, 0), 228_424)]
    } else {
        vec![(bounds(1, 1, 0), 1_830)]
    }
}

#[test]
fn correct_raft_breaks_nothing_in_any_schedule() {
    for (bounds, states) in campaigns() {
        let (extent, found) = sweep::<Raft>(&[], bounds);
        println!("{extent:?}");
        assert!(found.is_none(), "{found:?}");
        assert_eq!((extent.verdict, extent.states), (Verdict::Complete, states), "{bounds:?}");
    }
}

#[test]
fn correct_paxos_breaks_nothing_and_its_servers_are_not_taken_for_one_another() {
    let (extent, found) = sweep::<Paxos>(&[], Bounds { terms: 1, commands: 1, ..Bounds::default() });
    assert!(found.is_none(), "{found:?}");
    assert_eq!(
        (extent.verdict, extent.names),
        (Verdict::Complete, 1),
        "ballots are in the order of their owners"
    );
}

/// A step that lets time pass stands for many moves: only schedules by hand can be measured against each other.
#[test]
fn without_a_rule_the_shortest_run_is_found_and_no_random_one_by_hand_is_shorter() {
    let mut compared = 0;
    for key in ["up-to-date-log", "one-vote-per-term", "count-after-confirmation"] {
        let (extent, found) = sweep::<Raft>(&[key], Bounds::default());
        let found = found.unwrap_or_else(|| panic!("{key}: {extent:?}"));
        let rule = Raft::DIALECT.rule_named(key).expect("a rule");
        assert_eq!(found.schedule.violation.promise, Raft::DIALECT.rule(rule).promise, "{key}");
        for seed in 1..=4 {
            let random = Wish { seed, ..wish::<Raft>(&[key]) };
            let (_, random) = search::<Raft>(&random, 1, &mut |_| {});
            let random = random.expect("it is found at random, too").schedule.steps;
            if random.iter().any(|step| matches!(step, Step::Run(_))) {
                continue;
            }
            compared += 1;
            let length = found.schedule.steps.len();
            assert!(length <= random.len(), "{key}, seed {seed}: {length} steps, at random {random:?}");
        }
    }
    assert!(compared >= 6, "{compared} of 12 random schedules are by hand");
}

#[test]
fn without_a_rule_paxos_is_searched_likewise() {
    let (extent, found) =
        sweep::<Paxos>(&["promise-higher-only"], Bounds { crashes: 0, ..Bounds::default() });
    let found = found.unwrap_or_else(|| panic!("{extent:?}"));
    let rule = Paxos::DIALECT.rule_named("promise-higher-only").expect("a rule");
    assert_eq!(found.schedule.violation.promise, Paxos::DIALECT.rule(rule).promise);
}

#[test]
fn a_space_that_is_too_large_is_not_called_complete() {
    let (full, found) = sweep::<Raft>(&[], Bounds { bytes: 4 << 20, ..Bounds::default() });
    assert_eq!((full.verdict, found.is_none()), (Verdict::Full, true));
    assert!(full.waiting > 0);
    let plain = Bounds { cover: false, ..Bounds::default() };
    let (full, found) = sweep::<Raft>(&[], Bounds { bytes: 4 << 20, ..plain });
    assert_eq!((full.verdict, found.is_none()), (Verdict::Full, true));
    let (deep, found) = sweep::<Raft>(&[], Bounds { depth: Some(4), ..plain });
    assert_eq!((deep.verdict, deep.depth, found.is_none()), (Verdict::DepthReached, 4, true));
}

#[test]
fn what_it_leaves_out_it_refuses() {
    assert!(Exhaust::<Zab>::new(&wish::<Zab>(&[]), &Bounds::default()).is_err(), "ZAB has channels");
    let mut config = sim::Config::of(Raft::DIALECT);
    config.disk = sim::Disk::Explicit;
    let slow = Wish { config: Some(config), ..wish::<Raft>(&[]) };
    assert!(Exhaust::<Raft>::new(&slow, &Bounds::default()).is_err(), "disks take no time");
}
