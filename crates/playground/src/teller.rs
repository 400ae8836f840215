//! The trace line: one event, one line, one grammar, for the command line, the golden files and the page.
//!
//! ```text
//! LINE  = POSITION AT PLACE WHAT [" -> " CHANGE ("; " CHANGE)*]
//! WHAT  = "boot" | "do " ACTION [" {" FIELDS "}"] | "refused " ACTION ": " WHY | "get " KIND " from " PLACE " {" FIELDS "}"
//!       | "lose " KIND " from " PLACE " (" CAUSE ")" | "timer " TIMER | "disk write " N | "waited long enough"
//!       | "channel to " PLACE " opens" | "channel to " PLACE " closes"
//! CHANGE = PLACE " up" [" (" CHANGE {", " CHANGE} ")"] | "term " T | ROLE | "log " N | "commit " N | "applied " N | "send " KIND " to " PLACE (" " PLACE)* | OUTCOME
//! ```

use protocol::{Fact, Firing, Message, NodeId, Observer, Protocol, Status, Time};
use sim::{Addr, Body, Event, Fate, Flight, Loss, Operation, Sim, Watch, What, kind_name};
use std::fmt::Write;

/// Writes one line for the event that it watches.
#[derive(Debug, Default)]
pub(crate) struct Teller {
    /// The line of the last event.
    pub(crate) line: String,
    /// What is to be said of an action: its text, and why it was refused if it was. Nothing for a delivery that no
    /// line of the scenario names.
    pub(crate) action: String,
    before: Vec<(Status, bool)>,
    got: String,
    /// The message that was delivered: its kind and link, and its fields.
    delivered: Option<(String, String)>,
    sends: Vec<(String, Vec<String>)>,
    outcomes: Vec<String>,
}

/// The words at a message's arrow, whoever sent it.
pub(crate) fn label<M: Message>(body: &Body<M>) -> String {
    match body {
        Body::Protocol(message) => message.label(),
        Body::Request(command) => command.op().to_string(),
        Body::Reply { answer, .. } => answer_words(answer),
    }
}

fn name<P: Protocol>(body: &Body<P::Message>) -> &'static str {
    kind_name::<P>(body.kind())
}

/// An answer to a client, in few words.
pub(crate) fn answer_words(answer: &protocol::Answer) -> String {
    match answer {
        protocol::Answer::Done(reply) => format!("OK: {reply}"),
        protocol::Answer::NotLeader { hint: Some(node) } => format!("ask {node}"),
        protocol::Answer::NotLeader { hint: None } => "not the leader".into(),
        protocol::Answer::Unknown => "unknown".into(),
        protocol::Answer::Failed => "failed".into(),
    }
}

/// The fields of a message.
pub(crate) fn fields<M: Message>(body: &Body<M>) -> Vec<(&'static str, String)> {
    match body {
        Body::Protocol(message) => message.fields(),
        Body::Request(command) => {
            vec![("command", command.op().to_string()), ("seq", command.seq().to_string())]
        }
        Body::Reply { seq, answer } => vec![("answer", answer_words(answer)), ("seq", seq.to_string())],
    }
}

/// Why a message was lost.
pub(crate) fn loss_words(loss: Loss) -> &'static str {
    match loss {
        Loss::Chance => "by chance",
        Loss::Cut => "the link is cut",
        Loss::Down => "the receiver is down",
        Loss::Dropped => "dropped",
    }
}

impl Teller {
    /// Remembers what the servers look like before an event.
    pub(crate) fn look<P: Protocol>(&mut self, sim: &Sim<P>) {
        self.before = statuses(sim);
    }

