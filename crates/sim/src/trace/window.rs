//! The part of a trace that fits on a screen, with as much detail as there is room for.

use super::Trace;
use super::rows::{LaneRow, MessageRow};
use crate::Fate;
use protocol::Time;

/// What the horizontal axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Microseconds.
    Time,
    /// Events.
    Steps,
}

/// Rows of numbers, ready for drawing; see the page's types for the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Window {
    /// [lane, from, to, term, role, flags] …
    pub lanes: Vec<u64>,
    /// [id, from lane, to lane, sent, ended, flags, term, kind] …
    pub messages: Vec<u64>,
    /// [lane, at, kind, value] …
    pub marks: Vec<u64>,
    /// [lane, at, count] …
    pub comb: Vec<u64>,
    /// [from, to] …
    pub beats: Vec<u64>,
}

const REPLY: u64 = 1;
const LOST: u64 = 2;
const ROUTINE: u64 = 4;
const IN_FLIGHT: u64 = 8;

impl Trace {
    /// What happened from `from` to `to` (microseconds, or positions), drawn at most `pixels` wide.
    ///
    /// Where more messages would be drawn than twice the pixels, routine ones are folded into combs, one tooth for
    /// each pixel of a lane; where that does not help, only every so many of the others is given.
    pub fn window(&self, scale: Scale, from: u64, to: u64, pixels: u32) -> Window {
        let mut window = Window::default();
        self.put_lanes(&mut window, scale, from, to);
        self.put_messages(&mut window, scale, from, to, u64::from(pixels.max(1)));
        self.put_marks(&mut window, scale, from, to);
        window.beats = match scale {
            Scale::Time => self.beats(from, to),
            Scale::Steps => Vec::new(),
        };
        window
    }

    fn put_lanes(&self, window: &mut Window, scale: Scale, from: u64, to: u64) {
        let at = |row: &LaneRow| axis(scale, row.at, row.position);
        let mut open: Vec<Option<LaneRow>> = vec![None; usize::from(self.servers)];
        let mut close = |open: &mut Option<LaneRow>, end: u64| {
            if let Some(row) = open.take()
                && end >= from
            {
                let [lane, role, flags] = [row.lane, row.role, row.flags].map(u64::from);
                window.lanes.extend([
                    lane,
                    at(&row).max(from),
                    end.min(to),
                    u64::from(row.term),
                    role,
                    flags,
                ]);
            }
        };
        for row in self.lanes.iter().take_while(|row| at(row) <= to) {
            let slot = &mut open[usize::from(row.lane)];
            close(slot, at(row));
            *slot = Some(*row);
        }
        open.iter_mut().for_each(|slot| close(slot, to));
    }

    /// The messages that were under way at some time from `from` to `to`.
    fn under_way(&self, scale: Scale, from: u64, to: u64) -> impl Iterator<Item = (usize, &MessageRow)> {
        let early = match scale {
            Scale::Time => {
                let since = Time(from.saturating_sub(self.longest_flight));
                self.messages.partition_point(|row| row.sent_at < since)
            }
            // Steps are for runs by hand, which are short.
            Scale::Steps => 0,
        };
        let rows = self.messages.iter().enumerate().skip(early);
        rows.take_while(move |(_, row)| axis(scale, row.sent_at, row.sent_in) <= to)
            .filter(move |(_, row)| row.end.is_none_or(|(at, position, _)| axis(scale, at, position) >= from))
    }

    fn put_messages(&self, window: &mut Window, scale: Scale, from: u64, to: u64, pixels: u64) {
        let room = usize::try_from(pixels * 2).unwrap_or(usize::MAX);
        let (all, plain) = self
            .under_way(scale, from, to)
            .fold((0usize, 0usize), |(all, plain), (_, row)| (all + 1, plain + usize::from(!row.routine)));
        let fold_routine = all > room;
        let stride = plain.div_ceil(room.max(1)).max(1);
        let tooth = to.saturating_sub(from) / pixels + 1;
        let mut teeth: Vec<Option<(u64, u64)>> = vec![None; usize::from(u8::MAX)];
        let mut seen = 0;
        for (id, row) in self.under_way(scale, from, to) {
            if row.routine && fold_routine {
                let at = axis(scale, row.sent_at, row.sent_in) / tooth * tooth;
                let slot = &mut teeth[usize::from(row.from)];
                match slot {
                    Some((open, count)) if *open == at => *count += 1,
                    other => {
                        if let Some((open, count)) = other.replace((at, 1)) {
                            window.comb.extend([u64::from(row.from), open, count]);
                        }
                    }
                }
                continue;
            }
            if !row.routine {
                seen += 1;
                if seen % stride != 0 {
                    continue;
                }
            }
            window.messages.extend(columns(scale, id, row));
        }
        for (lane, slot) in (0u64..).zip(teeth) {
            if let Some((open, count)) = slot {
                window.comb.extend([lane, open, count]);
            }
        }
    }

    fn put_marks(&self, window: &mut Window, scale: Scale, from: u64, to: u64) {
        let at = |mark: &super::Mark| axis(scale, mark.at, mark.position);
        let first = self.marks.partition_point(|mark| at(mark) < from);
        for mark in self.marks[first..].iter().take_while(|mark| at(mark) <= to) {
            window.marks.extend([u64::from(mark.lane), at(mark), mark.kind as u64, u64::from(mark.value)]);
        }
    }

    /// The stretches, merged, in which a message that changes something is under way.
    fn beats(&self, from: u64, to: u64) -> Vec<u64> {
        let mut beats: Vec<u64> = Vec::new();
        for (_, row) in self.under_way(Scale::Time, from, to).filter(|(_, row)| !row.routine) {
            let end = row.end.map_or(to, |(at, ..)| at.0).min(to);
            let start = row.sent_at.0.max(from);
            match beats.last_mut() {
                Some(open) if *open >= start => *open = end.max(*open),
                _ => beats.extend([start, end]),
            }
        }
        beats
    }
}

fn axis(scale: Scale, at: Time, position: u32) -> u64 {
    match scale {
        Scale::Time => at.0,
        // An event's mark stands where the count is after it.
        Scale::Steps => u64::from(position) + 1,
    }
}

fn columns(scale: Scale, id: usize, row: &MessageRow) -> [u64; 8] {
    let sent = axis(scale, row.sent_at, row.sent_in);
    let (ended, lost) = match row.end {
        None => (sent, IN_FLIGHT),
        Some((at, position, Fate::Delivered)) => (axis(scale, at, position), 0),
        Some((at, position, Fate::Lost(_))) => (axis(scale, at, position), LOST),
    };
    let flags = lost | (u64::from(row.reply) * REPLY) | (u64::from(row.routine) * ROUTINE);
    [
        id as u64,
        u64::from(row.from),
        u64::from(row.to),
        sent,
        ended,
        flags,
        u64::from(row.term),
        u64::from(row.kind),
    ]
}
