//! RequestVote: who gets a vote, and how votes are counted.

use crate::cluster::{Cluster, ELECTION, name};
use protocol::{NodeId, Term, Verdict};
use raft::{Message, RequestVote, RequestVoteReply, rules};

fn request(term: u32, candidate: u8, last_log_index: u64, last_log_term: u32) -> Message {
    Message::RequestVote(RequestVote {
        term: Term::new(term),
        candidate_id: NodeId(candidate),
        last_log_index,
        last_log_term: Term::new(last_log_term),
    })
}

/// The vote that the last reply grants or refuses, and its term.
fn reply(cluster: &Cluster) -> (bool, u32) {
    match cluster.network.back().map(|flying| &flying.message) {
        Some(Message::RequestVoteReply(reply)) => (reply.vote_granted, reply.term.number),
        other => panic!("expected a RequestVoteReply, not {other:?}"),
    }
}

// Raft §5.2: voted_for is null or the candidate.
#[test]
fn a_voter_gives_its_vote_to_whoever_asks_first_and_to_nobody_else() {
    let mut cluster = Cluster::new(5, &[], &[]);
    cluster.receive(1, 2, request(1, 1, 0, 0));
    assert_eq!((reply(&cluster), cluster.voted_for(2)), ((true, 1), Some(1)));
    cluster.receive(3, 2, request(1, 3, 0, 0));
    assert_eq!((reply(&cluster), cluster.voted_for(2)), ((false, 1), Some(1)));
    assert_eq!(
        cluster.sentence(2, rules::ONE_VOTE_PER_TERM),
        "n2 refuses n3: it gave its vote of term 1 to n1."
    );
}

// Raft Fig. 2, RequestVote 2: "votedFor is null or candidateId".
#[test]
fn a_doubled_request_gets_the_same_vote_again() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.receive(1, 2, request(1, 1, 0, 0));
    cluster.receive(1, 2, request(1, 1, 0, 0));
    assert_eq!(reply(&cluster), (true, 1));
    cluster.assert_sound();
}

// Raft Fig. 2, RequestVote 1: "reply false if term < currentTerm".
#[test]
fn a_request_of_an_old_term_is_refused_with_the_new_term() {
    let mut cluster = Cluster::preset(&[(0, None, &[]), (3, None, &[]), (0, None, &[])], &[], &[]);
    cluster.receive(1, 2, request(2, 1, 9, 2));
    assert_eq!((reply(&cluster), cluster.voted_for(2)), ((false, 3), None));
}

// Raft §5.1: a newer term is adopted before the request is looked at, and a vote of the old term does not bind.
#[test]
fn a_newer_term_frees_the_vote() {
    let mut cluster = Cluster::preset(&[(1, Some(1), &[]), (1, Some(1), &[]), (1, None, &[])], &[], &[]);
    cluster.receive(3, 2, request(2, 3, 0, 0));
    assert_eq!((reply(&cluster), cluster.voted_for(2), cluster.term(2)), ((true, 2), Some(3), 2));
}

// Raft §5.4.1, both halves of the comparison; the cases of etcd's TestVoter.
#[test]
fn the_log_with_the_newer_last_term_wins_and_then_the_longer_one() {
    let cases: &[(&[u32], u64, u32, bool)] = &[
        (&[1], 1, 1, true),
        (&[1], 2, 1, true),
        (&[1, 1], 1, 1, false),
        (&[1], 1, 2, true),
        (&[1], 2, 2, true),
        (&[1, 1], 1, 2, true),
        (&[2], 1, 1, false),
        (&[2], 2, 1, false),
        (&[2, 2], 1, 1, false),
        (&[], 0, 0, true),
    ];
    for (log, last_log_index, last_log_term, granted) in cases {
        let mut cluster = Cluster::preset(&[(2, None, &[]), (2, None, log), (2, None, &[])], &[], &[]);
        cluster.receive(1, 2, request(3, 1, *last_log_index, *last_log_term));
        assert_eq!(
            reply(&cluster),
            (*granted, 3),
            "{log:?} against {last_log_index} of term {last_log_term}"
        );
    }
}

// The sentences of the comparison: they say what decided.
#[test]
fn a_voter_says_what_it_compared() {
    let mut cluster =
        Cluster::preset(&[(1, None, &[1]), (2, None, &[1, 1, 2]), (1, None, &[1, 1])], &[], &[]);
    cluster.stand(1, &[2, 3], 2);
    assert_eq!(cluster.role(1), "Candidate");
    let rule = rules::UP_TO_DATE_LOG;
    assert_eq!(
        cluster.sentence(2, rule),
        "n2 refuses n1, whose log ends in term 1: older than 2, the end of its own."
    );
    assert_eq!(
        cluster.sentence(3, rule),
        "n3 refuses n1, whose log is shorter than its own, 1 to 2, and ends in the same term."
    );
}

