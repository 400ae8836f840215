//! Timeouts, candidates, and how an election ends (Raft §5.2).

use crate::cluster::{Cluster, ELECTION, HEARTBEAT};
use protocol::{Span, Verdict};
use raft::{Message, rules};

const ET: (Span, Span) = (Span::ms(300), Span::ms(600));

// Raft §5.2: "when servers start up, they begin as followers".
#[test]
fn a_server_boots_as_a_follower_and_waits_for_a_leader() {
    let cluster = Cluster::new(3, &[], &[]);
    for n in 1..=3 {
        assert_eq!((cluster.role(n), cluster.term(n), cluster.voted_for(n)), ("Follower", 0, None));
        assert_eq!(cluster.timer(n, ELECTION), Some(Some(ET)));
    }
}

// Raft Fig. 2, candidates: increment currentTerm, vote for self, reset the timer, ask all others.
#[test]
fn a_timeout_starts_an_election() {
    let mut cluster = Cluster::preset(&[(2, None, &[1, 2]), (2, None, &[]), (2, None, &[])], &[], &[]);
    cluster.timeout(1);
    assert_eq!((cluster.role(1), cluster.term(1), cluster.voted_for(1)), ("Candidate", 3, Some(1)));
    assert_eq!(cluster.timer(1, ELECTION), Some(Some(ET)));
    for (flying, to) in cluster.network.iter().zip([2, 3]) {
        let Message::RequestVote(request) = &flying.message else { panic!("{flying:?}") };
        assert_eq!((flying.to, request.term.number), (to, 3));
        assert_eq!((request.last_log_index, request.last_log_term.number), (2, 2));
    }
    assert_eq!(cluster.network.len(), 2);
}

// Raft §5.2: an election without a winner is followed by another, in a new term.
#[test]
fn a_candidate_that_times_out_stands_again_in_the_next_term() {
    let mut cluster = Cluster::new(3, &[], &[]);
    for term in 1..=3 {
        cluster.timeout(1);
        assert_eq!((cluster.role(1), cluster.term(1)), ("Candidate", term));
        assert_eq!(cluster.view(1).note, "1 vote, needs 2 of 3");
    }
}

// Raft §5.2, Fig. 2: a split vote, and the next try.
#[test]
fn a_split_vote_elects_nobody_until_somebody_stands_again() {
    let mut cluster = Cluster::new(4, &[], &[]);
    cluster.timeout(1);
    cluster.timeout(2);
    cluster.deliver("RequestVote", 1, 3);
    cluster.deliver("RequestVote", 2, 4);
    cluster.deliver_all();
    assert!((1..=4).all(|n| cluster.role(n) != "Leader" && cluster.term(n) == 1));
    cluster.timeout(1);
    cluster.deliver_all();
    assert_eq!((cluster.role(1), cluster.term(1)), ("Leader", 2));
}

// Raft §5.2: "150–300 ms", drawn at random. Here a range is set, and whoever drives the server draws.
#[test]
fn an_election_timeout_is_a_range_and_without_the_rule_a_length() {
    let cluster =
        Cluster::new(3, &[("election-timeout-min", 150_000), ("election-timeout-max", 300_000)], &[]);
    assert_eq!(cluster.timer(1, ELECTION), Some(Some((Span::ms(150), Span::ms(300)))));
    let cluster = Cluster::new(3, &[], &[rules::RANDOM_TIMEOUT]);
    assert_eq!(cluster.timer(1, ELECTION), Some(Some((Span::ms(300), Span::ms(300)))));
}

// Raft Fig. 2, leaders: "upon election: send initial empty AppendEntries RPCs (heartbeat) to each server".
#[test]
fn a_new_leader_tells_everybody_at_once() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(1);
    cluster.deliver("RequestVote", 1, 2);
    cluster.lose_all_but_votes();
    cluster.deliver("RequestVoteReply", 2, 1);
    assert_eq!(cluster.role(1), "Leader");
    assert_eq!(cluster.timer(1, ELECTION), Some(None), "a leader waits for no leader");
    assert_eq!(cluster.timer(1, HEARTBEAT), Some(Some((Span::ms(100), Span::ms(100)))));
    for (flying, to) in cluster.network.iter().zip([2, 3]) {
        let Message::AppendEntries(request) = &flying.message else { panic!("{flying:?}") };
        assert!(request.entries.is_empty());
        assert_eq!((flying.to, request.term.number), (to, 1));
    }
    assert_eq!(cluster.network.len(), 2);
}

impl Cluster {
    fn lose_all_but_votes(&mut self) {
        self.network.retain(|flying| matches!(flying.message, Message::RequestVoteReply(_)));
    }
}

// Raft §5.2: the third server need not have voted, nor even know the term.
#[test]
fn a_leader_is_elected_before_everybody_knows_of_the_election() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    assert_eq!((cluster.term(3), cluster.voted_for(3)), (0, None));
}

