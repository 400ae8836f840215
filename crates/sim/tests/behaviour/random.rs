//! Random actions: nothing panics, and the same actions give the same run.

use crate::bench::{Bench, exactly};
use crate::toy::{TICK_LEAST, TICK_MOST, WITH_ALARM};
use proptest::prelude::*;
use protocol::{ClientId, NodeId, Op, Span, TimerId};
use sim::{Action, Config, Disk, Filter, Kind, Link, MessageRef, Place, Target};

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        6 => (1u8..=4).prop_map(|node| Target::Node(NodeId(node))),
        1 => Just(Target::Leader),
        1 => (1u8..=3).prop_map(Target::Follower),
        1 => Just(Target::LastCrashed),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![4 => target().prop_map(Place::Server), 1 => (1u8..=2).prop_map(|c| Place::Client(ClientId(c)))]
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![(0u8..=1).prop_map(Kind::Protocol), Just(Kind::Request), Just(Kind::Reply)]
}

fn message() -> impl Strategy<Value = MessageRef> {
    (kind(), place(), place(), 1u16..=2).prop_map(|(kind, from, to, nth)| MessageRef { kind, from, to, nth })
}

fn filter() -> impl Strategy<Value = Filter> {
    (proptest::option::of(kind()), proptest::option::of(place()), proptest::option::of(place()))
        .prop_map(|(kind, from, to)| Filter { kind, from, to })
}

fn link() -> impl Strategy<Value = Link> {
    (0u64..30, 0u64..30, 0u64..10, 0u32..500_000, 0u32..500_000, 0u32..500_000).prop_map(
        |(least, more, jitter, loss, duplicate, reorder)| Link {
            least: Span::ms(least),
            most: Span::ms(least + more),
            jitter: Span::ms(jitter),
            loss,
            duplicate,
            reorder,
        },
    )
}

fn action() -> impl Strategy<Value = Action> {
    let submit = (1u8..=2, proptest::option::of(target())).prop_map(|(c, to)| Action::Submit {
        client: ClientId(c),
        to,
        op: Op::Incr { key: "x".into() },
    });
    let cut = (place(), place(), any::<bool>()).prop_map(|(from, to, both)| Action::Cut { from, to, both });
    let groups = proptest::collection::vec(proptest::collection::vec(place(), 0..3), 0..3);
    let network = (proptest::option::of((place(), place())), link());
    let servers = prop_oneof![
        target().prop_map(Action::Crash),
        target().prop_map(Action::Restart),
        target().prop_map(Action::Pause),
        target().prop_map(Action::Resume),
        target().prop_map(Action::Sync),
        target().prop_map(Action::Wipe),
        (target(), 100_000u32..10_000_000).prop_map(|(node, rate)| Action::Clock { node, rate }),
        (target(), 0u8..3).prop_map(|(node, timer)| Action::Fire { node, timer: TimerId(timer) }),
        proptest::option::of(target()).prop_map(Action::HoldTimers),
        proptest::option::of(target()).prop_map(Action::ReleaseTimers),
    ];
    let wires = prop_oneof![
        cut,
        (place(), place()).prop_map(|(a, b)| Action::Mend { a, b }),
        groups.prop_map(Action::Partition),
        Just(Action::Heal),
        network.prop_map(|(ends, link)| Action::Network { ends, link }),
    ];
    let messages = prop_oneof![
        filter().prop_map(Action::HoldMessages),
        Just(Action::ReleaseMessages(Filter::default())),
        filter().prop_map(Action::ReleaseMessages),
        message().prop_map(Action::Deliver),
        message().prop_map(Action::Drop),
        message().prop_map(Action::Duplicate),
        (message(), 0u64..50).prop_map(|(message, by)| Action::Delay(message, Span::ms(by))),
    ];
    prop_oneof![1 => submit, 4 => servers, 2 => wires, 4 => messages]
}

