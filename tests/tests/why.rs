//! Every value answers since when, and why; what has not come about answers what is missing.

use playground::{Run, WhyView, open_text};
use tests::cases;

/// A run at the end of its script.
fn played(script: &str) -> Box<dyn Run> {
    let text = format!("consensus 1\nprotocol raft\nservers 3\nnetwork latency 10ms\n{script}");
    let mut run = open_text(&text).unwrap_or_else(|why| panic!("{why:?}")).run;
    let end = run.ahead_to_script_end();
    run.seek(end);
    run
}

fn why(run: &dyn Run, about: &str) -> WhyView {
    run.why(about).unwrap_or_else(|why| panic!("{about}: {why}"))
}

const ELECTED: &str = "hold timers n2\nfire n1 election\nuntil leader within 1s\n";

#[test]
fn a_vote_was_asked_for_by_the_one_whose_timer_ran_out() {
    let run = played("fire n1 election\nrun 11ms\n");
    let vote = why(&*run, "n2.voted_for");
    assert_eq!(vote.value, "n1");
    let told: Vec<(&str, Option<&str>)> =
        vote.steps.iter().map(|step| (step.because.as_str(), step.place.as_deref())).collect();
    assert_eq!(told[0], ("", Some("n2")));
    assert_eq!(told[1].0, "n1 sent RequestVote to n2");
    let way = vote.steps[0].message.as_ref().expect("a message brought it");
    assert_eq!((way.kind, way.from.as_str(), way.to.as_str()), ("RequestVote", "n1", "n2"));
    assert_eq!(way.sent_in, vote.steps[1].position);
}

#[test]
fn a_value_is_as_old_as_the_event_that_set_it_whatever_was_played_since() {
    let mut run = played("fire n1 election\nuntil leader within 1s\nsubmit c1 -> n1 set x=1\nrun 3s\n");
    let set = why(&*run, "n2.term").steps[0].position;
    run.seek(set);
    assert_eq!(why(&*run, "n2.term").value, "1");
    run.step_back();
    assert_ne!(why(&*run, "n2.term").value, "1");
}

#[test]
fn a_timer_that_fired_had_been_started_by_something() {
    let run = played("until n1.term > 0 or n2.term > 0 or n3.term > 0 within 2s\n");
    let node =
        ["n1", "n2", "n3"].into_iter().find(|node| why(&*run, &format!("{node}.term")).value != "0").unwrap();
    let risen = why(&*run, &format!("{node}.term"));
    assert!(risen.steps[1].because.contains("election timer has run since 0ms"), "{:?}", risen.steps);
}

#[test]
fn an_entry_that_a_minority_holds_says_who_is_missing() {
    let run = played(
        "fire n1 election\nuntil leader within 1s\nrun 100ms\ncrash n2\ncut n1->n3\nsubmit c1 -> n1 set x=1\nrun 30ms\n",
    );
    let entry = why(&*run, "n1.log[2]");
    let lacks = entry.lacks.join("\n");
    assert!(lacks.contains("n1 knows of 1 of 3 who hold entry 2 on disk, and needs 2."), "{lacks}");
    assert!(lacks.contains("n2 is missing: it is down."), "{lacks}");
    assert!(lacks.contains("n3 is missing: nothing gets from n1 to n3."), "{lacks}");
}

#[test]
fn without_a_leader_every_server_says_what_it_does() {
    let run = played("crash n1\nhold timers n2\nfire n3 election\ncut n2<->n3\n");
    let nobody = why(&*run, "leader");
    assert_eq!(nobody.value, "nobody");
    let lacks = nobody.lacks.join("\n");
    assert!(lacks.contains("n1 is down."), "{lacks}");
    assert!(lacks.contains("n3 is Candidate: votes 1 of 3, needs 2; missing are n1, n2."), "{lacks}");
    assert!(lacks.contains("n2 waits: its election timer fires in"), "{lacks}");
}

#[test]
fn a_command_without_an_answer_says_what_keeps_it() {
    let run = played(
        "fire n1 election\nuntil leader within 1s\nrun 100ms\ncut n1<->n2\ncut n1<->n3\nsubmit c1 -> n1 set x=1\nrun 30ms\n",
    );
    let lacks = why(&*run, "c1.op[1].outcome").lacks.join("\n");
    assert!(lacks.contains("c1 waits for an answer to “set x=1”; it has asked once."), "{lacks}");
    assert!(lacks.contains("n2 is missing: the link between n1 and n2 is cut."), "{lacks}");
}

#[test]
fn an_entry_of_an_older_term_is_held_back_by_the_rule_that_says_so() {
    let lessons = cases("www/lessons");
    let lesson = lessons
        .iter()
        .find(|case| case.name.contains("a-majority-is-not-enough"))
        .expect("the lesson is there");
    let mut run = lesson.open().run;
    let end = run.ahead_to_script_end();
    let held_back = (1..=end).rev().find_map(|position| {
        run.seek(position);
        let leader = run.frame().nodes.iter().find(|node| node.up && node.kind == "leading")?.name.clone();
        let lacks = why(&*run, &format!("{leader}.log[2]")).lacks;
        lacks.first()?.contains("which is a majority").then_some(lacks)
    });
    let lacks = held_back.expect("somewhere a majority holds it in vain").join("\n");
    assert!(lacks.contains("entry 2") && lacks.contains("term"), "{lacks}");
    assert!(lacks.contains("5.4.2"), "{lacks}");
}

#[test]
fn what_is_not_there_is_refused_in_words() {
    let run = played(ELECTED);
    for (about, said) in [
        ("n9.term", "n9"),
        ("event 99999", "there is no event 99999"),
        ("n1.colour", "colour"),
        ("", "value"),
    ] {
        match run.why(about) {
            Err(why) => assert!(why.contains(said), "{about}: {why}"),
            Ok(view) => assert_eq!(view.value, "nothing", "{about}: {view:?}"),
        }
    }
}
