//! For every rule the shortest schedule that needs it. Each runs twice: with the rule, where every promise is kept,
//! and without it, where the promise that hangs on it is broken and two values are taken for chosen.
//!
//! `A`, `B`, `C` are the commands of three clients. A message that a schedule does not mention is late or lost.

use super::cluster::{Cluster, servers, with_option, without};
use crate::Paxos;
use protocol::{Protocol, Setup, Verdict};

/// Runs a schedule with the rule and without it. `speaker` is the server whose rule has the say, and `verdict` what it
/// says while it is on.
fn kills(rule: &str, setup: Setup, speaker: u8, verdict: Verdict, schedule: impl Fn(&mut Cluster)) {
    let mut safe = Cluster::new(setup.clone());
    schedule(&mut safe);
    assert!(safe.broken().is_empty(), "with {rule}: {:?}", safe.broken());
    assert!(safe.spoke(speaker, rule, verdict), "n{speaker} says {verdict:?}");

    let mut unsafe_one = Cluster::new(without(setup, rule));
    schedule(&mut unsafe_one);
    let promise = Paxos::DIALECT.rule(Paxos::DIALECT.rule_named(rule).expect("a known rule")).promise;
    assert!(unsafe_one.spoke(speaker, rule, Verdict::Overridden), "n{speaker} is overridden");
    assert!(unsafe_one.broken().contains("agreement"), "without {rule}: {:?}", unsafe_one.broken());
    assert!(unsafe_one.broken().contains(promise), "without {rule}: {:?}", unsafe_one.broken());
}

/// A is chosen by n1 and n2, and nobody hears of it.
fn n1_and_n2_choose_a(cluster: &mut Cluster) {
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.deliver("Accept", 1, 2);
    cluster.lose_all();
}

/// B goes through both phases at n3 and n2.
fn n3_and_n2_choose_b(cluster: &mut Cluster) {
    cluster.ask(3, 'B');
    cluster.prepare(3, &[2]);
    cluster.accept(3, &[2]);
}

// The proposer.

/// §2.5: each proposer begins with a higher number than any that it has used. n1 forgets that it proposed A in 1.1, for
/// its own acceptance was not on disk yet. Used again, 1.1 meets the late promise of its first life.
#[test]
fn a_ballot_that_is_used_again_after_a_crash_meets_promises_of_its_first_life() {
    kills("fresh-ballot", servers(3), 1, Verdict::Held, |cluster| {
        cluster.slow(1);
        cluster.ask(1, 'A');
        cluster.sync(1);
        cluster.deliver("Prepare", 1, 2);
        cluster.deliver("Prepare", 1, 3);
        cluster.deliver("Promise", 2, 1);
        cluster.deliver("Accept", 1, 2);
        cluster.deliver("Accept", 1, 3);
        cluster.crash(1);
        cluster.restart(1);
        cluster.ask(1, 'B');
        cluster.deliver("Promise", 3, 1);
        cluster.deliver("Accept", 1, 2);
    });
}

/// §2.5: different proposers choose their numbers from disjoint sets. If n1 and n2 may both use round 1, n3 takes the
/// second question for a repetition of the first, and promises the same round to both.
#[test]
fn two_proposers_that_share_a_ballot_choose_two_values() {
    kills("ballots-are-owned", servers(3), 1, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[3]);
        cluster.ask(2, 'B');
        cluster.prepare(2, &[3]);
        cluster.accept(1, &[3]);
        cluster.accept(2, &[3]);
    });
}

/// §2.2, phase 2 (a): the responses have to be to *its* prepare requests. n2's promise of 1.1 is from before n2
/// accepted B; it says nothing about 2.1.
#[test]
fn a_late_promise_of_an_earlier_ballot_knows_nothing_of_what_came_between() {
    kills("promise-for-this-ballot", servers(3), 1, Verdict::Refused, |cluster| {
        cluster.ask(1, 'A');
        cluster.deliver("Prepare", 1, 2);
        n3_and_n2_choose_b(cluster);
        cluster.retry(1);
        cluster.deliver("Promise", 2, 1);
        cluster.accept(1, &[2]);
    });
}

/// §2.2, phase 2 (a): without phase 1 a proposer overwrites what it never asked for.
#[test]
fn a_proposer_that_does_not_wait_for_promises_overwrites_a_chosen_value() {
    kills("promises-before-accept", servers(3), 3, Verdict::Refused, |cluster| {
        n1_and_n2_choose_a(cluster);
        cluster.ask(3, 'B');
        cluster.accept(3, &[2]);
    });
}

