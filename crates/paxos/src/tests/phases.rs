//! Every phase of a ballot, seen from outside.

use super::cluster::{Cluster, command, servers, with_option};
use crate::proposer::Role;
use crate::{Ballot, Message, Paxos, Proposal, Value};
use protocol::{Answer, ClientId, Fact, Message as _, NodeId, Protocol, Reply, RoleKind, Span, Verdict};

fn value(letter: char) -> Value {
    Value::Command(command(letter))
}

#[test]
fn one_command_without_faults_takes_two_round_trips_and_a_decide() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    assert_eq!(cluster.under_way(), ["1→2 Prepare 1.1", "1→3 Prepare 1.1"]);
    cluster.prepare(1, &[2]);
    cluster.lose("Prepare", 1, 3);
    assert_eq!(cluster.under_way(), ["1→2 Accept 1.1: set x=A", "1→3 Accept 1.1: set x=A"]);
    cluster.accept(1, &[2]);
    cluster.lose("Accept", 1, 3);
    assert_eq!(cluster.under_way(), ["1→2 Decide set x=A", "1→3 Decide set x=A"]);
    assert_eq!(cluster.answers, [(ClientId(1), Answer::Done(Reply::Stored))]);
    cluster.deliver_all();
    assert!((1..=3).all(|node| cluster.decided(node) == Some('A')));
    assert!(cluster.broken().is_empty());
}

// Phase 1 (a).

/// §2.5: the proposer's own promise is what makes it remember its ballot, so it is on disk before anybody is asked.
#[test]
fn a_ballot_is_on_its_proposers_disk_before_anybody_hears_of_it() {
    let mut cluster = Cluster::new(servers(3));
    cluster.slow(1);
    cluster.ask(1, 'A');
    assert!(cluster.network.is_empty());
    cluster.sync(1);
    assert_eq!(cluster.on_disk(1).promised, Ballot::owned(1, NodeId(1)));
    assert_eq!(cluster.under_way().len(), 2);
}

/// §2.5: and it does not count before that, either.
#[test]
fn a_proposers_own_promise_counts_once_it_is_on_disk() {
    let mut cluster = Cluster::new(servers(1));
    cluster.slow(1);
    cluster.ask(1, 'A');
    cluster.sync(1);
    assert!(matches!(cluster.node(1).role, Role::Proposing { .. }));
    assert_eq!(cluster.decided(1), None, "its acceptance is not on disk yet");
    cluster.sync(1);
    assert_eq!(cluster.decided(1), Some('A'), "a cluster of one decides alone");
}

#[test]
fn a_proposer_begins_above_every_ballot_that_its_acceptor_has_seen() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(3, 'B');
    cluster.deliver("Prepare", 3, 1);
    cluster.ask(1, 'A');
    assert_eq!(cluster.node(1).ballot(), Some(Ballot::owned(2, NodeId(1))));
}

// Phase 1 (b).

#[test]
fn an_acceptor_promises_and_reports_what_it_accepted_last() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.deliver("Accept", 1, 2);
    cluster.lose_all();
    cluster.ask(3, 'B');
    cluster.deliver("Prepare", 3, 2);
    assert!(cluster.under_way().contains(&"2→3 Promise 1.3, accepted 1.1: set x=A".into()));
    let promised = Ballot::owned(1, NodeId(3));
    assert!(cluster.facts(2).contains(&Fact::TermAdopted { term: promised }));
    assert!(cluster.facts(2).contains(&Fact::Supported { term: promised, node: NodeId(3) }));
    assert_eq!(
        cluster.sentences(2, "promise-higher-only"),
        ["n2 promises n1 to refuse ballots below 1.1", "n2 promises n3 to refuse ballots below 1.3"]
    );
}

/// A doubled question gets the same answer twice, and needs no second write.
#[test]
fn the_same_ballot_again_is_promised_again() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.double("Prepare", 1, 2);
    cluster.deliver("Prepare", 1, 2);
    cluster.deliver("Prepare", 1, 2);
    let promises = cluster.under_way().into_iter().filter(|text| text == "2→1 Promise 1.1").count();
    assert_eq!(promises, 2);
    assert_eq!(cluster.facts(2).iter().filter(|fact| matches!(fact, Fact::TermAdopted { .. })).count(), 1);
}

#[test]
fn a_promise_leaves_when_it_is_on_disk() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.slow(2);
    assert!(cluster.deliver("Prepare", 1, 2));
    assert!(!cluster.deliver("Promise", 2, 1));
    cluster.sync(2);
    assert!(cluster.deliver("Promise", 2, 1));
}

