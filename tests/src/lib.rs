//! What the tests that cross crates share: where scenarios lie, how a run is put on record, how two records compare.

pub mod readers;
#[cfg(feature = "stories")]
pub mod stories;

use playground::{Opened, Run, open_text};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A scenario of the repository.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of its file, without the ending.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What stands in it.
    pub text: String,
}

impl Case {
    /// The run of this scenario.
    ///
    /// # Panics
    /// If the scenario cannot be read.
    pub fn open(&self) -> Opened {
        open_text(&self.text).unwrap_or_else(|trouble| panic!("{}: {trouble}", self.name))
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every scenario in a folder, in the order of their names.
///
/// # Panics
/// If the folder cannot be read or holds none.
pub fn cases(folder: &str) -> Vec<Case> {
    let files = std::fs::read_dir(root().join(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut cases: Vec<Case> = files
        .filter_map(|file| Some(file.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "scenario"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            Case { name, path, text }
        })
        .collect();
    assert!(!cases.is_empty(), "{folder} holds no scenario");
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// A run on record: its trace lines to the end of its script, and how it ended.
pub fn record(run: &mut dyn Run) -> String {
    let end = run.ahead_to_script_end();
    let mut text = String::new();
    for line in run.lines(0, end) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push('\n');
    text + &outcome(run, end)
}

fn outcome(run: &mut dyn Run, end: u32) -> String {
    run.seek(end);
    let frame = run.frame();
    let mut text = String::new();
    // Writing into a String cannot fail.
    for node in &frame.nodes {
        let log: Vec<String> = node.cells.iter().map(|cell| format!("{} {}", cell.mark, cell.text)).collect();
        let (name, role, term) = (&node.name, if node.up { node.role } else { "down" }, node.term);
        let (commit, log, state) = (node.commit, log.join(", "), &node.state);
        let _ = writeln!(text, "{name} {role} {term}, commit {commit}, log [{log}], state {{{state}}}");
    }
    for client in &frame.clients {
        for op in &client.ops {
            let reply = if op.reply.is_empty() { String::new() } else { format!(": {}", op.reply) };
            let _ = writeln!(text, "{} {} {}{reply}", client.name, op.text, op.outcome);
        }
    }
    for (promise, at, words) in run.violations() {
        let _ = writeln!(text, "broken {promise} at {at}: {words}");
    }
    for (line, at, found) in run.failures() {
        let _ = writeln!(text, "failed step {} at {at}: {found}", line + 1);
    }
    let _ = writeln!(text, "fingerprint {:016x}", run.fingerprint(end));
    text
}

/// A whole run in one line: its fingerprint, how many events its script takes, and a sum over its trace.
///
/// The fingerprint tells runs apart by what happened, the sum by how it is told. The sum (FNV-1a, 32 bits) is one that
/// JavaScript computes as well.
pub fn summary(run: &mut dyn Run) -> String {
    let end = run.ahead_to_script_end();
    let bytes =
        run.lines(0, end).into_iter().flat_map(|line| (line.trim_end().to_owned() + "\n").into_bytes());
    let sum = bytes.fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{:016x} {end:>5} {sum:08x}", run.fingerprint(end))
}

/// Compares what was found with a file of the repository; with `UPDATE_GOLDEN` set, writes it there first.
///
/// # Panics
/// If they differ.
pub fn hold_to_record(file: &str, found: &str, test: &str) {
    let path = root().join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    let wanted = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = difference(&wanted, found).unwrap_or_default();
    let advice =
        format!("if what is new is right, write it down: UPDATE_GOLDEN=1 cargo test -p tests --test {test}");
    assert!(difference.is_empty(), "{file}, {difference}{advice}");
}

/// What went otherwise than the scenario says: failed expectations, promises that broke and were not expected to, and
/// promises that were expected to break and did not.
pub fn surprises(run: &mut dyn Run) -> Vec<String> {
    run.ahead_to_script_end();
    let expected = run.expects_violations();
    let failures =
        run.failures().into_iter().map(|(line, at, found)| format!("step {} at {at}: {found}", line + 1));
    let broken = run.violations().into_iter();
    let unexpected = broken
        .filter(|_| expected.is_empty())
        .map(|(promise, at, words)| format!("{promise} broke at {at}: {words}"));
    failures.chain(unexpected).collect()
}

/// How two texts differ: the first line that does, with those around it. Nothing if they are equal.
pub fn difference(wanted: &str, found: &str) -> Option<String> {
    const AROUND: usize = 3;
    if wanted == found {
        return None;
    }
    let (wanted, found): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), found.lines().collect());
    let same = wanted.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let mut text = format!("from line {} on:\n", same + 1);
    for line in &wanted[same.saturating_sub(AROUND)..same] {
        let _ = writeln!(text, "    {line}");
    }
    let after = |lines: &[&str], sign: char, text: &mut String| {
        for line in lines.iter().skip(same).take(AROUND + 1) {
            let _ = writeln!(text, "  {sign} {line}");
        }
    };
    after(&wanted, '-', &mut text);
    after(&found, '+', &mut text);
    Some(text)
}
