//! Campaigns: protocols with every rule on keep every promise, and the runs come by all that they should.
//!
//! They are short every day and long in `npm run verify:full`, which sets `CAMPAIGN=full`. `cargo test --release -p
//! explore --test campaigns -- --nocapture` shows how far they have come, and the report of each.

use explore::{Bounds, Exhaust, Sometimes, Tally, Verdict, Wish, campaign, search};
use paxos::Paxos;
use paxos::multi::MultiPaxos;
use protocol::{Protocol, RuleInfo, RuleKind, RuleSet};
use raft::Raft;
use std::io::Write as _;
use zab::Zab;

/// How many runs a campaign has, and how many of them pass between two words of how far it is.
const FEW: u32 = 400;
const MANY: u32 = 1_000_000;
const PART: u32 = 10_000;

/// How many events each run has at least.
const EVENTS: u32 = 300;

const SEED: u64 = 3;

fn is_full() -> bool {
    std::env::var("CAMPAIGN").is_ok_and(|campaign| campaign == "full")
}

/// A line of a report. That of a long campaign is shown although the test passes.
fn say(line: &str) {
    if is_full() {
        // The campaign goes on even if nobody can read how far it is.
        let _ = writeln!(std::io::stdout(), "{line}");
    } else {
        println!("{line}");
    }
}

/// Plays a campaign, and says what it came by.
fn correct<P: Protocol>() -> Tally {
    let (name, runs) = (P::DIALECT.name, if is_full() { MANY } else { FEW });
    let mut tally = Tally::default();
    while tally.runs < runs && tally.broken.is_none() {
        tally.add(campaign::<P>(SEED, tally.runs, runs.min(tally.runs + PART), EVENTS));
        say(&format!("{name}: {} of {runs} runs, {} events", tally.runs, tally.events));
    }
    for (rule, [held, refused]) in P::DIALECT.rules.iter().zip(&tally.rules) {
        say(&format!("  {:34} held {held:11} refused {refused:11}", rule.key));
    }
    for ((_, name), count) in Sometimes::ALL.iter().zip(tally.sometimes) {
        say(&format!("  sometimes: {name:36} in {count} runs"));
    }
    assert!(tally.broken.is_none(), "{:?}", tally.broken);
    assert!(tally.events >= u64::from(EVENTS) * u64::from(runs));
    tally
}

fn silent<P: Protocol>(tally: &Tally) -> Vec<&'static str> {
    let rules = P::DIALECT.rules.iter().zip(&tally.rules);
    rules.filter(|(_, spoke)| **spoke == [0, 0]).map(|(rule, _)| rule.key).collect()
}

/// What a campaign never came by.
fn missed(tally: &Tally) -> Vec<Sometimes> {
    let all = Sometimes::ALL.iter().zip(tally.sometimes);
    all.filter(|(_, count)| *count == 0).map(|((what, _), _)| *what).collect()
}

#[test]
fn correct_raft_keeps_every_promise_and_every_rule_speaks() {
    let tally = correct::<Raft>();
    assert_eq!(silent::<Raft>(&tally), [""; 0]);
    assert_eq!(missed(&tally), []);
}

#[test]
fn correct_paxos_keeps_every_promise_and_every_rule_speaks() {
    let tally = correct::<Paxos>();
    assert_eq!(silent::<Paxos>(&tally), [""; 0]);
}

/// A slot is never emptied again, and a ballot belongs to one server, so that it cannot split its votes.
#[test]
fn correct_multi_paxos_keeps_every_promise_and_every_rule_speaks() {
    let tally = correct::<MultiPaxos>();
    assert_eq!(silent::<MultiPaxos>(&tally), [""; 0]);
    assert_eq!(missed(&tally), [Sometimes::Truncated, Sometimes::SplitVote]);
}

/// A channel that keeps its order brings nothing twice, and a vote of an election is not yet a promise to follow.
#[test]
fn correct_zab_keeps_every_promise_and_every_rule_speaks() {
    let tally = correct::<Zab>();
    assert_eq!(silent::<Zab>(&tally), [""; 0]);
    assert_eq!(missed(&tally), [Sometimes::SplitVote, Sometimes::Doubled]);
}

/// Every safety rule is found, from any seed, within the runs that are promised.
fn finds_all<P: Protocol>() {
    let is_safety = |rule: &&RuleInfo| rule.kind == RuleKind::Safety;
    for rule in P::DIALECT.rules.iter().filter(is_safety) {
        let off = P::DIALECT.rule_named(rule.key).expect("a rule of the protocol");
        for seed in 1..=3 {
            let wish = Wish { off: RuleSet::default().with(off), config: None, seed, runs: 200_000 };
            let (progress, found) = search::<P>(&wish, 1, &mut |_| {});
            let key = rule.key;
            let found =
                found.unwrap_or_else(|| panic!("{key}, seed {seed}: nothing in {} runs", progress.runs));
            assert_eq!(found.schedule.violation.promise, rule.promise, "{key}, seed {seed}");
        }
    }
}

#[test]
#[ignore = "a minute: npm run verify:full"]
fn every_safety_rule_of_raft_is_found() {
    finds_all::<Raft>();
}

#[test]
#[ignore = "a minute: npm run verify:full"]
fn every_safety_rule_of_paxos_is_found() {
    finds_all::<Paxos>();
}

#[test]
#[ignore = "a minute: npm run verify:full"]
fn every_safety_rule_of_multi_paxos_is_found() {
    finds_all::<MultiPaxos>();
}

#[test]
#[ignore = "a minute: npm run verify:full"]
fn every_safety_rule_of_zab_is_found() {
    finds_all::<Zab>();
}

/// Three servers, two terms, two commands and one crash: every schedule that there is.
#[test]
#[ignore = "half an hour and 9 GB: npm run verify:full"]
fn correct_raft_breaks_nothing_in_any_schedule_of_two_terms_two_commands_and_a_crash() {
    let wish = Wish { off: RuleSet::default(), config: None, seed: 1, runs: 1 };
    let bounds = Bounds { bytes: 14 << 30, ..Bounds::default() };
    let mut search = Exhaust::<Raft>::new(&wish, &bounds).expect("it can be searched");
    while search.advance(1_000_000) {}
    let extent = search.extent();
    say(&format!("{extent:?}"));
    assert!(search.found().is_none(), "{:?}", search.found());
    assert_eq!((extent.verdict, extent.states), (Verdict::Complete, 11_972_354));
}
