//! Taken away: the rules for leaders.

use super::{breaks, compare};
use crate::cluster::{Cluster, HEARTBEAT};
use crate::leaders::figure_8;
use protocol::Verdict;
use raft::rules;

#[test]
fn a_leader_without_heartbeats_is_not_heard() {
    let [with, without] = compare(rules::SEND_HEARTBEATS, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster.network.retain(|flying| flying.is("RequestVoteReply", 2, 1));
        cluster.deliver("RequestVoteReply", 2, 1);
        cluster
    });
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Leader"));
    assert_eq!((with.network.len(), without.network.len()), (2, 0));
    assert_eq!(without.timer(1, HEARTBEAT), None);
}

#[test]
fn without_the_no_op_old_entries_wait_for_the_next_command() {
    let [with, without] = compare(rules::NO_OP_AT_TERM_START, |off| {
        let disks = [(1, None, &[1][..]), (1, None, &[1]), (1, None, &[])];
        let mut cluster = Cluster::preset(&disks, &[("no-op", 1)], off);
        cluster.timeout(1);
        cluster.deliver_all();
        cluster
    });
    assert_eq!((with.commit(1), without.commit(1)), (2, 0));
    assert_eq!((with.terms(1), without.terms(1)), (vec![1, 2], vec![1]));
}

#[test]
fn a_leader_that_does_not_go_back_leaves_followers_behind() {
    let [with, without] = compare(rules::BACK_UP_AND_RETRY, |off| {
        let disks = [(1, None, &[1, 1][..]), (1, None, &[]), (1, None, &[1, 1])];
        let mut cluster = Cluster::preset(&disks, &[], off);
        cluster.elect(1, &[3], 2);
        cluster.replicate(1, 2);
        cluster.replicate(1, 2);
        cluster
    });
    assert_eq!((with.terms(2).len(), without.terms(2).len()), (2, 0));
}

#[test]
fn an_entry_that_is_sent_once_can_be_lost_for_good() {
    let [with, without] = compare(rules::RESEND_UNTIL_STORED, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.replicate(1, 2);
        cluster
    });
    assert_eq!((with.commit(1), without.commit(1)), (1, 0));
}

#[test]
fn a_confirmation_of_an_earlier_term_counts_what_is_gone() {
    breaks(rules::CONFIRMATIONS_OF_THIS_TERM_ONLY, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.elect(1, &[2, 3], 1);
        for value in ["a", "b", "c"] {
            cluster.lose();
            cluster.write(1, value);
        }
        cluster.deliver("AppendEntries", 1, 2);
        cluster.hold("AppendEntriesReply", 2, 1);
        cluster.elect(3, &[4, 5], 2);
        cluster.write(3, "x");
        [1, 4, 5].iter().for_each(|n| cluster.replicate(3, *n));
        cluster.elect(1, &[4, 5], 3);
        cluster.write(1, "z");
        cluster.replicate(1, 4);
        cluster.release();
        cluster.crash(1);
        cluster.crash(4);
        cluster.restart(3);
        cluster.elect(3, &[2, 5], 5);
        cluster
    });
}

#[test]
fn a_confirmation_of_a_heartbeat_is_taken_for_a_later_entry() {
    breaks(rules::COUNT_WHAT_WAS_SENT, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver("AppendEntries", 1, 2);
        cluster.hold("AppendEntriesReply", 2, 1);
        cluster.write(1, "a");
        cluster.lose();
        cluster.release();
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster
    });
}

#[test]
fn an_entry_that_was_only_sent_is_taken_for_stored() {
    breaks(rules::COUNT_AFTER_CONFIRMATION, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster
    });
}

#[test]
fn a_refusal_is_taken_for_a_confirmation() {
    let [with, _] = breaks(rules::REFUSAL_CONFIRMS_NOTHING, |off| {
        let mut cluster = Cluster::new(3, &[("backtracking", 1)], off);
        cluster.elect(1, &[3], 1);
        ["a", "b", "c"].iter().for_each(|value| cluster.write(1, value));
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.restart(2);
        cluster.elect(2, &[3], 3);
        cluster.write(2, "z");
        cluster.restart(1);
        cluster.lose();
        cluster.heartbeat(2);
        cluster.deliver("AppendEntries", 2, 1);
        cluster.deliver("AppendEntriesReply", 1, 2);
        cluster.crash(2);
        cluster.elect(1, &[3], 4);
        cluster
    });
    assert!(with.said(2, rules::REFUSAL_CONFIRMS_NOTHING, Verdict::Held));
}

#[test]
fn a_leader_that_counts_itself_too_early_commits_on_one_disk_too_few() {
    breaks(rules::COUNT_ITSELF_WHEN_DURABLE, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.slow_disks = true;
        cluster.write(1, "a");
        cluster.deliver("AppendEntries", 1, 2);
        cluster.sync(2);
        cluster.deliver("AppendEntriesReply", 2, 1);
        cluster.slow_disks = false;
        cluster.restart(1);
        cluster.elect(1, &[3], 2);
        cluster
    });
}

#[test]
fn an_entry_of_an_earlier_term_is_committed_and_overwritten() {
    breaks(rules::COMMIT_OWN_TERM_ONLY, |off| {
        let mut cluster = figure_8(off);
        cluster.crash(1);
        cluster.restart(5);
        cluster.elect(5, &[2, 3, 4], 5);
        cluster
    });
}

#[test]
fn a_count_that_stops_at_old_entries_never_commits() {
    let [with, without] = compare(rules::LOOK_PAST_OLD_TERMS, |off| {
        let disks = [(1, None, &[1][..]), (1, None, &[1]), (1, None, &[])];
        let mut cluster = Cluster::preset(&disks, &[], off);
        cluster.elect(1, &[2], 2);
        ["a", "b"].iter().for_each(|value| cluster.write(1, value));
        cluster.deliver_all();
        cluster
    });
    assert_eq!((with.commit(1), without.commit(1)), (3, 0));
}
