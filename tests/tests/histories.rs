//! Client histories with a known verdict: `tests/fixtures/histories`, in the form of `docs/history.md`. Those that the
//! document itself shows are read from there.

use playground::history::{Judgement, judge_history};
use std::collections::BTreeMap;
use tests::root;

const LINEARIZABLE: [&str; 8] = [
    "compare-and-swap",
    "empty",
    "failed-write-is-not-read",
    "increment-run-once",
    "overlapping-writes-read-the-first",
    "overlapping-writes-read-the-second",
    "unknown-write-is-read",
    "unknown-write-takes-effect-late",
];

const NOT_LINEARIZABLE: [&str; 4] =
    ["failed-write-is-read", "increment-run-twice", "stale-read", "value-never-written"];

fn fixtures() -> BTreeMap<String, String> {
    let files = std::fs::read_dir(root().join("tests/fixtures/histories")).expect("the folder is there");
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a plain name").to_owned();
        (name, std::fs::read_to_string(&path).expect("it is text"))
    };
    files.map(|file| read(file.expect("it can be listed").path())).collect()
}

fn judged(text: &str) -> (Judgement, String) {
    let report = judge_history(text).expect("it can be read");
    (report.judgement, report.text)
}

#[test]
fn every_fixture_has_its_verdict() {
    let mut found = fixtures();
    for (names, verdict) in
        [(&LINEARIZABLE[..], Judgement::Linearizable), (&NOT_LINEARIZABLE[..], Judgement::NotLinearizable)]
    {
        for name in names {
            let text = found.remove(*name).unwrap_or_else(|| panic!("no fixture {name}"));
            assert_eq!(judged(&text).0, verdict, "{name}");
        }
    }
    assert!(found.is_empty(), "without a verdict: {found:?}");
}

#[test]
fn a_contradiction_is_told_with_the_longest_order_and_what_does_not_fit() {
    let (_, text) = judged(&fixtures()["stale-read"]);
    let wanted = "\
not linearizable: no order of the operations on x explains all their answers
the longest order that explains every answer in it has 2 of 3:
  lines 1-2: process 1 set x=1 → stored
  lines 3-4: process 1 set x=2 → stored
then x holds \"2\", and this does not fit:
  lines 5-6: process 2 get x → \"1\"";
    assert_eq!(text, wanted);
}

#[test]
fn keys_are_judged_apart_and_one_that_is_too_tangled_does_not_hide_another() {
    let mut tangled = String::new();
    for process in 0..60 {
        tangled += &format!(
            "{{\"type\":\"invoke\",\"process\":{process},\"f\":\"set\",\"key\":\"a\",\"value\":{process}}}\n"
        );
    }
    for (process, value) in (100..112).zip([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 9, 99]) {
        tangled += &format!("{{\"type\":\"invoke\",\"process\":{process},\"f\":\"get\",\"key\":\"a\"}}\n");
        tangled += &format!("{{\"type\":\"ok\",\"process\":{process},\"value\":{value}}}\n");
    }
    let (verdict, text) = judged(&tangled);
    assert_eq!(verdict, Judgement::Unknown, "{text}");
    assert!(text.contains("operations on a overlap"), "{text}");
    let stale = fixtures()["stale-read"]
        .replace("\"process\":1", "\"process\":201")
        .replace("\"process\":2,", "\"process\":202,");
    assert_eq!(judged(&(tangled + &stale)).0, Judgement::NotLinearizable);
}

#[test]
fn a_long_history_is_judged_in_no_time() {
    let mut text = String::new();
    for number in 0..20_000 {
        let (process, key) = (number % 5, number % 8);
        text += &format!("{{\"type\":\"invoke\",\"process\":{process},\"f\":\"incr\",\"key\":\"k{key}\"}}\n");
        text += &format!("{{\"type\":\"ok\",\"process\":{process},\"value\":{}}}\n", number / 8 + 1);
    }
    let (verdict, told) = judged(&text);
    assert_eq!(verdict, Judgement::Linearizable);
    assert_eq!(told, "linearizable: one order explains all answers (20000 operations, 8 keys)");
}

