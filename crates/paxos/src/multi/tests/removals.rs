//! What a server does without a rule that is about progress. Those that are about safety have their schedules in
//! `tests/killers`, where all servers are watched.

use super::cluster::{Cluster, servers, with_option, without};
use crate::multi::MultiPaxos;
use crate::multi::dialect::ELECTION;
use crate::multi::rules::RULES;
use protocol::{Answer, NodeId, Protocol, RuleKind, Setup, Span};

/// The same schedule with the rule and without it.
fn both<T>(key: &str, setup: &Setup, play: impl Fn(Setup) -> (Cluster, T)) -> [T; 2] {
    let (with, held) = play(setup.clone());
    let (off, overridden) = play(without(setup.clone(), key));
    let spoke = |cluster: &Cluster| (1..=5).any(|node| !cluster.sentences(node, key).is_empty());
    assert!(spoke(&with) && spoke(&off), "{key} has a say");
    assert!(with.broken().is_empty() && off.broken().is_empty(), "{key} is not about safety");
    [held, overridden]
}

#[test]
fn without_fill_holes_nothing_behind_the_hole_runs() {
    let runs = both("fill-holes", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.ask(1, 'A');
        cluster.ask(1, 'B');
        cluster.lose("Accept", 1, 2);
        cluster.deliver("Accept", 1, 2);
        cluster.lose_all();
        cluster.crash(1);
        cluster.lead(3, &[2]);
        cluster.ask(3, 'C');
        cluster.deliver_all();
        cluster.beat(3);
        cluster.deliver_all();
        let status = cluster.node(3).status();
        (cluster, (status.last, status.applied))
    });
    assert_eq!(runs, [(3, 3), (3, 0)]);
}

#[test]
fn without_window_a_leader_runs_ahead() {
    let last = both("window", &with_option(servers(3), "window", 1), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.ask(1, 'A');
        cluster.ask(1, 'B');
        let last = cluster.node(1).status().last;
        (cluster, last)
    });
    assert_eq!(last, [1, 2]);
}

#[test]
fn without_repeat_until_accepted_a_lost_proposal_stays_lost() {
    let decided = both("repeat-until-accepted", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.ask(1, 'A');
        cluster.lose_all();
        for _ in 0..3 {
            cluster.beat(1);
            cluster.deliver_all();
        }
        let decided = cluster.node(1).status().commit;
        (cluster, decided)
    });
    assert_eq!(decided, [1, 0]);
}

#[test]
fn without_back_off_a_preempted_server_hurries() {
    let waits = both("back-off", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.fire(3, ELECTION);
        cluster.deliver("Prepare", 3, 2);
        cluster.ask(1, 'A');
        cluster.deliver("Accept", 1, 2);
        cluster.deliver("Nack", 2, 1);
        let patience = cluster.patience(1);
        (cluster, patience)
    });
    assert_eq!(waits, [Some(Span::ms(300)), Some(Span::ms(1))]);
}

#[test]
fn without_leader_restarts_timer_a_follower_takes_no_notice_of_a_leader() {
    let given_time = both("leader-restarts-timer", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        // The timer has fired and was not started again: whoever hears from the leader starts it.
        cluster.deliver("Prepare", 1, 3);
        cluster.stop_patience(3);
        cluster.deliver("Heartbeat", 1, 3);
        let patience = cluster.patience(3);
        (cluster, patience.is_some())
    });
    assert_eq!(given_time, [true, false]);
}

#[test]
fn without_nack_tells_higher_ballot_a_preempted_leader_does_not_notice() {
    let leads = both("nack-tells-higher-ballot", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.fire(3, ELECTION);
        cluster.deliver("Prepare", 3, 2);
        cluster.ask(1, 'A');
        cluster.deliver("Accept", 1, 2);
        cluster.deliver("Nack", 2, 1);
        let leads = cluster.leads(1);
        (cluster, leads)
    });
    assert_eq!(leads, [false, true]);
}

#[test]
fn without_catch_up_a_server_that_missed_a_decision_stays_behind() {
    let runs = both("catch-up", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.ask(1, 'A');
        cluster.accept(1, &[2]);
        cluster.lose_all();
        cluster.beat(1);
        cluster.deliver_all();
        let applied = cluster.node(3).status().applied;
        (cluster, applied)
    });
    assert_eq!(runs, [1, 0]);
}

#[test]
fn without_redirect_with_hint_a_client_has_to_guess() {
    let hints = both("redirect-with-hint", &servers(3), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.deliver_all();
        cluster.ask(3, 'A');
        let answer = cluster.answers.last().map(|(_, answer)| answer.clone());
        (cluster, answer)
    });
    let answer = |hint| Some(Answer::NotLeader { hint });
    assert_eq!(hints, [answer(Some(NodeId(1))), answer(None)]);
}

#[test]
fn without_accept_in_slot_order_a_raft_style_log_gets_a_hole() {
    let slots = both("accept-in-slot-order", &with_option(servers(3), "raft-style-log", 1), |setup| {
        let mut cluster = Cluster::new(setup);
        cluster.lead(1, &[2]);
        cluster.ask(1, 'A');
        cluster.ask(1, 'B');
        cluster.lose("Accept", 1, 2);
        cluster.deliver("Accept", 1, 2);
        let slots = cluster.slots(2);
        (cluster, slots)
    });
    assert_eq!(slots, [vec![], vec!["2: x=B in 1.1".to_string()]]);
}

#[test]
fn every_rule_that_is_not_about_safety_has_a_test_here() {
    let here = include_str!("removals.rs");
    for rule in RULES.iter().filter(|rule| rule.kind != RuleKind::Safety) {
        assert!(here.contains(&format!("both(\"{}\"", rule.key)), "{}", rule.key);
    }
    assert!(MultiPaxos::DIALECT.rules.len() <= 64);
}
