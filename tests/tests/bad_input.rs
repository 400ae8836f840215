//! What comes from a link or a file is never trusted. Whatever it says, it gets a clear message or a run that ends, and
//! nobody waits for ever.
//!
//! The messages stand in `tests/fixtures/bad-input.txt`; `UPDATE_GOLDEN=1 cargo test -p tests --test bad_input` writes
//! them anew.

use playground::{MOST_EVENTS, Run, Time, info, open_link, open_text};
use std::fmt::Write as _;
use tests::{difference, root};

const MESSAGES: &str = "tests/fixtures/bad-input.txt";

fn fixture() -> String {
    std::fs::read_to_string(root().join("tests/fixtures/22-actions.scenario")).expect("it is there")
}

fn a_link() -> String {
    let mut run = open_text(&fixture()).expect("it is sound").run;
    run.link(false).expect("it is short")
}

fn refusal(fragment: &str) -> String {
    open_link(fragment).err().unwrap_or_else(|| "(opened)".to_owned())
}

fn text_refusal(text: &str) -> String {
    open_text(text).err().unwrap_or_else(|| "(opened)".to_owned())
}

fn with(lines: &str) -> String {
    format!("consensus 1\nprotocol raft\n{lines}\n")
}

/// A name for each bad link.
fn bad_links() -> Vec<(&'static str, String)> {
    let link = a_link();
    let half = link[..link.len() / 2].to_owned();
    let format = format!("2{}", &link[1..]);
    vec![
        ("nothing", String::new()),
        ("a sign and nothing", "#".into()),
        ("a word", "hello".into()),
        ("half of a link", half),
        ("a link without its last sign", link[..link.len() - 1].into()),
        ("a link with one sign more", format!("{link}A")),
        ("two links in a row", format!("{link}{link}")),
        ("a format that was edited", format),
        ("markup", "<img src=x onerror=alert(1)>".into()),
        ("markup as a readable part", format!("<script>alert(1)</script>.{}", &link[..20])),
        ("a control character", format!("{}\u{7}{}", &link[..9], &link[9..])),
        ("a mark that turns text around", format!("{}\u{202e}{}", &link[..9], &link[9..])),
        ("40,000 signs", "A".repeat(40_000)),
        ("text without an end to its escape", "text=consensus%2".into()),
        ("text that is no text", "text=%FF%FE".into()),
        ("text that is none", "text=".into()),
        ("text of an unknown protocol", "text=consensus%201%0Aprotocol%20viewstamped".into()),
        ("text of a newer version", "text=consensus%202%0Aprotocol%20raft".into()),
    ]
}

/// A name for each bad text.
fn bad_texts() -> Vec<(&'static str, String)> {
    let nested = format!("expect {}n1.up{}", "(".repeat(40), ")".repeat(40));
    let long = format!("expect {}", vec!["n1.up"; 201].join(" and "));
    let watched = vec![format!("expect never({})", vec!["n1.up"; 180].join(" or ")); 6].join("\n");
    let watched = watched.lines().enumerate().fold(String::new(), |text, (n, line)| {
        text + &line.replacen("n1.up", &format!("n1.term == {n}"), 1) + "\n"
    });
    vec![
        ("13 servers", with("servers 13")),
        ("no servers", with("servers 0")),
        ("13 clients", with("clients 13")),
        ("10,001 actions", with(&"heal\n".repeat(10_001))),
        ("20,001 lines", with(&"stop\n".repeat(20_001))),
        ("257 kB", with(&format!("caption \"a\" # {}", "x".repeat(257 * 1024)))),
        ("a caption of 501 signs", with(&format!("caption \"{}\"", "x".repeat(501)))),
        ("a command of 257 bytes", with(&format!("submit c1 set x={}", "y".repeat(251)))),
        ("a condition that is nested too deeply", with(&nested)),
        ("a condition of 201 values", with(&long)),
        ("more watched than can be", with(&watched)),
        ("a span of two hours", with("run 7200s")),
        ("a moment in two days", with("at 172800s")),
        ("a time before it was over", with("run -1s")),
        ("a number too large for a number", with("seed 99999999999999999999999")),
        ("an unknown rule", with("without gravity")),
        ("an unknown option", with("option colour blue")),
        ("an option out of range", with("option heartbeat-interval 0ms")),
        ("an unknown message", with("deliver Love n1->n2")),
        ("a timer of another protocol", with("fire n1 retry")),
        ("a link from a server to itself", with("cut n1->n1")),
        ("a control character", with("caption \"a\u{1}b\"")),
        ("a mark that turns text around", with("caption \"a\u{202e}b\"")),
        ("markup outside of quotes", with("<script>alert(1)</script>")),
        ("nothing at all", String::new()),
        ("another kind of file", "{\"a\": 1}".into()),
        ("no protocol", "consensus 1\nservers 3\n".into()),
    ]
}

