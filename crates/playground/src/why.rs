//! Why something is as it is: since when, and what led to it, nearest cause first.
//!
//! What is asked for is a value of the scenario language (`n2.term`, `n1.log[3]`, `c1.op[2].outcome`, `leader`), a server's timer
//! (`n2 election`) or an event (`event 57`). The event since which it is so is found by playing the run again from its
//! checkpoints, the last stretch first; what led to an event is read from the trace: a delivery was sent in an event, a
//! timer was started in one, a write was begun in one. What somebody did to the run has no cause in it: there a chain ends.

use crate::course::Course;
use crate::director::{Director, Progress};
use crate::frame::RuleCite;
use crate::happened::lane_name;
use crate::lookout::Notes;
use crate::narrate;
use crate::run::Trouble;
use crate::world::Stage;
use protocol::{NodeId, Protocol, Time, TimerId};
use scenario::{Expr, Field, Monitor, Part, Piece, World, eval, parse_caption};
use serde::Serialize;
use sim::{MessageRow, What, kind_name};

/// No chain of causes is told further.
const MOST_STEPS: usize = 12;

/// Why something is as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhyView {
    /// What was asked for, as it was asked.
    pub about: String,
    /// What it is now, in words; empty for an event.
    pub value: String,
    /// What led to it, nearest first.
    pub steps: Vec<WhyStep>,
    /// What is missing, if what a reader expects of it has not come about: one sentence each.
    pub lacks: Vec<String>,
}

/// One event of a chain of causes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhyStep {
    /// How the step before hangs on this one: `n1 sent RequestVote to n2`. Empty for the first.
    pub because: String,
    /// What happened, in one or two sentences.
    pub text: String,
    /// The rule that it rests on.
    pub rule: Option<RuleCite>,
    /// Where a reader stands after it.
    pub position: u32,
    /// When, in microseconds.
    pub at: u64,
    /// Where, if it was at one place.
    pub place: Option<String>,
    /// The message whose arrival it was.
    pub message: Option<Way>,
}

/// The way of a message through space and time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Way {
    /// Its kind.
    pub kind: &'static str,
    /// Who sent it.
    pub from: String,
    /// To whom.
    pub to: String,
    /// When it left.
    pub sent_at: u64,
    /// After how many events it had left.
    pub sent_in: u32,
}

/// What is asked for.
enum About {
    Event(u32),
    Timer(NodeId, TimerId),
    Value(Expr),
}

/// Answers.
///
/// # Errors
///
/// If there is no such value, timer or event in this run.
pub(crate) fn why<P: Protocol>(course: &Course<P>, about: &str) -> Result<WhyView, Trouble> {
    let view = |value: String, since: Option<u32>, lacks| WhyView {
        about: about.to_owned(),
        value,
        steps: since.map(|event| chain(course, event)).unwrap_or_default(),
        lacks,
    };
    let expr = match read::<P>(course, about)? {
        About::Event(event) => return Ok(view(String::new(), Some(event), Vec::new())),
        About::Timer(node, timer) => {
            let due = due_at(&course.cursor, node, timer);
            let words = due.map_or("not running".to_owned(), |due| format!("due at {due}"));
            let set = |director: &Director<P>| due_at(director, node, timer);
            return Ok(view(words, since(course, course.position(), &set), Vec::new()));
        }
        About::Value(expr) => resolved(course, expr),
    };
    let read = |director: &Director<P>| value_of(director, &expr);
    Ok(view(
        read(&course.cursor),
        since(course, course.position(), &read),
        crate::why_not::lacks(course, &expr),
    ))
}

fn read<P: Protocol>(course: &Course<P>, about: &str) -> Result<About, Trouble> {
    if let Some(number) = about.strip_prefix("event ") {
        let event = number.parse::<u32>().ok().and_then(|position| position.checked_sub(1));
        let known = event.filter(|event| (*event as usize) < course.trace.records.len());
        return known.map(About::Event).ok_or_else(|| format!("there is no event {number} in this run"));
    }
    if let Some((place, timer)) = about.split_once(' ')
        && let Some(timer) = P::DIALECT.timer_named(timer)
    {
        let machines = course.cursor.sim.machines();
        let node = machines.iter().map(|machine| machine.id).find(|node| node.to_string() == place);
        return node.map(|node| About::Timer(node, timer)).ok_or_else(|| format!("there is no {place} here"));
    }
    let pieces = parse_caption(&format!("{{{about}}}"), P::DIALECT, &course.scenario.config);
    match pieces.map_err(|error| error.to_string())?.pop() {
        Some(Piece::Value(expr)) => Ok(About::Value(expr)),
        _ => Err(format!("“{about}” is no value of a run")),
    }
}

/// With `leader` as the server who leads now: whoever led before is another matter.
fn resolved<P: Protocol>(course: &Course<P>, expr: Expr) -> Expr {
    let node = |of| Stage::of(&course.cursor).server(of).map_or(of, sim::Target::Node);
    match expr {
        Expr::Field { of, field } => Expr::Field { of: node(of), field },
        Expr::Fact { of, key } => Expr::Fact { of: node(of), key },
        Expr::Entry { of, index, part } => Expr::Entry { of: node(of), index, part },
        Expr::Pair { of, key } => Expr::Pair { of: node(of), key },
        other => other,
    }
}

