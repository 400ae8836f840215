//! The checker itself: what it remembers, what it is asked, and what it hears.

use crate::clients::Clients;
use crate::invariant::{Invariant, Made};
use crate::log::Entry;
use crate::orders::Orders;
use crate::shelf::{NONE, Shelf};
use crate::since::Since;
use crate::slots::{Acceptance, Proposal};
use crate::term::{Leadership, Vote};
use crate::violation::{Chosen, Moment, Violation, Witness};
use protocol::{
    ClientId, Command, Dialect, Durable, Fact, Firing, Index, Message, NodeId, Observer, Protocol,
    Requirement, Term, Time,
};
use sim::{Addr, Body, Chunks, Event, Fate, Flight, Operation, Sim, Watch};
use std::sync::Arc;

/// What the checker knows about one server.
#[derive(Clone, Debug)]
pub(crate) struct Ghost {
    /// The term that it leads, while it leads.
    pub(crate) leads: Option<Term>,
    pub(crate) commit: Index,
    /// When it learned that.
    pub(crate) committed_in: Moment,
    /// What it applied last since it booted.
    pub(crate) applied: Index,
    /// The last entry of its log in memory, and of the log on its disk; [`NONE`] for an empty log.
    pub(crate) tip: u32,
    pub(crate) disk_tip: u32,
    /// The highest term that it has entered, and the highest that a crash does not take from it.
    pub(crate) entered: (Term, Moment),
    pub(crate) kept: (Term, Moment),
    /// Terms that it has entered and that are neither on its disk nor in a message that has left.
    pub(crate) unsynced_terms: Vec<(Term, Moment)>,
    /// Its votes, in order; those that a crash may still undo apart.
    pub(crate) votes: Chunks<Vote>,
    pub(crate) unsynced_votes: Vec<Vote>,
    pub(crate) highest_vote: Term,
    /// What it accepted in memory only, by number in [`Checker::accepted`].
    pub(crate) unsynced: Vec<u32>,
}

impl Ghost {
    fn new() -> Ghost {
        Ghost {
            leads: None,
            commit: 0,
            committed_in: Moment::default(),
            applied: 0,
            tip: NONE,
            disk_tip: NONE,
            entered: Default::default(),
            kept: Default::default(),
            unsynced_terms: Vec::new(),
            votes: Chunks::default(),
            unsynced_votes: Vec::new(),
            highest_vote: Term::default(),
            unsynced: Vec::new(),
        }
    }

    /// What a crash leaves.
    fn crash(&mut self) {
        self.leads = None;
        self.commit = 0;
        self.applied = 0;
        self.tip = self.disk_tip;
        self.entered = self.kept;
        self.unsynced_terms.clear();
        self.unsynced_votes.clear();
        self.unsynced.clear();
    }
}

/// What a server applied first at an index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Applied {
    pub(crate) content: u64,
    pub(crate) node: NodeId,
    pub(crate) moment: Moment,
}

/// Checks a run's promises as it happens. `Clone` is cheap: see [`Chunks`].
#[derive(Clone, Debug)]
pub struct Checker {
    pub(crate) dialect: &'static Dialect,
    pub(crate) made: Made,
    pub(crate) now: Moment,
    pub(crate) ghosts: Vec<Ghost>,
    /// Servers that booted in this event: their logs are looked up at its end.
    pub(crate) booted: Vec<NodeId>,
    /// Every entry that ever stood in a log.
    pub(crate) entries: Shelf<Entry>,
    /// For each index from 0, what was applied there first.
    pub(crate) applied: Chunks<Option<Applied>>,
    pub(crate) submitted: Chunks<Command>,
    pub(crate) leaderships: Chunks<Leadership>,
    pub(crate) highest_led: Term,
    /// Every proposal, and every acceptance, of a protocol with slots.
    pub(crate) proposals: Shelf<Proposal>,
    pub(crate) accepted: Shelf<Acceptance>,
    pub(crate) orders: Orders,
    pub(crate) chosen: Chunks<Chosen>,
    /// The same places as in `chosen`: the term in which each was committed, and by whom.
    pub(crate) committers: Chunks<Leadership>,
    pub(crate) clients: Clients,
    pub(crate) since: Since,
    pub(crate) violations: Arc<Vec<Violation>>,
}

impl Checker {
    /// A checker of a run that has not begun, of a cluster of so many servers. It checks the promises that the
    /// dialect lists and no others.
    pub fn new(dialect: &'static Dialect, servers: u8) -> Checker {
        Checker {
            dialect,
            made: Made::by(dialect),
            now: Moment::default(),
            ghosts: vec![Ghost::new(); usize::from(servers)],
            booted: Vec::new(),
            entries: Shelf::default(),
            applied: Chunks::default(),
            submitted: Chunks::default(),
            leaderships: Chunks::default(),
            highest_led: Term::default(),
            proposals: Shelf::default(),
            accepted: Shelf::default(),
            orders: Orders::default(),
            chosen: Chunks::default(),
            committers: Chunks::default(),
            clients: Clients::default(),
            since: Since::default(),
            violations: Arc::default(),
        }
    }

