//! Links are short, and nothing that looks like one does harm.

mod common;

use common::{TOY, dialects};
use proptest::prelude::*;
use scenario::{Expr, Line, link, parse, print};

/// Every kind of line, action and condition, and its link as format version 1 wrote it.
const EVERYTHING: &str = include_str!("everything.scenario");
const FROZEN: &str = include_str!("everything.link");
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

#[test]
fn a_link_of_format_version_1_is_read_for_ever() {
    let decoded = link::decode(FROZEN, &dialects).expect("it could be read once");
    assert_eq!(decoded.fingerprint, link::short(7));
    assert_eq!(print(&decoded.scenario, &TOY), EVERYTHING);
}

#[test]
fn the_frozen_link_is_still_what_is_written() {
    let scenario = parse(EVERYTHING, &dialects).expect("it is sound");
    assert_eq!(print(&scenario, &TOY), EVERYTHING, "it is canonical");
    assert_eq!(link::encode(&scenario, &TOY, 7).expect("short enough"), FROZEN);
}

#[test]
fn a_readable_part_is_passed_over_and_a_whole_address_is_taken() {
    let plain = link::decode(FROZEN, &dialects);
    let named = format!("{}.{FROZEN}", link::slug("Without the up-to-date check, v1.2!"));
    assert_eq!(named.split('.').next(), Some("without-the-up-to-date-check-v1-2"));
    assert_eq!(link::decode(&named, &dialects), plain);
    let address = format!("https://example.org/play#{named}");
    assert_eq!(
        link::from_fragment(&address, &dialects),
        plain.map(link::Fragment::Link).map_err(link::FragmentError::Link)
    );
}

#[test]
fn each_way_in_which_a_link_can_be_wrong_is_told_apart() {
    let cut = &FROZEN[..FROZEN.len() - 4];
    let edited = FROZEN.replacen('a', "b", 1);
    let long = "A".repeat(40_000);
    for (text, expected) in [
        ("", "this link holds no scenario"),
        ("readable-only.", "this link holds no scenario"),
        (cut, "this link was cut off or edited: its check does not fit"),
        (&edited, "this link was cut off or edited: its check does not fit"),
        ("<script>", "this link was cut off or edited: U+003C cannot stand in one"),
        (&long, "this link has 40000 signs; the bound is 32768"),
        (&sealed("2", "1", "AAAA"), "this link was made by a newer version"),
        (&sealed("1", "z", "AAAA"), "this link was made by a newer version"),
        ("text=%4", "this link was cut off or edited: a `%` in it stands for nothing"),
        ("text=%FF", "this link was cut off or edited: a `%` in it stands for nothing"),
        (
            "text=crash%20n1",
            "line 1, column 1: this is no scenario; expected `consensus 1` as the first line",
        ),
    ] {
        let said = link::from_fragment(text, &dialects)
            .map_or_else(|error| error.to_string(), |_| "no error".into());
        assert_eq!(said, expected, "{text:.60}");
    }
    let none = |_: &str| None;
    let said = link::decode(FROZEN, &none).map_or_else(|error| error.to_string(), |_| "no error".into());
    assert_eq!(said, "this link is about a protocol that is not here: `raft`");
}

/// Any signs as a link whose check fits.
fn sealed(format: &str, engine: &str, data: &str) -> String {
    const BASE_62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let body = format!("{format}{engine}{data}00000");
    let mut digest = protocol::Digest::default();
    digest.text(&body);
    let sum = digest.finish() % (62 * 62 * 62);
    let digits = [sum / 62 / 62, sum / 62 % 62, sum % 62];
    body + &digits
        .map(|digit| char::from(BASE_62[usize::try_from(digit).expect("small")]))
        .iter()
        .collect::<String>()
}

#[test]
fn a_short_link_that_unpacks_to_too_much_is_refused() {
    let mut scenario = parse("consensus 1\nprotocol raft\n", &dialects).expect("it is sound");
    let mut said = |lines: Vec<Line>| {
        scenario.lines = lines;
        let text = link::encode(&scenario, &TOY, 0).expect("short enough");
        assert!(text.len() < 16_000, "{}", text.len());
        link::decode(&text, &dialects).map_or_else(|error| error.to_string(), |_| "no error".into())
    };
    let nonsense = "this link says something that cannot be: ";
    assert_eq!(said(vec![Line::Stop; 30_000]), format!("{nonsense}more lines than a scenario may have"));
    let caption = Line::Caption("x".repeat(500));
    assert_eq!(said(vec![caption; 3_000]), format!("{nonsense}more than may be unpacked"));
    let deep = (0..1_000).fold(Expr::Holds("a".into()), |inner, _| Expr::Not(Box::new(inner)));
    assert_eq!(said(vec![Line::Expect(deep)]), format!("{nonsense}a condition that is nested too deeply"));
}

#[test]
fn what_does_not_fit_a_link_is_told_when_it_is_made() {
    let mut scenario = parse("consensus 1\nprotocol raft\n", &dialects).expect("it is sound");
    let noise = (0..200_u32).map(|i| {
        (0..400_u32).map(move |j| char::from_digit(10 + i * j * j % 97 * 7 % 26, 36).unwrap_or('?'))
    });
    scenario.lines = noise.map(|words| Line::Caption(words.collect())).collect();
    let error = link::encode(&scenario, &TOY, 0);
    assert!(matches!(error, Err(link::LinkError::TooLong(_))), "{error:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_decoder_panic(text in "\\PC{0,200}") {
        let _ = link::from_fragment(&text, &dialects);
    }

    /// The check keeps accidents out; these come with a check that fits.
    #[test]
    fn no_data_makes_the_decoder_panic_and_what_it_reads_can_be_written(data in "[A-Za-z0-9_-]{0,120}") {
        if let Ok(decoded) = link::decode(&sealed("1", "1", &data), &dialects) {
            let text = print(&decoded.scenario, &TOY);
            prop_assert_eq!(parse(&text, &dialects), Ok(decoded.scenario));
        }
    }

    #[test]
    fn a_link_with_one_sign_changed_is_refused(at in 0..400_usize, sign in "[A-Za-z0-9_-]") {
        let at = at % FROZEN.len();
        let edited = format!("{}{sign}{}", &FROZEN[..at], &FROZEN[at + 1..]);
        if edited != FROZEN {
            prop_assert!(link::decode(&edited, &dialects).is_err());
        }
    }

    #[test]
    fn a_link_that_was_changed_behind_a_fitting_check_does_no_harm(at in 0..400_usize, sign in "[A-Za-z0-9_-]") {
        let data = &FROZEN[2..FROZEN.len() - 8];
        let at = at % data.len();
        let edited = format!("{}{sign}{}", &data[..at], &data[at + 1..]);
        let _ = link::decode(&sealed("1", "1", &edited), &dialects);
    }
}
