//! What is counted of a run that is laid beside others, for every protocol in the same way.

use crate::draw;
use crate::frame::OpView;
use protocol::{
    ClientId, Command, Fact, Firing, Index, Message, NodeId, Observer, Protocol, RoleKind, Table, Term, Time,
    WriteId,
};
use sim::{Addr, Body, Event, Flight, Operation, Outcome, Sim, Watch, What};

/// Something that a client was told.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) client: ClientId,
    pub(super) op: OpView,
    /// When the answer left its server; nothing if there was none.
    pub(super) sent_at: Option<Time>,
}

/// From when on a server leads that reaches a majority, or none does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reign {
    pub(super) at: Time,
    pub(super) leader: Option<NodeId>,
    /// What was done to the run in that very event; empty if nothing was.
    pub(super) blow: &'static str,
}

/// Entries that servers held and that did not stay as they were.
#[derive(Clone, Debug, Default)]
pub(super) struct Fate {
    /// Their places and contents, each once, however many servers held it.
    entries: Table<(Index, u64), ()>,
    /// When the first met it.
    pub(super) at: Option<Time>,
}

impl Fate {
    fn note(&mut self, index: Index, content: u64, at: Time) {
        self.entries.insert((index, content), ());
        self.at.get_or_insert(at);
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.entries.iter().len()
    }
}

/// Where a message comes from.
#[derive(Clone, Copy, Debug)]
struct Cause {
    request: bool,
    sent_at: Time,
    /// The message whose arrival made a server send it.
    by: Option<u32>,
}

/// Writes that were begun together: the last of them, and the message that made the server begin them.
type Begun = (WriteId, Option<u32>);

/// The counts of a run so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Messages between servers.
    pub(super) messages: u32,
    /// Their fields, written out.
    pub(super) bytes: u64,
    /// Writes that reached a disk.
    pub(super) syncs: u32,
    /// Entries that gave way to others, or to nothing.
    pub(super) overwritten: Fate,
    /// Entries that were put under a newer term.
    pub(super) renumbered: Fate,
    /// How many operations clients were told to ask for.
    pub(super) asked: u32,
    pub(super) told: Vec<Told>,
    pub(super) reigns: Vec<Reign>,
    /// How many messages lay between a command's arrival at a server and the sending of its answer, for each that was
    /// answered so.
    pub(super) hops: Vec<u32>,
    now: Time,
    event: Option<What>,
    causes: Vec<Cause>,
    begun: Vec<Vec<Begun>>,
    logs: Vec<Table<Index, Option<(Term, u64)>>>,
    /// Of each server, up to where its log is final; only of one with slots, where a decision takes the place of what was
    /// accepted without a word.
    settled: Vec<Index>,
    booted: Option<NodeId>,
    /// True if the event in hand changed who leads.
    changed: bool,
}

impl Tally {
    pub(super) fn new(servers: u8) -> Tally {
        let servers = usize::from(servers);
        Tally {
            begun: vec![Vec::new(); servers],
            settled: vec![0; servers],
            logs: vec![Table::default(); servers],
            ..Tally::default()
        }
    }

    /// Says what was done in the last event.
    pub(super) fn note_blow(&mut self, blow: &'static str) {
        if let (true, Some(last)) = (std::mem::take(&mut self.changed), self.reigns.last_mut()) {
            last.blow = blow;
        }
    }

    /// True if nobody who led before leads now, or somebody waits for an answer.
    pub(super) fn unsettled(&self) -> bool {
        let lost = self.reigns.last().is_some_and(|reign| reign.leader.is_none());
        lost || self.told.len() < self.asked as usize
    }

    /// The message that is behind the event in hand, if one is.
    fn cause(&self) -> Option<u32> {
        match self.event? {
            What::Delivered(id) => Some(id),
            What::Wrote(node, write) => {
                let begun = self.begun.get(node.slot())?.iter().find(|(last, _)| *last >= write);
                begun.and_then(|(_, by)| *by)
            }
            _ => None,
        }
    }

    /// How many messages between servers led to this answer, counted back to the request.
    fn hops(&self, answer: u32) -> Option<u32> {
        let mut id = self.causes.get(answer as usize)?.by?;
        let mut hops = 0;
        loop {
            let cause = self.causes.get(id as usize)?;
            if cause.request {
                return Some(hops);
            }
            hops += 1;
            id = cause.by?;
        }
    }

    fn put(&mut self, node: NodeId, index: Index, term: Term, content: u64) {
        let Some(log) = self.logs.get_mut(node.slot()) else { return };
        match log.at(index).replace((term, content)) {
            Some((_, before)) if before != content => self.overwritten.note(index, before, self.now),
            Some((before, _)) if before != term => self.renumbered.note(index, content, self.now),
            _ => {}
        }
    }

    /// Looks whether a server still holds what it held.
    fn compare<P: Protocol>(&mut self, node: NodeId, core: &P) {
        let slot = node.slot();
        let (Some(log), Some(settled)) = (self.logs.get_mut(slot), self.settled.get_mut(slot)) else {
            return;
        };
        let held = log.iter().filter(|(index, _)| *index > *settled);
        let held: Vec<(Index, Term, u64)> =
            held.filter_map(|(index, held)| held.map(|(term, content)| (*index, term, content))).collect();
        for (index, term, content) in held {
            let now = core.content_at(index).map(|content| content.hash());
            if now != Some(content) {
                *log.at(index) = now.map(|content| (term, content));
                self.overwritten.note(index, content, self.now);
            }
        }
        *settled = core.status().applied;
    }

