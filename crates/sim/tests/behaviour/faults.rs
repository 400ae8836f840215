//! Crashes, restarts, wiped disks, frozen servers, clocks.

use crate::bench::{Loose, at, fire, n, submit};
use crate::toy::{ALARM, TICK, TICK_LEAST, TICK_MOST, WITH_ALARM};
use protocol::Span;
use sim::{Action, Disk, Filter, Target};

#[test]
fn a_crash_takes_timers_and_memory_and_a_restart_boots_from_the_disk() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.run(10);
    assert_eq!(run.count(2), 1);
    run.act(Action::Crash(n(2)));
    assert_eq!(run.due(2, TICK), None);
    assert!(!run.sim.machines()[1].is_up());
    run.act(Action::Restart(n(2)));
    assert_eq!(run.sim.machines()[1].core.as_ref().unwrap().diary, ["10ms boots with 1"]);
    assert_eq!(run.due(2, TICK), Some(at(10_010)));
}

#[test]
fn an_old_timer_does_not_fire_in_a_new_life() {
    let mut run = Loose::new(|config| {
        config.options[TICK_LEAST] = 100_000;
        config.options[TICK_MOST] = 100_000;
    });
    run.run(50);
    run.act(Action::Crash(n(2)));
    run.act(Action::Restart(n(2)));
    run.run(70);
    assert!(!run.diary(2).contains(&"100ms tick"));
    run.run(60);
    assert!(run.diary(2).contains(&"150ms tick"));
}

#[test]
fn a_message_to_a_server_that_is_down_is_lost_on_arrival() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.act(Action::Crash(n(2)));
    run.run(10);
    assert_eq!(run.take("ended 0"), ["ended 0 10ms Lost(Down)"]);
}

#[test]
fn a_message_under_way_reaches_a_server_that_came_back_in_time() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.act(Action::Crash(n(2)));
    run.act(Action::Restart(n(2)));
    run.run(10);
    assert_eq!(run.heard(2), ["ping 1 from n1"]);
}

#[test]
fn a_wipe_takes_the_disk_and_takes_down_who_is_up() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.run(10);
    run.act(Action::Wipe(n(2)));
    assert_eq!((run.count(2), run.sim.machines()[1].is_up()), (0, false));
    run.act(Action::Restart(Target::LastCrashed));
    assert_eq!(run.sim.machines()[1].core.as_ref().unwrap().diary, ["10ms boots with 0"]);
}

#[test]
fn a_frozen_server_hears_nothing_and_does_nothing_until_it_goes_on() {
    let mut run = Loose::new(|config| config.options[WITH_ALARM] = 1);
    run.act(fire(1, TICK));
    run.run(10);
    run.act(Action::Pause(n(2)));
    run.act(fire(3, TICK));
    run.run(100);
    assert_eq!(run.heard(2), ["ping 1 from n1"]);
    assert!(!run.diary(2).iter().any(|line| line.ends_with("alarm")));
    run.act(Action::Resume(n(2)));
    run.run(0);
    assert_eq!(
        run.diary(2)[2..],
        ["110ms ping 1 from n3", "110ms write 2 on disk"],
        "what was due first comes first: the ping was, and sets the alarm anew"
    );
    assert_eq!(run.due(2, ALARM), Some(at(160)));
}

#[test]
fn what_waited_comes_in_the_order_in_which_it_was_due_not_sent() {
    let mut run = Loose::new(|_| {});
    run.act(Action::Pause(n(2)));
    run.act(fire(1, TICK));
    run.act(Action::Delay(crate::bench::ping(1, 2, 1), Span::ms(15)));
    run.run(5);
    run.act(fire(3, TICK));
    run.run(50);
    run.act(Action::Resume(n(2)));
    run.run(0);
    assert_eq!(run.heard(2), ["ping 1 from n3", "ping 1 from n1"]);
    assert!(run.diary(2).iter().all(|line| line.starts_with("55ms")));
}

#[test]
fn looking_ahead_while_a_server_is_frozen_changes_nothing() {
    let mut plain = Loose::new(|_| {});
    plain.act(Action::Pause(n(2)));
    plain.act(fire(1, TICK));
    plain.act(fire(3, TICK));
    let mut looked = plain.clone();
    looked.sim.next_at();
    for run in [&mut plain, &mut looked] {
        run.run(10);
        run.act(Action::Resume(n(2)));
        run.run(100);
    }
    assert_eq!(plain.lines.0, looked.lines.0);
}

