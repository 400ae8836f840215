//! `compare` as a shell sees it.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Exit code, standard output, standard error.
fn run(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consensus"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    // It may stop reading when it has read enough.
    let _ = child.stdin.take().expect("it has an input").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it prints text");
    (output.status.code().expect("it exits by itself"), text(&output.stdout), text(&output.stderr))
}

const TEXT: &str = "consensus 1\nprotocol raft\nbeside zab\n\nuntil leader within 5s\ncrash leader\nrun 1s\n";

#[test]
fn it_prints_the_sentence_the_milestones_the_counters_and_the_words() {
    let (code, out, err) = run(&["compare", "-"], TEXT);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("After the same crash of the leader: Raft "), "{out}");
    for part in ["crash leader", "Raft: leader lost at", "ZAB: leader lost at", "Messages  ", "epoch"] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn verify_holds_a_story_to_each_protocol_that_it_names() {
    let (code, out, _) =
        run(&["verify", "-"], &format!("{TEXT}expect zab(leader) and raft(leader.term > 1)\n"));
    assert_eq!((code, out.trim_end()), (0, "ok    -"));
    let (code, out, _) = run(&["verify", "-"], &format!("{TEXT}expect raft(leader) and not zab(leader)\n"));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("side by side, step 4: raft(leader) and not zab(leader) does not hold"), "{out}");
    let (code, out, _) = run(&["verify", "-"], &format!("{TEXT}expect zab(leader.last == 7)\n"));
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("ZAB: leader.last == 7 does not hold: leader.last is 0"), "{out}");
}

#[test]
fn json_holds_all_that_is_compared() {
    let (code, out, _) = run(&["compare", "-", "--json"], TEXT);
    let told: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(code, 0);
    assert_eq!(told["sides"][1]["key"], "zab");
    assert!(told["sides"][0]["gaps"][0]["again"].is_u64(), "{out}");
    for key in ["sentence", "faults", "counters", "words", "until"] {
        assert!(!told[key].is_null(), "{key}");
    }
}

#[test]
fn a_link_is_compared_like_its_file() {
    let (_, link, _) = run(&["link", "-"], TEXT);
    assert_eq!(run(&["compare", link.trim_end()], ""), run(&["compare", "-"], TEXT));
}

#[test]
fn bad_use_exits_2_and_says_why() {
    let alone = "consensus 1\nprotocol raft\nrun 1s\n";
    let calls: [(&[&str], &str); 4] = [
        (&["compare"], "FILE"),
        (&["compare", "-"], "no protocol beside"),
        (&["compare", "-", "--fast"], "--fast"),
        (&["compare", "nowhere"], "no file of that name"),
    ];
    for (call, word) in calls {
        let (code, out, err) = run(call, alone);
        assert_eq!((code, out.as_str()), (2, ""), "{call:?}");
        assert!(err.contains(word), "{call:?}: {err}");
    }
}