    /// The keys of the promises that are checked: all that the dialect lists, or it lists one that nobody can check.
    pub fn promises(&self) -> impl Iterator<Item = &'static str> {
        self.made.keys()
    }

    /// Every broken promise, in the order of the events. Of the violations of one promise by the same servers only
    /// the first is kept.
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// The violations of a run's first `position` events.
    pub fn violations_up_to(&self, position: u32) -> &[Violation] {
        let end = self.violations.partition_point(|violation| violation.position < position);
        &self.violations[..end]
    }

    /// The first broken promise.
    pub fn first(&self) -> Option<&Violation> {
        self.violations.first()
    }

    /// True unless the promise with this key has been broken.
    pub fn holds(&self, key: &str) -> bool {
        self.violations.iter().all(|violation| violation.promise != key)
    }

    /// The places of the log that are done for good, in the order in which that happened. In a protocol without
    /// slots that is index 1, 2, 3, …
    pub fn chosen(&self) -> &Chunks<Chosen> {
        &self.chosen
    }

    pub(crate) fn ghost(&mut self, node: NodeId) -> &mut Ghost {
        &mut self.ghosts[node.slot()]
    }

    pub(crate) fn is_broken(&self, promise: Invariant) -> bool {
        self.made.key(promise).is_some_and(|key| !self.holds(key))
    }

    /// Notes a violation, unless the same servers have broken the same promise before. The words are made only then.
    pub(crate) fn broke<W: Into<Witness>>(
        &mut self,
        promise: Invariant,
        node: NodeId,
        other: NodeId,
        words: impl FnOnce(&Checker) -> (String, [W; 2]),
    ) {
        self.look(&[promise]);
        let Some(promise) = self.made.key(promise) else { return };
        let pair = (node.min(other), node.max(other));
        let same = |known: &Violation| {
            known.promise == promise && (known.node.min(known.other), known.node.max(known.other)) == pair
        };
        if self.violations.iter().any(same) {
            return;
        }
        let (text, witnesses) = words(self);
        let Moment { position, at } = self.now;
        let witnesses = witnesses.map(Into::into);
        let violation = Violation { promise, position, at, node, other, text, witnesses };
        Arc::make_mut(&mut self.violations).push(violation);
    }

    /// A content in words.
    pub(crate) fn named(&self, content: u64) -> String {
        match (content, self.submitted.iter().rev().find(|command| command.hash() == content)) {
            (1, _) => "no-op".into(),
            (_, Some(command)) => command.op().to_string(),
            (_, None) => "something unknown".into(),
        }
    }

    /// A term in words: `term 3`.
    pub(crate) fn era(&self, term: Term) -> String {
        format!("{} {term}", self.dialect.term)
    }

    /// A place of the log in words: `index 4`.
    pub(crate) fn spot(&self, index: Index) -> String {
        format!("{} {index}", self.dialect.index)
    }

    pub(crate) fn at_event(&mut self, now: Moment) {
        self.now = now;
    }

    pub(crate) fn on_crashed(&mut self, node: NodeId) {
        self.ghost(node).crash();
    }

    /// A server without its disk is a new one under an old name: nothing that the old one promised binds it. What
    /// that breaks shows in the other promises.
    pub(crate) fn on_wiped(&mut self, node: NodeId) {
        let before = std::mem::replace(self.ghost(node), Ghost::new());
        self.check_durability(node, before.disk_tip);
    }

    pub(crate) fn on_invoked(&mut self, command: &Command) {
        self.submitted.push(command.clone());
        self.note_asked(command);
        if command.client() == ClientId::EARLIER {
            // It asked before the run began, and never heard an answer.
            self.on_asked(command);
        }
    }

    pub(crate) fn on_fact(&mut self, node: NodeId, fact: Fact) {
        self.look_at(&fact);
        match fact {
            Fact::TermAdopted { term } => self.on_term(node, term),
            Fact::Supported { term, node: candidate } => self.on_supported(node, term, candidate),
            Fact::Led { term } => self.on_led(node, term),
            Fact::Appended { index, term, content, .. } if self.dialect.slots => {
                self.on_accepted(node, index, term, content);
            }
            Fact::Appended { index, term, hash, content } => {
                self.on_appended(
                    node,
                    Entry { index, term, hash, content, before: NONE, node, moment: self.now },
                );
            }
            Fact::Truncated { from } => self.on_truncated(node, from),
            Fact::Proposed { term, index, content } => {
                self.on_proposed(node, term, index, content);
                self.note_proposal(node, term, index, content);
            }
            Fact::Committed { index, leading } => self.on_committed(node, index, leading),
            Fact::Applied { index, content } => self.on_applied(node, index, content),
            Fact::Ran { index, client, seq } => self.on_ran(node, index, client, seq),
            // Who was counted is for the picture: a leader may count wrongly, so the checks count for themselves.
            Fact::Counted { .. } => {}
        }
    }

    /// A write reached a disk. `covers` asks the disk; `end` is the end of its log, if the protocol tells.
    pub(crate) fn on_wrote(
        &mut self,
        node: NodeId,
        covers: impl Fn(&Requirement) -> bool,
        end: Option<(Index, u64)>,
    ) {
        self.keep_terms(node, |term| covers(&Requirement { term, ..Requirement::default() }));
        self.keep_votes(node, |vote| {
            let supported = Some(vote.candidate);
            covers(&Requirement { term: vote.term, supported, ..Requirement::default() })
        });
        if self.dialect.slots {
            self.keep_accepted(node, covers);
        } else {
            self.keep_log(node, end);
        }
    }

    /// A message left a server.
    pub(crate) fn on_sent(
        &mut self,
        node: NodeId,
        to: Addr,
        kind: u8,
        need: impl Fn() -> Requirement,
        covered: bool,
    ) {
        let ghost = &self.ghosts[node.slot()];
        if covered && ghost.unsynced_terms.is_empty() && ghost.unsynced_votes.is_empty() {
            return;
        }
        let need = need();
        self.keep_terms(node, |term| term <= need.term);
        self.keep_votes(node, |vote| vote.term == need.term && need.supported == Some(vote.candidate));
        if !covered {
            self.sent_too_soon(node, to, kind, &need);
        }
    }

    fn sent_too_soon(&mut self, node: NodeId, to: Addr, kind: u8, need: &Requirement) {
        let other = if let Addr::Server(to) = to { to } else { node };
        self.broke(Invariant::PersistBeforeSend, node, other, |checker| {
            let name = checker.dialect.kinds.get(usize::from(kind)).map_or("a message", |kind| kind.name);
            let mut needs = checker.era(need.term);
            if let Some(candidate) = need.supported {
                needs += &format!(", the {} for {candidate}", checker.dialect.support);
            }
            if need.index > 0 {
                let up_to = if checker.dialect.slots { "" } else { "the log up to " };
                needs += &format!(", {up_to}{}", checker.spot(need.index));
            }
            let tells = format!("{name} tells of {needs}");
            let lacks = format!("{node}'s disk did not hold that {}", checker.now);
            (
                format!("{node} sent {name} to {to} before its disk held what that tells"),
                [tells, lacks].map(|text| Witness::of(text).by(node).on(checker.now).of_era(need.term)),
            )
        });
    }
}

