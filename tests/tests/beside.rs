//! Side by side: what is compared is what the runs show, and every protocol gets the same.
//!
//! `UPDATE_GOLDEN=1 cargo test -p tests --test beside` writes anew what the comparisons that come with the page say.

use playground::{Beside, Comparison, Scale, Timeline, lay_beside, open_text};
use std::fmt::Write;
use tests::{Case, root};

const RECORD: &str = "tests/fixtures/beside.txt";
const FOLDER: &str = "www/lessons";
const LIVES: &str = "same-failure-three-protocols-the-entry-lives-on";
const DIES: &str = "same-failure-three-protocols-the-entry-dies";

/// The lessons that lay several protocols side by side.
fn comparisons() -> Vec<Case> {
    tests::cases(FOLDER).into_iter().filter(|case| case.text.contains("\nbeside ")).collect()
}

fn lesson(name: &str) -> String {
    let file = root().join(FOLDER).join(format!("{name}.scenario"));
    std::fs::read_to_string(file).expect("it is there")
}

fn compared(text: &str) -> Beside {
    Beside::of_text(text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}"))
}

/// A scenario of Raft with two others beside it.
fn of(lines: &str) -> Beside {
    compared(&format!("consensus 1\nprotocol raft\nbeside multi-paxos zab\n{lines}"))
}

/// All of each run.
fn windows(beside: &mut Beside) -> Vec<Timeline> {
    let (until, count) = (beside.comparison().until, beside.comparison().sides.len());
    let window = |side| beside.run(side).expect("it is there").window(0, until, 1_000_000, Scale::Time);
    (0..count).map(window).collect()
}

fn values<'a>(comparison: &'a Comparison, name: &str) -> &'a [String] {
    &comparison.counters.iter().find(|counter| counter.name == name).expect("it is counted").values
}

fn in_words(comparison: &Comparison) -> String {
    let mut text = format!("{}\n", comparison.sentence);
    for fault in &comparison.faults {
        let _ = writeln!(text, "{} {}", fault.at, fault.text);
    }
    if let Some(difference) = &comparison.difference {
        let _ = writeln!(text, "{} {}", difference.at, difference.text);
    }
    for side in &comparison.sides {
        let _ = writeln!(text, "{} {:?} {:?}", side.key, side.gaps, side.lacks);
    }
    for counter in &comparison.counters {
        let _ = writeln!(text, "{}: {}", counter.name, counter.values.join(", "));
    }
    let _ = writeln!(text, "until {}", comparison.until);
    text
}

#[test]
fn the_comparisons_of_the_page_say_what_is_on_record() {
    let mut found = String::new();
    for case in comparisons() {
        found += &format!("{}\n{}\n", case.name, in_words(compared(&case.text).comparison()));
    }
    let file = root().join(RECORD);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &found).expect("it can be written");
    }
    let wanted = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        found, wanted,
        "if that is right, write it down: UPDATE_GOLDEN=1 cargo test -p tests --test beside"
    );
}

#[test]
fn the_faults_strike_all_at_the_same_instants() {
    for case in comparisons() {
        let mut beside = compared(&case.text);
        let faults: Vec<(u64, String)> =
            beside.comparison().faults.iter().map(|fault| (fault.at, fault.text.clone())).collect();
        assert!(faults.len() > 3, "{}", case.name);
        for window in windows(&mut beside) {
            let done = window.actions.iter().filter(|deed| !deed.text.starts_with("submit"));
            let done: Vec<(u64, String)> = done.map(|deed| (deed.at, deed.text.clone())).collect();
            assert_eq!(done, faults, "{}", case.name);
        }
    }
}

