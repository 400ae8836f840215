//! The command as a shell sees it: what it prints, how it exits.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const FIXTURE: &str = "tests/fixtures/22-actions.scenario";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn consensus(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consensus"));
    command.args(arguments).current_dir(root()).env_remove("RUST_BACKTRACE");
    command
}

/// Exit code, standard output, standard error.
fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it prints text");
    (output.status.code().expect("it exits by itself"), text(&output.stdout), text(&output.stderr))
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    told(&consensus(arguments).stdin(Stdio::null()).output().expect("it starts"))
}

fn run_on(arguments: &[&str], input: &str) -> (i32, String, String) {
    let mut command = consensus(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    // It may stop reading when it has read enough.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    told(&child.wait_with_output().expect("it ends"))
}

fn scenarios(folder: &str) -> Vec<String> {
    let files = std::fs::read_dir(root().join(folder)).expect("the folder is there");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut paths: Vec<String> =
        names.filter(|name| name.ends_with(".scenario")).map(|name| format!("{folder}/{name}")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder} holds scenarios");
    paths
}

#[test]
fn verify_says_ok_for_every_scenario_that_comes_true() {
    let mut files = scenarios("tests/golden");
    files.extend(scenarios("tests/killers"));
    let arguments: Vec<&str> = ["verify"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let (code, out, err) = run(&arguments);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(out.lines().filter(|line| line.starts_with("ok ")).count(), files.len());
}

#[test]
fn verify_fails_and_says_what_was_found() {
    let text = "consensus 1\nprotocol raft\nuntil leader within 2s\nexpect leader.term == 7\n";
    let (code, out, err) = run_on(&["verify", "-"], text);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.starts_with("FAIL  -\n"), "{out}");
    assert!(out.contains("leader.term == 7 does not hold: leader.term is 1"), "{out}");
}

#[test]
fn verify_fails_if_a_promise_breaks_that_nobody_expected_to() {
    let file = "tests/killers/two-halves-elect-two-leaders.scenario";
    let text = std::fs::read_to_string(root().join(file)).expect("it is there");
    let silent: String =
        text.lines().filter(|line| !line.starts_with("expect")).map(|line| format!("{line}\n")).collect();
    let (code, out, _) = run_on(&["verify", "-"], &silent);
    assert_eq!(code, 1);
    assert!(out.contains("broken at 0ms: election-safety"), "{out}");
}

#[test]
fn verify_fails_if_a_promise_holds_that_should_break() {
    let (code, out, _) =
        run_on(&["verify", "-"], "consensus 1\nprotocol raft\nrun 1s\nexpect violation election-safety\n");
    assert_eq!(code, 1);
    assert!(out.contains("election-safety is not violated"), "{out}");
}

#[test]
fn one_failure_among_many_is_a_failure() {
    let good = scenarios("tests/golden").remove(0);
    let (code, out, _) = run_on(&["verify", &good, "-"], "consensus 1\nprotocol raft\nexpect leaders == 1\n");
    assert_eq!(code, 1);
    assert!(out.starts_with(&format!("ok    {good}\nFAIL  -\n")), "{out}");
}

#[test]
fn a_trace_is_the_one_on_record() {
    for file in scenarios("tests/golden") {
        let record =
            std::fs::read_to_string(root().join(&file).with_extension("trace")).expect("it is there");
        let (events, outcome) = record.split_once("\n\n").expect("a blank line between events and outcome");
        let (code, out, err) = run(&["run", &file, "--trace"]);
        assert_eq!((code, err.as_str()), (0, ""), "{file}");
        let printed: Vec<&str> = out.lines().map(str::trim_end).collect();
        let recorded: Vec<&str> = events.lines().collect();
        assert_eq!(&printed[..recorded.len()], &recorded[..], "{file}");
        let fingerprint = outcome.lines().last().expect("the fingerprint");
        assert!(out.trim_end().ends_with(fingerprint), "{file}: {fingerprint}");
    }
}

#[test]
fn a_link_runs_like_its_file() {
    let (code, link, err) = run(&["link", FIXTURE]);
    assert_eq!((code, err.as_str()), (0, ""));
    let link = link.trim_end();
    assert!(link.starts_with('#') && link.ends_with(|sign: char| sign.is_ascii_alphanumeric()), "{link}");
    let file = run(&["run", FIXTURE]);
    assert_eq!(run(&["run", link]), file, "with its sign");
    assert_eq!(run(&["run", &link[1..]]), file, "without");
    assert_eq!(run(&["run", &format!("https://example.org/play/?a=b{link}")]), file, "as an address");
    let (code, text, _) = run(&["text", link]);
    assert_eq!(code, 0);
    assert_eq!(run_on(&["run", "-"], &text), file, "as its text");
    assert_eq!(run_on(&["link", "-"], &text).1.trim_end(), link);
}

#[test]
fn what_it_cannot_read_it_names_with_its_place() {
    let (code, out, err) = run_on(&["run", "-"], "consensus 1\nprotocol raft\ncrash n7\n");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "-: line 3, column 7: there is no n7: this cluster has 3 servers\n");
    let (code, _, err) = run(&["verify", "no-such-file.scenario"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("no-such-file.scenario: "), "{err}");
    let (code, _, err) = run(&["verify", "tests"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("tests: "), "{err}");
}

#[test]
fn it_explains_itself_and_refuses_what_it_does_not_know() {
    let (code, out, _) = run(&["--help"]);
    assert_eq!(code, 0);
    assert!(out.contains("consensus verify FILE"), "{out}");
    for arguments in
        [&[][..], &["fly"], &["run"], &["verify"], &["run", FIXTURE, "--fly"], &["link", "a", "b"]]
    {
        let (code, out, err) = run(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.starts_with("usage:"), "{arguments:?}: {err}");
    }
}

#[test]
fn a_link_that_was_cut_off_or_edited_is_refused() {
    let (_, link, _) = run(&["link", FIXTURE]);
    let link = link.trim_end();
    let edited = link.replacen(|sign: char| sign.is_ascii_digit(), "_", 4);
    let long = "A".repeat(40_000);
    for bad in
        [&link[..link.len() / 2], &link[..link.len() - 1], &edited, "#", "#zz", &long, "#<script>", "#text=%"]
    {
        let (code, out, err) = run(&["run", bad]);
        assert_eq!((code, out.as_str()), (2, ""), "{bad}");
        assert!(err.contains("this link") || err.contains("line 1"), "{bad}: {err}");
        assert!(!err.contains("panicked") && !err.contains("<script"), "{err}");
    }
}

#[test]
fn what_is_not_text_is_refused() {
    let mut command = consensus(&["run", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it has an input");
    let _ = stdin.write_all(b"consensus 1\nprotocol raft\n\xff\xfe\n");
    drop(stdin);
    let (code, _, err) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!(code, 2);
    assert!(err.contains("standard input"), "{err}");
}

#[test]
fn a_reader_who_goes_away_is_no_reason_to_panic() {
    let text = "consensus 1\nprotocol raft\nservers 5\nrun 60s\n";
    let mut command = consensus(&["run", "-", "--trace"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("it has an input");
    stdin.write_all(text.as_bytes()).expect("it reads");
    drop(stdin);
    let (code, _, err) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!((code, err.as_str()), (0, ""));
}

#[test]
fn history_exits_by_its_verdict() {
    let read = "{\"type\":\"invoke\",\"process\":1,\"f\":\"get\",\"key\":\"x\"}\n";
    let nothing = format!("{read}{{\"type\":\"ok\",\"process\":1,\"value\":null}}\n");
    let seven = format!("{read}{{\"type\":\"ok\",\"process\":1,\"value\":7}}\n");
    let (code, out, err) = run_on(&["history", "-"], &nothing);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(out, "linearizable: one order explains all answers (1 operation, 1 key)\n");
    let (code, out, _) = run_on(&["history", "-"], &seven);
    assert!(code == 1 && out.starts_with("not linearizable: "), "{out}");
    let (code, out, err) = run_on(&["history", "-"], "{\"type\":\"ok\",\"process\":1}\n");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(err, "-: line 1: expected an invoke of process 1 before its answer\n");
    let (code, _, err) = run(&["history", "no-such-file"]);
    assert!(code == 2 && err.starts_with("no-such-file: "), "{err}");
}

#[test]
fn a_history_in_which_too_much_overlaps_is_not_known() {
    let mut tangled = String::new();
    for process in 0..60 {
        let set = format!("\"f\":\"set\",\"key\":\"a\",\"value\":{process}");
        tangled += &format!("{{\"type\":\"invoke\",\"process\":{process},{set}}}\n");
    }
    tangled += "{\"type\":\"invoke\",\"process\":99,\"f\":\"get\",\"key\":\"a\"}\n";
    tangled += "{\"type\":\"ok\",\"process\":99,\"value\":99}\n";
    let (code, out, err) = run_on(&["history", "-"], &tangled);
    assert_eq!((code, err.as_str()), (3, ""));
    assert!(out.starts_with("unknown: so many operations on a overlap"), "{out}");
}
