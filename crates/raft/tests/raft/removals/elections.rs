//! Taken away: the rules for followers and candidates.

use super::{breaks, compare};
use crate::cluster::{Cluster, ELECTION};
use protocol::Span;
use raft::rules;

#[test]
fn without_timeouts_nobody_stands_for_election() {
    let [with, without] = compare(rules::TIMEOUT_STARTS_ELECTION, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster
    });
    assert_eq!((with.role(1), without.role(1)), ("Candidate", "Follower"));
    assert!(matches!(without.timer(1, ELECTION), Some(Some(_))), "it goes on waiting");
}

#[test]
fn without_chance_all_servers_wait_equally_long() {
    let [with, without] = compare(rules::RANDOM_TIMEOUT, |off| {
        let mut cluster = Cluster::new(4, &[], off);
        cluster.timeout(1);
        cluster
    });
    let range = |cluster: &Cluster| cluster.timer(1, ELECTION).flatten().expect("it is set");
    assert_eq!(
        (range(&with), range(&without)),
        ((Span::ms(300), Span::ms(600)), (Span::ms(300), Span::ms(300)))
    );
}

#[test]
fn an_election_in_the_same_term_takes_votes_back() {
    breaks(rules::NEW_TERM_PER_ELECTION, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        for (candidate, voter) in [(1, 2), (2, 3)] {
            cluster.lose();
            cluster.timeout(candidate);
            cluster.deliver("RequestVote", candidate, voter);
            cluster.deliver("RequestVoteReply", voter, candidate);
        }
        cluster
    });
}

#[test]
fn without_the_rule_a_heartbeat_does_not_restart_the_timer() {
    let [with, without] = compare(rules::HEARTBEATS_RESTART_TIMER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver("AppendEntries", 1, 2);
        cluster
    });
    assert!(matches!(with.timer(2, ELECTION), Some(Some(_))));
    assert_eq!(without.timer(2, ELECTION), None);
}

#[test]
fn without_the_rule_a_granted_vote_does_not_restart_the_timer() {
    let [with, without] = compare(rules::VOTING_RESTARTS_TIMER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster
    });
    assert!(matches!(with.timer(2, ELECTION), Some(Some(_))));
    assert_eq!(without.timer(2, ELECTION), None);
}

#[test]
fn without_the_rule_a_candidate_pays_no_heed_to_the_leader() {
    let [with, without] = compare(rules::YIELD_TO_LEADER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(3);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver("AppendEntries", 1, 3);
        cluster
    });
    assert_eq!((with.role(3), without.role(3)), ("Follower", "Candidate"));
}

#[test]
fn a_vote_that_is_dropped_on_stepping_down_is_given_again() {
    breaks(rules::KEEP_VOTE_ON_STEP_DOWN, |off| {
        let mut cluster = Cluster::new(3, &[("pre-vote", 1)], off);
        for candidate in [1, 3] {
            cluster.timeout(candidate);
            cluster.deliver("PreVote", candidate, 2);
            cluster.deliver("PreVoteReply", 2, candidate);
        }
        cluster.hold("RequestVote", 3, 2);
        cluster.deliver("RequestVote", 1, 2);
        cluster.deliver("RequestVoteReply", 2, 1);
        // n2 loses patience just before the leader's first heartbeat reaches it.
        cluster.timeout(2);
        assert_eq!((cluster.role(2), cluster.term(2)), ("PreCandidate", 1));
        cluster.deliver("AppendEntries", 1, 2);
        cluster.release();
        cluster.deliver("RequestVoteReply", 2, 3);
        cluster
    });
}
