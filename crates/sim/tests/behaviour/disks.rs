//! How writes reach the disks, and what waits for them.

use crate::bench::{Loose, fire, n};
use crate::toy::{HASTY, TICK};
use protocol::Span;
use sim::{Action, Disk};

fn slow() -> Disk {
    Disk::Takes { least: Span::ms(5), most: Span::ms(5) }
}

#[test]
fn a_synchronous_disk_has_every_write_before_the_message_that_waits_for_it() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.run(20);
    assert_eq!((run.count(2), run.diary(2)), (1, vec!["10ms ping 1 from n1", "10ms write 1 on disk"]));
    assert_eq!(run.heard(1), ["pong 1 from n2", "pong 1 from n3"]);
}

#[test]
fn a_message_that_waits_for_the_disk_leaves_when_the_write_is_there() {
    let mut run = Loose::new(|config| config.disk = slow());
    run.act(fire(1, TICK));
    run.run(14);
    assert_eq!((run.count(2), run.sim.machines()[1].unsynced()), (0, 1));
    run.run(11);
    assert_eq!(run.diary(1)[1..], ["25ms pong 1 from n2", "25ms pong 1 from n3"]);
    assert!(!run.take("sent").iter().any(|line| line.contains("too soon")));
}

#[test]
fn writes_reach_a_slow_disk_one_after_the_other() {
    let mut run = Loose::new(|config| config.disk = slow());
    run.act(fire(1, TICK));
    run.act(fire(1, TICK));
    run.run(30);
    let writes: Vec<&str> = run.diary(2).into_iter().filter(|line| line.ends_with("disk")).collect();
    assert_eq!(writes, ["15ms write 1 on disk", "20ms write 2 on disk"]);
}

#[test]
fn the_length_of_a_write_is_drawn_from_its_range() {
    let mut run = Loose::new(|config| config.disk = Disk::Takes { least: Span(1), most: Span(3) });
    (0..60).for_each(|_| run.act(fire(1, TICK)));
    run.run(30);
    let at: Vec<u64> = run
        .diary(2)
        .iter()
        .filter(|line| line.ends_with("disk"))
        .filter_map(|line| format!("{:0<3}", line.split_once("ms")?.0.strip_prefix("10.")?).parse().ok())
        .collect();
    let mut steps: Vec<u64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
    steps.sort_unstable();
    steps.dedup();
    assert_eq!((at.len(), steps), (60, vec![1, 2, 3]));
}

#[test]
fn a_crash_loses_writes_under_way_and_what_waited_for_them() {
    let mut run = Loose::new(|config| config.disk = slow());
    run.act(fire(1, TICK));
    run.run(12);
    run.act(Action::Crash(n(2)));
    run.act(Action::Restart(n(2)));
    run.run(50);
    assert_eq!((run.count(2), run.heard(1)), (0, vec!["pong 1 from n3"]));
    assert_eq!(run.diary(2), [""; 0], "no write of the old life is reported");
}

#[test]
fn an_explicit_disk_writes_nothing_before_it_is_told_and_a_crash_loses_it() {
    let mut run = Loose::new(|config| config.disk = Disk::Explicit);
    run.act(fire(1, TICK));
    run.act(fire(1, TICK));
    run.run(50);
    assert_eq!((run.count(2), run.sim.machines()[1].unsynced(), run.heard(1).len()), (0, 2, 0));
    run.act(Action::Sync(n(2)));
    assert_eq!((run.count(2), run.count(3)), (2, 0));
    assert_eq!(run.diary(2)[2..], ["50ms write 1 on disk", "50ms write 2 on disk"]);
    run.act(Action::Crash(n(3)));
    run.act(Action::Restart(n(3)));
    run.act(Action::Sync(n(3)));
    run.run(50);
    assert_eq!((run.count(3), run.heard(1)), (0, vec!["pong 1 from n2", "pong 2 from n2"]));
}

#[test]
fn a_write_that_was_hurried_does_not_finish_twice() {
    let mut run = Loose::new(|config| config.disk = slow());
    run.act(fire(1, TICK));
    run.run(10);
    run.act(Action::Sync(n(2)));
    run.take("");
    run.run(50);
    assert!(!run.take("").iter().any(|line| line.contains("Wrote(NodeId(2)")));
}

#[test]
fn a_write_that_follows_a_hurried_one_takes_its_full_time() {
    let mut run = Loose::new(|config| config.disk = slow());
    run.act(fire(1, TICK));
    run.run(2);
    run.act(fire(1, TICK));
    run.run(8);
    run.act(Action::Sync(n(2)));
    run.run(50);
    let writes: Vec<&str> = run.diary(2).into_iter().filter(|line| line.ends_with("disk")).collect();
    assert_eq!(writes, ["10ms write 1 on disk", "17ms write 2 on disk"]);
}

#[test]
fn a_message_that_does_not_wait_is_told_to_have_left_too_soon() {
    let mut run = Loose::new(|config| {
        config.disk = slow();
        config.options[HASTY] = 1;
    });
    run.act(fire(1, TICK));
    run.run(20);
    let soon: Vec<String> = run
        .take("sent")
        .into_iter()
        .filter(|line| line.contains("too soon") && line.contains("n2->n1"))
        .collect();
    assert_eq!(soon.len(), 1);
}
