//! The replica's rules: when a command runs, and what its client is told.

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const EXECUTE_IN_SLOT_ORDER: RuleInfo = RuleInfo {
    key: "execute-in-slot-order",
    words: "A server runs the decided commands in the order of slots, and waits where one is missing.",
    source: "PMMC, invariants R2 and R3",
    promise: "ordered-execution",
    when_off: "It runs whatever is decided, and leaves out what is not.",
    needs: "A slot that is decided before an earlier one.",
    shape: Shape { late: &["Accept"], ..Shape::ANY },
    held: "Slot {0} is decided and its turn has come",
    refused: "Slot {0} is decided, but slot {1} is not, as far as {me} knows: its command has to wait",
    overridden: "{me} runs the command of slot {0} and leaves out slot {1}",
    ..SAFETY
};

pub(super) const RUN_EACH_COMMAND_ONCE: RuleInfo = RuleInfo {
    key: "run-each-command-once",
    words: "A command that has run is not run again, even if it is decided in a second slot.",
    source: "PMMC, replica (perform)",
    promise: "exactly-once",
    when_off: "It runs as often as it is decided.",
    needs: "A client that asks twice.",
    shape: Shape { impatient_clients: true, ..Shape::ANY },
    held: "{me} knows command {1} of c{0} already, and does not run it twice",
    overridden: "{me} runs command {1} of c{0} a second time",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const ANSWER_AFTER_EXECUTION: RuleInfo = RuleInfo {
    key: "answer-after-execution",
    words: "A client is answered once its command is decided and has run.",
    source: "PMMC, replica (perform); PMS §3",
    promise: "linearizability",
    when_off: "The leader answers as soon as it has proposed, as if all that it proposed were decided.",
    held: "{me} has proposed c{0}'s command for slot {1} but does not answer yet: another value may be chosen there",
    overridden: "{me} answers c{0}, though its command is only proposed for slot {1}",
    ..SAFETY
};

pub(super) const UNKNOWN_IS_NOT_FAILED: RuleInfo = RuleInfo {
    key: "unknown-is-not-failed",
    words: "A leader that is preempted does not say that what it proposed has failed: it may be chosen yet.",
    source: "PMS §2.2, P2c",
    promise: "linearizability",
    when_off: "It tells the clients that wait that their commands have failed.",
    needs: "A leader that is preempted while clients wait.",
    held: "{me} cannot tell c{0} what becomes of its command: slot {2} is for the next leader to settle",
    overridden: "{me} tells c{0} that its command failed, though it may be chosen for slot {2} yet",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const REDIRECT_WITH_HINT: RuleInfo = RuleInfo {
    key: "redirect-with-hint",
    words: "A server that does not lead tells a client who does, as far as it knows.",
    source: "PMS §3",
    when_off: "The client has to find the leader by trying.",
    held: "{me} sends c{0} to {n1}",
    overridden: "{me} does not tell c{0} that {n1} leads",
    ..LIVENESS
};
