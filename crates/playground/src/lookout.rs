//! Everything that looks on while the playground plays a run: one type, so that the engine is compiled once.

#[cfg(feature = "beside")]
use crate::beside::Tally;
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
    /// Counts, for a run that is laid beside others.
    #[cfg(feature = "beside")]
    Tally(&'a mut Tally),
}

impl Notes<'_> {
    /// The same notes, lent on.
    pub(crate) fn lend(&mut self) -> Notes<'_> {
        match self {
            Notes::None => Notes::None,
            Notes::Trace(trace) => Notes::Trace(trace),
            Notes::Lines(teller) => Notes::Lines(teller),
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => Notes::Tally(tally),
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
        match &mut self.notes {
            Notes::Trace(trace) => trace.fact(node, fact),
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => tally.fact(node, fact),
            _ => {}
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
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => Watch::<P>::begin(*tally, event),
        }
    }

    fn sent(&mut self, flight: &Flight<P::Message>, covered: bool) {
        Watch::<P>::sent(self.checker, flight, covered);
        Watch::<P>::sent(self.counts, flight, covered);
        match &mut self.notes {
            Notes::None => {}
            Notes::Trace(trace) => Watch::<P>::sent(*trace, flight, covered),
            Notes::Lines(teller) => Watch::<P>::sent(*teller, flight, covered),
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => Watch::<P>::sent(*tally, flight, covered),
        }
    }

    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, at: Time) {
        Watch::<P>::ended(self.checker, flight, fate, at);
        Watch::<P>::ended(self.counts, flight, fate, at);
        match &mut self.notes {
            Notes::None => {}
            Notes::Trace(trace) => Watch::<P>::ended(*trace, flight, fate, at),
            Notes::Lines(teller) => Watch::<P>::ended(*teller, flight, fate, at),
            #[cfg(feature = "beside")]
            Notes::Tally(_) => {}
        }
    }

    fn wrote(&mut self, node: NodeId, disk: &P::Durable) {
        Watch::<P>::wrote(self.checker, node, disk);
        #[cfg(feature = "beside")]
        if let Notes::Tally(tally) = &mut self.notes {
            Watch::<P>::wrote(*tally, node, disk);
        }
    }

    fn crashed(&mut self, node: NodeId) {
        Watch::<P>::crashed(self.checker, node);
        match &mut self.notes {
            Notes::Trace(trace) => Watch::<P>::crashed(*trace, node),
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => Watch::<P>::crashed(*tally, node),
            _ => {}
        }
    }

    fn booted(&mut self, node: NodeId) {
        Watch::<P>::booted(self.checker, node);
        match &mut self.notes {
            Notes::Trace(trace) => Watch::<P>::booted(*trace, node),
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => Watch::<P>::booted(*tally, node),
            _ => {}
        }
    }

    fn wiped(&mut self, node: NodeId) {
        Watch::<P>::wiped(self.checker, node);
        #[cfg(feature = "beside")]
        if let Notes::Tally(tally) = &mut self.notes {
            Watch::<P>::wiped(*tally, node);
        }
    }

    fn invoked(&mut self, command: &Command) {
        Watch::<P>::invoked(self.checker, command);
        #[cfg(feature = "beside")]
        if let Notes::Tally(tally) = &mut self.notes {
            Watch::<P>::invoked(*tally, command);
        }
    }

    fn concluded(&mut self, operation: &Operation) {
        Watch::<P>::concluded(self.checker, operation);
        match &mut self.notes {
            Notes::Lines(teller) => Watch::<P>::concluded(*teller, operation),
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => Watch::<P>::concluded(*tally, operation),
            _ => {}
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
            #[cfg(feature = "beside")]
            Notes::Tally(tally) => tally.end(event, sim),
        }
    }
}
