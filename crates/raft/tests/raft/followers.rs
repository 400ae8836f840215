//! AppendEntries at the receiver (Raft Fig. 2, §5.3).

use crate::cluster::{Cluster, ELECTION, log_of};
use protocol::{Entries, NodeId, Term, Verdict};
use raft::{AppendEntries, Message, Outcome, rules};

/// An AppendEntries of term `term` from n1 whose entries have these terms, after `prev` of term `prev_term`.
fn append(term: u32, prev: u64, prev_term: u32, terms: &[u32], leader_commit: u64) -> Message {
    let padding = vec![prev_term; usize::try_from(prev).unwrap()];
    let log = log_of(&[&padding[..], terms].concat());
    let entries: Entries = log.slice(prev + 1, usize::MAX);
    Message::AppendEntries(AppendEntries {
        term: Term::new(term),
        leader_id: NodeId(1),
        prev_log_index: prev,
        prev_log_term: Term::new(prev_term),
        entries,
        leader_commit,
    })
}

/// n2 with this log receives a message from n1.
fn follower(log: &[u32], message: Message) -> Cluster {
    let term = log.last().copied().unwrap_or(0);
    let mut cluster = Cluster::preset(&[(term, None, &[]), (term, None, log), (term, None, &[])], &[], &[]);
    cluster.receive(1, 2, message);
    cluster
}

fn outcome(cluster: &Cluster) -> Outcome {
    match cluster.network.back().map(|flying| &flying.message) {
        Some(Message::AppendEntriesReply(reply)) => reply.outcome,
        other => panic!("expected an AppendEntriesReply, not {other:?}"),
    }
}

fn stored(cluster: &Cluster) -> Option<u64> {
    match outcome(cluster) {
        Outcome::Success { match_index, .. } => Some(match_index),
        _ => None,
    }
}

// Raft Fig. 2, AppendEntries 1.
#[test]
fn a_leader_of_an_earlier_term_is_refused_and_changes_nothing() {
    let mut cluster = follower(&[1, 3], append(2, 1, 1, &[2], 2));
    assert_eq!(outcome(&cluster), Outcome::Stale);
    assert_eq!((cluster.terms(2), cluster.commit(2)), (vec![1, 3], 0));
    assert_eq!(cluster.timer(2, ELECTION), None, "only the current leader restarts the timer");
    cluster.timeout(2);
    assert_eq!(cluster.role(2), "Candidate");
}

// Raft Fig. 2, AppendEntries 2; the cases of etcd's TestFollowerCheckMsgApp.
#[test]
fn entries_are_refused_unless_the_entry_before_them_matches() {
    let cases: &[(u64, u32, bool)] =
        &[(0, 0, true), (1, 1, true), (2, 2, true), (1, 2, false), (2, 1, false), (3, 3, false)];
    for (prev, prev_term, matches) in cases {
        let cluster = follower(&[1, 2], append(3, *prev, *prev_term, &[], 0));
        assert_eq!(stored(&cluster), matches.then_some(*prev), "{prev} of term {prev_term}");
        assert_eq!(cluster.terms(2), [1, 2]);
    }
}

// Raft §5.3: a refusal says why, and shows both terms.
#[test]
fn a_follower_says_why_it_refuses() {
    let cluster = follower(&[1, 2], append(3, 2, 3, &[3], 0));
    let text = cluster.sentence(2, rules::PREV_TERM_MATCHES);
    assert_eq!(text, "n2 refuses n1's entries: entry 2 has term 2 here, and term 3 at n1.");
    let cluster = follower(&[1, 2], append(3, 4, 3, &[3], 0));
    let text = cluster.sentence(2, rules::PREV_ENTRY_EXISTS);
    assert_eq!(text, "n2 refuses n1's entries: they belong behind entry 4, and n2's log ends at 2.");
}

// Raft Fig. 2, AppendEntries 3 and 4; the cases of etcd's TestFollowerAppendEntries.
#[test]
fn a_conflict_goes_with_all_that_follows_and_what_is_missing_is_appended() {
    let cases: &[(u64, u32, &[u32], &[u32])] = &[
        (2, 2, &[3], &[1, 2, 3]),
        (1, 1, &[3, 4], &[1, 3, 4]),
        (0, 0, &[1], &[1, 2]),
        (0, 0, &[3], &[3]),
        (0, 0, &[1, 2, 3], &[1, 2, 3]),
    ];
    for (prev, prev_term, entries, log) in cases {
        let cluster = follower(&[1, 2], append(4, *prev, *prev_term, entries, 0));
        assert_eq!(cluster.terms(2), *log, "{entries:?} after {prev}");
        assert_eq!(stored(&cluster), Some(prev + entries.len() as u64));
        assert_eq!(*cluster.disk(2), protocol::Protocol::durable(cluster.node(2)));
    }
}

