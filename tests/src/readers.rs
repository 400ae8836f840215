//! What must hold whatever the readers of text and links are given: the properties that are fuzzed.
//!
//! `tests/tests/readers.rs` tries them every day on the corpus and on what seeded mutation makes of it; the targets in
//! `tests/fuzz` let libFuzzer search, led by which code its inputs reach.

use playground::{dialect, open};
use protocol::Digest;
use scenario::link::{self, Fragment};
use scenario::{Scenario, TextError, limits, parse, print};

/// How far a run is played: what is looked for is a reader's or a player's panic, not a long run.
const EVENTS: u32 = 60;

/// The text reader, given anything.
///
/// # Panics
/// If it breaks a promise.
pub fn try_text(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match parse(text, &dialect) {
        Ok(scenario) => try_scenario(&scenario),
        Err(error) => try_error(text, &error),
    }
}

/// The link reader, given anything; and given the same as the inside of a link whose check fits, which chance would
/// hardly ever find.
///
/// # Panics
/// If it breaks a promise.
pub fn try_link(bytes: &[u8]) {
    if let Ok(fragment) = std::str::from_utf8(bytes) {
        try_fragment(fragment);
    }
    try_fragment(&sealed(bytes));
}

/// A link around these bytes: each is one sign of its data.
fn sealed(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let as_sign = |byte: &u8| if SIGNS.contains(byte) { *byte } else { SIGNS[usize::from(byte % 64)] };
    let body: String = bytes.iter().map(|byte| char::from(as_sign(byte))).collect();
    with_check(&format!("11{body}00000"))
}

/// The three digits at the end of a link that tell whether it was cut off or edited.
pub fn with_check(body: &str) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digest = Digest::default();
    digest.text(body);
    let sum = digest.finish() % 62_u64.pow(3);
    let digit = |place: u64| char::from(DIGITS[usize::try_from(place % 62).unwrap_or(0)]);
    format!("{body}{}{}{}", digit(sum / 62 / 62), digit(sum / 62), digit(sum))
}

fn try_fragment(fragment: &str) {
    match link::from_fragment(fragment, &dialect) {
        Ok(Fragment::Link(decoded)) => try_scenario(&decoded.scenario),
        Ok(Fragment::Text(scenario)) => try_scenario(&scenario),
        Err(error) => try_message(&error.to_string()),
    }
}

/// What was accepted comes back from both of its forms, and can be played.
fn try_scenario(scenario: &Scenario) {
    let words = dialect(&scenario.protocol).expect("the reader knows it");
    let printed = print(scenario, words);
    assert!(printed.len() <= limits::UNPACKED, "{} bytes", printed.len());
    if printed.len() <= limits::TEXT {
        assert_eq!(parse(&printed, &dialect).as_ref(), Ok(scenario), "{printed}");
    }
    if let Ok(link) = link::encode(scenario, words, 7) {
        let back = link::decode(&link, &dialect).map(|decoded| decoded.scenario);
        assert_eq!(back.as_ref(), Ok(scenario), "{link} of {printed}");
    }
    play(scenario.clone());
}

/// Plays the first events. Where a reader would enter is left out: that may be far.
fn play(mut scenario: Scenario) {
    scenario.open_at = None;
    let mut run = open(scenario).unwrap_or_else(|trouble| panic!("{trouble}")).run;
    for _ in 0..EVENTS {
        if !run.step() {
            break;
        }
    }
    let before = run.position();
    assert!(!run.text().is_empty() && run.frame().position == before);
}

/// An error points into the text, or to the line that is missing behind it.
fn try_error(text: &str, error: &TextError) {
    let (line, column) = (error.line as usize, error.column as usize);
    let lines: Vec<&str> = text.split('\n').chain([""]).collect();
    assert!((1..=lines.len()).contains(&line), "line {line} of {}: {error}", lines.len());
    let signs = lines[line - 1].chars().count();
    assert!((1..=signs + 1).contains(&column), "column {column} of {signs}: {error}");
    try_message(&error.to_string());
}

/// A message says something, is short enough to be read, and hides nothing.
fn try_message(message: &str) {
    assert!(!message.is_empty() && message.chars().count() < 500, "{message}");
    let marks = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}'];
    let hides = |sign: char| {
        sign.is_control()
            || marks.contains(&sign)
            || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!message.chars().any(hides), "{message:?}");
}
