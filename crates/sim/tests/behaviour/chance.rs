//! Seeds, dice, and what links do to messages.

use crate::bench::{InOrder, Loose, N1, N2, exactly, fire, n, ping, submit};
use crate::toy::{TICK, TICK_LEAST, TICK_MOST};
use protocol::{ClientId, NodeId, Span};
use sim::{Action, Addr, Config, Link};

/// Everybody pings every 50 to 150 ms over a network that does all that a network can.
fn busy(config: &mut Config) {
    config.options[TICK_LEAST] = 50_000;
    config.options[TICK_MOST] = 150_000;
    config.network =
        Link { jitter: Span::ms(7), loss: 100_000, duplicate: 100_000, reorder: 100_000, ..Link::default() };
}

#[test]
fn the_same_seed_gives_the_same_run_event_by_event() {
    let [mut one, mut two] = [Loose::new(busy), Loose::new(busy)];
    one.run(3_000);
    (0..30).for_each(|_| two.run(100));
    assert!(one.lines.0.len() > 300);
    assert_eq!(one.lines.0, two.lines.0, "however it is cut into pieces");
    assert_eq!(one.picture(), two.picture());
}

#[test]
fn the_same_seed_gives_the_same_run_over_fifo_channels() {
    let [mut one, mut two] = [InOrder::new(busy), InOrder::new(busy)];
    one.run(2_000);
    two.run(2_000);
    assert_eq!(one.lines.0, two.lines.0);
}

#[test]
fn another_seed_gives_another_run() {
    let mut runs = [1, 2].map(|seed| {
        Loose::new(|config| {
            busy(config);
            config.seed = seed;
        })
    });
    runs.iter_mut().for_each(|run| run.run(1_000));
    assert_ne!(runs[0].lines.0, runs[1].lines.0);
}

#[test]
fn a_clone_goes_on_as_the_original_does() {
    let mut run = Loose::new(busy);
    run.run(777);
    let mut copy = run.clone();
    run.run(1_000);
    copy.run(1_000);
    assert_eq!(run.lines.0, copy.lines.0);
}

/// What a server's own dice decide: when its timer fires.
fn ticks(run: &Loose, node: u8) -> Vec<&str> {
    run.diary(node).into_iter().filter(|line| line.ends_with("tick")).collect()
}

#[test]
fn one_more_action_does_not_reshuffle_the_other_dice() {
    let mut plain = Loose::new(busy);
    let mut other = plain.clone();
    plain.run(300);
    other.run(300);
    other.act(Action::Crash(n(3)));
    other.act(submit(1, Some(n(2))));
    other.act(fire(2, TICK));
    plain.run(1_000);
    other.run(1_000);
    assert_eq!(ticks(&plain, 1), ticks(&other, 1), "n1's timers");
    let to_n2 = |run: &mut Loose| -> Vec<String> {
        run.take("sent").into_iter().filter(|line| line.contains("n1->n3")).collect()
    };
    let latency = |lines: Vec<String>| -> Vec<String> {
        lines.iter().filter_map(|line| line.split_once("n1->n3")).map(|(_, rest)| rest.to_owned()).collect()
    };
    let (one, two) = (latency(to_n2(&mut plain)), latency(to_n2(&mut other)));
    let pings = two.len().min(5);
    assert_eq!(one[..pings], two[..pings], "the link from n1 to n3");
}

#[test]
fn a_copy_made_by_hand_does_not_reshuffle_its_own_link() {
    let mut plain = Loose::new(|config| config.network = Link::default());
    plain.act(fire(1, TICK));
    let mut other = plain.clone();
    other.act(Action::Duplicate(ping(1, 2, 1)));
    for run in [&mut plain, &mut other] {
        run.act(fire(1, TICK));
    }
    let (one, two) = (plain.latencies(N1, N2), other.latencies(N1, N2));
    assert_eq!((one.len(), two.len()), (2, 3));
    assert_eq!((one[0], one[1]), (two[0], two[2]));
}

