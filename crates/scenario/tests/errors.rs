//! What is wrong with a text is said so that its writer can act on it.

mod common;

use common::dialects;
use scenario::parse;

const TABLE: &str = include_str!("errors.txt");
const HEADER: &str = "consensus 1\nprotocol raft\nservers 5\n";

/// Each block is a text and, behind `=> `, its message. With `UPDATE_ERRORS` set to a path, what is said now is
/// written there instead.
#[test]
fn every_bad_text_is_told_exactly_this() {
    let mut now = String::new();
    let mut differing = Vec::new();
    for (i, block) in TABLE.split("\n\n").enumerate() {
        let Some((text, expected)) = block.split_once("\n=> ") else {
            assert!(i == 0, "a block without a message: {block}");
            now.push_str(block);
            continue;
        };
        let whole = if text.starts_with("consensus") { text.to_owned() } else { format!("{HEADER}{text}") };
        let said = parse(&whole, &dialects).map_or_else(|error| error.to_string(), |_| "no error".to_owned());
        now.push_str(&format!("\n\n{text}\n=> {said}"));
        if said != expected.trim_end() {
            differing.push(format!("{text}\n   said: {said}\n  table: {expected}"));
        }
    }
    if let Ok(path) = std::env::var("UPDATE_ERRORS") {
        std::fs::write(path, now + "\n").expect("the path can be written");
        return;
    }
    assert!(differing.is_empty(), "{}", differing.join("\n\n"));
}