#[test]
fn what_is_counted_is_what_the_runs_show() {
    for case in comparisons() {
        let mut beside = compared(&case.text);
        let windows = windows(&mut beside);
        let comparison = beside.comparison();
        for (side, Timeline { window, ops, .. }) in windows.iter().enumerate() {
            // Kinds from 254 on are clients'.
            let sent = window.messages.chunks(8).filter(|row| row[7] < 254).count();
            assert_eq!(values(comparison, "Messages")[side], sent.to_string());
            let answered = ops.iter().filter(|bar| bar.op.outcome == "ok").count();
            assert_eq!(values(comparison, "Answered")[side], format!("{answered} of {}", ops.len()));
            let [gap] = comparison.sides[side].gaps[..] else { panic!("one leader is lost") };
            let leads = |at: u64| {
                // A lane's row: whose, from, to, term, role (2 leads), flags (1 is down).
                let rows = window.lanes.chunks(6).filter(|row| row[4] == 2 && row[5] & 1 == 0);
                rows.filter(|row| row[1] <= at && at < row[2]).count()
            };
            let again = gap.again.expect("somebody leads again");
            assert_eq!((leads(gap.lost - 1), leads(gap.lost), leads(again - 1), leads(again)), (1, 0, 0, 1));
            assert_eq!(comparison.sides[side].without, again - gap.lost);
            let ended = ops.iter().filter(|bar| bar.op.outcome == "ok").filter_map(|bar| bar.op.ended_at);
            assert_eq!(gap.answer, ended.filter(|at| *at > gap.lost).min());
        }
    }
}

#[test]
fn an_entry_that_only_the_dead_held_is_overwritten_and_one_that_a_voter_held_is_not() {
    let entries = |name: &str| {
        let comparison = compared(&lesson(name)).comparison().clone();
        (
            values(&comparison, "Entries overwritten").to_vec(),
            values(&comparison, "Entries renumbered").to_vec(),
        )
    };
    let (lost, _) = entries(DIES);
    assert_eq!(lost, ["1", "1", "1"]);
    let (lost, renumbered) = entries(LIVES);
    assert_eq!(lost, ["0", "0", "0"]);
    assert_eq!(renumbered, ["0", "1", "0"]);
}

#[test]
fn every_story_of_several_protocols_comes_true_with_each() {
    let stories = comparisons();
    assert!(stories.len() >= 2);
    for case in stories {
        assert_eq!(compared(&case.text).failures(), [""; 0], "{}", case.name);
    }
}

#[test]
fn an_expectation_that_is_false_with_one_of_them_is_found_and_says_with_which() {
    let text = lesson(LIVES);
    for (line, said) in [
        (
            "expect zab(leader.log[2] == none)",
            "ZAB: leader.log[2] == none does not hold: leader.log[2] is set x=2",
        ),
        (
            "expect multi-paxos(leader.log[2].term == 1)",
            "Multi-Paxos: leader.log[2].term == 1 does not hold: leader.log[2].term is 2.3",
        ),
        ("expect leader.log[3] == \"set x=2\"", "Multi-Paxos: leader.log[3] == \"set x=2\" does not hold"),
        ("expect not raft(leader == n1)", "not raft(leader == n1) does not hold side by side"),
        (
            "expect raft(never(n1.kv[x] == 2)) or zab(not leader)",
            "Raft: never(n1.kv[x] == 2) does not hold: never(n1.kv[x] == 2) broke",
        ),
    ] {
        let failures = compared(&format!("{text}{line}\n")).failures();
        let [failure] = &failures[..] else { panic!("{line}: {failures:?}") };
        assert!(failure.contains(said), "{line}: {failure}");
    }
}

#[test]
fn what_an_answer_says_is_decided_by_all_of_the_runs() {
    let text = lesson(LIVES);
    let right = |text: &str| {
        let story = compared(text).comparison().story.clone();
        let asked = story.steps.into_iter().filter(|step| step.kind == "ask");
        asked.map(|step| step.decided.expect("it is decided").right).collect::<Vec<_>>()
    };
    assert_eq!(right(&text), [Some(1), Some(2), Some(1)]);
    // With n1 gone as well, nobody is left who has the entry: the same questions have other answers.
    let gone = text.replace("crash follower.4\ncrash leader\n", "crash leader\ncrash follower.1\n");
    let gone = gone.replace("clients 2\n", "clients 2\nclient-retries 0\n");
    assert_ne!(gone, text);
    assert_eq!(right(&gone)[1], Some(0));
    let twice = text.replace(
        "answer \"It is committed, in all three\" if leader.kv[x] == 2",
        "answer \"No\" if not zab(leader.kv[x] == 1)",
    );
    assert_ne!(twice, text);
    assert_eq!(right(&twice)[1], Some(2));
    let none = text.replace("if leader.kv[x] == 2\n", "if leader.kv[x] == 3\n");
    let failures = compared(&none).failures().join("\n");
    assert!(failures.contains("0 answers to the question of step"), "{failures}");
}

