//! Random runs of every protocol: with every rule on all promises hold, and a run is the same however one moves in it.
//!
//! `PROPTEST_CASES=1000 cargo test -p tests --test properties` looks further, each time elsewhere; without it the same
//! few cases are tried every time.

use playground::{Run, Time, open_link, open_text};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use std::collections::BTreeSet;
use std::fmt::Write;
use tests::stories::{Story, action, stories};

/// In microseconds.
const MILLISECOND: u64 = 1_000;

fn cases(few: u32) -> ProptestConfig {
    let many = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: many.unwrap_or(few),
        rng_seed: if many.is_some() { RngSeed::Random } else { RngSeed::Fixed(20) },
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    }
}

fn open(text: &str) -> Box<dyn Run> {
    if std::env::var_os("SHOW").is_some() {
        eprintln!("-----\n{text}");
    }
    open_text(text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}")).run
}

/// One of the positions from 1 on.
fn one_of(place: &Index, most: u32) -> u32 {
    u32::try_from(place.index(most as usize)).expect("it is below most") + 1
}

/// The fingerprints after each event up to the end of the script.
fn fingerprints(run: &mut dyn Run) -> Vec<u64> {
    let end = run.ahead_to_script_end();
    (1..=end).map(|position| run.fingerprint(position)).collect()
}

/// What a reader does to a run.
#[derive(Clone, Debug)]
enum Move {
    Run(u64),
    Step,
    StepBack,
    Seek(Index),
    Moment(bool),
    /// A verb, and one of the messages in flight.
    Message(&'static str, Index),
    Act(String),
}

fn moves(protocol: &'static str, servers: u8) -> impl Strategy<Value = Move> {
    let verbs = vec!["deliver", "deliver", "deliver", "drop", "duplicate", "delay"];
    prop_oneof![
        2 => (1u64..300).prop_map(Move::Run),
        1 => Just(Move::Step),
        1 => Just(Move::StepBack),
        1 => any::<Index>().prop_map(Move::Seek),
        1 => any::<bool>().prop_map(Move::Moment),
        6 => (proptest::sample::select(verbs), any::<Index>()).prop_map(|(verb, which)| Move::Message(verb, which)),
        4 => action(protocol, servers).prop_map(Move::Act),
    ]
}

/// What a reader sees and could save.
fn seen(run: &mut dyn Run) -> String {
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = write!(text, "{:?}\n{}\n{:?}\n{:?}", run.frame(), run.text(), run.branches(), run.at());
    text
}

fn act(run: &mut dyn Run, line: &str) -> Result<(), TestCaseError> {
    let before = seen(run);
    if let Err(trouble) = run.act(line) {
        prop_assert!(!trouble.is_empty());
        prop_assert_eq!(before, seen(run), "refused, and yet something changed: {}", line);
    }
    Ok(())
}

fn make(run: &mut dyn Run, chosen: &Move) -> Result<(), TestCaseError> {
    match chosen {
        Move::Run(span) => {
            run.run(Time(run.at().0 + span * MILLISECOND));
        }
        Move::Step => {
            run.step();
        }
        Move::StepBack => {
            run.step_back();
        }
        Move::Seek(where_to) => run.seek(one_of(where_to, run.position() + 20)),
        Move::Moment(forward) => {
            run.to_moment(*forward, false);
        }
        Move::Message(verb, which) => {
            let messages = run.frame().messages;
            if messages.is_empty() {
                return Ok(());
            }
            let line = match run.message_line(verb, messages[which.index(messages.len())].id) {
                Ok(line) => line,
                Err(trouble) => return Err(TestCaseError::fail(trouble)),
            };
            act(run, &if *verb == "delay" { line + " by 30ms" } else { line })?;
        }
        Move::Act(line) => act(run, line)?,
    }
    Ok(())
}

/// A story that a reader enters, with what the reader does.
fn visits(most: usize) -> impl Strategy<Value = (Story, Vec<Move>)> {
    stories(12).prop_flat_map(move |story| {
        let moves = proptest::collection::vec(moves(story.protocol, story.servers), 1..most);
        (Just(story), moves)
    })
}

/// Which rules spoke, held or refused, in a run.
fn rules_that_spoke(run: &mut dyn Run) -> Vec<&'static str> {
    let end = run.ahead_to_script_end();
    run.seek(end);
    run.rules().iter().filter(|rule| rule.held + rule.refused > 0).map(|rule| rule.key).collect()
}

/// Where so few random runs get to that only the schedules in `tests/killers` show these rules at work.
const RARE: [&str; 4] =
    ["compare-term-first", "confirmations-of-this-term-only", "fill-holes", "truncate-what-the-leader-lacks"];

#[test]
fn random_runs_get_into_every_corner_that_a_rule_guards() {
    let mut runner = TestRunner::new(cases(1));
    let mut spoke = BTreeSet::new();
    for _ in 0..2_000 {
        let story = stories(60).new_tree(&mut runner).expect("a story").current();
        spoke.extend(rules_that_spoke(open(&story.text).as_mut()));
    }
    let all = playground::dialects().into_iter().flat_map(|dialect| dialect.rules).map(|rule| rule.key);
    let silent: Vec<_> = all.filter(|key| !spoke.contains(key) && !RARE.contains(key)).collect();
    assert_eq!(silent, [""; 0], "no random run comes to where these rules decide");
}

