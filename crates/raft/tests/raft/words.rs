//! The words: rules, options, messages and views.

use crate::cluster::Cluster;
use protocol::{
    Digest, Firing, Message as _, NodeId, OptionKind, Protocol, RoleKind, RuleId, RuleInfo, RuleKind, Verdict,
};
use raft::{Raft, rules};
use std::collections::BTreeSet;

fn all_rules() -> impl Iterator<Item = (RuleId, &'static RuleInfo)> {
    (0..).map(RuleId).zip(Raft::DIALECT.rules)
}

#[test]
fn every_rule_has_a_key_of_its_own() {
    let rules = Raft::DIALECT.rules;
    assert!(rules.len() <= 64);
    assert_eq!(rules.iter().map(|rule| rule.key).collect::<BTreeSet<_>>().len(), rules.len());
    for (id, rule) in all_rules() {
        assert_eq!(Raft::DIALECT.rule_named(rule.key), Some(id));
        assert!(rule.key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.key);
    }
    assert_eq!(Raft::DIALECT.rule_named("up-to-date-log"), Some(rules::UP_TO_DATE_LOG));
    assert_eq!(Raft::DIALECT.rule_named("term-survives-crash"), Some(RuleId(0)));
}

#[test]
fn every_rule_says_what_it_demands_where_that_is_written_and_what_happens_without_it() {
    let promises: BTreeSet<_> = Raft::DIALECT.promises.iter().map(|promise| promise.key).collect();
    for (_, rule) in all_rules() {
        for sentence in [rule.words, rule.when_off] {
            assert!(
                sentence.ends_with('.') && sentence.starts_with(char::is_uppercase),
                "{}: {sentence}",
                rule.key
            );
            assert!(!sentence.contains('{'), "{}: {sentence}", rule.key);
        }
        assert!(rule.source.starts_with("Raft") || rule.source.starts_with("dissertation"), "{}", rule.key);
        assert!(!rule.needs.ends_with('.'), "{}", rule.key);
        assert_eq!(rule.kind == RuleKind::Safety, !rule.promise.is_empty(), "{}", rule.key);
        assert!(rule.promise.is_empty() || promises.contains(rule.promise), "{}", rule.key);
    }
}

#[test]
fn every_template_can_be_filled() {
    for (id, rule) in all_rules() {
        assert!(!rule.overridden.is_empty(), "{}: a rule that can be off must be able to say so", rule.key);
        assert!(!(rule.held.is_empty() && rule.refused.is_empty()), "{}", rule.key);
        for (verdict, template) in [
            (Verdict::Held, rule.held),
            (Verdict::Refused, rule.refused),
            (Verdict::Overridden, rule.overridden),
        ] {
            for values in [[1, 2, 3, 4], [0; 4], [1, 2, 2, 1], [2, 4, -1, 3]] {
                let text = Raft::tell(NodeId(2), &Firing { rule: id, verdict, values });
                assert!(!text.contains(['{', '}']), "{}: {text}", rule.key);
                assert!(template.is_empty() || text.ends_with('.'), "{}: {text}", rule.key);
                assert!(!text.contains("  "), "{}: {text}", rule.key);
            }
        }
    }
}

#[test]
fn every_rule_is_taken_away_in_a_test() {
    let tests = crate::removals::TEXTS.concat();
    for (_, rule) in all_rules() {
        let constant = format!("rules::{}", rule.key.to_uppercase().replace('-', "_"));
        assert!(tests.contains(&constant), "no test takes {constant} away");
    }
}

#[test]
fn a_server_speaks_of_itself_as_itself() {
    let tell = |me, rule, verdict, values| Raft::tell(NodeId(me), &Firing { rule, verdict, values });
    assert_eq!(
        tell(1, rules::VOTE_SURVIVES_CRASH, Verdict::Held, [1, 2, 0, 0]),
        "n1 writes its vote for itself to its disk."
    );
    assert_eq!(
        tell(1, rules::ONE_VOTE_PER_TERM, Verdict::Refused, [12, 1, 3, 0]),
        "n1 refuses n12: it gave its vote of term 3 to itself."
    );
    assert_eq!(
        tell(1, rules::ONE_VOTE_PER_TERM, Verdict::Overridden, [12, 1, 3, 0]),
        "n1 would vote for n12 in term 3, although it has voted for itself in that term."
    );
    assert_eq!(
        tell(1, rules::IGNORE_CANDIDATES_WHILE_LED, Verdict::Refused, [3, 1, 2, 0]),
        "n1 ignores n3, who stands for election in term 2: it leads itself."
    );
}