    fn write_changes<P: Protocol>(&mut self, boots: bool, sim: &Sim<P>) {
        let mut changes = Vec::new();
        for (slot, ((before, was_up), (after, up))) in self.before.iter().zip(statuses(sim)).enumerate() {
            if *was_up && up && *before != after {
                changes.extend(differences::<P>(before, &after));
            } else if up && !was_up {
                let id = sim.machines()[slot].id;
                // What is on a disk from the beginning is told once: when the cluster boots.
                let written = boots && sim.config().presets.iter().any(|preset| preset.node == id);
                let found = if written { differences::<P>(before, &after) } else { Vec::new() };
                let found = if found.is_empty() { String::new() } else { format!(" ({})", found.join(", ")) };
                changes.push(format!("{id} up{found}"));
            }
        }
        for (label, to) in self.sends.drain(..) {
            changes.push(format!("send {label} to {}", to.join(" ")));
        }
        changes.append(&mut self.outcomes);
        if !changes.is_empty() {
            // Writing into a String cannot fail.
            let _ = write!(self.line, " -> {}", changes.join("; "));
        }
    }
}

fn statuses<P: Protocol>(sim: &Sim<P>) -> Vec<(Status, bool)> {
    let status = |machine: &sim::Machine<P>| machine.core.as_ref().map(Protocol::status).unwrap_or_default();
    sim.machines().iter().map(|machine| (status(machine), machine.is_up())).collect()
}

fn differences<P: Protocol>(before: &Status, after: &Status) -> Vec<String> {
    let mut changes = Vec::new();
    if after.term != before.term {
        changes.push(format!("{} {}", P::DIALECT.term, after.term));
    }
    if after.role != before.role {
        changes.push(P::DIALECT.roles[usize::from(after.role)].name.to_owned());
    }
    if after.last != before.last || after.log_hash != before.log_hash {
        changes.push(format!("log {}", after.last));
    }
    if after.commit != before.commit {
        changes.push(format!("commit {}", after.commit));
    }
    if after.applied != before.applied {
        changes.push(format!("applied {}", after.applied));
    }
    changes
}

impl Observer for Teller {
    const RULES: bool = false;
    const FACTS: bool = false;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, _: NodeId, _: Fact) {}
}

impl<P: Protocol> Watch<P> for Teller {
    fn begin(&mut self, _event: &Event) {
        self.got.clear();
        self.delivered = None;
        self.sends.clear();
        self.outcomes.clear();
    }

    fn sent(&mut self, flight: &Flight<P::Message>, _covered: bool) {
        let label = name::<P>(&flight.body).to_owned();
        match self.sends.last_mut() {
            Some((last, to)) if *last == label => to.push(flight.to.to_string()),
            _ => self.sends.push((label, vec![flight.to.to_string()])),
        }
    }

    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, _at: Time) {
        let kind = name::<P>(&flight.body);
        self.got = match fate {
            Fate::Delivered => {
                let fields: Vec<String> =
                    fields(&flight.body).iter().map(|(name, value)| format!("{name} {value}")).collect();
                let fields = format!("{{{}}}", fields.join(", "));
                let got = format!("get {kind} from {} {fields}", flight.from);
                self.delivered = Some((format!("{kind} {}->{}", flight.from, flight.to), fields));
                got
            }
            Fate::Lost(loss) => format!("lose {kind} from {} ({})", flight.from, loss_words(loss)),
        };
    }

    fn concluded(&mut self, operation: &Operation) {
        self.outcomes.push(format!("{} {}", operation.command.op(), operation.outcome.name()));
    }

    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        let what = match event.what {
            What::Boot => "boot".to_owned(),
            What::Action(_) => match &self.delivered {
                None => format!("do {}", self.action),
                Some((message, fields)) if self.action.is_empty() => format!("do deliver {message} {fields}"),
                Some((_, fields)) => format!("do {} {fields}", self.action),
            },
            What::Refused(_) => format!("refused {}", self.action),
            What::Delivered(_) | What::Lost(_) => std::mem::take(&mut self.got),
            What::Timer(_, timer) => format!("timer {}", P::DIALECT.timers[usize::from(timer.0)].key),
            What::Wrote(_, write) => format!("disk write {}", write.0),
            What::Waited(_) => "waited long enough".to_owned(),
            What::Channel(_, other, true) => format!("channel to {other} opens"),
            What::Channel(_, other, false) => format!("channel to {other} closes"),
        };
        let place = event.place.map_or("-".to_owned(), |place: Addr| place.to_string());
        self.line = format!("{:>5} {:>12} {:<3} {what}", event.position, event.at.to_string(), place);
        self.write_changes(event.what == What::Boot, sim);
    }
}
