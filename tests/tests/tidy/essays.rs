//! Every crate begins with an essay: what it is, what idea holds it together, what it leaves out.

use crate::sources::{none, paths, pattern, read};

const LINES: usize = 15;

/// Skins and build steps have less to say.
const SHORT: [&str; 3] = ["wasm", "cli", "xtask"];
const SHORT_LINES: usize = 5;

/// Crates that put a paper into code, and must say what of the paper they left out.
const PROTOCOLS: [&str; 3] = ["raft", "paxos", "zab"];

fn crate_names() -> Vec<String> {
    let manifests =
        paths().into_iter().filter(|path| path.starts_with("crates/") && path.ends_with("/Cargo.toml"));
    manifests.filter_map(|path| path.split('/').nth(1).map(str::to_owned)).collect()
}

/// The path of a crate's root file, and the `//!` lines that it begins with.
fn essay(name: &str) -> (String, Vec<String>) {
    let places = ["lib.rs", "main.rs"].map(|file| format!("crates/{name}/src/{file}"));
    let found = places.into_iter().find_map(|path| read(&path).map(|text| (path, text)));
    let (path, text) = found.unwrap_or_else(|| panic!("crates/{name} has neither lib.rs nor main.rs"));
    let lines = text.lines().take_while(|line| line.starts_with("//!")).map(str::to_owned).collect();
    (path, lines)
}

#[test]
fn every_crate_begins_with_an_essay() {
    let mut findings = Vec::new();
    for name in crate_names() {
        let wanted = if SHORT.contains(&name.as_str()) { SHORT_LINES } else { LINES };
        let (path, lines) = essay(&name);
        if lines.len() < wanted {
            findings.push(format!("{path}:1: {} lines of `//!`, at least {wanted} are wanted", lines.len()));
        }
    }
    none(
        &findings,
        "tell a newcomer what the crate is for, the idea that holds it together, and where to start reading",
    );
}

#[test]
fn every_protocol_says_what_it_left_out() {
    let heading = pattern(r"^//!\s*#+ .*[Ll]eft out");
    let silent = |name: &&str| !essay(name).1.iter().any(|line| heading.is_match(line));
    let findings: Vec<String> =
        PROTOCOLS.into_iter().filter(silent).map(|name| format!("{}:1", essay(name).0)).collect();
    none(
        &findings,
        "add a heading `# Left out` to the essay, and under it what the paper has and this crate has not",
    );
}
