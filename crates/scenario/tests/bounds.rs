//! What is too large, too deep or hostile is refused at once, and told so.

mod common;

use common::{TOY, dialects, read};
use proptest::prelude::*;
use scenario::{limits, parse, print};

const HEADER: &str = "consensus 1\nprotocol raft\nservers 5\n";

fn said(lines: &str) -> String {
    parse(&format!("{HEADER}{lines}"), &dialects)
        .map_or_else(|error| error.to_string(), |_| "no error".to_owned())
}

#[test]
fn each_bound_has_an_error_of_its_own() {
    let caption = "x".repeat(501);
    let value = "v".repeat(260);
    let actions = "heal\n".repeat(10_001);
    let stops = "stop\n".repeat(20_001);
    let answers = "answer \"a\" if leader\n".repeat(9);
    let name = "n".repeat(101);
    let long = format!("expect leader{}", " or leader".repeat(200));
    let watched = "expect always(n1.up and n2.up and n3.up and n4.up)\n".repeat(251);
    let cases: [(&str, &str); 10] = [
        (&long, "line 4, column 2008: this condition is too long; the bound is 200 values"),
        (
            &watched,
            "line 254, column 1: too much is watched; the bound is 1000 values in all; expected fewer `always` and `never`",
        ),
        (
            &format!("caption \"{caption}\""),
            "line 4, column 9: a caption has 501 characters; the bound is 500",
        ),
        (
            &format!("submit c1 set x={value}"),
            "line 4, column 11: this command has 266 bytes; the bound is 256",
        ),
        (
            &actions,
            "line 10004, column 1: this scenario is too long; the bounds are 20000 lines and 10000 actions",
        ),
        (
            &stops,
            "line 20004, column 1: this scenario is too long; the bounds are 20000 lines and 10000 actions",
        ),
        (&format!("ask \"?\"\n{answers}"), "line 13, column 1: a question has 8 answers at most"),
        (&format!("expect n1.{name} == 1"), "line 4, column 11: this name is longer than 100 characters"),
        (&format!("expect n1.role == {name}"), "line 4, column 19: this word is longer than 100 characters"),
        (&"#".repeat(300_000), "line 1, column 1: this text has 294 kB; the bound is 256 kB"),
    ];
    for (lines, expected) in cases {
        assert_eq!(said(lines), expected);
    }
}

#[test]
fn a_caption_of_500_characters_of_any_alphabet_is_welcome() {
    let caption = "語".repeat(500);
    assert_eq!(said(&format!("caption \"{caption}\"")), "no error");
}

#[test]
fn nesting_is_bounded_before_the_stack_is() {
    let at_bound = format!("expect {}leader{}", "(".repeat(32), ")".repeat(32));
    assert_eq!(said(&at_bound), "no error");
    for opening in ["(", "not ", "not (", "always(", "n1.term == ("] {
        let deep = format!("expect {}", opening.repeat(10_000));
        let message = said(&deep);
        assert!(
            message.contains("nested too deeply; the bound is 32") || message.contains("inside one another"),
            "{message}"
        );
    }
}

#[test]
fn control_characters_and_direction_marks_are_refused_where_they_stand() {
    let cases = [
        (
            "caption \"a\u{202e}b\"",
            "line 4, column 11: a mark that hides or turns text (U+202E) cannot stand in a scenario",
        ),
        ("caption \"a\u{0}b\"", "line 4, column 11: a control character (U+0000) cannot stand in a scenario"),
        (
            "caption \"a\u{1b}[31m\"",
            "line 4, column 11: a control character (U+001B) cannot stand in a scenario",
        ),
        (
            "# \u{2066}",
            "line 4, column 3: a mark that hides or turns text (U+2066) cannot stand in a scenario",
        ),
        ("caption \"a\rb\"", "line 4, column 11: a control character (U+000D) cannot stand in a scenario"),
        (
            "heal\nsubmit c1 set x=\"\u{85}\"",
            "line 5, column 18: a control character (U+0085) cannot stand in a scenario",
        ),
        (
            "caption \"a\u{2028}b\"",
            "line 4, column 11: a mark that hides or turns text (U+2028) cannot stand in a scenario",
        ),
    ];
    for (lines, expected) in cases {
        assert_eq!(said(lines), expected);
    }
}

