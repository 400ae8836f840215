//! Holding, delivering, dropping, doubling, delaying and firing by hand.

use crate::bench::{Loose, at, fire, n, ping, server};
use crate::toy::{ALARM, TICK, TICK_LEAST, TICK_MOST, WITH_ALARM};
use protocol::Span;
use sim::{Action, Filter, Kind};

const PINGS: Filter = Filter { kind: Some(Kind::Protocol(0)), from: None, to: None };

fn pinged() -> Loose {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.act(fire(1, TICK));
    run
}

#[test]
fn delivering_does_not_move_the_clock_and_happens_once() {
    let mut run = pinged();
    run.act(Action::Deliver(ping(1, 2, 2)));
    assert_eq!((run.sim.now(), run.heard(2)), (at(0), vec!["ping 2 from n1"]));
    run.run(30);
    assert_eq!(run.heard(2), ["ping 2 from n1", "ping 1 from n1"]);
}

#[test]
fn dropping_does_not_move_the_clock_and_the_message_never_arrives() {
    let mut run = pinged();
    run.act(Action::Drop(ping(1, 2, 1)));
    assert_eq!((run.sim.now(), run.take("ended")), (at(0), vec!["ended 0 0ms Lost(Dropped)".into()]));
    run.run(30);
    assert_eq!(run.heard(2), ["ping 2 from n1"]);
}

#[test]
fn a_copy_travels_on_its_own_and_the_original_as_before() {
    let mut run = pinged();
    run.run(4);
    run.act(Action::Duplicate(ping(1, 2, 1)));
    assert_eq!(run.sim.now(), at(4));
    run.run(30);
    let arrivals: Vec<&str> = run.diary(2).into_iter().filter(|line| line.contains("ping")).collect();
    assert_eq!(arrivals, ["10ms ping 1 from n1", "10ms ping 2 from n1", "14ms ping 1 from n1"]);
}

#[test]
fn a_delayed_message_arrives_that_much_later_and_only_then() {
    let mut run = pinged();
    run.act(Action::Delay(ping(1, 2, 1), Span::ms(7)));
    run.act(Action::Delay(ping(1, 2, 1), Span::ms(2)));
    run.run(30);
    let arrivals: Vec<&str> = run.diary(2).into_iter().filter(|line| line.contains("ping")).collect();
    assert_eq!(arrivals, ["10ms ping 2 from n1", "19ms ping 1 from n1"]);
}

#[test]
fn a_timer_fires_by_hand_now_and_not_again_when_it_would_have() {
    let mut run = Loose::new(|config| {
        config.options[TICK_LEAST] = 100_000;
        config.options[TICK_MOST] = 100_000;
    });
    run.run(30);
    run.act(fire(1, TICK));
    assert_eq!((run.sim.now(), run.due(1, TICK)), (at(30), Some(at(130))));
    run.run(99);
    assert_eq!(run.diary(1).iter().filter(|line| line.ends_with("tick")).count(), 1);
    run.run(1);
    assert!(run.diary(1).contains(&"130ms tick"));
}

#[test]
fn held_messages_wait_at_the_door_and_come_in_order_when_they_are_released() {
    let mut run = pinged();
    run.act(Action::HoldMessages(PINGS));
    run.run(40);
    assert_eq!((run.heard(2), run.sim.flights().len()), (vec![], 4));
    assert!(run.sim.flights().iter().all(|flight| run.sim.is_held(flight)));
    run.act(Action::ReleaseMessages(PINGS));
    run.run(0);
    assert_eq!(run.heard(2), ["ping 1 from n1", "ping 2 from n1"]);
}

#[test]
fn a_held_message_can_be_delivered_dropped_doubled_and_delayed_by_hand() {
    let mut run = Loose::new(|_| {});
    (0..4).for_each(|_| run.act(fire(1, TICK)));
    run.act(Action::HoldMessages(PINGS));
    run.run(40);
    run.act(Action::Deliver(ping(1, 2, 3)));
    run.act(Action::Drop(ping(1, 2, 2)));
    run.act(Action::Duplicate(ping(1, 2, 1)));
    run.act(Action::Delay(ping(1, 2, 2), Span::ms(5)));
    assert_eq!(run.heard(2), ["ping 3 from n1"]);
    run.act(Action::ReleaseMessages(Filter::default()));
    run.run(100);
    let arrivals: Vec<&str> = run.diary(2).into_iter().filter(|line| line.contains("ping")).collect();
    assert_eq!(
        arrivals,
        ["40ms ping 3 from n1", "40ms ping 1 from n1", "45ms ping 4 from n1", "50ms ping 1 from n1"]
    );
}

