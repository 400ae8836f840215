//! Two proposers who outbid each other (§2.4).

use super::cluster::{Cluster, servers, without};
use crate::proposer::Role;
use protocol::{Span, Verdict};

/// Two proposers ask n3 in turn: each time one of them has its promises, the other one outbids it. A proposer that is
/// refused comes back at once if it waits for the shortest time only, and is still waiting if it backs off.
pub(super) fn duel(cluster: &mut Cluster, turns: u32) {
    cluster.ask(1, 'A');
    cluster.prepare(1, &[3]);
    cluster.ask(2, 'B');
    cluster.prepare(2, &[3]);
    for turn in 0..turns {
        let loser = if turn % 2 == 0 { 1 } else { 2 };
        cluster.accept(loser, &[3]);
        if cluster.waits(loser) == Some((Span::ms(1), Span::ms(1))) {
            cluster.retry(loser);
        }
        cluster.prepare(loser, &[3]);
    }
}

#[test]
fn five_rounds_of_a_duel_choose_nothing_and_every_turn_costs_a_round() {
    let mut cluster = Cluster::new(without(servers(3), "back-off"));
    let mut rounds = Vec::new();
    for turns in 0..=10 {
        cluster = Cluster::new(without(servers(3), "back-off"));
        duel(&mut cluster, turns);
        rounds.push(cluster.on_disk(3).promised.number);
    }
    assert_eq!(rounds, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert!(!cluster.is_anything_settled());
    assert!(cluster.answers.is_empty());
    assert_eq!(
        cluster.sentences(1, "back-off")[0],
        "n1 gives up 1.1 because of 1.2, and hurries to outbid it"
    );
}

#[test]
fn a_proposer_that_backs_off_lets_the_other_one_finish() {
    let mut cluster = Cluster::new(servers(3));
    duel(&mut cluster, 1);
    assert_eq!(cluster.node(1).role, Role::Acceptor, "n1 has given up 1.1");
    assert_eq!(cluster.waits(1), Some((Span::ms(100), Span::ms(200))), "the length is left to chance");
    assert!(cluster.spoke(1, "back-off", Verdict::Held));
    cluster.accept(2, &[3]);
    assert_eq!(cluster.decided(2), Some('B'));
}

#[test]
fn who_comes_back_after_a_decision_that_it_missed_finds_it_again() {
    let mut cluster = Cluster::new(servers(3));
    duel(&mut cluster, 1);
    cluster.accept(2, &[3]);
    cluster.lose_all();
    assert!(cluster.retry(1));
    cluster.prepare(1, &[3]);
    cluster.accept(1, &[3]);
    assert_eq!(cluster.decided(1), Some('B'), "n3 reported it");
    assert!(cluster.broken().is_empty());
}

/// A second nack of the same ballot must not start a second wait, nor a late one disturb the next ballot.
#[test]
fn only_the_first_nack_of_a_ballot_counts() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(3, 'B');
    cluster.prepare(3, &[2]);
    cluster.ask(1, 'A');
    cluster.deliver("Prepare", 1, 2);
    cluster.double("Nack", 2, 1);
    cluster.deliver("Nack", 2, 1);
    assert!(cluster.retry(1));
    let ballot = cluster.node(1).ballot();
    cluster.deliver("Nack", 2, 1);
    assert_eq!(cluster.node(1).ballot(), ballot);
    assert_eq!(cluster.sentences(1, "back-off").len(), 1);
}
