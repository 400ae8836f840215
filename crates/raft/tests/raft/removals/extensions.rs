//! Taken away: the rules of pre-vote and of leader stickiness.

use super::compare;
use crate::cluster::Cluster;
use protocol::RuleId;
use raft::rules;

#[test]
fn without_asking_a_server_that_was_cut_off_deposes_the_leader() {
    let [with, without] =
        compare(rules::ASK_BEFORE_STANDING, |off| cut_off_and_back(&[("pre-vote", 1)], off));
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Follower"));
}

#[test]
fn a_pre_vote_in_spite_of_the_leader_deposes_it() {
    let [with, without] =
        compare(rules::NO_PRE_VOTE_WHILE_LED, |off| cut_off_and_back(&[("pre-vote", 1)], off));
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Follower"));
}

#[test]
fn a_vote_in_spite_of_the_leader_deposes_it() {
    let [with, without] =
        compare(rules::IGNORE_CANDIDATES_WHILE_LED, |off| cut_off_and_back(&[("leader-stickiness", 1)], off));
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Follower"));
}

/// n1 leads; n3, who has not heard of it, stands for election.
fn cut_off_and_back(options: &[(&str, i64)], off: &[RuleId]) -> Cluster {
    let mut cluster = Cluster::new(3, options, off);
    cluster.timeout(1);
    cluster.deliver_among(&[1, 2]);
    assert_eq!(cluster.role(1), "Leader");
    cluster.lose();
    for _ in 0..2 {
        cluster.timeout(3);
        cluster.deliver_all();
    }
    cluster
}

#[test]
fn a_refusal_without_a_term_leaves_the_asker_behind_for_ever() {
    let [with, without] = compare(rules::REFUSAL_CARRIES_TERM, |off| {
        // The longer log is in the older term.
        let disks = [(1, None, &[1, 1][..]), (4, None, &[1]), (1, None, &[])];
        let mut cluster = Cluster::preset(&disks, &[("pre-vote", 1)], off);
        cluster.crash(3);
        for n in [1, 2, 1, 2, 1] {
            cluster.timeout(n);
            cluster.deliver_all();
        }
        cluster
    });
    assert_eq!((with.role(1), without.role(1)), ("Leader", "PreCandidate"));
}
