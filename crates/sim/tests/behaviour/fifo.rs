//! Channels that keep their order and close at both ends.

use crate::bench::{InOrder, at, cut, fire, n, ping, server, submit};
use crate::toy::TICK;
use protocol::{NodeId, Span};
use sim::{Action, Addr, Filter, Kind, Link};

/// What a server noticed of its channels.
fn noticed(run: &InOrder, node: u8) -> Vec<&str> {
    run.diary(node).into_iter().filter(|line| line.contains("channel")).collect()
}

#[test]
fn channels_open_one_latency_after_the_boot_at_both_ends() {
    let run = InOrder::new(|config| config.servers = 2);
    assert_eq!(
        (noticed(&run, 1), noticed(&run, 2)),
        (vec!["10ms channel to n2 opens"], vec!["10ms channel to n1 opens"])
    );
}

#[test]
fn nothing_gets_through_before_a_channel_is_open() {
    let mut run = InOrder::unbooted(|config| config.servers = 2);
    run.run(5);
    run.act(fire(1, TICK));
    run.run(50);
    assert_eq!(run.heard(2), [""; 0]);
}

#[test]
fn messages_arrive_in_the_order_of_sending_whatever_the_dice_say() {
    let mut run = InOrder::new(|config| {
        config.servers = 2;
        config.network = Link { jitter: Span::ms(50), reorder: 500_000, ..Link::default() };
    });
    run.run(100);
    (0..50).for_each(|_| run.act(fire(1, TICK)));
    run.run(500);
    let pings: Vec<String> = (1..=50).map(|k| format!("ping {k} from n1")).collect();
    assert_eq!(run.heard(2), pings);
}

#[test]
fn a_channel_loses_and_doubles_nothing_by_chance_but_a_clients_link_does() {
    let mut run = InOrder::new(|config| {
        config.servers = 2;
        config.network.loss = 1_000_000;
        config.network.duplicate = 1_000_000;
    });
    run.act(fire(1, TICK));
    run.act(submit(1, None));
    run.run(20);
    assert_eq!((run.heard(2), run.heard(1)), (vec!["ping 1 from n1"], vec!["pong 1 from n2"]));
    assert!(!run.diary(1).iter().any(|line| line.contains("asked")));
}

#[test]
fn a_cut_loses_what_is_under_way_and_both_ends_notice_once() {
    let mut run = InOrder::new(|config| config.servers = 2);
    run.act(fire(1, TICK));
    run.run(5);
    run.act(fire(1, TICK));
    run.act(cut(server(1), server(2), false));
    run.run(50);
    assert_eq!(run.heard(2), [""; 0]);
    assert_eq!(noticed(&run, 1)[1..], ["35ms channel to n2 closes"]);
    assert_eq!(noticed(&run, 2)[1..], ["35ms channel to n1 closes"]);
    run.act(Action::Heal);
    run.run(50);
    assert_eq!(noticed(&run, 1)[2..], ["85ms channel to n2 opens"]);
    run.act(fire(1, TICK));
    run.run(10);
    assert_eq!(run.heard(2), ["ping 3 from n1"]);
}

#[test]
fn what_arrived_before_the_cut_stays_and_only_the_suffix_is_lost() {
    let mut run = InOrder::new(|config| config.servers = 2);
    for _ in 0..4 {
        run.act(fire(1, TICK));
        run.run(4);
    }
    run.act(cut(server(1), server(2), true));
    run.run(50);
    assert_eq!(run.heard(2), ["ping 1 from n1", "ping 2 from n1"]);
}

#[test]
fn a_cut_that_is_mended_at_once_still_closes_the_channel_and_opens_another() {
    let mut run = InOrder::new(|config| config.servers = 2);
    run.act(cut(server(1), server(2), true));
    run.act(Action::Heal);
    run.act(fire(1, TICK));
    run.run(50);
    assert_eq!(run.heard(2), [""; 0]);
    for node in [1, 2] {
        let lines: Vec<&str> =
            noticed(&run, node)[1..].iter().map(|line| line.rsplit_once(' ').unwrap().1).collect();
        assert_eq!(lines, ["closes", "opens"]);
    }
}