#[test]
fn the_steps_of_a_story_stand_at_the_instants_of_its_deeds() {
    for case in comparisons() {
        let comparison = compared(&case.text).comparison().clone();
        let (steps, faults) = (&comparison.story.steps, &comparison.faults);
        assert!(steps.len() > 10 && steps.is_sorted_by_key(|step| step.at), "{}", case.name);
        assert!(comparison.story.ends_at <= comparison.until);
        let crash = faults.iter().find(|fault| fault.text.starts_with("crash")).expect("somebody crashes");
        // What comes behind a wait is not to be seen while the reader waits.
        let before = steps.iter().filter(|step| step.kind == "stop" && step.at < crash.at);
        assert_eq!(before.map(|step| step.at).max(), Some(crash.at - 1), "{}", case.name);
        let looks = steps.iter().flat_map(|step| &step.looks);
        let names: Vec<_> = looks.flat_map(|look| look.places.clone()).collect();
        assert!(names.iter().all(|name| name.as_deref() == Some("n1")) && names.len() >= 3, "{names:?}");
    }
}

#[test]
fn a_story_of_one_protocol_is_not_told_of_several() {
    let text = "consensus 1\nprotocol raft\n\ncaption \"It begins.\"\nuntil leader within 5s\nexpect leader == n1\nstop\n";
    let laid = lay_beside(text, &["zab".to_owned()]).expect("zab is known");
    assert!(laid.contains("caption"));
    let beside = compared(&laid);
    assert_eq!((beside.comparison().story.steps.len(), beside.failures().len()), (0, 0));
}

#[test]
fn whoever_plays_such_a_story_alone_hears_its_captions_and_is_asked_nothing() {
    for case in comparisons() {
        let mut opened = case.open();
        let kinds = playground::info(opened.run.as_ref(), None).story;
        assert!(
            kinds.iter().any(|step| step.kind == "caption") && kinds.iter().all(|step| step.kind != "ask")
        );
        let end = opened.run.ahead_to_script_end();
        opened.run.seek(end);
        assert_eq!(opened.run.failures(), []);
    }
}

#[test]
fn with_others_beside_it_the_story_of_three_is_not_told() {
    for others in [vec![], vec!["zab".to_owned()]] {
        let text = lay_beside(&lesson(DIES), &others).expect("it can be read");
        assert!(
            !text.contains("caption") && !text.contains("zab(") && text.contains("crash leader"),
            "{text}"
        );
    }
    let same = ["multi-paxos".to_owned(), "zab".to_owned()];
    assert!(lay_beside(&lesson(DIES), &same).expect("it can be read").contains("caption"));
}

#[test]
fn what_is_laid_beside_a_run_changes_nothing_of_it() {
    for case in comparisons() {
        let alone = lay_beside(&case.text, &[]).expect("it can be read");
        assert!(!alone.contains("beside"));
        let fingerprint = |text: &str| {
            let mut run = open_text(text).expect("it can be read").run;
            let end = run.ahead_to_script_end();
            run.fingerprint(end)
        };
        assert_eq!(fingerprint(&alone), fingerprint(&case.text));
        let keys = ["zab".to_owned()];
        assert_eq!(compared(&lay_beside(&alone, &keys).expect("zab is known")).comparison().sides.len(), 2);
    }
}

#[test]
fn where_a_line_waits_all_wait_for_the_last() {
    let mut beside = of("until leader within 5s\ncrash leader\nuntil leader within 5s\ncrash leader\n");
    assert_eq!(beside.comparison().faults.len(), 2);
    for side in &beside.comparison().sides {
        assert_eq!(side.lacks, Vec::<String>::new(), "{}: each had a leader to crash", side.key);
    }
    for Timeline { window, .. } in windows(&mut beside) {
        let crashes = window.marks.chunks(4).filter(|row| row[2] == 3).count();
        assert_eq!(crashes, 2);
    }
}

