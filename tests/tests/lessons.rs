//! Lessons are held to their captions: every one verifies, is named by its claim, and stays as it was written.

use playground::{Time, dialect, open_link, open_text};
use scenario::{Line, Scenario, limits, link, parse, print};
use tests::{Case, cases, record, surprises};

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

/// Every answer of a lesson that can be run as told: its words and the text of that run.
fn told(case: &Case) -> Vec<(String, String)> {
    let run = case.open().run;
    let mut told = Vec::new();
    for (line, what) in run.scenario().lines.iter().enumerate() {
        let Line::Ask { answers, .. } = what else { continue };
        for (place, answer) in answers.iter().enumerate().filter(|(_, answer)| !answer.without.is_empty()) {
            let text = run.as_told(line, place).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
            told.push((answer.words.clone(), text));
        }
    }
    told
}

#[test]
fn what_is_run_as_told_comes_true_and_breaks_a_promise() {
    let mut all = 0;
    for case in cases(FOLDER) {
        let lesson = case.open().run;
        for (words, text) in told(&case) {
            all += 1;
            let mut opened = open_text(&text).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
            let name = format!("{}, {words}", case.name);
            assert_eq!(surprises(opened.run.as_mut()), [""; 0], "{name}");
            assert!(!opened.run.violations().is_empty(), "{name}: nothing breaks");
            assert!(opened.run.scenario().title.contains("as told"), "{name}: its title does not say so");
            assert_eq!(lesson.violations(), [], "{name}: the lesson itself is whole");
        }
    }
    assert!(all >= 10, "only {all} answers can be run as told");
}

#[test]
fn what_is_run_as_told_begins_where_the_question_was_asked() {
    for case in cases(FOLDER) {
        for (words, text) in told(&case) {
            let opened = open_text(&text).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name));
            let caption = opened.run.frame().caption.map(|caption| caption.text).unwrap_or_default();
            assert!(caption.starts_with(&format!("As told: “{words}”")), "{}: {caption}", case.name);
        }
    }
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
        let Scenario { title, config, .. } = here.run.scenario();
        let mark = if config.presets.is_empty() { "" } else { " synthetic" };
        assert_eq!(words, link::slug(&format!("{title}{mark}")), "{}", case.name);
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
