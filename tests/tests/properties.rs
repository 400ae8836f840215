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

// Scenarios, as text.

fn header() -> impl Strategy<Value = (bool, u8, String)> {
    let network = (0u8..40, 0u8..40, 0u8..30, 0u8..20, 0u8..30, 0u8..30).prop_map(
        |(least, more, jitter, loss, duplicate, reorder)| {
            let most = least + more;
            format!(
                "network latency {least}ms..{most}ms jitter {jitter}ms loss {loss}% duplicate {duplicate}% reorder \
                 {reorder}%\n"
            )
        },
    );
    let network = prop_oneof![1 => Just(String::new()), 2 => network];
    let disk = prop_oneof![
        2 => Just(String::new()),
        1 => (0u8..20, 0u8..40).prop_map(|(least, more)| format!("disk {least}ms..{}ms\n", least + more)),
        1 => Just("disk explicit\n".to_owned()),
    ];
    let raft = (
        prop_oneof![Just("on"), Just("off")],
        0u8..4,
        prop_oneof![Just("decrement"), Just("length-hint"), Just("conflict-term"), Just("etcd")],
        prop_oneof![Just("on"), Just("off")],
        prop_oneof![Just("on"), Just("off")],
    )
        .prop_map(|(no_op, most, backtracking, pre_vote, sticky)| {
            let most = if most == 0 { "unlimited".to_owned() } else { most.to_string() };
            format!(
                "option no-op {no_op}\noption max-entries-per-append {most}\noption backtracking {backtracking}\n\
                 option pre-vote {pre_vote}\noption leader-stickiness {sticky}\n"
            )
        });
    let paxos = (20u16..300, prop_oneof![Just("on"), Just("off")])
        .prop_map(|(retry, all)| format!("option retry-timeout {retry}ms\noption accepted-to-all {all}\n"));
    let protocol = prop_oneof![
        2 => raft.prop_map(|options| (true, format!("protocol raft\n{options}"))),
        1 => paxos.prop_map(|options| (false, format!("protocol paxos\n{options}"))),
    ];
    (protocol, 1u8..=7, any::<u16>(), network, disk).prop_map(
        |((raft, protocol), servers, seed, network, disk)| {
            let text = format!(
                "consensus 1\n{protocol}servers {servers}\nclients 2\nseed {seed}\n{network}{disk}\n"
            );
            (raft, servers, text)
        },
    )
}

fn node(servers: u8) -> impl Strategy<Value = String> {
    prop_oneof![
        5 => (1..=servers).prop_map(|n| format!("n{n}")),
        1 => Just("leader".to_owned()),
        1 => (1..=servers).prop_map(|k| format!("follower.{k}")),
        1 => Just("last-crashed".to_owned()),
    ]
}

/// Two different places: servers or clients.
fn ends(servers: u8) -> impl Strategy<Value = (String, String)> {
    let name = move |n: u8| if n <= servers { format!("n{n}") } else { format!("c{}", n - servers) };
    (1..=servers + 2, 1..=servers + 1).prop_map(move |(a, b)| (name(a), name(if b >= a { b + 1 } else { b })))
}

fn kind(raft: bool) -> impl Strategy<Value = &'static str> {
    const RAFT: [&str; 8] = [
        "RequestVote",
        "RequestVoteReply",
        "AppendEntries",
        "AppendEntriesReply",
        "PreVote",
        "PreVoteReply",
        "ClientRequest",
        "ClientReply",
    ];
    const PAXOS: [&str; 8] =
        ["Prepare", "Promise", "Nack", "Accept", "Accepted", "Decide", "ClientRequest", "ClientReply"];
    proptest::sample::select(if raft { RAFT.to_vec() } else { PAXOS.to_vec() })
}

