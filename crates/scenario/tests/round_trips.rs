//! What is written is read back as it was.

mod common;

use common::{TOY, dialects, scenarios};
use proptest::prelude::*;
use scenario::{link, parse, parse_action, print, print_action};

#[test]
fn the_example_in_the_documentation_can_be_read() {
    let essay = include_str!("../src/lib.rs");
    let begin = essay.find("//! consensus 1").expect("there is an example");
    let end = begin + essay[begin..].find("//! ```").expect("it ends");
    let text: String = essay[begin..end]
        .lines()
        .map(|line| line.trim_start_matches("//!").trim_start().to_owned() + "\n")
        .collect();
    let scenario = parse(&text, &dialects).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(parse(&print(&scenario, &TOY), &dialects), Ok(scenario));
}

#[test]
fn one_move_is_also_read_where_it_says_moves() {
    let goal = |moves: &str| {
        parse(&format!("consensus 1\nprotocol raft\ngoal \"a\" until leader within {moves}\n"), &dialects)
    };
    assert!(goal("1 move").is_ok());
    assert_eq!(goal("1 moves"), goal("1 move"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_scenario_survives_its_text(scenario in scenarios()) {
        let text = print(&scenario, &TOY);
        match parse(&text, &dialects) {
            Ok(read) => prop_assert_eq!(read, scenario, "{}", text),
            Err(error) => prop_assert!(false, "{}\n{}", error, text),
        }
    }

    #[test]
    fn a_scenario_survives_its_link(scenario in scenarios(), fingerprint: u64) {
        let text = link::encode(&scenario, &TOY, fingerprint).expect("short enough");
        prop_assert!(text.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-' || sign == b'_'));
        prop_assert!(text.bytes().last().is_some_and(|sign| sign.is_ascii_alphanumeric()));
        match link::decode(&text, &dialects) {
            Ok(decoded) => {
                prop_assert_eq!(decoded.fingerprint, link::short(fingerprint));
                prop_assert_eq!(decoded.engine, link::ENGINE);
                prop_assert_eq!(decoded.scenario, scenario);
            }
            Err(error) => prop_assert!(false, "{}\n{}", error, print(&scenario, &TOY)),
        }
    }

    #[test]
    fn an_action_survives_its_text(action in common::action()) {
        let config = common::read("clients 3\n").config;
        let text = print_action(&action, &TOY);
        match parse_action(&text, &TOY, &config) {
            Ok(read) => prop_assert_eq!(read, action),
            Err(error) => prop_assert!(false, "{}\n{}", error, text),
        }
    }

    #[test]
    fn a_scenario_survives_an_address(scenario in scenarios()) {
        let fragment = link::text_fragment(&print(&scenario, &TOY));
        prop_assert!(fragment.is_ascii());
        let read = link::from_fragment(&format!("#{fragment}"), &dialects);
        prop_assert_eq!(read, Ok(link::Fragment::Text(scenario)));
    }
}
