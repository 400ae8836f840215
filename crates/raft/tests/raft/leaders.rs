//! The leader's side: replication, commitment, and the figures of Raft §5.3 and §5.4.

use crate::cluster::{Cluster, HEARTBEAT};
use protocol::{Answer, Op, Reply, Verdict};
use raft::{Message, rules};

fn entries(message: &Message) -> (u64, usize) {
    match message {
        Message::AppendEntries(request) => (request.prev_log_index, request.entries.len()),
        other => panic!("expected AppendEntries, not {other:?}"),
    }
}

// Raft §5.3: append, replicate in parallel, commit at a majority, apply, answer.
#[test]
fn a_command_is_stored_replicated_committed_applied_and_answered() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.write(1, "a");
    assert_eq!((cluster.texts(1), cluster.commit(1)), (vec!["x=a".to_string()], 0));
    assert_eq!(
        cluster.network.iter().map(|flying| entries(&flying.message)).collect::<Vec<_>>(),
        [(0, 1), (0, 1)]
    );
    cluster.deliver("AppendEntries", 1, 2);
    assert_eq!((cluster.commit(1), cluster.answers.len()), (0, 0));
    // One confirmation is enough among three: the leader is the second server.
    cluster.deliver("AppendEntriesReply", 2, 1);
    assert_eq!((cluster.commit(1), cluster.answers[0].2.clone()), (1, Answer::Done(Reply::Stored)));
    assert_eq!(
        cluster.sentence(1, rules::COMMIT_OWN_TERM_ONLY),
        "n1 commits entry 1: a majority holds it, and it is of n1's own term 1."
    );
    // The second confirmation changes only what the leader knows of n3.
    cluster.deliver("AppendEntries", 1, 3);
    cluster.deliver("AppendEntriesReply", 3, 1);
    assert_eq!((cluster.commit(1), cluster.peer(1, 3, "match_index"), cluster.answers.len()), (1, 1, 1));
    // Followers learn of the commitment with the next message (§5.3).
    assert_eq!((cluster.commit(2), cluster.view(2).state.len()), (0, 0));
    cluster.heartbeat(1);
    cluster.deliver_all();
    assert!((2..=3).all(|n| cluster.commit(n) == 1 && cluster.view(n).state.len() == 1));
    cluster.assert_sound();
}

// Raft Fig. 2, volatile state on leaders: nextIndex = last log index + 1, matchIndex = 0, made anew.
#[test]
fn a_new_leader_guesses_next_index_and_assumes_nothing_about_match_index() {
    let log = &[1, 1, 2][..];
    let mut cluster = Cluster::preset(&[(2, None, log), (2, None, log), (2, None, &[])], &[], &[]);
    cluster.elect(1, &[2], 3);
    for n in 2..=3 {
        assert_eq!((cluster.peer(1, n, "next_index"), cluster.peer(1, n, "match_index")), (4, 0));
    }
}

// Raft §5.2, Fig. 2: heartbeats carry no entries, and the interval goes on.
#[test]
fn a_leader_beats_at_each_interval() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    for _ in 0..3 {
        cluster.lose();
        cluster.heartbeat(1);
        assert!(matches!(cluster.timer(1, HEARTBEAT), Some(Some(_))));
        assert_eq!(
            cluster.network.iter().map(|flying| entries(&flying.message)).collect::<Vec<_>>(),
            [(0, 0); 2]
        );
    }
}

// Raft §5.3: "the leader retries AppendEntries RPCs indefinitely ... until all followers eventually store all entries".
#[test]
fn entries_that_were_lost_are_sent_again() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.write(1, "a");
    for _ in 0..3 {
        cluster.lose();
        cluster.heartbeat(1);
        assert_eq!(cluster.commit(1), 0);
    }
    cluster.deliver_all();
    assert_eq!((cluster.terms(2), cluster.terms(3), cluster.commit(1)), (vec![1], vec![1], 1));
    assert!(cluster.said(1, rules::RESEND_UNTIL_STORED, Verdict::Held));
}

