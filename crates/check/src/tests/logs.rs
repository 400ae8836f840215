use super::*;

/// n1 leads term 1 and has two entries, which n2 has too; n3 has the first.
fn two_entries() -> Run {
    let mut run = Run::of(&LOGS, 3);
    run.enters(1, term(1));
    run.leads(1, 1);
    run.appends(1, 1, 1);
    run.appends(1, 1, 2);
    run.appends(2, 1, 1);
    run.appends(2, 1, 2);
    run.appends(3, 1, 1);
    (1..=3).for_each(|node| run.syncs(node));
    run
}

#[test]
fn a_follower_may_replace_entries_and_a_leader_may_append() {
    let mut run = two_entries();
    run.truncates(2, 2);
    run.appends(1, 1, 3);
    run.keeps_all();
}

#[test]
fn a_leader_that_removes_its_own_entry_breaks_leader_append_only() {
    let mut run = two_entries();
    run.truncates(1, 2);
    run.breaks(
        "leader-append-only at 11: n1 removed index 2 of its own log while it led term 1. \
         n1 became leader of term 1 at 20ms (event 2); n1 removed index 2 at 110ms (event 11).",
    );
}

#[test]
fn a_leader_that_overwrites_its_own_entry_breaks_leader_append_only() {
    let mut run = two_entries();
    run.logs[0].truncate(1);
    run.appends(1, 1, 3);
    assert_eq!(
        run.told()[0],
        "leader-append-only at 11: n1 overwrote index 2 of its own log while it led term 1. \
         n1 became leader of term 1 at 20ms (event 2); n1 overwrote index 2 at 110ms (event 11)."
    );
}

#[test]
fn who_no_longer_leads_may_remove_entries() {
    let mut run = two_entries();
    run.enters(1, term(2));
    run.truncates(1, 2);
    run.crashes(2, 2);
    run.truncates(2, 2);
    run.keeps_all();
}

#[test]
fn the_same_entries_in_two_logs_match() {
    let mut run = two_entries();
    run.appends(3, 2, 3);
    run.keeps_all();
}

#[test]
fn one_index_and_term_with_two_contents_break_log_matching() {
    let mut run = two_entries();
    run.appends(3, 1, 3);
    run.breaks(
        "log-matching at 11: n1 and n3 held different logs up to index 2, though both had term 1 there. \
         n1 put set x=2 at index 2 in term 1 at 40ms (event 4); n3 put set x=3 at index 2 in term 1 at 110ms (event 11).",
    );
}

#[test]
fn logs_match_with_logs_that_are_gone_or_they_break_log_matching() {
    let mut run = two_entries();
    run.truncates(2, 2);
    run.crashes(1, 1);
    run.appends(3, 1, 3);
    assert!(!run.checker.holds("log-matching"));
}

#[test]
fn entries_with_the_same_end_but_another_beginning_break_log_matching() {
    let mut run = Run::of(&LOGS, 3);
    run.appends(1, 1, 1);
    run.appends(1, 2, 2);
    run.appends(2, 2, 3);
    run.keeps_all();
    run.appends(2, 2, 2);
    assert!(!run.checker.holds("log-matching"));
}

#[test]
fn an_older_term_behind_a_newer_one_is_told() {
    let mut run = Run::of(&LOGS, 3);
    run.appends(2, 1, 1);
    run.appends(2, 3, 2);
    run.keeps_all();
    run.appends(2, 2, 3);
    run.breaks(
        "log-terms-never-decrease at 3: n2 put an entry of term 2 behind one of term 3. \
         n2's log has term 3 at index 2; n2 put term 2 at index 3 at 30ms (event 3).",
    );
}

#[test]
fn a_leader_with_all_that_was_committed_keeps_leader_completeness() {
    let mut run = two_entries();
    run.commits(1, 2, true);
    run.leads(2, 2);
    run.keeps_all();
}

#[test]
fn a_leader_without_what_was_committed_breaks_leader_completeness() {
    let mut run = two_entries();
    run.commits(1, 2, true);
    run.leads(3, 2);
    run.breaks(
        "leader-completeness at 12: n3 leads term 2 without set x=2 at index 2, committed in term 1. \
         n1 committed set x=2 at index 2 at 110ms (event 11); n3's log ends at index 1.",
    );
}

#[test]
fn a_leader_with_something_else_in_its_place_breaks_leader_completeness() {
    let mut run = two_entries();
    run.appends(3, 2, 3);
    run.appends(3, 2, 1);
    run.commits(1, 2, true);
    run.leads(3, 3);
    run.breaks(
        "leader-completeness at 14: n3 leads term 3 without set x=2 at index 2, committed in term 1. \
         n1 committed set x=2 at index 2 at 130ms (event 13); n3 has set x=3 of term 2 at index 2.",
    );
}