#[test]
fn the_sentences_that_no_template_holds() {
    let tell = |rule, verdict, values| Raft::tell(NodeId(2), &Firing { rule, verdict, values });
    let log = rules::UP_TO_DATE_LOG;
    assert_eq!(
        tell(log, Verdict::Held, [1, 0, 0, 1]),
        "n2 votes for n1, whose log is no older than its own: both are empty."
    );
    assert_eq!(
        tell(log, Verdict::Held, [1, 5, 3, 1]),
        "n2 votes for n1, whose log is more up to date: it is longer than its own, 5 to 3, and ends in the same term."
    );
    assert_eq!(
        tell(log, Verdict::Held, [1, 4, 0, 2]),
        "n2 would vote for n1, whose log ends in term 4: its own is empty."
    );
    assert_eq!(
        tell(log, Verdict::Refused, [1, 0, 4, 0]),
        "n2 refuses n1, whose log is empty: its own ends in term 4."
    );
    assert_eq!(
        tell(log, Verdict::Overridden, [1, 3, 5, 1]),
        "n2 votes all the same for n1, whose log is shorter than its own, 3 to 5, and ends in the same term."
    );
    let counted = rules::COUNT_AFTER_CONFIRMATION;
    assert_eq!(
        tell(counted, Verdict::Held, [1, 7, 2, 5]),
        "n2 counts n1 among those who hold its log up to entry 7: 2 of 5 do."
    );
    let half = rules::MORE_THAN_HALF;
    assert_eq!(
        tell(half, Verdict::Held, [3, 5, 0, 2]),
        "n2 has the votes of 3 of 5 servers, more than half: it leads term 2."
    );
    assert_eq!(
        tell(half, Verdict::Overridden, [2, 4, 7, 2]),
        "2 of 4 servers hold entry 7, only half, and n2 takes that for a majority."
    );
}

#[test]
fn names_are_found_again() {
    let dialect = Raft::DIALECT;
    assert_eq!(dialect.kind_named("appendentries"), Some(2));
    assert_eq!(dialect.timer_named("election"), Some(crate::cluster::ELECTION));
    assert_eq!(dialect.timer_named("heartbeat"), Some(crate::cluster::HEARTBEAT));
    assert_eq!(dialect.roles[3].kind, RoleKind::Leading);
    for option in dialect.options {
        let fits = match option.kind {
            OptionKind::Flag => (0..=1).contains(&option.default),
            OptionKind::Choice(keys) => usize::try_from(option.default).is_ok_and(|place| place < keys.len()),
            OptionKind::Number { least, most, .. } | OptionKind::Span { least, most } => {
                (least..=most).contains(&option.default)
            }
        };
        assert!(fits, "{}", option.key);
    }
}

#[test]
fn a_message_shows_its_fields_by_the_papers_names() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(1);
    let request = cluster.network[0].message.clone();
    assert_eq!(request.label(), "RequestVote");
    let names = |message: &raft::Message| message.fields().iter().map(|(name, _)| *name).collect::<Vec<_>>();
    assert_eq!(names(&request), ["term", "candidate_id", "last_log_index", "last_log_term"]);
    cluster.deliver("RequestVote", 1, 2);
    assert_eq!(cluster.network.back().expect("a vote").message.label(), "vote");
    cluster.deliver("RequestVoteReply", 2, 1);
    cluster.lose();
    cluster.write(1, "a");
    cluster.write(1, "b");
    let append = cluster.network.back().expect("entries").message.clone();
    assert_eq!(append.label(), "AppendEntries 1–2");
    assert!(!append.is_routine());
    let entries = append.fields().into_iter().find(|(name, _)| *name == "entries").expect("it has entries").1;
    assert_eq!(entries, "1: x=a (term 1), 2: x=b (term 1)");
    cluster.lose();
    cluster.heartbeat(1);
    assert_eq!(cluster.network[0].message.label(), "heartbeat");
    assert!(cluster.network[0].message.is_routine());
}

#[test]
fn different_messages_have_different_digests() {
    let mut cluster = Cluster::new(3, &[("pre-vote", 1)], &[]);
    cluster.timeout(1);
    let mut seen = Vec::new();
    for turn in 0..4 {
        while let Some(flying) = cluster.network.pop_front() {
            let mut digest = Digest::default();
            flying.message.digest(&mut digest);
            seen.push((format!("{:?}", flying.message), digest.finish()));
            cluster.receive(flying.from, flying.to, flying.message);
        }
        cluster.write(1, &turn.to_string());
    }
    let messages: BTreeSet<_> = seen.iter().map(|(text, _)| text).collect();
    let digests: BTreeSet<_> = seen.iter().map(|(_, digest)| digest).collect();
    assert!(messages.len() > 8);
    assert_eq!(messages.len(), digests.len());
}

#[test]
fn a_view_tells_what_is_durable() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.slow_disks = true;
    cluster.timeout(1);
    let durable = |cluster: &Cluster, key: &str| {
        cluster.view(1).facts.into_iter().find(|fact| fact.key == key).map(|fact| (fact.value, fact.durable))
    };
    assert_eq!(durable(&cluster, "current_term"), Some(("1".into(), false)));
    assert_eq!(durable(&cluster, "voted_for"), Some(("n1".into(), false)));
    cluster.sync(1);
    assert_eq!(durable(&cluster, "current_term"), Some(("1".into(), true)));
    assert_eq!(durable(&cluster, "commit_index"), Some(("0".into(), false)));
    assert_eq!(durable(&cluster, "leader"), Some(("none".into(), false)));
}
