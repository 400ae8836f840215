//! The same scenario gives the same trace on every machine: nothing in the engine may depend on a clock, on a hash
//! map's order or on how a processor rounds.

use crate::sources::{ENGINE, Source, is_comment, is_source_of, none, pattern, sources};

/// What lets a float stand: a comment that says why, on the line or on the one before.
const ALLOWED: &str = "// tidy: float ";

fn findings(words: &str, allows_floats: bool) -> Vec<String> {
    let word = pattern(words);
    let in_file = |source: &Source| {
        let mut before = "";
        let mut found = Vec::new();
        for (n, line) in source.shipped_lines() {
            let excused = allows_floats && (line.contains(ALLOWED) || before.contains(ALLOWED));
            if let Some(hit) = word.find(line).filter(|_| !is_comment(line) && !excused) {
                found.push(source.at(n, format!("`{}`", hit.as_str())));
            }
            before = line;
        }
        found
    };
    let engine = |path: &str| ENGINE.iter().any(|name| is_source_of(path, name));
    sources(engine).iter().flat_map(in_file).collect()
}

#[test]
fn the_engine_has_no_hash_order() {
    let found = findings(r"\b(HashMap|HashSet|RandomState)\b", false);
    none(&found, "use BTreeMap, BTreeSet or a sorted Vec: every run must walk them in the same order");
}

#[test]
fn the_engine_has_no_clock_and_no_dice_but_its_own() {
    let found = findings(r"\bInstant::now\b|\bSystemTime\b|\bthread_rng\b|\bOsRng\b|\bgetrandom\b", false);
    none(&found, "take simulated time from the caller, and randomness from a stream keyed by the seed");
}

#[test]
fn the_engine_has_no_floats() {
    let found = findings(r"\b(f32|f64)\b|\d_?f(32|64)\b", true);
    none(
        &found,
        "count in whole units (microseconds, millionths), or end the line with `// tidy: float ` and the reason",
    );
}
