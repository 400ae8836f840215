//! Every rule, taken away. Each schedule is the shortest that we know in which the rule decides: with it the promise
//! holds, without it the promise breaks.

use crate::cluster::{Cluster, ELECTION, HEARTBEAT};
use crate::leaders::figure_8;
use protocol::{Answer, Op, Protocol, Reply, RuleId, Span, Term, Verdict};
use raft::{AppendEntriesReply, Message, Outcome, Raft, rules};

/// Plays a schedule with the rule and without it: the promise that the rule names must break without it only.
fn breaks(rule: RuleId, play: impl Fn(&[RuleId]) -> Cluster) -> [Cluster; 2] {
    let [with, without] = compare(rule, play);
    let promise = Raft::DIALECT.rule(rule).promise;
    assert!(without.ghost.broken.contains(promise), "{promise} not in {:?}", without.ghost.broken);
    [with, without]
}

/// Plays a schedule with the rule and without it: nothing may break with it, and the rule must speak without it.
fn compare(rule: RuleId, play: impl Fn(&[RuleId]) -> Cluster) -> [Cluster; 2] {
    let with = play(&[]);
    with.assert_sound();
    let without = play(&[rule]);
    let spoke = without
        .firings
        .iter()
        .any(|(_, firing)| firing.rule == rule && firing.verdict == Verdict::Overridden);
    assert!(spoke, "nobody said that {} is off", Raft::DIALECT.rule(rule).key);
    [with, without]
}

// Persistent state.

#[test]
fn a_forgotten_term_is_used_again() {
    breaks(rules::TERM_SURVIVES_CRASH, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.restart(2);
        cluster.stand(3, &[2], 1);
        cluster
    });
}

#[test]
fn a_forgotten_vote_is_given_again() {
    breaks(rules::VOTE_SURVIVES_CRASH, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(3);
        cluster.hold("RequestVote", 3, 2);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster.deliver("RequestVoteReply", 2, 1);
        cluster.restart(2);
        cluster.release();
        cluster.deliver("RequestVoteReply", 2, 3);
        cluster
    });
}

#[test]
fn an_entry_that_was_confirmed_before_it_was_on_disk_is_lost() {
    let [_, without] = breaks(rules::DISK_BEFORE_SEND, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.slow_disks = true;
        cluster.write(1, "a");
        cluster.sync(1);
        cluster.deliver_among(&[1, 2]);
        cluster.crash(1);
        cluster.slow_disks = false;
        cluster.restart(2);
        cluster.elect(2, &[3], 2);
        cluster
    });
    assert!(without.ghost.broken.contains("leader-completeness"));
}

#[test]
fn a_vote_that_was_sent_before_it_was_on_disk_is_given_again() {
    let [_, without] = breaks(rules::DISK_BEFORE_SEND, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(3);
        cluster.hold("RequestVote", 3, 2);
        cluster.timeout(1);
        cluster.slow_disks = true;
        cluster.deliver("RequestVote", 1, 2);
        cluster.deliver_among(&[1, 2]);
        cluster.slow_disks = false;
        cluster.restart(2);
        cluster.release();
        cluster.deliver_among(&[2, 3]);
        cluster
    });
    assert!(without.ghost.broken.contains("election-safety"));
}

// Rules for all servers.

#[test]
fn an_entry_that_is_left_out_is_missing_in_the_state_machine() {
    let [with, without] = breaks(rules::APPLY_IN_ORDER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.request(1, 1, Op::Set { key: "x".into(), value: "1".into() });
        cluster.request(1, 2, Op::Append { key: "x".into(), value: "2".into() });
        cluster.replicate(1, 2);
        cluster
    });
    assert_eq!((with.view(1).state[0].1.as_str(), without.view(1).state[0].1.as_str()), ("12", "2"));
}

#[test]
fn without_newer_terms_nobody_is_ever_elected() {
    let [with, without] = compare(rules::ADOPT_HIGHER_TERM, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.stand(1, &[2, 3], 1);
        cluster
    });
    assert_eq!((with.role(1), without.role(1), without.term(2)), ("Leader", "Candidate", 0));
}

#[test]
fn a_leader_that_takes_a_newer_term_with_it_leads_beside_the_elected_one() {
    breaks(rules::STEP_DOWN, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.elect(3, &[1, 2], 2);
        cluster
    });
}

// Rules for followers and candidates.

#[test]
fn without_timeouts_nobody_stands_for_election() {
    let [with, without] = compare(rules::TIMEOUT_STARTS_ELECTION, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster
    });
    assert_eq!((with.role(1), without.role(1)), ("Candidate", "Follower"));
    assert!(matches!(without.timer(1, ELECTION), Some(Some(_))), "it goes on waiting");
}