#[test]
fn a_hold_names_kind_sender_and_receiver() {
    let mut run = Loose::new(|_| {});
    let from_n1 = Filter { kind: Some(Kind::Protocol(0)), from: Some(server(1)), to: Some(server(2)) };
    run.act(Action::HoldMessages(from_n1));
    (1..=3).for_each(|node| run.act(fire(node, TICK)));
    run.run(30);
    assert!(!run.heard(2).contains(&"ping 1 from n1"));
    assert!(run.heard(2).contains(&"ping 1 from n3") && run.heard(3).contains(&"ping 1 from n1"));
    assert!(run.heard(2).contains(&"pong 1 from n1"));
}

#[test]
fn a_message_held_twice_waits_until_both_holds_end() {
    let mut run = pinged();
    let to_n2 = Filter { to: Some(server(2)), ..Filter::default() };
    run.act(Action::HoldMessages(PINGS));
    run.act(Action::HoldMessages(to_n2));
    run.run(20);
    run.act(Action::ReleaseMessages(PINGS));
    run.run(20);
    assert_eq!((run.heard(2).len(), run.heard(3).len()), (0, 2));
    run.act(Action::ReleaseMessages(to_n2));
    run.run(0);
    assert_eq!(run.heard(2).len(), 2);
}

fn ticking() -> Loose {
    Loose::new(|config| {
        config.options[TICK_LEAST] = 100_000;
        config.options[TICK_MOST] = 100_000;
    })
}

#[test]
fn held_timers_wait_and_fire_when_they_are_released() {
    let mut run = ticking();
    run.act(Action::HoldTimers(Some(n(1))));
    run.run(150);
    assert!(!run.diary(1).iter().any(|line| line.ends_with("tick")));
    assert!(run.diary(2).contains(&"100ms tick"));
    run.act(Action::ReleaseTimers(Some(n(1))));
    run.run(0);
    assert!(run.diary(1).contains(&"150ms tick"));
    assert_eq!(run.due(1, TICK), Some(at(250)));
}

#[test]
fn all_timers_can_be_held_and_one_of_them_fired_by_hand() {
    let mut run = ticking();
    run.act(Action::HoldTimers(None));
    run.run(150);
    run.act(fire(2, TICK));
    run.run(150);
    assert_eq!(run.diary(2).iter().filter(|line| line.ends_with("tick")).count(), 1);
    run.act(Action::ReleaseTimers(None));
    run.run(0);
    assert_eq!(
        [1, 2, 3].map(|node| run.diary(node).iter().filter(|line| line.ends_with("tick")).count()),
        [1, 2, 1]
    );
}

#[test]
fn a_timer_that_was_stopped_while_it_was_held_does_not_fire_when_it_is_released() {
    let mut run = Loose::new(|config| config.options[WITH_ALARM] = 1);
    run.act(Action::HoldTimers(Some(n(2))));
    run.act(fire(1, TICK));
    run.run(70);
    assert_eq!(run.due(2, ALARM), Some(at(60)));
    run.act(fire(2, TICK));
    run.run(20);
    assert_eq!(run.due(2, ALARM), None, "a pong stopped it");
    run.act(Action::ReleaseTimers(None));
    run.run(100);
    assert!(!run.diary(2).iter().any(|line| line.ends_with("alarm")));
}

#[test]
fn a_timer_that_was_set_anew_while_it_was_held_fires_at_its_new_time_only() {
    let mut run = Loose::new(|config| config.options[WITH_ALARM] = 1);
    run.act(Action::HoldTimers(Some(n(2))));
    run.act(fire(1, TICK));
    run.run(70);
    run.act(fire(3, TICK));
    run.run(20);
    run.act(Action::ReleaseTimers(Some(n(2))));
    run.run(100);
    let alarms: Vec<&str> = run.diary(2).into_iter().filter(|line| line.ends_with("alarm")).collect();
    assert_eq!(alarms, ["130ms alarm"]);
}

#[test]
fn a_timer_that_is_set_again_and_again_fires_once() {
    let mut run = Loose::new(|config| config.options[WITH_ALARM] = 1);
    for _ in 0..5 {
        run.act(fire(1, TICK));
        run.run(30);
    }
    run.run(100);
    let alarms: Vec<&str> = run.diary(2).into_iter().filter(|line| line.ends_with("alarm")).collect();
    assert_eq!(alarms, ["180ms alarm"]);
}

#[test]
fn a_message_is_found_by_its_reference() {
    let run = pinged();
    let reference = run.sim.reference(2).expect("it is in flight");
    assert_eq!(reference, ping(1, 2, 2));
    assert_eq!(run.sim.reference(99), None);
}
