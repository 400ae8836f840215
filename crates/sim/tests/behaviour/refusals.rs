//! What cannot be done changes nothing and says why.

use crate::bench::{Loose, client, cut, exactly, fire, n, ping, server, submit};
use crate::toy::{ALARM, MANNER, TICK, TICK_LEAST, TICK_MOST};
use protocol::{ClientId, Op, Span, TimerId};
use sim::{Action, Filter, Kind, Link, MessageRef, Target};

/// In the middle of things: pings under way, a client busy, everybody ticking.
fn busy() -> Loose {
    let mut run = Loose::new(|config| {
        config.options[TICK_LEAST] = 40_000;
        config.options[TICK_MOST] = 90_000;
    });
    run.run(95);
    run.act(submit(1, None));
    run.act(fire(1, TICK));
    run
}

#[test]
fn whom_there_is_not_cannot_be_acted_upon() {
    let mut run = busy();
    run.refuses(Action::Crash(n(4)), "there is no n4: the servers are n1 to n3");
    run.refuses(Action::Wipe(n(0)), "there is no n0: the servers are n1 to n3");
    run.refuses(submit(2, None), "there is no c2: the clients are c1 to c1");
    run.refuses(submit(1, Some(n(9))), "there is no n9: the servers are n1 to n3");
    run.refuses(Action::Crash(Target::Follower(3)), "there is no follower.3 at this moment");
    run.refuses(Action::Crash(Target::Follower(0)), "there is no follower.0 at this moment");
    run.refuses(Action::Restart(Target::LastCrashed), "no server is down at this moment");
    run.refuses(fire(1, TimerId(9)), "n1's timer is not running");
    let sync = Action::Submit { client: ClientId(1), to: None, op: Op::Sync { key: "x".into() } };
    run.refuses(sync, "nobody needs one");
    let mut leaderless = Loose::new(|config| {
        config.options[MANNER] = 1;
        config.clients = 0;
    });
    leaderless.refuses(Action::Pause(Target::Leader), "no server leads at this moment");
    leaderless.refuses(submit(1, None), "there is no c1: this run has no clients");
}

#[test]
fn who_is_down_or_up_or_frozen_already_stays_so() {
    let mut run = busy();
    run.refuses(Action::Restart(n(2)), "n2 is not down");
    run.refuses(Action::Resume(n(2)), "n2 is not paused");
    run.act(Action::Pause(n(2)));
    run.refuses(Action::Pause(n(2)), "n2 is paused");
    run.refuses(Action::Sync(n(2)), "n2 is paused");
    run.refuses(fire(2, TICK), "n2 is paused");
    run.act(Action::Crash(n(2)));
    run.refuses(Action::Crash(n(2)), "n2 is down");
    run.refuses(Action::Pause(n(2)), "n2 is down");
    run.refuses(Action::Resume(n(2)), "n2 is down");
    run.refuses(Action::Sync(n(2)), "n2 is down");
    run.refuses(fire(2, TICK), "n2 is down");
}

#[test]
fn timers_that_do_not_run_and_clocks_that_cannot_are_refused() {
    let mut run = busy();
    run.refuses(fire(1, ALARM), "n1's alarm timer is not running");
    let wrong = "a clock runs at 0.1 to 10 times true time";
    run.refuses(Action::Clock { node: n(1), rate: 99_999 }, wrong);
    run.refuses(Action::Clock { node: n(1), rate: 10_000_001 }, wrong);
}

#[test]
fn links_that_do_not_exist_or_are_not_cut_are_refused() {
    let mut run = busy();
    run.refuses(cut(server(1), server(1), true), "n1 has no link to itself");
    run.refuses(Action::Heal, "nothing is cut");
    run.refuses(Action::Mend { a: server(1), b: server(2) }, "n1 and n2 are not cut");
    run.refuses(Action::Partition(vec![vec![server(1)], vec![server(1)]]), "n1 stands in two groups");
    run.refuses(
        Action::Partition(vec![vec![server(1), Target::Leader.into_place()]]),
        "n1 stands in two groups",
    );
    let mut two = Loose::new(|config| config.clients = 2);
    two.refuses(cut(client(1), client(2), true), "no link joins c1 and c2: clients talk to servers only");
}

trait IntoPlace {
    fn into_place(self) -> sim::Place;
}

impl IntoPlace for Target {
    fn into_place(self) -> sim::Place {
        sim::Place::Server(self)
    }
}

#[test]
fn links_that_make_no_sense_are_refused() {
    let mut run = busy();
    let mut link = |link: Link, why: &str| run.refuses(Action::Network { ends: None, link }, why);
    link(
        Link { least: Span(2), most: Span(1), ..exactly(1) },
        "the shortest latency is longer than the longest",
    );
    link(Link { jitter: Span(3_600_000_001), ..exactly(1) }, "a latency is at most one hour");
    link(Link { loss: 1_000_001, ..exactly(1) }, "a chance is at most 100%");
}

#[test]
fn messages_that_are_not_there_are_refused() {
    let mut run = busy();
    run.refuses(Action::Drop(ping(3, 2, 1)), "no Ping is in flight from n3 to n2");
    run.refuses(Action::Deliver(ping(1, 2, 2)), "only 1 Ping in flight from n1 to n2, there is no #2");
    run.refuses(Action::Delay(ping(1, 2, 0), Span(1)), "only 1 Ping in flight from n1 to n2, there is no #0");
    let reply = MessageRef { kind: Kind::Reply, from: server(1), to: client(1), nth: 1 };
    run.refuses(Action::Duplicate(reply), "no ClientReply is in flight from n1 to c1");
}

#[test]
fn messages_that_cannot_arrive_are_not_delivered_by_hand() {
    let mut run = busy();
    run.act(Action::Pause(n(2)));
    run.refuses(Action::Deliver(ping(1, 2, 1)), "n2 is paused");
    run.act(Action::Crash(n(2)));
    run.refuses(Action::Deliver(ping(1, 2, 1)), "n2 is down");
    run.act(cut(server(1), server(3), true));
    run.refuses(Action::Deliver(ping(1, 3, 1)), "the link from n1 to n3 is cut");
    run.act(Action::Heal);
    run.refuses(Action::Deliver(ping(1, 3, 1)), "the link from n1 to n3 is cut");
    run.refuses(Action::Duplicate(ping(1, 3, 1)), "that message is lost already");
    run.refuses(Action::Delay(ping(1, 3, 1), Span(1)), "that message is lost already");
}

#[test]
fn holds_that_do_not_stand_cannot_be_released() {
    let mut run = busy();
    run.refuses(Action::ReleaseMessages(Filter::default()), "no such hold on messages");
    run.refuses(Action::ReleaseTimers(None), "those timers are not held");
    run.act(Action::HoldTimers(Some(n(1))));
    run.refuses(Action::ReleaseTimers(Some(n(2))), "those timers are not held");
}

#[test]
fn a_refusal_is_an_event_all_the_same() {
    let mut run = busy();
    let (position, now) = (run.sim.position(), run.sim.events_now());
    assert!(run.sim.act(&Action::Heal, &mut run.lines).is_err());
    assert_eq!((run.sim.position(), run.sim.events_now()), (position + 1, now + 1));
}
