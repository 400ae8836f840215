//! The acceptor's rules. One promise covers every slot.

use super::{LIVENESS, OPTION, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const PROMISE_HIGHER_ONLY: RuleInfo = RuleInfo {
    key: "promise-higher-only",
    words: "An acceptor promises no ballot below one that it has promised.",
    source: "PMMC, invariant A1; PMS §2.2, phase 1 (b)",
    promise: "promise-never-goes-back",
    when_off: "It promises any ballot, and its promise may fall.",
    shape: Shape { late: &["Prepare"], ..Shape::ANY },
    held: "{me} promises {n2} to refuse ballots below {0}.{1}, in every slot",
    refused: "{me} does not promise {0}.{1}: it has promised {2}.{3}",
    overridden: "{me} promises {0}.{1} and so takes back its promise of {2}.{3}",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const REFUSE_BELOW_PROMISE: RuleInfo = RuleInfo {
    key: "refuse-below-promise",
    words: "An acceptor accepts no proposal below the ballot that it has promised.",
    source: "PMMC, invariant A2; PMS §2.2, P1a",
    when_off: "It accepts every proposal.",
    shape: Shape { late: &["Accept"], ..Shape::ANY },
    held: "{me} may accept {0}.{1}: it has promised nothing higher",
    refused: "{me} refuses the proposal {0}.{1}: it has promised {2}.{3}",
    overridden: "{me} accepts the proposal {0}.{1}, though it has promised {2}.{3}",
    refused_grade: Grade::Turning,
    ..SAFETY
};

pub(super) const ACCEPTING_IS_PROMISING: RuleInfo = RuleInfo {
    key: "accepting-is-promising",
    words: "An acceptor that accepts a ballot in one slot has promised it in all, even if nobody asked it to promise.",
    source: "MIT 6.824 (2015), Paxos pseudo-code, line 20; PMMC, invariant A2",
    when_off: "Its promise stays as low as it was, and a lower proposal may replace the accepted one.",
    needs: "An acceptor that is asked to accept before it is asked to promise.",
    shape: Shape { servers: &[5], late: &["Accept"], ..Shape::ANY },
    held: "{me} accepts {0}.{1} in slot {2} unasked for a promise: from now on it refuses ballots below",
    overridden: "{me} accepts {0}.{1} in slot {2} and promises nothing by it: it would still accept a lower ballot",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const NACK_TELLS_HIGHER_BALLOT: RuleInfo = RuleInfo {
    key: "nack-tells-higher-ballot",
    words: "An acceptor that refuses tells the sender which ballot it has promised.",
    source: "PMS §2.2, end; PMMC, commander (preempted)",
    when_off: "It keeps silent, and the other waits and guesses.",
    held: "{me} tells {n0} that it has promised {1}.{2}",
    overridden: "{me} does not tell {n0} that it has promised {1}.{2}",
    ..LIVENESS
};

pub(super) const WRITE_BEFORE_ANSWER: RuleInfo = RuleInfo {
    key: "write-before-answer",
    words: "An acceptor has its promise or its acceptance on disk before it answers.",
    source: "PMS §2.5",
    promise: "persist-before-send",
    when_off: "It answers at once, while the disk is still writing.",
    needs: "A disk that takes time.",
    shape: Shape { slow_disk: true, ..Shape::ANY },
    held: "{me} answers in {0}.{1} as soon as its disk holds what it says",
    overridden: "{me} answers in {0}.{1} without waiting for its disk",
    ..SAFETY
};

pub(super) const PROMISE_SURVIVES_CRASH: RuleInfo = RuleInfo {
    key: "promise-survives-crash",
    words: "An acceptor that wakes up keeps the promise that it gave before the crash.",
    source: "PMS §2.5",
    promise: "promise-never-goes-back",
    when_off: "It wakes up as if it had promised nothing.",
    needs: "An acceptor that crashes and starts again.",
    shape: Shape { crashes: true, ..Shape::ANY },
    held: "{me} wakes up and keeps its promise of {0}.{1}",
    overridden: "{me} wakes up and has forgotten its promise of {0}.{1}",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const ACCEPTED_SURVIVES_CRASH: RuleInfo = RuleInfo {
    key: "accepted-survives-crash",
    words: "An acceptor that wakes up knows what it accepted before the crash, slot by slot.",
    source: "PMMC, invariant A3; PMS §2.5",
    when_off: "It wakes up as if it had accepted nothing.",
    needs: "An acceptor that crashes and starts again.",
    shape: Shape { crashes: true, ..Shape::ANY },
    held: "{me} wakes up and knows what it accepted, up to slot {0}",
    overridden: "{me} wakes up and has forgotten all that it accepted, up to slot {0}",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const ACCEPT_IN_SLOT_ORDER: RuleInfo = RuleInfo {
    key: "accept-in-slot-order",
    words: "With raft-style-log: a server accepts a slot only if it holds every slot before it.",
    source: "Howard and Mortier, Paxos vs Raft, 2020; Raft §5.3",
    when_off: "It accepts any slot, and its log may have holes.",
    needs: "The option raft-style-log, and a proposal that is lost or overtaken.",
    shape: Shape { options: &[("raft-style-log", 1)], ..Shape::ANY },
    held: "{me} holds all slots up to {1}, so it may accept slot {0}",
    refused: "{me} does not accept slot {0} yet: its log ends at slot {1}",
    overridden: "{me} accepts slot {0}, though its log ends at slot {1}: it has a hole now",
    refused_grade: Grade::Notable,
    ..OPTION
};
