//! Taken away: what clients rely on. Their promise is linearizability, which is judged by what clients see.

use super::compare;
use crate::cluster::Cluster;
use protocol::{Answer, NodeId, Op, Reply};
use raft::rules;

#[test]
fn without_a_hint_a_client_has_to_guess() {
    let [with, without] = compare(rules::REDIRECT_WITH_HINT, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver_all();
        cluster.write(2, "a");
        cluster
    });
    let hint = |cluster: &Cluster| cluster.answers[0].2.clone();
    assert_eq!(hint(&with), Answer::NotLeader { hint: Some(NodeId(1)) });
    assert_eq!(hint(&without), Answer::NotLeader { hint: None });
}

#[test]
fn a_write_that_was_answered_too_early_is_lost() {
    let [with, without] = compare(rules::RESPOND_AFTER_APPLYING, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.elect(2, &[3], 2);
        cluster.write(2, "b");
        cluster.replicate(2, 3);
        cluster.replicate(2, 1);
        cluster
    });
    let first = |cluster: &Cluster| cluster.answers[0].2.clone();
    assert_eq!((first(&with), first(&without)), (Answer::Done(Reply::Stored), Answer::Done(Reply::Stored)));
    let seqs = |cluster: &Cluster| cluster.answers.iter().map(|(_, seq, _)| *seq).collect::<Vec<_>>();
    assert_eq!(
        (seqs(&with), seqs(&without)),
        (vec![2, 1], vec![1, 2]),
        "command 1 was answered, and is gone"
    );
    assert_eq!(with.answers[1].2, Answer::Unknown);
    assert_eq!(without.texts(1), ["x=b"]);
}

#[test]
fn a_command_that_was_said_to_have_failed_takes_effect() {
    let [with, without] = compare(rules::UNKNOWN_IS_NOT_FAILED, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.deliver("AppendEntries", 1, 2);
        cluster.elect(2, &[1, 3], 2);
        cluster.write(2, "b");
        cluster.deliver_all();
        cluster
    });
    let answer = |cluster: &Cluster| cluster.answers.iter().find(|(_, seq, _)| *seq == 1).unwrap().2.clone();
    assert_eq!((answer(&with), answer(&without)), (Answer::Unknown, Answer::Failed));
    assert_eq!((without.commit(2), without.texts(2)[0].as_str()), (2, "x=a"));
}

#[test]
fn a_command_that_is_sent_again_runs_again() {
    let [with, without] = compare(rules::RUN_EACH_COMMAND_ONCE, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        for _ in 0..2 {
            cluster.request(1, 1, Op::Incr { key: "n".into() });
            cluster.deliver_all();
        }
        cluster
    });
    let last = |cluster: &Cluster| cluster.answers.last().unwrap().2.clone();
    assert_eq!(
        (last(&with), last(&without)),
        (Answer::Done(Reply::Number(1)), Answer::Done(Reply::Number(2)))
    );
}
