//! What a place has heard from the others: with its own state, all that it can know.

use crate::course::Course;
use protocol::Protocol;
use serde::Serialize;
use sim::{Fate, Kind, Mark, MarkKind, kind_name};

/// The last message that arrived from one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeardView {
    /// From whom.
    pub from: String,
    /// The message's kind.
    pub kind: &'static str,
    /// The number of its term.
    pub term: u32,
    /// When it left: what the sender did afterwards, it does not tell.
    pub sent_at: u64,
    /// After how many events it left.
    pub sent_in: u32,
    /// When it arrived.
    pub at: u64,
}

/// The last message from every place that a place has heard from and still remembers, by the cursor.
pub(crate) fn heard<P: Protocol>(course: &Course<P>, place: &str) -> Vec<HeardView> {
    let sim = &course.cursor.sim;
    let servers = sim.machines().iter().map(|machine| machine.id.to_string());
    let names: Vec<String> =
        servers.chain(sim.clients().iter().map(|client| client.id.to_string())).collect();
    let Some(own) = names.iter().position(|name| name == place) else { return Vec::new() };
    if sim.machines().get(own).is_some_and(|machine| !machine.is_up()) {
        return Vec::new();
    }
    let (position, since) = (sim.position(), last_crash(&course.trace.marks, own, sim.position()));
    let mut last: Vec<Option<HeardView>> = vec![None; names.len()];
    // The latest to have left says most, even if an older one overtook it on the way.
    for row in course.trace.messages.iter().rev().filter(|row| usize::from(row.to) == own) {
        let Some((at, end, Fate::Delivered)) = row.end else { continue };
        let slot = &mut last[usize::from(row.from)];
        if slot.is_some() || end >= position || end < since {
            continue;
        }
        *slot = Some(HeardView {
            from: names[usize::from(row.from)].clone(),
            kind: kind_name::<P>(kind_of(row.kind)),
            term: row.term,
            sent_at: row.sent_at.0,
            sent_in: row.sent_in + 1,
            at: at.0,
        });
        if last.iter().enumerate().all(|(lane, slot)| lane == own || slot.is_some()) {
            break;
        }
    }
    last.into_iter().flatten().collect()
}

/// Since when a server remembers: what it had heard before a crash is gone.
fn last_crash(marks: &[Mark], lane: usize, position: u32) -> u32 {
    let crashed = |mark: &&Mark| {
        usize::from(mark.lane) == lane && mark.kind == MarkKind::Crashed && mark.position < position
    };
    marks.iter().rfind(crashed).map_or(0, |mark| mark.position)
}

/// A kind by its number in a trace.
fn kind_of(number: u8) -> Kind {
    match number {
        255 => Kind::Request,
        254 => Kind::Reply,
        number => Kind::Protocol(number),
    }
}
