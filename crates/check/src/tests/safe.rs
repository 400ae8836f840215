use super::*;

/// In ballot 1.1 n1 proposes a value, and accepts it.
fn proposed() -> Run {
    let mut run = Run::of(&CAREFUL, 3);
    run.promises(1, ballot(1, 1));
    run.promises(2, ballot(1, 1));
    run.proposes(1, ballot(1, 1), 1);
    run.accepts(1, ballot(1, 1), 1);
    run.syncs_slots(1);
    run
}

impl Run {
    /// A server enters a ballot, on disk.
    fn promises(&mut self, node: u8, ballot: Term) {
        self.enters(node, ballot);
        self.syncs_slots(node);
    }

    fn syncs_slots(&mut self, node: u8) {
        self.event().on_wrote(NodeId(node), |_| true, None);
    }
}

#[test]
fn a_proposal_is_safe_once_a_majority_can_no_longer_accept_the_other() {
    let mut run = proposed();
    run.promises(2, ballot(2, 3));
    run.promises(3, ballot(2, 3));
    run.proposes(3, ballot(2, 3), 2);
    run.keeps_all();
}

#[test]
fn a_proposal_of_the_same_value_is_always_safe() {
    let mut run = proposed();
    run.proposes(3, ballot(2, 3), 1);
    run.keeps_all();
}

#[test]
fn a_promise_that_no_disk_has_stops_nobody() {
    let mut run = proposed();
    run.enters(2, ballot(2, 3));
    run.promises(3, ballot(2, 3));
    run.proposes(3, ballot(2, 3), 2);
    run.breaks(
        "safe-to-propose at 11: n3 proposed set x=2 for slot 1 in ballot 2.3, while set x=1 could still be chosen in \
         ballot 1.1. n1 proposed set x=1 for slot 1 in ballot 1.1 at 50ms (event 5); accepted by n1, still open to n2; \
         n3 proposed set x=2 for slot 1 in ballot 2.3 at 110ms (event 11).",
    );
}

#[test]
fn a_proposal_against_what_a_majority_has_accepted_is_not_safe() {
    let mut run = proposed();
    run.accepts(2, ballot(1, 1), 1);
    run.syncs_slots(2);
    run.promises(2, ballot(2, 3));
    run.promises(3, ballot(2, 3));
    run.proposes(3, ballot(2, 3), 2);
    assert!(!run.checker.holds("safe-to-propose") && run.checker.holds("agreement"), "an early alarm");
}
