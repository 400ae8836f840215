use super::*;

/// A protocol whose leaders' order counts.
static ORDERS: Dialect = Dialect {
    promises: &[
        promise("integrity"),
        promise("total-order"),
        promise("agreement"),
        promise("local-primary-order"),
        promise("global-primary-order"),
        promise("primary-integrity"),
    ],
    ..BARE
};

impl Run {
    /// A leader proposes a value for an index: it appends it, too.
    fn broadcasts(&mut self, node: u8, number: u32, value: u32) {
        self.appends(node, number, value);
        let index = self.logs[usize::from(node) - 1].len() as Index;
        self.fact(node, Fact::Proposed { term: term(number), index, content: set(value).hash() });
    }

    /// A server commits and applies all up to an index, whose value this is.
    fn delivers(&mut self, node: u8, index: Index, value: u32) {
        self.commits(node, index, false);
        self.applies(node, index, value);
    }
}

/// n1 has proposed x=1 and x=2 in term 1 and applied both; so has n2.
fn delivered() -> Run {
    let mut run = Run::of(&ORDERS, 3);
    run.leads(1, 1);
    run.broadcasts(1, 1, 1);
    run.broadcasts(1, 1, 2);
    run.appends(2, 1, 1);
    run.appends(2, 1, 2);
    for node in [1, 2] {
        run.delivers(node, 1, 1);
        run.delivers(node, 2, 2);
    }
    run
}

#[test]
fn what_is_proposed_and_applied_in_order_keeps_all() {
    let mut run = delivered();
    run.leads(2, 2);
    run.broadcasts(2, 2, 3);
    run.delivers(2, 3, 3);
    run.crashes(1, 0);
    for (number, value) in [(1, 1), (1, 2), (2, 3)] {
        run.appends(1, number, value);
        run.delivers(1, u64::from(value), value);
    }
    run.keeps_all();
}

#[test]
fn what_nobody_proposed_breaks_integrity() {
    let mut run = delivered();
    run.appends(2, 1, 3);
    run.delivers(2, 3, 3);
    run.breaks(
        "integrity at 18: n2 applied set x=3 of term 1, which nobody had proposed in it. \
         n2 applied set x=3 of term 1 at 180ms (event 18); no leader of term 1 had proposed that.",
    );
}

#[test]
fn a_proposal_behind_another_than_its_leader_made_before_breaks_local_primary_order() {
    let mut run = delivered();
    run.appends(3, 1, 2);
    run.delivers(3, 1, 2);
    let told = run.told();
    assert_eq!(
        told.iter().find(|told| told.starts_with("local")).map(String::as_str),
        Some(
            "local-primary-order at 18: n3 applied set x=2 behind nothing of term 1, where n1 proposed it behind \
             set x=1. n1 proposed set x=2 in term 1 behind set x=1 at 50ms (event 5); n3 applied set x=2 of term 1 at \
             180ms (event 18)."
        )
    );
    assert!(
        told.iter()
            .any(|told| told
                .starts_with("total-order at 18: n3 applied set x=2 at index 1, and n1 at index 2"))
    );
    assert!(told.iter().any(|told| told.starts_with("agreement at 18: n3 applied set x=2 at index 1")));
    assert_eq!(told.len(), 3, "{told:#?}");
}

#[test]
fn a_place_that_is_left_out_breaks_total_order() {
    let mut run = delivered();
    run.appends(3, 1, 1);
    run.appends(3, 1, 2);
    run.delivers(3, 2, 2);
    let told = run.told();
    assert!(told[0].starts_with("total-order at 19: n3 applied index 2 and left out index 1."), "{told:#?}");
    assert!(told[1].starts_with("local-primary-order at 19"), "{told:#?}");
    assert_eq!(told.len(), 2, "{told:#?}");
}

/// n3 alone applies x=1 at once, as if a leader's first proposal had been lost: nobody can tell yet who is wrong.
#[test]
fn total_order_breaks_whoever_applies_first() {
    let mut run = Run::of(&ORDERS, 3);
    run.leads(1, 1);
    run.broadcasts(1, 1, 1);
    run.broadcasts(1, 1, 2);
    run.appends(3, 1, 2);
    run.delivers(3, 1, 2);
    run.delivers(1, 1, 1);
    run.delivers(1, 2, 2);
    let told = run.told();
    assert!(
        told.iter()
            .any(|told| told
                .starts_with("total-order at 12: n1 applied set x=2 at index 2, and n3 at index 1"))
    );
}

#[test]
fn an_earlier_term_behind_a_later_one_breaks_global_primary_order() {
    let mut run = Run::of(&ORDERS, 3);
    run.leads(1, 1);
    run.broadcasts(1, 1, 1);
    run.leads(2, 2);
    run.broadcasts(2, 2, 2);
    run.appends(3, 2, 2);
    run.appends(3, 1, 1);
    run.delivers(3, 1, 2);
    run.delivers(3, 2, 1);
    let told = run.told();
    assert!(
        told.contains(
            &"global-primary-order at 12: n3 applied what was proposed in term 1 after what was proposed in term 2. \
              n3 had applied set x=2 of term 2; n3 applied set x=1 of term 1 at 120ms (event 12)."
                .into()
        ),
        "{told:#?}"
    );
}

#[test]
fn what_comes_back_after_a_later_leader_proposed_breaks_primary_integrity() {
    let mut run = Run::of(&ORDERS, 3);
    run.leads(1, 1);
    run.broadcasts(1, 1, 1);
    run.leads(2, 2);
    run.broadcasts(2, 2, 2);
    run.delivers(1, 1, 1);
    run.breaks(
        "primary-integrity at 8: n2 proposed in term 2 without having applied set x=1 of term 1, which n1 applied. \
         n2 first proposed in term 2 at 60ms (event 6), without set x=1; n1 applied set x=1 of term 1 at 80ms (event 8).",
    );
}

#[test]
fn a_leader_that_proposes_without_what_was_applied_breaks_primary_integrity() {
    let mut run = Run::of(&ORDERS, 3);
    run.leads(1, 1);
    run.broadcasts(1, 1, 1);
    run.delivers(1, 1, 1);
    run.leads(2, 2);
    run.broadcasts(2, 2, 2);
    run.breaks(
        "primary-integrity at 8: n2 proposed in term 2 without having applied set x=1 of term 1, which n1 applied. \
         n2 first proposed in term 2 at 80ms (event 8), without set x=1; n1 applied set x=1 of term 1 at 50ms (event 5).",
    );
}

/// A leader has to have applied it, not only logged it.
#[test]
fn a_leader_that_proposes_before_it_has_applied_what_it_holds_breaks_primary_integrity() {
    let mut run = Run::of(&ORDERS, 3);
    run.leads(1, 1);
    run.broadcasts(1, 1, 1);
    run.delivers(1, 1, 1);
    run.appends(2, 1, 1);
    run.leads(2, 2);
    run.broadcasts(2, 2, 2);
    assert_eq!(run.told().len(), 1);
}

#[test]
fn a_protocol_that_does_not_promise_these_orders_is_not_held_to_them() {
    let mut run = Run::of(&LOGS, 3);
    run.appends(1, 1, 1);
    run.delivers(1, 1, 1);
    run.keeps_all();
}