// Raft Fig. 2, candidates: "if AppendEntries RPC received from new leader: convert to follower".
#[test]
fn a_candidate_follows_the_leader_of_its_term_and_keeps_its_vote() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.timeout(3);
    cluster.elect(1, &[2], 1);
    cluster.heartbeat(1);
    cluster.deliver("AppendEntries", 1, 3);
    assert_eq!((cluster.role(3), cluster.term(3), cluster.voted_for(3)), ("Follower", 1, Some(3)));
    assert!(matches!(cluster.timer(3, ELECTION), Some(Some(_))));
    assert!(cluster.said(3, rules::KEEP_VOTE_ON_STEP_DOWN, Verdict::Held));
}

// Raft §5.2: "if the term in the RPC is smaller than the candidate's current term, then the candidate rejects the RPC
// and continues in candidate state".
#[test]
fn a_candidate_refuses_the_leader_of_an_earlier_term() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.stand(3, &[], 2);
    cluster.heartbeat(1);
    cluster.deliver("AppendEntries", 1, 3);
    assert_eq!((cluster.role(3), cluster.term(3)), ("Candidate", 2));
    assert!(cluster.said(3, rules::REFUSE_STALE_LEADERS, Verdict::Refused));
    // The refusal carries the newer term, which deposes the old leader (§5.1).
    cluster.deliver("AppendEntriesReply", 3, 1);
    assert_eq!((cluster.role(1), cluster.term(1)), ("Follower", 2));
}

// Raft §5.1, Fig. 2, all servers: any message with a newer term, request or reply, makes a follower of anybody.
#[test]
fn a_newer_term_in_any_message_makes_a_follower() {
    for role in ["Follower", "Candidate", "Leader"] {
        for kind in ["RequestVote", "RequestVoteReply", "AppendEntries", "AppendEntriesReply"] {
            let mut cluster = Cluster::new(3, &[], &[]);
            match role {
                "Follower" => {}
                "Candidate" => cluster.timeout(1),
                _ => cluster.elect(1, &[2], 1),
            }
            assert_eq!(cluster.role(1), role);
            cluster.lose();
            cluster.receive(3, 1, newer(kind));
            assert_eq!((cluster.role(1), cluster.term(1)), ("Follower", 7), "{role}, {kind}");
            if role == "Leader" {
                assert!(matches!(cluster.timer(1, ELECTION), Some(Some(_))), "it waits for the new leader");
                assert!(cluster.timers.contains(&(1, HEARTBEAT, None)), "it beats no more");
                assert_eq!(cluster.sentence(1, rules::STEP_DOWN), "n1 steps down: n3 is in term 7.");
            }
        }
    }
}

fn newer(kind: &str) -> Message {
    use protocol::{NodeId, Term};
    use raft::{AppendEntries, AppendEntriesReply, Outcome, RequestVote, RequestVoteReply};
    let (term, node, zero) = (Term::new(7), NodeId(3), Term::default());
    match kind {
        "RequestVote" => Message::RequestVote(RequestVote {
            term,
            candidate_id: node,
            last_log_index: 0,
            last_log_term: zero,
        }),
        "RequestVoteReply" => {
            Message::RequestVoteReply(RequestVoteReply { term, candidate_id: NodeId(1), vote_granted: false })
        }
        "AppendEntries" => Message::AppendEntries(AppendEntries {
            term,
            leader_id: node,
            prev_log_index: 0,
            prev_log_term: zero,
            entries: protocol::Entries::new(),
            leader_commit: 0,
        }),
        _ => Message::AppendEntriesReply(AppendEntriesReply {
            term,
            prev_log_index: 0,
            outcome: Outcome::Stale,
        }),
    }
}

// Raft §5.2: a leader is nobody's follower, so its own election timer means nothing.
#[test]
fn a_leader_does_not_stand_for_election() {
    let mut cluster = Cluster::new(3, &[], &[]);
    cluster.elect(1, &[2], 1);
    cluster.timeout(1);
    assert_eq!((cluster.role(1), cluster.term(1)), ("Leader", 1));
}

// Raft §5.2 in a cluster of one: its own vote is the majority, once it is on disk.
#[test]
fn a_single_server_elects_itself_when_its_vote_is_on_disk() {
    let mut cluster = Cluster::new(1, &[("no-op", 1)], &[]);
    cluster.slow_disks = true;
    cluster.timeout(1);
    assert_eq!((cluster.role(1), cluster.view(1).note.as_str()), ("Candidate", "0 votes, needs 1 of 1"));
    cluster.sync(1);
    assert_eq!((cluster.role(1), cluster.commit(1)), ("Leader", 1));
    cluster.write(1, "a");
    cluster.sync(1);
    assert_eq!((cluster.commit(1), cluster.answers.len()), (2, 1));
    cluster.assert_sound();
}

// Raft §5.6: the price of an election is one exchange, not one for each server.
#[test]
fn two_rounds_of_messages_are_enough_to_elect_and_to_commit() {
    let mut cluster = Cluster::new(5, &[("no-op", 1)], &[]);
    cluster.timeout(4);
    cluster.deliver_all();
    assert_eq!((cluster.role(4), cluster.commit(4)), ("Leader", 1));
    cluster.heartbeat(4);
    cluster.deliver_all();
    assert!((1..=5).all(|n| cluster.commit(n) == 1));
    cluster.assert_sound();
}
