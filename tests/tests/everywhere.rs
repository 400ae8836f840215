//! The same run everywhere: what these and the golden tests put on record natively, `tests/unit/everywhere.test.js` replays in Node
//! and `tests/browser/everywhere.spec.js` in each browser, in the engine of the built page.
//!
//! `UPDATE_GOLDEN=1 cargo test -p tests --test everywhere` writes the record anew.

use playground::{dialect, dialects, open_link, open_text};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRng, TestRunner};
use scenario::{Scenario, parse, print};
use std::collections::BTreeSet;
use std::fmt::Write;
use tests::stories::wild_stories;
use tests::{hold_to_record, root, summary};

const GENERATED: &str = "tests/fixtures/everywhere.txt";

/// How many scenarios are generated.
const SCENARIOS: u8 = 240;

/// The scenario that follows from a seed.
fn generated(seed: u8) -> String {
    let config = Config { rng_seed: RngSeed::Fixed(u64::from(seed)), ..Config::default() };
    let dice = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(config, dice);
    wild_stories(20..60).new_tree(&mut runner).expect("a story").current().text
}

/// Each generated scenario, as its link says it.
fn recorded() -> Vec<Scenario> {
    let record = std::fs::read_to_string(root().join(GENERATED)).expect("the record is there");
    let links = record.lines().map(|line| line.rsplit(' ').next().unwrap_or_default());
    let scenarios = links.map(|link| {
        let opened = open_link(link).unwrap_or_else(|trouble| panic!("{link}: {trouble}"));
        opened.run.scenario().clone()
    });
    scenarios.collect()
}

#[test]
fn generated_scenarios_play_as_they_did() {
    let mut found = String::new();
    for seed in 0..SCENARIOS {
        let text = generated(seed);
        let mut here = open_text(&text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}")).run;
        let link = here.link(false).unwrap_or_else(|trouble| panic!("{trouble}\n{text}"));
        let mut there = open_link(&link).unwrap_or_else(|trouble| panic!("{trouble}\n{text}"));
        let summary = summary(here.as_mut());
        assert_eq!(there.differs, None, "{text}");
        assert_eq!(summary, tests::summary(there.run.as_mut()), "{text}");
        let _ = writeln!(found, "{summary} {link}");
    }
    hold_to_record(GENERATED, &found, "everywhere");
}

/// The first word of every line, and the second where the first says too little.
fn words(text: &str) -> BTreeSet<String> {
    let of_line = |line: &str| {
        let line = line.trim_start().trim_start_matches("try ");
        let mut words = line.split(' ');
        let first = words.next().unwrap_or_default();
        match first {
            "hold" | "release" | "disk" | "option" | "protocol" | "servers" => {
                format!("{first} {}", words.next().unwrap_or_default())
            }
            _ => first.to_owned(),
        }
    };
    text.lines().map(of_line).collect()
}

#[test]
fn the_generated_scenarios_do_all_that_can_be_done() {
    let scenarios = recorded();
    assert!(scenarios.len() >= 100);
    let mut done = BTreeSet::new();
    for scenario in &scenarios {
        let dialect = dialect(&scenario.protocol).expect("the parser knows it");
        done.extend(words(&print(scenario, dialect)));
        done.insert(format!("servers {}", scenario.config.servers)); // three are not printed
        done.extend(scenario.config.off.iter().map(|rule| format!("without {}", dialect.rule(rule).key)));
        for (option, value) in dialect.options.iter().zip(&scenario.config.options) {
            done.extend((*value != option.default).then(|| format!("option {}", option.key)));
        }
    }
    let actions = "submit crash restart pause resume sync wipe clock cut mend partition heal network fire deliver drop \
                   duplicate delay run until link client-timeout client-retries";
    let mut wanted: BTreeSet<String> = actions.split_whitespace().map(str::to_owned).collect();
    for both in ["hold messages", "hold timers", "release messages", "release timers", "disk explicit"] {
        wanted.insert(both.to_owned());
    }
    wanted.extend((1..=9).map(|servers| format!("servers {servers}")));
    for dialect in dialects() {
        wanted.insert(format!("protocol {}", dialect.key));
        wanted.extend(dialect.rules.iter().map(|rule| format!("without {}", rule.key)));
    }
    let missing: Vec<_> = wanted.difference(&done).collect();
    assert!(missing.is_empty(), "no generated scenario has: {missing:?}");
}

#[test]
fn the_generated_scenarios_are_scenarios_that_can_be_read_again() {
    for scenario in recorded() {
        let dialect = dialect(&scenario.protocol).expect("the parser knows it");
        assert_eq!(parse(&print(&scenario, dialect), &playground::dialect), Ok(scenario));
    }
}
