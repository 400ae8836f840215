//! Crashes: what a server keeps, what it loses, and why that is enough (§2.5).

use super::cluster::{Cluster, servers};
use crate::{Ballot, Durable};
use protocol::{Durable as _, NodeId, Protocol, Requirement, Verdict};

#[test]
fn an_acceptor_wakes_up_with_its_promise_and_its_proposal() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.deliver("Accept", 1, 2);
    let before = cluster.node(2).durable();
    cluster.crash(2);
    cluster.restart(2);
    assert_eq!(cluster.node(2).durable(), before);
    assert!(cluster.spoke(2, "promise-survives-crash", Verdict::Held));
    assert_eq!(
        cluster.sentences(2, "accepted-survives-crash"),
        ["n2 wakes up and knows that it accepted 1.1"]
    );
}

#[test]
fn a_proposer_wakes_up_as_an_acceptor_and_has_nobody_to_answer() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.crash(1);
    cluster.restart(1);
    assert_eq!(cluster.node(1).view(cluster.on_disk(1)).role, "Acceptor");
    assert_eq!(cluster.waits(1), None);
    assert!(!cluster.retry(1));
}

#[test]
fn a_proposer_never_uses_a_ballot_again_after_a_crash() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.crash(1);
    cluster.restart(1);
    cluster.ask(1, 'B');
    assert_eq!(cluster.node(1).ballot(), Some(Ballot::owned(2, NodeId(1))));
}

/// The ballot was never on disk, so nobody has heard of it: it may be used.
#[test]
fn a_ballot_that_died_with_its_write_was_never_used() {
    let mut cluster = Cluster::new(servers(3));
    cluster.slow(1);
    cluster.ask(1, 'A');
    cluster.crash(1);
    cluster.restart(1);
    assert!(cluster.network.is_empty());
    cluster.ask(1, 'B');
    assert_eq!(cluster.node(1).ballot(), Some(Ballot::owned(1, NodeId(1))));
    cluster.deliver_all();
    assert_eq!(cluster.decided(3), Some('B'));
}

#[test]
fn a_cluster_that_crashed_as_a_whole_finds_its_decision_again() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.deliver_all();
    (1..=3).for_each(|node| cluster.crash(node));
    (1..=3).for_each(|node| cluster.restart(node));
    assert!((1..=3).all(|node| cluster.decided(node).is_none()), "the decision itself is on no disk");
    cluster.ask(3, 'B');
    cluster.deliver_all();
    assert!((1..=3).all(|node| cluster.decided(node) == Some('A')), "but it follows from what is");
    assert!(cluster.broken().is_empty());
}

/// A disk that has gone on to a later ballot still honours what was said in an earlier one.
#[test]
fn a_disk_covers_what_it_has_gone_beyond() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.deliver_all();
    let disk = cluster.on_disk(2);
    let accepted = disk.accepted.as_ref().expect("n2 accepted A");
    let (now, hash) = (accepted.ballot, accepted.value.hash());
    let need = |term, index, hash| Requirement { term, supported: term.owner, index, hash };
    assert!(disk.covers(&need(now, 1, hash)));
    assert!(!disk.covers(&need(now, 1, hash + 1)), "another value in the same ballot is another proposal");
    assert!(disk.covers(&need(Ballot::new(1), 1, hash + 1)), "an earlier ballot is behind it");
    assert!(!disk.covers(&need(now.next(), 0, 0)), "a later one is ahead");
    assert!(!Durable::default().covers(&need(now, 1, hash)));
    assert!(Durable::default().covers(&Requirement::default()));
}
