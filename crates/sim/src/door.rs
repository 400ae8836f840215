//! At the door: what is due and has to wait, and what is let in again.

use crate::queue::{Due, Ticket};
use crate::{Addr, Flight, Sim};
use protocol::{NodeId, Protocol, TimerId};

impl<P: Protocol> Sim<P> {
    /// True if the ticket's cause still stands and nothing holds it back.
    pub(crate) fn is_ripe(&self, ticket: Ticket) -> bool {
        match ticket.due {
            Due::Flight(slot) => {
                let flight = self.flights.at(slot);
                flight.is_some_and(|flight| flight.order == ticket.order && !self.is_held(flight))
            }
            Due::Timer(node, timer) => {
                let machine = &self.machines[node.slot()];
                let timer = machine.timers[usize::from(timer.0)];
                let current = timer.due_at == Some(ticket.at) && timer.order == ticket.order;
                current && !machine.paused && !self.timers_held(node)
            }
            Due::Write(node) => {
                let machine = &self.machines[node.slot()];
                machine.write_order == ticket.order && !machine.paused
            }
            Due::Client(client) => {
                self.clients[client.slot()].current.is_some_and(|current| current.order == ticket.order)
            }
            Due::Channel(a, b) => self.is_news(a, b, ticket.order),
        }
    }

    /// Takes a ticket out of the queue that is not ripe: forgets it if it is stale, puts it back if its timer was set
    /// anew, parks what is held.
    pub(crate) fn put_aside(&mut self, ticket: Ticket) {
        match ticket.due {
            Due::Flight(slot) => {
                if let Some(flight) = self.flights.at_mut(slot)
                    && flight.order == ticket.order
                {
                    flight.parked = true;
                }
            }
            Due::Timer(node, id) => {
                let timer = self.machines[node.slot()].timer_mut(id);
                if timer.ticket != Some((ticket.at, ticket.order)) {
                    return;
                }
                timer.ticket = None;
                let Some(due_at) = timer.due_at else { return };
                if (due_at, timer.order) == (ticket.at, ticket.order) {
                    timer.parked = true;
                } else {
                    timer.ticket = Some((due_at, timer.order));
                    self.queue.push(due_at, timer.order, ticket.due);
                }
            }
            Due::Write(node) => {
                let machine = &mut self.machines[node.slot()];
                if machine.write_order == ticket.order {
                    machine.parked_write = Some(ticket.at);
                }
            }
            Due::Channel(a, b) => self.drop_notice(a, b, ticket.order),
            Due::Client(_) => {}
        }
    }

    /// Gives everything that was parked its ticket again. What was due before is late, and happens now in the order in
    /// which it was due.
    pub(crate) fn unpark(&mut self) {
        for (slot, flight) in self.flights.iter_mut().filter(|(_, flight)| flight.parked) {
            flight.parked = false;
            self.queue.push(flight.due_at, flight.order, Due::Flight(slot));
        }
        for machine in &mut self.machines {
            for (id, timer) in (0u8..).map(TimerId).zip(&mut machine.timers).filter(|(_, timer)| timer.parked)
            {
                timer.parked = false;
                let Some(due_at) = timer.due_at else { continue };
                timer.ticket = Some((due_at, timer.order));
                self.queue.push(due_at, timer.order, Due::Timer(machine.id, id));
            }
            if let Some(at) = machine.parked_write.take() {
                self.queue.push(at, machine.write_order, Due::Write(machine.id));
            }
        }
    }

    /// True if a message has to wait at the door: it is held, its receiver is frozen, or an earlier message of its FIFO
    /// channel waits there.
    pub fn is_held(&self, flight: &Flight<P::Message>) -> bool {
        if flight.doomed.is_some() {
            return false;
        }
        if let Addr::Server(node) = flight.to
            && self.machines[node.slot()].paused
        {
            return true;
        }
        if self.held_messages.is_empty() {
            return false;
        }
        let is_held = |flight: &Flight<P::Message>| {
            self.held_messages.iter().any(|filter| self.matches(filter, flight))
        };
        is_held(flight) || self.before(flight).any(is_held)
    }

    /// True if a server's timers do not fire by themselves.
    pub fn timers_held(&self, node: NodeId) -> bool {
        !self.held_timers.is_empty()
            && self.held_timers.iter().any(|held| held.is_none_or(|held| held == node))
    }
}
