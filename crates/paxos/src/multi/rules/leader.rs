//! The leader's rules: what PMMC gives to scouts (phase 1) and to commanders (phase 2).

use super::{LIVENESS, OPTION, SAFETY};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const FRESH_BALLOT: RuleInfo = RuleInfo {
    key: "fresh-ballot",
    words: "A server prepares a higher ballot than any that it has used or heard of.",
    source: "PMS §2.5",
    promise: "one-value-a-ballot",
    when_off: "It prepares the highest round that it has seen, which it may have used before.",
    needs: "A leader that crashes and starts again.",
    shape: Shape { slow_disk: true, crashes: true, ..Shape::ANY },
    held: "{me} takes a round above {0}, the highest that it has seen",
    overridden: "{me} takes round {0} again, though it has been used",
    ..SAFETY
};

pub(super) const BALLOTS_ARE_OWNED: RuleInfo = RuleInfo {
    key: "ballots-are-owned",
    words: "Every ballot carries its leader's name, so no two servers ever use the same one.",
    source: "PMMC, ballots; PMS §2.5",
    promise: "one-value-a-ballot",
    when_off: "A ballot is a bare round, and two servers may use the same one.",
    held: "{me} takes ballot {0}.{1}: with its name in it, nobody else can take the same",
    overridden: "{me} takes ballot {0} without its name in it: somebody else may take the same",
    ..SAFETY
};

pub(super) const PROMISE_FOR_THIS_BALLOT: RuleInfo = RuleInfo {
    key: "promise-for-this-ballot",
    words: "A server counts only promises of the ballot that it is preparing.",
    source: "PMMC, scout; PMS §2.2, phase 2 (a)",
    when_off: "It counts late promises of its earlier ballots as well.",
    shape: Shape { late: &["Promise"], ..Shape::ANY },
    held: "The promise is for {2}.{3}, which {me} is preparing",
    refused: "{me} does not count a promise of {0}.{1}: it is preparing {2}.{3} now",
    overridden: "{me} counts a promise of {0}.{1} for its ballot {2}.{3}",
    ..SAFETY
};

pub(super) const PROMISES_BEFORE_ACCEPT: RuleInfo = RuleInfo {
    key: "promises-before-accept",
    words: "A ballot is adopted, and its owner leads, only when a majority has promised it.",
    source: "PMMC, scout (adopted); PMS §2.2, phase 2 (a)",
    when_off: "Its owner leads after the first promise, its own.",
    held: "{me} has {0} promises of {2}.{3}: the ballot is adopted, and {me} leads",
    refused: "{me} has {0} of the {1} promises that {2}.{3} needs, and proposes nothing yet",
    overridden: "{me} leads {2}.{3} with {0} of the {1} promises that it needs",
    held_grade: Grade::Turning,
    refused_grade: Grade::Routine,
    ..SAFETY
};

pub(super) const HIGHEST_BALLOT_WINS: RuleInfo = RuleInfo {
    key: "highest-ballot-wins",
    words: "If the promises report several proposals for a slot, the value of the highest ballot counts.",
    source: "PMMC, leader (pmax); PMS §2.2, P2c",
    when_off: "The value of the lowest ballot counts.",
    needs: "Promises that report two different ballots for one slot.",
    held: "{me} hears of proposals {2}.{3} and {0}.{1} for one slot: the higher, {0}.{1}, counts",
    overridden: "{me} hears of proposals {2}.{3} and {0}.{1} for one slot, and goes by the lower, {2}.{3}",
    held_grade: Grade::Turning,
    ..SAFETY
};

pub(super) const MINORITY_REPORT_COUNTS: RuleInfo = RuleInfo {
    key: "minority-report-counts",
    words: "A proposal counts even if few of the promises report it.",
    source: "PMMC, leader (pmax); PMS §2.2, P2c",
    when_off: "A proposal that less than a majority reports is taken for not chosen, and its slot gets a no-op.",
    held: "Acceptors that report {2}.{3} in slot {1} to {me}: {0}. Others may have accepted it, so it counts",
    overridden: "Acceptors that report {2}.{3} in slot {1} to {me}: only {0}. It puts a no-op there",
    held_grade: Grade::Notable,
    ..SAFETY
};

pub(super) const ADOPT_REPORTED_VALUE: RuleInfo = RuleInfo {
    key: "adopt-reported-value",
    words: "A new leader proposes again, in its own ballot, what the promises report for a slot.",
    source: "PMMC, leader (adopted), invariant C2; PMS §2.2, P2c",
    when_off: "It gives the slot to the next client, whatever the promises report.",
    held: "{me} takes up what {1}.{2} proposed for slot {0}: it may be chosen",
    overridden: "{me} has heard what {1}.{2} proposed for slot {0}, and keeps the slot for its own clients",
    held_grade: Grade::Turning,
    ..SAFETY
};