// Phase 2 (a).

#[test]
fn a_proposer_with_a_majority_of_promises_proposes_to_everybody() {
    let mut cluster = Cluster::new(servers(5));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    assert!(!cluster.deliver("Accept", 1, 4), "two of five are not enough");
    cluster.prepare(1, &[3]);
    assert!(cluster.deliver("Accept", 1, 4), "n4 has not promised, and is asked all the same");
    let ballot = Ballot::owned(1, NodeId(1));
    assert!(cluster.facts(1).contains(&Fact::Proposed {
        term: ballot,
        index: 1,
        content: value('A').hash()
    }));
    let role = Paxos::DIALECT.roles[usize::from(cluster.node(1).status().role)];
    assert_eq!((role.name, role.kind), ("Proposing", RoleKind::Leading));
    assert!(
        cluster.facts(1).iter().all(|fact| !matches!(fact, Fact::Led { .. })),
        "Paxos has no leader to claim"
    );
}

// Phase 2 (b).

#[test]
fn an_acceptor_accepts_on_disk_before_it_says_so() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.slow(3);
    assert!(cluster.deliver("Accept", 1, 3), "n3 was never asked to promise");
    assert!(!cluster.deliver("Accepted", 3, 1));
    cluster.sync(3);
    let ballot = Ballot::owned(1, NodeId(1));
    assert_eq!(cluster.on_disk(3).accepted, Some(Proposal { ballot, value: value('A') }));
    assert_eq!(cluster.on_disk(3).promised, ballot, "to accept is to promise");
    let hash = value('A').hash();
    assert!(cluster.facts(3).contains(&Fact::Appended { index: 1, term: ballot, hash, content: hash }));
    assert!(cluster.deliver("Accepted", 3, 1));
}

#[test]
fn an_acceptor_that_refuses_says_what_it_has_promised() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.ask(3, 'B');
    cluster.prepare(3, &[2]);
    cluster.deliver("Accept", 1, 2);
    assert!(cluster.under_way().contains(&"2→1 Nack 1.1, promised 1.3".into()));
    assert_eq!(
        cluster.sentences(2, "refuse-below-promise"),
        ["n2 refuses the proposal 1.1: it has promised 1.3"]
    );
}

// Learning.

/// §2.3: a majority of one ballot, whatever has become of its proposer since.
#[test]
fn a_value_is_learned_even_after_its_proposer_gave_it_up() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.deliver("Accept", 1, 2);
    assert!(cluster.retry(1), "n1 loses patience and prepares a higher ballot");
    cluster.deliver("Accepted", 2, 1);
    assert_eq!(cluster.decided(1), Some('A'));
    assert_eq!(cluster.waits(1), None, "there is nothing left to try");
}

/// §2.3: the acceptors may tell every learner, which saves a step and costs messages.
#[test]
fn with_accepted_to_all_every_server_counts_for_itself() {
    let mut cluster = Cluster::new(with_option(servers(3), "accepted-to-all"));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.deliver("Accept", 1, 2);
    cluster.deliver("Accepted", 1, 3);
    cluster.deliver("Accepted", 2, 3);
    assert_eq!(cluster.decided(3), Some('A'), "n3 never heard from a proposer");
    cluster.deliver_all();
    assert!((1..=3).all(|node| cluster.decided(node) == Some('A')));
    assert!((1..=3).all(|node| cluster.facts(node).contains(&Fact::Committed { index: 1, leading: true })));
}

#[test]
fn a_doubled_acceptance_counts_once() {
    let mut cluster = Cluster::new(servers(5));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2, 3]);
    cluster.deliver("Accept", 1, 2);
    cluster.double("Accepted", 2, 1);
    cluster.deliver("Accepted", 2, 1);
    cluster.deliver("Accepted", 2, 1);
    assert_eq!(cluster.decided(1), None);
    assert!(cluster.spoke(1, "count-acceptors-once", Verdict::Refused));
}

// Clients.

#[test]
fn a_client_whose_command_was_not_chosen_hears_that_it_failed() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.ask(1, 'B');
    cluster.deliver_all();
    let (a, b) = (ClientId(1), ClientId(2));
    assert_eq!(cluster.answers, [(a, Answer::Done(Reply::Stored)), (b, Answer::Failed)]);
    cluster.ask(3, 'C');
    assert_eq!(cluster.answers[2], (ClientId(3), Answer::Failed), "n3 knows, and asks nobody");
    assert!(cluster.network.is_empty());
}

