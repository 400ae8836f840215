//! Sending: latency, loss, doubles, cuts.

use crate::dice::{SendDice, happens, span};
use crate::flight::{Body, Flight, Loss};
use crate::queue::Due;
use crate::watch::Watch;
use crate::{Addr, Filter, Link, Place, Sim, Target};
use protocol::{Protocol, Span, Time};

/// How far a message gets before it vanishes, in hundredths of its flight.
const CUT_AT: u64 = 50;
const LOST_AT: u64 = 80;

impl<P: Protocol> Sim<P> {
    /// Puts a message (or two copies, or one that will vanish) in flight.
    pub(crate) fn dispatch<W: Watch<P>>(
        &mut self,
        from: Addr,
        to: Addr,
        body: Body<P::Message>,
        watch: &mut W,
    ) {
        let dice = self.dice.send(self.network.slot(from), self.network.slot(to));
        let link = self.network.link(from, to);
        let covered = !W::FACTS || self.is_covered(from, &body);
        // A FIFO channel loses nothing and doubles nothing but by breaking.
        let fifo = Self::is_fifo(from, to);
        let unlucky = !fifo && happens(dice.loss, link.loss);
        let doubled = !fifo && !unlucky && happens(dice.duplicate, link.duplicate);
        let copy = doubled.then(|| body.clone());
        self.launch(from, to, body, latency(&link, &dice), unlucky, covered, watch);
        if let Some(body) = copy {
            self.launch(from, to, body, span(dice.copy, link.least, link.most), false, covered, watch);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of it describes one message")]
    pub(crate) fn launch<W: Watch<P>>(
        &mut self,
        from: Addr,
        to: Addr,
        body: Body<P::Message>,
        latency: Span,
        unlucky: bool,
        covered: bool,
        watch: &mut W,
    ) {
        let cut = self.network.is_cut(from, to) || self.is_shut(from, to);
        let doomed = if cut {
            Some(Loss::Cut)
        } else if unlucky {
            Some(Loss::Chance)
        } else {
            None
        };
        let share = match doomed {
            Some(Loss::Cut) => CUT_AT,
            Some(_) => LOST_AT,
            None => 100,
        };
        let mut due_at = self.now + Span(latency.0 * share / 100);
        if Self::is_fifo(from, to) {
            due_at = due_at.max(self.last_due(from, to));
        }
        let (id, order) = (self.flights.next_id(), self.queue.order());
        let flight = Flight { id, from, to, body, sent_at: self.now, due_at, doomed, order, parked: false };
        watch.sent(&flight, covered);
        let slot = self.flights.insert(flight);
        self.queue.push(due_at, order, Due::Flight(slot));
    }

    /// When the last message of a link arrives: in a FIFO channel the next one cannot be earlier.
    fn last_due(&self, from: Addr, to: Addr) -> Time {
        let on_link = self.flights.iter().filter(|(_, flight)| flight.from == from && flight.to == to);
        on_link.map(|(_, flight)| flight.due_at).max().unwrap_or_default()
    }

    /// Dooms what is in flight on a link that has just been cut.
    pub(crate) fn doom(&mut self, from: Addr, to: Addr) {
        let now = self.now;
        let on_link =
            |flight: &Flight<P::Message>| flight.from == from && flight.to == to && flight.doomed.is_none();
        for (slot, flight) in self.flights.iter_mut().filter(|(_, flight)| on_link(flight)) {
            let order = self.queue.order();
            flight.doomed = Some(Loss::Cut);
            flight.due_at = now;
            flight.order = order;
            flight.parked = false;
            self.queue.push(now, order, Due::Flight(slot));
        }
    }

    /// True if a message is one of those that a filter names.
    pub(crate) fn matches(&self, filter: &Filter, flight: &Flight<P::Message>) -> bool {
        let at = |place: Option<Place>, addr: Addr| place.is_none_or(|place| fixed(place) == Some(addr));
        filter.kind.is_none_or(|kind| kind == flight.body.kind())
            && at(filter.from, flight.from)
            && at(filter.to, flight.to)
    }
}

/// The address of a place that is named by number. Holds keep places resolved, so a symbol matches nothing.
fn fixed(place: Place) -> Option<Addr> {
    match place {
        Place::Server(Target::Node(node)) => Some(Addr::Server(node)),
        Place::Client(client) => Some(Addr::Client(client)),
        Place::Server(_) => None,
    }
}

/// The latency of one message: an even draw from the range, the jitter, and the hold-back of a reordered one.
fn latency(link: &Link, dice: &SendDice) -> Span {
    let held_back = if happens(dice.reorder, link.reorder) { link.most.0 + link.jitter.0 } else { 0 };
    Span(span(dice.latency, link.least, link.most).0 + span(dice.jitter, Span(0), link.jitter).0 + held_back)
}