/// A value in words. An entry is its content and its term together: the same content may come again.
fn value_of<P: Protocol>(director: &Director<P>, expr: &Expr) -> String {
    let stage = Stage::of(director);
    let monitor = Monitor::default();
    let shown =
        |expr: &Expr| eval(expr, &stage, &monitor).map_or("nothing".to_owned(), |value| value.to_string());
    match expr {
        Expr::Server(target) => stage.server(*target).map_or("nobody".to_owned(), |node| node.to_string()),
        Expr::Entry { of, index, part: Part::Content } => {
            let term = Expr::Entry { of: *of, index: *index, part: Part::Term };
            let content = shown(expr);
            if content == "none" || content == "nothing" {
                return "nothing".to_owned();
            }
            format!("{content} of {} {}", P::DIALECT.term, shown(&term))
        }
        Expr::Field { field: Field::Up, .. } => {
            if shown(expr) == "true" {
                "up".to_owned()
            } else {
                "down or paused".to_owned()
            }
        }
        _ => shown(expr),
    }
}

fn due_at<P: Protocol>(director: &Director<P>, node: NodeId, timer: TimerId) -> Option<Time> {
    director.sim.machines()[node.slot()].timers[usize::from(timer.0)].due_at
}

/// The event since which something is what it is at a position; nothing if even the boot did not change it.
fn since<P: Protocol, T: PartialEq>(
    course: &Course<P>,
    position: u32,
    read: &dyn Fn(&Director<P>) -> T,
) -> Option<u32> {
    let now = read(&at(course, position));
    let mut end = position;
    for checkpoint in course.checkpoints.iter().rev().filter(|known| known.sim.position() < position) {
        let mut probe = checkpoint.clone();
        let mut other = (read(&probe) != now).then(|| probe.sim.position());
        while probe.sim.position() < end && advanced(course, &mut probe) {
            if read(&probe) != now {
                other = Some(probe.sim.position());
            }
        }
        if other.is_some() {
            return other;
        }
        end = checkpoint.sim.position();
    }
    None
}

/// The run at a position.
fn at<P: Protocol>(course: &Course<P>, position: u32) -> Director<P> {
    let near = course.checkpoints.partition_point(|known| known.sim.position() <= position);
    let mut probe = course.checkpoints[near.saturating_sub(1)].clone();
    while probe.sim.position() < position && advanced(course, &mut probe) {}
    probe
}

fn advanced<P: Protocol>(course: &Course<P>, probe: &mut Director<P>) -> bool {
    probe.advance(&course.scenario, Time(u64::MAX), usize::MAX, Notes::None) == Progress::Event
}

/// An event and what led to it, nearest first.
fn chain<P: Protocol>(course: &Course<P>, event: u32) -> Vec<WhyStep> {
    let mut steps = vec![step(course, event, String::new())];
    let mut last = event;
    while steps.len() < MOST_STEPS {
        let Some((cause, because)) = cause(course, last).filter(|(cause, _)| *cause < last) else { break };
        steps.push(step(course, cause, because));
        last = cause;
    }
    steps
}

fn step<P: Protocol>(course: &Course<P>, event: u32, because: String) -> WhyStep {
    let record = course.trace.records[event as usize];
    let (text, rule) = narrate::tell(course, event);
    let name = |lane| lane_name(course, lane);
    let message = arrived(course, event).map(|row| Way {
        kind: kind_name::<P>(crate::heard::kind_of(row.kind)),
        from: name(row.from),
        to: name(row.to),
        sent_at: row.sent_at.0,
        sent_in: row.sent_in + 1,
    });
    WhyStep {
        because,
        text,
        rule: rule.map(narrate::cite),
        position: event + 1,
        at: record.at.0,
        place: record.lane.map(name),
        message,
    }
}

/// The message that ended in an event.
fn arrived<P: Protocol>(course: &Course<P>, event: u32) -> Option<&MessageRow> {
    let messages = &course.trace.messages;
    match course.trace.records[event as usize].what {
        What::Delivered(id) | What::Lost(id) => messages.get(id as usize),
        What::Action(_) => {
            let sent = messages.partition_point(|row| row.sent_in < event);
            let here = |row: &&MessageRow| row.end.is_some_and(|(_, ended_in, _)| ended_in == event);
            messages[..sent].iter().rev().find(here)
        }
        _ => None,
    }
}

/// The event without which this one would not have been, and how they hang together.
fn cause<P: Protocol>(course: &Course<P>, event: u32) -> Option<(u32, String)> {
    if let Some(row) = arrived(course, event) {
        let (from, to) = (lane_name(course, row.from), lane_name(course, row.to));
        let kind = kind_name::<P>(crate::heard::kind_of(row.kind));
        return Some((row.sent_in, format!("{from} sent {kind} to {to}")));
    }
    match course.trace.records[event as usize].what {
        What::Timer(node, timer) => {
            let before = at(course, event);
            let set = |director: &Director<P>| {
                director.sim.machines()[node.slot()].timers[usize::from(timer.0)].set_at
            };
            let started =
                since(course, event, &|director| (set(director), due_at(director, node, timer).is_some()))?;
            let name = P::DIALECT.timers[usize::from(timer.0)].name;
            Some((started, format!("{node}'s {name} has run since {}", set(&before))))
        }
        What::Wrote(node, write) => {
            let begun =
                since(course, event, &|director| director.sim.machines()[node.slot()].issued() >= write)?;
            Some((begun, format!("{node} began to write")))
        }
        What::Waited(client) => {
            let lane = course.trace.servers + client.0 - 1;
            let sent = course.trace.messages.partition_point(|row| row.sent_in < event);
            let asked = course.trace.messages[..sent].iter().rev().find(|row| row.from == lane)?;
            let to = lane_name(course, asked.to);
            Some((asked.sent_in, format!("{client} asked {to}, and no answer came")))
        }
        _ => None,
    }
}
