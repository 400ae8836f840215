//! Doing actions: each is one event, whether it can be done or not.

use crate::flight::{Fate, Flight, Loss};
use crate::queue::Due;
use crate::resolve::numbered;
use crate::watch::{Watch, What};
use crate::{Action, Addr, Filter, Kind, Link, MessageRef, Place, Refusal, Sim, Target};
use protocol::{NodeId, Op, Protocol, Span, TimerId};

type Done = Result<(), Refusal>;

fn no<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(why.into()))
}

impl<P: Protocol> Sim<P> {
    /// Does an action now. It is one event; if it cannot be done, the event is a refusal and nothing else changes.
    ///
    /// # Errors
    /// The refusal says why, in words for a person.
    pub fn act<W: Watch<P>>(&mut self, action: &Action, watch: &mut W) -> Done {
        if self.events == 0 {
            self.step(watch);
        }
        let number = self.actions;
        self.actions += 1;
        let ready = self.check(action);
        let what = if ready.is_ok() { What::Action(number) } else { What::Refused(number) };
        let place = self.place_of(action);
        let event = self.begin(self.now, what, place, watch);
        if ready.is_ok() {
            // What passed the check can be done.
            let done = self.perform(action, watch);
            debug_assert_eq!(done, Ok(()), "{action:?}");
        }
        watch.end(&event, self);
        ready
    }

    /// Whether an action could be done now.
    ///
    /// # Errors
    /// The refusal says why not.
    pub fn check(&self, action: &Action) -> Done {
        match action {
            Action::Submit { client, to, op } => {
                self.known(Addr::Client(*client))?;
                if matches!(op, Op::Sync { .. }) && !P::DIALECT.no_sync.is_empty() {
                    return no(P::DIALECT.no_sync);
                }
                to.map_or(Ok(()), |to| self.node(to).map(drop))
            }
            Action::Crash(target) => self.live(*target).map(drop),
            Action::Pause(target) | Action::Sync(target) => {
                let node = self.live(*target)?;
                if self.machines[node.slot()].paused { no(format!("{node} is paused")) } else { Ok(()) }
            }
            Action::Resume(target) => {
                let node = self.live(*target)?;
                if self.machines[node.slot()].paused { Ok(()) } else { no(format!("{node} is not paused")) }
            }
            Action::Restart(target) => {
                let node = self.node(*target)?;
                if self.machines[node.slot()].is_up() { no(format!("{node} is not down")) } else { Ok(()) }
            }
            Action::Wipe(target) => self.node(*target).map(drop),
            Action::Clock { node, rate } => {
                self.node(*node)?;
                if (100_000..=10_000_000).contains(rate) {
                    Ok(())
                } else {
                    no("a clock runs at 0.1 to 10 times true time")
                }
            }
            Action::Cut { from, to, .. } => self.ends(*from, *to).map(drop),
            Action::Mend { a, b } => self.check_mend(*a, *b),
            Action::Partition(groups) => self.groups(groups).map(drop),
            Action::Heal => {
                if self.cuts().next().is_some() {
                    Ok(())
                } else {
                    no("nothing is cut")
                }
            }
            Action::Network { ends, link } => {
                check_link(link)?;
                ends.map_or(Ok(()), |(a, b)| self.ends(a, b).map(drop))
            }
            Action::Fire { node, timer } => self.check_fire(*node, *timer),
            Action::HoldMessages(filter) => self.fix_filter(filter).map(drop),
            Action::ReleaseMessages(filter) => {
                let filter = self.fix_filter(filter)?;
                if self.held_messages.contains(&filter)
                    || (filter == Filter::default() && !self.held_messages.is_empty())
                {
                    Ok(())
                } else {
                    no("no such hold on messages")
                }
            }
            Action::HoldTimers(node) => node.map_or(Ok(()), |node| self.node(node).map(drop)),
            Action::ReleaseTimers(node) => {
                let node = node.map(|node| self.node(node)).transpose()?;
                let held =
                    self.held_timers.contains(&node) || (node.is_none() && !self.held_timers.is_empty());
                if held { Ok(()) } else { no("those timers are not held") }
            }
            Action::Deliver(message) => self.check_deliver(message),
            Action::Drop(message) => self.check_drop(message),
            Action::Duplicate(message) | Action::Delay(message, _) => self.check_copy(message),
        }
    }