#[test]
fn markup_is_text_like_any_other() {
    let scenario = read("caption \"<script>alert(1)</script> & <b>\"\n");
    assert!(print(&scenario, &TOY).contains("caption \"<script>alert(1)</script> & <b>\""));
}

#[test]
fn line_ends_of_every_system_and_a_byte_order_mark_are_read() {
    let text = "\u{feff}consensus 1\r\n# a comment\r\nprotocol raft\r\n\r\n\tcrash n1  # and another\r\n";
    let scenario = parse(text, &dialects).expect("nothing is wrong with it");
    assert_eq!(scenario.lines.len(), 1);
}

#[test]
fn lines_remember_where_they_stand() {
    let text = format!(
        "{HEADER}# one\n\nheal\nask \"?\"\nanswer \"a\" if leader\nanswer \"b\" if not leader\nstop\n"
    );
    let source = scenario::parse_source(&text, &dialects).expect("nothing is wrong with it");
    assert_eq!(source.line_numbers, [6, 7, 10]);
}

/// Pieces from which nonsense is made that comes near to sense.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "consensus 1",
        "protocol raft",
        "servers",
        "option no-op",
        "crash",
        "deliver",
        "RequestVote",
        "n1",
        "->",
        "n2",
        "leader",
        ".",
        "term",
        "==",
        "(",
        ")",
        "and",
        "not",
        "always(",
        "expect",
        "ask",
        "answer",
        "if",
        "\"text\"",
        "\"",
        "\\",
        "#",
        "#2",
        "12",
        "12.5ms",
        "%",
        "1e9",
        "..",
        "|",
        "until",
        "within",
        "kv[",
        "]",
        "\n",
        "\n",
        " ",
        "18446744073709551616",
        "look",
        "at",
        "run",
        "network all",
        "<->",
        "*",
        "try",
        "é",
    ];
    prop_oneof![8 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,5}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_parser_panic_and_every_error_has_a_place(pieces in proptest::collection::vec(piece(), 0..60)) {
        for text in [pieces.join(" "), format!("{HEADER}{}", pieces.join(" ")), pieces.concat()] {
            if let Err(error) = parse(&text, &dialects) {
                prop_assert!(error.line >= 1 && error.column >= 1);
                prop_assert!(error.message.chars().count() < 400);
            }
        }
    }

    #[test]
    fn what_can_be_read_is_printed_so_that_it_is_read_again(pieces in proptest::collection::vec(piece(), 0..40)) {
        if let Ok(scenario) = parse(&format!("{HEADER}{}", pieces.join(" ")), &dialects) {
            let text = print(&scenario, &TOY);
            prop_assert_eq!(parse(&text, &dialects), Ok(scenario));
        }
    }

    #[test]
    fn a_text_with_one_sign_changed_is_read_or_refused(at in 0..1_000_usize, sign: char, scenario in common::scenarios()) {
        let mut signs: Vec<char> = print(&scenario, &TOY).chars().collect();
        let at = at % signs.len();
        signs[at] = sign;
        let text: String = signs.into_iter().collect();
        if let Ok(read) = parse(&text, &dialects) {
            prop_assert_eq!(parse(&print(&read, &TOY), &dialects), Ok(read));
        }
    }
}

#[test]
fn the_bounds_are_those_of_the_documentation() {
    assert_eq!((limits::SERVERS, limits::CLIENTS, limits::DEPTH), (12, 12, 32));
    assert_eq!((limits::TEXT, limits::LINK, limits::UNPACKED), (262_144, 32_768, 1_048_576));
    assert_eq!((limits::CAPTION, limits::COMMAND, limits::ACTIONS), (500, 256, 10_000));
}
