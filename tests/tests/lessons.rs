//! Lessons are held to their captions: every one verifies, is named by its claim, and stays as it was written.

use playground::{Time, dialect, open_link};
use scenario::{Line, limits, link, parse, print};
use tests::{cases, record, surprises};

const FOLDER: &str = "www/lessons";

/// In microseconds.
const SECOND: u64 = 1_000_000;

#[test]
fn every_lesson_comes_true() {
    let mut findings = Vec::new();
    for case in cases(FOLDER) {
        let surprises = surprises(case.open().run.as_mut());
        findings.extend(surprises.into_iter().map(|surprise| format!("{}: {surprise}", case.name)));
    }
    assert!(findings.is_empty(), "\n{}", findings.join("\n"));
}

/// A title as the name of a file: small letters and digits, with dashes between the words.
fn file_name(title: &str) -> String {
    let plain = |sign: char| sign.is_ascii_alphanumeric();
    let words = title.split(|sign| !plain(sign)).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[test]
fn every_lesson_is_named_by_its_claim() {
    for case in cases(FOLDER) {
        let scenario = parse(&case.text, &dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        assert!(!scenario.title.is_empty(), "{} has no title", case.name);
        assert_eq!(file_name(&scenario.title), case.name, "the file is named otherwise than its title");
    }
}

#[test]
fn every_lesson_can_be_read_aloud() {
    for case in cases(FOLDER) {
        let scenario = parse(&case.text, &dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let captions = scenario.lines.iter().filter_map(|line| match line {
            Line::Caption(text) => Some(text),
            _ => None,
        });
        let captions: Vec<&String> = captions.collect();
        assert!(!captions.is_empty(), "{} tells nothing", case.name);
        for caption in captions {
            assert!(caption.chars().count() <= limits::CAPTION, "{}: too long: {caption}", case.name);
            assert!(caption.ends_with(['.', '?', '!', ':']), "{}: no end: {caption}", case.name);
        }
    }
}

#[test]
fn every_lesson_is_the_same_after_printing() {
    for case in cases(FOLDER) {
        let scenario = parse(&case.text, &dialect).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let words = dialect(&scenario.protocol).expect("the parser knows it");
        let printed = print(&scenario, words);
        assert_eq!(parse(&printed, &dialect).as_ref(), Ok(&scenario), "{}", case.name);
        assert_eq!(case.open().run.text(), printed, "{}", case.name);
    }
}

#[test]
fn every_lesson_fits_a_link_that_plays_the_same() {
    for case in cases(FOLDER) {
        let mut here = case.open();
        let code = here.run.link(false).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
        let (words, _) = code.rsplit_once('.').unwrap_or_else(|| panic!("{}: no words in {code}", case.name));
        assert_eq!(words, link::slug(&here.run.scenario().title), "{}", case.name);
        let mut there = open_link(&code).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
        assert_eq!(there.differs, None, "{}", case.name);
        assert_eq!(there.run.text(), here.run.text(), "{}", case.name);
        assert_eq!(record(there.run.as_mut()), record(here.run.as_mut()), "{}", case.name);
    }
}

#[test]
fn no_lesson_lets_a_reader_wait_for_what_is_past() {
    for case in cases(FOLDER) {
        let mut run = case.open().run;
        let end = run.ahead_to_script_end();
        let mut stops = 0;
        while !run.frame().script_done {
            run.run(Time(run.at().0 + SECOND));
            if run.frame().pause.is_some() {
                run.proceed();
                stops += 1;
            }
            assert!(stops <= 1_000, "{}: the story does not end", case.name);
        }
        assert!(run.position() >= end, "{}: the reader gets to {} of {end}", case.name, run.position());
    }
}