/// Each with what is said of it.
const WRONG: [(&str, &str); 20] = [
    ("{", "line 1: column 1: EOF while parsing an object"),
    ("[]", "line 1: column 2: invalid length 0, expected struct Line"),
    (r#"{"type":"invoke"}"#, "line 1: column 17: missing field `process`"),
    (
        r#"{"type":"begin","process":1}"#,
        "unknown variant `begin`, expected one of `invoke`, `ok`, `fail`, `info`",
    ),
    (
        r#"{"type":"invoke","process":1,"f":"set","key":"x","vaule":"1"}"#,
        "unknown field `vaule`, expected one of",
    ),
    (r#"{"type":"invoke","process":1,"key":"x"}"#, "line 1: expected f: set, get, append, cas, incr or sync"),
    (
        r#"{"type":"invoke","process":1,"f":"sync","key":"x","value":"1"}"#,
        "line 1: expected no value: a sync has none",
    ),
    (
        r#"{"type":"invoke","process":1,"f":"write","key":"x"}"#,
        "unknown variant `write`, expected one of `set`",
    ),
    (r#"{"type":"invoke","process":1,"f":"get"}"#, "line 1: expected key"),
    (
        r#"{"type":"invoke","process":1,"f":"set","key":"x"}"#,
        "line 1: expected value: the text or whole number to store",
    ),
    (
        r#"{"type":"invoke","process":1,"f":"set","key":"x","value":1.5}"#,
        "expected value: a text, a whole number",
    ),
    (r#"{"type":"invoke","process":1,"f":"cas","key":"x","value":["a"]}"#, "expected value: a text"),
    (
        r#"{"type":"invoke","process":1,"f":"cas","key":"x","value":"a"}"#,
        "line 1: expected value: [old, new]",
    ),
    (r#"{"type":"invoke","process":1,"f":"get","key":"x","value":"a"}"#, "line 1: expected no value"),
    (r#"{"type":"ok","process":1,"value":"1"}"#, "line 1: expected an invoke of process 1 before its answer"),
    (
        "{\"type\":\"invoke\",\"process\":1,\"f\":\"get\",\"key\":\"x\"}\n\n{\"type\":\"invoke\",\"process\":1,\"f\":\"get\",\"key\":\"x\"}",
        "line 3: expected ok, fail or info for what process 1 asked in line 1, before it asks again",
    ),
    (
        "{\"type\":\"invoke\",\"process\":1,\"f\":\"get\",\"key\":\"x\"}\n{\"type\":\"ok\",\"process\":1,\"key\":\"y\"}",
        "line 2: expected the answer to `get x`, which process 1 asked in line 1",
    ),
    (
        "{\"type\":\"invoke\",\"process\":1,\"f\":\"incr\",\"key\":\"x\"}\n{\"type\":\"ok\",\"process\":1}",
        "line 2: expected value: the whole number after the increment",
    ),
    (
        "{\"type\":\"invoke\",\"process\":1,\"f\":\"set\",\"key\":\"x\",\"value\":1}\n{\"type\":\"ok\",\"process\":1,\"value\":2}",
        "line 2: expected the value that was asked for, \"1\", or none; found 2",
    ),
    (
        "{\"type\":\"invoke\",\"process\":1,\"f\":\"incr\",\"key\":\"x\",\"seq\":1}\n{\"type\":\"ok\",\"process\":1,\"value\":1}\n{\"type\":\"invoke\",\"process\":1,\"f\":\"incr\",\"key\":\"x\",\"seq\":1}",
        "line 3: expected another seq than 1: line 1 asked that, and it is answered",
    ),
];

#[test]
fn a_mistake_is_told_with_its_line_and_what_was_expected() {
    for (text, wanted) in WRONG {
        let told = judge_history(text).expect_err(text);
        assert!(told.contains(wanted), "{text}\n  told:   {told}\n  wanted: {wanted}");
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let long =
        format!("{{\"type\":\"invoke\",\"process\":1,\"f\":\"get\",\"key\":\"{}\"}}", "x".repeat(20_000));
    let many = "\n".repeat(200_001);
    let deep = format!("{{\"type\":\"invoke\",\"process\":1,\"value\":{}", "[".repeat(9_000));
    for (text, wanted) in [(long, "bytes in a line"), (many, "at most 200000 lines"), (deep, "line 1: ")] {
        let told = judge_history(&text).expect_err("it is too much");
        assert!(told.contains(wanted), "{told}");
    }
}

#[test]
fn the_documents_examples_are_what_it_says_they_are() {
    let document = std::fs::read_to_string(root().join("docs/history.md")).expect("it is there");
    let mut blocks = document.split("```");
    let mut count = 0;
    while let (Some(before), Some(block)) = (blocks.next(), blocks.next()) {
        let Some(history) = block.strip_prefix("jsonl\n") else { continue };
        let says_not = before.trim_end().ends_with("not linearizable:");
        let wanted = if says_not { Judgement::NotLinearizable } else { Judgement::Linearizable };
        assert_eq!(judged(history).0, wanted, "{history}");
        count += 1;
    }
    assert!(count >= 2, "it has examples");
}

/// Small numbers without end, the same in every run (xorshift, Marsaglia 2003).
fn dice() -> impl FnMut(usize) -> usize {
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    move |bound| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        usize::try_from(dice >> 1).expect("a machine of 64 bits") % bound
    }
}

/// Lines change places, stand twice, end early, or hold a character or numbers that they should not.
fn mangle(lines: &mut [Vec<u8>], below: &mut impl FnMut(usize) -> usize) {
    let (one, other) = (below(lines.len()), below(lines.len()));
    let at = below(lines[one].len().max(1));
    match below(5) {
        0 => lines.swap(one, other),
        1 => lines[one] = lines[other].clone(),
        2 => lines[one].truncate(at),
        3 => {
            if let Some(byte) = lines[one].get_mut(at) {
                *byte = b"{}[]\",:019ntf"[at % 13];
            }
        }
        _ => {
            let digits = lines[one].iter_mut().filter(|byte| byte.is_ascii_digit());
            digits.for_each(|byte| *byte = b'3');
        }
    }
}

#[test]
fn whatever_is_done_to_a_history_it_is_judged_or_refused() {
    let texts: Vec<String> = fixtures().into_values().filter(|text| !text.is_empty()).collect();
    let mut below = dice();
    let mut judged = 0;
    for _ in 0..4_000 {
        let text = &texts[below(texts.len())];
        let mut lines: Vec<Vec<u8>> = text.lines().map(|line| line.as_bytes().to_vec()).collect();
        for _ in 0..1 + below(3) {
            mangle(&mut lines, &mut below);
        }
        let text = lines.join(&b'\n');
        match judge_history(&String::from_utf8_lossy(&text)) {
            Ok(_) => judged += 1,
            Err(told) => assert!(told.starts_with("line "), "{told}"),
        }
    }
    assert!((100..3_900).contains(&judged), "both are common: {judged}");
}
