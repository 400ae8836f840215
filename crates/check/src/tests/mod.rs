//! Each promise with facts fed by hand that keep it and facts that break it.

mod clients;
mod disks;
mod logs;
mod orders;
mod rest;
mod safe;
mod slots;
mod terms;

use crate::checker::Checker;
use crate::log::Entry;
use crate::violation::Moment;
use protocol::{
    Channel, ClientId, Command, Dialect, Digest, Fact, Family, Index, KindInfo, NodeId, Op, PromiseInfo,
    Requirement, Term, Time,
};
use sim::Addr;

const fn promise(key: &'static str) -> PromiseInfo {
    PromiseInfo { key, name: "", words: "", source: "" }
}

const BARE: Dialect = Dialect {
    key: "logs",
    name: "Logs",
    term: "term",
    index: "index",
    committed: "committed",
    support: "vote",
    leads: "leads",
    finds_leader: true,
    no_sync: "nobody needs one",
    channel: Channel::Reorderable,
    slots: false,
    roles: &[],
    timers: &[],
    kinds: &[KindInfo { name: "Hello", family: Family::Propose, reply: false }],
    options: &[],
    paces: &[],
    rules: &[],
    promises: &[],
    declines: &[],
    presets: None,
};

/// A protocol with a log.
static LOGS: Dialect = Dialect {
    promises: &[
        promise("election-safety"),
        promise("leader-append-only"),
        promise("log-matching"),
        promise("leader-completeness"),
        promise("state-machine-safety"),
        promise("log-terms-never-decrease"),
        promise("commit-never-goes-back"),
        promise("vote-once-a-term"),
        promise("persist-before-send"),
        promise("validity"),
    ],
    ..BARE
};

/// A protocol with slots.
static SLOTS: Dialect = Dialect {
    term: "ballot",
    index: "slot",
    committed: "chosen",
    support: "promise",
    slots: true,
    promises: &[
        promise("agreement"),
        promise("validity"),
        promise("one-value-a-ballot"),
        promise("promise-never-goes-back"),
        promise("persist-before-send"),
    ],
    ..BARE
};

/// A protocol with a log, of which only what concerns disks is looked at.
static DISKS: Dialect = Dialect {
    promises: &[promise("election-safety"), promise("commit-on-majority"), promise("quorum-durability")],
    ..BARE
};

/// A protocol with a log, of which only what concerns clients is looked at.
static CLIENTS: Dialect = Dialect {
    promises: &[promise("exactly-once"), promise("no-stale-reads"), promise("linearizability")],
    ..BARE
};

/// One whose servers answer reads by themselves.
static LOCAL_READS: Dialect = Dialect { promises: &[promise("session-consistency")], ..BARE };

/// A protocol with slots that wants to hear of a danger early.
static CAREFUL: Dialect = Dialect { promises: &[promise("agreement"), promise("safe-to-propose")], ..SLOTS };

/// A run told by hand: each call is an event of its own, 10 ms after the one before.
struct Run {
    checker: Checker,
    position: u32,
    /// What each server's log holds: term and hash of the prefix.
    logs: Vec<Vec<(u32, u64)>>,
}

/// The command that sets `x` to a number.
fn set(value: u32) -> Command {
    Command::new(ClientId(1), value, Op::Set { key: "x".into(), value: value.to_string().into() })
}

fn term(number: u32) -> Term {
    Term::new(number)
}

fn ballot(round: u32, owner: u8) -> Term {
    Term::owned(round, NodeId(owner))
}

impl Run {
    /// A cluster whose client has asked for `x=1` to `x=3`.
    fn of(dialect: &'static Dialect, servers: u8) -> Run {
        let mut checker = Checker::new(dialect, servers);
        (1..=3).for_each(|value| checker.on_invoked(&set(value)));
        Run { checker, position: 0, logs: vec![Vec::new(); usize::from(servers)] }
    }

    fn event(&mut self) -> &mut Checker {
        self.position += 1;
        self.checker
            .at_event(Moment { position: self.position, at: Time(u64::from(self.position) * 10_000) });
        &mut self.checker
    }