    fn perform<W: Watch<P>>(&mut self, action: &Action, watch: &mut W) -> Done {
        match action {
            Action::Submit { client, to, op } => {
                let to = to.map(|to| self.node(to)).transpose()?;
                self.invoke(*client, to, op.clone(), watch);
            }
            Action::Crash(target) => self.crash(self.node(*target)?, watch),
            Action::Restart(target) => {
                let node = self.node(*target)?;
                self.crashes.retain(|crashed| *crashed != node);
                self.boot(node, watch);
                self.open_channels();
            }
            Action::Pause(target) => {
                let node = self.node(*target)?;
                self.machines[node.slot()].paused = true;
            }
            Action::Resume(target) => {
                let node = self.node(*target)?;
                self.machines[node.slot()].paused = false;
                self.unpark();
                self.open_channels();
            }
            Action::Sync(target) => {
                let node = self.node(*target)?;
                while self.machines[node.slot()].unsynced() > 0 {
                    self.settle_write(node, watch);
                }
            }
            Action::Wipe(target) => {
                let node = self.node(*target)?;
                if self.machines[node.slot()].is_up() {
                    self.crash(node, watch);
                }
                self.machines[node.slot()].disk = P::Durable::default();
                watch.wiped(node);
            }
            Action::Clock { node, rate } => {
                self.set_rate(self.node(*node)?, *rate);
            }
            Action::Fire { node, timer } => self.fire(self.node(*node)?, *timer, watch),
            Action::Deliver(_) | Action::Drop(_) | Action::Duplicate(_) | Action::Delay(..) => {
                self.move_message(action, watch)?;
            }
            Action::HoldMessages(_)
            | Action::ReleaseMessages(_)
            | Action::HoldTimers(_)
            | Action::ReleaseTimers(_) => {
                self.hold(action)?;
            }
            Action::Cut { .. }
            | Action::Mend { .. }
            | Action::Partition(_)
            | Action::Heal
            | Action::Network { .. } => {
                self.rewire(action)?;
                self.open_channels();
            }
        }
        Ok(())
    }

    fn crash<W: Watch<P>>(&mut self, node: NodeId, watch: &mut W) {
        self.machines[node.slot()].lose_volatile();
        self.forget_channels(node);
        self.crashes.retain(|crashed| *crashed != node);
        self.crashes.push(node);
        watch.crashed(node);
        self.unpark();
        self.open_channels();
    }

    fn fire<W: Watch<P>>(&mut self, node: NodeId, timer: TimerId, watch: &mut W) {
        let slot = self.machines[node.slot()].timer_mut(timer);
        slot.due_at = None;
        slot.parked = false;
        self.give(node, protocol::Input::Timer(timer), watch);
    }

    fn rewire(&mut self, action: &Action) -> Done {
        match action {
            Action::Cut { from, to, both } => {
                let (from, to) = self.ends(*from, *to)?;
                self.network.set_cut(from, to, true);
                if *both {
                    self.network.set_cut(to, from, true);
                }
            }
            Action::Mend { a, b } => {
                let (a, b) = self.ends(*a, *b)?;
                self.network.set_cut(a, b, false);
                self.network.set_cut(b, a, false);
            }
            Action::Partition(groups) => self.network.partition(&self.groups(groups)?),
            Action::Heal => self.network.mend_all(),
            Action::Network { ends: None, link } => self.network.set_all_links(*link),
            Action::Network { ends: Some((a, b)), link } => {
                let (a, b) = self.ends(*a, *b)?;
                self.network.set_link(a, b, *link);
                self.network.set_link(b, a, *link);
            }
            _ => {}
        }
        for (from, to) in self.network.cuts().collect::<Vec<_>>() {
            self.doom(from, to);
        }
        Ok(())
    }

