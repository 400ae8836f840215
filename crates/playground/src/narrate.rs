//! What just happened, in one or two sentences, with the rule that it rests on.

use crate::course::Course;
use crate::frame::{Caption, RuleCite, grade_name};
use crate::teller::loss_words;
use protocol::{Firing, Grade, NodeId, Protocol, RuleInfo};
use scenario::Line;
use sim::{Fate, Kind, MarkKind, MessageRow, What, kind_name};

/// What the author says at the cursor. An author's caption stays until the next one, or until something happens that
/// the author did not write.
pub(crate) fn authored<P: Protocol>(course: &Course<P>) -> Option<Caption> {
    let (line, position, at) = course.cursor.caption?;
    let Some(Line::Caption(text)) = course.scenario.lines.get(line) else { return None };
    let strays = course.left.is_some_and(|left| course.cursor.line >= left);
    let last = if strays { Some(position) } else { course.cursor.script_end };
    if last.is_some_and(|last| last_moment(course).is_some_and(|moment| moment >= last)) {
        return None;
    }
    Some(Caption {
        text: text.clone(),
        rule: None,
        authored: true,
        position,
        at: at.0,
        grade: grade_name(Grade::Notable),
        moment: moments_by(course, position),
    })
}

/// What the engine tells of the last moment up to the cursor.
pub(crate) fn caption<P: Protocol>(course: &Course<P>) -> Option<Caption> {
    let moments = moments_by(course, course.position());
    let position = last_moment(course)?;
    let (text, rule) = tell(course, position);
    let record = course.trace.records[position as usize];
    Some(Caption {
        text,
        rule: rule.map(cite),
        authored: false,
        position: position + 1,
        at: record.at.0,
        grade: grade_name(record.grade),
        moment: moments,
    })
}

/// The event of the last moment up to the cursor.
fn last_moment<P: Protocol>(course: &Course<P>) -> Option<u32> {
    let moments = moments_by(course, course.position());
    course.trace.moments.get(moments.checked_sub(1)?).copied()
}

/// How many moments there were among the first `position` events.
pub(crate) fn moments_by<P: Protocol>(course: &Course<P>, position: u32) -> usize {
    course.trace.moments.partition_point(|moment| *moment < position)
}

pub(crate) fn cite(rule: &'static RuleInfo) -> RuleCite {
    RuleCite { key: rule.key, words: rule.words, source: rule.source }
}

