//! The rows of a trace.

use crate::{Fate, What};
use protocol::{Grade, Time};

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// When.
    pub at: Time,
    /// What.
    pub what: What,
    /// How much it matters.
    pub grade: Grade,
    /// The lane at which it happened, if it is one.
    pub lane: Option<u8>,
    /// Where its rules begin in [`crate::Trace::firings`]; they end where the next record's begin.
    pub firings_from: u32,
    /// The fingerprint of the run up to and including this event.
    pub fingerprint: u64,
}

/// One message. Its place in the column is its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The lane (servers first, then clients) that it leaves.
    pub from: u8,
    /// The lane that it goes to.
    pub to: u8,
    /// Its kind: a protocol's own, 255 for a client's request, 254 for an answer to one.
    pub kind: u8,
    /// True if it answers another message.
    pub reply: bool,
    /// True if it is keep-alive traffic, and not the first of its kind on its link in its term.
    pub routine: bool,
    /// The number of its term.
    pub term: u32,
    /// When it left.
    pub sent_at: Time,
    /// During which event.
    pub sent_in: u32,
    /// When it ended, during which event, and how; nothing while it is in flight.
    pub end: Option<(Time, u32, Fate)>,
}

/// A majority that a server counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorum {
    /// During which event.
    pub position: u32,
    /// The lane of the server that counted.
    pub lane: u8,
    /// What is committed by it; 0 if it made the server leader.
    pub index: u64,
    /// Who was counted: bit 0 for the first lane.
    pub servers: u64,
}

/// What a lane looks like from an instant on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LaneRow {
    /// From when.
    pub at: Time,
    /// From which event.
    pub position: u32,
    /// Which lane.
    pub lane: u8,
    /// The kind of its role: 0 idle, 1 seeking, 2 leading, 3 syncing, 4 learner.
    pub role: u8,
    /// 1 if it is down, 2 if it is paused.
    pub flags: u8,
    /// The number of its term.
    pub term: u32,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// The commit index rose to the value, and the node concluded it itself.
    Committed = 0,
    /// The state machine has run everything up to the value.
    Applied = 1,
    /// The log grew to the value.
    Appended = 2,
    /// The server crashed.
    Crashed = 3,
    /// The server booted again.
    Restarted = 4,
    /// The server froze.
    Paused = 5,
    /// The server went on.
    Resumed = 6,
    /// The server became leader; the value is the number of the term.
    Leads = 7,
    /// The log shrank, or was overwritten, from the value on.
    Truncated = 8,
}

/// A point on a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Time,
    /// During which event.
    pub position: u32,
    /// Which lane.
    pub lane: u8,
    /// What it stands for.
    pub kind: MarkKind,
    /// An index or a term.
    pub value: u32,
}