    fn hold(&mut self, action: &Action) -> Done {
        match action {
            Action::HoldMessages(filter) => {
                let filter = self.fix_filter(filter)?;
                if !self.held_messages.contains(&filter) {
                    self.held_messages.push(filter);
                }
            }
            Action::ReleaseMessages(filter) => {
                let filter = self.fix_filter(filter)?;
                self.held_messages.retain(|held| filter != Filter::default() && *held != filter);
                self.unpark();
            }
            Action::HoldTimers(node) => {
                let node = node.map(|node| self.node(node)).transpose()?;
                if !self.held_timers.contains(&node) {
                    self.held_timers.push(node);
                }
            }
            Action::ReleaseTimers(node) => {
                let node = node.map(|node| self.node(node)).transpose()?;
                self.held_timers.retain(|held| node.is_some() && *held != node);
                self.unpark();
            }
            _ => {}
        }
        Ok(())
    }

    fn move_message<W: Watch<P>>(&mut self, action: &Action, watch: &mut W) -> Done {
        match action {
            Action::Deliver(message) => {
                let slot = self.find(message)?;
                if let Some(flight) = self.flights.take(slot) {
                    watch.ended(&flight, Fate::Delivered, self.now);
                    self.take_in(flight, watch);
                    if Self::FIFO {
                        self.unpark();
                    }
                }
            }
            Action::Drop(message) => {
                let slot = self.find(message)?;
                if let Some(flight) = self.flights.take(slot) {
                    let down = matches!(flight.to, Addr::Server(node) if !self.machines[node.slot()].is_up());
                    let cause = flight.doomed.or(down.then_some(Loss::Down)).unwrap_or(Loss::Dropped);
                    watch.ended(&flight, Fate::Lost(cause), self.now);
                }
            }
            Action::Duplicate(message) => {
                let slot = self.find(message)?;
                let Some(flight) = self.flights.at(slot) else { return Ok(()) };
                let (from, to, body) = (flight.from, flight.to, flight.body.clone());
                let link = self.network.link(from, to);
                let latency = self.dice.copy(link.least, link.most);
                self.launch(from, to, body, latency, false, true, watch);
            }
            Action::Delay(message, by) => {
                let slot = self.find(message)?;
                let (order, now) = (self.queue.order(), self.now);
                if let Some(flight) = self.flights.at_mut(slot) {
                    flight.due_at = flight.due_at.max(now) + *by;
                    flight.order = order;
                    flight.parked = false;
                    self.queue.push(flight.due_at, order, Due::Flight(slot));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn check_mend(&self, a: Place, b: Place) -> Done {
        let (a, b) = self.ends(a, b)?;
        if self.network.is_cut(a, b) || self.network.is_cut(b, a) {
            Ok(())
        } else {
            no(format!("{a} and {b} are not cut"))
        }
    }

    fn check_fire(&self, target: Target, timer: TimerId) -> Done {
        let node = self.live(target)?;
        let machine = &self.machines[node.slot()];
        let name = P::DIALECT.timers.get(usize::from(timer.0)).map_or("timer", |timer| timer.name);
        if machine.paused {
            return no(format!("{node} is paused"));
        }
        if machine.timers.get(usize::from(timer.0)).is_some_and(|timer| timer.due_at.is_some()) {
            Ok(())
        } else {
            no(format!("{node}'s {name} is not running"))
        }
    }

    fn check_deliver(&self, message: &MessageRef) -> Done {
        let slot = self.find(message)?;
        let Some(flight) = self.flights.at(slot) else { return no("that message is gone") };
        if flight.doomed == Some(Loss::Cut) || self.network.is_cut(flight.from, flight.to) {
            return no(format!("the link from {} to {} is cut", flight.from, flight.to));
        }
        if let Addr::Server(node) = flight.to {
            let machine = &self.machines[node.slot()];
            if !machine.is_up() {
                return no(format!("{node} is down"));
            }
            if machine.paused {
                return no(format!("{node} is paused"));
            }
        }
        if self.before(flight).next().is_some() {
            return no("this channel keeps its order: an earlier message is still under way");
        }
        Ok(())
    }

    fn check_drop(&self, message: &MessageRef) -> Done {
        let slot = self.find(message)?;
        if self.flights.at(slot).is_some_and(|flight| Self::is_fifo(flight.from, flight.to)) {
            return no("this channel keeps its order: it loses messages only when it is cut");
        }
        Ok(())
    }

    fn check_copy(&self, message: &MessageRef) -> Done {
        let slot = self.find(message)?;
        let Some(flight) = self.flights.at(slot) else { return no("that message is gone") };
        if flight.doomed.is_some() {
            return no("that message is lost already");
        }
        if Self::is_fifo(flight.from, flight.to) {
            return no("this channel keeps its order: its messages can be neither doubled nor delayed");
        }
        Ok(())
    }

    /// The slot of the message that a reference names.
    ///
    /// # Errors
    /// If there is no such message in flight.
    fn find(&self, message: &MessageRef) -> Result<u32, Refusal> {
        let (from, to) = (self.place(message.from)?, self.place(message.to)?);
        let on_link = |flight: &Flight<P::Message>| {
            flight.from == from && flight.to == to && flight.body.kind() == message.kind
        };
        if message.nth == 1
            && let Some((slot, _)) =
                self.flights.iter().filter(|(_, flight)| on_link(flight)).min_by_key(|(_, flight)| flight.id)
        {
            return Ok(slot);
        }
        let flights = self.in_order(on_link);
        match usize::from(message.nth).checked_sub(1).and_then(|nth| flights.get(nth)) {
            Some((slot, _)) => Ok(*slot),
            None if flights.is_empty() => {
                no(format!("no {} is in flight from {from} to {to}", kind_name::<P>(message.kind)))
            }
            None => no(format!(
                "only {} {} in flight from {from} to {to}, there is no #{}",
                flights.len(),
                kind_name::<P>(message.kind),
                message.nth
            )),
        }
    }

    /// The number of the message in flight that a reference names.
    pub fn referred(&self, message: &MessageRef) -> Option<u32> {
        let slot = self.find(message).ok()?;
        self.flights.iter().find(|(place, _)| *place == slot).map(|(_, flight)| flight.id)
    }

    /// The reference that names a message in flight now.
    pub fn reference(&self, id: u32) -> Option<MessageRef> {
        let (_, flight) = self.flights.iter().find(|(_, flight)| flight.id == id)?;
        let kind = flight.body.kind();
        let same = |other: &Flight<P::Message>| {
            other.from == flight.from && other.to == flight.to && other.body.kind() == kind && other.id <= id
        };
        let nth = u16::try_from(self.flights.iter().filter(|(_, other)| same(other)).count()).ok()?;
        Some(MessageRef { kind, from: numbered(flight.from), to: numbered(flight.to), nth })
    }
}

/// The name of a kind of message in scenarios.
pub fn kind_name<P: Protocol>(kind: Kind) -> &'static str {
    match kind {
        Kind::Protocol(kind) => P::DIALECT.kinds.get(usize::from(kind)).map_or("message", |kind| kind.name),
        Kind::Request => "ClientRequest",
        Kind::Reply => "ClientReply",
    }
}

fn check_link(link: &Link) -> Done {
    const HOUR: Span = Span(3_600_000_000);
    if link.least > link.most {
        return no("the shortest latency is longer than the longest");
    }
    if link.most > HOUR || link.jitter > HOUR {
        return no("a latency is at most one hour");
    }
    if [link.loss, link.duplicate, link.reorder].iter().any(|chance| *chance > 1_000_000) {
        return no("a chance is at most 100%");
    }
    Ok(())
}