/// §2.2, P2c: n1 alone accepted A in 1.1; later n2, n3 and n4 chose B in 2.2. n5 hears of both.
#[test]
fn the_lowest_reported_ballot_is_the_one_that_failed() {
    kills("highest-ballot-wins", servers(5), 5, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2, 3]);
        cluster.lose_all();
        cluster.ask(2, 'B');
        cluster.prepare(2, &[3, 4]);
        cluster.accept(2, &[3, 4]);
        cluster.lose_all();
        cluster.ask(5, 'C');
        cluster.prepare(5, &[4]);
        cluster.lose_all();
        cluster.retry(5);
        cluster.prepare(5, &[1, 4]);
        cluster.accept(5, &[1, 4]);
    });
}

/// §2.2, P2c: n3 sees one of the two servers that chose A. It cannot know what the other did.
#[test]
fn a_value_that_one_acceptor_reports_may_be_chosen() {
    kills("minority-report-counts", servers(3), 3, Verdict::Held, |cluster| {
        n1_and_n2_choose_a(cluster);
        n3_and_n2_choose_b(cluster);
    });
}

/// §2.2, P2c, the heart of Paxos: n2 reports A, so n3 has to propose A, whatever its own client wants.
#[test]
fn a_proposer_that_ignores_what_it_hears_chooses_a_second_value() {
    kills("adopt-reported-value", servers(3), 3, Verdict::Held, |cluster| {
        n1_and_n2_choose_a(cluster);
        n3_and_n2_choose_b(cluster);
    });
}

/// §2.2: a number names one proposal. With two values in 1.1, one majority chooses A and another B.
#[test]
fn a_ballot_with_two_values_chooses_both() {
    kills("one-proposal-a-ballot", servers(3), 1, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.deliver("Accept", 1, 2);
        cluster.lose("Accept", 1, 3);
        cluster.ask(1, 'B');
        cluster.deliver("Accept", 1, 3);
    });
}

// The acceptor.

/// §2.2, phase 1 (b): n2 has promised 1.3 to n3. If it then promises 1.1 to n1, it accepts A, and after it B.
#[test]
fn a_promise_that_falls_lets_two_ballots_through() {
    kills("promise-higher-only", servers(3), 2, Verdict::Refused, |cluster| {
        cluster.ask(3, 'B');
        cluster.prepare(3, &[2]);
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.accept(1, &[2]);
        cluster.accept(3, &[2]);
    });
}

/// §2.2, P1a: n1's Accept arrives when n2 has promised and accepted 1.3.
#[test]
fn a_late_accept_below_the_promise_chooses_a_second_value() {
    kills("refuse-below-promise", servers(3), 2, Verdict::Refused, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        n3_and_n2_choose_b(cluster);
        cluster.deliver("Accept", 1, 2);
    });
}

/// §2.2, phase 2 (b), and what it leaves unsaid: n3 accepted B in 2.2 without ever having been asked to promise 2.2. Was
/// 2.2 promised by that? If not, A in 1.1 may still replace B in n3's memory, and n4 hears of A only.
#[test]
fn an_acceptor_that_accepts_without_promising_forgets_what_was_chosen() {
    kills("accepting-is-promising", servers(5), 3, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2, 4]);
        cluster.ask(2, 'B');
        cluster.prepare(2, &[4, 5]);
        cluster.accept(2, &[3, 5]);
        cluster.deliver("Accept", 1, 3);
        cluster.lose_all();
        cluster.ask(4, 'C');
        cluster.prepare(4, &[1, 3]);
        cluster.accept(4, &[1, 3]);
    });
}

/// §2.5: n2 promises 1.3 and crashes before its disk has the promise. If n3 has heard of it by then, n3 proposes on the
/// strength of a promise that nobody remembers.
#[test]
fn a_promise_that_left_before_it_was_on_disk_is_forgotten() {
    kills("write-before-answer", servers(3), 2, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.slow(2);
        cluster.ask(3, 'B');
        cluster.prepare(3, &[2]);
        cluster.crash(2);
        cluster.restart(2);
        cluster.accept(1, &[2]);
        cluster.accept(3, &[2]);
    });
}

/// §2.5: n2 has promised 1.3 and restarts. The Accepts of 1.1 and of 1.3 are both under way.
#[test]
fn an_acceptor_that_forgets_its_promise_accepts_both_ballots() {
    kills("promise-survives-crash", servers(3), 2, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.ask(3, 'B');
        cluster.prepare(3, &[2]);
        cluster.crash(2);
        cluster.restart(2);
        cluster.accept(1, &[2]);
        cluster.accept(3, &[2]);
    });
}

