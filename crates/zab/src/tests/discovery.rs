//! Phase 1.

use super::cluster::{Cluster, command, servers, with_option};
use protocol::{Fact, Term, Verdict};

/// n2 and n3 have elected n3, and n2's FOLLOWERINFO is under way.
fn elected() -> Cluster {
    let mut cluster = Cluster::new(servers(3));
    cluster.join(&[2, 3]);
    cluster.deliver_all();
    cluster.fire(2, "finalize");
    cluster
}

#[test]
fn the_epoch_is_one_above_all_of_a_quorum() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2]);
    cluster.crash(1);
    cluster.join(&[2, 3]);
    cluster.elect();
    assert_eq!(cluster.role(2), "Leading", "n2 knows of epoch 1, n3 of none");
    assert_eq!(
        (cluster.on_disk(3).accepted_epoch, cluster.on_disk(3).current_epoch),
        (Term::new(2), Term::new(2))
    );
}

#[test]
fn a_leader_that_is_still_looking_remembers_who_presented_itself() {
    let mut cluster = elected();
    assert_eq!(cluster.deliver(2, 3), "FOLLOWERINFO 0");
    assert_eq!(cluster.role(3), "Looking");
    cluster.fire(3, "finalize");
    assert_eq!(
        (cluster.role(3), cluster.between(3, 2)),
        ("LeadingDiscovery", vec!["LEADERINFO 1".to_owned()])
    );
}

#[test]
fn leader_and_follower_speak_of_an_epoch_when_it_is_on_their_disks() {
    let mut cluster = elected();
    cluster.slow(2);
    cluster.slow(3);
    cluster.fire(3, "finalize");
    cluster.deliver(2, 3);
    assert!(cluster.between(3, 2).is_empty());
    cluster.sync_one(3);
    assert_eq!(cluster.deliver(3, 2), "LEADERINFO 1");
    assert!(cluster.between(2, 3).is_empty());
    cluster.sync_one(2);
    assert_eq!(cluster.between(2, 3), ["ACKEPOCH (0,0)"]);
}

#[test]
fn a_quorum_of_acknowledgements_gives_a_leader_its_epoch() {
    let mut cluster = elected();
    cluster.fire(3, "finalize");
    cluster.deliver(2, 3);
    cluster.deliver(3, 2);
    assert!(!cluster.facts(3).contains(&Fact::Led { term: Term::new(1) }));
    cluster.deliver(2, 3);
    assert!(cluster.facts(3).contains(&Fact::Led { term: Term::new(1) }));
    assert_eq!(cluster.role(3), "LeadingSynchronization");
    assert_eq!(cluster.between(3, 2), ["DIFF", "NEWLEADER 1"]);
}

#[test]
fn an_acknowledgement_of_an_epoch_that_was_accepted_before_does_not_count() {
    let mut cluster = elected();
    cluster.fire(3, "finalize");
    cluster.deliver(2, 3);
    cluster.deliver(3, 2);
    // n2 leaves before its acknowledgement arrives, and comes back to the same leader.
    cluster.close(2, 3);
    cluster.open(2, 3);
    cluster.deliver_all();
    assert_eq!(cluster.role(2), "Looking");
    assert_eq!(cluster.role(3), "LeadingDiscovery", "nobody else follows it, so nobody joins it");
    cluster.fire(3, "limit");
    cluster.elect();
    assert_eq!((cluster.role(3), cluster.node(3).accepted_epoch), ("Leading", Term::new(2)));
}

#[test]
fn a_leader_that_finds_no_quorum_in_time_gives_up() {
    let mut cluster = elected();
    cluster.fire(3, "finalize");
    cluster.close(2, 3);
    assert_eq!(cluster.role(3), "LeadingDiscovery");
    assert!(cluster.fire(3, "limit"));
    assert_eq!(cluster.role(3), "Looking");
    assert!(cluster.spoke(3, "no-quorum-no-leader", Verdict::Held));
}

#[test]
fn an_echo_of_an_earlier_connection_is_ignored() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2, 3]);
    cluster.request(3, command('A'));
    // n1 leaves while the proposal is under way, and comes back: it gets the transaction once, with the DIFF.
    cluster.fire(1, "limit");
    cluster.deliver_all();
    assert_eq!((cluster.role(1), cluster.zxids(1).as_str()), ("Following", "(1,1)"));
}

#[test]
fn a_leader_of_an_earlier_epoch_is_not_followed() {
    // With the oracle n1 can be made to come back to n2, whose epoch 1 nobody has acknowledged.
    let mut cluster = Cluster::new(with_option(servers(3), "election", 1));
    cluster.join(&[1, 2]);
    cluster.deliver_all();
    cluster.fire(2, "finalize");
    cluster.fire(1, "finalize");
    cluster.deliver(1, 2);
    cluster.fire(1, "limit");
    cluster.open(1, 3);
    for _ in 0..2 {
        cluster.fire(3, "finalize");
        cluster.fire(1, "finalize");
        while !cluster.deliver(1, 3).is_empty() || !cluster.deliver(3, 1).is_empty() {}
        cluster.close(1, 3);
        if cluster.node(1).accepted_epoch == Term::new(1) {
            cluster.open(1, 3);
        }
    }
    assert_eq!(cluster.node(1).accepted_epoch, Term::new(2));
    cluster.fire(1, "finalize");
    cluster.deliver_all();
    assert!(cluster.spoke(1, "accept-no-earlier-epoch", Verdict::Refused));
    assert_eq!((cluster.role(1), cluster.node(1).accepted_epoch), ("Looking", Term::new(2)));
}
