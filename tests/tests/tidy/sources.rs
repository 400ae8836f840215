//! The files under rule, and how a broken rule is reported.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

/// One text file of the repository.
pub(crate) struct Source {
    /// Relative to the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The crates that make up the engine: what they compute must be the same on every machine.
pub(crate) const ENGINE: [&str; 9] =
    ["protocol", "raft", "paxos", "zab", "sim", "check", "explore", "scenario", "playground"];

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file that git tracks or would track, without what it ignores.
pub(crate) fn paths() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files: the house rules need a git checkout");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let text = String::from_utf8(listed.stdout).expect("file names are UTF-8");
    let mut paths: Vec<String> =
        text.lines().filter(|path| root().join(path).is_file()).map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    paths
}

/// The text files whose path the filter accepts. A file that is not UTF-8 is no text.
pub(crate) fn sources(accepts: impl Fn(&str) -> bool) -> Vec<Source> {
    let chosen = paths().into_iter().filter(|path| accepts(path));
    chosen.filter_map(|path| Some(Source { text: read(&path)?, path })).collect()
}

/// A file's text, unless it is no text.
pub(crate) fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(root().join(path)).ok()
}

/// The path is in `folder` and ends in one of `extensions`.
pub(crate) fn is_in(path: &str, folder: &str, extensions: &[&str]) -> bool {
    path.starts_with(folder) && extensions.iter().any(|extension| path.ends_with(extension))
}

/// A source file of the page itself: not a lesson, not a test, nothing built.
pub(crate) fn is_page(path: &str) -> bool {
    let built_or_content =
        ["www/lessons/", "www/engine/", "www/dist/"].iter().any(|folder| path.starts_with(folder));
    is_in(path, "www/", &[".js", ".html", ".css"]) && !built_or_content && !path.ends_with(".test.js")
}

/// A Rust source of the crate that ships: under its `src/`, and not a file of tests.
pub(crate) fn is_source_of(path: &str, name: &str) -> bool {
    let tests = path.ends_with("/tests.rs") || path.ends_with("_tests.rs") || path.contains("/tests/");
    is_in(path, &format!("crates/{name}/src/"), &[".rs"]) && !tests
}

impl Source {
    /// The numbered lines up to the unit tests, which rustfmt and habit keep at a file's end.
    pub(crate) fn shipped_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_tests = |line: &str| line.trim_start().starts_with("#[cfg(test)]");
        self.lines().take_while(move |(_, line)| !is_tests(line))
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(n, line)| (n + 1, line))
    }

    /// Names a place in this file.
    pub(crate) fn at(&self, line: usize, what: impl std::fmt::Display) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// A line that is only a comment, in Rust or JavaScript.
pub(crate) fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("/*") || line.starts_with("* ") || line == "*/" || line == "*"
}

/// A pattern known to be good.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Fails with every finding and what to do about them, or passes when there is none.
#[track_caller]
pub(crate) fn none(findings: &[String], advice: &str) {
    let mut report = String::new();
    for finding in findings {
        let _ = write!(report, "\n  {finding}");
    }
    assert!(findings.is_empty(), "{} found:{report}\n→ {advice}", findings.len());
}
