//! The watcher that writes the trace.

use super::rows::{LaneRow, Mark, MarkKind, MessageRow, Quorum, Record};
use crate::{Addr, Body, Event, Fate, Flight, Loss, Sim, Watch, What};
use protocol::{
    Digest, Durable, Fact, Firing, Grade, Message, NodeId, Observer, Protocol, RoleKind, Status, Time,
};

/// The record of a run so far.
#[derive(Clone, Debug)]
pub struct Trace {
    /// How many lanes are servers'; clients' follow.
    pub servers: u8,
    /// Every event, by position.
    pub records: Vec<Record>,
    /// Every rule that spoke, in order.
    pub firings: Vec<(NodeId, Firing)>,
    /// Every message, by number.
    pub messages: Vec<MessageRow>,
    /// Every change of a lane's look, in order.
    pub lanes: Vec<LaneRow>,
    /// Every mark, in order.
    pub marks: Vec<Mark>,
    /// Every majority that was counted, in order.
    pub quorums: Vec<Quorum>,
    /// The positions of the events that a reader can see: everything above routine, and the start of routine rounds.
    pub moments: Vec<u32>,
    /// The longest time that any message was under way: how far back a window has to look.
    pub longest_flight: u64,
    digest: Digest,
    grade: Grade,
    sent_any: bool,
    position: u32,
    at: Time,
    looks: Vec<Look>,
}

/// What a lane looked like when it was last looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    row: LaneRow,
    status: Status,
}

impl Trace {
    /// An empty trace.
    pub fn new(servers: u8) -> Trace {
        Trace {
            servers,
            records: Vec::new(),
            firings: Vec::new(),
            messages: Vec::new(),
            lanes: Vec::new(),
            marks: Vec::new(),
            quorums: Vec::new(),
            moments: Vec::new(),
            longest_flight: 0,
            digest: Digest::default(),
            grade: Grade::Routine,
            sent_any: false,
            position: 0,
            at: Time(0),
            looks: (0..servers).map(|_| Look::default()).collect(),
        }
    }

    /// The fingerprint of the first `position` events; 0 for none.
    pub fn fingerprint(&self, position: u32) -> u64 {
        let last =
            usize::try_from(position).ok().and_then(|position| self.records.get(position.checked_sub(1)?));
        last.map_or(0, |record| record.fingerprint)
    }

    /// The rules that spoke during an event.
    pub fn firings_of(&self, position: u32) -> &[(NodeId, Firing)] {
        let at = position as usize;
        let from = self.records[at].firings_from as usize;
        let to = self.records.get(at + 1).map_or(self.firings.len(), |next| next.firings_from as usize);
        &self.firings[from..to]
    }

    /// How many events there are by an instant, those at the instant included.
    pub fn events_by(&self, at: Time) -> u32 {
        count(self.records.partition_point(|record| record.at <= at))
    }

    /// Forgets everything from an event on: the run goes another way from there. `sim` is the run at that position.
    pub fn cut<P: Protocol>(&mut self, sim: &Sim<P>) {
        let position = sim.position();
        self.digest = Digest::from(0);
        if let Some(first) = self.records.get(position as usize) {
            self.firings.truncate(first.firings_from as usize);
        }
        self.records.truncate(position as usize);
        self.digest = Digest::from(self.fingerprint(position));
        let sent = self.messages.partition_point(|message| message.sent_in < position);
        self.messages.truncate(sent);
        for message in &mut self.messages {
            message.end = message.end.filter(|(_, ended_in, _)| *ended_in < position);
        }
        self.lanes.truncate(self.lanes.partition_point(|row| row.position < position));
        self.marks.truncate(self.marks.partition_point(|mark| mark.position < position));
        self.quorums.truncate(self.quorums.partition_point(|quorum| quorum.position < position));
        self.moments.truncate(self.moments.partition_point(|moment| *moment < position));
        for (slot, look) in self.looks.iter_mut().enumerate() {
            *look = look_at(sim, slot);
        }
    }

    /// How many bytes the columns take.
    pub fn bytes(&self) -> u64 {
        fn of<T>(column: &[T]) -> u64 {
            size_of_val(column) as u64
        }
        of(&self.records)
            + of(&self.firings)
            + of(&self.messages)
            + of(&self.lanes)
            + of(&self.marks)
            + of(&self.moments)
    }