// Raft Fig. 2, AppendEntries 3: only "if an existing entry conflicts". Dissertation §3.7: a late message is harmless.
#[test]
fn a_late_or_doubled_message_shortens_no_log() {
    for (prev, prev_term, entries) in [(0, 0, &[1, 2][..]), (1, 1, &[2]), (0, 0, &[]), (1, 1, &[])] {
        let cluster = follower(&[1, 2, 2, 3], append(3, prev, prev_term, entries, 0));
        assert_eq!(cluster.terms(2), [1, 2, 2, 3]);
        assert_eq!(
            stored(&cluster),
            Some(prev + entries.len() as u64),
            "it confirms what it was sent, no more"
        );
    }
}

// Raft Fig. 2, AppendEntries 5: min(leaderCommit, index of last new entry).
#[test]
fn a_follower_commits_no_further_than_the_message_reaches() {
    let cases: &[(u64, u32, &[u32], u64, u64)] = &[
        (0, 0, &[1], 0, 0),
        (0, 0, &[1], 1, 1),
        (0, 0, &[1], 9, 1),
        (1, 1, &[], 9, 1),
        (2, 1, &[1, 1], 3, 3),
        (3, 1, &[], 3, 3),
    ];
    for (prev, prev_term, entries, leader_commit, commit) in cases {
        let cluster = follower(&[1, 1, 1], append(1, *prev, *prev_term, entries, *leader_commit));
        assert_eq!(cluster.commit(2), *commit, "{entries:?} after {prev}, {leader_commit} committed");
        assert_eq!(cluster.view(2).applied, *commit, "what is committed is applied");
    }
}

// Raft Fig. 2, AppendEntries 5: "if leaderCommit > commitIndex".
#[test]
fn a_commit_index_never_goes_back() {
    let mut cluster = follower(&[1, 1], append(1, 2, 1, &[], 2));
    assert_eq!(cluster.commit(2), 2);
    cluster.receive(1, 2, append(1, 2, 1, &[], 1));
    assert_eq!(cluster.commit(2), 2);
    assert!(cluster.said(2, rules::KEEP_HIGHER_COMMIT, Verdict::Refused));
    cluster.assert_sound();
}

// Raft §5.2: a heartbeat of the current leader, even one that does not match, restarts the timer and tells who leads.
#[test]
fn any_message_from_the_current_leader_restarts_the_timer() {
    for message in [append(1, 0, 0, &[], 0), append(1, 7, 1, &[1], 0)] {
        let cluster = follower(&[1], message);
        assert!(matches!(cluster.timer(2, ELECTION), Some(Some(_))));
        assert_eq!(cluster.view(2).note, "follows n1");
    }
}

// Raft §5.2: heartbeats are plain AppendEntries; they are cheap to watch, too.
#[test]
fn a_heartbeat_that_brings_nothing_new_speaks_of_one_rule() {
    let mut cluster = follower(&[1], append(1, 1, 1, &[], 1));
    cluster.firings.clear();
    cluster.receive(1, 2, append(1, 1, 1, &[], 1));
    assert_eq!(cluster.firings.len(), 1);
    assert!(cluster.said(2, rules::HEARTBEATS_RESTART_TIMER, Verdict::Held));
}

// Raft §5.3: "followers never pull": a follower says nothing unless it is asked.
#[test]
fn a_follower_sends_nothing_by_itself() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.heartbeat(2);
    assert!(cluster.network.is_empty());
}

// Raft Fig. 2: entries are applied in the order of the log, each once.
#[test]
fn committed_entries_are_applied_one_by_one() {
    let cluster = follower(&[1, 1, 1], append(1, 3, 1, &[], 3));
    let applied: Vec<_> = cluster
        .firings
        .iter()
        .filter(|(n, firing)| *n == 2 && firing.rule == rules::APPLY_IN_ORDER)
        .map(|(_, firing)| firing.values[0])
        .collect();
    assert_eq!(applied, [1, 2], "the last has nothing to be out of order with");
    assert_eq!(cluster.view(2).state, [("k".to_string(), "1.2".to_string())]);
    cluster.assert_sound();
}