/// Each action with the milliseconds that pass before it, and whether somebody looks ahead first.
fn script() -> impl Strategy<Value = Vec<(u64, bool, Action)>> {
    proptest::collection::vec((0u64..40, any::<bool>(), action()), 0..60)
}

fn disk() -> impl Strategy<Value = Disk> {
    prop_oneof![
        Just(Disk::Sync),
        Just(Disk::Takes { least: Span(0), most: Span::ms(20) }),
        Just(Disk::Explicit)
    ]
}

fn bench<const F: bool>(seed: u64, disk: Disk) -> Bench<F> {
    Bench::new(|config: &mut Config| {
        config.seed = seed;
        config.disk = disk;
        config.clients = 2;
        config.client_timeout = Span::ms(60);
        config.client_retries = 2;
        config.network = Link { most: Span::ms(25), ..exactly(10) };
        config.options[TICK_LEAST] = 20_000;
        config.options[TICK_MOST] = 60_000;
        config.options[WITH_ALARM] = 1;
    })
}

/// Plays a script to its end and lets everything go on for a while.
fn play<const F: bool>(seed: u64, disk: Disk, script: &[(u64, bool, Action)], looks: bool) -> Bench<F> {
    let mut run = bench::<F>(seed, disk);
    for (after, look, action) in script {
        if looks && *look {
            run.sim.next_at();
        }
        run.run(*after);
        // Whether it can be done is part of the run.
        let done = run.sim.act(action, &mut run.lines);
        run.lines.0.push(format!("{action:?}: {done:?}"));
    }
    run.run(200);
    run
}

fn number(text: &str) -> usize {
    text.parse().expect("a number stands there")
}

/// A message ends at most once.
fn check_ends<const F: bool>(run: &Bench<F>) {
    let ids = run.lines.0.iter().filter_map(|line| line.strip_prefix("ended ")?.split(' ').next());
    let mut ended: Vec<usize> = ids.map(number).collect();
    let count = ended.len();
    ended.sort_unstable();
    ended.dedup();
    assert_eq!(ended.len(), count);
}

/// A server's FIFO channels open and close by turns, and pings arrive through each in the order of sending.
fn check_channels(diary: &[&str]) {
    let (mut open, mut last) = ([false; 4], [0; 4]);
    for line in diary {
        let words: Vec<&str> = line.split(' ').skip(1).collect();
        match words[..] {
            ["channel", "to", peer, how] => {
                let peer = number(&peer[1..]);
                assert_ne!(open[peer], how == "opens", "{diary:?}");
                open[peer] = how == "opens";
                // A sender that crashed counts from 1 again, over a new channel.
                last[peer] = 0;
            }
            ["ping", nth, "from", peer] => {
                let (nth, peer) = (number(nth), number(&peer[1..]));
                assert!(open[peer] && nth > last[peer], "{diary:?}");
                last[peer] = nth;
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn any_actions_replay_the_same(seed in 0u64..1_000, disk in disk(), script in script()) {
        let one = play::<false>(seed, disk, &script, false);
        let two = play::<false>(seed, disk, &script, true);
        prop_assert_eq!(&one.lines.0, &two.lines.0);
        prop_assert_eq!(one.picture(), two.picture());
        check_ends(&one);
    }

    #[test]
    fn any_actions_replay_the_same_over_fifo_channels(seed in 0u64..1_000, disk in disk(), script in script()) {
        let one = play::<true>(seed, disk, &script, false);
        let two = play::<true>(seed, disk, &script, true);
        prop_assert_eq!(&one.lines.0, &two.lines.0);
        prop_assert_eq!(one.picture(), two.picture());
        check_ends(&one);
        (1..=3).for_each(|node| check_channels(&one.diary(node)));
    }

    #[test]
    fn a_clone_in_the_middle_goes_on_as_the_original_does(seed in 0u64..1_000, script in script()) {
        let mut one = play::<false>(seed, Disk::Sync, &script, false);
        let mut two = one.clone();
        one.run(300);
        two.run(300);
        prop_assert_eq!(&one.lines.0, &two.lines.0);
    }
}