fn action(raft: bool, servers: u8) -> impl Strategy<Value = String> {
    let operation = prop_oneof![
        any::<u8>().prop_map(|value| format!("set x={value}")),
        Just("get x".to_owned()),
        Just("append x 1".to_owned()),
        any::<u8>().prop_map(|value| format!("cas x 1 {value}")),
        Just("incr x".to_owned()),
    ];
    let submit =
        (1u8..=2, proptest::option::of(node(servers)), operation).prop_map(|(client, to, operation)| {
            let to = to.map(|to| format!("-> {to} ")).unwrap_or_default();
            format!("submit c{client} {to}{operation}")
        });
    // A wiped disk is a disk that lied: promises are not kept then, and need not be.
    let verb =
        proptest::sample::select(vec!["crash", "restart", "restart", "pause", "resume", "sync", "sync"]);
    let timer = proptest::sample::select(if raft { vec!["election", "heartbeat"] } else { vec!["retry"] });
    let on_server = prop_oneof![
        4 => (verb, node(servers)).prop_map(|(verb, node)| format!("{verb} {node}")),
        4 => (node(servers), timer).prop_map(|(node, timer)| format!("fire {node} {timer}")),
        1 => (node(servers), 10u16..=1_000).prop_map(|(node, rate)| format!("clock {node} {rate}%")),
    ];
    let group = proptest::collection::vec(0u8..3, usize::from(servers));
    let wires = prop_oneof![
        (ends(servers), any::<bool>())
            .prop_map(|((a, b), both)| format!("cut {a}{}{b}", if both { "<->" } else { "->" })),
        ends(servers).prop_map(|(a, b)| format!("mend {a}<->{b}")),
        group.prop_map(|groups| partition(&groups)),
        Just("heal".to_owned()),
        (ends(servers), 1u8..60).prop_map(|((a, b), ms)| format!("network {a}<->{b} latency {ms}ms")),
        (0u8..40).prop_map(|loss| format!("network all loss {loss}%")),
    ];
    let holds = (any::<bool>(), kind(raft), ends(servers), 0u8..4, node(servers)).prop_map(
        |(hold, kind, (a, b), what, node)| {
            let verb = if hold { "hold" } else { "release" };
            match what {
                0 => format!("{verb} messages {kind}"),
                1 => format!("{verb} messages {a}->{b}"),
                2 => format!("{verb} timers {node}"),
                _ => format!(
                    "{verb} {}",
                    if hold { "messages *->".to_owned() + &b } else { "timers".to_owned() }
                ),
            }
        },
    );
    let message =
        (kind(raft), ends(servers), 1u8..=2, 0u8..4, 1u8..200).prop_map(|(kind, (a, b), nth, what, by)| {
            match what {
                0 => format!("deliver {kind} {a}->{b} #{nth}"),
                1 => format!("drop {kind} {a}->{b} #{nth}"),
                2 => format!("duplicate {kind} {a}->{b} #{nth}"),
                _ => format!("delay {kind} {a}->{b} #{nth} by {by}ms"),
            }
        });
    prop_oneof![3 => submit, 5 => on_server, 3 => wires, 2 => holds, 4 => message]
}

/// Servers by the number of their group; at least one group.
fn partition(of: &[u8]) -> String {
    let groups = (0..3).map(|group| {
        let inside = (1..).zip(of).filter(|(_, of)| **of == group);
        inside.map(|(n, _)| format!("n{n}")).collect::<Vec<_>>().join(" ")
    });
    let groups: Vec<String> = groups.filter(|group| !group.is_empty()).collect();
    format!("partition {}", groups.join(" | "))
}

fn line(raft: bool, servers: u8) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => action(raft, servers).prop_map(|action| format!("try {action}")),
        4 => (1u16..400).prop_map(|span| format!("run {span}ms")),
        1 => Just("deliver all".to_owned()),
    ]
}

/// A scenario's text, with what may be done in it.
#[derive(Clone, Debug)]
struct Story {
    text: String,
    raft: bool,
    servers: u8,
}

fn stories(longest: usize) -> impl Strategy<Value = Story> {
    header().prop_flat_map(move |(raft, servers, header)| {
        let lines = proptest::collection::vec(line(raft, servers), 1..longest);
        lines.prop_map(move |lines| {
            let text = format!("{header}{}\nrun 300ms\n", lines.join("\n"));
            Story { text, raft, servers }
        })
    })
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

fn moves(raft: bool, servers: u8) -> impl Strategy<Value = Move> {
    let verbs = vec!["deliver", "deliver", "deliver", "drop", "duplicate", "delay"];
    prop_oneof![
        2 => (1u64..300).prop_map(Move::Run),
        1 => Just(Move::Step),
        1 => Just(Move::StepBack),
        1 => any::<Index>().prop_map(Move::Seek),
        1 => any::<bool>().prop_map(Move::Moment),
        6 => (proptest::sample::select(verbs), any::<Index>()).prop_map(|(verb, which)| Move::Message(verb, which)),
        4 => action(raft, servers).prop_map(Move::Act),
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
        let moves = proptest::collection::vec(moves(story.raft, story.servers), 1..most);
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
const RARE: [&str; 2] = ["compare-term-first", "confirmations-of-this-term-only"];

#[test]
fn random_runs_get_into_every_corner_that_a_rule_guards() {
    let mut runner = TestRunner::new(cases(1));
    let mut spoke = BTreeSet::new();
    for _ in 0..1_500 {
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
