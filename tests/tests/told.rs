//! What the engine tells of every moment, word for word: each run below has its captions on record in `tests/told`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p tests --test told` writes them anew: read the difference before it is committed, as a
//! reader would who has never seen the protocol, and as one who knows it.

use playground::{MomentView, Run, Time};
use std::fmt::Write;
use tests::{Case, cases, difference, root};

const RECORD: &str = "tests/told";

/// Every moment up to the end of the script.
fn moments(run: &mut dyn Run) -> Vec<MomentView> {
    let end = run.ahead_to_script_end();
    let mut moments: Vec<MomentView> = Vec::new();
    while let from = moments.last().map_or(0, |moment| moment.position)
        && from < end
    {
        let more = run.moments(from, end);
        if more.is_empty() {
            break;
        }
        moments.extend(more);
    }
    moments
}

/// What captions with values in braces said by the end of the script.
fn looked_up(run: &mut dyn Run) -> Vec<(usize, String)> {
    let end = run.ahead_to_script_end();
    run.seek(end);
    run.run(Time(run.at().0 + 1));
    while run.frame().pause.is_some() {
        run.proceed();
    }
    run.frame().said.into_iter().map(|said| (said.line, said.text)).collect()
}

/// The lessons, what the page opens with, and runs that show each sentence there is.
fn on_record() -> Vec<Case> {
    ["www/lessons", "www/starts", "tests/deeds"].into_iter().flat_map(cases).collect()
}

#[test]
fn every_caption_is_the_one_on_record() {
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut findings = Vec::new();
    for case in on_record() {
        let mut told = String::new();
        for moment in moments(case.open().run.as_mut()) {
            // Writing into a String cannot fail.
            let _ = writeln!(told, "{:>4} {}", moment.position, moment.text);
        }
        for (line, text) in looked_up(case.open().run.as_mut()) {
            let _ = writeln!(told, "line {line} {text}");
        }
        let file = root().join(RECORD).join(format!("{}.txt", case.name));
        let wanted = std::fs::read_to_string(&file).unwrap_or_default();
        let Some(difference) = difference(&wanted, &told) else { continue };
        if rewrite {
            std::fs::write(&file, told).unwrap_or_else(|error| panic!("{file:?}: {error}"));
        } else {
            findings.push(format!("{}, {difference}", case.name));
        }
    }
    let advice = "if what is told is right, write it down: UPDATE_GOLDEN=1 cargo test -p tests --test told";
    assert!(findings.is_empty(), "\n{}\n{advice}", findings.join("\n"));
}

#[test]
fn every_record_belongs_to_a_run() {
    let names: Vec<String> = on_record().into_iter().map(|case| format!("{}.txt", case.name)).collect();
    let folder = std::fs::read_dir(root().join(RECORD)).expect("the folder is there");
    let files = folder.filter_map(|file| Some(file.ok()?.file_name().to_string_lossy().into_owned()));
    let lonely: Vec<String> = files.filter(|file| !names.contains(file)).collect();
    assert!(lonely.is_empty(), "no run is told in {lonely:?}");
}

/// What is wrong with a caption, if anything is.
fn flaw(text: &str) -> Option<&'static str> {
    let sentences: Vec<&str> = text.split_inclusive(['.', '!', '?']).map(str::trim).collect();
    let doubled = sentences.iter().enumerate().any(|(place, one)| sentences[..place].contains(one));
    let begins_well = text.starts_with(|sign: char| {
        sign.is_ascii_uppercase() || sign == 'n' || sign == 'c' || sign.is_ascii_digit()
    });
    match text {
        "" => Some("it is empty"),
        _ if !text.ends_with(['.', '!', '?']) => Some("it does not end"),
        _ if text.contains("  ") || text.contains(" .") || text.contains("..") => Some("it has a hole"),
        _ if text.contains("->") || text.contains('“') => Some("it is a command, and no sentence"),
        _ if doubled => Some("it says something twice"),
        _ if !begins_well => Some("it begins in the middle"),
        _ => None,
    }
}

#[test]
fn everything_is_told_in_whole_sentences() {
    let mut findings = Vec::new();
    let folders = ["www/lessons", "www/starts", "tests/deeds", "tests/golden", "tests/killers"];
    for case in folders.into_iter().flat_map(cases) {
        for moment in moments(case.open().run.as_mut()) {
            let found = flaw(&moment.text);
            findings.extend(
                found.map(|flaw| format!("{}, {}: {flaw}: {}", case.name, moment.position, moment.text)),
            );
        }
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}
