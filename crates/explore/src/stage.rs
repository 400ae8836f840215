//! Where a schedule is played: the cluster, its checks, and the eyes that see which rules speak.

use crate::moves::{self, Letter, Move};
use crate::shape::Clock;
use check::{Checker, Violation};
use protocol::{
    Channel, Command, Fact, Firing, Index, NodeId, Observer, Protocol, Span, Term, Verdict, is_majority,
};
use sim::{Action, Config, Event, Fate, Filter, Flight, Operation, Sim, Watch};

/// What looks on while a schedule is played.
#[derive(Clone, Debug)]
pub(crate) struct Eyes {
    pub(crate) checker: Checker,
    /// How often a rule that is off would have spoken.
    pub(crate) overridden: u32,
    /// When one first would have: at which server, and what it would have said.
    pub(crate) first_overridden: Option<(NodeId, Firing)>,
    /// Where one last would have.
    pub(crate) last_overridden: Option<NodeId>,
    /// How much has happened that matters to the whole cluster: a leader, a vote, a commit, an entry that went.
    pub(crate) weighty: u32,
    /// How much has happened that changes what a server says or has on its disk, whatever it is.
    pub(crate) notable: u32,
    /// Who led first.
    pub(crate) first_leader: Option<NodeId>,
    /// Who has led: bit 0 for n1.
    pub(crate) led: u32,
    /// How often a server came to lead in a term in which another had votes as well.
    pub(crate) rivalled: u32,
    /// Who was voted for, in which term.
    votes: Vec<(Term, NodeId)>,
    /// In a protocol with slots: what each server accepted last, by slot.
    accepted: Option<Vec<(NodeId, Index, u64)>>,
    /// What rules said, by rule: how often each held, and how often it refused. Empty unless somebody counts.
    pub(crate) spoke: Vec<[u32; 2]>,
    /// Facts that a tally asks for.
    pub(crate) facts: Vec<(NodeId, Fact)>,
}

impl Eyes {
    /// How often a rule that is off would have spoken, and how much has happened.
    pub(crate) fn spoken(&self) -> (u32, u32) {
        (self.overridden, self.weighty)
    }

    /// Which servers (bit 0 for n1) accepted a content for a slot, and nothing else since.
    fn holding(&self, slot: Index, content: u64) -> u32 {
        let accepted = self.accepted.iter().flatten();
        let holders = accepted.filter(|(_, index, value)| (*index, *value) == (slot, content));
        holders.fold(0, |set, (node, ..)| set | 1 << node.slot())
    }
}

/// True for what matters to the whole cluster.
pub(crate) fn weighs(fact: &Fact) -> bool {
    match fact {
        Fact::Led { .. } | Fact::Truncated { .. } | Fact::Supported { .. } => true,
        Fact::Committed { leading, .. } => *leading,
        _ => false,
    }
}

impl Observer for Eyes {
    const RULES: bool = true;
    const FACTS: bool = true;

    fn rule(&mut self, node: NodeId, firing: Firing) {
        match (firing.verdict, self.spoke.get_mut(usize::from(firing.rule.0))) {
            (Verdict::Overridden, _) => {
                self.overridden += 1;
                self.notable += 1;
                self.last_overridden = Some(node);
                self.first_overridden.get_or_insert((node, firing));
            }
            (verdict, Some(counts)) => counts[usize::from(verdict == Verdict::Refused)] += 1,
            _ => {}
        }
    }

    fn fact(&mut self, node: NodeId, fact: Fact) {
        self.checker.fact(node, fact);
        match fact {
            Fact::Led { term } => {
                let rival = |(of, voted): &(Term, NodeId)| *of == term && *voted != node;
                self.rivalled += u32::from(self.votes.iter().any(rival));
                self.first_leader.get_or_insert(node);
                self.led |= 1 << node.slot();
            }
            Fact::Supported { term, node: voted } if !self.votes.contains(&(term, voted)) => {
                self.votes.push((term, voted));
            }
            _ => {}
        }
        if let (Some(accepted), Fact::Appended { index, content, .. }) = (&mut self.accepted, fact) {
            accepted.retain(|(other, slot, _)| (*other, *slot) != (node, index));
            accepted.push((node, index, content));
        }
        self.weighty += u32::from(weighs(&fact));
        self.notable += 1;
        if !self.spoke.is_empty() {
            self.facts.push((node, fact));
        }
    }
}

