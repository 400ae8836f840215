//! Phase 0.

use super::cluster::{Cluster, command, servers, with_option};
use protocol::{NodeId, Verdict};

#[test]
fn servers_that_know_equally_much_elect_the_largest_id() {
    let mut cluster = Cluster::new(servers(3));
    cluster.join(&[1, 2, 3]);
    cluster.deliver_all();
    assert!((1..=3).all(|node| cluster.node(node).vote.leader == NodeId(3)));
    assert!((1..=3).all(|node| cluster.role(node) == "Looking"), "they wait for better votes");
    assert!(cluster.spoke(3, "wait-for-better-votes", Verdict::Held));
    cluster.elect();
    assert_eq!([1, 2, 3].map(|node| cluster.role(node)), ["Following", "Following", "Leading"]);
}

#[test]
fn a_server_that_logged_more_is_elected_before_one_with_a_larger_id() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2, 3]);
    cluster.close(2, 3);
    cluster.request(3, command('A'));
    cluster.deliver(3, 1);
    cluster.crash(3);
    cluster.elect();
    assert_eq!((cluster.role(1), cluster.role(2)), ("Leading", "Following"));
    assert_eq!(cluster.zxids(2), "(1,1)", "and its log is taken over");
}

#[test]
fn a_server_of_a_newer_epoch_is_elected_before_one_with_a_greater_zxid() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2, 3]);
    cluster.request(3, command('A'));
    cluster.crash(3);
    cluster.elect();
    assert_eq!((cluster.role(2), cluster.zxids(2).as_str()), ("Leading", ""));
    cluster.crash(2);
    cluster.restart(3);
    cluster.join(&[1, 3]);
    cluster.elect();
    assert_eq!((cluster.role(1), cluster.role(3)), ("Leading", "Following"));
    assert_eq!(cluster.zxids(3), "", "what only n3 had is gone");
    assert!(cluster.spoke(3, "epoch-before-zxid", Verdict::Held));
}

#[test]
fn a_vote_of_an_earlier_round_is_answered_and_not_counted() {
    let mut cluster = Cluster::led_by_last(servers(3), &[2, 3]);
    cluster.close(2, 3);
    assert_eq!((cluster.node(2).logical_clock, cluster.node(1).logical_clock), (2, 1));
    cluster.open(1, 2);
    assert_eq!(cluster.deliver(1, 2), "vote n1");
    assert!(cluster.spoke(2, "votes-of-this-round-only", Verdict::Refused));
    assert_eq!(cluster.between(2, 1).len(), 2, "its own vote, once for the channel and once for the answer");
    cluster.deliver(2, 1);
    assert_eq!((cluster.node(1).logical_clock, cluster.node(1).vote.leader), (2, NodeId(2)));
}

#[test]
fn a_server_that_comes_late_joins_whom_a_quorum_follows() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2]);
    cluster.open(2, 3);
    cluster.deliver(3, 2);
    cluster.deliver(2, 3);
    assert_eq!(cluster.role(3), "Looking", "the leader's own word is not enough");
    assert!(cluster.spoke(3, "join-whom-a-quorum-follows", Verdict::Refused));
    cluster.open(1, 3);
    cluster.deliver_all();
    assert_eq!((cluster.role(2), cluster.role(3)), ("Leading", "Following"));
}

#[test]
fn a_repeated_vote_makes_good_for_one_that_nobody_heard() {
    let mut cluster = Cluster::new(servers(3));
    cluster.open(1, 2);
    cluster.deliver_all();
    assert!(cluster.fire(1, "notification"));
    assert_eq!(cluster.between(1, 2), ["vote n2"]);
}

#[test]
fn an_oracle_names_the_reachable_server_with_the_largest_id_whatever_it_knows() {
    let mut cluster = Cluster::led_by_last(with_option(servers(3), "election", 1), &[1, 2]);
    cluster.request(2, command('A'));
    cluster.deliver_all();
    cluster.crash(2);
    cluster.join(&[1, 3]);
    cluster.fire(3, "limit");
    cluster.deliver_all();
    cluster.fire(3, "finalize");
    cluster.fire(1, "finalize");
    cluster.deliver_all();
    assert!(cluster.spoke(3, "leader-knows-most", Verdict::Refused), "n1 knows more, and n3 gives up");
    assert_eq!(cluster.role(3), "Looking");
}
