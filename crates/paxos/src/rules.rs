//! The rules: what each demands, where it is written down, and what a node does without it.
//!
//! In the order of the paper: the proposer's, the acceptor's, the learner's, and last the one that is about progress.
//! *PMS* is Lamport, *Paxos Made Simple*, 2001.

use protocol::{Grade, RuleId, RuleInfo, RuleKind, Shape};

pub(crate) const FRESH_BALLOT: RuleId = RuleId(0);
pub(crate) const BALLOTS_ARE_OWNED: RuleId = RuleId(1);
pub(crate) const PROMISE_FOR_THIS_BALLOT: RuleId = RuleId(2);
pub(crate) const PROMISES_BEFORE_ACCEPT: RuleId = RuleId(3);
pub(crate) const HIGHEST_BALLOT_WINS: RuleId = RuleId(4);
pub(crate) const MINORITY_REPORT_COUNTS: RuleId = RuleId(5);
pub(crate) const ADOPT_REPORTED_VALUE: RuleId = RuleId(6);
pub(crate) const ONE_PROPOSAL_A_BALLOT: RuleId = RuleId(7);
pub(crate) const PROMISE_HIGHER_ONLY: RuleId = RuleId(8);
pub(crate) const REFUSE_BELOW_PROMISE: RuleId = RuleId(9);
pub(crate) const ACCEPTING_IS_PROMISING: RuleId = RuleId(10);
pub(crate) const NACK_TELLS_HIGHER_BALLOT: RuleId = RuleId(11);
pub(crate) const WRITE_BEFORE_ANSWER: RuleId = RuleId(12);
pub(crate) const PROMISE_SURVIVES_CRASH: RuleId = RuleId(13);
pub(crate) const ACCEPTED_SURVIVES_CRASH: RuleId = RuleId(14);
pub(crate) const MAJORITY: RuleId = RuleId(15);
pub(crate) const DECIDE_ON_MAJORITY: RuleId = RuleId(16);
pub(crate) const COUNT_PER_BALLOT: RuleId = RuleId(17);
pub(crate) const COUNT_ACCEPTORS_ONCE: RuleId = RuleId(18);
pub(crate) const ANSWER_AFTER_DECISION: RuleId = RuleId(19);
pub(crate) const BACK_OFF: RuleId = RuleId(20);

/// What most rows share: a safety rule that always may matter, and whose quiet work is routine.
const SAFETY: RuleInfo = RuleInfo { promise: "agreement", ..RuleInfo::SAFETY };

