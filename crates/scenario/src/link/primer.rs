//! The example from which every coder learns before it writes or reads.
//!
//! It is frozen with format version 1, for both sides must have learned the same. It is read with words of its own,
//! so that it knows no protocol.

use super::coder::Coder;
use super::places::COUNT;
use protocol::{
    Channel, Dialect, Family, KindInfo, OptionInfo, OptionKind, RoleInfo, RoleKind, RuleInfo, TimerInfo,
};

const EXAMPLE: &str = include_str!("primer.scenario");

/// A coder that has learned from the example.
pub(super) fn primed<'a>() -> Coder<'a> {
    let mut coder = Coder::new(COUNT);
    // A test holds that the example can be read.
    if let Ok(example) = crate::parse(EXAMPLE, &|_| Some(&WORDS)) {
        ["raft", "paxos", "zab"].iter().for_each(|protocol| coder.put_protocol(protocol));
        coder.put_scenario(&example, &WORDS);
    }
    coder
}

const fn kind(name: &'static str) -> KindInfo {
    KindInfo { name, family: Family::Propose, reply: false }
}

const fn timer(key: &'static str) -> TimerInfo {
    TimerInfo { key, name: "", ring: false }
}

const fn option(key: &'static str) -> OptionInfo {
    OptionInfo { key, words: "", source: "", kind: OptionKind::Flag, default: 0 }
}

static WORDS: Dialect = Dialect {
    key: "example",
    name: "the example",
    term: "",
    index: "",
    committed: "",
    support: "",
    leads: "",
    finds_leader: true,
    no_sync: "",
    channel: Channel::Reorderable,
    slots: false,
    roles: &[
        RoleInfo { name: "Follower", kind: RoleKind::Idle },
        RoleInfo { name: "Candidate", kind: RoleKind::Seeking },
        RoleInfo { name: "Leader", kind: RoleKind::Leading },
    ],
    timers: &[timer("first"), timer("second")],
    kinds: &[kind("Ask"), kind("AskReply"), kind("Tell"), kind("TellReply")],
    options: &[option("one"), option("two")],
    paces: &[],
    rules: &RULES,
    promises: &[],
    declines: &[],
    presets: None,
};

const fn rule(key: &'static str) -> RuleInfo {
    RuleInfo {
        key,
        words: "",
        source: "",
        kind: protocol::RuleKind::Safety,
        promise: "",
        when_off: "",
        needs: "",
        shape: protocol::Shape::ANY,
        held: "",
        refused: "",
        overridden: "",
        held_grade: protocol::Grade::Routine,
        refused_grade: protocol::Grade::Routine,
    }
}

static RULES: [RuleInfo; 4] = [rule("one"), rule("two"), rule("three"), rule("four")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_read() {
        let read = crate::parse(EXAMPLE, &|_| Some(&WORDS));
        assert!(read.is_ok(), "{}", read.map_or_else(|error| error.to_string(), |_| String::new()));
    }
}
