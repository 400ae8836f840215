use super::*;

#[test]
fn one_leader_a_term_is_fine_and_so_is_the_same_leader_twice() {
    let mut run = Run::of(&LOGS, 3);
    run.leads(1, 1);
    run.leads(1, 1);
    run.leads(3, 2);
    run.leads(2, 3);
    run.keeps_all();
}

#[test]
fn two_leaders_of_a_term_break_election_safety() {
    let mut run = Run::of(&LOGS, 3);
    run.leads(1, 1);
    run.leads(2, 2);
    run.leads(3, 1);
    run.breaks(
        "election-safety at 3: n1 and n3 both lead term 1. n1 became leader of term 1 at 10ms (event 1); \
         n3 became leader of term 1 at 30ms (event 3).",
    );
    assert!(!run.checker.holds("election-safety") && run.checker.holds("log-matching"));
}

#[test]
fn terms_are_told_apart_by_their_owners() {
    let mut run = Run::of(&LOGS, 3);
    run.fact(1, Fact::Led { term: ballot(1, 1) });
    run.fact(2, Fact::Led { term: ballot(1, 2) });
    run.keeps_all();
}

#[test]
fn a_vote_may_be_repeated_and_another_term_has_another_vote() {
    let mut run = Run::of(&LOGS, 3);
    run.votes(2, term(1), 1);
    run.votes(2, term(1), 1);
    run.syncs(2);
    run.votes(2, term(1), 1);
    run.votes(2, term(2), 3);
    run.keeps_all();
}

#[test]
fn a_second_vote_in_a_term_breaks_vote_once() {
    let mut run = Run::of(&LOGS, 3);
    run.votes(2, term(1), 1);
    run.votes(2, term(1), 3);
    run.breaks(
        "vote-once-a-term at 2: n2 gave its vote of term 1 to n1 and to n3. \
         n2 gave its vote of term 1 to n1 at 10ms (event 1); n2 gave its vote of term 1 to n3 at 20ms (event 2).",
    );
}

#[test]
fn a_vote_on_disk_binds_after_a_crash() {
    let mut run = Run::of(&LOGS, 3);
    run.votes(2, term(1), 1);
    run.syncs(2);
    run.votes(2, term(2), 1);
    run.syncs(2);
    run.crashes(2, 0);
    run.votes(2, term(1), 3);
    assert!(!run.checker.holds("vote-once-a-term"));
}

#[test]
fn a_vote_in_a_message_that_left_binds_after_a_crash_even_if_no_disk_has_it() {
    let mut run = Run::of(&LOGS, 3);
    run.votes(3, term(1), 1);
    run.sends(3, Requirement { term: term(1), supported: Some(NodeId(1)), index: 0, hash: 0 }, true);
    run.crashes(3, 0);
    run.votes(3, term(1), 2);
    assert!(!run.checker.holds("vote-once-a-term"));
}

#[test]
fn a_vote_that_nobody_saw_and_no_disk_has_is_forgotten_in_a_crash() {
    let mut run = Run::of(&LOGS, 3);
    run.votes(3, term(1), 1);
    run.sends(3, Requirement { term: term(1), ..Requirement::default() }, true);
    run.crashes(3, 0);
    run.votes(3, term(1), 2);
    run.keeps_all();
}

#[test]
fn a_wiped_server_owes_nothing() {
    let mut run = Run::of(&LOGS, 3);
    run.votes(3, term(1), 1);
    run.syncs(3);
    run.event().on_wiped(NodeId(3));
    run.votes(3, term(1), 2);
    run.keeps_all();
}

#[test]
fn terms_that_rise_keep_a_promise() {
    let mut run = Run::of(&SLOTS, 3);
    run.enters(1, ballot(1, 1));
    run.votes(1, ballot(1, 1), 1);
    run.enters(1, ballot(1, 2));
    run.enters(1, ballot(1, 2));
    run.votes(1, ballot(3, 1), 1);
    run.keeps_all();
}

#[test]
fn a_term_that_falls_breaks_a_promise() {
    let mut run = Run::of(&SLOTS, 3);
    run.enters(2, ballot(3, 1));
    run.enters(2, ballot(2, 3));
    run.breaks(
        "promise-never-goes-back at 2: n2 went back from ballot 3.1 to ballot 2.3. \
         n2 entered ballot 3.1 at 10ms (event 1); n2 entered ballot 2.3 at 20ms (event 2).",
    );
}

#[test]
fn support_for_a_lower_term_breaks_a_promise() {
    let mut run = Run::of(&SLOTS, 3);
    run.enters(2, ballot(3, 1));
    run.votes(2, ballot(2, 3), 3);
    assert!(!run.checker.holds("promise-never-goes-back"));
}

#[test]
fn a_promise_on_disk_binds_after_a_crash_and_one_in_memory_does_not() {
    let mut run = Run::of(&SLOTS, 3);
    run.enters(2, ballot(2, 1));
    run.event().on_wrote(NodeId(2), |_| true, None);
    run.enters(2, ballot(5, 1));
    run.crashes(2, 0);
    run.enters(2, ballot(3, 1));
    run.keeps_all();
    run.crashes(2, 0);
    run.enters(2, ballot(1, 3));
    run.breaks(
        "promise-never-goes-back at 7: n2 went back from ballot 2.1 to ballot 1.3. \
         n2 entered ballot 2.1 at 10ms (event 1); n2 entered ballot 1.3 at 70ms (event 7).",
    );
}

#[test]
fn a_promise_in_a_message_that_left_binds_after_a_crash() {
    let mut run = Run::of(&SLOTS, 3);
    run.enters(2, ballot(5, 1));
    run.sends(2, Requirement { term: ballot(5, 1), ..Requirement::default() }, true);
    run.crashes(2, 0);
    run.enters(2, ballot(3, 1));
    assert!(!run.checker.holds("promise-never-goes-back"));
}