#[test]
fn without_chance_all_servers_wait_equally_long() {
    let [with, without] = compare(rules::RANDOM_TIMEOUT, |off| {
        let mut cluster = Cluster::new(4, &[], off);
        cluster.timeout(1);
        cluster
    });
    let range = |cluster: &Cluster| cluster.timer(1, ELECTION).flatten().expect("it is set");
    assert_eq!(
        (range(&with), range(&without)),
        ((Span::ms(300), Span::ms(600)), (Span::ms(300), Span::ms(300)))
    );
}

#[test]
fn an_election_in_the_same_term_takes_votes_back() {
    breaks(rules::NEW_TERM_PER_ELECTION, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        for (candidate, voter) in [(1, 2), (2, 3)] {
            cluster.lose();
            cluster.timeout(candidate);
            cluster.deliver("RequestVote", candidate, voter);
            cluster.deliver("RequestVoteReply", voter, candidate);
        }
        cluster
    });
}

#[test]
fn without_the_rule_a_heartbeat_does_not_restart_the_timer() {
    let [with, without] = compare(rules::HEARTBEATS_RESTART_TIMER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver("AppendEntries", 1, 2);
        cluster
    });
    assert!(matches!(with.timer(2, ELECTION), Some(Some(_))));
    assert_eq!(without.timer(2, ELECTION), None);
}

#[test]
fn without_the_rule_a_granted_vote_does_not_restart_the_timer() {
    let [with, without] = compare(rules::VOTING_RESTARTS_TIMER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster
    });
    assert!(matches!(with.timer(2, ELECTION), Some(Some(_))));
    assert_eq!(without.timer(2, ELECTION), None);
}

#[test]
fn without_the_rule_a_candidate_pays_no_heed_to_the_leader() {
    let [with, without] = compare(rules::YIELD_TO_LEADER, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(3);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver("AppendEntries", 1, 3);
        cluster
    });
    assert_eq!((with.role(3), without.role(3)), ("Follower", "Candidate"));
}

#[test]
fn a_vote_that_is_dropped_on_stepping_down_is_given_again() {
    breaks(rules::KEEP_VOTE_ON_STEP_DOWN, |off| {
        let mut cluster = Cluster::new(3, &[("pre-vote", 1)], off);
        for candidate in [1, 3] {
            cluster.timeout(candidate);
            cluster.deliver("PreVote", candidate, 2);
            cluster.deliver("PreVoteReply", 2, candidate);
        }
        cluster.hold("RequestVote", 3, 2);
        cluster.deliver("RequestVote", 1, 2);
        cluster.deliver("RequestVoteReply", 2, 1);
        // n2 loses patience just before the leader's first heartbeat reaches it.
        cluster.timeout(2);
        assert_eq!((cluster.role(2), cluster.term(2)), ("PreCandidate", 1));
        cluster.deliver("AppendEntries", 1, 2);
        cluster.release();
        cluster.deliver("RequestVoteReply", 2, 3);
        cluster
    });
}

// RequestVote.

#[test]
fn a_vote_in_a_term_that_is_over_elects_a_second_leader() {
    breaks(rules::REFUSE_STALE_CANDIDATES, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.hold("RequestVote", 1, 2);
        cluster.elect(3, &[2], 1);
        // n2 hears of term 2 and has voted for nobody in it.
        let stale = AppendEntriesReply { term: Term::new(2), prev_log_index: 0, outcome: Outcome::Stale };
        cluster.receive(3, 2, Message::AppendEntriesReply(stale));
        cluster.release();
        if let Some(flying) = cluster.network.pop_back().filter(|flying| flying.is("RequestVoteReply", 2, 1))
        {
            cluster.receive(2, 1, flying.message);
        }
        cluster
    });
}

#[test]
fn two_votes_in_one_term_elect_two_leaders() {
    breaks(rules::ONE_VOTE_PER_TERM, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        for candidate in [1, 3] {
            cluster.timeout(candidate);
            cluster.deliver("RequestVote", candidate, 2);
            cluster.deliver("RequestVoteReply", 2, candidate);
        }
        cluster
    });
}

#[test]
fn a_vote_for_a_log_that_is_behind_elects_a_leader_without_the_committed_entry() {
    breaks(rules::UP_TO_DATE_LOG, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.crash(1);
        cluster.stand(3, &[2], 2);
        cluster
    });
}

