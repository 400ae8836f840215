//! Pre-vote (dissertation §9.6) and leader stickiness (Raft §6; dissertation §4.2.3).

use super::{LIVENESS, OPTION};
use protocol::{Grade, RuleInfo, Shape};

pub(super) const ASK_BEFORE_STANDING: RuleInfo = RuleInfo {
    key: "ask-before-standing",
    words: "A server asks whether a majority would vote for it before it starts an election.",
    source: "dissertation §9.6",
    when_off: "It starts the election at once, and its new term deposes a leader that works.",
    needs: "the option `pre-vote`",
    shape: Shape { options: &[("pre-vote", 1)], ..Shape::ANY },
    held: "{me} first asks whether it would win: its term and its vote stay as they are.",
    overridden: "{me} starts an election without asking whether it could win.",
    held_grade: Grade::Notable,
    ..OPTION
};

pub(super) const NO_PRE_VOTE_WHILE_LED: RuleInfo = RuleInfo {
    key: "no-pre-vote-while-led",
    words: "A server that has just heard from a leader would not vote for another.",
    source: "dissertation §9.6, §4.2.3",
    when_off: "It encourages a server that merely cannot hear the leader.",
    needs: "the option `pre-vote`",
    shape: Shape { options: &[("pre-vote", 1)], ..Shape::ANY },
    held: "{me} knows of no leader that is alive, so it would vote for {n0} if the logs allow.",
    refused: "{me} would not vote for {n0}: {n1} leads and was heard just now.",
    overridden: "{me} would vote for {n0}, although {n1} leads and was heard just now.",
    ..OPTION
};

pub(super) const REFUSAL_CARRIES_TERM: RuleInfo = RuleInfo {
    key: "refusal-carries-term",
    words: "A server that refuses a pre-vote tells its own term, so that an asker that is behind can catch up.",
    source: "dissertation §9.6; etcd issue 8501",
    when_off: "The asker never learns that its term is too old, and asks for ever.",
    needs: "the option `pre-vote`",
    shape: Shape { options: &[("pre-vote", 1)], ..Shape::ANY },
    held: "{me}'s refusal tells {n0} of term {1}.",
    overridden: "{me}'s refusal does not tell {n0} of term {1}.",
    ..LIVENESS
};

pub(super) const IGNORE_CANDIDATES_WHILE_LED: RuleInfo = RuleInfo {
    key: "ignore-candidates-while-led",
    words: "A server that has just heard from a leader ignores candidates, and does not adopt their terms.",
    source: "Raft §6; dissertation §4.2.3",
    when_off: "It takes the candidate's term, and with that its leader is deposed.",
    needs: "the option `leader-stickiness`",
    shape: Shape { options: &[("leader-stickiness", 1)], ..Shape::ANY },
    refused: "{me} ignores {n0}, who stands for election in term {2}: {n1} leads and was heard just now.",
    overridden: "{me} listens to {n0}, who stands for election in term {2}, although {n1} leads and was heard \
                 just now.",
    ..OPTION
};