#[test]
fn each_wrong_input_is_told_in_its_own_words() {
    let mut told = String::new();
    for (name, fragment) in bad_links() {
        let _ = writeln!(told, "link: {name}\n=> {}\n", refusal(&fragment));
    }
    for (name, text) in bad_texts() {
        let _ = writeln!(told, "text: {name}\n=> {}\n", text_refusal(&text));
    }
    let file = root().join(MESSAGES);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, &told).unwrap_or_else(|error| panic!("{error}"));
    }
    let wanted = std::fs::read_to_string(&file).unwrap_or_default();
    let difference = difference(&wanted, &told);
    assert!(difference.is_none(), "{MESSAGES}, {}", difference.unwrap_or_default());
    assert!(!told.contains("(opened)"), "something wrong was taken for right");
}

#[test]
fn no_message_repeats_what_could_do_harm() {
    for (name, fragment) in bad_links() {
        let message = refusal(&fragment);
        let harmless = |sign: char| !sign.is_control() && !"<>\u{202e}".contains(sign);
        assert!(message.chars().all(harmless) && message.len() < 400, "{name}: {message:?}");
    }
}

#[test]
fn a_link_that_was_cut_anywhere_is_refused() {
    let link = a_link();
    for length in 0..link.len() {
        let message = refusal(&link[..length]);
        assert!(message.starts_with("this link"), "{length}: {message}");
    }
}

#[test]
fn a_link_with_any_sign_changed_is_refused_or_says_that_it_differs() {
    let link = a_link();
    for place in 0..link.len() {
        let other = if &link[place..=place] == "k" { "j" } else { "k" };
        let edited = format!("{}{other}{}", &link[..place], &link[place + 1..]);
        if let Ok(opened) = open_link(&edited) {
            assert!(opened.differs.is_some(), "{edited} opens as if nothing had happened");
        }
    }
}

#[test]
fn markup_is_text_like_any_other() {
    let title = "<img src=x onerror=alert(1)>";
    let text = format!("consensus 1\ntitle \"{title}\"\nprotocol raft\n\ncaption \"<b>&amp;</b>\"\n");
    let mut run = open_text(&text).expect("it can be read").run;
    assert_eq!(info(run.as_ref(), None).title, title);
    assert_eq!(run.frame().caption.expect("the caption").text, "<b>&amp;</b>");
    let link = run.link(false).expect("it is short");
    assert!(link.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign)), "{link}");
    assert_eq!(open_link(&link).expect("it can be read").run.text(), run.text());
}

/// Plays a scenario to its end, or to where it has to end.
fn ended(text: &str) -> Box<dyn Run> {
    let mut run = open_text(text).unwrap_or_else(|trouble| panic!("{trouble}")).run;
    run.ahead_to_script_end();
    run
}

fn only_failure(run: &dyn Run) -> String {
    let failures = run.failures();
    assert_eq!(failures.len(), 1, "{failures:?}");
    failures[0].2.clone()
}

#[test]
fn a_run_ends_at_a_million_events_and_can_still_be_looked_at() {
    let text = with(
        "servers 5\noption heartbeat-interval 1ms\nuntil leader within 5s\nrun 3600s\nexpect leaders == 9",
    );
    let mut run = ended(&text);
    assert!(only_failure(run.as_ref()).ends_with("a run has 1,000,000 events at the most"));
    run.seek(u32::MAX);
    assert_eq!(run.position(), MOST_EVENTS);
    assert!(!run.step(), "there is nothing more");
    let (at, text) = (run.at(), run.text());
    assert!(run.act("crash n1").is_err(), "nothing can be done at the end");
    run.run(Time(at.0 + 1_000_000));
    assert_eq!((run.position(), run.text()), (MOST_EVENTS, text));
    run.seek(500_000);
    assert_eq!(run.position(), 500_000);
    run.act("crash n2").expect("there is time left");
    assert_eq!(run.position(), 500_001);
}

#[test]
fn a_run_with_too_many_messages_in_flight_ends() {
    let storm = "servers 12\nnetwork latency 3600s duplicate 100%\noption heartbeat-interval 1ms\noption \
                 election-timeout-min 1ms\noption election-timeout-max 1ms\nrun 3600s";
    assert!(only_failure(ended(&with(storm)).as_ref()).ends_with("messages are in flight"));
    let held = format!(
        "servers 12\n{}run 3600s",
        (2..=12).map(|n| format!("hold messages *->n{n}\n")).collect::<String>()
    );
    assert!(only_failure(ended(&with(&held)).as_ref()).ends_with("messages are in flight"));
}

#[test]
fn conditions_that_are_too_much_work_end_a_run() {
    let condition =
        (0..95).map(|n| format!("n{}.voted_for == x{n}", 1 + n % 5)).collect::<Vec<_>>().join(" or ");
    let setting = "servers 5\noption heartbeat-interval 1ms\n";
    for lines in [format!("run 3600s\nexpect never({condition})"), format!("until {condition} within 3600s")]
    {
        let run = ended(&with(&format!("{setting}{lines}")));
        assert!(run.failures()[0].2.ends_with("too much work"), "{:?}", run.failures());
    }
}

#[test]
fn thousands_of_moves_of_single_messages_end() {
    let copies = format!("fire n1 election\n{}", "duplicate RequestVote n1->n2\n".repeat(2_000));
    for lines in
        [format!("{copies}deliver all"), format!("{copies}pause n2\n{}", "deliver all\n".repeat(1_000))]
    {
        ended(&with(&lines));
    }
}