#[test]
fn a_crash_closes_channels_at_the_other_end_and_a_restart_opens_them_at_both() {
    let mut run = InOrder::new(|config| config.servers = 2);
    run.act(fire(2, TICK));
    run.act(Action::Crash(n(2)));
    run.run(50);
    assert_eq!((run.heard(1), &noticed(&run, 1)[1..]), (vec![], &["30ms channel to n2 closes"][..]));
    run.act(Action::Restart(n(2)));
    run.run(50);
    assert_eq!(
        (noticed(&run, 1)[2..].to_vec(), noticed(&run, 2)),
        (vec!["80ms channel to n2 opens"], vec!["80ms channel to n1 opens"])
    );
}

#[test]
fn a_server_that_came_back_at_once_gets_a_new_channel_after_the_other_end_lost_the_old_one() {
    let mut run = InOrder::new(|config| config.servers = 2);
    run.act(Action::Crash(n(2)));
    run.act(Action::Restart(n(2)));
    run.run(50);
    assert_eq!(noticed(&run, 1)[1..], ["30ms channel to n2 closes", "40ms channel to n2 opens"]);
    assert_eq!(noticed(&run, 2), ["40ms channel to n1 opens"]);
}

#[test]
fn a_frozen_end_notices_when_it_goes_on_and_no_channel_opens_before() {
    let mut run = InOrder::new(|config| config.servers = 2);
    run.act(Action::Pause(n(2)));
    run.act(cut(server(1), server(2), true));
    run.act(Action::Heal);
    run.run(50);
    assert_eq!(
        (noticed(&run, 1)[1..].to_vec(), noticed(&run, 2).len()),
        (vec!["30ms channel to n2 closes"], 1)
    );
    run.act(Action::Resume(n(2)));
    run.run(50);
    assert_eq!(noticed(&run, 2)[1..], ["80ms channel to n1 closes", "90ms channel to n1 opens"]);
    assert_eq!(noticed(&run, 1)[2..], ["90ms channel to n2 opens"]);
}

#[test]
fn a_frozen_server_keeps_its_open_channel_and_gets_all_in_order() {
    let mut run = InOrder::new(|config| config.servers = 2);
    run.act(Action::Pause(n(2)));
    (0..3).for_each(|_| run.act(fire(1, TICK)));
    run.run(50);
    run.act(Action::Resume(n(2)));
    run.run(0);
    assert_eq!((run.heard(2).len(), run.heard(2)[2]), (3, "ping 3 from n1"));
}

#[test]
fn only_the_oldest_message_can_be_delivered_and_none_can_be_dropped_doubled_or_delayed() {
    let mut run = InOrder::new(|config| config.servers = 2);
    (0..2).for_each(|_| run.act(fire(1, TICK)));
    run.refuses(
        Action::Deliver(ping(1, 2, 2)),
        "this channel keeps its order: an earlier message is still under way",
    );
    let touched = "this channel keeps its order: its messages can be neither doubled nor delayed";
    run.refuses(Action::Duplicate(ping(1, 2, 1)), touched);
    run.refuses(Action::Delay(ping(1, 2, 1), Span::ms(1)), touched);
    run.refuses(
        Action::Drop(ping(1, 2, 1)),
        "this channel keeps its order: it loses messages only when it is cut",
    );
    run.act(Action::Deliver(ping(1, 2, 1)));
    run.act(Action::Deliver(ping(1, 2, 1)));
    assert_eq!((run.sim.now(), run.heard(2).len()), (at(20), 2));
}

#[test]
fn a_held_message_holds_those_behind_it() {
    let mut run = InOrder::new(|config| config.servers = 2);
    let pongs = Filter { kind: Some(Kind::Protocol(1)), ..Filter::default() };
    run.act(Action::HoldMessages(pongs));
    run.act(fire(1, TICK));
    run.run(15);
    run.act(fire(2, TICK));
    run.run(50);
    assert_eq!(run.heard(1), [""; 0], "the ping from n2 is behind its pong");
    let waiting: Vec<bool> = run
        .sim
        .flights()
        .iter()
        .filter(|flight| flight.to == Addr::Server(NodeId(1)))
        .map(|flight| run.sim.is_held(flight))
        .collect();
    assert_eq!(waiting, [true, true]);
    let mut released = run.clone();
    released.act(Action::ReleaseMessages(pongs));
    released.run(0);
    assert_eq!(released.heard(1), ["pong 1 from n2", "ping 1 from n2"]);
    let pong = sim::MessageRef { kind: Kind::Protocol(1), from: server(2), to: server(1), nth: 1 };
    run.act(Action::Deliver(pong));
    run.run(0);
    assert_eq!(run.heard(1), ["pong 1 from n2", "ping 1 from n2"], "nothing is before it any more");
}
