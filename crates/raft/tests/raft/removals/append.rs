//! Taken away: the rules of AppendEntries.

use super::breaks;
use crate::cluster::Cluster;
use raft::rules;

#[test]
fn a_deposed_leader_overwrites_what_is_committed() {
    breaks(rules::REFUSE_STALE_LEADERS, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.hold("AppendEntries", 1, 3);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.release();
        cluster.deliver_among(&[1, 3]);
        cluster.crash(2);
        cluster.stand(1, &[3], 3);
        cluster
    });
}

#[test]
fn entries_behind_a_hole_slide_to_the_wrong_index() {
    breaks(rules::PREV_ENTRY_EXISTS, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.restart(1);
        cluster.elect(1, &[2], 2);
        cluster.write(1, "b");
        cluster.deliver_all();
        cluster.heartbeat(1);
        cluster.deliver_all();
        cluster
    });
}

#[test]
fn entries_behind_a_foreign_entry_make_it_look_committed() {
    breaks(rules::PREV_TERM_MATCHES, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.restart(2);
        cluster.elect(2, &[3], 3);
        cluster.restart(1);
        cluster.write(2, "y");
        cluster.deliver_all();
        cluster.heartbeat(2);
        cluster.deliver_all();
        cluster
    });
}

#[test]
fn a_late_message_deletes_what_was_confirmed_since() {
    breaks(rules::KEEP_WHAT_MATCHES, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.hold("AppendEntries", 1, 2);
        cluster.write(1, "b");
        cluster.deliver("AppendEntries", 1, 2);
        cluster.deliver("AppendEntriesReply", 2, 1);
        cluster.release();
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster
    });
}

#[test]
fn an_old_tail_that_is_kept_stands_behind_newer_entries() {
    let [with, without] = breaks(rules::DELETE_ALL_THAT_FOLLOWS, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.elect(1, &[2, 3], 1);
        ["a", "b", "c"].iter().for_each(|value| cluster.write(1, value));
        cluster.crash(1);
        cluster.elect(2, &[3, 4], 2);
        ["x", "y"].iter().for_each(|value| cluster.write(2, value));
        cluster.replicate(2, 3);
        cluster.replicate(2, 4);
        cluster.restart(1);
        cluster.replicate(2, 1);
        cluster
    });
    assert_eq!((with.terms(1), without.terms(1)), (vec![2, 2], vec![2, 2, 1]));
}

#[test]
fn a_stale_entry_beyond_the_message_is_applied() {
    breaks(rules::COMMIT_ONLY_WHAT_WAS_CHECKED, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.deliver_all();
        cluster.write(1, "stale");
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.restart(1);
        cluster.heartbeat(2);
        cluster.deliver("AppendEntries", 2, 1);
        cluster
    });
}

#[test]
fn a_new_leader_that_knows_less_takes_a_commit_back() {
    breaks(rules::KEEP_HIGHER_COMMIT, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.write(1, "b");
        cluster.deliver_among(&[1, 2]);
        assert_eq!((cluster.commit(1), cluster.commit(2)), (2, 1));
        cluster.elect(2, &[1], 2);
        cluster.heartbeat(2);
        cluster.deliver("AppendEntries", 2, 1);
        cluster
    });
}
