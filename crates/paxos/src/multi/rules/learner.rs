//! The learner's rules: what is enough to call a slot decided.

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const MAJORITY: RuleInfo = RuleInfo {
    key: "majority",
    words: "More than half of the servers are needed, so that any two such groups share one.",
    source: "PMS §2.2",
    when_off: "Half of the servers are enough.",
    needs: "An even number of servers.",
    shape: Shape { servers: &[4], ..Shape::ANY },
    held: "{0} of {1} servers are a majority",
    refused: "{0} of {1} servers are only half: the other half could do the same. {2} are needed",
    overridden: "{0} of {1} servers are only half, and {me} takes them for enough",
    ..SAFETY
};

pub(super) const DECIDE_ON_MAJORITY: RuleInfo = RuleInfo {
    key: "decide-on-majority",
    words: "A slot is decided only when a majority has accepted a value there in the same ballot.",
    source: "PMMC, commander; PMS §2.2 and §2.3",
    when_off: "One acceptor is taken for enough.",
    held: "{0} servers have accepted {2}.{3} in slot {1}: the slot is decided, and {me} knows it",
    refused: "{me}'s count of those who accepted {2}.{3} in slot {1} is {0}: not enough yet",
    overridden: "{me}'s count of those who accepted {2}.{3} in slot {1} is {0}, and it takes that for enough",
    held_grade: Grade::Turning,
    refused_grade: Grade::Routine,
    ..SAFETY
};

pub(super) const COUNT_PER_BALLOT: RuleInfo = RuleInfo {
    key: "count-per-ballot",
    words: "Acceptances in a slot are counted for each ballot alone, never together.",
    source: "PMMC, commander; PMS §2.2 and §2.3",
    when_off: "Whoever has accepted anything in a slot counts for the proposal that was heard of first.",
    needs: "A learner that hears of two ballots, most easily with accepted-to-all.",
    shape: Shape { options: &[("accepted-to-all", 1)], late: &["Accepted"], ..Shape::ANY },
    held: "{me} counts who accepted {0}.{1} apart from who accepted {2}.{3}",
    overridden: "{me} counts who accepted {0}.{1} together with who accepted {2}.{3}",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const COUNT_ACCEPTORS_ONCE: RuleInfo = RuleInfo {
    key: "count-acceptors-once",
    words: "A majority is counted in acceptors, not in messages: each counts once.",
    source: "PMMC, scout and commander (waitfor); PMS §2.2",
    when_off: "A doubled message counts twice.",
    needs: "Five servers or more, and a message that arrives twice.",
    shape: Shape { servers: &[5], twice: &["Promise"], ..Shape::ANY },
    held: "{me} counts {n0}",
    refused: "{me} has counted {n0} already",
    overridden: "{me} counts {n0} again",
    ..SAFETY
};

pub(super) const DECIDED_IN_LEADERS_BALLOT: RuleInfo = RuleInfo {
    key: "decided-in-leaders-ballot",
    words: "Told only that a slot is decided, a server takes what it accepted there for decided if it is the proposal of \
            the leader that tells.",
    source: "PMMC, invariants A4 and C2",
    when_off: "It takes whatever it accepted there for decided.",
    needs: "A server that accepted what another leader replaced.",
    shape: Shape { late: &["Accept"], ..Shape::ANY },
    held: "Slot {0} is decided, says {n3}; what {me} accepted there is {n3}'s proposal {1}.{2}, so that is it",
    refused: "Slot {0} is decided, says {n3}; but what {me} accepted there is of ballot {1}.{2}, not of {n3}'s",
    overridden: "Slot {0} is decided, says {n3}, and {me} takes its own {1}.{2} there for it",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const CATCH_UP: RuleInfo = RuleInfo {
    key: "catch-up",
    words: "A server that has missed decisions asks the leader for them.",
    source: "PMS §2.3",
    when_off: "It waits, and runs nothing behind the first decision that it missed.",
    needs: "A decision that did not arrive.",
    held: "{me} knows nothing of slot {0}, and {n2} says that all up to slot {1} is decided: it asks",
    overridden: "{me} knows nothing of slot {0}, though {n2} says that all up to slot {1} is decided",
    held_grade: Grade::Notable,
    ..LIVENESS
};
