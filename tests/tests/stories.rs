//! Stories and their readers: what waits, what is offered, and that whoever leaves can always come back.

use playground::{Run, Time, dialect, open_link, open_text};
use scenario::{parse, print};
use tests::{Case, cases, surprises};

const STARTS: &str = "www/starts";

/// So many milliseconds from now on the reader's clock.
fn after(run: &dyn Run, millis: u64) -> Time {
    Time(run.at().0 + 1_000 * millis)
}

/// Lets time pass to where the story waits next; what waits there.
fn play(run: &mut dyn Run) -> Option<(&'static str, &'static str)> {
    run.run(after(run, 10_000));
    run.frame().pause.map(|pause| (pause.kind, pause.does))
}

fn open(text: &str) -> Box<dyn Run> {
    open_text(text).unwrap_or_else(|trouble| panic!("{trouble}")).run
}

#[test]
fn every_first_minute_comes_true_and_survives_printing_and_a_link() {
    for case in cases(STARTS) {
        assert_eq!(surprises(case.open().run.as_mut()), Vec::<String>::new(), "{}", case.name);
        let scenario = parse(&case.text, &dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let words = dialect(&scenario.protocol).expect("the parser knows it");
        assert_eq!(parse(&print(&scenario, words), &dialect).as_ref(), Ok(&scenario), "{}", case.name);
        let link = case.open().run.link(false).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
        let there = open_link(&link).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
        assert_eq!((there.differs, there.run.text()), (None, case.open().run.text()), "{}", case.name);
    }
}

#[test]
fn every_first_minute_invites_four_times() {
    for case in cases(STARTS) {
        let mut run = case.open().run;
        let mut offered = Vec::new();
        while let Some((kind, does)) = play(run.as_mut()) {
            offered.extend((kind == "invite").then_some(does));
            if does == "without" {
                break;
            }
            run.proceed();
        }
        assert_eq!(offered, ["act", "act", "back", "without"], "{}", case.name);
        assert!(run.frame().on_story && run.frame().checks.broken.is_empty(), "{}", case.name);
        assert!(run.frame().clients[0].ops[0].outcome == "ok", "{}", case.name);
    }
}

#[test]
fn without_its_rule_a_first_minute_breaks_a_promise_and_the_story_waits_beside_it() {
    for case in cases(STARTS) {
        let mut run = case.open().run;
        while play(run.as_mut()) != Some(("invite", "without")) {
            run.proceed();
        }
        let (text, left) = (run.text(), run.at());
        run.proceed();
        assert!(!run.frame().on_story && run.frame().off.len() == 1, "{}", case.name);
        assert!(
            run.at() < left && run.frame().checks.broken.is_empty(),
            "{}: shortly before the fork",
            case.name
        );
        assert_eq!(play(run.as_mut()), Some(("stop", "")), "{}", case.name);
        let frame = run.frame();
        assert!(!frame.checks.broken.is_empty() && frame.failures.is_empty(), "{}", case.name);
        assert!(playground::title(&frame).contains("is broken"), "{}", case.name);
        assert_eq!(surprises(open(&run.text()).as_mut()), Vec::<String>::new(), "{}", case.name);
        run.back_to_story();
        assert!(run.frame().on_story && run.frame().off.is_empty() && run.frame().pause.is_none());
        assert_eq!((run.text(), run.at()), (text, left), "{}", case.name);
        assert_eq!(play(run.as_mut()), Some(("stop", "")), "{}: its last words wait to be read", case.name);
        run.proceed();
        assert_eq!(play(run.as_mut()), None, "{}: it goes on to its end", case.name);
        assert!(run.frame().script_done);
    }
}

fn raft_start() -> Case {
    cases(STARTS).into_iter().find(|case| case.name == "raft").expect("Raft has a start")
}

#[test]
fn who_steps_back_is_not_asked_a_second_time() {
    let raft = raft_start();
    let mut run = raft.open().run;
    while play(run.as_mut()) != Some(("invite", "back")) {
        run.proceed();
    }
    let left = run.at();
    run.proceed();
    assert!(run.at() < left && run.frame().on_story && run.frame().pause.is_none());
    assert_eq!(play(run.as_mut()), Some(("invite", "without")));
}

#[test]
fn an_invitation_can_be_ignored_and_taken_up_later() {
    let raft = raft_start();
    let mut run = raft.open().run;
    play(run.as_mut());
    let waits = run.frame();
    run.leave();
    assert!(!run.frame().on_story && run.frame().pause.is_none());
    assert_eq!(play(run.as_mut()), None);
    assert!(run.frame().nodes.iter().all(|node| node.up), "nothing of the story happens any more");
    assert!(!run.frame().caption.expect("something is told").authored);
    run.act("pause n2").expect("it runs");
    run.back_to_story();
    assert_eq!(run.frame(), waits);
    run.act("pause n2").expect("it runs");
    assert!(!run.frame().on_story);
    assert_eq!(run.branches().len(), 3);
}

#[test]
fn every_step_is_a_jump_to_what_playing_shows_there() {
    for case in cases("www/lessons").into_iter().chain(cases(STARTS)) {
        let mut run = case.open().run;
        let story = playground::info(run.as_ref(), None).story;
        run.ahead_to_script_end();
        for step in story.iter().rev() {
            run.seek_line(step.line);
            let frame = run.frame();
            let pause = frame.pause.as_ref().map(|pause| pause.line);
            match step.kind {
                "caption" => {
                    let said = frame.said.iter().find(|said| said.line == step.line);
                    let words = said.map_or(&step.text, |said| &said.text);
                    assert_eq!(
                        frame.caption.as_ref().map(|caption| &caption.text),
                        Some(words),
                        "{}",
                        case.name
                    );
                    assert!(frame.line > step.line);
                }
                _ => assert_eq!(pause, Some(step.line), "{}: line {}", case.name, step.line),
            }
        }
    }
}

const GOAL: &str = "consensus 1
protocol raft

fire n1 election
deliver all
caption \"n1 leads.\"
goal \"Make n2 lead\" until n2.role == Leader within 3 moves
caption \"So much for that.\"
look n2
look entry 1 at n1
look panel rules
stop
";

#[test]
fn a_goal_waits_and_counts_the_readers_moves() {
    let mut run = open(GOAL);
    run.seek_line(2);
    assert_eq!(play(run.as_mut()), Some(("goal", "")));
    assert_eq!(run.frame().attempt, None);
    run.act("crash n1").expect("it runs");
    let attempt = run.frame().attempt.expect("the reader tries");
    assert_eq!((attempt.moves, attempt.of, attempt.reached), (1, 3, false));
    run.act("fire n2 election").expect("it runs");
    run.run(after(run.as_ref(), 200));
    let attempt = run.frame().attempt.expect("the reader tries");
    assert_eq!((attempt.moves, attempt.reached), (2, true));
    run.back_to_story();
    assert_eq!(run.frame().pause.map(|pause| pause.kind), Some("goal"));
    run.proceed();
    assert_eq!(run.frame().pause.map(|pause| pause.kind), Some("stop"));
    assert_eq!(run.frame().attempt, None);
}

#[test]
fn a_goal_that_takes_too_many_moves_is_not_reached() {
    let mut run = open(&GOAL.replace("within 3 moves", "within 1 move"));
    run.seek_line(3);
    for line in ["crash n1", "fire n2 election"] {
        run.act(line).expect("it runs");
    }
    run.run(after(run.as_ref(), 200));
    let frame = run.frame();
    assert_eq!(frame.nodes[1].role, "Leader");
    assert!(!frame.attempt.expect("the reader tries").reached);
}

#[test]
fn a_story_points_at_things_until_its_next_step() {
    let mut run = open(GOAL);
    run.seek_line(4);
    assert_eq!(run.frame().looks.len(), 3);
    run.seek_line(2);
    assert_eq!(run.frame().looks.len(), 0);
}

/// A story that waits twice at one moment, and then asks for time.
const TWICE: &str = "consensus 1\nprotocol raft\noption no-op off\n\nfire n1 election\ndeliver all\n\
    caption \"{leader} leads.\"\nstop\ncaption \"It has {n1.term} behind it.\"\nstop\n\
    submit c1 -> n1 set x=1\ndeliver all\ncaption \"Done.\"\nstop\n";

/// A story in which time passes and nothing happens: before a step at which it waits, and before its end.
const QUIET: &str = "consensus 1\nprotocol raft\noption no-op off\n\nhold timers\nfire n1 election\ndeliver all\n\
    run 1s\ncaption \"A second has passed.\"\nstop\ncrash n3\nrun 1s\ncaption \"And another.\"\n";

#[test]
fn moment_after_moment_a_reader_comes_to_every_step_and_to_the_end() {
    let mut run = open(QUIET);
    while run.frame().pause.is_none() {
        assert!(run.to_moment(true, false), "the story does not come to its step");
    }
    assert_eq!((run.at(), told(run.as_ref()).as_str()), (Time(1_000_000), "A second has passed."));
    assert!(run.frame().nodes[2].up, "what comes behind the step has not happened");
    assert!(run.to_moment(true, false) && !run.frame().nodes[2].up && !run.frame().script_done);
    assert!(run.to_moment(true, false) && run.frame().script_done);
    assert_eq!((run.at(), told(run.as_ref()).as_str()), (Time(2_000_000), "And another."));
    assert!(!run.to_moment(true, false), "nothing is left to happen");
}

#[test]
fn moment_after_moment_every_lesson_is_read_to_its_end() {
    for case in cases("www/lessons") {
        let mut run = case.open().run;
        let story = playground::info(run.as_ref(), None).story;
        let mut seen = Vec::new();
        while !run.frame().script_done {
            seen.extend(run.frame().pause.map(|pause| pause.line));
            assert!(run.to_moment(true, false), "{}: halts before its end", case.name);
        }
        let waits = story.iter().filter(|step| step.kind != "caption").map(|step| step.line);
        let missed: Vec<usize> = waits.filter(|line| !seen.contains(line)).collect();
        assert_eq!(missed, [0; 0], "{}: passed over without waiting", case.name);
    }
}

fn follow(run: &mut dyn Run) -> Box<dyn Run> {
    let link = run.link(true).unwrap_or_else(|trouble| panic!("{trouble}"));
    let there = open_link(&link).unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(there.differs, None);
    there.run
}

fn told(run: &dyn Run) -> String {
    playground::title(&run.frame()).to_owned()
}

#[test]
fn a_link_of_one_who_is_on_the_story_opens_at_the_step_that_was_read() {
    let mut run = open(TWICE);
    assert_eq!(play(run.as_mut()), Some(("stop", "")));
    for expected in ["n1 leads.", "It has 1 behind it.", "Done."] {
        assert_eq!(told(run.as_ref()), expected);
        let there = follow(run.as_mut());
        let (here, now) = (run.frame(), there.frame());
        assert_eq!((now.line, now.pause, now.on_story, now.at), (here.line, here.pause, true, here.at));
        assert_eq!(told(there.as_ref()), expected);
        run.proceed();
        play(run.as_mut());
    }
}

#[test]
fn a_link_of_one_who_left_the_story_opens_on_that_own_way() {
    let mut run = open(TWICE);
    play(run.as_mut());
    run.proceed();
    assert!(run.frame().on_story);
    run.act("crash n1").expect("it is up");
    run.run(after(run.as_ref(), 200));
    let here = run.frame();
    assert!(!here.on_story && here.story_waits);
    let mut there = follow(run.as_mut());
    let now = there.frame();
    assert!(!now.on_story && !now.story_waits, "the rest of the story is not in the link");
    assert_eq!(
        (now.at, now.position, now.line, &now.caption),
        (here.at, here.position, here.line, &here.caption)
    );
    assert_eq!(now.said, here.said);
    assert!(run.text().ends_with("\nleave\ncrash n1\n"), "{}", run.text());
    // Its steps can be read again, and it stays what it is.
    there.back_to_story();
    there.seek_line(2);
    assert!(!there.frame().on_story);
    assert_eq!(told(there.as_ref()), "n1 leads.");
    // The whole run, from its beginning, is left at the same place.
    let link = run.link(false).expect("it is short");
    let mut whole = open_link(&link).expect("it was just made").run;
    assert!(!whole.frame().on_story);
    assert_eq!(whole.frame().line, 0);
    assert_eq!(whole.link(false).expect("it is short"), link);
}

#[test]
fn a_run_as_told_tells_braces_as_they_are() {
    let asks = "consensus 1\nprotocol raft\nservers 4\noption no-op off\n\nfire n1 election\nfire n2 election\n\
        deliver RequestVote n1->n3\ndeliver RequestVote n2->n4\nask \"Who leads?\"\n\
        answer \"{n1}, with {2 of 4}\" if n1.role == Leader without more-than-half\n\
        answer \"n2: it may\" if n2.role == Leader\nanswer \"Nobody\" if leaders == 0\n\
        deliver all\ncaption \"Nobody.\"\n";
    let mut run = open(asks);
    play(run.as_mut());
    let pause = run.frame().pause.expect("it asks");
    let places: Vec<Option<&str>> = pause.answers.iter().map(|answer| answer.place.as_deref()).collect();
    assert_eq!(places, [None, Some("n2"), None]);
    let told = run.as_told(pause.line, 0).unwrap_or_else(|trouble| panic!("{trouble}"));
    let run = open(&told);
    assert!(
        run.frame().caption.is_some_and(|caption| caption.text.contains("“{n1}, with {2 of 4}”")),
        "{told}"
    );
}