// Raft Fig. 2, RequestVote: it asks for votedFor and the log, not whether the term has a leader.
#[test]
fn a_follower_that_knows_the_leader_but_never_voted_may_still_vote() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(3);
    cluster.hold("RequestVote", 3, 2);
    cluster.timeout(1);
    cluster.lose();
    cluster.receive(3, 1, Message::RequestVoteReply(vote(1, 1)));
    assert_eq!(cluster.role(1), "Leader");
    cluster.deliver("AppendEntries", 1, 2);
    assert_eq!((cluster.view(2).note.as_str(), cluster.voted_for(2)), ("follows n1", None));
    cluster.release();
    assert_eq!(reply(&cluster), (true, 1));
}

fn vote(term: u32, candidate: u8) -> RequestVoteReply {
    RequestVoteReply { term: Term::new(term), candidate_id: NodeId(candidate), vote_granted: true }
}

// Raft Fig. 2, followers: the timer restarts on "granting vote to candidate", hence not on refusing one.
#[test]
fn only_a_granted_vote_restarts_the_voters_timer() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.receive(1, 2, request(1, 1, 0, 0));
    assert!(matches!(cluster.timer(2, ELECTION), Some(Some(_))));
    cluster.receive(3, 2, request(1, 3, 0, 0));
    assert_eq!(cluster.timer(2, ELECTION), None);
}

// Raft §5.2: "a candidate wins an election if it receives votes from a majority of the servers in the full cluster".
#[test]
fn a_candidate_needs_more_than_half_of_all_servers() {
    for (servers, votes_needed) in [(1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (7, 3)] {
        let mut cluster = Cluster::new(servers, &[], &[]);
        cluster.timeout(1);
        for voter in 2..=servers {
            let elected = u32::from(voter) - 2 >= votes_needed;
            assert_eq!(cluster.role(1) == "Leader", elected, "{voter} of {servers}");
            cluster.receive(voter, 1, Message::RequestVoteReply(vote(1, 1)));
        }
        assert_eq!(cluster.role(1), "Leader", "{servers} servers");
    }
}

// Raft §5.2: votes of servers are counted, not messages.
#[test]
fn the_same_vote_twice_is_one_vote() {
    let mut cluster = Cluster::new(5, &[], &[]);
    cluster.timeout(1);
    for _ in 0..3 {
        cluster.receive(2, 1, Message::RequestVoteReply(vote(1, 1)));
    }
    assert_eq!((cluster.role(1), cluster.view(1).note.as_str()), ("Candidate", "2 votes, needs 3 of 5"));
    assert!(cluster.said(1, rules::VOTES_ARE_A_SET, Verdict::Refused));
}

// Raft §5.1: an answer of an earlier term is out of date.
#[test]
fn a_vote_for_an_earlier_term_does_not_count() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(1);
    cluster.timeout(1);
    cluster.receive(2, 1, Message::RequestVoteReply(vote(1, 1)));
    assert_eq!(cluster.role(1), "Candidate");
}

// Raft §5.2: a refusal is no vote, and one with a newer term ends the candidacy.
#[test]
fn a_refusal_with_a_newer_term_makes_a_follower() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(1);
    let refusal = |term| RequestVoteReply { vote_granted: false, ..vote(term, 1) };
    cluster.receive(2, 1, Message::RequestVoteReply(refusal(1)));
    assert_eq!((cluster.role(1), cluster.term(1)), ("Candidate", 1));
    cluster.receive(2, 1, Message::RequestVoteReply(refusal(4)));
    assert_eq!((cluster.role(1), cluster.term(1)), ("Follower", 4));
}

// Membership is fixed: nobody else is listened to.
#[test]
fn a_stranger_is_not_heard() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.receive(9, 1, request(5, 9, 7, 7));
    assert_eq!((cluster.term(1), cluster.network.len()), (0, 0));
}

// A vote is a message like any other.
#[test]
fn every_reply_goes_to_whoever_asked() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(1);
    cluster.deliver("RequestVote", 1, 3);
    let flying = cluster.network.back().expect("an answer");
    assert_eq!((name(&flying.message), flying.from, flying.to), ("RequestVoteReply", 3, 1));
}
