//! Links are short, and nothing that looks like one does harm.

mod common;

use common::{TOY, dialects};
use scenario::{Line, link, parse, print};

const FIXTURE: &str = include_str!("../../../tests/fixtures/22-actions.scenario");

#[test]
fn a_run_of_22_actions_fits_into_160_signs() {
    let scenario = parse(FIXTURE, &dialects).expect("the fixture is sound");
    let acts = scenario.lines.iter().filter(|line| matches!(line, Line::Act { .. })).count();
    assert_eq!((scenario.config.servers, acts), (5, 22));
    let text = link::encode(&scenario, &TOY, 0x0123_4567_89ab_cdef).expect("short enough");
    println!(
        "22 actions as a link: {} signs (bar: 160), as text {}: {text}",
        text.len(),
        print(&scenario, &TOY).len()
    );
    assert!(text.len() <= 160);
}