/// The rules, each at the place that its constant names. A ballot takes two values of a sentence: `{0}.{1}`. A rule
/// that demands instead of forbidding never refuses, and has no sentence for it.
pub(crate) const RULES: &[RuleInfo] = &[
    RuleInfo {
        key: "fresh-ballot",
        words: "A proposer begins with a higher ballot than any that it has used or heard of.",
        source: "PMS §2.5",
        promise: "one-value-a-ballot",
        when_off: "It begins with the highest round that it has seen, which it may have used before.",
        needs: "A proposer that crashes and starts again.",
        shape: Shape { crashes: true, ..Shape::ANY },
        held: "{me} takes a round above {0}, the highest that it has seen",
        overridden: "{me} takes round {0} again, though it has been used",
        ..SAFETY
    },
    RuleInfo {
        key: "ballots-are-owned",
        words: "Every ballot carries its proposer's name, so no two proposers ever use the same one.",
        source: "PMS §2.5",
        promise: "one-value-a-ballot",
        when_off: "A ballot is a bare round, and two proposers may use the same one.",
        held: "{me} takes ballot {0}.{1}: with its name in it, nobody else can take the same",
        overridden: "{me} takes ballot {0} without its name in it: somebody else may take the same",
        ..SAFETY
    },
    RuleInfo {
        key: "promise-for-this-ballot",
        words: "A proposer counts only promises of the ballot that it is preparing.",
        source: "PMS §2.2, phase 2 (a)",
        when_off: "It counts late promises of its earlier ballots as well.",
        shape: Shape { late: &["Promise"], ..Shape::ANY },
        held: "The promise is for {2}.{3}, which {me} is preparing",
        refused: "{me} does not count a promise of {0}.{1}: it is preparing {2}.{3} now",
        overridden: "{me} counts a promise of {0}.{1} for its ballot {2}.{3}",
        ..SAFETY
    },
    RuleInfo {
        key: "promises-before-accept",
        words: "A proposer proposes nothing before a majority has promised its ballot.",
        source: "PMS §2.2, phase 2 (a)",
        when_off: "It proposes after the first promise, its own.",
        held: "{me} has {0} promises of {2}.{3}, which is enough: it may propose",
        refused: "{me} has {0} of the {1} promises that {2}.{3} needs, and proposes nothing yet",
        overridden: "{me} proposes in {2}.{3} with {0} of the {1} promises that it needs",
        held_grade: Grade::Notable,
        refused_grade: Grade::Routine,
        ..SAFETY
    },
    RuleInfo {
        key: "highest-ballot-wins",
        words: "If the promises report several proposals, the value of the highest ballot counts.",
        source: "PMS §2.2, P2c",
        when_off: "The value of the lowest ballot counts.",
        needs: "Promises that report two different ballots.",
        held: "{me} hears of proposals {2}.{3} and {0}.{1}: the higher, {0}.{1}, counts",
        overridden: "{me} hears of proposals {2}.{3} and {0}.{1}, and goes by the lower, {2}.{3}",
        held_grade: Grade::Turning,
        ..SAFETY
    },
    RuleInfo {
        key: "minority-report-counts",
        words: "A proposal counts even if few of the promises report it.",
        source: "PMS §2.2, P2c",
        when_off: "A proposal that less than a majority reports is taken for not chosen.",
        held: "Acceptors that report {2}.{3} to {me}: {0}. Others may have accepted it, so it counts",
        overridden: "Acceptors that report {2}.{3} to {me}: {0} and not {1}. {me} takes it for not chosen",
        held_grade: Grade::Notable,
        ..SAFETY
    },
    RuleInfo {
        key: "adopt-reported-value",
        words: "A proposer proposes the value that the promises report, and its own only if they report none.",
        source: "PMS §2.2, P2c",
        when_off: "It proposes its own value, whatever the promises report.",
        held: "{me} gives up its own value for that of {0}.{1}, which may be chosen, and proposes it in {2}.{3}",
        overridden: "{me} has heard of the value of {0}.{1}, and proposes its own in {2}.{3} all the same",
        held_grade: Grade::Turning,
        ..SAFETY
    },
    RuleInfo {
        key: "one-proposal-a-ballot",
        words: "A proposer proposes one value in a ballot, and never a second.",
        source: "PMS §2.2 and §2.5",
        promise: "one-value-a-ballot",
        when_off: "It proposes the next client's value in the same ballot as well.",
        needs: "Two clients that ask the same server.",
        held: "{me} has proposed in {0}.{1} already: c{2} has to wait",
        overridden: "{me} proposes a second value in {0}.{1}, for c{2}",
        held_grade: Grade::Notable,
        ..SAFETY
    },
    RuleInfo {
        key: "promise-higher-only",
        words: "An acceptor promises no ballot below one that it has promised.",
        source: "PMS §2.2, phase 1 (b)",
        promise: "promise-never-goes-back",
        when_off: "It promises any ballot, and its promise may fall.",
        held: "{me} promises {n2} to refuse ballots below {0}.{1}",
        refused: "{me} does not promise {0}.{1}: it has promised {2}.{3}",
        overridden: "{me} promises {0}.{1} and so takes back its promise of {2}.{3}",
        held_grade: Grade::Notable,
        ..SAFETY
    },
    RuleInfo {
        key: "refuse-below-promise",
        words: "An acceptor accepts no proposal below the ballot that it has promised.",
        source: "PMS §2.2, P1a",
        when_off: "It accepts every proposal.",
        shape: Shape { late: &["Accept"], ..Shape::ANY },
        held: "{me} may accept {0}.{1}: it has promised nothing higher",
        refused: "{me} refuses the proposal {0}.{1}: it has promised {2}.{3}",
        overridden: "{me} accepts the proposal {0}.{1}, though it has promised {2}.{3}",
        refused_grade: Grade::Turning,
        ..SAFETY
    },
    RuleInfo {
        key: "accepting-is-promising",
        words: "An acceptor that accepts a ballot has promised it, even if nobody asked it to promise.",
        source: "MIT 6.824 (2015), Paxos pseudo-code, line 20; left unsaid in PMS §2.2, phase 2 (b)",
        when_off: "Its promise stays as low as it was, and a lower proposal may replace the accepted one.",
        needs: "An acceptor that is asked to accept before it is asked to promise.",
        shape: Shape { servers: &[5], late: &["Accept"], ..Shape::ANY },
        held: "{me} accepts {0}.{1} without having been asked to promise it: from now on it refuses ballots below",
        overridden: "{me} accepts {0}.{1} and promises nothing by it: it would still accept a lower ballot",
        held_grade: Grade::Notable,
        ..SAFETY
    },
    RuleInfo {
        key: "nack-tells-higher-ballot",
        words: "An acceptor that refuses tells the proposer which ballot it has promised.",
        source: "PMS §2.2, end",
        kind: RuleKind::Liveness,
        promise: "",
        when_off: "It keeps silent, and the proposer waits and guesses.",
        held: "{me} tells {n0} that it has promised {1}.{2}",
        overridden: "{me} does not tell {n0} that it has promised {1}.{2}",
        ..SAFETY
    },
    RuleInfo {
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
    },
    RuleInfo {
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
    },
    RuleInfo {
        key: "accepted-survives-crash",
        words: "An acceptor that wakes up knows the proposal that it accepted before the crash.",
        source: "PMS §2.5",
        when_off: "It wakes up as if it had accepted nothing.",
        needs: "An acceptor that crashes and starts again.",
        shape: Shape { crashes: true, ..Shape::ANY },
        held: "{me} wakes up and knows that it accepted {0}.{1}",
        overridden: "{me} wakes up and has forgotten that it accepted {0}.{1}",
        held_grade: Grade::Notable,
        ..SAFETY
    },
    RuleInfo {
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
    },
    RuleInfo {
        key: "decide-on-majority",
        words: "A value is chosen only when a majority has accepted it in the same ballot.",
        source: "PMS §2.2 and §2.3",
        when_off: "One acceptor is taken for enough.",
        held: "{0} servers have accepted {2}.{3}: its value is chosen, and {me} knows it",
        refused: "{me} knows of {0} of the {1} servers that have to accept {2}.{3}",
        overridden: "{me} takes {2}.{3} for chosen after {0} of the {1} servers that have to accept it",
        held_grade: Grade::Turning,
        refused_grade: Grade::Routine,
        ..SAFETY
    },
    RuleInfo {
        key: "count-per-ballot",
        words: "Acceptances are counted for each ballot alone, never together.",
        source: "PMS §2.2 and §2.3",
        when_off: "Whoever has accepted anything counts for the proposal that was heard of first.",
        needs: "A learner that hears of two ballots, most easily with accepted-to-all.",
        held: "{me} counts who accepted {0}.{1} apart from who accepted {2}.{3}",
        overridden: "{me} counts who accepted {0}.{1} together with who accepted {2}.{3}",
        held_grade: Grade::Notable,
        ..SAFETY
    },
    RuleInfo {
        key: "count-acceptors-once",
        words: "A majority is counted in acceptors, not in messages: each counts once.",
        source: "PMS §2.2",
        when_off: "A doubled message counts twice.",
        needs: "Five servers or more, and a message that arrives twice.",
        shape: Shape { servers: &[5], twice: &["Promise"], ..Shape::ANY },
        held: "{me} counts {n0}",
        refused: "{me} has counted {n0} already",
        overridden: "{me} counts {n0} again",
        ..SAFETY
    },
    RuleInfo {
        key: "answer-after-decision",
        words: "A server runs a command and answers for it only once it knows that it is chosen.",
        source: "PMS §2.1 and §3",
        when_off: "It runs the command and answers as soon as it has proposed it.",
        held: "{me} has proposed c{0}'s command but does not answer yet: another value may be chosen",
        overridden: "{me} runs c{0}'s command and answers, though it is only proposed",
        ..SAFETY
    },
    RuleInfo {
        key: "back-off",
        words: "A proposer that meets a higher ballot waits a while, by chance, before it tries again.",
        source: "PMS §2.4",
        kind: RuleKind::Liveness,
        promise: "",
        when_off: "It tries again after a millisecond, and two proposers can keep each other from finishing for ever.",
        needs: "Two proposers.",
        held: "{me} gives up {0}.{1} because of {2}.{3}, and waits a while before it tries again",
        overridden: "{me} gives up {0}.{1} because of {2}.{3}, and hurries to outbid it",
        held_grade: Grade::Notable,
        ..SAFETY
    },
];