/// The latencies of 200 pings.
fn two_hundred(link: Link) -> Vec<Span> {
    let mut run = Loose::new(|config| config.network = link);
    (0..200).for_each(|_| run.act(fire(1, TICK)));
    run.latencies(N1, N2)
}

#[test]
fn latencies_are_drawn_from_the_whole_range_and_never_from_outside() {
    let drawn = two_hundred(Link { least: Span(10), most: Span(14), ..Link::default() });
    let mut seen = drawn.clone();
    seen.sort();
    seen.dedup();
    assert_eq!((drawn.len(), seen), (200, (10..=14).map(Span).collect()));
}

#[test]
fn jitter_adds_from_nothing_to_its_size() {
    let mut drawn = two_hundred(Link { jitter: Span(3), ..exactly(10) });
    drawn.sort();
    drawn.dedup();
    assert_eq!(drawn, (10_000..=10_003).map(Span).collect::<Vec<_>>());
}

#[test]
fn a_reordered_message_is_held_back_by_one_longest_latency_and_is_overtaken() {
    let drawn = two_hundred(Link { reorder: 300_000, ..exactly(10) });
    let late = drawn.iter().filter(|latency| **latency == Span::ms(20)).count();
    let timely = drawn.iter().filter(|latency| **latency == Span::ms(10)).count();
    assert_eq!(late + timely, 200);
    assert!((30..=90).contains(&late), "about three in ten: {late}");
}

#[test]
fn about_as_many_messages_are_lost_as_the_link_says_and_they_never_arrive() {
    let mut run = Loose::new(|config| config.network.loss = 250_000);
    (0..200).for_each(|_| run.act(fire(1, TICK)));
    let doomed = run.sim.flights().iter().filter(|flight| flight.to == N2 && flight.doomed.is_some()).count();
    assert!((30..=70).contains(&doomed), "about one in four: {doomed}");
    run.run(15);
    assert_eq!(run.heard(2).len(), 200 - doomed);
    assert!(
        run.take("ended").iter().any(|line| line.ends_with("8ms Lost(Chance)")),
        "four fifths of the way"
    );
}

#[test]
fn a_doubled_message_arrives_twice_with_a_latency_of_its_own() {
    let mut run = Loose::new(|config| {
        config.network =
            Link { duplicate: 1_000_000, least: Span::ms(10), most: Span::ms(90), ..exactly(10) };
    });
    run.act(fire(1, TICK));
    let drawn = run.latencies(N1, N2);
    assert_eq!(drawn.len(), 2);
    assert_ne!(drawn[0], drawn[1]);
    run.run(90);
    assert_eq!(run.heard(2), ["ping 1 from n1"; 2]);
}

#[test]
fn a_link_of_its_own_differs_from_the_network_in_one_direction() {
    let mut run = Loose::new(|config| config.links = vec![((N1, N2), exactly(90))]);
    run.act(fire(1, TICK));
    run.act(fire(2, TICK));
    assert_eq!((run.latencies(N1, N2), run.latencies(N2, N1)), (vec![Span::ms(90)], vec![Span::ms(10)]));
}

#[test]
fn settings_of_the_network_change_for_what_is_sent_from_now_on() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.act(Action::Network {
        ends: Some((crate::bench::server(1), crate::bench::server(2))),
        link: exactly(3),
    });
    run.act(fire(1, TICK));
    assert_eq!(run.latencies(N1, N2), [Span::ms(10), Span::ms(3)]);
    run.act(Action::Network { ends: None, link: exactly(5) });
    run.act(fire(1, TICK));
    assert_eq!(run.latencies(N1, Addr::Server(NodeId(3))), [Span::ms(10), Span::ms(10), Span::ms(5)]);
    run.act(submit(1, None));
    assert_eq!(run.latencies(Addr::Client(ClientId(1)), N1), [Span::ms(5)]);
}
