//! What happened in an event besides what the rules say of it: what was done to the run, what came, what was lost, and
//! what a reader can see changed by it.

use crate::course::Course;
use crate::deed::{Told, listed, timer_name};
use crate::teller::loss_words;
use protocol::{Family, Protocol, TimerId};
use sim::{Fate, Kind, Loss, Mark, MarkKind, MessageRow, Record, What, kind_name};

/// The kinds of a client's message in a trace.
const REQUEST: u8 = 255;
const REPLY: u8 = 254;

/// One event, looked at for a person.
pub(crate) struct Happened<'a, P: Protocol> {
    course: &'a Course<P>,
    position: u32,
    record: Record,
    /// The place where it happened.
    place: String,
    /// The message that ended in it.
    ended: Option<(&'a MessageRow, Fate)>,
    told: &'a Told,
}

impl<'a, P: Protocol> Happened<'a, P> {
    pub(crate) fn of(course: &'a Course<P>, position: u32) -> Happened<'a, P> {
        let record = course.trace.records[position as usize];
        let deed = course.deeds.binary_search_by_key(&position, |deed| deed.position);
        // A delivery that no line of the scenario names is a deed like one that a line does name.
        let told = deed.map_or(&Told::Message, |deed| &course.deeds[deed].told);
        let messages = &course.trace.messages;
        let ended = match (record.what, told) {
            (What::Delivered(id) | What::Lost(id), _) => messages.get(id as usize),
            (What::Action(_), Told::Message) => {
                let sent = messages.partition_point(|row| row.sent_in < position);
                let here = |row: &&MessageRow| row.end.is_some_and(|(_, ended_in, _)| ended_in == position);
                messages[..sent].iter().rev().find(here)
            }
            _ => None,
        };
        let ended = ended.and_then(|row| row.end.map(|(_, _, fate)| (row, fate)));
        let place = record.lane.map(|lane| lane_name(course, lane)).unwrap_or_default();
        Happened { course, position, record, place, ended, told }
    }

    /// What is said before the rules have their say.
    pub(crate) fn head(&self) -> String {
        match (self.record.what, self.told, self.ended) {
            (What::Boot, ..) if !self.course.scenario.config.presets.is_empty() => {
                let servers = self.course.trace.servers;
                format!("{servers} servers start, with disks that the scenario wrote. None leads yet.")
            }
            (What::Boot, ..) if self.course.trace.servers == 1 => "One server starts, alone.".to_owned(),
            (What::Boot, ..) => {
                format!("{} servers start. None {} yet.", self.course.trace.servers, P::DIALECT.leads)
            }
            (What::Action(_) | What::Refused(_), Told::Sentence(sentence), _) => sentence.clone(),
            (What::Waited(_), ..) => self.patience(),
            (_, _, Some((row, Fate::Lost(loss)))) => self.lost(row, loss),
            (_, _, Some((row, Fate::Delivered))) if row.kind == REPLY => self.heard(row),
            (_, _, Some((row, Fate::Delivered))) if row.kind == REQUEST => self.taken(row),
            _ => String::new(),
        }
    }

    /// What is said of the log, if the rules leave room for it; and whether it comes before what they say.
    pub(crate) fn growth(&self) -> Option<(String, bool)> {
        let (place, index) = (&self.place, self.stored()?);
        let Some((row, Fate::Delivered)) = self.ended else { return None };
        let from = self.lane(row.from);
        let spot = P::DIALECT.index;
        // Where a slot may be filled before those in front of it, and filled again, a log has no end to speak of.
        let said = if P::DIALECT.slots {
            format!("{place} stores what {from} sends, in {spot} {index}.")
        } else {
            format!("{place} stores what {from} sends: its log now ends at {spot} {index}.")
        };
        // Storing comes before running, and after all else.
        let runs = self.marks().any(|mark| mark.kind == MarkKind::Applied);
        let cleared = self.marks().any(|mark| mark.kind == MarkKind::Truncated);
        (row.kind < REPLY && !row.reply).then_some((said, runs && !cleared))
    }

    /// What is said if no rule has anything loud to say.
    pub(crate) fn tail(&self) -> String {
        let place = &self.place;
        match (self.record.what, self.told, self.ended) {
            (What::Timer(_, timer), ..) => self.rang(timer),
            (What::Action(_), Told::Timer(timer), _) => self.rang(*timer),
            (What::Wrote(..), ..) => format!("A write reaches {place}'s disk."),
            (What::Channel(a, b, true), ..) => format!("The channel between {a} and {b} opens."),
            (What::Channel(a, b, false), ..) => format!("The channel between {a} and {b} closes."),
            _ => String::new(),
        }
    }

    /// What is said where neither a rule nor a change is worth a word.
    pub(crate) fn nothing(&self) -> String {
        let place = &self.place;
        let Some((row, _)) = self.ended else { return "Nothing changes that can be seen.".to_owned() };
        let (kind, from) = (row_kind::<P>(row), self.lane(row.from));
        if let Some(index) = self.ran() {
            let (spot, done) = (P::DIALECT.index, P::DIALECT.committed);
            return format!("{place} hears from {from} that {spot} {index} is {done}.");
        }
        let leads = self.role() == 2;
        match (row.kind < REPLY).then(|| P::DIALECT.kinds[usize::from(row.kind)].family) {
            Some(Family::Support) if leads => {
                let leads = P::DIALECT.leads;
                format!("{place} {leads} already: the answer of {from} makes no difference.")
            }
            Some(Family::Support) if self.role() == 1 => {
                format!("{from}'s answer is no {} for {place}, which goes on waiting.", P::DIALECT.support)
            }
            Some(Family::Support) => {
                let support = P::DIALECT.support;
                format!("{place} asks for no {support} any more: the answer of {from} makes no difference.")
            }
            Some(Family::Acknowledge) if leads => {
                format!("{from}'s answer tells {place} nothing new: nothing changes.")
            }
            Some(_) if row.reply => {
                format!("{place} has no use for the answer of {from} any more: nothing changes.")
            }
            _ => format!("{kind} from {from} reaches {place}: nothing changes there."),
        }
    }

    /// The kind of the role of this place after the event, as a lane has it.
    fn role(&self) -> u8 {
        let lanes = &self.course.trace.lanes;
        let known = lanes.partition_point(|row| row.position <= self.position);
        let mine = lanes[..known].iter().rev().find(|row| Some(row.lane) == self.record.lane);
        mine.map_or(0, |row| row.role)
    }

    fn lane(&self, lane: u8) -> String {
        lane_name(self.course, lane)
    }

    /// The messages that left in this event.
    fn sent(&self) -> &'a [MessageRow] {
        let messages = &self.course.trace.messages;
        let first = messages.partition_point(|row| row.sent_in < self.position);
        let here = messages[first..].partition_point(|row| row.sent_in == self.position);
        &messages[first..first + here]
    }