impl Observer for Checker {
    const RULES: bool = false;
    const FACTS: bool = true;

    fn rule(&mut self, _: NodeId, _: Firing) {}

    fn fact(&mut self, node: NodeId, fact: Fact) {
        self.on_fact(node, fact);
    }
}

impl<P: Protocol> Watch<P> for Checker {
    fn begin(&mut self, event: &Event) {
        self.at_event(Moment { position: event.position, at: event.at });
    }

    fn sent(&mut self, flight: &Flight<P::Message>, covered: bool) {
        match (flight.from, &flight.body) {
            (Addr::Server(node), Body::Protocol(message)) => {
                self.look(&[Invariant::PersistBeforeSend]);
                self.on_sent(node, flight.to, message.kind(), || message.requirement(), covered);
            }
            (_, Body::Request(command)) => self.on_asked(command),
            _ => {}
        }
    }

    fn ended(&mut self, flight: &Flight<P::Message>, _: Fate, _: Time) {
        if let (Addr::Server(node), Addr::Client(_)) = (flight.from, flight.to) {
            self.on_answer(node);
        }
    }

    fn concluded(&mut self, operation: &Operation) {
        self.on_concluded(operation);
    }

    fn wrote(&mut self, node: NodeId, disk: &P::Durable) {
        self.on_wrote(node, |need| disk.covers(need), disk.log_end());
    }

    fn crashed(&mut self, node: NodeId) {
        self.on_crashed(node);
    }

    fn booted(&mut self, node: NodeId) {
        self.booted.push(node);
    }

    fn wiped(&mut self, node: NodeId) {
        self.on_wiped(node);
    }

    fn invoked(&mut self, command: &Command) {
        self.on_invoked(command);
    }

    fn end(&mut self, _: &Event, sim: &Sim<P>) {
        while let Some(node) = self.booted.pop() {
            let core = sim.machines().get(node.slot()).and_then(|machine| machine.core.as_ref());
            if let Some(status) = core.map(Protocol::status) {
                self.on_booted(node, status.last, status.log_hash);
            }
        }
    }
}