    fn fact(&mut self, node: u8, fact: Fact) {
        self.event().on_fact(NodeId(node), fact);
    }

    fn enters(&mut self, node: u8, term: Term) {
        self.fact(node, Fact::TermAdopted { term });
    }

    fn votes(&mut self, node: u8, term: Term, candidate: u8) {
        self.fact(node, Fact::Supported { term, node: NodeId(candidate) });
    }

    fn leads(&mut self, node: u8, number: u32) {
        self.fact(node, Fact::Led { term: term(number) });
    }

    /// Appends to a server's log an entry of a term that sets `x` to a value.
    fn appends(&mut self, node: u8, number: u32, value: u32) {
        let log = &mut self.logs[usize::from(node) - 1];
        let mut digest = Digest::from(log.last().map_or(0, |(_, hash)| *hash));
        digest.word(number.into());
        digest.word(set(value).hash());
        log.push((number, digest.finish()));
        let (index, hash) = (log.len() as Index, digest.finish());
        self.fact(node, Fact::Appended { index, term: term(number), hash, content: set(value).hash() });
    }

    fn truncates(&mut self, node: u8, from: usize) {
        self.logs[usize::from(node) - 1].truncate(from - 1);
        self.fact(node, Fact::Truncated { from: from as Index });
    }

    fn commits(&mut self, node: u8, index: Index, leading: bool) {
        self.fact(node, Fact::Committed { index, leading });
    }

    fn applies(&mut self, node: u8, index: Index, value: u32) {
        self.fact(node, Fact::Applied { index, content: set(value).hash() });
    }

    fn proposes(&mut self, node: u8, term: Term, value: u32) {
        self.fact(node, Fact::Proposed { term, index: 1, content: set(value).hash() });
    }

    fn accepts(&mut self, node: u8, term: Term, value: u32) {
        let content = set(value).hash();
        self.fact(node, Fact::Appended { index: 1, term, hash: content, content });
    }

    /// All that a server holds reaches its disk.
    fn syncs(&mut self, node: u8) {
        self.syncs_log(node, self.logs[usize::from(node) - 1].len());
    }

    /// So much of a server's log reaches its disk, with all else.
    fn syncs_log(&mut self, node: u8, length: usize) {
        let hash = length.checked_sub(1).map_or(0, |last| self.logs[usize::from(node) - 1][last].1);
        self.event().on_wrote(NodeId(node), |_| true, Some((length as Index, hash)));
    }

    fn crashes(&mut self, node: u8, keeps: usize) {
        let log = &mut self.logs[usize::from(node) - 1];
        log.truncate(keeps);
        let (last, hash) = (log.len() as Index, log.last().map_or(0, |(_, hash)| *hash));
        self.event().on_crashed(NodeId(node));
        self.checker.on_booted(NodeId(node), last, hash);
    }

    fn sends(&mut self, node: u8, need: Requirement, covered: bool) {
        self.event().on_sent(NodeId(node), Addr::Server(NodeId(2)), 0, || need, covered);
    }

    /// Every violation, each with its promise, event, text and witnesses.
    fn told(&self) -> Vec<String> {
        let tell = |violation: &crate::Violation| {
            let [one, other] = &violation.witnesses;
            format!("{} at {}: {}. {one}; {other}.", violation.promise, violation.position, violation.text)
        };
        self.checker.violations().iter().map(tell).collect()
    }

    #[track_caller]
    fn keeps_all(&self) {
        assert_eq!(self.told(), [""; 0]);
    }

    /// The one violation.
    #[track_caller]
    fn breaks(&self, words: &str) {
        assert_eq!(self.told(), [words]);
    }
}

/// An entry's size decides how much a run's memory grows: it is looked at when it changes.
#[test]
fn an_entry_costs_less_than_a_line_of_cache() {
    assert!(size_of::<Entry>() <= 64, "{}", size_of::<Entry>());
}