    fn lost(&self, row: &MessageRow, loss: Loss) -> String {
        let (kind, from, to) = (row_kind::<P>(row), self.lane(row.from), self.lane(row.to));
        match loss {
            Loss::Dropped => format!("The {kind} from {from} is dropped: {to} will never see it."),
            _ => format!("The {kind} from {from} to {to} is lost: {}.", loss_words(loss)),
        }
    }

    /// A timer fired, and this went out.
    fn rang(&self, timer: TimerId) -> String {
        let (place, name) = (&self.place, timer_name::<P>(timer));
        match self.sent() {
            [] => format!("{place}'s {name} fires."),
            sent => format!("{place}'s {name} fires: it sends {}.", self.list_of(sent)),
        }
    }

    /// `Ask to n1 and n2, Tell to n2`: each kind once, with all who get it.
    fn list_of(&self, sent: &[MessageRow]) -> String {
        let mut kinds: Vec<(&str, Vec<String>)> = Vec::new();
        for row in sent {
            let (kind, to) = (row_kind::<P>(row), self.lane(row.to));
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, all)) if all.contains(&to) => {}
                Some((_, all)) => all.push(to),
                None => kinds.push((kind, vec![to])),
            }
        }
        let each = kinds.iter().map(|(kind, to)| format!("{kind} to {}", listed(to)));
        each.collect::<Vec<_>>().join(", ")
    }

    /// Where a server has run what it was told of, in a protocol that has slots: the last such place.
    fn ran(&self) -> Option<u32> {
        let applied = self.marks().filter(|mark| mark.kind == MarkKind::Applied && P::DIALECT.slots);
        applied.map(|mark| mark.value).last()
    }

    /// Up to where the log reaches, if it grew during the event.
    fn stored(&self) -> Option<u32> {
        self.marks().filter(|mark| mark.kind == MarkKind::Appended).map(|mark| mark.value).last()
    }

    /// What was marked on a lane during the event.
    fn marks(&self) -> impl Iterator<Item = &'a Mark> {
        let (marks, position) = (&self.course.trace.marks, self.position);
        let first = marks.partition_point(|mark| mark.position < position);
        marks[first..].iter().take_while(move |mark| mark.position == position)
    }

    /// What a server made of a client's request.
    fn taken(&self, row: &MessageRow) -> String {
        let (place, client) = (&self.place, self.lane(row.from));
        let answered = self.sent().iter().any(|sent| sent.kind == REPLY && sent.to == row.from);
        let spoke = !self.course.trace.firings_of(self.position).is_empty();
        match self.stored() {
            Some(index) if !P::DIALECT.slots => {
                format!("{place} takes {client}'s command into its log, at {} {index}.", P::DIALECT.index)
            }
            _ if spoke => String::new(),
            _ if answered && self.role() != 2 && !P::DIALECT.slots => {
                format!("{place} does not lead and cannot tell {client} who does.")
            }
            _ if answered => format!("{place} answers {client} at once."),
            _ => format!("{place} has {client}'s request already: nothing changes."),
        }
    }

    fn patience(&self) -> String {
        let client = &self.place;
        match self.sent().iter().rfind(|row| row.kind == REQUEST) {
            Some(row) => format!("{client} has no answer and asks {}.", self.lane(row.to)),
            None => format!("{client} has waited long enough and gives up: it cannot know the outcome."),
        }
    }

    /// What a client heard. The operation that it was busy with says which.
    fn heard(&self, row: &MessageRow) -> String {
        let (client, from) = (&self.place, self.lane(row.from));
        let asker = self.course.head.sim.clients().get(usize::from(row.to - self.course.trace.servers));
        let operations = asker.map(|asker| &asker.operations);
        let known = |operation: &&sim::Operation| operation.ended_in == Some(self.position);
        if let Some(operation) = operations.and_then(|operations| operations.iter().rev().find(known)) {
            let op = operation.command.op();
            let reply = crate::draw::operation(operation).reply;
            return match operation.outcome.name() {
                "ok" if ["stored", "synced"].contains(&reply.as_str()) => {
                    format!("{client} is told by {from}: {op} is done.")
                }
                "ok" => format!("{client} has {from}'s answer to {op}: {reply}."),
                "failed" => format!("{client} is told by {from}: {op} has failed."),
                _ => format!("{client} gives up on {op}: it cannot know the outcome."),
            };
        }
        if let Some(next) = self.sent().iter().find(|sent| sent.kind == REQUEST) {
            return format!("{from} has no result for {client}, which asks {} now.", self.lane(next.to));
        }
        let busy = |operation: &sim::Operation| {
            operation.invoked_in < self.position
                && operation.ended_in.is_none_or(|ended_in| ended_in > self.position)
        };
        if operations.is_some_and(|operations| operations.iter().any(busy)) {
            format!("{from} has no result for {client}, which goes on waiting.")
        } else {
            format!("{client} waits for nothing any more: the reply of {from} makes no difference.")
        }
    }
}

pub(crate) fn lane_name<P: Protocol>(course: &Course<P>, lane: u8) -> String {
    match lane.checked_sub(course.trace.servers) {
        None => format!("n{}", lane + 1),
        Some(client) => format!("c{}", client + 1),
    }
}

fn row_kind<P: Protocol>(row: &MessageRow) -> &'static str {
    kind_name::<P>(match row.kind {
        REQUEST => Kind::Request,
        REPLY => Kind::Reply,
        kind => Kind::Protocol(kind),
    })
}