#[test]
fn a_message_is_put_by_what_it_is_for_and_what_cannot_be_put_is_said() {
    let beside = of("option no-op off\n\nuntil leader within 5s\nhold messages AppendEntries leader->*\n\
                     until n1.voted_for == n1 or n2.up within 1s\nfire leader heartbeat\nrun 100ms\n");
    let comparison = beside.comparison();
    assert_eq!(comparison.sides[0].lacks, Vec::<String>::new());
    let multi = ["option no-op", "until n1.voted_for == n1 or n2.up"];
    assert_eq!(comparison.sides[1].lacks, multi);
    let zab = ["option no-op", "until n1.voted_for == n1 or n2.up", "fire leader heartbeat"];
    assert_eq!(comparison.sides[2].lacks, zab);
}

#[test]
fn the_timers_are_the_first_protocols_as_far_as_others_have_them() {
    let text = "consensus 1\nprotocol raft\nbeside zab multi-paxos\noption heartbeat-interval 50ms\n\
                option election-timeout-min 200ms\noption election-timeout-max 300ms\n\nrun 1s\n";
    let mut beside = compared(text);
    let mut text = |side| beside.run(side).expect("it is there").text();
    let (zab, multi) = (text(1), text(2));
    assert!(zab.contains("ping-interval 50ms") && zab.contains("sync-limit 250ms"), "{zab}");
    assert!(
        multi.contains("heartbeat-interval 50ms") && multi.contains("election-timeout-max 300ms"),
        "{multi}"
    );
}

#[test]
fn a_commit_takes_one_round_trip_whether_the_disk_takes_time_or_not() {
    for disk in ["disk sync", "disk 4ms..9ms"] {
        let lines =
            format!("{disk}\n\nuntil leader within 5s\nrun 100ms\nsubmit c1 -> leader set x=1\nrun 1s\n");
        let beside = of(&lines);
        assert_eq!(values(beside.comparison(), "Round trips to commit"), ["1", "1", "1"], "{disk}");
    }
}

#[test]
fn where_nobody_loses_its_leader_the_sentence_says_so() {
    let beside = of("until leader within 5s\nsubmit c1 set x=1\nrun 1s\n");
    let comparison = beside.comparison();
    assert!(comparison.sentence.starts_with("Nobody loses its leader: Raft commits in 1 round trip with "));
    assert!(comparison.sides.iter().all(|side| side.gaps.is_empty() && side.without == 0));
}

#[test]
fn a_leader_that_is_replaced_while_the_clock_stands_still_is_missed_by_nobody() {
    let beside = of("fire n1 election\ndeliver all\ncrash n1\nfire n2 election\ndeliver all\nrun 1s\n");
    let [raft, multi, _] = &beside.comparison().sides[..] else { panic!("there are three") };
    assert!(raft.gaps.is_empty() && multi.gaps.is_empty(), "{raft:?} {multi:?}");
}

#[test]
fn a_link_holds_the_whole_comparison_and_where_it_is_read() {
    for case in comparisons() {
        let mut beside = compared(&case.text);
        let whole = beside.link(None).expect("it is short");
        assert_eq!(Beside::of_link(&whole).expect("it can be read").comparison(), beside.comparison());
        let here = beside.link(Some((playground::Time(900_000), 2))).expect("it is short");
        let opened = Beside::of_link(&here).expect("it can be read");
        assert_eq!((opened.comparison().open_at, opened.comparison().passed), (Some(900_000), 2));
        assert_eq!(opened.comparison().sentence, beside.comparison().sentence);
    }
}

#[test]
fn a_scenario_with_nothing_beside_it_or_with_something_unknown_is_refused() {
    let refused = |text: &str| Beside::of_text(text).err().expect("it is refused");
    assert!(refused("consensus 1\nprotocol raft\nrun 1s\n").contains("no protocol beside"));
    assert_eq!(
        refused("consensus 1\nprotocol raft\nbeside chess\n"),
        "line 3, column 8: there is no protocol `chess`"
    );
    assert!(lay_beside("consensus 1\nprotocol raft\n", &["raft".to_owned()]).is_err());
}