    fn lane(&self, place: Addr) -> u8 {
        match place {
            Addr::Server(node) => node.0 - 1,
            Addr::Client(client) => self.servers + client.0 - 1,
        }
    }

    /// True for keep-alive traffic that is not the first of its kind on its link in its term.
    fn is_routine<M: Message>(&self, message: &M, from: u8, to: u8) -> bool {
        let term = message.term().number;
        let same = |row: &&MessageRow| (row.from, row.to, row.kind) == (from, to, message.kind());
        message.is_routine()
            && self.messages.iter().rev().take(LOOK_BACK).find(same).is_some_and(|row| row.term == term)
    }

    fn mark(&mut self, lane: u8, kind: MarkKind, value: u64) {
        let value = u32::try_from(value).unwrap_or(u32::MAX);
        self.marks.push(Mark { at: self.at, position: self.position, lane, kind, value });
    }

    fn raise(&mut self, grade: Grade) {
        self.grade = self.grade.max(grade);
    }

    /// Notes what changed at a server since it was last looked at.
    fn compare<P: Protocol>(&mut self, sim: &Sim<P>, slot: usize) {
        let (before, mut after) = (self.looks[slot], look_at(sim, slot));
        let lane = after.row.lane;
        after.row.at = before.row.at;
        after.row.position = before.row.position;
        if after.row != before.row || self.position == 0 {
            after.row.at = self.at;
            after.row.position = self.position;
            self.lanes.push(after.row);
            self.raise(Grade::Notable);
        }
        let alive = (before.row.flags | after.row.flags) & 1 == 0;
        if alive && after.status.commit > before.status.commit && after.row.role == 2 {
            self.mark(lane, MarkKind::Committed, after.status.commit);
        }
        if alive && after.status.applied > before.status.applied {
            self.mark(lane, MarkKind::Applied, after.status.applied);
        }
        if alive && after.status.last > before.status.last {
            self.mark(lane, MarkKind::Appended, after.status.last);
        }
        let changed = Status { leader: None, ..before.status } != Status { leader: None, ..after.status };
        if changed {
            self.raise(Grade::Notable);
        }
        self.looks[slot] = after;
    }

    fn digest_server<P: Protocol>(&mut self, sim: &Sim<P>, slot: usize) {
        let status = self.looks[slot].status;
        status.term.digest(&mut self.digest);
        self.digest.word(u64::from(status.role) << 8 | u64::from(self.looks[slot].row.flags));
        for word in [status.last, status.commit, status.applied, status.log_hash, status.state_hash] {
            self.digest.word(word);
        }
        sim.machines()[slot].disk.digest(&mut self.digest);
    }
}

/// How many messages back a first of its kind is looked for. On a busy network an old kind may count as new again,
/// which only makes it visible.
const LOOK_BACK: usize = 256;

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn look_at<P: Protocol>(sim: &Sim<P>, slot: usize) -> Look {
    let machine = &sim.machines()[slot];
    let status = machine.core.as_ref().map(Protocol::status).unwrap_or_default();
    let role = match P::DIALECT.roles[usize::from(status.role)].kind {
        RoleKind::Idle => 0,
        RoleKind::Seeking => 1,
        RoleKind::Leading => 2,
        RoleKind::Syncing => 3,
        RoleKind::Learner => 4,
    };
    let flags = u8::from(!machine.is_up()) | u8::from(machine.paused) << 1;
    let row =
        LaneRow { at: Time(0), position: 0, lane: machine.id.0 - 1, role, flags, term: status.speaks.number };
    Look { row, status }
}

impl Observer for Trace {
    const RULES: bool = true;
    const FACTS: bool = true;

    fn rule(&mut self, node: NodeId, firing: Firing) {
        self.firings.push((node, firing));
    }

    fn fact(&mut self, node: NodeId, fact: Fact) {
        match fact {
            Fact::Led { term } => self.mark(node.0 - 1, MarkKind::Leads, u64::from(term.number)),
            Fact::Counted { index, servers } => {
                self.quorums.push(Quorum { position: self.position, lane: node.0 - 1, index, servers });
            }
            Fact::Truncated { from } => self.mark(node.0 - 1, MarkKind::Truncated, from),
            _ => {}
        }
    }
}