#[test]
fn a_long_old_log_beats_a_short_new_one_that_is_committed() {
    breaks(rules::COMPARE_TERM_FIRST, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.elect(1, &[2, 3], 1);
        ["a", "b", "c"].iter().for_each(|value| cluster.write(1, value));
        cluster.crash(1);
        cluster.elect(2, &[3, 4], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.replicate(2, 4);
        cluster.crash(2);
        cluster.restart(1);
        cluster.stand(1, &[3, 5], 3);
        cluster
    });
}

#[test]
fn a_vote_for_an_earlier_term_elects_a_second_leader() {
    breaks(rules::VOTES_OF_THIS_TERM_ONLY, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster.hold("RequestVoteReply", 2, 1);
        cluster.lose();
        cluster.timeout(1);
        cluster.lose();
        cluster.timeout(2);
        cluster.release();
        cluster.deliver("RequestVote", 2, 3);
        cluster.deliver("RequestVoteReply", 3, 2);
        cluster
    });
}

#[test]
fn a_doubled_vote_elects_a_leader_without_a_majority() {
    breaks(rules::VOTES_ARE_A_SET, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        let again = cluster.network.back().expect("a vote").clone();
        cluster.deliver("RequestVoteReply", 2, 1);
        cluster.receive(2, 1, again.message);
        cluster.elect(3, &[4, 5], 1);
        cluster
    });
}

#[test]
fn two_halves_elect_two_leaders() {
    let [with, _] = breaks(rules::MORE_THAN_HALF, |off| {
        let mut cluster = Cluster::new(4, &[], off);
        cluster.stand(1, &[2], 1);
        cluster.stand(3, &[4], 1);
        cluster
    });
    let text = with.sentence(1, rules::MORE_THAN_HALF);
    assert_eq!(text, "n1 has the votes of 2 of 4 servers: half is not enough.");
}

#[test]
fn half_of_the_servers_commit_what_the_other_half_overwrites() {
    let [with, without] = compare(rules::MORE_THAN_HALF, |off| {
        let mut cluster = Cluster::new(4, &[], off);
        cluster.elect(1, &[2, 3], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.crash(1);
        cluster.stand(3, &[4], 2);
        cluster
    });
    let text = with.sentence(1, rules::MORE_THAN_HALF);
    assert_eq!(text, "2 of 4 servers hold entry 1: half is not enough.");
    assert!(without.ghost.broken.contains("leader-completeness"));
}

// AppendEntries.

#[test]
fn a_deposed_leader_overwrites_what_is_committed() {
    breaks(rules::REFUSE_STALE_LEADERS, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.hold("AppendEntries", 1, 3);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.release();
        cluster.deliver_among(&[1, 3]);
        cluster.crash(2);
        cluster.stand(1, &[3], 3);
        cluster
    });
}

#[test]
fn entries_behind_a_hole_slide_to_the_wrong_index() {
    breaks(rules::PREV_ENTRY_EXISTS, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.restart(1);
        cluster.elect(1, &[2], 2);
        cluster.write(1, "b");
        cluster.deliver_all();
        cluster.heartbeat(1);
        cluster.deliver_all();
        cluster
    });
}

#[test]
fn entries_behind_a_foreign_entry_make_it_look_committed() {
    breaks(rules::PREV_TERM_MATCHES, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.restart(2);
        cluster.elect(2, &[3], 3);
        cluster.restart(1);
        cluster.write(2, "y");
        cluster.deliver_all();
        cluster.heartbeat(2);
        cluster.deliver_all();
        cluster
    });
}

#[test]
fn a_late_message_deletes_what_was_confirmed_since() {
    breaks(rules::KEEP_WHAT_MATCHES, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.hold("AppendEntries", 1, 2);
        cluster.write(1, "b");
        cluster.deliver("AppendEntries", 1, 2);
        cluster.deliver("AppendEntriesReply", 2, 1);
        cluster.release();
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster
    });
}

#[test]
fn an_old_tail_that_is_kept_stands_behind_newer_entries() {
    let [with, without] = breaks(rules::DELETE_ALL_THAT_FOLLOWS, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.elect(1, &[2, 3], 1);
        ["a", "b", "c"].iter().for_each(|value| cluster.write(1, value));
        cluster.crash(1);
        cluster.elect(2, &[3, 4], 2);
        ["x", "y"].iter().for_each(|value| cluster.write(2, value));
        cluster.replicate(2, 3);
        cluster.replicate(2, 4);
        cluster.restart(1);
        cluster.replicate(2, 1);
        cluster
    });
    assert_eq!((with.terms(1), without.terms(1)), (vec![2, 2], vec![2, 2, 1]));
}

