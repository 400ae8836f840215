//! The simulator: one queue, one clock, and what happens when something becomes due.

use crate::channel::Channels;
use crate::client::{Client, Outcome};
use crate::dice::Dice;
use crate::flight::{Body, Fate, Flight, Flights, Loss};
use crate::machine::{Machine, Outgoing};
use crate::network::Network;
use crate::queue::{Due, Queue, Ticket};
use crate::watch::{Event, Watch, What};
use crate::{Addr, Config, Disk, Filter, Link};
use protocol::{
    ClientId, Durable as _, Effects, Input, Message as _, NodeId, Output, OutputOf, Protocol, Setup, Time,
    TimerId,
};
use std::sync::Arc;

/// A simulated cluster at one moment. `Clone` makes a checkpoint.
#[derive(Clone, Debug)]
pub struct Sim<P: Protocol> {
    pub(crate) config: Arc<Config>,
    pub(crate) setup: Arc<Setup>,
    pub(crate) now: Time,
    pub(crate) events: u32,
    /// How many events happened at exactly `now`.
    pub(crate) events_now: u32,
    pub(crate) actions: u32,
    pub(crate) queue: Queue,
    pub(crate) machines: Vec<Machine<P>>,
    pub(crate) clients: Vec<Client>,
    pub(crate) flights: Flights<P::Message>,
    pub(crate) network: Network,
    pub(crate) dice: Dice,
    /// Filters whose places were resolved when the hold began.
    pub(crate) held_messages: Vec<Filter>,
    pub(crate) held_timers: Vec<Option<NodeId>>,
    pub(crate) crashes: Vec<NodeId>,
    pub(crate) channels: Channels,
    pub(crate) outputs: Vec<OutputOf<P>>,
}

impl<P: Protocol> Sim<P> {
    /// A cluster before its first event, which boots every server.
    pub fn new(config: Config) -> Sim<P> {
        let servers = (1..=config.servers).map(|n| Addr::Server(NodeId(n)));
        let places: Vec<Addr> =
            servers.chain((1..=config.clients).map(|n| Addr::Client(ClientId(n)))).collect();
        Sim {
            setup: Arc::new(config.setup()),
            now: Time(0),
            events: 0,
            events_now: 0,
            actions: 0,
            queue: Queue::default(),
            machines: crate::preset::machines(&config),
            clients: (1..=config.clients).map(|n| Client::new(ClientId(n))).collect(),
            flights: Flights::default(),
            dice: Dice::new(config.seed, &places),
            network: Network::new(&config, places),
            held_messages: Vec::new(),
            held_timers: Vec::new(),
            crashes: Vec::new(),
            channels: Channels::new(usize::from(config.servers), Self::FIFO),
            outputs: Vec::new(),
            config: Arc::new(config),
        }
    }

    /// The clock.
    pub fn now(&self) -> Time {
        self.now
    }

    /// How many events have happened: the position in the run.
    pub fn position(&self) -> u32 {
        self.events
    }