pub(super) const FILL_HOLES: RuleInfo = RuleInfo {
    key: "fill-holes",
    words: "A new leader fills a slot that nobody reports, and that has others behind it, with a no-op.",
    source: "PMS §3",
    when_off: "It leaves the hole, and nothing behind it can ever run.",
    needs: "A slot whose proposal was lost, and a later one whose proposal was not.",
    held: "Nobody reports anything in slot {0}, but slot {1} is taken: {me} fills the hole with a no-op",
    overridden: "Nobody reports anything in slot {0}, and {me} leaves the hole: what stands behind it cannot run",
    held_grade: Grade::Turning,
    ..LIVENESS
};

pub(super) const ONE_VALUE_A_SLOT: RuleInfo = RuleInfo {
    key: "one-value-a-slot",
    words: "A leader proposes one value for a slot in its ballot, and never a second.",
    source: "PMMC, invariant C1",
    promise: "one-value-a-ballot",
    when_off: "While a slot is not decided, it proposes the next command for the same slot.",
    needs: "Two commands under way at once.",
    held: "{me} has proposed for slot {0} in {1}.{2} already: the next command goes to slot {3}",
    overridden: "{me} proposes a second value for slot {0} in {1}.{2}, instead of going on to slot {3}",
    ..SAFETY
};

pub(super) const WINDOW: RuleInfo = RuleInfo {
    key: "window",
    words: "A leader proposes only so many slots beyond the last one that has run.",
    source: "PMMC, invariant R5",
    when_off: "It proposes whatever it is asked for, at once.",
    needs: "More commands at once than the option `window` says.",
    shape: Shape { options: &[("window", 1)], ..Shape::ANY },
    held: "Slot {0} is within the window of {2} slots from slot {1} on: {me} proposes for it",
    refused: "Slot {0} is past the window of {2} slots from slot {1} on: the command waits",
    overridden: "Slot {0} is past the window of {2} slots from slot {1} on: {me} proposes for it all the same",
    ..OPTION
};

pub(super) const REPEAT_UNTIL_ACCEPTED: RuleInfo = RuleInfo {
    key: "repeat-until-accepted",
    words: "A leader sends a proposal again, at each heartbeat, to those that have not accepted it.",
    source: "PMMC, when Paxos works (messages are sent again until they are answered)",
    when_off: "It sends each proposal once; what the network loses stays lost until the next leader.",
    needs: "A network that loses messages, or a crash.",
    held: "{me} sends {n0} its proposal for slot {1} again: {n0} has not accepted it, as far as {me} knows",
    overridden: "{me} does not send {n0} its proposal for slot {1} again, although nothing came back",
    ..LIVENESS
};

pub(super) const YIELD_TO_HIGHER_BALLOT: RuleInfo = RuleInfo {
    key: "yield-to-higher-ballot",
    words: "A leader that hears of a higher ballot is preempted: it leads no more.",
    source: "PMMC, leader (preempted)",
    when_off: "It goes on, and speaks of decisions of the higher ballot as if they were its own.",
    shape: Shape { late: &["Accept", "Decide", "Heartbeat"], rivals: true, ..Shape::ANY },
    held: "{me} gives up {0}.{1}: it is preempted by {2}.{3}",
    overridden: "{me} keeps {0}.{1}, although it has heard of {2}.{3}",
    held_grade: Grade::Turning,
    ..SAFETY
};

pub(super) const BACK_OFF: RuleInfo = RuleInfo {
    key: "back-off",
    words: "A server that is preempted waits a while, by chance, before it prepares a higher ballot.",
    source: "PMMC, when Paxos works; PMS §2.4",
    when_off: "It tries again after a millisecond, and two servers can keep each other from leading for ever.",
    needs: "Two servers that want to lead.",
    held: "{me} waits a while after {2}.{3} has preempted its {0}.{1}",
    overridden: "{me} hurries to outbid {2}.{3}, which has preempted its {0}.{1}",
    held_grade: Grade::Notable,
    ..LIVENESS
};

pub(super) const LEADER_RESTARTS_TIMER: RuleInfo = RuleInfo {
    key: "leader-restarts-timer",
    words: "A server that hears from a leader prepares no ballot for a while.",
    source: "PMS §3",
    when_off: "Its timer runs on, and it preempts a leader that works well.",
    held: "{me} has heard from {n0}, which leads, and gives it more time",
    overridden: "{me} has heard from {n0}, which leads, and takes no notice",
    ..LIVENESS
};
