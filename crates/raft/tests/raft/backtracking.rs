//! Raft Fig. 7: a new leader and six followers whose logs differ from its own in every possible way.

use crate::cluster::Cluster;
use raft::{Message, Outcome};

const LEADER: &[u32] = &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
const FOLLOWERS: [&[u32]; 6] = [
    &[1, 1, 1, 4, 4, 5, 5, 6, 6],
    &[1, 1, 1, 4],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
    &[1, 1, 1, 4, 4, 4, 4],
    &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
];

/// The leader of term 8 (n1) brings a … f (n2 … n7) into line. Gives the refusals of each and where the logs met.
fn figure_7(backtracking: i64) -> (Cluster, [usize; 6], [u64; 6]) {
    let mut disks = vec![(7, None, LEADER)];
    disks.extend(FOLLOWERS.map(|log| (7, None, log)));
    let mut cluster = Cluster::preset(&disks, &[("backtracking", backtracking)], &[]);
    cluster.timeout(1);
    let (mut refused, mut met) = ([0; 6], [u64::MAX; 6]);
    let mut handle = |cluster: &mut Cluster| {
        while let Some(flying) = cluster.network.pop_front() {
            if let Message::AppendEntriesReply(reply) = &flying.message {
                let follower = usize::from(flying.from) - 2;
                match reply.outcome {
                    Outcome::Success { .. } => met[follower] = met[follower].min(reply.prev_log_index),
                    _ => refused[follower] += 1,
                }
            }
            cluster.receive(flying.from, flying.to, flying.message);
        }
    };
    handle(&mut cluster);
    cluster.heartbeat(1);
    handle(&mut cluster);
    assert_eq!((cluster.role(1), cluster.term(1)), ("Leader", 8));
    (cluster, refused, met)
}

// Raft Fig. 7: "when the leader at the top comes to power" – the votes that it can have had.
#[test]
fn the_leader_of_figure_7_is_elected_by_five_of_seven() {
    let (cluster, ..) = figure_7(0);
    let voters: Vec<u8> = (1..=7).filter(|n| cluster.voted_for(*n) == Some(1)).collect();
    assert_eq!(voters, [1, 2, 3, 6, 7], "c and d have more up-to-date logs");
}

// Raft §5.3: decrement nextIndex and retry.
#[test]
fn one_step_back_for_each_refusal() {
    let (_, refused, met) = figure_7(0);
    assert_eq!((refused, met), ([1, 6, 0, 0, 5, 7], [9, 4, 10, 10, 5, 3]));
}

#[test]
fn the_length_of_the_followers_log_as_a_hint() {
    let (_, refused, met) = figure_7(1);
    assert_eq!((refused, met), ([1, 1, 0, 0, 3, 7], [9, 4, 10, 10, 5, 3]));
}

// Raft §5.3, end: "one AppendEntries RPC will be required for each term with conflicting entries".
#[test]
fn the_conflicting_term_and_its_first_index_as_a_hint() {
    let (_, refused, met) = figure_7(2);
    assert_eq!((refused, met), ([1, 1, 0, 0, 2, 2], [9, 4, 10, 10, 3, 3]));
}

#[test]
fn terms_skipped_on_both_sides() {
    let (_, refused, met) = figure_7(3);
    assert_eq!((refused, met), ([1, 1, 0, 0, 1, 1], [9, 4, 10, 10, 5, 3]));
}

// Raft §5.3: c and d keep what they have too much until an entry conflicts with it; then all logs are equal.
#[test]
fn extra_entries_stay_until_the_first_new_entry() {
    for backtracking in 0..4 {
        let (mut cluster, ..) = figure_7(backtracking);
        assert_eq!((cluster.terms(4), cluster.terms(5)), (FOLLOWERS[2].to_vec(), FOLLOWERS[3].to_vec()));
        assert!([2, 3, 6, 7].iter().all(|n| cluster.terms(*n) == LEADER));
        cluster.write(1, "a");
        cluster.deliver_all();
        let all = [LEADER, &[8]].concat();
        assert!((1..=7).all(|n| cluster.terms(n) == all), "{backtracking}");
        assert_eq!(cluster.commit(1), 11);
    }
}

// Messages may overtake each other: an old refusal moves nothing.
#[test]
fn a_doubled_refusal_is_ignored() {
    let mut cluster = Cluster::preset(&[(1, None, &[1, 1, 1]), (1, None, &[]), (1, None, &[])], &[], &[]);
    cluster.elect(1, &[3], 2);
    cluster.heartbeat(1);
    cluster.deliver("AppendEntries", 1, 2);
    let refusal = cluster.network.back().expect("a refusal").message.clone();
    cluster.deliver("AppendEntriesReply", 2, 1);
    cluster.deliver("AppendEntries", 1, 2);
    cluster.deliver("AppendEntriesReply", 2, 1);
    assert_eq!((cluster.peer(1, 2, "match_index"), cluster.peer(1, 2, "next_index")), (3, 4));
    cluster.lose();
    cluster.receive(2, 1, refusal);
    assert_eq!((cluster.peer(1, 2, "next_index"), cluster.network.len()), (4, 0));
}