#[test]
fn a_client_that_asks_again_gets_the_same_reply_and_the_command_runs_once() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.ask(1, 'A');
    cluster.deliver_all();
    cluster.ask(2, 'A');
    assert_eq!(cluster.answers, vec![(ClientId(1), Answer::Done(Reply::Stored)); 2]);
    let applied = cluster.facts(2).iter().filter(|fact| matches!(fact, Fact::Applied { .. })).count();
    assert_eq!(applied, 1);
}

/// Lost messages are made good by a higher ballot.
#[test]
fn a_proposer_that_hears_nothing_tries_again_with_a_higher_ballot() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    assert_eq!(cluster.waits(1), Some((Span::ms(100), Span::ms(200))));
    cluster.lose_all();
    assert!(cluster.retry(1));
    assert_eq!(cluster.under_way(), ["1→2 Prepare 2.1", "1→3 Prepare 2.1"]);
    cluster.prepare(1, &[3]);
    cluster.lose_all();
    assert!(cluster.retry(1), "the Accepts may be lost as well");
    cluster.deliver_all();
    assert!((1..=3).all(|node| cluster.decided(node) == Some('A')));
}

// Views.

#[test]
fn the_view_shows_what_a_server_promised_accepted_and_counts() {
    let mut cluster = Cluster::new(servers(5));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    let view = cluster.node(1).view(cluster.on_disk(1));
    assert_eq!((view.role, &*view.note), ("Preparing", "promises: 2, needs 3 of 5"));
    cluster.prepare(1, &[3]);
    cluster.accept(1, &[3]);
    let view = cluster.node(1).view(cluster.on_disk(1));
    assert_eq!((view.role, &*view.note), ("Proposing", "accepteds: 2, needs 3 of 5"));
    let cells = cluster.node(1).cells(cluster.on_disk(1), 1, 9);
    assert_eq!(cells[0].acks, [NodeId(1), NodeId(3)]);
    assert_eq!((cells[0].term, &*cells[0].text), (Ballot::owned(1, NodeId(1)), "set x=A"));
    assert!(cells[0].durable && !cells[0].committed);
    assert_eq!(cluster.node(1).cells(cluster.on_disk(1), 2, 9), []);
    let fact = |key| view.facts.iter().find(|fact| fact.key == key).map(|fact| &*fact.value);
    assert_eq!(fact("promised"), Some("1.1"));
    assert_eq!(fact("accepted_value"), Some("set x=A"));
    assert_eq!(fact("chosen"), Some("none"));
    assert_eq!(view.peers[1].facts, [("accepted", "yes".to_owned())]);
    cluster.deliver_all();
    let view = cluster.node(2).view(cluster.on_disk(2));
    assert_eq!((view.role, &*view.note), ("Acceptor", "chosen: set x=A"));
    assert_eq!(view.state, [("x".to_owned(), "A".to_owned())]);
    assert_eq!((view.commit, view.applied), (1, 1));
}

/// A server may have accepted one value and know that another one was chosen.
#[test]
fn the_chosen_value_is_shown_above_an_accepted_one() {
    let mut cluster = Cluster::new(servers(3));
    cluster.ask(1, 'A');
    cluster.prepare(1, &[2]);
    cluster.lose_all();
    cluster.ask(2, 'B');
    cluster.prepare(2, &[3]);
    cluster.accept(2, &[3]);
    cluster.deliver("Decide", 2, 1);
    let cells = cluster.node(1).cells(cluster.on_disk(1), 1, 1);
    assert_eq!(&*cells[0].text, "set x=B");
    assert!(cells[0].committed && !cells[0].durable);
    assert_eq!(cluster.node(1).content_at(1), Some(&value('B')));
    assert_eq!(cluster.node(1).content_at(2), None);
}

#[test]
fn a_message_names_its_fields_as_the_paper_does() {
    let ballot = Ballot::owned(3, NodeId(1));
    let accepted = Some(Proposal { ballot: Ballot::owned(2, NodeId(2)), value: value('A') });
    let promise = Message::Promise { ballot, accepted };
    let texts: Vec<_> = promise.fields().into_iter().map(|(name, text)| format!("{name} {text}")).collect();
    assert_eq!(texts, ["ballot 3.1", "accepted_ballot 2.2", "accepted_value set x=A"]);
    let nack = Message::Nack { ballot, promised: Ballot::owned(4, NodeId(2)) };
    assert_eq!(
        nack.term(),
        Ballot::owned(4, NodeId(2)),
        "it is drawn in the hue of the ballot that it tells about"
    );
}
