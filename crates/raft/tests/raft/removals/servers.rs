//! Taken away: what is persistent, and the rules for all servers.

use super::{breaks, compare};
use crate::cluster::Cluster;
use protocol::Op;
use raft::rules;

#[test]
fn a_forgotten_term_is_used_again() {
    breaks(rules::TERM_SURVIVES_CRASH, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.restart(2);
        cluster.stand(3, &[2], 1);
        cluster
    });
}

#[test]
fn a_forgotten_vote_is_given_again() {
    breaks(rules::VOTE_SURVIVES_CRASH, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(3);
        cluster.hold("RequestVote", 3, 2);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster.deliver("RequestVoteReply", 2, 1);
        cluster.restart(2);
        cluster.release();
        cluster.deliver("RequestVoteReply", 2, 3);
        cluster
    });
}

#[test]
fn an_entry_that_was_confirmed_before_it_was_on_disk_is_lost() {
    let [_, without] = breaks(rules::DISK_BEFORE_SEND, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.slow_disks = true;
        cluster.write(1, "a");
        cluster.sync(1);
        cluster.deliver_among(&[1, 2]);
        cluster.crash(1);
        cluster.slow_disks = false;
        cluster.restart(2);
        cluster.elect(2, &[3], 2);
        cluster
    });
    assert!(without.ghost.broken.contains("leader-completeness"));
}

#[test]
fn a_vote_that_was_sent_before_it_was_on_disk_is_given_again() {
    let [_, without] = breaks(rules::DISK_BEFORE_SEND, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(3);
        cluster.hold("RequestVote", 3, 2);
        cluster.timeout(1);
        cluster.slow_disks = true;
        cluster.deliver("RequestVote", 1, 2);
        cluster.deliver_among(&[1, 2]);
        cluster.slow_disks = false;
        cluster.restart(2);
        cluster.release();
        cluster.deliver_among(&[2, 3]);
        cluster
    });
    assert!(without.ghost.broken.contains("election-safety"));
}

#[test]
fn an_entry_that_is_left_out_is_missing_in_the_state_machine() {
    let [with, without] = breaks(rules::APPLY_IN_ORDER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.request(1, 1, Op::Set { key: "x".into(), value: "1".into() });
        cluster.request(1, 2, Op::Append { key: "x".into(), value: "2".into() });
        cluster.replicate(1, 2);
        cluster
    });
    assert_eq!((with.view(1).state[0].1.as_str(), without.view(1).state[0].1.as_str()), ("12", "2"));
}

#[test]
fn without_newer_terms_nobody_is_ever_elected() {
    let [with, without] = compare(rules::ADOPT_HIGHER_TERM, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.stand(1, &[2, 3], 1);
        cluster
    });
    assert_eq!((with.role(1), without.role(1), without.term(2)), ("Leader", "Candidate", 0));
}

#[test]
fn a_leader_that_takes_a_newer_term_with_it_leads_beside_the_elected_one() {
    breaks(rules::STEP_DOWN, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.elect(3, &[1, 2], 2);
        cluster
    });
}