impl<P: Protocol> Watch<P> for Trace {
    fn begin(&mut self, event: &Event) {
        self.position = event.position;
        self.at = event.at;
        self.grade = Grade::Routine;
        self.sent_any = false;
        self.records.push(Record {
            at: event.at,
            what: event.what,
            grade: Grade::Routine,
            lane: event.place.map(|place| self.lane(place)),
            firings_from: count(self.firings.len()),
            fingerprint: 0,
        });
        let (tag, detail) = match event.what {
            What::Boot => (1, 0),
            What::Action(number) => (2, u64::from(number)),
            What::Refused(number) => (3, u64::from(number)),
            What::Delivered(id) => (4, u64::from(id)),
            What::Lost(id) => (5, u64::from(id)),
            What::Timer(_, timer) => (6, u64::from(timer.0)),
            What::Wrote(_, write) => (7, u64::from(write.0)),
            What::Waited(_) => (8, 0),
            What::Channel(a, b, opened) => {
                (9, u64::from(a.0) << 16 | u64::from(b.0) << 8 | u64::from(opened))
            }
        };
        let place = event.place.map_or(0, |place| u64::from(self.lane(place)) + 1);
        self.digest.word(event.at.0);
        self.digest.word(detail << 16 | place << 8 | tag);
    }

    fn sent(&mut self, flight: &Flight<P::Message>, _covered: bool) {
        let (from, to) = (self.lane(flight.from), self.lane(flight.to));
        let (kind, reply, routine, term) = match &flight.body {
            Body::Protocol(message) => {
                let reply = P::DIALECT.kinds[usize::from(message.kind())].reply;
                (message.kind(), reply, self.is_routine(message, from, to), message.term().number)
            }
            Body::Request(_) => (255, false, false, 0),
            Body::Reply { .. } => (254, true, false, 0),
        };
        self.sent_any = true;
        let (sent_at, sent_in) = (flight.sent_at, self.position);
        self.messages.push(MessageRow { from, to, kind, reply, routine, term, sent_at, sent_in, end: None });
    }

    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, at: Time) {
        if let Body::Protocol(message) = &flight.body {
            message.digest(&mut self.digest);
        }
        self.longest_flight = self.longest_flight.max((at - flight.sent_at).0);
        let position = self.position;
        let row = &mut self.messages[flight.id as usize];
        row.end = Some((at, position, fate));
        let routine = row.routine;
        if !routine && fate != Fate::Delivered {
            self.raise(Grade::Notable);
        }
        if fate == Fate::Lost(Loss::Dropped) || matches!(flight.to, Addr::Client(_)) {
            self.raise(Grade::Notable);
        }
    }

    fn crashed(&mut self, node: NodeId) {
        self.raise(Grade::Turning);
        self.mark(node.0 - 1, MarkKind::Crashed, 0);
    }

    fn booted(&mut self, node: NodeId) {
        if self.position > 0 {
            self.raise(Grade::Turning);
            self.mark(node.0 - 1, MarkKind::Restarted, 0);
        }
    }

    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        match (event.what, event.place) {
            (What::Boot, _) => (0..self.looks.len()).for_each(|slot| {
                self.compare(sim, slot);
                self.digest_server(sim, slot);
            }),
            (What::Channel(a, b, _), _) => [a, b].map(NodeId::slot).into_iter().for_each(|slot| {
                self.compare(sim, slot);
                self.digest_server(sim, slot);
            }),
            (_, Some(Addr::Server(node))) => {
                self.compare(sim, node.slot());
                self.digest_server(sim, node.slot());
            }
            _ => {}
        }
        if matches!(event.what, What::Action(_) | What::Refused(_) | What::Boot | What::Waited(_)) {
            self.raise(Grade::Notable);
        }
        let record = &mut self.records[event.position as usize];
        let firings = &self.firings[record.firings_from as usize..];
        let told = firings.iter().map(|(_, firing)| P::DIALECT.rule(firing.rule).grade(firing.verdict)).max();
        record.grade = self.grade.max(told.unwrap_or_default());
        self.digest = Digest::from(self.digest.finish());
        record.fingerprint = self.digest.finish();
        // What goes on from a cut goes on from the fingerprint.
        self.digest = Digest::from(record.fingerprint);
        let round = matches!(event.what, What::Timer(..)) && self.sent_any;
        if record.grade > Grade::Routine || round {
            self.moments.push(event.position);
        }
    }
}
