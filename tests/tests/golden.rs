//! Golden runs: each scenario in `tests/golden` is a claim, named by its file, with the trace that it leaves.
//!
//! Expectations in a scenario say why the claim is true; the trace beside it says how, event by event, and a change of
//! the engine that changes any of it shows here. `UPDATE_GOLDEN=1 cargo test -p tests --test golden` writes the traces
//! anew: read the difference before it is committed.

use playground::{dialect, open_link};
use scenario::{Line, Scenario, parse};
use sim::{Action, Disk};
use std::collections::BTreeSet;
use tests::{Case, cases, difference, hold_to_record, record, summary, surprises};

const FOLDER: &str = "tests/golden";

fn scenarios() -> Vec<(Case, Scenario)> {
    let read = |case: Case| {
        let scenario = parse(&case.text, &dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        (case, scenario)
    };
    cases(FOLDER).into_iter().map(read).collect()
}

#[test]
fn every_claim_comes_true() {
    let mut findings = Vec::new();
    for case in cases(FOLDER) {
        let surprises = surprises(case.open().run.as_mut());
        findings.extend(surprises.into_iter().map(|surprise| format!("{}: {surprise}", case.name)));
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

#[test]
fn every_run_leaves_the_trace_that_is_on_record() {
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut findings = Vec::new();
    for case in cases(FOLDER) {
        let file = case.path.with_extension("trace");
        let found = record(case.open().run.as_mut());
        let wanted = std::fs::read_to_string(&file).unwrap_or_default();
        let Some(difference) = difference(&wanted, &found) else { continue };
        if rewrite {
            std::fs::write(&file, found).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        } else {
            findings.push(format!("{}, {difference}", case.name));
        }
    }
    let advice =
        "if the new trace is right, write it down: UPDATE_GOLDEN=1 cargo test -p tests --test golden";
    assert!(findings.is_empty(), "\n{}\n{advice}", findings.join("\n"));
}

/// Lessons and killers need no trace of every event on record: a sum over it says that nothing has changed.
#[test]
fn every_other_scenario_has_the_fingerprint_that_is_on_record() {
    let mut found = String::new();
    for folder in ["tests/killers", "www/lessons", "www/starts"] {
        for case in cases(folder) {
            let summary = summary(case.open().run.as_mut());
            found += &format!("{summary} {folder}/{}.scenario\n", case.name);
        }
    }
    hold_to_record("tests/fixtures/fingerprints.txt", &found, "golden");
}

#[test]
fn every_trace_belongs_to_a_scenario() {
    let folder = std::fs::read_dir(tests::root().join(FOLDER)).expect("the folder is there");
    let paths: Vec<_> = folder.filter_map(|file| Some(file.ok()?.path())).collect();
    let lonely = |path: &&std::path::PathBuf| {
        let is_trace = path.extension().is_some_and(|ending| ending == "trace");
        is_trace && !path.with_extension("scenario").exists()
    };
    let lonely: Vec<_> = paths.iter().filter(lonely).collect();
    assert!(lonely.is_empty(), "remove {lonely:?}, or bring its scenario back");
}

#[test]
fn a_link_plays_the_same_run() {
    for case in cases(FOLDER) {
        let mut here = case.open();
        let link = here.run.link(false).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
        let mut there = open_link(&link).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
        assert_eq!(there.differs, None, "{}", case.name);
        assert_eq!(there.run.text(), here.run.text(), "{}", case.name);
        let difference = difference(&record(here.run.as_mut()), &record(there.run.as_mut()));
        assert!(difference.is_none(), "{}, {}", case.name, difference.unwrap_or_default());
    }
}

/// The word that an action's line begins with, and the second one where the first says too little.
fn kind(action: &Action) -> &'static str {
    match action {
        Action::Submit { .. } => "submit",
        Action::Crash(_) => "crash",
        Action::Restart(_) => "restart",
        Action::Pause(_) => "pause",
        Action::Resume(_) => "resume",
        Action::Sync(_) => "sync",
        Action::Wipe(_) => "wipe",
        Action::Clock { .. } => "clock",
        Action::Cut { .. } => "cut",
        Action::Mend { .. } => "mend",
        Action::Partition(_) => "partition",
        Action::Heal => "heal",
        Action::Network { .. } => "network",
        Action::Fire { .. } => "fire",
        Action::HoldMessages(_) => "hold messages",
        Action::ReleaseMessages(_) => "release messages",
        Action::HoldTimers(_) => "hold timers",
        Action::ReleaseTimers(_) => "release timers",
        Action::Deliver(_) => "deliver",
        Action::Drop(_) => "drop",
        Action::Duplicate(_) => "duplicate",
        Action::Delay(..) => "delay",
    }
}

const KINDS: [&str; 22] = [
    "submit",
    "crash",
    "restart",
    "pause",
    "resume",
    "sync",
    "wipe",
    "clock",
    "cut",
    "mend",
    "partition",
    "heal",
    "network",
    "fire",
    "hold messages",
    "release messages",
    "hold timers",
    "release timers",
    "deliver",
    "drop",
    "duplicate",
    "delay",
];

#[test]
fn the_golden_runs_do_everything_that_can_be_done() {
    let mut done = BTreeSet::new();
    for (_, scenario) in scenarios() {
        done.extend(scenario.lines.iter().filter_map(|line| match line {
            Line::Act { action, tolerant: false } => Some(kind(action)),
            _ => None,
        }));
    }
    let missing: Vec<_> = KINDS.into_iter().filter(|kind| !done.contains(kind)).collect();
    assert!(missing.is_empty(), "no golden run does: {missing:?}");
}

#[test]
fn the_golden_runs_use_every_disk_and_every_fault_of_the_network() {
    let mut used = BTreeSet::new();
    for (_, scenario) in scenarios() {
        let config = &scenario.config;
        used.insert(match config.disk {
            Disk::Sync => "disk sync",
            Disk::Takes { .. } => "disk range",
            Disk::Explicit => "disk explicit",
        });
        let link = config.network;
        let faults = [
            (link.loss > 0, "loss"),
            (link.duplicate > 0, "duplicate"),
            (link.reorder > 0, "reorder"),
            (link.jitter.0 > 0, "jitter"),
            (!config.links.is_empty(), "link"),
        ];
        used.extend(faults.into_iter().filter_map(|(there, name)| there.then_some(name)));
    }
    let wanted =
        ["disk sync", "disk range", "disk explicit", "loss", "duplicate", "reorder", "jitter", "link"];
    let missing: Vec<_> = wanted.into_iter().filter(|name| !used.contains(name)).collect();
    assert!(missing.is_empty(), "no golden run has: {missing:?}");
}

#[test]
fn the_golden_runs_use_every_option_of_every_protocol() {
    let scenarios = scenarios();
    let mut missing = Vec::new();
    for dialect in playground::dialects() {
        for (place, option) in dialect.options.iter().enumerate() {
            let of_it = scenarios.iter().filter(|(_, scenario)| scenario.protocol == dialect.key);
            let values: BTreeSet<i64> = of_it.map(|(_, scenario)| scenario.config.options[place]).collect();
            let wanted = match &option.kind {
                protocol::OptionKind::Choice(names) => names.len(),
                _ => 2,
            };
            if values.len() < wanted {
                missing.push(format!("{} {}: {values:?}", dialect.key, option.key));
            }
        }
    }
    assert!(missing.is_empty(), "no golden run tries the other values of: {missing:#?}");
}