/// §2.5: n1 and n2 chose A, n2 restarts and n1 is away. n2 is the only one who could tell n3.
#[test]
fn an_acceptor_that_forgets_what_it_accepted_lets_a_second_value_be_chosen() {
    kills("accepted-survives-crash", servers(3), 2, Verdict::Held, |cluster| {
        n1_and_n2_choose_a(cluster);
        cluster.crash(1);
        cluster.crash(2);
        cluster.restart(2);
        n3_and_n2_choose_b(cluster);
    });
}

// The learner.

/// §2.2: two halves of four servers share nobody.
#[test]
fn two_halves_choose_two_values() {
    kills("majority", servers(4), 1, Verdict::Refused, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.accept(1, &[2]);
        cluster.ask(3, 'B');
        cluster.prepare(3, &[4]);
        cluster.accept(3, &[4]);
    });
}

/// §2.2: n1 has accepted its own A and nobody else has.
#[test]
fn what_one_acceptor_accepted_is_not_chosen() {
    kills("decide-on-majority", servers(3), 1, Verdict::Refused, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.lose_all();
        n3_and_n2_choose_b(cluster);
    });
}

/// §2.3: n1 accepted A in 1.1, n3 accepted B in 2.2. That is two acceptors, but not of the same proposal.
#[test]
fn acceptances_of_two_ballots_do_not_add_up() {
    kills("count-per-ballot", with_option(servers(3), "accepted-to-all"), 1, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.lose_all();
        cluster.ask(2, 'B');
        cluster.prepare(2, &[3]);
        cluster.accept(2, &[3]);
        cluster.deliver("Accepted", 3, 1);
    });
}

/// §2.2: a majority of acceptors. n3, n4 and n5 chose B; n1 has its own promise and n2's, which arrives twice.
#[test]
fn a_doubled_promise_is_not_a_third_acceptor() {
    kills("count-acceptors-once", servers(5), 1, Verdict::Refused, |cluster| {
        cluster.ask(3, 'B');
        cluster.prepare(3, &[4, 5]);
        cluster.deliver("Prepare", 3, 1);
        cluster.accept(3, &[4, 5]);
        cluster.lose_all();
        cluster.ask(1, 'A');
        cluster.deliver("Prepare", 1, 2);
        cluster.double("Promise", 2, 1);
        cluster.deliver("Promise", 2, 1);
        cluster.deliver("Promise", 2, 1);
        cluster.accept(1, &[2, 4]);
    });
}

/// §2.1: a process never learns that a value is chosen unless it is. n1's A is proposed and no more.
#[test]
fn a_command_that_is_only_proposed_must_not_be_answered() {
    kills("answer-after-decision", servers(3), 1, Verdict::Held, |cluster| {
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        cluster.lose_all();
        n3_and_n2_choose_b(cluster);
    });
}

// Progress. Without these two rules nothing false happens, and nothing else need happen either.

/// §2.2, end: n1 is refused for 1.1. Only who tells it of 4.3 spares it three ballots in vain.
#[test]
fn without_a_nack_a_proposer_has_to_guess_the_ballot_to_beat() {
    let next_ballot = |setup: Setup| {
        let mut cluster = Cluster::new(setup);
        cluster.ask(3, 'B');
        (0..3).for_each(|_| assert!(cluster.retry(3)));
        cluster.lose("Prepare", 3, 2);
        cluster.lose("Prepare", 3, 2);
        cluster.lose("Prepare", 3, 2);
        cluster.deliver("Prepare", 3, 2);
        cluster.ask(1, 'A');
        cluster.prepare(1, &[2]);
        assert!(cluster.retry(1));
        assert!(cluster.broken().is_empty());
        cluster.node(1).ballot().expect("it tries again").to_string()
    };
    assert_eq!(next_ballot(servers(3)), "5.1");
    assert_eq!(next_ballot(without(servers(3), "nack-tells-higher-ballot")), "2.1");
}

/// §2.4: n1 and n2 outbid each other. A proposer that waits lets the other one finish.
#[test]
fn without_back_off_two_proposers_keep_each_other_from_finishing() {
    let duel = |setup: Setup| {
        let mut cluster = Cluster::new(setup);
        super::duels::duel(&mut cluster, 5);
        assert!(cluster.broken().is_empty());
        cluster.is_anything_settled()
    };
    assert!(duel(servers(3)), "n2 finishes while n1 waits");
    assert!(!duel(without(servers(3), "back-off")), "nobody ever finishes");
}
