//! Everything that looks on while the playground plays a run: one type, so that the engine is compiled once.

use crate::counts::Counts;
use crate::teller::Teller;
use check::{Checker, Meter};
use protocol::{Command, Fact, Firing, NodeId, Observer, Protocol, Time};
use sim::{Event, Fate, Flight, Operation, Sim, Trace, Watch};

/// The checks and counts that belong to a director, and what is written down about the run, if anything.
pub(crate) struct Lookout<'a> {
    pub(crate) checker: &'a mut Checker,
    pub(crate) counts: &'a mut Counts,
    pub(crate) meter: &'a mut Meter,
    pub(crate) notes: Notes<'a>,
}

/// What is written down while a director plays.
pub(crate) enum Notes<'a> {
    /// Nothing: the run is known and only played again.
    None,
    /// The trace: the run is played for the first time.
    Trace(&'a mut Trace),
    /// One line an event.
    Lines(&'a mut Teller),
}

impl Notes<'_> {
    /// The same notes, lent on.
    pub(crate) fn lend(&mut self) -> Notes<'_> {
        match self {
            Notes::None => Notes::None,
            Notes::Trace(trace) => Notes::Trace(trace),
            Notes::Lines(teller) => Notes::Lines(teller),
        }
    }
}

impl Observer for Lookout<'_> {
    const RULES: bool = true;
    const FACTS: bool = true;

    fn rule(&mut self, node: NodeId, firing: Firing) {
        if let Notes::Trace(trace) = &mut self.notes {
            trace.rule(node, firing);
        }
    }

    fn fact(&mut self, node: NodeId, fact: Fact) {
        self.checker.fact(node, fact);
        self.counts.fact(node, fact);
        if let Notes::Trace(trace) = &mut self.notes {
            trace.fact(node, fact);
        }
    }
}

impl<P: Protocol> Watch<P> for Lookout<'_> {
    fn begin(&mut self, event: &Event) {
        Watch::<P>::begin(self.checker, event);
        match &mut self.notes {
            Notes::None => {}
            Notes::Trace(trace) => Watch::<P>::begin(*trace, event),
            Notes::Lines(teller) => Watch::<P>::begin(*teller, event),
        }
    }

    fn sent(&mut self, flight: &Flight<P::Message>, covered: bool) {
        Watch::<P>::sent(self.checker, flight, covered);
        Watch::<P>::sent(self.counts, flight, covered);
        match &mut self.notes {
            Notes::None => {}
            Notes::Trace(trace) => Watch::<P>::sent(*trace, flight, covered),
            Notes::Lines(teller) => Watch::<P>::sent(*teller, flight, covered),
        }
    }

    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, at: Time) {
        Watch::<P>::ended(self.checker, flight, fate, at);
        Watch::<P>::ended(self.counts, flight, fate, at);
        match &mut self.notes {
            Notes::None => {}
            Notes::Trace(trace) => Watch::<P>::ended(*trace, flight, fate, at),
            Notes::Lines(teller) => Watch::<P>::ended(*teller, flight, fate, at),
        }
    }

    fn wrote(&mut self, node: NodeId, disk: &P::Durable) {
        Watch::<P>::wrote(self.checker, node, disk);
    }

    fn crashed(&mut self, node: NodeId) {
        Watch::<P>::crashed(self.checker, node);
        if let Notes::Trace(trace) = &mut self.notes {
            Watch::<P>::crashed(*trace, node);
        }
    }

    fn booted(&mut self, node: NodeId) {
        Watch::<P>::booted(self.checker, node);
        if let Notes::Trace(trace) = &mut self.notes {
            Watch::<P>::booted(*trace, node);
        }
    }

    fn wiped(&mut self, node: NodeId) {
        Watch::<P>::wiped(self.checker, node);
    }

    fn invoked(&mut self, command: &Command) {
        Watch::<P>::invoked(self.checker, command);
    }

    fn concluded(&mut self, operation: &Operation) {
        Watch::<P>::concluded(self.checker, operation);
        if let Notes::Lines(teller) = &mut self.notes {
            Watch::<P>::concluded(*teller, operation);
        }
    }

    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        Watch::<P>::end(self.checker, event, sim);
        Watch::<P>::end(self.counts, event, sim);
        self.meter.look(event, sim, self.checker.chosen().len());
        match &mut self.notes {
            Notes::None => {}
            Notes::Trace(trace) => trace.end(event, sim),
            Notes::Lines(teller) => teller.end(event, sim),
        }
    }
}
