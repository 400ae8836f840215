//! Random schedules: the second net, behind the killers.

use super::cluster::{Cluster, servers, with_option, without};
use crate::Paxos;
use protocol::bench::Dice;
use protocol::{Protocol, RuleId, Setup};

/// Loss, doubling, reordering, crashes, slow disks and three clients, in any order.
fn walk(setup: &Setup, seed: u64, steps: usize) -> Cluster {
    let (mut dice, of) = (Dice(seed), setup.servers.len());
    let mut cluster = Cluster::new(setup.clone());
    for _ in 0..steps {
        let node = dice.server(of);
        match dice.below(100) {
            0..70 => cluster.stir(&mut dice),
            70..80 => {
                cluster.retry(node);
            }
            80..86 => cluster.ask(node, ['A', 'B', 'C'][dice.below(3)]),
            86..90 => cluster.slow(node),
            90..96 => cluster.sync(node),
            96..98 if cluster.is_up(node) => cluster.crash(node),
            98..100 if !cluster.is_up(node) => cluster.restart(node),
            _ => {}
        }
    }
    cluster
}

#[test]
fn no_random_schedule_breaks_a_promise_and_many_choose_a_value() {
    let setups = [servers(3), servers(4), servers(5), with_option(servers(3), "accepted-to-all")];
    for setup in setups {
        let mut settled = 0;
        for seed in 0..1_000 {
            let cluster = walk(&setup, seed, 200);
            assert!(cluster.broken().is_empty(), "seed {seed}: {:?}", cluster.broken());
            settled += usize::from(cluster.is_anything_settled());
        }
        assert!(settled > 250, "{settled} of 1000 walks choose a value");
    }
}

/// A net that never caught anything proves nothing.
#[test]
fn random_schedules_find_a_proposer_that_ignores_what_it_hears() {
    let setup = without(servers(3), "adopt-reported-value");
    let found = (0..400).filter(|seed| walk(&setup, *seed, 200).broken().contains("agreement")).count();
    assert!(found > 20, "{found} of 400 walks");
}

/// Any rules may be off together: a reader switches them as they please.
#[test]
fn whatever_rules_are_off_every_step_ends() {
    let mut dice = Dice(1);
    for seed in 0..400 {
        let mut setup = servers(4);
        for rule in 0..Paxos::DIALECT.rules.len() {
            if dice.below(2) == 0 {
                setup.off = setup.off.with(RuleId(u8::try_from(rule).unwrap()));
            }
        }
        walk(&setup, seed, 200);
    }
}

/// Whatever happened before, once messages arrive and one proposer tries alone, every client is answered (§2.4).
#[test]
fn when_the_faults_stop_one_proposer_is_enough() {
    for seed in 0..200 {
        let mut cluster = walk(&servers(5), seed, 150);
        for node in 1..=5 {
            if !cluster.is_up(node) {
                cluster.restart(node);
            }
            cluster.sync(node);
            cluster.sync(node);
        }
        for node in 1..=5 {
            cluster.lose_all();
            cluster.ask(node, 'A');
            for _ in 0..3 {
                (1..=5).for_each(|each| (0..9).for_each(|_| cluster.sync(each)));
                deliver_all_and_write(&mut cluster);
                cluster.retry(node);
                deliver_all_and_write(&mut cluster);
            }
            assert!(cluster.decided(node).is_some(), "seed {seed}, n{node}");
        }
        assert!(cluster.broken().is_empty(), "seed {seed}");
    }
}

fn deliver_all_and_write(cluster: &mut Cluster) {
    for _ in 0..20 {
        cluster.deliver_all();
        (1..=5).for_each(|node| cluster.sync(node));
    }
}
