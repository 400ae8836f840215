//! Runs that begin with disks that somebody wrote: they are judged before, marked always, and checked like any other.

use playground::{Opened, info, open_link, open_text};

/// Figure 7 of the Raft paper: its leader, then (a) to (f).
const FIGURE_7: &str = "preset n1 term 7 vote n5 log 1 1 1 4 4 5 5 6 6 6
preset n2 term 7 vote n5 log 1 1 1 4 4 5 5 6 6
preset n3 term 7 vote n5 log 1 1 1 4
preset n4 term 7 log 1 1 1 4 4 5 5 6 6 6 6
preset n5 term 7 vote n5 log 1 1 1 4 4 5 5 6 6 6 7 7
preset n6 term 7 log 1 1 1 4 4 4 4
preset n7 term 7 log 1 1 1 2 2 2 3 3 3 3 3
";

fn open(protocol: &str, settings: &str, lines: &str) -> Opened {
    let text = format!("consensus 1\nprotocol {protocol}\n{settings}\n{lines}");
    open_text(&text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}"))
}

/// What becomes of the lines, as failed expectations and broken promises.
fn surprises(settings: &str, lines: &str) -> Vec<String> {
    tests::surprises(open("raft", settings, lines).run.as_mut())
}

fn refused(protocol: &str, settings: &str) -> String {
    match open_text(&format!("consensus 1\nprotocol {protocol}\n{settings}\n")) {
        Ok(_) => panic!("this was taken: {settings}"),
        Err(trouble) => trouble.to_string(),
    }
}

#[test]
fn each_way_back_costs_as_many_refusals_as_its_reader_is_told() {
    // For (a) to (f) of the figure.
    for (way, refusals) in [
        ("decrement", [1, 6, 0, 0, 5, 7]),
        ("length-hint", [1, 1, 0, 0, 3, 7]),
        ("conflict-term", [1, 1, 0, 0, 2, 2]),
        ("etcd", [1, 1, 0, 0, 1, 1]),
    ] {
        let settings = format!("servers 7\noption no-op off\noption backtracking {way}\n{FIGURE_7}");
        let mut lines = "fire n1 election\ndeliver all\nexpect leader == n1 and n1.term == 8\n".to_owned();
        for (follower, refusals) in (2..).zip(refusals) {
            // The last answer is the one that agrees.
            let answers = refusals + 1;
            lines += &format!("expect delivered(AppendEntriesReply, n{follower}->n1) == {answers}\n");
        }
        lines += "submit c1 -> n1 set x=1\ndeliver all\nfire n1 heartbeat\ndeliver all\n";
        for server in 1..=7 {
            lines += &format!("expect n{server}.last == 11 and n{server}.commit == 11\n");
        }
        assert_eq!(surprises(&settings, &lines), [""; 0], "{way}");
    }
}

#[test]
fn what_no_run_comes_to_is_refused_where_it_stands() {
    let told = refused("raft", "preset n1 term 3 log 1 2 1");
    assert!(told.contains("line 3, column 26: no run comes to this: entry 3 of n1 is of term 1"), "{told}");
    let told = refused("raft", "preset n1 term 2 log 1 2 2\npreset n2 term 2 log 1 1 2");
    assert!(told.contains("line 4, column 26: no run comes to this: n1 and n2 both have term 2"), "{told}");
    let told = refused("raft", "preset n1 term 2 vote n3");
    assert!(told.contains("line 3, column 23: no run comes to this: n1 voted for n3"), "{told}");
    let told = refused("raft", "preset n2 term 4 log 1 4");
    assert!(told.contains("nobody can have led term 1: only 1 of 3 servers have entered it"), "{told}");
}

#[test]
fn protocols_that_cannot_judge_a_preset_say_so() {
    for protocol in ["paxos", "multi-paxos", "zab"] {
        let told = refused(protocol, "preset n1 term 1");
        assert!(told.contains("line 3, column 1: ") && told.contains("takes no preset"), "{told}");
    }
}

#[test]
fn a_synthetic_run_is_marked_wherever_it_is_shown() {
    let settings = format!("servers 7\n{FIGURE_7}");
    let mut opened = open("raft", &settings, "run 10ms\n");
    let run = opened.run.as_mut();
    let synthetic = info(run, None).synthetic;
    assert!(synthetic.starts_with("Synthetic start: "), "{synthetic}");
    assert!(run.lines(0, 1)[0].contains("n5 up (term 7, log 12)"), "{:?}", run.lines(0, 1));
    let told = run.moments(0, 1)[0].text.clone();
    assert!(told.starts_with("7 servers start, with disks that the scenario wrote."), "{told}");
    let link = run.link(false).unwrap_or_else(|trouble| panic!("{trouble}"));
    assert!(link.starts_with("synthetic."), "{link}");
    let again = open_link(&link).unwrap_or_else(|trouble| panic!("{trouble}"));
    assert_eq!(again.run.text(), run.text());
    assert_eq!(info(open("raft", "", "").run.as_ref(), None).synthetic, "");
}

/// Two of three servers have x=1.
const WRITTEN: &str = "preset n1 term 1 vote n1 log 1[set x=1]\npreset n2 term 1 vote n1 log 1[set x=1]";

#[test]
fn what_was_on_the_disks_is_committed_and_read_like_anything_else() {
    let lines = "fire n1 election
deliver all
expect n1.commit == 2 and n1.kv[x] == 1 and n1.log[1] == \"set x=1\"
submit c1 -> n1 get x
deliver all
expect c1.last == ok and c1.op[1].reply == 1
crash n2
restart n2
expect n2.last == 3 and n2.log[1].term == 1
expect violations == 0
";
    assert_eq!(surprises(WRITTEN, lines), [""; 0]);
}

#[test]
fn promises_about_what_was_on_the_disks_can_be_broken() {
    // n3, which has nothing, wins over what n1 has committed.
    let lines = "fire n1 election
deliver RequestVote n1->n2
deliver RequestVoteReply n2->n1
drop AppendEntries n1->n3
deliver AppendEntries n1->n2
deliver AppendEntriesReply n2->n1
expect n1.commit == 2 and n1.kv[x] == 1
crash n1
drop RequestVote n1->n3
fire n3 election
deliver all
fire n3 election
deliver RequestVote n3->n2
deliver RequestVoteReply n2->n3
expect leader == n3
expect violation leader-completeness
";
    let settings = format!("without up-to-date-log\n{WRITTEN}");
    assert_eq!(surprises(&settings, lines), [""; 0]);
    // n2 voted for n1 before the run began, and votes again in that term.
    let lines = "fire n3 election
deliver RequestVote n3->n2
expect n2.voted_for == n3
expect violation vote-once-a-term
";
    let settings = "without one-vote-per-term\npreset n1 term 1 vote n1\npreset n2 term 1 vote n1";
    assert_eq!(surprises(settings, lines), [""; 0]);
}
