//! Frozen links: each was made once, is out in the world, and has to play the same run for ever.
//!
//! `tests/frozen/links.txt` holds them, each with what it gave on its first day. **An entry is never changed or removed,
//! only added.** To add some, write scenarios and name them, or a folder of them:
//!
//! ```text
//! FREEZE=www/lessons cargo test -p tests --test frozen
//! ```
//!
//! What has an entry already is passed over. `FREEZE_AS=text` adds them as `#text=`, `FREEZE_AS=moment` as links to the
//! middle of the run, past the first step there.

use playground::open_link;
use scenario::link;
use std::collections::BTreeSet;
use std::fmt::Write;
use tests::{Case, cases, root, summary};

const FILE: &str = "tests/frozen/links.txt";

/// What a link gave on its first day.
struct Frozen {
    name: String,
    link: String,
    gave: String,
}

fn read() -> String {
    std::fs::read_to_string(root().join(FILE)).unwrap_or_default()
}

/// Entries stand apart by an empty line: a name, the link, and what it gave, in two lines. What begins with `#` is for
/// people.
fn frozen() -> Vec<Frozen> {
    let text = read();
    let entries = text.split("\n\n").filter(|entry| !entry.starts_with('#'));
    let entry = |entry: &str| {
        let (name, rest) = entry.split_once('\n').unwrap_or_else(|| panic!("no link: {entry}"));
        let (link, gave) = rest.split_once('\n').unwrap_or_else(|| panic!("nothing to hold it to: {entry}"));
        Frozen { name: name.to_owned(), link: link.to_owned(), gave: gave.trim_end().to_owned() }
    };
    entries.map(entry).collect()
}

/// What a link gives: the run in one line with the place where it opens, and the trace's last line.
fn gives(fragment: &str) -> String {
    let mut opened = open_link(fragment).unwrap_or_else(|trouble| panic!("{fragment}: {trouble}"));
    assert_eq!(opened.differs, None, "{fragment}");
    let opens =
        opened.open_at.map_or("start".to_owned(), |open| format!("{} at {} us", open.position, open.at));
    let run = opened.run.as_mut();
    let summary = summary(run);
    let end = run.ahead_to_script_end();
    let last = run.lines(end.saturating_sub(1), 1).concat();
    format!("{summary}, opens at {opens}\n{}", last.trim_end())
}

/// The link of a scenario as it is asked for.
fn made(case: &Case, form: &str) -> String {
    let mut run = case.open().run;
    match form {
        "text" => link::text_fragment(&case.text),
        "moment" => {
            let end = run.ahead_to_script_end();
            run.seek(end / 2);
            run.pass(1);
            run.link(true).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name))
        }
        _ => run.link(false).unwrap_or_else(|trouble| panic!("{}: {trouble}", case.name)),
    }
}

/// Adds what `FREEZE` names, at the end.
fn freeze(folder: &str) {
    let form = std::env::var("FREEZE_AS").unwrap_or_default();
    let known: BTreeSet<String> = frozen().into_iter().map(|entry| entry.name).collect();
    let mut text = read().trim_end().to_owned();
    for case in cases(folder) {
        let name = [&case.name, form.as_str()].join(" ").trim_end().to_owned();
        if !known.contains(&name) {
            let link = made(&case, &form);
            let _ = write!(text, "\n\n{name}\n{link}\n{}", gives(&link));
        }
    }
    std::fs::write(root().join(FILE), text + "\n").unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn every_frozen_link_plays_what_it_always_played() {
    if let Some(folder) = std::env::var_os("FREEZE") {
        freeze(&folder.to_string_lossy());
    }
    let entries = frozen();
    assert!(entries.len() >= 30, "links are never removed");
    for entry in entries {
        assert_eq!(gives(&entry.link), entry.gave, "{}: {}", entry.name, entry.link);
    }
}

#[test]
fn no_name_stands_twice() {
    let mut seen = BTreeSet::new();
    for entry in frozen() {
        assert!(seen.insert(entry.name.clone()), "{} stands twice", entry.name);
    }
}

/// What stands in a frozen scenario's text: each word, but those of a writer's own.
fn words(text: &str) -> BTreeSet<String> {
    let text = text.replace("<->", " <-> ");
    let quoted = text.split('"').step_by(2); // every other piece stands between quotes
    let split = |piece: &str| {
        let of_word = |sign: char| sign.is_alphanumeric() || "-_<>=!|*".contains(sign);
        piece.split(move |sign| !of_word(sign)).map(str::to_owned).collect::<Vec<_>>()
    };
    quoted.flat_map(split).collect()
}

#[test]
fn the_frozen_links_use_all_that_a_link_can_say() {
    const SETTINGS: &str = "title protocol beside raft paxos servers clients seed option without network link latency jitter \
                            loss duplicate reorder disk explicit client-timeout client-retries";
    const LINES: &str = "run at until within deliver all caption stop ask answer goal moves look entry message panel \
                         expect violation try leave open past";
    const ACTIONS: &str = "submit set get append cas incr crash restart pause resume sync wipe clock cut mend partition \
                           heal fire hold release messages timers drop delay by -> <-> | * leader follower last-crashed";
    const CONDITIONS: &str = "and or not == != < <= > >= true false none role term commit applied last up log kv ops op \
                              outcome reply inflight sent delivered lost leaders elections wins violations holds \
                              violated always never";
    let mut said = BTreeSet::new();
    let (mut forms, mut slugs) = (BTreeSet::new(), 0);
    for entry in frozen() {
        let opened = open_link(&entry.link).expect("it was opened before");
        let scenario = opened.run.scenario();
        said.extend(words(&opened.run.text()));
        forms.insert((entry.link.starts_with("text="), scenario.open_at.is_some()));
        slugs += usize::from(entry.link.contains('.') && !entry.link.starts_with("text="));
    }
    let wanted = [SETTINGS, LINES, ACTIONS, CONDITIONS];
    let missing: Vec<_> = wanted
        .iter()
        .flat_map(|words| words.split_whitespace())
        .filter(|word| !said.contains(*word))
        .collect();
    assert!(missing.is_empty(), "no frozen link says: {missing:?}");
    assert!(
        forms.len() >= 3 && slugs > 0,
        "links, links to a moment, and texts: {forms:?}; with words: {slugs}"
    );
}
