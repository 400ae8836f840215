//! Clients: hints, patience, doubt.

use crate::bench::{Loose, at, client, cut, n, server, submit};
use crate::toy::MANNER;
use protocol::ClientId;
use sim::{Action, Outcome};

/// The first operation's outcome, its end and how often it was asked.
fn first(run: &Loose) -> (&'static str, Option<u64>, u32) {
    let operation = &run.sim.clients()[0].operations[0];
    (operation.outcome.name(), operation.ended_at.map(|at| at.0 / 1_000), operation.tries)
}

#[test]
fn a_client_without_a_hint_asks_the_first_server() {
    let mut run = Loose::new(|_| {});
    run.act(submit(1, None));
    assert_eq!(first(&run), ("pending", None, 1));
    assert!(run.sim.clients()[0].busy_with().is_some());
    run.run(20);
    assert_eq!(first(&run), ("ok", Some(20), 1));
    assert!(matches!(run.sim.last_outcome(ClientId(1)), Some(Outcome::Done(_))));
}

#[test]
fn a_client_follows_a_hint_and_remembers_who_answered() {
    let mut run = Loose::new(|_| {});
    run.act(submit(1, Some(n(3))));
    run.run(40);
    assert_eq!(first(&run), ("ok", Some(40), 2));
    assert_eq!(run.sim.clients()[0].leader.map(|node| node.0), Some(1));
    run.act(submit(1, None));
    run.run(10);
    assert_eq!(run.diary(1).len(), 2);
}

#[test]
fn a_client_asks_one_thing_at_a_time() {
    let mut run = Loose::new(|_| {});
    (0..3).for_each(|_| run.act(submit(1, None)));
    assert_eq!(run.sim.flights().len(), 1);
    run.run(60);
    assert_eq!(run.diary(1), ["10ms get x asked by c1", "30ms get x asked by c1", "50ms get x asked by c1"]);
}

#[test]
fn a_client_that_waits_too_long_asks_the_next_server() {
    let mut run = Loose::new(|config| config.client_retries = 3);
    run.act(Action::Crash(n(1)));
    run.act(submit(1, None));
    run.run(509);
    assert_eq!((first(&run), run.diary(2).len()), (("pending", None, 2), 0));
    run.run(1);
    assert_eq!(run.diary(2), ["510ms get x asked by c1"]);
}

#[test]
fn a_client_that_never_hears_calls_the_outcome_unknown() {
    let mut run = Loose::new(|config| {
        config.client_retries = 2;
        config.options[MANNER] = 2;
    });
    run.act(submit(1, None));
    run.run(1_499);
    assert_eq!(first(&run), ("pending", None, 3));
    run.run(1);
    assert_eq!(first(&run), ("unknown", Some(1_500), 3));
    assert_eq!([1, 2, 3].map(|node| run.diary(node).len()), [1, 1, 1]);
    run.run(2_000);
    assert_eq!(run.sim.next_at(), Some(at(10_000)), "nothing but the ticks is to come");
}

#[test]
fn a_client_that_everybody_refused_knows_that_it_failed() {
    let mut run = Loose::new(|config| {
        config.client_retries = 2;
        config.options[MANNER] = 1;
    });
    run.act(submit(1, None));
    run.run(1_000);
    assert_eq!(first(&run), ("failed", Some(210), 3), "three times 20 ms there and back, and 50 ms of rest");
}

#[test]
fn a_refusal_after_a_silence_leaves_the_doubt() {
    let mut run = Loose::new(|config| {
        config.client_retries = 1;
        config.options[MANNER] = 1;
    });
    run.act(cut(server(1), client(1), false));
    run.act(submit(1, None));
    run.run(1_000);
    assert_eq!(first(&run), ("unknown", Some(570), 2), "n1 may have done it");
}

#[test]
fn a_server_that_cannot_tell_makes_the_client_ask_again() {
    let mut run = Loose::new(|config| {
        config.client_retries = 1;
        config.options[MANNER] = 3;
    });
    run.act(submit(1, None));
    run.run(100);
    assert_eq!(first(&run), ("unknown", Some(40), 2));
}

#[test]
fn a_server_that_is_sure_of_failure_ends_it() {
    let mut run = Loose::new(|config| config.options[MANNER] = 4);
    run.act(submit(1, None));
    run.run(100);
    assert_eq!(first(&run), ("failed", Some(20), 1));
}

#[test]
fn a_late_answer_to_an_operation_that_is_over_is_ignored() {
    let mut run = Loose::new(|config| {
        config.client_timeout = protocol::Span::ms(15);
        config.client_retries = 0;
    });
    run.act(submit(1, None));
    run.act(submit(1, None));
    run.run(20);
    assert_eq!(first(&run), ("unknown", Some(15), 1));
    assert_eq!(run.sim.clients()[0].operations[1].outcome, Outcome::Pending);
}

#[test]
fn a_retry_keeps_the_name_of_its_command() {
    let mut run = Loose::new(|config| config.options[MANNER] = 2);
    run.act(submit(1, None));
    run.run(1_200);
    let operations = &run.sim.clients()[0].operations;
    assert_eq!((operations.len(), operations[0].command.seq(), operations[0].tries), (1, 1, 3));
}
