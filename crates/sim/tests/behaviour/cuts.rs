//! Cuts, partitions, healing.

use crate::bench::{Loose, N1, N2, client, cut, fire, n, server, submit};
use crate::toy::TICK;
use protocol::{ClientId, NodeId};
use sim::{Action, Addr};

const N3: Addr = Addr::Server(NodeId(3));
const C1: Addr = Addr::Client(ClientId(1));

#[test]
fn a_one_way_cut_stops_one_direction_only() {
    let mut run = Loose::new(|_| {});
    run.act(cut(server(1), server(2), false));
    run.act(fire(1, TICK));
    run.act(fire(2, TICK));
    run.run(30);
    assert_eq!(run.heard(1), ["ping 1 from n2", "pong 1 from n3"]);
    assert_eq!(run.heard(2), ["pong 1 from n3"]);
    assert_eq!(run.sim.cuts().collect::<Vec<_>>(), [(N1, N2)]);
}

#[test]
fn a_two_way_cut_stops_both() {
    let mut run = Loose::new(|_| {});
    run.act(cut(server(1), server(2), true));
    run.act(fire(1, TICK));
    run.act(fire(2, TICK));
    run.run(30);
    assert_eq!((run.heard(1), run.heard(2)), (vec!["pong 1 from n3"], vec!["pong 1 from n3"]));
}

#[test]
fn a_message_in_flight_when_its_link_is_cut_is_lost_at_once_and_a_mend_does_not_bring_it_back() {
    let mut run = Loose::new(|_| {});
    run.act(fire(1, TICK));
    run.run(4);
    run.act(cut(server(1), server(2), true));
    run.act(Action::Mend { a: server(2), b: server(1) });
    run.run(30);
    assert_eq!(run.heard(2), [""; 0]);
    assert_eq!(run.take("ended 0"), ["ended 0 4ms Lost(Cut)"]);
    run.act(fire(1, TICK));
    run.run(10);
    assert_eq!(run.heard(2), ["ping 2 from n1"]);
}

#[test]
fn a_message_sent_into_a_cut_gets_half_way() {
    let mut run = Loose::new(|_| {});
    run.act(cut(server(1), server(2), false));
    run.act(fire(1, TICK));
    run.act(Action::Heal);
    run.run(30);
    assert_eq!(run.take("ended 0"), ["ended 0 5ms Lost(Cut)"]);
}

#[test]
fn a_held_message_is_lost_when_its_link_is_cut() {
    let mut run = Loose::new(|_| {});
    run.act(Action::HoldMessages(sim::Filter::default()));
    run.act(fire(1, TICK));
    run.run(30);
    run.act(cut(server(1), server(2), false));
    run.run(1);
    run.act(Action::ReleaseMessages(sim::Filter::default()));
    run.run(30);
    assert_eq!((run.heard(2).len(), run.heard(3).len()), (0, 1));
    assert_eq!(run.take("ended 0"), ["ended 0 30ms Lost(Cut)"]);
}

#[test]
fn a_partition_cuts_between_groups_and_mends_within_them() {
    let mut run = Loose::new(|config| config.servers = 5);
    run.act(cut(server(1), server(2), true));
    run.act(Action::Partition(vec![vec![server(1), server(2)], vec![server(3)]]));
    (1..=5).for_each(|node| run.act(fire(node, TICK)));
    run.run(10);
    assert_eq!(run.heard(1), ["ping 1 from n2"]);
    assert_eq!(run.heard(3), [""; 0]);
    assert_eq!(run.heard(4), ["ping 1 from n5"], "those that are not named are one more group");
    run.act(Action::Heal);
    assert_eq!(run.sim.cuts().count(), 0);
}

#[test]
fn a_client_in_a_group_reaches_that_group_only_and_one_in_none_reaches_everybody() {
    let mut run = Loose::new(|config| config.clients = 3);
    run.act(Action::Partition(vec![vec![server(1), client(1)], vec![server(2), server(3), client(3)]]));
    let is_cut = |from, to| run.sim.cuts().any(|cut| cut == (from, to));
    assert!(!is_cut(C1, N1) && is_cut(C1, N2) && is_cut(N3, C1));
    let c2 = Addr::Client(ClientId(2));
    assert!(!is_cut(c2, N1) && !is_cut(c2, N2) && !is_cut(N3, c2));
    assert!(!is_cut(C1, Addr::Client(ClientId(3))), "no link joins clients, so none is cut");
}

#[test]
fn a_cut_between_a_client_and_a_server_loses_requests() {
    let mut run = Loose::new(|_| {});
    run.act(cut(client(1), server(1), false));
    run.act(submit(1, Some(n(1))));
    run.run(30);
    assert_eq!(run.diary(1), [""; 0]);
    run.run(520);
    assert_eq!(run.diary(2), ["510ms get x asked by c1"], "it asks the next one");
}

#[test]
fn mending_one_link_leaves_the_other_cuts() {
    let mut run = Loose::new(|_| {});
    run.act(cut(server(1), server(2), true));
    run.act(cut(server(1), server(3), false));
    run.act(Action::Mend { a: server(1), b: server(2) });
    assert_eq!(run.sim.cuts().collect::<Vec<_>>(), [(N1, N3)]);
}
