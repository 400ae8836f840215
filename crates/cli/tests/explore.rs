//! `rules` and `explore` as a shell sees them.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it prints text");
    (output.status.code().expect("it exits by itself"), text(&output.stdout), text(&output.stderr))
}

/// Exit code, standard output, standard error.
fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consensus"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    // It may stop reading when it has read enough.
    let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
    told(&child.wait_with_output().expect("it ends"))
}

fn json(line: &str) -> serde_json::Value {
    serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

#[test]
fn rules_lists_each_rule_with_all_its_keys() {
    let (code, out, err) = run(&["rules", "raft", "--json"], "");
    assert_eq!((code, err.as_str()), (0, ""));
    let rules = json(&out);
    let rules = rules.as_array().expect("a list");
    assert!(rules.len() > 30);
    for rule in rules {
        for key in ["name", "words", "source", "kind", "promise", "needs"] {
            assert!(rule[key].is_string(), "{key}: {rule}");
        }
        assert!(rule["shape"].is_array(), "{rule}");
        assert!(["safety", "liveness", "option"].contains(&rule["kind"].as_str().expect("a word")));
        assert_eq!(rule["protocol"], "raft");
    }
    let (_, all, _) = run(&["rules", "--json"], "");
    assert!(json(&all).as_array().expect("a list").len() > rules.len());
    let (code, words, _) = run(&["rules", "paxos"], "");
    assert!(code == 0 && words.contains("paxos majority (safety)"));
    assert!(words.contains("searched with: 5 servers; a late Accept"), "{words}");
}

#[test]
fn a_violation_exits_1_and_is_a_scenario_that_verifies() {
    let (code, out, err) = run(&["explore", "raft", "--without", "more-than-half", "--seed", "2"], "");
    assert_eq!(code, 1, "{err}");
    assert!(out.starts_with("consensus 1\n") && out.contains("\nwithout more-than-half\n"), "{out}");
    assert!(err.contains("election-safety") && err.contains("seed 2"), "{err}");
    assert_eq!(run(&["verify", "-"], &out), (0, "ok    -\n".to_owned(), String::new()));
}

/// Here the clock runs, and links and messages are held instead of delivered one by one.
#[test]
fn a_violation_on_channels_that_keep_their_order_verifies_as_well() {
    for rule in ["deliver-in-order", "report-what-is-logged", "leader-knows-most"] {
        let (code, out, err) = run(&["explore", "zab", "--without", rule], "");
        assert_eq!(code, 1, "{err}");
        assert!(out.contains("\nrun "), "{out}");
        assert_eq!(run(&["verify", "-"], &out), (0, "ok    -\n".to_owned(), String::new()), "{out}");
    }
}

#[test]
fn where_nothing_breaks_it_exits_0_and_says_what_was_tried() {
    let (code, out, err) = run(&["explore", "paxos", "--runs", "30"], "");
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("nothing broke") && err.contains("30 runs from seed 1"), "{err}");
}

#[test]
fn json_lines_end_with_what_was_found_whatever_the_number_of_threads() {
    let last = |threads: &str| {
        let call = ["explore", "paxos", "--without", "majority", "--threads", threads, "--json"];
        let (code, out, _) = run(&call, "");
        assert_eq!(code, 1);
        json(out.lines().last().expect("at least one line"))
    };
    let alone = last("1");
    assert_eq!(alone["stand"], "found");
    assert_eq!(alone["found"]["promise"], "agreement");
    assert_eq!(alone, last("2"));
}

#[test]
fn a_file_gives_the_settings_and_the_rules_that_are_off() {
    let file = "consensus 1\nprotocol raft\nservers 4\noption no-op off\nwithout more-than-half\n";
    let (code, out, err) = run(&["explore", "-", "--runs", "500"], file);
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("without more-than-half"), "{out}");
}

#[test]
fn every_schedule_within_bounds_is_tried_and_the_count_is_told() {
    let (code, out, err) =
        run(&["explore", "raft", "--exhaustive", "--terms", "1", "--commands", "0", "--crashes", "0"], "");
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("complete, 219 states") && err.contains("3 servers, terms up to 1"), "{err}");
    let (code, _, err) = run(&["explore", "raft", "--exhaustive", "--once", "--depth", "4"], "");
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("not complete beyond"), "{err}");
}

#[test]
fn an_exhaustive_search_prints_what_it_finds_or_ends_its_json_lines_with_it() {
    let call = ["explore", "raft", "--exhaustive", "--without", "up-to-date-log"];
    let (code, out, err) = run(&call, "");
    assert_eq!(code, 1, "{err}");
    assert!(out.contains("\nwithout up-to-date-log\n") && err.contains("leader-completeness"), "{out}{err}");
    assert_eq!(run(&["verify", "-"], &out), (0, "ok    -\n".to_owned(), String::new()));
    let (code, lines, _) = run(&[&call[..], &["--json"]].concat(), "");
    assert_eq!(code, 1);
    let last = json(lines.lines().last().expect("at least one line"));
    assert_eq!((&last["stand"], &last["complete"]), (&"found".into(), &false.into()));
    assert_eq!(last["found"]["promise"], "leader-completeness");
}

#[test]
fn bad_use_exits_2_and_names_what_is_wrong() {
    let calls: [(&[&str], &str); 12] = [
        (&["explore"], "PROTOCOL"),
        (&["explore", "chess"], "chess"),
        (&["explore", "raft", "--without", "no-such"], "no-such"),
        (&["explore", "raft", "--runs", "many"], "many"),
        (&["explore", "raft", "--seed"], "--seed needs a value"),
        (&["explore", "raft", "--fast"], "--fast"),
        (&["explore", "raft", "--terms", "2"], "--terms needs --exhaustive"),
        (&["explore", "raft", "--exhaustive", "--seed", "2"], "--seed"),
        (&["explore", "raft", "--exhaustive", "--ticks", "2"], "--once"),
        (&["explore", "raft", "--exhaustive", "--terms", "0"], "--terms 0"),
        (&["explore", "zab", "--exhaustive"], "channels"),
        (&["rules", "chess"], "chess"),
    ];
    for (call, word) in calls {
        let (code, out, err) = run(call, "");
        assert_eq!((code, out.as_str()), (2, ""), "{call:?}");
        assert!(err.contains(word), "{call:?}: {err}");
    }
}
