use super::*;

impl Run {
    /// A server accepts, on disk.
    fn accepts_durably(&mut self, node: u8, term: Term, value: u32) {
        self.accepts(node, term, value);
        self.event().on_wrote(NodeId(node), |_| true, None);
    }
}

#[test]
fn a_majority_in_one_ballot_chooses() {
    let mut run = Run::of(&SLOTS, 3);
    run.accepts_durably(1, ballot(1, 1), 1);
    assert!(run.checker.chosen().is_empty());
    run.accepts_durably(3, ballot(1, 1), 1);
    run.accepts_durably(2, ballot(1, 1), 1);
    run.fact(2, Fact::Committed { index: 1, leading: true });
    run.applies(2, 1, 1);
    let seal = run.checker.chosen()[0];
    assert_eq!((seal.index, seal.position, seal.by.to_string()), (1, 4, "n1, n3".to_owned()));
    assert_eq!(run.checker.chosen().len(), 1);
    run.keeps_all();
}

#[test]
fn two_acceptances_in_two_ballots_choose_nothing() {
    let mut run = Run::of(&SLOTS, 3);
    run.accepts_durably(1, ballot(1, 1), 1);
    run.accepts_durably(2, ballot(2, 2), 1);
    run.accepts_durably(3, ballot(3, 3), 2);
    assert!(run.checker.chosen().is_empty());
    run.keeps_all();
}

#[test]
fn the_same_content_may_be_chosen_again_in_a_later_ballot() {
    let mut run = Run::of(&SLOTS, 3);
    for round in [1, 2] {
        (1..=2).for_each(|node| run.accepts_durably(node, ballot(round, 1), 1));
    }
    assert_eq!(run.checker.chosen().len(), 1);
    run.keeps_all();
}

#[test]
fn two_contents_chosen_for_one_slot_break_agreement() {
    let mut run = Run::of(&SLOTS, 3);
    (1..=2).for_each(|node| run.accepts_durably(node, ballot(1, 1), 1));
    (2..=3).for_each(|node| run.accepts_durably(node, ballot(2, 2), 2));
    run.breaks(
        "agreement at 8: set x=1 and set x=2 are both chosen for slot 1. \
         set x=1 was accepted in ballot 1.1 by n1, n2 at 40ms (event 4); \
         set x=2 was accepted in ballot 2.2 by n2, n3 at 80ms (event 8).",
    );
}

#[test]
fn an_acceptance_that_no_disk_has_counts_for_nothing_after_a_crash() {
    let mut run = Run::of(&SLOTS, 3);
    run.accepts_durably(1, ballot(1, 1), 1);
    run.accepts(2, ballot(1, 1), 1);
    run.crashes(2, 0);
    (2..=3).for_each(|node| run.accepts_durably(node, ballot(2, 2), 2));
    run.keeps_all();
    assert_eq!(run.checker.chosen()[0].content, set(2).hash());
}

#[test]
fn who_takes_something_else_for_chosen_breaks_agreement() {
    let mut run = Run::of(&SLOTS, 3);
    (1..=2).for_each(|node| run.accepts_durably(node, ballot(1, 1), 1));
    run.applies(3, 1, 2);
    run.breaks(
        "agreement at 5: n3 took set x=2 for chosen for slot 1, but set x=1 is. n3 applied set x=2 at 50ms (event 5); \
         set x=1 was accepted in ballot 1.1 by n1, n2 at 40ms (event 4).",
    );
}

#[test]
fn who_took_something_for_chosen_that_is_not_breaks_agreement_once_another_is() {
    let mut run = Run::of(&SLOTS, 3);
    run.applies(3, 1, 2);
    run.keeps_all();
    (1..=2).for_each(|node| run.accepts_durably(node, ballot(1, 1), 1));
    assert!(!run.checker.holds("agreement"));
}

#[test]
fn two_servers_that_apply_different_contents_break_agreement() {
    let mut run = Run::of(&SLOTS, 3);
    run.applies(1, 1, 1);
    run.applies(2, 1, 2);
    run.breaks(
        "agreement at 2: n2 applied set x=2 at slot 1, where n1 applied set x=1. \
         n1 applied set x=1 at slot 1 at 10ms (event 1); n2 applied set x=2 at slot 1 at 20ms (event 2).",
    );
}

#[test]
fn a_ballot_may_propose_its_value_again_and_another_ballot_another_value() {
    let mut run = Run::of(&SLOTS, 3);
    run.proposes(1, ballot(1, 1), 1);
    run.proposes(1, ballot(1, 1), 1);
    run.proposes(2, ballot(1, 2), 2);
    run.keeps_all();
}

#[test]
fn two_values_in_a_ballot_are_told() {
    let mut run = Run::of(&SLOTS, 3);
    run.proposes(1, ballot(1, 1), 1);
    run.proposes(2, ballot(1, 2), 2);
    run.proposes(1, ballot(1, 1), 3);
    run.breaks(
        "one-value-a-ballot at 3: set x=1 and set x=3 are both proposed for slot 1 in ballot 1.1. \
         n1 proposed set x=1 for slot 1 at 10ms (event 1); n1 proposed set x=3 for slot 1 at 30ms (event 3).",
    );
}

#[test]
fn a_chosen_value_that_nobody_asked_for_breaks_validity() {
    let mut run = Run::of(&SLOTS, 3);
    (1..=2).for_each(|node| run.accepts_durably(node, ballot(1, 1), 9));
    run.breaks(
        "validity at 4: something is chosen for slot 1 that no client asked for. \
         something unknown was accepted in ballot 1.1 by n1, n2 at 40ms (event 4); \
         clients had asked for 3 things, none of them this.",
    );
}
