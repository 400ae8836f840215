//! Raft Fig. 2, *Rules for leaders* (§5.3, §5.4.2).

use super::{LIVENESS, OPTION, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const SEND_HEARTBEATS: RuleInfo = RuleInfo {
    key: "send-heartbeats",
    words: "A leader sends empty AppendEntries when elected, and again at each heartbeat interval.",
    source: "Raft Fig. 2 (leaders); §5.2",
    when_off: "A leader with nothing to replicate stays silent, and its followers elect another.",
    held: "{me} tells all others that it leads term {0}, and goes on doing so.",
    overridden: "{me} leads term {0} but tells nobody.",
    ..LIVENESS
};

pub(super) const NO_OP_AT_TERM_START: RuleInfo = RuleInfo {
    key: "no-op-at-term-start",
    words: "A new leader begins its term with an empty entry, so that older entries can be committed with it.",
    source: "Raft §8; dissertation §6.4",
    when_off: "Entries of earlier terms wait, uncommitted, for the first command of the new term.",
    needs: "the option `no-op`",
    shape: Shape { options: &[("no-op", 1)], ..Shape::ANY },
    held: "{me} begins term {0} with an empty entry.",
    overridden: "{me} begins term {0} without an entry of its own: what older terms left waits for the next command.",
    ..OPTION
};

pub(super) const BACK_UP_AND_RETRY: RuleInfo = RuleInfo {
    key: "back-up-and-retry",
    words: "A leader whose entries do not fit a follower's log tries again from an earlier index.",
    source: "Raft Fig. 2 (leaders); §5.3",
    when_off: "It gives up on the follower, whose log stays behind for the whole term.",
    held: "{me} goes back for {n0}, whose log is not like its own at entry {1}: the next try begins with entry {2}.",
    overridden: "{me} leaves {n0} as it is, although their logs do not match at {1}.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const RESEND_UNTIL_STORED: RuleInfo = RuleInfo {
    key: "resend-until-stored",
    words: "A leader sends entries again and again until the follower has stored them.",
    source: "Raft §5.3",
    when_off: "It sends entries once; what the network loses stays lost until the next command.",
    needs: "a network that loses messages, or a crash",
    held: "{me} sends {n0} the entries from {1} on again: {n0} does not have them yet.",
    overridden: "{me} does not send {n0} the entries from {1} on again, although {n0} does not have them.",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const CONFIRMATIONS_OF_THIS_TERM_ONLY: RuleInfo = RuleInfo {
    key: "confirmations-of-this-term-only",
    words: "A leader drops confirmations that were given in an earlier term.",
    source: "Raft §5.1, §5.3",
    promise: "leader-completeness",
    when_off: "It counts entries that the follower has deleted since.",
    needs: "a leader that has lost the entries that were confirmed: they were overwritten, or not yet on its disk when \
            it crashed",
    shape: Shape {
        servers: &[3],
        options: &[("no-op", 0), ("pre-vote", 0), ("leader-stickiness", 0)],
        late: &["AppendEntriesReply"],
        slow_disk: true,
        crashes: true,
        ..Shape::ANY
    },
    refused: "{me} drops {n0}'s confirmation from term {1}: it is now term {2}, and {n0}'s log may have changed.",
    overridden: "{me} counts {n0}'s confirmation from term {1}, although it is now term {2}.",
    ..SAFETY
};

pub(super) const COUNT_WHAT_WAS_SENT: RuleInfo = RuleInfo {
    key: "count-what-was-sent",
    words: "A confirmation counts for the entries that its request spoke about, and for no later ones.",
    source: "Raft Fig. 2 (leaders); §5.3",
    promise: "leader-completeness",
    when_off: "It counts for all that the leader's log holds by then, even entries that were never sent.",
    shape: Shape { late: &["AppendEntriesReply"], ..Shape::ANY },
    held: "{me} takes {n0}'s confirmation for the log up to {1}, not for its own newer entries up to {2}.",
    overridden: "{me} takes {n0}'s confirmation for its whole log up to {2}, although it was given for {1}.",
    ..SAFETY
};

/// Told by hand in `dialect.rs` when a confirmation has come: then `{2}` of `{3}` servers hold the log up to `{1}`.
pub(super) const COUNT_AFTER_CONFIRMATION: RuleInfo = RuleInfo {
    key: "count-after-confirmation",
    words: "A leader counts an entry as stored by a follower when the follower says so, not when it is sent.",
    source: "Raft Fig. 2 (matchIndex); §5.3",
    promise: "leader-completeness",
    when_off: "Sending counts as storing, even if the message is lost.",
    held: "{me} sends {n0} its log up to {1} and waits for the answer.",
    overridden: "{me} counts its log up to {1} as stored by {n0}, although it has only just sent it.",
    ..SAFETY
};

pub(super) const REFUSAL_CONFIRMS_NOTHING: RuleInfo = RuleInfo {
    key: "refusal-confirms-nothing",
    words: "A follower's refusal tells a leader where to look, not what the follower has stored.",
    source: "Raft Fig. 2 (matchIndex); §5.3",
    promise: "leader-completeness",
    when_off: "The hint in a refusal counts as a confirmation of all entries before it.",
    needs: "the option `backtracking length-hint`: then the hint is the length of the follower's log",
    shape: Shape { options: &[("backtracking", 1)], ..Shape::ANY },
    held: "{me} takes {n0}'s refusal as a hint where to look, not as proof that {n0} holds its log up to {1}.",
    overridden: "{me} takes {n0}'s refusal as proof that {n0} holds its log up to {1}.",
    ..SAFETY
};

pub(super) const COUNT_ITSELF_WHEN_DURABLE: RuleInfo = RuleInfo {
    key: "count-itself-when-durable",
    words: "A leader counts itself among the holders of an entry only when the entry is on its own disk.",
    source: "dissertation §10.2.1",
    promise: "leader-completeness",
    when_off: "It counts itself at once, so that a majority may hold an entry on one disk too few.",
    needs: "a disk that takes time",
    shape: Shape { slow_disk: true, crashes: true, ..Shape::ANY },
    held: "{me} has its log up to {0} on disk and counts itself among the holders.",
    refused: "{me} counts itself only up to entry {0}: its disk is still writing the entries up to {1}.",
    overridden: "{me} counts itself up to entry {1}, although its disk has only {0} so far.",
    refused_grade: Grade::Routine,
    ..SAFETY
};

pub(super) const COMMIT_OWN_TERM_ONLY: RuleInfo = RuleInfo {
    key: "commit-own-term-only",
    words: "A leader commits by counting holders only an entry of its own term; with it, all entries before it.",
    source: "Raft Fig. 2 (leaders); §5.4.2, Fig. 8",
    promise: "leader-completeness",
    when_off: "It commits any entry that a majority holds, although a later leader may still overwrite it.",
    shape: Shape { options: &[("no-op", 0)], ..Shape::ANY },
    held: "{me} commits entry {0}: a majority holds it, and it is of {me}'s own term {2}.",
    refused: "{me} does not commit entry {0}, though a majority holds it: it is of term {1}, and {me} leads term {2}.",
    overridden: "{me} commits entry {0} because a majority holds it, although it is of term {1} and {me} leads \
                 term {2}.",
    held_grade: Grade::Turning,
    ..SAFETY
};

pub(super) const LOOK_PAST_OLD_TERMS: RuleInfo = RuleInfo {
    key: "look-past-old-terms",
    words: "A leader looks for an entry to commit beyond uncommitted entries of older terms.",
    source: "Raft Fig. 2 (leaders); §5.4.2",
    when_off: "The first uncommitted entry of an older term stops the search, and nothing is committed ever after.",
    held: "With entry {0} {me} commits the older ones from {1} on, of which the first is of term {2}.",
    overridden: "{me} does not get past entry {1}: it is of term {2}, so {me} never looks at its own entry {0}.",
    held_grade: Grade::Notable,
    ..LIVENESS
};
