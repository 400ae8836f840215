//! What clients may rely on (Raft §8; dissertation chapter 6).

use super::{LIVENESS, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const REDIRECT_WITH_HINT: RuleInfo = RuleInfo {
    key: "redirect-with-hint",
    words: "A server that does not lead tells a client whom it follows.",
    source: "Raft §8; dissertation §6.2",
    when_off: "It only says that it does not lead, and the client has to guess.",
    held: "{me} sends c{0} on to {n1}, the leader.",
    overridden: "{me} does not tell c{0} that {n1} leads.",
    ..LIVENESS
};

pub(super) const RESPOND_AFTER_APPLYING: RuleInfo = RuleInfo {
    key: "respond-after-applying",
    words: "A leader answers a client when the client's entry is committed and applied, not before.",
    source: "Raft Fig. 2 (leaders); §5.3, §8",
    promise: "linearizability",
    when_off: "It answers as soon as the entry is in its own log, where the next leader may overwrite it.",
    held: "{me} answers c{0}: its command is entry {2}, now committed and applied.",
    overridden: "{me} answers c{0} at once: its command is entry {2}, stored nowhere but here.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const UNKNOWN_IS_NOT_FAILED: RuleInfo = RuleInfo {
    key: "unknown-is-not-failed",
    words: "A leader that steps down does not tell waiting clients that their commands failed: it cannot know.",
    source: "dissertation §6.3",
    promise: "linearizability",
    when_off: "It says \"failed\", although the next leader may still commit the entry.",
    held: "{me} no longer leads and cannot tell c{0} what becomes of entry {2}.",
    overridden: "{me} tells c{0} that its command failed, although the next leader may still commit entry {2}.",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const RUN_EACH_COMMAND_ONCE: RuleInfo = RuleInfo {
    key: "run-each-command-once",
    words: "A command that a client sends again takes effect once.",
    source: "Raft §8; dissertation §6.3",
    promise: "linearizability",
    when_off: "A retry is a new command: it takes effect again.",
    needs: "a client that sends a command again",
    shape: Shape { impatient_clients: true, ..Shape::ANY },
    held: "{me} recognises command {1} of c{0}, which it has already, and does not run it again.",
    overridden: "{me} takes command {1} of c{0} for a new one and runs it again.",
    held_grade: Grade::Notable,
    ..SAFETY
};
