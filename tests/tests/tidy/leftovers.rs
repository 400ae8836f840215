//! What is left lying about while one works, and should not stay.

use crate::sources::{Source, is_in, none, pattern, sources};

const TEXT: [&str; 12] =
    [".rs", ".js", ".mjs", ".html", ".css", ".md", ".toml", ".json", ".svg", ".txt", ".scenario", "run"];

/// Everything but lock files, which others write, and these rules, which must name what they forbid.
fn is_text(path: &str) -> bool {
    is_in(path, "", &TEXT) && path != "package-lock.json" && !path.starts_with("tests/tests/tidy/")
}

fn hits(accepts: impl Fn(&str) -> bool, words: &str) -> Vec<String> {
    let word = pattern(words);
    let in_file = |source: &Source| -> Vec<String> {
        let found = source.lines().filter_map(|(n, line)| Some((n, word.find(line)?.as_str().trim())));
        found.map(|(n, hit)| source.at(n, format!("`{hit}`"))).collect()
    };
    sources(accepts).iter().flat_map(in_file).collect()
}

#[test]
fn nothing_is_left_for_later_in_the_sources() {
    none(&hits(is_text, r"\b(TODO|FIXME|XXX|HACK)\b"), "do it, or open an issue and leave the sources clean");
}

#[test]
fn no_debugging_aid_is_left_behind() {
    let found = hits(is_text, r"\bdbg!|\bdebugger;|\btodo!\(|\bunimplemented!\(|\.only\(");
    none(&found, "take it out before committing");
}

#[test]
fn no_test_is_ignored_but_the_campaigns() {
    let outside = |path: &str| is_in(path, "", &[".rs"]) && is_text(path) && !path.contains("campaign");
    none(
        &hits(outside, r"#\[ignore"),
        "mend the test or remove it; one that runs for long belongs in tests/tests/campaigns.rs",
    );
}

#[test]
fn no_test_is_skipped_in_javascript() {
    let scripts = |path: &str| is_in(path, "", &[".test.js", ".spec.js"]);
    none(&hits(scripts, r"\b(test|it|describe)\.(skip|fixme|todo)\("), "mend the test or remove it");
}

#[test]
fn no_path_of_one_machine_is_written_down() {
    let found = hits(is_text, r#"(^|[\s"'(=`:])/(work|root|home|Users)\b/?"#);
    none(&found, "name files from the repository's root");
}
