//! The simulator, the checker, the scenarios and the page speak the shared words. A protocol's own words come from its
//! crate, as data; whoever adds a protocol then edits nothing else.

use regex::Regex;

use crate::sources::{Source, is_page, is_source_of, none, pattern, sources};

/// Words that only a protocol uses. Names that are also English (prepare, promise, accept) count where they stand as a
/// message's name: see [`MESSAGE_IN_RUST`] and [`MESSAGE_IN_QUOTES`].
const WORDS: &str = r"(?x)
    \b(RequestVote|AppendEntries|InstallSnapshot|TimeoutNow|PreVote|RequestPreVote)\w* |
    \b(pre_vote|preVote|PreCandidate|voted_for|votedFor|votes_granted|votesGranted)\b |
    \b(next_index|nextIndex|match_index|matchIndex|prev_log_index|prevLogIndex)\b |
    \b([Bb]allots?|BALLOT|[Aa]cceptors?|[Pp]roposers?)\b |
    \b([Zz]xids?|ZXID|[Ee]pochs?|CEpoch|NewEpoch|AckEpoch|NewLeader|LOOKING|FOLLOWING)\b";

const MESSAGES: &str = "(Prepare|Promise|Accept|Accepted|Decide|Propose|Nack)";

/// `Message::Promise`, `Promise {`, or the name in quotes.
fn message_in_rust() -> Regex {
    pattern(&format!(r#"::{MESSAGES}\b|\b{MESSAGES} \{{|["'`]{MESSAGES}["'`]"#))
}

/// In JavaScript `Promise` is the language's own: only the name in quotes is a message.
fn message_in_quotes() -> Regex {
    pattern(&format!(r#"["'`]{MESSAGES}["'`]"#))
}

/// Lines that hold a protocol's own word. Comments count: they are read, too.
fn spoken(source: &Source, message: &Regex) -> Vec<String> {
    let word = pattern(WORDS);
    let first = |line: &str| {
        // What a message is for is a shared word: `Family::Propose`.
        let line = line.replace("Family::", "");
        word.find(&line).or_else(|| message.find(&line)).map(|found| found.as_str().to_owned())
    };
    let found = source.shipped_lines().filter_map(|(n, line)| Some((n, first(line)?)));
    found.map(|(n, word)| source.at(n, format!("`{word}` is a protocol's own word"))).collect()
}

const ADVICE: &str = "say it in the shared words (node, term, index, entry, log, leader, message, rule), or let the \
                      protocol crate hand the word over as data (a label, a kind, a sentence)";

#[test]
fn the_simulator_the_checker_and_the_scenarios_name_no_protocol() {
    let neutral =
        |path: &str| ["sim", "check", "explore", "scenario"].iter().any(|name| is_source_of(path, name));
    let message = message_in_rust();
    let findings: Vec<String> = sources(neutral).iter().flat_map(|source| spoken(source, &message)).collect();
    none(&findings, ADVICE);
}

#[test]
fn the_page_knows_the_shared_words_only() {
    let message = message_in_quotes();
    let findings: Vec<String> = sources(is_page).iter().flat_map(|source| spoken(source, &message)).collect();
    none(&findings, ADVICE);
}

#[test]
fn the_list_of_words_spares_english_and_the_language_itself() {
    let spare = [
        "await new Promise((done) => done())",
        "/** @returns {Promise<void>} */",
        "Prepare the network",
        "slot",
    ];
    let catch = ["send RequestVoteReply", "self.voted_for", "{ zxid }", "the ballot", "a new epoch"];
    let is_word = |line: &str| pattern(WORDS).is_match(line) || message_in_quotes().is_match(line);
    assert_eq!(spare.map(is_word), [false; 4]);
    assert_eq!(catch.map(is_word), [true; 5]);
    assert!(
        message_in_rust().is_match("Message::Promise { ballot }")
            && message_in_quotes().is_match("kind === 'Accepted'")
    );
}