impl<P: Protocol> Watch<P> for Eyes {
    fn begin(&mut self, event: &Event) {
        Watch::<P>::begin(&mut self.checker, event);
    }
    fn sent(&mut self, flight: &Flight<P::Message>, covered: bool) {
        Watch::<P>::sent(&mut self.checker, flight, covered);
    }
    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, at: protocol::Time) {
        Watch::<P>::ended(&mut self.checker, flight, fate, at);
    }
    fn wrote(&mut self, node: NodeId, disk: &P::Durable) {
        self.notable += 1;
        Watch::<P>::wrote(&mut self.checker, node, disk);
    }
    fn crashed(&mut self, node: NodeId) {
        Watch::<P>::crashed(&mut self.checker, node);
    }
    fn booted(&mut self, node: NodeId) {
        Watch::<P>::booted(&mut self.checker, node);
    }
    fn wiped(&mut self, node: NodeId) {
        Watch::<P>::wiped(&mut self.checker, node);
    }
    fn invoked(&mut self, command: &Command) {
        Watch::<P>::invoked(&mut self.checker, command);
    }
    fn concluded(&mut self, operation: &Operation) {
        Watch::<P>::concluded(&mut self.checker, operation);
    }
    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        Watch::<P>::end(&mut self.checker, event, sim);
    }
}

/// A cluster in a schedule's hands. A clone shares its past.
#[derive(Clone, Debug)]
pub(crate) struct Stage<P: Protocol> {
    pub(crate) sim: Sim<P>,
    pub(crate) eyes: Eyes,
    pub(crate) clock: Clock,
    /// How many messages had been sent before the last move: from this number on they are new.
    pub(crate) fresh: u32,
}

impl<P: Protocol> Stage<P> {
    /// A cluster that has just booted.
    pub(crate) fn new(config: &Config, clock: Clock, counts: bool) -> Stage<P> {
        let rules = if counts { P::DIALECT.rules.len() } else { 0 };
        let eyes = Eyes {
            checker: Checker::new(P::DIALECT, config.servers),
            overridden: 0,
            first_overridden: None,
            last_overridden: None,
            first_leader: None,
            led: 0,
            rivalled: 0,
            votes: Vec::new(),
            weighty: 0,
            notable: 0,
            accepted: P::DIALECT.slots.then(Vec::new),
            spoke: vec![[0; 2]; rules],
            facts: Vec::new(),
        };
        let mut stage = Stage { sim: Sim::new(config.clone()), eyes, clock, fresh: 0 };
        stage.sim.step(&mut stage.eyes);
        if clock == Clock::Held {
            for action in holds() {
                // A hold is never refused.
                let _ = stage.sim.act(&action, &mut stage.eyes);
            }
        }
        stage
    }

    /// True if this protocol's channels keep their order. They open and close in time, so its schedules need time.
    pub(crate) const FIFO: bool = matches!(P::DIALECT.channel, Channel::Fifo);

    /// Makes a move. False if it cannot be made, and then nothing has happened.
    pub(crate) fn make(&mut self, step: &Move) -> bool {
        let fresh = self.sim.sent();
        let done = self.try_to(step);
        if done {
            self.fresh = fresh;
        }
        done
    }

    /// Moves the message with a number. False if that cannot be.
    pub(crate) fn move_message(&mut self, id: u32, step: &Move) -> bool {
        let fresh = self.sim.sent();
        let action = self.sim.reference(id).and_then(|message| moves::action_on(step, message));
        let done = action.is_some_and(|action| self.sim.act(&action, &mut self.eyes).is_ok());
        if done {
            self.fresh = fresh;
        }
        done
    }