/// The sentences for an event, and the rule of the weightiest.
pub(crate) fn tell<P: Protocol>(course: &Course<P>, position: u32) -> (String, Option<&'static RuleInfo>) {
    let record = course.trace.records[position as usize];
    let head = opening(course, position);
    let weight = |firing: &Firing| P::DIALECT.rule(firing.rule).grade(firing.verdict);
    let mut told: Vec<&(NodeId, Firing)> = course.trace.firings_of(position).iter().collect();
    // The weightiest, the later first among equals; what is told stays in the order in which they spoke.
    let rule =
        told.iter().max_by_key(|(_, firing)| weight(firing)).map(|(_, firing)| P::DIALECT.rule(firing.rule));
    let floor = if record.grade > Grade::Routine { Grade::Notable } else { Grade::Routine };
    told.retain(|(_, firing)| weight(firing) >= floor);
    let most = if head.is_empty() { 2 } else { 1 };
    while told.len() > most {
        let lightest = (0..told.len()).min_by_key(|place| weight(&told[*place].1));
        lightest.map(|place| told.remove(place));
    }
    let mut sentences: Vec<String> = Vec::new();
    for sentence in told.iter().map(|(node, firing)| stopped(P::tell(*node, firing))) {
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    if !head.is_empty() {
        sentences.insert(0, head);
    }
    if sentences.is_empty() {
        sentences.push(plain(course, position));
    }
    (sentences.join(" "), rule)
}

/// The sentence with a full stop.
pub(crate) fn stopped(mut sentence: String) -> String {
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

fn lane_name<P: Protocol>(course: &Course<P>, lane: u8) -> String {
    match lane.checked_sub(course.trace.servers) {
        None => format!("n{}", lane + 1),
        Some(client) => format!("c{}", client + 1),
    }
}

fn row_kind<P: Protocol>(row: &MessageRow) -> &'static str {
    kind_name::<P>(match row.kind {
        255 => Kind::Request,
        254 => Kind::Reply,
        kind => Kind::Protocol(kind),
    })
}

/// The sentence for what no rule speaks of: what was done to the run, what was lost, what a client did.
fn opening<P: Protocol>(course: &Course<P>, position: u32) -> String {
    let record = course.trace.records[position as usize];
    let place = record.lane.map(|lane| lane_name(course, lane)).unwrap_or_default();
    match record.what {
        What::Boot => format!("{} servers start. None leads yet.", course.trace.servers),
        What::Action(_) | What::Refused(_) => deed(course, position, &place),
        What::Lost(id) => match course.trace.messages.get(id as usize) {
            Some(MessageRow { end: Some((_, _, Fate::Lost(loss))), from, to, .. }) => {
                let (from, to) = (lane_name(course, *from), lane_name(course, *to));
                let kind = row_kind::<P>(&course.trace.messages[id as usize]);
                format!("{kind} from {from} to {to} is lost: {}.", loss_words(*loss))
            }
            _ => String::new(),
        },
        What::Waited(_) => patience(course, position, &place),
        What::Delivered(id) if course.trace.messages[id as usize].kind == 254 => {
            heard(course, position, &place, id)
        }
        _ => String::new(),
    }
}

fn deed<P: Protocol>(course: &Course<P>, position: u32, place: &str) -> String {
    let Some(deed) = course.deeds.iter().find(|deed| deed.position == position) else { return String::new() };
    if !deed.refused.is_empty() {
        return format!("“{}” cannot be done: {}.", deed.text, deed.refused);
    }
    let (verb, rest) = deed.text.split_once(' ').unwrap_or((&deed.text, ""));
    match verb {
        "crash" => format!("{place} crashes. What was not on its disk is gone."),
        "restart" => format!("{place} starts again from its disk."),
        "pause" => format!("{place} freezes. What is sent to it waits."),
        "resume" => format!("{place} goes on."),
        "wipe" => format!("{place} loses its disk."),
        "sync" => format!("{place}'s writes reach its disk."),
        "partition" => format!("The network is cut into groups: {rest}."),
        "heal" => "Every cut is mended.".to_owned(),
        "cut" => format!("The link {rest} is cut."),
        "mend" => format!("The link {rest} works again."),
        "submit" => format!("{place} asks: {}.", rest.split_once(' ').map_or(rest, |(_, op)| op)),
        "fire" | "deliver" => String::new(),
        _ => format!("{}.", deed.text),
    }
}

fn patience<P: Protocol>(course: &Course<P>, position: u32, client: &str) -> String {
    let asked = course.trace.messages.iter().rev().take_while(|row| row.sent_in >= position);
    let to = asked.filter(|row| row.sent_in == position && row.kind == 255).map(|row| row.to).last();
    match to {
        Some(to) => format!("{client} has no answer and asks {}.", lane_name(course, to)),
        None => format!("{client} has waited long enough and gives up: it cannot know the outcome."),
    }
}

/// What a client heard. The operation that ended at that instant says which.
fn heard<P: Protocol>(course: &Course<P>, position: u32, client: &str, id: u32) -> String {
    let row = course.trace.messages[id as usize];
    let from = lane_name(course, row.from);
    let asker = course.head.sim.clients().get(usize::from(row.to - course.trace.servers));
    let ended = asker
        .and_then(|asker| asker.operations.iter().find(|operation| operation.ended_in == Some(position)));
    match ended {
        Some(operation) => {
            let op = operation.command.op();
            let reply = crate::draw::operation(operation).reply;
            match operation.outcome.name() {
                "ok" if reply == "stored" => format!("{client} is told by {from}: {op} is done."),
                "ok" => format!("{client} is told by {from}: {op} gives {reply}."),
                "failed" => format!("{client} is told by {from}: {op} has failed."),
                _ => format!("{client} gives up on {op}: it cannot know the outcome."),
            }
        }
        None => format!("{client} hears from {from} that it should ask elsewhere."),
    }
}

/// The plainest sentence: something came, and what changed by it.
fn plain<P: Protocol>(course: &Course<P>, position: u32) -> String {
    let record = course.trace.records[position as usize];
    let place = record.lane.map(|lane| lane_name(course, lane)).unwrap_or_default();
    match record.what {
        What::Delivered(id) => {
            let row = course.trace.messages[id as usize];
            let (kind, from) = (row_kind::<P>(&row), lane_name(course, row.from));
            match (stored(course, position), row.kind) {
                (Some(index), 255) => {
                    format!("{place} takes {from}'s command into its log, at {} {index}.", P::DIALECT.index)
                }
                (Some(index), _) => format!(
                    "{place} stores what {kind} from {from} brings: its log now ends at {} {index}.",
                    P::DIALECT.index
                ),
                (None, _) => format!("{kind} from {from} reaches {place}."),
            }
        }
        What::Timer(_, timer) => format!("{place}'s {} fires.", P::DIALECT.timers[usize::from(timer.0)].name),
        What::Wrote(..) => format!("A write reaches {place}'s disk."),
        What::Channel(a, b, true) => format!("The channel between {a} and {b} opens."),
        What::Channel(a, b, false) => format!("The channel between {a} and {b} closes."),
        _ => String::new(),
    }
}

/// Up to where the log reaches, if it grew during an event.
fn stored<P: Protocol>(course: &Course<P>, position: u32) -> Option<u32> {
    let marks = &course.trace.marks;
    let first = marks.partition_point(|mark| mark.position < position);
    let here = marks[first..].iter().take_while(|mark| mark.position == position);
    here.filter(|mark| mark.kind == MarkKind::Appended).map(|mark| mark.value).last()
}
