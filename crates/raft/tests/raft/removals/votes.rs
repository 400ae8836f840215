//! Taken away: the rules of RequestVote.

use super::{breaks, compare};
use crate::cluster::Cluster;
use protocol::Term;
use raft::{AppendEntriesReply, Message, Outcome, rules};

#[test]
fn a_vote_in_a_term_that_is_over_elects_a_second_leader() {
    breaks(rules::REFUSE_STALE_CANDIDATES, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.hold("RequestVote", 1, 2);
        cluster.elect(3, &[2], 1);
        // n2 hears of term 2 and has voted for nobody in it.
        let stale = AppendEntriesReply { term: Term::new(2), prev_log_index: 0, outcome: Outcome::Stale };
        cluster.receive(3, 2, Message::AppendEntriesReply(stale));
        cluster.release();
        if let Some(flying) = cluster.network.pop_back().filter(|flying| flying.is("RequestVoteReply", 2, 1))
        {
            cluster.receive(2, 1, flying.message);
        }
        cluster
    });
}

#[test]
fn two_votes_in_one_term_elect_two_leaders() {
    breaks(rules::ONE_VOTE_PER_TERM, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        for candidate in [1, 3] {
            cluster.timeout(candidate);
            cluster.deliver("RequestVote", candidate, 2);
            cluster.deliver("RequestVoteReply", 2, candidate);
        }
        cluster
    });
}

#[test]
fn a_vote_for_a_log_that_is_behind_elects_a_leader_without_the_committed_entry() {
    breaks(rules::UP_TO_DATE_LOG, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.crash(1);
        cluster.stand(3, &[2], 2);
        cluster
    });
}

#[test]
fn a_long_old_log_beats_a_short_new_one_that_is_committed() {
    breaks(rules::COMPARE_TERM_FIRST, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.elect(1, &[2, 3], 1);
        ["a", "b", "c"].iter().for_each(|value| cluster.write(1, value));
        cluster.crash(1);
        cluster.elect(2, &[3, 4], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.replicate(2, 4);
        cluster.crash(2);
        cluster.restart(1);
        cluster.stand(1, &[3, 5], 3);
        cluster
    });
}

#[test]
fn a_vote_for_an_earlier_term_elects_a_second_leader() {
    breaks(rules::VOTES_OF_THIS_TERM_ONLY, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster.hold("RequestVoteReply", 2, 1);
        cluster.lose();
        cluster.timeout(1);
        cluster.lose();
        cluster.timeout(2);
        cluster.release();
        cluster.deliver("RequestVote", 2, 3);
        cluster.deliver("RequestVoteReply", 3, 2);
        cluster
    });
}

#[test]
fn a_doubled_vote_elects_a_leader_without_a_majority() {
    breaks(rules::VOTES_ARE_A_SET, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        let again = cluster.network.back().expect("a vote").clone();
        cluster.deliver("RequestVoteReply", 2, 1);
        cluster.receive(2, 1, again.message);
        cluster.elect(3, &[4, 5], 1);
        cluster
    });
}

#[test]
fn two_halves_elect_two_leaders() {
    let [with, _] = breaks(rules::MORE_THAN_HALF, |off| {
        let mut cluster = Cluster::new(4, &[], off);
        cluster.stand(1, &[2], 1);
        cluster.stand(3, &[4], 1);
        cluster
    });
    let text = with.sentence(1, rules::MORE_THAN_HALF);
    assert_eq!(text, "n1 has the votes of 2 of 4 servers: half is not enough.");
}

#[test]
fn half_of_the_servers_commit_what_the_other_half_overwrites() {
    let [with, without] = compare(rules::MORE_THAN_HALF, |off| {
        let mut cluster = Cluster::new(4, &[], off);
        cluster.elect(1, &[2, 3], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.crash(1);
        cluster.stand(3, &[4], 2);
        cluster
    });
    let text = with.sentence(1, rules::MORE_THAN_HALF);
    assert_eq!(text, "2 of 4 servers hold entry 1: half is not enough.");
    assert!(without.ghost.broken.contains("leader-completeness"));
}