#[test]
fn a_stale_entry_beyond_the_message_is_applied() {
    breaks(rules::COMMIT_ONLY_WHAT_WAS_CHECKED, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.deliver_all();
        cluster.write(1, "stale");
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.replicate(2, 3);
        cluster.restart(1);
        cluster.heartbeat(2);
        cluster.deliver("AppendEntries", 2, 1);
        cluster
    });
}

#[test]
fn a_new_leader_that_knows_less_takes_a_commit_back() {
    breaks(rules::KEEP_HIGHER_COMMIT, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.write(1, "b");
        cluster.deliver_among(&[1, 2]);
        assert_eq!((cluster.commit(1), cluster.commit(2)), (2, 1));
        cluster.elect(2, &[1], 2);
        cluster.heartbeat(2);
        cluster.deliver("AppendEntries", 2, 1);
        cluster
    });
}

// Rules for leaders.

#[test]
fn a_leader_without_heartbeats_is_not_heard() {
    let [with, without] = compare(rules::SEND_HEARTBEATS, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.timeout(1);
        cluster.deliver("RequestVote", 1, 2);
        cluster.network.retain(|flying| flying.is("RequestVoteReply", 2, 1));
        cluster.deliver("RequestVoteReply", 2, 1);
        cluster
    });
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Leader"));
    assert_eq!((with.network.len(), without.network.len()), (2, 0));
    assert_eq!(without.timer(1, HEARTBEAT), None);
}

#[test]
fn without_the_no_op_old_entries_wait_for_the_next_command() {
    let [with, without] = compare(rules::NO_OP_AT_TERM_START, |off| {
        let disks = [(1, None, &[1][..]), (1, None, &[1]), (1, None, &[])];
        let mut cluster = Cluster::preset(&disks, &[("no-op", 1)], off);
        cluster.timeout(1);
        cluster.deliver_all();
        cluster
    });
    assert_eq!((with.commit(1), without.commit(1)), (2, 0));
    assert_eq!((with.terms(1), without.terms(1)), (vec![1, 2], vec![1]));
}

#[test]
fn a_leader_that_does_not_go_back_leaves_followers_behind() {
    let [with, without] = compare(rules::BACK_UP_AND_RETRY, |off| {
        let disks = [(1, None, &[1, 1][..]), (1, None, &[]), (1, None, &[1, 1])];
        let mut cluster = Cluster::preset(&disks, &[], off);
        cluster.elect(1, &[3], 2);
        cluster.replicate(1, 2);
        cluster.replicate(1, 2);
        cluster
    });
    assert_eq!((with.terms(2).len(), without.terms(2).len()), (2, 0));
}

#[test]
fn an_entry_that_is_sent_once_can_be_lost_for_good() {
    let [with, without] = compare(rules::RESEND_UNTIL_STORED, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.replicate(1, 2);
        cluster.replicate(1, 2);
        cluster
    });
    assert_eq!((with.commit(1), without.commit(1)), (1, 0));
}

#[test]
fn a_confirmation_of_an_earlier_term_counts_what_is_gone() {
    breaks(rules::CONFIRMATIONS_OF_THIS_TERM_ONLY, |off| {
        let mut cluster = Cluster::new(5, &[], off);
        cluster.elect(1, &[2, 3], 1);
        for value in ["a", "b", "c"] {
            cluster.lose();
            cluster.write(1, value);
        }
        cluster.deliver("AppendEntries", 1, 2);
        cluster.hold("AppendEntriesReply", 2, 1);
        cluster.elect(3, &[4, 5], 2);
        cluster.write(3, "x");
        [1, 4, 5].iter().for_each(|n| cluster.replicate(3, *n));
        cluster.elect(1, &[4, 5], 3);
        cluster.write(1, "z");
        cluster.replicate(1, 4);
        cluster.release();
        cluster.crash(1);
        cluster.crash(4);
        cluster.restart(3);
        cluster.elect(3, &[2, 5], 5);
        cluster
    });
}

#[test]
fn a_confirmation_of_a_heartbeat_is_taken_for_a_later_entry() {
    breaks(rules::COUNT_WHAT_WAS_SENT, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.heartbeat(1);
        cluster.deliver("AppendEntries", 1, 2);
        cluster.hold("AppendEntriesReply", 2, 1);
        cluster.write(1, "a");
        cluster.lose();
        cluster.release();
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster
    });
}

#[test]
fn an_entry_that_was_only_sent_is_taken_for_stored() {
    breaks(rules::COUNT_AFTER_CONFIRMATION, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.write(1, "a");
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster
    });
}