    /// How many of them happened at exactly the present instant.
    pub fn events_now(&self) -> u32 {
        self.events_now
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The servers' machines, in order.
    pub fn machines(&self) -> &[Machine<P>] {
        &self.machines
    }

    /// The clients, in order.
    pub fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// How the link from one place to another treats messages now.
    pub fn link(&self, from: Addr, to: Addr) -> Link {
        self.network.link(from, to)
    }

    /// Every place: servers, then clients.
    pub fn places(&self) -> &[Addr] {
        self.network.places()
    }

    /// The messages in flight, in the order of sending.
    pub fn flights(&self) -> Vec<&Flight<P::Message>> {
        self.in_order(|_| true).into_iter().map(|(_, flight)| flight).collect()
    }

    /// The messages in flight, in no order that means anything.
    pub fn each_flight(&self) -> impl Iterator<Item = &Flight<P::Message>> {
        self.flights.iter().map(|(_, flight)| flight)
    }

    /// How many messages have been sent: the number that the next one gets.
    pub fn sent(&self) -> u32 {
        self.flights.sent()
    }

    /// How many messages are in flight.
    pub fn in_flight(&self) -> usize {
        self.flights.len()
    }

    /// The first sent of the messages in flight that are wanted.
    pub fn oldest(&self, wanted: impl Fn(&Flight<P::Message>) -> bool) -> Option<&Flight<P::Message>> {
        let flights = self.flights.iter().map(|(_, flight)| flight).filter(|flight| wanted(flight));
        flights.min_by_key(|flight| flight.id)
    }

    /// The messages in flight that are wanted and their slots, in the order of sending.
    pub(crate) fn in_order(
        &self,
        wanted: impl Fn(&Flight<P::Message>) -> bool,
    ) -> Vec<(u32, &Flight<P::Message>)> {
        let mut flights: Vec<(u32, &Flight<P::Message>)> =
            self.flights.iter().filter(|(_, flight)| wanted(flight)).collect();
        crate::order::sort(&mut flights, |(_, flight)| flight.id);
        flights
    }

    /// True if nothing gets from one place to another now.
    pub fn is_cut(&self, from: Addr, to: Addr) -> bool {
        self.network.is_cut(from, to)
    }

    /// Every one-way cut.
    pub fn cuts(&self) -> impl Iterator<Item = (Addr, Addr)> {
        self.network.cuts()
    }

    /// The holds on messages.
    pub fn held_messages(&self) -> &[Filter] {
        &self.held_messages
    }

    /// The holds on timers: one server's, or (nothing) all.
    pub fn held_timers(&self) -> &[Option<NodeId>] {
        &self.held_timers
    }

    /// Roughly how many bytes a clone takes: what is not shared between clones.
    pub fn bytes(&self) -> u64 {
        let part = |count: usize, size: usize| (count * size) as u64;
        let flights = part(self.flights.iter().count(), size_of::<Flight<P::Message>>());
        // A machine holds two logs, each with an open chunk of at most 64 entries of about 48 bytes.
        let machines = part(self.machines.len(), size_of::<Machine<P>>() + size_of::<P>() + 2 * 32 * 48);
        // A client's open chunk of operations.
        let clients = part(self.clients.len(), size_of::<Client>() + 32 * size_of::<crate::Operation>());
        flights + machines + clients + part(self.queue.len(), size_of::<Ticket>())
    }

    /// When the next event is due, if anything is. Holds and paused servers are passed over.
    pub fn next_at(&mut self) -> Option<Time> {
        if self.events == 0 {
            return Some(Time(0));
        }
        while let Some(ticket) = self.queue.peek() {
            if self.is_ripe(ticket) {
                return Some(ticket.at.max(self.now));
            }
            self.queue.pop();
            self.put_aside(ticket);
        }
        None
    }

    /// When the next event is due, as [`Sim::next_at`] says, but without tidying up. Timers are asked themselves: one that
    /// was set anew may still stand in the queue as it was set before.
    pub fn coming(&self) -> Option<Time> {
        let tickets = self.queue.iter().filter(|ticket| !matches!(ticket.due, Due::Timer(..)));
        let due = tickets.filter(|ticket| self.is_ripe(*ticket)).map(|ticket| ticket.at);
        let awake = self.machines.iter().filter(|machine| !machine.paused && !self.timers_held(machine.id));
        let timers = awake.flat_map(|machine| machine.timers.iter().filter_map(|timer| timer.due_at));
        due.chain(timers).min().map(|at| at.max(self.now))
    }

    /// Moves the clock without an event. Does nothing if something is due before, or the instant is past.
    pub fn advance(&mut self, to: Time) {
        if to > self.now && self.next_at().is_none_or(|next| next > to) {
            self.now = to;
            self.events_now = 0;
        }
    }

    /// Lets the next event happen. False if nothing is to come.
    pub fn step<W: Watch<P>>(&mut self, watch: &mut W) -> bool {
        if self.events == 0 {
            self.boot_all(watch);
            return true;
        }
        if self.next_at().is_none() {
            return false;
        }
        let Some(ticket) = self.queue.pop() else { return false };
        // What waited at a door and was let in is late.
        self.happen(Ticket { at: ticket.at.max(self.now), ..ticket }, watch);
        true
    }

    fn boot_all<W: Watch<P>>(&mut self, watch: &mut W) {
        let event = self.begin(Time(0), What::Boot, None, watch);
        self.tell_presets(watch);
        for slot in 0..self.machines.len() {
            self.boot(self.machines[slot].id, watch);
        }
        self.open_channels();
        watch.end(&event, self);
    }

    /// Counts an event and announces it.
    pub(crate) fn begin<W: Watch<P>>(
        &mut self,
        at: Time,
        what: What,
        place: Option<Addr>,
        watch: &mut W,
    ) -> Event {
        if at != self.now {
            self.events_now = 0;
            self.now = at;
        }
        let event = Event { position: self.events, at, what, place };
        self.events += 1;
        self.events_now += 1;
        watch.begin(&event);
        event
    }

    fn happen<W: Watch<P>>(&mut self, ticket: Ticket, watch: &mut W) {
        match ticket.due {
            Due::Flight(slot) => self.arrive(slot, ticket.at, watch),
            Due::Timer(node, timer) => self.ring(node, timer, ticket.at, watch),
            Due::Write(node) => self.finish_write(node, ticket.at, watch),
            Due::Client(client) => {
                let event = self.begin(ticket.at, What::Waited(client), Some(Addr::Client(client)), watch);
                self.lose_patience(client, watch);
                watch.end(&event, self);
            }
            Due::Channel(a, b) => self.notice_channel(a, b, ticket.at, watch),
        }
    }

    /// The message in a slot reaches its end, now.
    pub(crate) fn arrive<W: Watch<P>>(&mut self, slot: u32, at: Time, watch: &mut W) {
        let Some(flight) = self.flights.take(slot) else { return };
        let down = matches!(flight.to, Addr::Server(node) if !self.machines[node.slot()].is_up());
        if let Some(loss) = flight.doomed.or(down.then_some(Loss::Down)) {
            let event = self.begin(at, What::Lost(flight.id), Some(flight.to), watch);
            watch.ended(&flight, Fate::Lost(loss), at);
            watch.end(&event, self);
            return;
        }
        let event = self.begin(at, What::Delivered(flight.id), Some(flight.to), watch);
        watch.ended(&flight, Fate::Delivered, at);
        self.take_in(flight, watch);
        watch.end(&event, self);
    }

    /// Hands a message to its receiver.
    pub(crate) fn take_in<W: Watch<P>>(&mut self, flight: Flight<P::Message>, watch: &mut W) {
        match (flight.to, flight.from, flight.body) {
            (Addr::Server(node), Addr::Server(from), Body::Protocol(message)) => {
                self.give(node, Input::Message { from, message }, watch);
            }
            (Addr::Server(node), _, Body::Request(command)) => {
                self.give(node, Input::Request(command), watch)
            }
            (Addr::Client(client), Addr::Server(from), Body::Reply { seq, answer }) => {
                self.hear(client, from, seq, answer, watch);
            }
            _ => {}
        }
    }

    /// A server's timer fires, now.
    pub(crate) fn ring<W: Watch<P>>(&mut self, node: NodeId, timer: TimerId, at: Time, watch: &mut W) {
        let slot = self.machines[node.slot()].timer_mut(timer);
        slot.due_at = None;
        slot.ticket = None;
        slot.parked = false;
        let event = self.begin(at, What::Timer(node, timer), Some(Addr::Server(node)), watch);
        self.give(node, Input::Timer(timer), watch);
        watch.end(&event, self);
    }

    fn finish_write<W: Watch<P>>(&mut self, node: NodeId, at: Time, watch: &mut W) {
        let write = self.machines[node.slot()].writes.front().map(|(write, _)| *write).unwrap_or_default();
        let event = self.begin(at, What::Wrote(node, write), Some(Addr::Server(node)), watch);
        self.settle_write(node, watch);
        watch.end(&event, self);
    }

    /// The oldest write of a server reaches its disk: what waited for it leaves, and the node is told.
    pub(crate) fn settle_write<W: Watch<P>>(&mut self, node: NodeId, watch: &mut W) {
        let Some(write) = self.machines[node.slot()].finish_write() else { return };
        watch.wrote(node, &self.machines[node.slot()].disk);
        self.send_waiting(node, watch);
        self.schedule_write(node);
        self.give(node, Input::Persisted(write), watch);
    }

    fn send_waiting<W: Watch<P>>(&mut self, node: NodeId, watch: &mut W) {
        let slot = node.slot();
        while let Some((after, _)) = self.machines[slot].waiting.front()
            && *after <= self.machines[slot].durable
        {
            let Some((_, outgoing)) = self.machines[slot].waiting.pop_front() else { return };
            self.send_out(node, outgoing, watch);
        }
    }

    /// Gives a node an input and does what it wants done, until nothing is left to do in this event.
    pub(crate) fn give<W: Watch<P>>(&mut self, node: NodeId, input: Input<P::Message>, watch: &mut W) {
        let mut outputs = std::mem::take(&mut self.outputs);
        let mut persisted = self.feed(node, input, &mut outputs, watch);
        while persisted {
            let durable = self.machines[node.slot()].durable;
            persisted = self.feed(node, Input::Persisted(durable), &mut outputs, watch);
        }
        self.outputs = outputs;
    }

    /// One step of a node. True if writes reached the disk at once and the node is to be told.
    fn feed<W: Watch<P>>(
        &mut self,
        node: NodeId,
        input: Input<P::Message>,
        outputs: &mut Vec<OutputOf<P>>,
        watch: &mut W,
    ) -> bool {
        let machine = &mut self.machines[node.slot()];
        let Some(core) = machine.core.as_mut() else { return false };
        let mut fx = Effects::new(node, self.setup.off, outputs, &mut machine.issued, watch);
        core.step(self.now, input, &mut fx);
        self.carry_out(node, outputs, watch)
    }

    /// Boots a server from its disk.
    pub(crate) fn boot<W: Watch<P>>(&mut self, node: NodeId, watch: &mut W) {
        watch.booted(node);
        let mut outputs = std::mem::take(&mut self.outputs);
        let machine = &mut self.machines[node.slot()];
        let mut fx = Effects::new(node, self.setup.off, &mut outputs, &mut machine.issued, watch);
        machine.core = Some(P::start(node, &self.setup, &machine.disk, self.now, &mut fx));
        let persisted = self.carry_out(node, &mut outputs, watch);
        self.outputs = outputs;
        if persisted {
            self.give(node, Input::Persisted(self.machines[node.slot()].durable), watch);
        }
    }

    /// Does what a node wants done. True if writes reached the disk at once and the node is to be told.
    fn carry_out<W: Watch<P>>(
        &mut self,
        node: NodeId,
        outputs: &mut Vec<OutputOf<P>>,
        watch: &mut W,
    ) -> bool {
        let slot = node.slot();
        let mut persisted = false;
        for output in outputs.drain(..) {
            match output {
                Output::Persist { write, delta } if self.config.disk == Disk::Sync => {
                    self.machines[slot].disk.write(delta);
                    self.machines[slot].durable = write;
                    watch.wrote(node, &self.machines[slot].disk);
                    persisted = true;
                }
                Output::Persist { write, delta } => {
                    self.machines[slot].writes.push_back((write, delta));
                    if self.machines[slot].writes.len() == 1 {
                        self.schedule_write(node);
                    }
                }
                Output::Send { to, message, after } if after <= self.machines[slot].durable => {
                    self.dispatch(Addr::Server(node), Addr::Server(to), Body::Protocol(message), watch);
                }
                Output::Send { to, message, after } => {
                    self.machines[slot].waiting.push_back((after, Outgoing::Message(to, message)));
                }
                Output::Answer { client, seq, answer, after } => {
                    let outgoing = Outgoing::Answer(client, seq, answer);
                    if after <= self.machines[slot].durable {
                        self.send_out(node, outgoing, watch);
                    } else {
                        self.machines[slot].waiting.push_back((after, outgoing));
                    }
                }
                Output::SetTimer { timer, least, most } => {
                    let drawn = self.dice.timer(node, least, most);
                    self.start_timer(node, timer, drawn);
                }
                Output::CancelTimer(timer) => {
                    let timer = self.machines[slot].timer_mut(timer);
                    timer.due_at = None;
                    timer.parked = false;
                }
            }
        }
        persisted
    }

    fn send_out<W: Watch<P>>(&mut self, node: NodeId, outgoing: Outgoing<P::Message>, watch: &mut W) {
        match outgoing {
            Outgoing::Message(to, message) => {
                self.dispatch(Addr::Server(node), Addr::Server(to), Body::Protocol(message), watch);
            }
            Outgoing::Answer(client, seq, answer) if client.slot() < self.clients.len() => {
                self.dispatch(Addr::Server(node), Addr::Client(client), Body::Reply { seq, answer }, watch);
            }
            Outgoing::Answer(..) => {}
        }
    }

    fn start_timer(&mut self, node: NodeId, id: TimerId, length: protocol::Span) {
        let order = self.queue.order();
        let machine = &mut self.machines[node.slot()];
        let due_at = self.now + machine.true_length(length);
        let timer = machine.timer_mut(id);
        *timer = crate::Timer {
            set_at: self.now,
            due_at: Some(due_at),
            order,
            ticket: timer.ticket,
            parked: false,
        };
        if timer.ticket.is_none_or(|(at, _)| at > due_at) {
            timer.ticket = Some((due_at, order));
            self.queue.push(due_at, order, Due::Timer(node, id));
        }
    }

    /// A server's clock runs at another rate from now on; what is left of its running timers takes that much more or less.
    pub(crate) fn set_rate(&mut self, node: NodeId, rate: u32) {
        let now = self.now;
        let machine = &mut self.machines[node.slot()];
        let before = std::mem::replace(&mut machine.rate, rate);
        for (id, timer) in (0u8..).map(TimerId).zip(&mut machine.timers) {
            let Some(due_at) = timer.due_at.filter(|due_at| *due_at > now) else { continue };
            let left = u128::from((due_at - now).0) * u128::from(before) / u128::from(rate);
            let due_at = now + protocol::Span(u64::try_from(left).unwrap_or(u64::MAX));
            timer.due_at = Some(due_at);
            timer.order = self.queue.order();
            timer.parked = false;
            timer.ticket = Some((due_at, timer.order));
            self.queue.push(due_at, timer.order, Due::Timer(node, id));
        }
    }

    /// Gives the oldest write of a server a ticket, unless it waits for [`crate::Action::Sync`].
    fn schedule_write(&mut self, node: NodeId) {
        let Disk::Takes { least, most } = self.config.disk else { return };
        if self.machines[node.slot()].writes.is_empty() {
            return;
        }
        let drawn = self.dice.write(node, least, most);
        let order = self.queue.order();
        self.machines[node.slot()].write_order = order;
        self.queue.push(self.now + drawn, order, Due::Write(node));
    }

    /// True if what a message relies on is on its sender's disk.
    pub(crate) fn is_covered(&self, from: Addr, body: &Body<P::Message>) -> bool {
        match (from, body) {
            (Addr::Server(node), Body::Protocol(message)) => {
                self.machines[node.slot()].disk.covers(&message.requirement())
            }
            _ => true,
        }
    }

    /// The outcome of a client's last finished or pending operation, for conditions.
    pub fn last_outcome(&self, client: ClientId) -> Option<&Outcome> {
        self.clients.get(client.slot())?.operations.last().map(|operation| &operation.outcome)
    }
}
