//! Clients (Raft §8; dissertation chapter 6).

use crate::cluster::Cluster;
use protocol::{Answer, NodeId, Op, Reply};

fn incr() -> Op {
    Op::Incr { key: "n".into() }
}

// Raft §8: "if the client's first choice is not the leader, that server will reject the client's request and supply
// information about the most recent leader it has heard from".
#[test]
fn a_follower_sends_clients_to_the_leader_it_knows() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.write(3, "a");
    cluster.elect(1, &[2], 1);
    cluster.heartbeat(1);
    cluster.deliver_all();
    cluster.write(3, "a");
    let answers: Vec<_> = cluster.answers.iter().map(|(_, _, answer)| answer.clone()).collect();
    assert_eq!(answers, [Answer::NotLeader { hint: None }, Answer::NotLeader { hint: Some(NodeId(1)) }]);
}

// Dissertation §6.2: a hint belongs to a term; a newer term and an own candidacy forget it.
#[test]
fn a_hint_does_not_outlive_its_term() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.heartbeat(1);
    cluster.deliver_all();
    assert_eq!(cluster.node_leader(2), Some(1));
    cluster.timeout(3);
    assert_eq!(cluster.node_leader(3), None);
    cluster.deliver("RequestVote", 3, 2);
    assert_eq!(cluster.node_leader(2), None);
}

impl Cluster {
    fn node_leader(&self, n: u8) -> Option<u8> {
        protocol::Protocol::status(self.node(n)).leader.map(|node| node.0)
    }
}

// Raft §8, dissertation §6.3: "if it receives a command whose serial number has already been executed, it responds
// immediately without re-executing the request".
#[test]
fn a_retry_of_a_command_that_ran_is_answered_from_the_session() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.request(1, 1, incr());
    cluster.deliver_all();
    cluster.request(1, 1, incr());
    assert_eq!(cluster.terms(1), [1], "nothing new in the log");
    assert!(cluster.answers.iter().all(|(_, _, answer)| *answer == Answer::Done(Reply::Number(1))));
    assert_eq!(cluster.answers.len(), 2);
}

// As above, at another leader: the sessions are part of the replicated state.
#[test]
fn a_retry_at_the_next_leader_takes_effect_once() {
    let mut cluster = Cluster::new(3, &[("no-op", 1)], &[]);
    cluster.timeout(1);
    cluster.deliver_all();
    cluster.request(1, 1, incr());
    cluster.deliver_all();
    cluster.crash(1);
    cluster.timeout(2);
    cluster.deliver_all();
    cluster.request(2, 1, incr());
    cluster.deliver_all();
    assert_eq!(cluster.answers.len(), 2);
    assert!(cluster.answers.iter().all(|(_, _, answer)| *answer == Answer::Done(Reply::Number(1))));
    assert_eq!(cluster.view(2).state, [("n".to_string(), "1".to_string())]);
    cluster.assert_sound();
}

// A retry while the command still waits is the same command: one entry, one answer.
#[test]
fn a_retry_of_a_command_that_waits_is_not_appended_again() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.request(1, 1, incr());
    cluster.request(1, 1, incr());
    assert_eq!(cluster.terms(1), [1]);
    cluster.deliver_all();
    assert_eq!(cluster.answers.len(), 1);
}

// Dissertation §6.3: a deposed leader cannot know how its entries end.
#[test]
fn a_deposed_leader_says_that_it_does_not_know() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.write(1, "a");
    cluster.deliver("AppendEntries", 1, 2);
    cluster.lose();
    cluster.timeout(2);
    cluster.deliver("RequestVote", 2, 1);
    assert_eq!(cluster.answers.last().map(|(_, _, answer)| answer.clone()), Some(Answer::Unknown));
    // And here it was right not to say "failed": the entry is committed after all.
    cluster.deliver_all();
    cluster.write(2, "b");
    cluster.deliver_all();
    assert_eq!((cluster.commit(2), cluster.texts(2)), (2, vec!["x=a".to_string(), "x=b".to_string()]));
}

// Raft Fig. 2, leaders: "respond after entry applied to state machine"; one answer for each command, in log order.
#[test]
fn each_client_hears_once_and_in_the_order_of_the_log() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    for seq in 1..=5 {
        cluster.request(1, seq, incr());
    }
    assert!(cluster.answers.is_empty());
    cluster.deliver_all();
    let numbers: Vec<_> = cluster.answers.iter().map(|(_, seq, answer)| (*seq, answer.clone())).collect();
    let expected: Vec<_> = (1..=5).map(|n| (n, Answer::Done(Reply::Number(n.into())))).collect();
    assert_eq!(numbers, expected);
}