#[test]
fn a_refusal_is_taken_for_a_confirmation() {
    let [with, _] = breaks(rules::REFUSAL_CONFIRMS_NOTHING, |off| {
        let mut cluster = Cluster::new(3, &[("backtracking", 1)], off);
        cluster.elect(1, &[3], 1);
        ["a", "b", "c"].iter().for_each(|value| cluster.write(1, value));
        cluster.crash(1);
        cluster.elect(2, &[3], 2);
        cluster.write(2, "x");
        cluster.restart(2);
        cluster.elect(2, &[3], 3);
        cluster.write(2, "z");
        cluster.restart(1);
        cluster.lose();
        cluster.heartbeat(2);
        cluster.deliver("AppendEntries", 2, 1);
        cluster.deliver("AppendEntriesReply", 1, 2);
        cluster.crash(2);
        cluster.elect(1, &[3], 4);
        cluster
    });
    assert!(with.said(2, rules::REFUSAL_CONFIRMS_NOTHING, Verdict::Held));
}

#[test]
fn a_leader_that_counts_itself_too_early_commits_on_one_disk_too_few() {
    breaks(rules::COUNT_ITSELF_WHEN_DURABLE, |off| {
        let mut cluster = Cluster::new(3, &[], off);
        cluster.elect(1, &[2], 1);
        cluster.slow_disks = true;
        cluster.write(1, "a");
        cluster.deliver("AppendEntries", 1, 2);
        cluster.sync(2);
        cluster.deliver("AppendEntriesReply", 2, 1);
        cluster.slow_disks = false;
        cluster.restart(1);
        cluster.elect(1, &[3], 2);
        cluster
    });
}

#[test]
fn an_entry_of_an_earlier_term_is_committed_and_overwritten() {
    breaks(rules::COMMIT_OWN_TERM_ONLY, |off| {
        let mut cluster = figure_8(off);
        cluster.crash(1);
        cluster.restart(5);
        cluster.elect(5, &[2, 3, 4], 5);
        cluster
    });
}

#[test]
fn a_count_that_stops_at_old_entries_never_commits() {
    let [with, without] = compare(rules::LOOK_PAST_OLD_TERMS, |off| {
        let disks = [(1, None, &[1][..]), (1, None, &[1]), (1, None, &[])];
        let mut cluster = Cluster::preset(&disks, &[], off);
        cluster.elect(1, &[2], 2);
        ["a", "b"].iter().for_each(|value| cluster.write(1, value));
        cluster.deliver_all();
        cluster
    });
    assert_eq!((with.commit(1), without.commit(1)), (3, 0));
}

// Clients. Their promise is linearizability, which is judged by what clients see.

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
    assert_eq!(hint(&with), Answer::NotLeader { hint: Some(protocol::NodeId(1)) });
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

// Extensions.

#[test]
fn without_asking_a_server_that_was_cut_off_deposes_the_leader() {
    let [with, without] =
        compare(rules::ASK_BEFORE_STANDING, |off| cut_off_and_back(&[("pre-vote", 1)], off));
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Follower"));
}

#[test]
fn a_pre_vote_in_spite_of_the_leader_deposes_it() {
    let [with, without] =
        compare(rules::NO_PRE_VOTE_WHILE_LED, |off| cut_off_and_back(&[("pre-vote", 1)], off));
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Follower"));
}

#[test]
fn a_vote_in_spite_of_the_leader_deposes_it() {
    let [with, without] =
        compare(rules::IGNORE_CANDIDATES_WHILE_LED, |off| cut_off_and_back(&[("leader-stickiness", 1)], off));
    assert_eq!((with.role(1), without.role(1)), ("Leader", "Follower"));
}

/// n1 leads; n3, who has not heard of it, stands for election.
fn cut_off_and_back(options: &[(&str, i64)], off: &[RuleId]) -> Cluster {
    let mut cluster = Cluster::new(3, options, off);
    cluster.timeout(1);
    cluster.deliver_among(&[1, 2]);
    assert_eq!(cluster.role(1), "Leader");
    cluster.lose();
    for _ in 0..2 {
        cluster.timeout(3);
        cluster.deliver_all();
    }
    cluster
}

#[test]
fn a_refusal_without_a_term_leaves_the_asker_behind_for_ever() {
    let [with, without] = compare(rules::REFUSAL_CARRIES_TERM, |off| {
        // The longer log is in the older term.
        let disks = [(1, None, &[1, 1][..]), (4, None, &[1]), (1, None, &[])];
        let mut cluster = Cluster::preset(&disks, &[("pre-vote", 1)], off);
        cluster.crash(3);
        for n in [1, 2, 1, 2, 1] {
            cluster.timeout(n);
            cluster.deliver_all();
        }
        cluster
    });
    assert_eq!((with.role(1), without.role(1)), ("Leader", "PreCandidate"));
}