proptest! {
    #![proptest_config(cases(1_500))]

    #[test]
    fn with_every_rule_on_every_promise_holds(story in stories(60)) {
        let mut run = open(&story.text);
        run.ahead_to_script_end();
        prop_assert_eq!(run.violations(), vec![], "{}", story.text);
        prop_assert_eq!(run.failures(), vec![], "{}", story.text);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_run_that_is_played_again_is_the_same_event_by_event(story in stories(30)) {
        let (mut one, mut other) = (open(&story.text), open(&story.text));
        prop_assert_eq!(fingerprints(one.as_mut()), fingerprints(other.as_mut()), "{}", story.text);
        prop_assert_eq!(one.lines(0, u32::MAX), other.lines(0, u32::MAX), "{}", story.text);
    }

    #[test]
    fn a_position_looks_the_same_from_wherever_one_comes(story in stories(20), places in proptest::collection::vec(any::<Index>(), 8)) {
        let (mut forward, mut jumping) = (open(&story.text), open(&story.text));
        let end = jumping.ahead_to_script_end();
        let mut positions: Vec<u32> = places.iter().map(|place| one_of(place, end)).collect();
        jumping.seek(end);
        let from_elsewhere: Vec<String> =
            positions.iter().map(|position| { jumping.seek(*position); format!("{:?}", jumping.frame()) }).collect();
        let mut by_position: Vec<(u32, String)> = positions.iter().copied().zip(from_elsewhere).collect();
        by_position.sort_by_key(|(position, _)| *position);
        positions.sort_unstable();
        for (position, wanted) in by_position {
            while forward.position() < position {
                prop_assert!(forward.step());
            }
            forward.seek(position);
            prop_assert_eq!(format!("{:?}", forward.frame()), wanted, "at {} of {}", position, story.text);
        }
        prop_assert_eq!(fingerprints(forward.as_mut()), fingerprints(jumping.as_mut()));
    }

    #[test]
    fn steps_forward_undo_steps_back(story in stories(20), place: Index, steps in 1u32..20) {
        let mut run = open(&story.text);
        let end = run.ahead_to_script_end();
        run.seek(one_of(&place, end));
        let before = format!("{:?}", run.frame());
        let back = (0..steps).take_while(|_| run.step_back()).count();
        (0..back).for_each(|_| { run.step(); });
        prop_assert_eq!(before, format!("{:?}", run.frame()), "{}", story.text);
    }

    #[test]
    fn time_leads_to_the_same_place_as_steps(story in stories(20), at in 0u64..3_000) {
        let at = Time(at * MILLISECOND);
        let (mut sought, mut played) = (open(&story.text), open(&story.text));
        sought.seek_time(at);
        played.run(at);
        prop_assert_eq!(sought.position(), played.position(), "{}", story.text);
        prop_assert_eq!(format!("{:?}", sought.frame()), format!("{:?}", played.frame()), "{}", story.text);
    }

    #[test]
    fn what_a_reader_did_plays_the_same_from_its_text_and_from_its_link((story, moves) in visits(12)) {
        let mut run = open(&story.text);
        for chosen in &moves {
            make(run.as_mut(), chosen)?;
        }
        let text = run.text();
        let mut again = open(&text);
        prop_assert_eq!(again.text(), text.clone(), "printed and read");
        prop_assert_eq!(fingerprints(run.as_mut()), fingerprints(again.as_mut()), "{:?} gave {}", moves, text);
        let mut linked = open_link(&run.link(false).map_err(TestCaseError::fail)?).map_err(TestCaseError::fail)?;
        prop_assert_eq!(linked.differs, None, "{}", text);
        prop_assert_eq!(linked.run.text(), text);
        prop_assert_eq!(run.link(false), linked.run.link(false));
    }

    #[test]
    fn a_link_to_a_moment_opens_there((story, moves) in visits(8)) {
        let mut run = open(&story.text);
        for chosen in &moves {
            make(run.as_mut(), chosen)?;
        }
        let link = run.link(true).map_err(TestCaseError::fail)?;
        let there = open_link(&link).map_err(TestCaseError::fail)?;
        prop_assert_eq!((there.run.at(), there.run.position()), (run.at(), run.position()), "{}", run.text());
    }

    #[test]
    fn a_way_that_was_left_is_still_there(story in stories(20), place: Index, (verb, which) in (Just("deliver"), any::<Index>())) {
        let mut run = open(&story.text);
        let end = run.ahead_to_script_end();
        let before = (run.text(), fingerprints(run.as_mut()));
        run.seek(one_of(&place, end));
        make(run.as_mut(), &Move::Message(verb, which))?;
        let after = (run.text(), fingerprints(run.as_mut()));
        if run.branches().len() > 1 {
            run.switch_branch(0).map_err(TestCaseError::fail)?;
            prop_assert_eq!((run.text(), fingerprints(run.as_mut())), before, "{}", story.text);
            run.switch_branch(0).map_err(TestCaseError::fail)?;
            prop_assert_eq!((run.text(), fingerprints(run.as_mut())), after, "{}", story.text);
        }
    }
}