    /// Empties a log from an index on. What was there is given back.
    fn clear(&mut self, node: NodeId, from: Index) -> Vec<(Index, u64)> {
        let Some(log) = self.logs.get_mut(node.slot()) else { return Vec::new() };
        let held = log.iter().filter(|(index, _)| *index >= from);
        let held: Vec<(Index, u64)> =
            held.filter_map(|(index, held)| held.map(|(_, content)| (*index, content))).collect();
        held.iter().for_each(|(index, _)| *log.at(*index) = None);
        held
    }
}

/// The server that leads in the highest term of those that are up and reach a majority.
fn leader<P: Protocol>(sim: &Sim<P>) -> Option<NodeId> {
    let awake = |node: NodeId| {
        let machine = &sim.machines()[node.slot()];
        machine.is_up() && !machine.paused
    };
    let reaches = |from: NodeId, to: NodeId| {
        let (from, to) = (Addr::Server(from), Addr::Server(to));
        from == to || (!sim.is_cut(from, to) && !sim.is_cut(to, from))
    };
    let leading = sim.machines().iter().filter_map(|machine| {
        let status = machine.core.as_ref()?.status();
        let leads = P::DIALECT.roles[usize::from(status.role)].kind == RoleKind::Leading;
        let others = sim.machines().iter().map(|other| other.id);
        let count = others.filter(|other| awake(*other) && reaches(machine.id, *other)).count();
        (leads && awake(machine.id) && count > sim.machines().len() / 2).then_some((status.term, machine.id))
    });
    leading.max().map(|(_, node)| node)
}

impl Observer for Tally {
    const RULES: bool = false;
    const FACTS: bool = true;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, node: NodeId, fact: Fact) {
        match fact {
            Fact::Appended { index, term, content, .. } => self.put(node, index, term, content),
            Fact::Truncated { from } => {
                for (index, content) in self.clear(node, from) {
                    self.overwritten.note(index, content, self.now);
                }
            }
            _ => {}
        }
    }
}

impl<P: Protocol> Watch<P> for Tally {
    fn begin(&mut self, event: &Event) {
        self.now = event.at;
        self.event = Some(event.what);
        self.changed = false;
    }

    fn sent(&mut self, flight: &Flight<P::Message>, _covered: bool) {
        let request = matches!(flight.body, Body::Request(_));
        if let Body::Protocol(message) = &flight.body {
            self.messages += 1;
            let fields = message.fields();
            // Its kind, and each field with what parts it from the next.
            self.bytes += 1 + fields.iter().map(|(_, value)| value.len() as u64 + 1).sum::<u64>();
        }
        // Numbers are given in the order of sending, and none twice.
        debug_assert_eq!(self.causes.len(), flight.id as usize);
        self.causes.push(Cause { request, sent_at: flight.sent_at, by: self.cause() });
    }

    fn wrote(&mut self, _: NodeId, _: &P::Durable) {
        self.syncs += 1;
    }

    fn crashed(&mut self, node: NodeId) {
        self.begun[node.slot()].clear();
    }

    fn booted(&mut self, node: NodeId) {
        self.booted = Some(node);
    }

    fn wiped(&mut self, node: NodeId) {
        self.clear(node, 0);
    }

    fn invoked(&mut self, _: &Command) {
        self.asked += 1;
    }

    fn concluded(&mut self, operation: &Operation) {
        let answer = match self.event {
            Some(What::Delivered(id)) => Some(id),
            _ => None,
        };
        let writes = operation.command.op().writes();
        if let (Outcome::Done(_), true, Some(id)) = (&operation.outcome, writes, answer) {
            self.hops.extend(self.hops(id));
        }
        let sent_at = answer.and_then(|id| self.causes.get(id as usize)).map(|cause| cause.sent_at);
        self.told.push(Told { client: operation.command.client(), op: draw::operation(operation), sent_at });
    }

    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        let cause = self.cause();
        for machine in sim.machines() {
            let begun = &mut self.begun[machine.id.slot()];
            let known = begun.last().map_or(WriteId(0), |(last, _)| *last);
            if machine.issued() > known {
                begun.push((machine.issued(), cause));
            }
        }
        if let Some(node) = self.booted.take() {
            // What a crash took that was on no disk is gone, and nobody overwrote it.
            let last = sim.machines()[node.slot()].core.as_ref().map(|core| core.status().last);
            self.clear(node, last.unwrap_or_default() + 1);
        }
        if let (true, Some(Addr::Server(node))) = (P::DIALECT.slots, event.place)
            && let Some(core) = &sim.machines()[node.slot()].core
        {
            self.compare(node, core);
        }
        let leads = leader(sim);
        if leads != self.reigns.last().and_then(|reign| reign.leader) {
            self.reigns.push(Reign { at: self.now, leader: leads, blow: "" });
            self.changed = true;
        }
    }
}
