//! What a crash takes and what it leaves (Raft Fig. 2, *State*; dissertation §3.8), and slow disks (§10.2.1).

use crate::cluster::Cluster;
use protocol::{Answer, Durable as _, Message as _, Protocol, Verdict};
use raft::rules;

// Raft Fig. 2: currentTerm, votedFor and log[] are persistent; all else is volatile.
#[test]
fn a_crash_leaves_term_vote_and_log_and_takes_all_else() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.write(1, "a");
    cluster.deliver_all();
    cluster.heartbeat(1);
    cluster.deliver_all();
    let before: Vec<_> = (1..=3).map(|n| cluster.node(n).durable()).collect();
    for n in 1..=3 {
        assert_eq!(cluster.commit(n), 1);
        cluster.restart(n);
        assert_eq!((cluster.role(n), cluster.commit(n), cluster.view(n).applied), ("Follower", 0, 0));
        assert_eq!((cluster.view(n).state.len(), cluster.view(n).peers.len()), (0, 0));
        assert_eq!(cluster.node(n).durable(), before[usize::from(n) - 1]);
        assert_eq!(cluster.node(n).status().leader, None);
    }
}

// Dissertation §3.8: commitIndex is safe to lose; §6.4: the no-op finds it again.
#[test]
fn after_everything_crashed_a_new_term_commits_what_was_committed() {
    for (no_op, commit) in [(1, 4), (0, 0)] {
        let mut cluster = Cluster::new(3, &[("no-op", no_op)], &[]);
        cluster.timeout(1);
        cluster.deliver_all();
        cluster.write(1, "a");
        cluster.write(1, "b");
        cluster.deliver_all();
        cluster.heartbeat(1);
        cluster.deliver_all();
        (1..=3).for_each(|n| cluster.restart(n));
        cluster.timeout(2);
        cluster.deliver_all();
        cluster.heartbeat(2);
        cluster.deliver_all();
        assert!((1..=3).all(|n| cluster.commit(n) == commit), "no-op {no_op}");
        cluster.assert_sound();
    }
}

// Raft Fig. 2: "updated on stable storage before responding to RPCs".
#[test]
fn a_vote_leaves_when_the_voters_disk_has_it() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.slow_disks = true;
    cluster.timeout(1);
    assert!(cluster.network.is_empty(), "nor does the request for it");
    cluster.sync(1);
    cluster.deliver("RequestVote", 1, 2);
    assert_eq!((cluster.voted_for(2), cluster.disk(2).voted_for), (Some(1), None));
    assert!(!cluster.network.iter().any(|flying| flying.from == 2));
    cluster.sync(2);
    cluster.deliver("RequestVoteReply", 2, 1);
    assert_eq!(cluster.role(1), "Leader");
    cluster.assert_sound();
}

// Raft §5.3, dissertation §10.2.1.
#[test]
fn a_confirmation_leaves_when_the_followers_disk_has_the_entries() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.slow_disks = true;
    cluster.write(1, "a");
    cluster.deliver("AppendEntries", 1, 2);
    assert_eq!((cluster.terms(2), cluster.disk(2).log.last_index()), (vec![1], 0));
    assert!(!cluster.cells(2)[0].durable);
    assert!(!cluster.network.iter().any(|flying| flying.from == 2));
    cluster.sync(2);
    cluster.deliver("AppendEntriesReply", 2, 1);
    cluster.assert_sound();
}

// Dissertation §10.2.1: the leader writes to its disk while it replicates, and counts itself afterwards.
#[test]
fn a_leader_counts_itself_only_when_its_own_disk_is_done() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.slow_disks = true;
    cluster.write(1, "a");
    cluster.deliver("AppendEntries", 1, 2);
    cluster.sync(2);
    cluster.deliver("AppendEntriesReply", 2, 1);
    assert_eq!(cluster.commit(1), 0, "one disk of three");
    assert!(cluster.said(1, rules::COUNT_ITSELF_WHEN_DURABLE, Verdict::Refused));
    cluster.sync(1);
    assert_eq!((cluster.commit(1), cluster.answers.len()), (1, 1));
    cluster.assert_sound();
}

// Dissertation §10.2.1: two followers are a majority without the leader's disk.
#[test]
fn a_majority_of_followers_commits_before_the_leaders_disk_is_done() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.slow_disks = true;
    cluster.write(1, "a");
    for n in 2..=3 {
        cluster.deliver("AppendEntries", 1, n);
        cluster.sync(n);
        cluster.deliver("AppendEntriesReply", n, 1);
    }
    assert_eq!((cluster.commit(1), cluster.disk(1).log.last_index()), (1, 0));
    // The leader forgets the entry; the majority does not.
    cluster.slow_disks = false;
    cluster.restart(1);
    assert_eq!(cluster.terms(1).len(), 0);
    cluster.stand(1, &[2, 3], 2);
    assert_eq!(cluster.role(1), "Candidate");
    cluster.elect(2, &[3], 3);
    cluster.assert_sound();
}

// A disk holds what a message demands of it: term, vote in exactly that term, log up to an index.
#[test]
fn a_disk_covers_what_was_written_and_nothing_else() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(1);
    let request = cluster.network[0].message.requirement();
    assert!(cluster.disk(1).covers(&request) && !cluster.disk(3).covers(&request));
    cluster.deliver("RequestVote", 1, 2);
    let vote = cluster.network.back().expect("a vote").message.requirement();
    assert!(cluster.disk(2).covers(&vote));
    cluster.deliver("RequestVoteReply", 2, 1);
    cluster.write(1, "a");
    cluster.network.retain(|flying| !flying.message.is_routine());
    cluster.deliver("AppendEntries", 1, 2);
    let stored = cluster.network.back().expect("a confirmation").message.requirement();
    assert_eq!(stored.index, 1);
    assert!(cluster.disk(2).covers(&stored) && !cluster.disk(3).covers(&stored));
    let mut later = cluster.disk(2).clone();
    later.current_term = later.current_term.next();
    later.voted_for = None;
    assert!(later.covers(&vote) && later.covers(&stored), "a later term makes old claims void");
}

// A leader's crash leaves its clients without an answer; their retry finds the command, wherever it got to.
#[test]
fn a_leader_that_crashes_answers_nobody() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.write(1, "a");
    cluster.deliver("AppendEntries", 1, 2);
    cluster.crash(1);
    cluster.elect(2, &[3], 2);
    assert!(cluster.answers.is_empty());
    // The same command again: it is in n2's log already and is not appended a second time.
    cluster.request(2, 1, protocol::Op::Set { key: "x".into(), value: "a".into() });
    assert_eq!(cluster.terms(2), [1]);
    // With an entry of the new term, the old one commits and the client is answered.
    cluster.write(2, "b");
    cluster.deliver_all();
    assert_eq!(cluster.answers.len(), 2);
    assert!(cluster.answers.iter().all(|(_, _, answer)| matches!(answer, Answer::Done(_))));
}
