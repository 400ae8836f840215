//! Pre-vote (dissertation §9.6) and leader stickiness (Raft §6; dissertation §4.2.3).

use crate::cluster::{Cluster, ELECTION};
use protocol::{NodeId, Span, Term, Verdict};
use raft::{Message, PreVoteReply, rules};

const PRE_VOTE: &[(&str, i64)] = &[("pre-vote", 1)];
const STICKY: &[(&str, i64)] = &[("leader-stickiness", 1)];

/// n1 leads term 1 and was heard just now by all.
fn led(options: &[(&str, i64)]) -> Cluster {
    let mut cluster = Cluster::new(3, options, &[]);
    cluster.timeout(1);
    cluster.deliver_all();
    cluster.heartbeat(1);
    cluster.deliver_all();
    assert_eq!((cluster.role(1), cluster.term(1)), ("Leader", 1));
    cluster
}

// Dissertation §9.6: a pre-vote changes no term and no vote, on either side.
#[test]
fn asking_for_pre_votes_changes_nothing_but_the_role() {
    let mut cluster = Cluster::new(3, PRE_VOTE, &[]);
    cluster.timeout(1);
    assert_eq!((cluster.role(1), cluster.term(1), cluster.voted_for(1)), ("PreCandidate", 0, None));
    assert!(matches!(cluster.timer(1, ELECTION), Some(Some(_))));
    assert_eq!(cluster.view(1).note, "1 pre-vote, needs 2 of 3");
    cluster.deliver("PreVote", 1, 2);
    assert_eq!((cluster.term(2), cluster.voted_for(2)), (0, None));
    assert_eq!(cluster.timer(2, ELECTION), None, "it has promised nothing, so it waits for nobody");
    cluster.deliver("PreVoteReply", 2, 1);
    assert_eq!((cluster.role(1), cluster.term(1)), ("Candidate", 1));
    let text = cluster.sentence(1, rules::MORE_THAN_HALF);
    assert_eq!(text, "2 of 3 servers would vote for n1 in term 1, more than half: it can win.");
    cluster.deliver_all();
    assert_eq!(cluster.role(1), "Leader");
    cluster.assert_sound();
}

// Dissertation §9.6: a server that hears the leader helps nobody to depose it.
#[test]
fn a_server_that_hears_its_leader_gives_no_pre_vote() {
    let mut cluster = led(PRE_VOTE);
    cluster.timeout(3);
    cluster.deliver_all();
    assert_eq!((cluster.role(3), cluster.term(3)), ("PreCandidate", 1));
    assert_eq!((cluster.role(1), cluster.term(1)), ("Leader", 1));
    let text = cluster.sentence(2, rules::NO_PRE_VOTE_WHILE_LED);
    assert_eq!(text, "n2 would not vote for n3: n1 leads and was heard just now.");
    // The leader knows of itself.
    let text = cluster.sentence(1, rules::NO_PRE_VOTE_WHILE_LED);
    assert_eq!(text, "n1 would not vote for n3: it leads itself.");
}

// As above: but when the leader has been silent for the shortest election timeout, it would.
#[test]
fn a_silent_leader_does_not_stand_in_the_way_of_a_pre_vote() {
    let mut cluster = led(PRE_VOTE);
    cluster.pass(Span::ms(300));
    cluster.timeout(3);
    cluster.deliver_among(&[2, 3]);
    assert_eq!((cluster.role(3), cluster.term(3)), ("Leader", 2));
}

// Dissertation §9.6, the point of it all: a server comes back from a partition and disturbs nobody.
#[test]
fn a_server_that_was_cut_off_comes_back_in_its_old_term() {
    for (options, term) in [(PRE_VOTE, 1), (&[][..], 6)] {
        let mut cluster = led(options);
        for _ in 0..5 {
            cluster.timeout(3);
            cluster.lose();
        }
        assert_eq!(cluster.term(3), term);
        cluster.heartbeat(1);
        cluster.deliver_all();
        let stays = term == 1;
        assert_eq!(cluster.role(1) == "Leader", stays);
        assert_eq!(cluster.role(3), if stays { "Follower" } else { "Candidate" });
    }
}

