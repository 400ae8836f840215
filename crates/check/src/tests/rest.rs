use super::*;

/// Every server has committed so far that it may apply what it likes.
fn committed() -> Run {
    let mut run = Run::of(&LOGS, 3);
    for node in 1..=3 {
        run.appends(node, 1, 1);
        run.appends(node, 1, 2);
        run.commits(node, 2, false);
    }
    run
}

#[test]
fn the_same_content_at_an_index_keeps_state_machine_safety_and_a_restart_applies_it_again() {
    let mut run = committed();
    run.applies(1, 1, 1);
    run.applies(2, 1, 1);
    run.applies(1, 1, 1);
    run.keeps_all();
}

#[test]
fn two_contents_at_an_index_break_state_machine_safety() {
    let mut run = committed();
    run.applies(1, 1, 1);
    run.applies(3, 1, 2);
    run.breaks(
        "state-machine-safety at 11: n3 applied set x=2 at index 1, where n1 applied set x=1. \
         n1 applied set x=1 at index 1 at 100ms (event 10); n3 applied set x=2 at index 1 at 110ms (event 11).",
    );
}

#[test]
fn a_server_that_applies_another_content_after_a_crash_breaks_state_machine_safety() {
    let mut run = committed();
    run.applies(1, 1, 1);
    run.applies(1, 1, 2);
    run.breaks(
        "state-machine-safety at 11: n1 applied set x=2 at index 1, where it had applied set x=1. \
         n1 applied set x=1 at index 1 at 100ms (event 10); n1 applied set x=2 at index 1 at 110ms (event 11).",
    );
}

#[test]
fn an_entry_that_is_left_out_breaks_state_machine_safety() {
    let mut run = committed();
    run.applies(2, 2, 2);
    run.breaks(
        "state-machine-safety at 10: n2 applied index 2 and left out index 1. \
         n2 had applied all up to index 0; n2 applied index 2 at 100ms (event 10).",
    );
}

#[test]
fn a_no_op_and_what_clients_asked_for_are_valid() {
    let mut run = committed();
    run.fact(1, Fact::Applied { index: 1, content: 1 });
    run.applies(1, 2, 3);
    run.keeps_all();
}

#[test]
fn what_no_client_asked_for_breaks_validity() {
    let mut run = committed();
    run.applies(2, 1, 9);
    run.breaks(
        "validity at 10: n2 applied something at index 1 that no client asked for. \
         n2 applied index 1 at 100ms (event 10); clients had asked for 3 things, none of them this.",
    );
}

#[test]
fn a_message_whose_ground_is_on_disk_may_leave() {
    let mut run = Run::of(&LOGS, 3);
    run.sends(1, Requirement { term: term(2), ..Requirement::default() }, true);
    run.keeps_all();
}

#[test]
fn a_message_that_leaves_too_soon_breaks_persist_before_send() {
    let mut run = Run::of(&LOGS, 3);
    let need = Requirement { term: term(2), supported: Some(NodeId(2)), index: 3, hash: 7 };
    run.sends(1, need, false);
    run.breaks(
        "persist-before-send at 1: n1 sent Hello to n2 before its disk held what that tells. \
         Hello tells of term 2, the vote for n2, the log up to index 3; n1's disk did not hold that at 10ms (event 1).",
    );
}

#[test]
fn only_the_promises_that_a_dialect_lists_are_checked() {
    let mut run = Run::of(&BARE_STATIC, 3);
    run.leads(1, 1);
    run.leads(2, 1);
    run.applies(1, 1, 9);
    run.sends(1, Requirement::default(), false);
    run.keeps_all();
    assert_eq!(run.checker.promises().count(), 0);
    assert_eq!(Run::of(&SLOTS, 3).checker.promises().last(), Some("promise-never-goes-back"));
}

static BARE_STATIC: Dialect = BARE;

#[test]
fn the_same_servers_are_told_once_and_other_servers_again() {
    let mut run = Run::of(&LOGS, 4);
    for number in [1, 2] {
        run.leads(1, number);
        run.leads(2, number);
        run.leads(1, number);
    }
    assert_eq!(run.told().len(), 1);
    run.leads(3, 1);
    assert_eq!(run.told().len(), 2);
}

#[test]
fn a_moment_of_the_past_knows_only_what_was_broken_by_then() {
    let mut run = Run::of(&LOGS, 3);
    run.leads(1, 1);
    run.leads(2, 1);
    run.leads(3, 1);
    let counts = [0, 2, 3, 4].map(|position| run.checker.violations_up_to(position).len());
    assert_eq!(counts, [0, 0, 1, 2]);
    assert_eq!(run.checker.first().map(|violation| violation.position), Some(2));
}

#[test]
fn a_clone_goes_its_own_way() {
    let mut run = Run::of(&LOGS, 3);
    run.leads(1, 1);
    let mut kept = run.checker.clone();
    run.leads(2, 1);
    assert!(kept.violations().is_empty());
    kept.on_fact(NodeId(1), Fact::Led { term: term(1) });
    assert!(kept.violations().is_empty());
}