#[test]
fn a_leader_with_the_committed_entry_behind_another_log_breaks_leader_completeness() {
    let mut run = Run::of(&LOGS, 3);
    run.leads(1, 2);
    run.appends(1, 1, 1);
    run.appends(1, 2, 2);
    run.commits(1, 2, true);
    run.appends(3, 2, 3);
    run.appends(3, 2, 2);
    run.leads(3, 3);
    let told = run.told();
    assert_eq!(
        told.last().map(String::as_str),
        Some(
            "leader-completeness at 7: n3 leads term 3 without set x=2 at index 2, committed in term 2. \
             n1 committed set x=2 at index 2 at 40ms (event 4); \
             n3 has set x=2 of term 2 at index 2, behind a log that differs from index 1 on."
        )
    );
}

#[test]
fn a_leader_of_an_earlier_term_need_not_have_what_a_later_one_committed() {
    let mut run = two_entries();
    run.enters(1, term(5));
    run.leads(1, 5);
    run.commits(1, 2, true);
    run.leads(3, 4);
    run.keeps_all();
}

#[test]
fn a_commit_that_a_later_leader_lacks_breaks_leader_completeness_when_it_is_counted() {
    let mut run = two_entries();
    run.enters(3, term(2));
    run.leads(3, 2);
    run.keeps_all();
    run.commits(1, 2, true);
    run.breaks(
        "leader-completeness at 13: n3 leads term 2 without set x=2 at index 2, committed in term 1. \
         n1 committed set x=2 at index 2 at 130ms (event 13); n3's log ends at index 1.",
    );
}

#[test]
fn commits_that_rise_within_the_log_are_fine_and_begin_anew_after_a_crash() {
    let mut run = two_entries();
    run.commits(1, 1, true);
    run.applies(1, 1, 1);
    run.commits(1, 2, true);
    run.crashes(1, 2);
    run.commits(1, 1, false);
    run.applies(1, 1, 1);
    run.keeps_all();
}

#[test]
fn a_commit_that_falls_breaks_commit_never_goes_back() {
    let mut run = two_entries();
    run.commits(2, 2, false);
    run.commits(2, 1, false);
    run.breaks(
        "commit-never-goes-back at 12: n2 took its committed index back from 2 to 1. \
         n2 knew all up to index 2 to be committed; n2 went back to index 1 at 120ms (event 12).",
    );
}

#[test]
fn a_commit_past_the_log_breaks_commit_never_goes_back() {
    let mut run = two_entries();
    run.commits(3, 2, false);
    run.breaks(
        "commit-never-goes-back at 11: n3 took index 2 for committed, but its log ends at 1. \
         n3's log ends at index 1; n3 took index 2 for committed at 110ms (event 11).",
    );
}

#[test]
fn an_entry_applied_before_it_is_committed_breaks_commit_never_goes_back() {
    let mut run = two_entries();
    run.commits(2, 1, false);
    run.applies(2, 1, 1);
    run.applies(2, 2, 2);
    run.breaks(
        "commit-never-goes-back at 13: n2 applied index 2 before it knew that it is committed. \
         n2 knew all up to index 1 to be committed; n2 applied index 2 at 130ms (event 13).",
    );
}

#[test]
fn a_committed_entry_that_is_removed_breaks_commit_never_goes_back() {
    let mut run = two_entries();
    run.commits(2, 2, false);
    run.truncates(2, 2);
    run.breaks(
        "commit-never-goes-back at 12: n2 removed index 2, which it knew to be committed. \
         n2 knew all up to index 2 to be committed; n2 removed index 2 and all after it at 120ms (event 12).",
    );
}

#[test]
fn places_are_chosen_one_by_one_with_those_that_have_them_on_disk() {
    let mut run = two_entries();
    run.appends(1, 1, 3);
    run.syncs_log(1, 2);
    run.commits(1, 2, true);
    run.appends(2, 1, 3);
    run.commits(2, 2, false);
    run.commits(1, 3, true);
    let seals =
        run.checker.chosen().iter().map(|chosen| {
            format!("{} by {} at {} ({})", chosen.index, chosen.by, chosen.at, chosen.position)
        });
    assert_eq!(
        seals.collect::<Vec<_>>(),
        ["1 by n1, n2, n3 at 130ms (13)", "2 by n1, n2 at 130ms (13)", "3 by  at 160ms (16)"]
    );
    run.keeps_all();
}

#[test]
fn a_crash_takes_from_a_log_what_no_disk_has() {
    let mut run = two_entries();
    run.appends(1, 1, 3);
    run.crashes(1, 2);
    run.leads(1, 2);
    run.appends(1, 2, 3);
    run.commits(1, 3, true);
    run.keeps_all();
}

#[test]
fn a_truncation_that_no_disk_has_is_undone_by_a_crash() {
    let mut run = two_entries();
    let before = run.logs[1].clone();
    run.truncates(2, 2);
    run.logs[1] = before;
    run.crashes(2, 2);
    run.commits(1, 2, true);
    assert!(run.checker.chosen()[1].by.has(NodeId(2)));
    run.leads(2, 2);
    run.keeps_all();
}