// Not in the paper, but in every network: what is still on its way is not sent twice.
#[test]
fn entries_that_are_under_way_are_not_sent_again() {
    let mut cluster = Cluster::new(2, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.heartbeat(1);
    cluster.write(1, "a");
    cluster.deliver("AppendEntries", 1, 2);
    cluster.deliver("AppendEntriesReply", 2, 1);
    assert_eq!(
        cluster.network.len(),
        1,
        "the answer to a heartbeat that was sent before the entry proves nothing"
    );
}

// Raft Fig. 2, leaders: "send AppendEntries RPC with log entries starting at nextIndex"; how many is an option.
#[test]
fn a_limit_on_entries_makes_batches_that_follow_each_other() {
    let log = &[1, 1, 1, 1, 1][..];
    let mut cluster = Cluster::preset(
        &[(1, None, log), (1, None, &[]), (1, None, log)],
        &[("max-entries-per-append", 2)],
        &[],
    );
    cluster.elect(1, &[3], 2);
    cluster.heartbeat(1);
    let mut sizes = Vec::new();
    while let Some(flying) = cluster.network.pop_front() {
        if let (Message::AppendEntries(request), 2) = (&flying.message, flying.to) {
            sizes.push(request.entries.len());
        }
        if flying.to != 3 {
            cluster.receive(flying.from, flying.to, flying.message);
        }
    }
    assert_eq!((sizes, cluster.terms(2).len()), (vec![0, 2, 2, 1], 5));
}

// Raft Fig. 2: on success matchIndex is what the request covered; an older answer takes nothing back.
#[test]
fn match_index_never_goes_back() {
    let mut cluster = Cluster::new(5, &[], &[]);
    cluster.elect(1, &[2, 3], 1);
    cluster.write(1, "a");
    cluster.deliver("AppendEntries", 1, 2);
    cluster.hold("AppendEntriesReply", 2, 1);
    cluster.write(1, "b");
    cluster.deliver("AppendEntries", 1, 2);
    cluster.deliver("AppendEntriesReply", 2, 1);
    assert_eq!(cluster.peer(1, 2, "match_index"), 2);
    cluster.release();
    assert_eq!((cluster.peer(1, 2, "match_index"), cluster.peer(1, 2, "next_index")), (2, 3));
}

// Raft Fig. 3, Leader Append-Only: whatever its followers hold, a leader only appends.
#[test]
fn a_leader_repairs_its_followers_and_never_itself() {
    let mut cluster =
        Cluster::preset(&[(2, None, &[1, 2, 2]), (2, None, &[1, 1, 1, 1]), (2, None, &[])], &[], &[]);
    cluster.elect(1, &[2, 3], 3);
    cluster.heartbeat(1);
    cluster.deliver_all();
    assert!((1..=3).all(|n| cluster.terms(n) == [1, 2, 2]));
    cluster.write(1, "a");
    cluster.deliver_all();
    assert!((1..=3).all(|n| cluster.terms(n) == [1, 2, 2, 3]));
    cluster.assert_sound();
}

/// Raft Fig. 8 up to (c): entry 2, of term 2, is on three of five servers, and S1 leads term 4.
pub(crate) fn figure_8(off: &[protocol::RuleId]) -> Cluster {
    let mut cluster = Cluster::new(5, &[("max-entries-per-append", 1)], off);
    // (a) S1 leads term 2 and brings entry 2 to S2 only.
    cluster.elect(1, &[2, 3], 1);
    cluster.write(1, "one");
    for n in 2..=5 {
        cluster.replicate(1, n);
    }
    cluster.restart(1);
    cluster.elect(1, &[2, 3], 2);
    cluster.write(1, "two");
    cluster.replicate(1, 2);
    cluster.crash(1);
    // (b) S5 leads term 3 with the votes of S3 and S4, and takes another entry 2.
    cluster.stand(5, &[3, 4], 2);
    assert_ne!(cluster.role(5), "Leader", "S3 voted for S1 in term 2");
    cluster.elect(5, &[3, 4], 3);
    cluster.write(5, "three");
    cluster.crash(5);
    // (c) S1 leads term 4 and goes on replicating entry 2.
    cluster.restart(1);
    cluster.elect(1, &[2, 3], 4);
    cluster.replicate(1, 2);
    cluster.replicate(1, 3);
    cluster
}

// Raft §5.4.2, Fig. 8 (c) to (d): a majority holds entry 2, and it is overwritten all the same.
#[test]
fn an_entry_of_an_earlier_term_on_a_majority_is_not_committed_and_may_be_lost() {
    let mut cluster = figure_8(&[]);
    assert!((1..=3).all(|n| cluster.terms(n) == [1, 2]));
    assert_eq!(
        (cluster.commit(1), cluster.peer(1, 2, "match_index"), cluster.peer(1, 3, "match_index")),
        (0, 2, 2)
    );
    assert_eq!(
        cluster.sentence(1, rules::COMMIT_OWN_TERM_ONLY),
        "n1 does not commit entry 2, though a majority holds it: it is of term 2, and n1 leads term 4."
    );
    cluster.crash(1);
    cluster.restart(5);
    cluster.elect(5, &[2, 3, 4], 5);
    for n in 2..=4 {
        cluster.replicate(5, n);
        assert_eq!(cluster.terms(n), [1, 3]);
    }
    cluster.assert_sound();
}

// Raft §5.4.2, Fig. 8 (e): with an entry of its own term on a majority, the leader has committed both.
#[test]
fn an_entry_of_the_leaders_own_term_commits_the_older_ones_with_it() {
    let mut cluster = figure_8(&[]);
    cluster.write(1, "four");
    cluster.replicate(1, 2);
    cluster.replicate(1, 3);
    assert_eq!(cluster.commit(1), 3);
    assert!(cluster.said(1, rules::LOOK_PAST_OLD_TERMS, Verdict::Held));
    cluster.crash(1);
    cluster.restart(5);
    cluster.stand(5, &[2, 3, 4], 5);
    assert_eq!(cluster.role(5), "Candidate", "S2 and S3 refuse: their last term is newer");
    cluster.assert_sound();
}

// Raft §8, dissertation §6.4: the empty entry at the start of a term.
#[test]
fn a_no_op_commits_what_older_terms_left() {
    for (no_op, commit) in [(0, 0), (1, 2)] {
        let mut cluster =
            Cluster::preset(&[(1, None, &[]), (1, None, &[1]), (1, None, &[])], &[("no-op", no_op)], &[]);
        cluster.crash(1);
        cluster.timeout(2);
        cluster.deliver_all();
        cluster.heartbeat(2);
        cluster.deliver_all();
        assert_eq!((cluster.role(2), cluster.commit(2), cluster.commit(3)), ("Leader", commit, commit));
        assert_eq!(cluster.terms(3)[0], 1, "entry 1 is on a majority either way");
        cluster.assert_sound();
    }
}

// Raft §5.3: a minority makes no progress and tells no lies.
#[test]
fn a_leader_without_a_majority_commits_nothing_and_its_entries_go() {
    let mut cluster = Cluster::new(5, &[], &[]);
    cluster.elect(1, &[2, 3], 1);
    cluster.write(1, "a");
    cluster.write(1, "b");
    cluster.deliver_among(&[1, 2]);
    cluster.elect(3, &[4, 5], 2);
    cluster.write(3, "c");
    cluster.deliver_among(&[3, 4, 5]);
    assert_eq!((cluster.commit(1), cluster.commit(3)), (0, 1));
    assert_eq!((cluster.role(1), cluster.role(3)), ("Leader", "Leader"), "of different terms, legally");
    cluster.lose();
    cluster.heartbeat(3);
    cluster.deliver_all();
    cluster.heartbeat(3);
    cluster.deliver_all();
    assert!((1..=5).all(|n| cluster.texts(n) == ["x=c"] && cluster.commit(n) == 1));
    assert_eq!(cluster.answers.iter().filter(|(_, _, answer)| *answer == Answer::Unknown).count(), 2);
    cluster.assert_sound();
}

// Raft §5.4.3: the winner of an election has every committed entry, because a voter in both majorities does.
#[test]
fn a_server_without_the_committed_entry_cannot_win() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.write(1, "a");
    cluster.replicate(1, 2);
    assert_eq!(cluster.commit(1), 1);
    cluster.crash(1);
    cluster.stand(3, &[2], 2);
    assert_eq!(cluster.role(3), "Candidate");
    cluster.elect(2, &[3], 3);
    cluster.assert_sound();
}

