//! What a leader does with slots: van Renesse and Altinbuken's leader, commander and replica.

use super::cluster::{Cluster, servers, with_option};
use crate::multi::dialect::ELECTION;
use protocol::{Answer, Protocol};

#[test]
fn a_stable_leader_needs_phase_one_only_once() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.lose_all();
    for letter in ['A', 'B', 'C'] {
        cluster.ask(1, letter);
        let sent = cluster.between(1, 3);
        assert_eq!(sent.len(), 1);
        assert!(sent[0].starts_with("Accept 1.1"), "{sent:?}");
        cluster.deliver_all();
    }
    assert_eq!(cluster.slots(2), ["1: x=A in 1.1*", "2: x=B in 1.1*", "3: x=C in 1.1*"]);
    assert_eq!(cluster.answers.len(), 3);
}

#[test]
fn slots_are_decided_in_any_order_and_run_in_one() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.ask(1, 'B');
    cluster.lose("Accept", 1, 2);
    cluster.accept(1, &[2]);
    let status = cluster.node(1).status();
    assert_eq!((status.last, status.commit, status.applied), (2, 0, 0), "slot 2 is decided and waits");
    assert_eq!(cluster.slots(1), ["1: x=A in 1.1", "2: x=B in 1.1*"]);
    cluster.accept(1, &[3]);
    assert_eq!(cluster.node(1).status().applied, 2);
}

/// Paxos Made Simple §3.
#[test]
fn a_new_leader_takes_up_what_is_reported_and_fills_the_hole_before_it() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.ask(1, 'B');
    cluster.lose("Accept", 1, 2);
    cluster.deliver("Accept", 1, 2);
    cluster.lose_all();
    cluster.crash(1);
    cluster.lead(3, &[2]);
    let sent = ["Accept 1.3 slot 1: no-op", "Accept 1.3 slot 2: set x=B", "Heartbeat 1.3"];
    assert_eq!(cluster.between(3, 2), sent);
    cluster.deliver_all();
    assert_eq!(cluster.slots(2), ["1: no-op in 1.3*", "2: x=B in 1.3*"]);
    assert!(cluster.broken().is_empty());
}

#[test]
fn what_a_new_leader_takes_up_gets_its_own_ballot() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.deliver("Accept", 1, 2);
    cluster.lose_all();
    cluster.lead(3, &[2]);
    cluster.accept(3, &[2]);
    assert_eq!(cluster.slots(3), ["1: x=A in 1.3*"]);
    assert_eq!(cluster.slots(2), ["1: x=A in 1.3"]);
    assert_eq!(cluster.slots(1), ["1: x=A in 1.1"]);
}

/// PMMC, invariant R5.
#[test]
fn a_leader_stays_within_its_window() {
    let mut cluster = Cluster::new(with_option(servers(3), "window", 2));
    cluster.lead(1, &[2]);
    for letter in ['A', 'B', 'C'] {
        cluster.ask(1, letter);
    }
    assert_eq!(cluster.node(1).status().last, 2, "the third waits");
    cluster.accept(1, &[2]);
    assert_eq!(cluster.node(1).status().last, 3, "slot 1 has run, so the window has moved");
}

#[test]
fn a_server_that_missed_decisions_asks_for_them() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.accept(1, &[2]);
    cluster.lose_all();
    cluster.beat(1);
    assert_eq!(cluster.between(1, 3), ["Heartbeat 1.1"]);
    cluster.deliver_all();
    assert_eq!(cluster.slots(3), ["1: x=A in 1.1*"], "it never saw the proposal");
}

#[test]
fn a_heartbeat_is_enough_for_whoever_holds_the_leaders_proposal() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.accept(1, &[2]);
    cluster.lose_all();
    cluster.beat(1);
    cluster.deliver("Heartbeat", 1, 2);
    assert_eq!(cluster.slots(2), ["1: x=A in 1.1*"]);
    assert!(cluster.between(2, 1).is_empty(), "it does not have to ask");
}

#[test]
fn a_server_that_restarts_learns_the_decisions_again() {
    let mut cluster = Cluster::new(servers(3));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.deliver_all();
    cluster.crash(2);
    cluster.restart(2);
    assert_eq!(cluster.slots(2), ["1: x=A in 1.1"]);
    cluster.beat(1);
    cluster.deliver_all();
    assert_eq!(cluster.slots(2), ["1: x=A in 1.1*"]);
    assert_eq!(cluster.node(2).status().applied, 1);
}

#[test]
fn a_preempted_leader_says_that_it_does_not_know() {
    let mut cluster = Cluster::new(with_option(servers(3), "window", 1));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.ask(1, 'B');
    cluster.fire(3, ELECTION);
    cluster.deliver("Prepare", 3, 1);
    assert!(!cluster.leads(1));
    let answers: Vec<&Answer> = cluster.answers.iter().map(|(_, answer)| answer).collect();
    assert_eq!(answers, [&Answer::Unknown, &Answer::NotLeader { hint: None }], "B was never proposed");
}

#[test]
fn a_cluster_of_one_decides_alone() {
    let mut cluster = Cluster::new(servers(1));
    cluster.fire(1, ELECTION);
    cluster.ask(1, 'A');
    assert_eq!(cluster.slots(1), ["1: x=A in 1.1*"]);
    assert_eq!(cluster.answers.len(), 1);
}

/// Howard and Mortier, Paxos vs Raft, 2020: in Raft's clothes, a log has no holes.
#[test]
fn a_raft_style_log_has_no_holes_and_loses_nothing() {
    let mut cluster = Cluster::new(with_option(servers(3), "raft-style-log", 1));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.ask(1, 'B');
    cluster.lose("Accept", 1, 2);
    cluster.deliver("Accept", 1, 2);
    assert!(cluster.slots(2).is_empty(), "slot 2 has to wait for slot 1");
    assert_eq!(
        cluster.sentences(2, "accept-in-slot-order"),
        ["n2 does not accept slot 2 yet: its log ends at slot 0"]
    );
    for _ in 0..3 {
        cluster.beat(1);
        cluster.deliver_all();
    }
    cluster.beat(1);
    cluster.deliver_all();
    for node in 1..=3 {
        assert_eq!(cluster.slots(node), ["1: x=A in 1.1*", "2: x=B in 1.1*"], "n{node}");
    }
    assert!(cluster.broken().is_empty());
}

/// The new leader finds a log, and nothing to fill.
#[test]
fn with_a_raft_style_log_a_new_leader_has_no_holes_to_fill() {
    let mut cluster = Cluster::new(with_option(servers(3), "raft-style-log", 1));
    cluster.lead(1, &[2]);
    cluster.ask(1, 'A');
    cluster.ask(1, 'B');
    cluster.lose("Accept", 1, 2);
    cluster.deliver("Accept", 1, 2);
    cluster.lose_all();
    cluster.crash(1);
    cluster.lead(3, &[2]);
    assert_eq!(cluster.between(3, 2), ["Heartbeat 1.3"], "B reached nobody who could accept it");
    assert!(cluster.sentences(3, "fill-holes").is_empty());
}