// Dissertation §9.6: "only if the candidate's log is sufficiently up-to-date".
#[test]
fn a_pre_vote_needs_an_up_to_date_log() {
    let mut cluster = Cluster::preset(&[(1, None, &[]), (1, None, &[1]), (1, None, &[1])], PRE_VOTE, &[]);
    cluster.timeout(1);
    cluster.deliver_all();
    assert_eq!((cluster.role(1), cluster.term(1)), ("PreCandidate", 1));
    assert!(cluster.said(2, rules::UP_TO_DATE_LOG, Verdict::Refused));
}

// A pre-vote is an answer to one question: in another term it counts for nothing.
#[test]
fn a_late_pre_vote_does_not_count() {
    let mut cluster = Cluster::preset(&[(4, None, &[]), (4, None, &[]), (4, None, &[])], PRE_VOTE, &[]);
    cluster.timeout(1);
    let reply = |term| Message::PreVoteReply(PreVoteReply { term: Term::new(term), vote_granted: true });
    cluster.receive(2, 1, reply(4));
    assert_eq!(cluster.role(1), "PreCandidate");
    cluster.receive(2, 1, reply(5));
    assert_eq!((cluster.role(1), cluster.term(1)), ("Candidate", 5));
}

// A granted pre-vote names a term in which nobody is yet: it is not adopted.
#[test]
fn nobody_adopts_a_term_that_is_only_asked_about() {
    let mut cluster = Cluster::new(5, PRE_VOTE, &[]);
    cluster.timeout(1);
    cluster.deliver("PreVote", 1, 2);
    cluster.deliver("PreVoteReply", 2, 1);
    assert_eq!((cluster.role(1), cluster.term(1), cluster.term(2)), ("PreCandidate", 0, 0));
}

// etcd issue 8501: without the term in refusals, an asker that is behind would ask for ever.
#[test]
fn a_refused_pre_vote_brings_the_newer_term() {
    let mut cluster = Cluster::preset(&[(1, None, &[1]), (4, None, &[1]), (1, None, &[1])], PRE_VOTE, &[]);
    cluster.timeout(1);
    cluster.deliver("PreVote", 1, 2);
    cluster.deliver("PreVoteReply", 2, 1);
    assert_eq!((cluster.role(1), cluster.term(1)), ("Follower", 4));
}

// Pre-vote in a cluster of one: it asks itself.
#[test]
fn a_single_server_needs_nobodys_pre_vote() {
    let mut cluster = Cluster::new(1, PRE_VOTE, &[]);
    cluster.timeout(1);
    assert_eq!(cluster.role(1), "Leader");
}

// Raft §6, end: "it does not update its term or grant its vote".
#[test]
fn a_sticky_server_ignores_candidates_while_it_is_led() {
    let mut cluster = led(STICKY);
    cluster.timeout(3);
    cluster.deliver_all();
    assert_eq!((cluster.role(3), cluster.term(3)), ("Candidate", 2));
    assert_eq!((cluster.role(1), cluster.term(1), cluster.term(2)), ("Leader", 1, 1));
    let text = cluster.sentence(2, rules::IGNORE_CANDIDATES_WHILE_LED);
    assert_eq!(text, "n2 ignores n3, who stands for election in term 2: n1 leads and was heard just now.");
    // A newer term in an answer still deposes the leader: stickiness is no cure for a server that was cut off.
    cluster.heartbeat(1);
    cluster.deliver_all();
    assert_eq!((cluster.role(1), cluster.term(1)), ("Follower", 2));
}

#[test]
fn a_sticky_server_listens_again_when_the_leader_is_silent() {
    let mut cluster = led(STICKY);
    cluster.pass(Span::ms(300));
    cluster.timeout(3);
    cluster.deliver_among(&[2, 3]);
    assert_eq!((cluster.role(3), cluster.term(3)), ("Leader", 2));
}

// A restarted server has forgotten that it heard a leader.
#[test]
fn a_sticky_server_that_restarts_knows_no_leader() {
    let mut cluster = led(STICKY);
    cluster.restart(2);
    cluster.timeout(3);
    cluster.deliver("RequestVote", 3, 2);
    assert_eq!(cluster.voted_for(2), Some(NodeId(3).0));
}