#[test]
fn a_frozen_server_that_crashes_comes_back_awake_and_lost_what_waited() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.act(Action::Pause(n(2)));
    run.run(20);
    run.act(Action::Crash(n(2)));
    run.run(0);
    assert_eq!(run.take("ended 0"), ["ended 0 20ms Lost(Down)"]);
    run.act(Action::Restart(n(2)));
    run.act(fire(1, TICK));
    run.run(10);
    assert_eq!(run.heard(2), ["ping 2 from n1"]);
}

#[test]
fn a_write_of_a_frozen_server_is_not_reported_before_it_goes_on() {
    let mut run = Loose::new(|config| config.disk = Disk::Takes { least: Span::ms(5), most: Span::ms(5) });
    run.act(fire(1, TICK));
    run.run(10);
    run.act(Action::Pause(n(2)));
    run.run(30);
    assert_eq!((run.count(2), run.sim.machines()[1].unsynced()), (0, 1));
    run.act(Action::Resume(n(2)));
    run.run(0);
    assert_eq!(run.diary(2), ["10ms ping 1 from n1", "40ms write 1 on disk"]);
}

#[test]
fn a_clock_that_runs_fast_or_slow_scales_timers_also_those_that_run() {
    let mut run = Loose::new(|config| {
        config.options[TICK_LEAST] = 100_000;
        config.options[TICK_MOST] = 100_000;
    });
    run.act(Action::Clock { node: n(1), rate: 2_000_000 });
    run.act(Action::Clock { node: n(2), rate: 500_000 });
    assert_eq!([1, 2, 3].map(|node| run.due(node, TICK)), [Some(at(50)), Some(at(200)), Some(at(100))]);
    run.run(50);
    assert_eq!(run.diary(1), ["50ms tick"]);
    assert_eq!(run.due(1, TICK), Some(at(100)));
    run.act(Action::Clock { node: n(2), rate: 1_000_000 });
    assert_eq!(run.due(2, TICK), Some(at(125)), "150 ms of true time were 75 of its own");
    run.run(75);
    assert!(run.diary(2).contains(&"125ms tick"));
    assert_eq!(run.diary(2).iter().filter(|line| line.ends_with("tick")).count(), 1);
}

#[test]
fn a_target_means_what_it_is_at_the_moment() {
    let mut run = Loose::new(|config| config.servers = 4);
    assert_eq!(run.sim.node(Target::Leader).map(|node| node.0), Ok(1));
    assert_eq!(run.sim.node(Target::Follower(2)).map(|node| node.0), Ok(3));
    run.act(Action::Crash(Target::Follower(1)));
    assert_eq!(run.sim.node(Target::Follower(2)).map(|node| node.0), Ok(4));
    run.act(Action::Crash(Target::Leader));
    assert_eq!(run.sim.node(Target::LastCrashed).map(|node| node.0), Ok(1));
    run.act(Action::Restart(Target::LastCrashed));
    assert_eq!(run.sim.node(Target::LastCrashed).map(|node| node.0), Ok(2));
    run.act(Action::Restart(n(2)));
    let nobody = run.sim.node(Target::LastCrashed).map_err(|refusal| refusal.0);
    assert_eq!(nobody, Err("no server is down at this moment".into()));
}

#[test]
fn everything_at_one_instant_happens_in_the_order_in_which_it_was_scheduled() {
    let mut run = Loose::new(|config| config.clients = 2);
    run.act(fire(3, TICK));
    run.act(submit(2, Some(n(2))));
    run.act(fire(1, TICK));
    run.act(submit(1, Some(n(2))));
    run.run(10);
    let order: Vec<&str> = run.diary(2).into_iter().filter(|line| !line.contains("disk")).collect();
    assert_eq!(
        order,
        ["10ms ping 1 from n3", "10ms get x asked by c2", "10ms ping 1 from n1", "10ms get x asked by c1"]
    );
    assert!(run.sim.events_now() >= 6);
}

#[test]
fn a_hold_outlives_a_crash() {
    let mut run = Loose::new(|_| {});
    run.act(Action::HoldMessages(Filter { to: Some(crate::bench::server(2)), ..Filter::default() }));
    run.act(fire(1, TICK));
    run.act(Action::Crash(n(2)));
    run.act(Action::Restart(n(2)));
    run.run(50);
    assert_eq!(run.heard(2), [""; 0]);
    run.act(Action::ReleaseMessages(Filter::default()));
    run.run(0);
    assert_eq!(run.diary(2)[0], "50ms ping 1 from n1");
}
