//! The servers' logs, as far as a frame holds them.

use crate::course::Course;
use crate::draw::Seen;
use crate::frame::{CellView, LogSpan, Room};
use protocol::{Index, Protocol};

/// The last places, as many as there is room for.
pub(crate) fn span<P: Protocol>(course: &Course<P>, seen: &[Seen<P>], room: Room) -> LogSpan {
    let held = seen.iter().map(|seen| seen.core.status().last);
    let chosen = course.cursor.checker.chosen().iter().map(|chosen| chosen.index);
    let last = held.chain(chosen).max().unwrap_or_default();
    let from = last.saturating_sub(room.cells - 1).max(1);
    LogSpan { from, last, same: from > 1 && agree(seen, from - 1) }
}

/// True if all know all entries up to an index to be committed, and hold the same ones.
fn agree<P: Protocol>(seen: &[Seen<P>], index: Index) -> bool {
    let hash = |seen: &Seen<P>| {
        let core = &seen.core;
        core.prefix_hash(index).filter(|_| core.status().commit >= index)
    };
    let first = seen.first().and_then(hash);
    first.is_some() && seen.iter().all(|seen| hash(seen) == first)
}

/// A server's places within a span.
pub(crate) fn cells<P: Protocol>(seen: &Seen<P>, log: LogSpan) -> Vec<CellView> {
    let cells = seen.core.cells(&seen.machine.disk, log.from, log.last);
    let view = |cell: protocol::Cell| CellView {
        index: cell.index,
        term: cell.term,
        mark: cell.mark.unwrap_or_else(|| cell.term.to_string()),
        hue: cell.term.number,
        text: cell.text,
        durable: cell.durable,
        committed: cell.committed,
        applied: cell.applied,
        acks: cell.acks,
    };
    cells.into_iter().map(view).collect()
}