// Reads go through the log like any command.
#[test]
fn a_get_is_an_entry_and_answers_with_what_was_written_before_it() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.request(1, 1, Op::Set { key: "x".into(), value: "7".into() });
    cluster.request(1, 2, Op::Get { key: "x".into() });
    cluster.deliver_all();
    let answers: Vec<_> = cluster.answers.iter().map(|(_, seq, answer)| (*seq, answer.clone())).collect();
    assert_eq!(
        answers,
        [(1, Answer::Done(Reply::Stored)), (2, Answer::Done(Reply::Value(Some("7".into()))))]
    );
    assert_eq!(cluster.texts(1), ["x=7", "get x"]);
}

// The page's view of a leader that counts.
#[test]
fn a_leader_shows_who_holds_its_newest_entry() {
    let mut cluster = Cluster::new(5, &[], &[]);
    cluster.elect(1, &[2, 3], 1);
    assert_eq!((cluster.view(1).tally, cluster.view(1).note.as_str()), (None, "leads term 1"));
    cluster.write(1, "a");
    cluster.replicate(1, 4);
    let (view, cells) = (cluster.view(1), cluster.cells(1));
    let tally = view.tally.expect("it counts");
    assert_eq!(
        (tally.have.iter().map(|n| n.0).collect::<Vec<_>>(), tally.need, tally.of),
        (vec![1, 4], 3, 5)
    );
    assert_eq!(view.note, "entry 1 on 2 of 5, needs 3");
    assert_eq!(cells[0].acks.len(), 2);
    assert!(cells[0].durable && !cells[0].committed);
}