    fn try_to(&mut self, step: &Move) -> bool {
        if let Move::Wait(span) = step {
            return self.clock != Clock::Still && self.wait(*span);
        }
        let Some(action) = moves::action(&self.sim, step) else { return false };
        // What cannot be done is not even an event here.
        self.sim.check(&action).is_ok() && self.sim.act(&action, &mut self.eyes).is_ok()
    }

    fn wait(&mut self, span: Span) -> bool {
        let end = self.sim.now() + span;
        while self.sim.next_at().is_some_and(|next| next <= end) {
            self.sim.step(&mut self.eyes);
        }
        self.sim.advance(end);
        true
    }

    /// Lets time pass until so many notable things have happened, or (if asked) a rule that is off would have spoken, or
    /// for so long. How long it was; what else is due at that instant has happened, too.
    pub(crate) fn watch(&mut self, things: u32, keen: bool, most: Span) -> Span {
        let (begin, wanted) = (self.sim.now(), self.eyes.notable.saturating_add(things));
        let (end, spoken) = (begin + most, self.eyes.overridden);
        let is_over = |eyes: &Eyes| eyes.notable >= wanted || keen && eyes.overridden > spoken;
        while !is_over(&self.eyes) && self.sim.next_at().is_some_and(|next| next <= end) {
            self.sim.step(&mut self.eyes);
        }
        let over = if is_over(&self.eyes) { self.sim.now() } else { end };
        self.wait(over - self.sim.now());
        over - begin
    }

    /// How near to damage this is: how many promises are broken, and one more if what was committed last, or is chosen
    /// for a slot, is held by too few to stay.
    pub(crate) fn nearness(&self) -> usize {
        self.eyes.checker.violations().len() + usize::from(self.lacking() != 0)
    }

    /// Which servers (bit 0 for n1) lack what was committed last, or is chosen for a slot, if so many do that a majority
    /// may come to know nothing of it; otherwise none.
    pub(crate) fn lacking(&self) -> u32 {
        let (checker, of) = (&self.eyes.checker, self.sim.machines().len());
        let holders = if P::DIALECT.slots {
            checker.chosen().last().map(|chosen| self.eyes.holding(chosen.index, chosen.content))
        } else {
            checker.last_committed_on()
        };
        let thin = holders.filter(|holders| !is_majority(holders.count_ones() as usize, of));
        thin.map_or(0, |holders| !holders & ((1 << of) - 1))
    }

    /// True if a server has accepted something else for the slot that was chosen last.
    pub(crate) fn differs(&self) -> bool {
        let accepted = self.eyes.accepted.iter().flatten();
        let chosen = self.eyes.checker.chosen().last();
        chosen.is_some_and(|chosen| {
            accepted.clone().any(|(_, slot, value)| *slot == chosen.index && *value != chosen.content)
        })
    }

    /// A move as it is here and now: of the message that its letter finds. Nothing if it finds none.
    pub(crate) fn retell(&self, step: &Move) -> Option<Move> {
        let Some(wanted) = step.letter() else { return Some(step.clone()) };
        let found = self.letter(moves::find(&self.sim, wanted)?)?;
        Some(match step {
            Move::Duplicate(_) => Move::Duplicate(found),
            Move::Drop(_) => Move::Drop(found),
            _ => Move::Deliver(found),
        })
    }

    /// The letter of a message in flight.
    pub(crate) fn letter(&self, id: u32) -> Option<Letter> {
        let flight = self.sim.each_flight().find(|flight| flight.id == id)?;
        Some(moves::letter::<P>(flight))
    }

    /// The first violation of a promise, or of any.
    pub(crate) fn broken(&self, promise: Option<&str>) -> Option<&Violation> {
        let wanted = |violation: &&Violation| promise.is_none_or(|key| violation.promise == key);
        self.eyes.checker.violations().iter().find(wanted)
    }
}

/// With these, time passes without letting anything arrive or ring.
pub(crate) fn holds() -> [Action; 2] {
    [Action::HoldMessages(Filter::default()), Action::HoldTimers(None)]
}
