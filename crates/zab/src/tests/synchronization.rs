//! Phase 2.

use super::cluster::{Cluster, command, servers, with_option};
use protocol::{Setup, Term, Verdict};

/// n1 is down while n2 and n3 commit these.
fn n1_misses(setup: Setup, letters: &[char]) -> Cluster {
    let mut cluster = Cluster::led_by_last(setup, &[1, 2, 3]);
    cluster.crash(1);
    for letter in letters {
        cluster.request(3, command(*letter));
        cluster.deliver_all();
    }
    cluster.restart(1);
    cluster
}

/// Joins n1 and delivers until its leader has sent what brings it into line; returns that.
fn way_of_n1(cluster: &mut Cluster) -> Vec<String> {
    cluster.join(&[1, 2, 3]);
    for _ in 0..20 {
        let sent = cluster.between(3, 1);
        if sent.iter().any(|label| label.starts_with("NEWLEADER")) {
            return sent;
        }
        for (from, to) in [(1, 2), (2, 1), (1, 3)] {
            cluster.deliver(from, to);
        }
        if !cluster.between(3, 1).iter().any(|label| label.starts_with("NEWLEADER")) {
            cluster.deliver(3, 1);
        }
    }
    panic!("n3 sends no NEWLEADER");
}

#[test]
fn who_lacks_nothing_gets_an_empty_diff() {
    let mut cluster = n1_misses(servers(3), &[]);
    assert_eq!(way_of_n1(&mut cluster), ["DIFF", "NEWLEADER 1"]);
}

#[test]
fn who_lacks_the_end_gets_it_in_a_diff() {
    let mut cluster = n1_misses(servers(3), &['A', 'B']);
    assert_eq!(way_of_n1(&mut cluster), ["DIFF +2", "NEWLEADER 1"]);
    cluster.deliver_all();
    assert_eq!((cluster.zxids(1).as_str(), cluster.node(1).last_committed), ("(1,1)(1,2)", 2));
}

#[test]
fn who_lacks_more_than_the_leader_keeps_at_hand_gets_a_snap() {
    let mut cluster = n1_misses(with_option(servers(3), "commit-log-count", 1), &['A', 'B']);
    assert_eq!(way_of_n1(&mut cluster), ["SNAP 2", "NEWLEADER 1"]);
    cluster.deliver_all();
    assert_eq!(cluster.zxids(1), "(1,1)(1,2)");
}

#[test]
fn who_has_what_the_leader_lacks_loses_it_and_gets_what_follows() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2, 3]);
    cluster.request(3, command('A'));
    cluster.crash(3);
    cluster.elect();
    cluster.request(2, command('B'));
    cluster.deliver_all();
    cluster.restart(3);
    assert_eq!(cluster.zxids(3), "(1,1)");
    cluster.join(&[1, 2, 3]);
    cluster.deliver_all();
    assert!(cluster.spoke(2, "truncate-what-the-leader-lacks", Verdict::Held));
    assert_eq!((cluster.role(3), cluster.zxids(3).as_str()), ("Following", "(2,1)"));
    assert_eq!(cluster.on_disk(3).history, cluster.node(3).history);
}

#[test]
fn a_follower_changes_nothing_before_newleader() {
    let mut cluster = n1_misses(servers(3), &['A']);
    way_of_n1(&mut cluster);
    cluster.deliver(3, 1);
    assert_eq!((cluster.zxids(1).as_str(), cluster.node(1).current_epoch), ("", Term::new(1)));
    cluster.deliver(3, 1);
    assert_eq!(cluster.zxids(1), "(1,1)");
}

#[test]
fn newleader_is_acknowledged_when_first_the_history_and_then_the_epoch_is_on_disk() {
    let mut cluster = Cluster::led_by_last(servers(3), &[2, 3]);
    cluster.request(3, command('A'));
    cluster.deliver_all();
    cluster.join(&[1, 2, 3]);
    way_of_n1(&mut cluster);
    cluster.slow(1);
    cluster.deliver(3, 1);
    cluster.deliver(3, 1);
    assert_eq!(
        (cluster.on_disk(1).history.last_index(), cluster.on_disk(1).current_epoch),
        (0, Term::new(0))
    );
    cluster.sync_one(1);
    assert_eq!(
        (cluster.on_disk(1).history.last_index(), cluster.on_disk(1).current_epoch),
        (1, Term::new(0))
    );
    assert!(cluster.between(1, 3).is_empty());
    cluster.sync_one(1);
    assert_eq!(cluster.on_disk(1).current_epoch, Term::new(1));
    assert_eq!(cluster.between(1, 3), ["ACK NEWLEADER 1"]);
}

#[test]
fn a_leader_serves_when_a_quorum_has_its_history() {
    let mut cluster = Cluster::led_by_last(servers(3), &[1, 2, 3]);
    cluster.request(3, command('A'));
    cluster.crash(3);
    cluster.restart(3);
    cluster.join(&[1, 2, 3]);
    cluster.deliver_all();
    cluster.fire(3, "finalize");
    cluster.fire(1, "finalize");
    for _ in 0..2 {
        cluster.deliver(1, 3);
        cluster.deliver(3, 1);
    }
    assert_eq!((cluster.role(3), cluster.node(3).last_committed), ("LeadingSynchronization", 0));
    assert!(cluster.spoke(3, "newleader-quorum-first", Verdict::Refused));
    cluster.deliver_all();
    assert_eq!((cluster.role(3), cluster.node(3).last_committed), ("Leading", 1));
}

#[test]
fn who_synchronizes_hears_of_proposals_and_with_uptodate_of_their_commit() {
    let mut cluster = n1_misses(servers(3), &[]);
    way_of_n1(&mut cluster);
    cluster.request(3, command('A'));
    while !cluster.deliver(3, 2).is_empty() || !cluster.deliver(2, 3).is_empty() {}
    assert_eq!(cluster.node(3).last_committed, 1);
    assert_eq!(cluster.between(3, 1), ["DIFF", "NEWLEADER 1", "PROPOSAL (1,1)"], "and no COMMIT");
    cluster.deliver_all();
    assert_eq!((cluster.role(1), cluster.node(1).last_committed), ("Following", 1));
    assert!(cluster.spoke(3, "uptodate-tells-all-committed", Verdict::Held));
}
