use super::*;

/// n1 leads term 1 and has an entry, which n2 has too.
fn one_entry() -> Run {
    let mut run = Run::of(&DISKS, 3);
    run.enters(1, term(1));
    run.leads(1, 1);
    run.appends(1, 1, 1);
    run.appends(2, 1, 1);
    run
}

#[test]
fn a_commit_of_an_entry_of_the_own_term_on_two_disks_of_three_is_right() {
    let mut run = one_entry();
    run.syncs(1);
    run.syncs(2);
    run.commits(1, 1, true);
    run.keeps_all();
}

#[test]
fn a_commit_of_what_one_disk_holds_breaks_the_commit_rule() {
    let mut run = one_entry();
    run.syncs(1);
    run.commits(1, 1, true);
    run.breaks(
        "commit-on-majority at 6: n1 took set x=1 at index 1 for committed without a majority of disks. \
         n1 took set x=1 at index 1 for committed at 60ms (event 6); n1 alone, of 3, held it on disk at 60ms (event 6).",
    );
}

#[test]
fn a_commit_of_an_entry_of_an_older_term_breaks_the_commit_rule() {
    let mut run = one_entry();
    run.syncs(1);
    run.syncs(2);
    run.enters(2, term(2));
    run.leads(2, 2);
    run.commits(2, 1, true);
    run.breaks(
        "commit-on-majority at 9: n2 took set x=1 of term 1 for committed in term 2 by counting alone. \
         n2 took set x=1 at index 1 for committed at 90ms (event 9); \
         set x=1 at index 1 is of term 1, put there by n1 at 30ms (event 3).",
    );
    let [says, seen] = &run.checker.violations()[0].witnesses;
    assert_eq!(says.event.map(|(position, _)| position), Some(9));
    assert_eq!((seen.place, seen.era), (Some(Addr::Server(NodeId(1))), Some(term(1))));
    assert_eq!(seen.command.as_deref(), Some("set x=1"));
}

#[test]
fn a_committed_entry_that_leaves_a_majority_of_disks_breaks_quorum_durability() {
    let mut run = one_entry();
    run.syncs(1);
    run.syncs(2);
    run.commits(1, 1, true);
    run.truncates(2, 1);
    run.keeps_all();
    run.syncs(2);
    run.breaks(
        "quorum-durability at 9: set x=1 at index 1 is committed, but no longer on the disks of a majority. \
         n1 took set x=1 at index 1 for committed at 70ms (event 7); n2's disk lost it at 90ms (event 9); n1 of 3 has it.",
    );
}

#[test]
fn a_wiped_disk_that_leaves_a_majority_breaks_nothing_and_the_next_one_does() {
    let mut run = one_entry();
    run.appends(3, 1, 1);
    (1..=3).for_each(|node| run.syncs(node));
    run.commits(1, 1, true);
    run.event().on_wiped(NodeId(3));
    run.keeps_all();
    run.event().on_wiped(NodeId(2));
    assert!(!run.checker.holds("quorum-durability"));
}

#[test]
fn a_promise_holds_since_it_was_looked_at_first() {
    let mut run = one_entry();
    assert_eq!(run.checker.since("election-safety").map(|(position, _)| position), Some(2));
    assert_eq!(run.checker.since("commit-on-majority"), None);
    run.syncs(1);
    run.syncs(2);
    run.commits(1, 1, true);
    run.leads(1, 1);
    assert_eq!(run.checker.since("commit-on-majority").map(|(position, _)| position), Some(7));
    assert_eq!(run.checker.since("election-safety").map(|(position, _)| position), Some(2));
    assert_eq!(run.checker.since("no such promise"), None);
}
