//! Phase 3, and clients.

use super::cluster::{Cluster, command, servers, with_option, without};
use protocol::{Answer, ClientId, Command, Op, Protocol as _, Reply, Verdict};

fn led() -> Cluster {
    Cluster::led_by_last(servers(3), &[1, 2, 3])
}

fn get(client: u8) -> Command {
    Command::new(ClientId(client), 1, Op::Get { key: "x".into() })
}

fn sync(client: u8) -> Command {
    Command::new(ClientId(client), 1, Op::Sync { key: "x".into() })
}

/// Which clients were told that they are in sync.
fn synced(cluster: &Cluster) -> Vec<u8> {
    let told = cluster.answers.iter().filter(|(_, answer)| *answer == Answer::Done(Reply::Synced));
    told.map(|(client, _)| client.0).collect()
}

fn read(cluster: &Cluster) -> Option<String> {
    match &cluster.answers.last()?.1 {
        Answer::Done(Reply::Value(value)) => value.as_ref().map(ToString::to_string),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_write_is_proposed_logged_by_a_quorum_committed_and_answered() {
    let mut cluster = led();
    cluster.request(3, command('A'));
    assert_eq!(
        (cluster.between(3, 1), cluster.between(3, 2)),
        (vec!["PROPOSAL (1,1)".into()], vec!["PROPOSAL (1,1)".into()])
    );
    cluster.deliver(3, 1);
    assert_eq!((cluster.node(3).last_committed, cluster.node(1).last_committed), (0, 0));
    assert_eq!(cluster.deliver(1, 3), "ACK (1,1)");
    assert_eq!(cluster.node(3).last_committed, 1);
    assert_eq!(cluster.answers, [(ClientId(1), Answer::Done(Reply::Stored))]);
    assert_eq!(cluster.deliver(3, 1), "COMMIT (1,1)");
    assert_eq!((cluster.node(1).last_delivered, cluster.node(2).last_delivered), (1, 0));
}

#[test]
fn a_leader_does_not_count_itself_before_its_disk_is_done() {
    let mut cluster = led();
    cluster.slow(3);
    cluster.request(3, command('A'));
    cluster.deliver(3, 1);
    cluster.deliver(1, 3);
    assert_eq!(cluster.node(3).last_committed, 0);
    cluster.sync_one(3);
    assert_eq!(cluster.node(3).last_committed, 1);
    assert!(cluster.spoke(3, "leader-counts-itself-when-logged", Verdict::Refused));
}

#[test]
fn an_acknowledgement_stands_for_all_before_it() {
    let mut cluster = led();
    for letter in ['A', 'B', 'C'] {
        cluster.request(3, command(letter));
        cluster.deliver(3, 1);
    }
    (0..3).for_each(|_| drop(cluster.deliver(1, 3)));
    assert_eq!(cluster.between(3, 1), ["COMMIT (1,1)", "COMMIT (1,2)", "COMMIT (1,3)"]);
}

#[test]
fn a_follower_passes_a_write_on_and_answers_when_it_has_delivered_it() {
    let mut cluster = led();
    cluster.request(1, command('A'));
    assert_eq!(cluster.deliver(1, 3), "REQUEST");
    assert!(cluster.answers.is_empty());
    cluster.deliver_all();
    assert_eq!(cluster.answers, [(ClientId(1), Answer::Done(Reply::Stored))]);
    assert_eq!(cluster.zxids(2), "(1,1)");
}

#[test]
fn a_write_that_is_asked_for_again_is_proposed_once() {
    let mut cluster = led();
    cluster.request(3, command('A'));
    cluster.request(1, command('A'));
    cluster.deliver_all();
    cluster.request(2, command('A'));
    cluster.deliver_all();
    assert_eq!(cluster.zxids(3), "(1,1)");
    assert_eq!(cluster.answers.len(), 3);
}

#[test]
fn a_read_is_answered_from_what_this_server_has_delivered() {
    let mut cluster = led();
    cluster.request(3, command('A'));
    cluster.deliver(3, 2);
    cluster.deliver(2, 3);
    cluster.request(3, get(5));
    assert_eq!(read(&cluster), Some("A".into()));
    cluster.request(1, get(6));
    assert_eq!(read(&cluster), None, "n1 has not heard of it");
}

#[test]
fn a_read_behind_sync_waits_for_what_was_proposed_before() {
    let mut cluster = Cluster::led_by_last(with_option(servers(3), "sync-before-read", 1), &[1, 2, 3]);
    cluster.request(3, command('A'));
    cluster.deliver(3, 2);
    cluster.deliver(2, 3);
    cluster.request(1, get(6));
    assert_eq!(cluster.answers.len(), 1);
    cluster.deliver_all();
    assert_eq!(read(&cluster), Some("A".into()));
}

#[test]
fn a_sync_is_answered_behind_what_was_proposed_before() {
    let mut cluster = led();
    cluster.request(3, command('A'));
    cluster.deliver(3, 2);
    cluster.deliver(2, 3);
    cluster.request(1, sync(6));
    cluster.request(3, sync(7));
    assert_eq!(synced(&cluster), [7], "n1 has asked n3, who has delivered all that it proposed");
    cluster.request(3, command('B'));
    cluster.request(3, sync(8));
    assert_eq!(synced(&cluster), [7], "n3 has proposed what is not committed");
    cluster.deliver_all();
    assert_eq!(synced(&cluster), [7, 8, 6]);
    cluster.request(1, get(9));
    assert_eq!(read(&cluster), Some("B".into()));
}

#[test]
fn without_asking_its_leader_a_follower_syncs_with_nobody() {
    let setup = without(servers(3), "sync-asks-the-leader");
    let mut cluster = Cluster::led_by_last(setup, &[1, 2, 3]);
    cluster.request(3, command('A'));
    cluster.deliver(3, 2);
    cluster.deliver(2, 3);
    cluster.request(1, sync(6));
    assert_eq!(synced(&cluster), [6]);
    cluster.request(1, get(7));
    assert_eq!(read(&cluster), None);
}

#[test]
fn a_sync_whose_leader_is_lost_has_no_result() {
    let mut cluster = led();
    cluster.request(1, sync(6));
    cluster.close(1, 3);
    assert!(
        matches!(cluster.answers[..], [(ClientId(6), Answer::NotLeader { .. })]),
        "{:?}",
        cluster.answers
    );
}

#[test]
fn a_leader_and_its_followers_part_when_they_fall_silent() {
    let mut cluster = led();
    for _ in 0..2 {
        cluster.wait(300);
        cluster.fire(3, "ping");
        cluster.deliver(3, 2);
        cluster.deliver(2, 3);
    }
    assert_eq!(cluster.role(3), "Leading", "n2 answers, and that is enough");
    assert!(cluster.node(3).view(cluster.on_disk(3)).peers[0].facts.contains(&("stage", "absent".into())));
    for _ in 0..2 {
        cluster.wait(300);
        cluster.fire(3, "ping");
    }
    assert_eq!(cluster.role(3), "Looking");
    cluster.fire(1, "limit");
    assert_eq!(cluster.role(1), "Looking");
}

#[test]
fn a_client_of_a_server_that_loses_its_leader_is_told_that_nobody_knows() {
    let mut cluster = led();
    cluster.request(1, command('A'));
    cluster.close(1, 3);
    assert_eq!(cluster.answers, [(ClientId(1), Answer::Unknown)]);
    cluster.request(1, get(6));
    assert_eq!(cluster.answers.last(), Some(&(ClientId(6), Answer::NotLeader { hint: None })));
}

#[test]
fn a_gap_makes_a_follower_leave_if_it_looks_for_gaps() {
    let setup = with_option(without(servers(3), "propose-to-all-that-synchronize"), "next-zxid-check", 1);
    let mut cluster = Cluster::led_by_last(setup, &[2, 3]);
    cluster.join(&[1, 2, 3]);
    // Up to the moment when n1 has acknowledged NEWLEADER, and n3 does not know.
    while cluster.between(1, 3) != ["ACK NEWLEADER 1"] {
        let moved = [(1, 2), (2, 1), (3, 1)].map(|(from, to)| !cluster.deliver(from, to).is_empty());
        if cluster.between(1, 3) != ["ACK NEWLEADER 1"] && !moved.contains(&true) {
            cluster.deliver(1, 3);
        }
    }
    cluster.request(3, command('A'));
    cluster.deliver(1, 3);
    cluster.request(3, command('B'));
    cluster.deliver_all();
    assert!(cluster.spoke(1, "next-zxid-only", Verdict::Refused));
}
