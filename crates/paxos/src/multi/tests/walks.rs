//! Random schedules: the second net, behind the killers.

use super::cluster::{Cluster, servers, with_option, without};
use crate::multi::MultiPaxos;
use crate::multi::dialect::ELECTION;
use protocol::bench::Dice;
use protocol::{Protocol, RuleId, Setup};

/// Loss, doubling, reordering, crashes, slow disks and a handful of clients, in any order.
fn walk(setup: &Setup, seed: u64, steps: usize) -> Cluster {
    let (mut dice, of) = (Dice(seed), setup.servers.len());
    let mut cluster = Cluster::new(setup.clone());
    for _ in 0..steps {
        let node = dice.server(of);
        match dice.below(100) {
            0..70 => cluster.stir(&mut dice),
            70..73 => {
                cluster.fire(node, ELECTION);
            }
            73..76 => {
                cluster.beat(node);
            }
            76..88 => cluster.ask(node, ['A', 'B', 'C', 'D', 'E'][dice.below(5)]),
            88..91 => cluster.slow(node),
            91..96 => cluster.sync(node),
            96..97 if cluster.is_up(node) => cluster.crash(node),
            97..100 if !cluster.is_up(node) => cluster.restart(node),
            _ => {}
        }
    }
    cluster
}

#[test]
fn no_random_schedule_breaks_a_promise_and_many_decide_slots() {
    let setups = [
        servers(3),
        servers(4),
        servers(5),
        with_option(servers(3), "accepted-to-all", 1),
        with_option(servers(3), "raft-style-log", 1),
    ];
    for setup in setups {
        let mut settled = 0;
        for seed in 0..500 {
            let cluster = walk(&setup, seed, 400);
            assert!(cluster.broken().is_empty(), "seed {seed}: {:?}", cluster.broken());
            settled += cluster.settled();
        }
        assert!(settled > 500, "{settled} slots are decided in 500 walks");
    }
}

/// A net that never caught anything proves nothing.
#[test]
fn random_schedules_find_a_leader_that_ignores_the_reports() {
    let setup = without(servers(3), "adopt-reported-value");
    let found = (0..400).filter(|seed| walk(&setup, *seed, 300).broken().contains("agreement")).count();
    assert!(found > 10, "{found} of 400 walks");
}

/// Any rules may be off together: a reader switches them as they please.
#[test]
fn whatever_rules_are_off_every_step_ends() {
    let mut dice = Dice(1);
    for seed in 0..400 {
        let mut setup = servers(4);
        for rule in 0..MultiPaxos::DIALECT.rules.len() {
            if dice.below(2) == 0 {
                setup.off = setup.off.with(RuleId(u8::try_from(rule).unwrap()));
            }
        }
        walk(&setup, seed, 400);
    }
}

/// Whatever happened before, once messages arrive and one server tries alone, it leads, and all servers run the same
/// (Paxos Made Simple §3).
#[test]
fn when_the_faults_stop_one_leader_brings_all_to_the_same_state() {
    for seed in 0..200 {
        let mut cluster = walk(&servers(5), seed, 200);
        for node in 1..=5 {
            if !cluster.is_up(node) {
                cluster.restart(node);
            }
        }
        cluster.lose_all();
        let settle = |cluster: &mut Cluster| {
            for _ in 0..30 {
                (1..=5).for_each(|node| cluster.sync(node));
                cluster.deliver_all();
            }
        };
        let leader = (1..=5).find(|node| cluster.leads(*node)).unwrap_or(1);
        for _ in 0..6 {
            if !cluster.leads(leader) {
                cluster.fire(leader, ELECTION);
            }
            settle(&mut cluster);
            cluster.beat(leader);
            settle(&mut cluster);
        }
        cluster.ask(leader, 'F');
        for _ in 0..4 {
            settle(&mut cluster);
            cluster.beat(leader);
        }
        settle(&mut cluster);
        let first = cluster.node(leader).status();
        assert!(cluster.leads(leader) && first.commit == first.last && first.commit > 0, "seed {seed}");
        for node in 1..=5 {
            let status = cluster.node(node).status();
            assert_eq!(
                (status.applied, status.state_hash),
                (first.applied, first.state_hash),
                "seed {seed}, n{node}"
            );
        }
        assert!(cluster.broken().is_empty(), "seed {seed}: {:?}", cluster.broken());
    }
}
