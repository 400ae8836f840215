//! What the page draws: plain data, the same for every protocol. The page's types say what each field means.

use crate::meter::MeterView;
use protocol::{Grade, NodeId, Term};
use serde::Serialize;

/// A rule, as a caption cites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCite {
    /// Its key.
    pub key: &'static str,
    /// What it demands.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
}

/// What just happened, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Caption {
    /// One or two sentences.
    pub text: String,
    /// The rule that it rests on.
    pub rule: Option<RuleCite>,
    /// True if the scenario's author wrote it.
    pub authored: bool,
    /// After how many events.
    pub position: u32,
    /// When, in microseconds.
    pub at: u64,
    /// How much it matters.
    pub grade: &'static str,
    /// How many moments there were, this one included.
    pub moment: usize,
}

/// A timer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimerView {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// True if it is drawn as a ring.
    pub ring: bool,
    /// When it was started.
    pub set_at: u64,
    /// When it fires.
    pub due_at: u64,
    /// True if it is held.
    pub held: bool,
}

/// A place of the log as a server sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellView {
    /// Which place.
    pub index: u64,
    /// The entry's term.
    pub term: Term,
    /// What stands for the term in the cell: the term, or the protocol's longer name for the entry.
    pub mark: String,
    /// The number of its term.
    pub hue: u32,
    /// The content in words.
    pub text: String,
    /// True if it is on this server's disk.
    pub durable: bool,
    /// True if this server knows that it is committed.
    pub committed: bool,
    /// True if this server's state machine has run it.
    pub applied: bool,
    /// Who is known to hold it durably, while this server counts.
    pub acks: Vec<NodeId>,
}

/// Which places of the logs a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LogSpan {
    /// The first of them; 1 if none is left out.
    pub from: u64,
    /// The last index that any server holds.
    pub last: u64,
    /// True if all that is left out is known to be committed everywhere, and the same everywhere.
    pub same: bool,
}

/// How much of what grows with a run a frame holds: the last of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// How many places of the logs.
    pub cells: u64,
    /// How many pairs of a state machine.
    pub pairs: usize,
    /// How many operations of a client.
    pub ops: usize,
}

impl Room {
    /// What a page shows.
    pub const PAGE: Room = Room { cells: 12, pairs: 40, ops: 4 };
    /// What a list shows that a reader asks for.
    pub const LIST: Room = Room { cells: 0, pairs: 0, ops: 500 };
    /// Everything, for a report.
    pub const REPORT: Room = Room { cells: u64::MAX, pairs: usize::MAX, ops: 50 };
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NodeFrame {
    /// Its number.
    pub id: u8,
    /// Its name.
    pub name: String,
    /// False if it has crashed.
    pub up: bool,
    /// True if it is frozen.
    pub paused: bool,
    /// Its term.
    pub term: Term,
    /// The number of its term.
    pub hue: u32,
    /// Its role's name.
    pub role: &'static str,
    /// Its role's kind.
    pub kind: &'static str,
    /// The line below its name.
    pub note: String,
    /// Its log, as far as the frame's span reaches.
    pub cells: Vec<CellView>,
    /// The last index that it knows to be committed.
    pub commit: u64,
    /// The last index that its state machine has run.
    pub applied: u64,
    /// Its state machine's pairs: `x=1 y=2`.
    pub state: String,
    /// Its running timers.
    pub timers: Vec<TimerView>,
    /// How many writes have not reached its disk.
    pub unsynced: usize,
    /// Its clock's rate in millionths.
    pub rate: u32,
}

/// A message in flight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MessageFrame {
    /// Its number.
    pub id: u32,
    /// Its kind's name.
    pub kind: &'static str,
    /// What it is for.
    pub family: &'static str,
    /// True if it answers another.
    pub reply: bool,
    /// Its sender.
    pub from: String,
    /// Its receiver.
    pub to: String,
    /// When it left.
    pub sent_at: u64,
    /// When it arrives or vanishes.
    pub due_at: u64,
    /// True if it vanishes.
    pub lost: bool,
    /// True if it waits at the door.
    pub waiting: bool,
    /// Its term.
    pub term: Term,
    /// The number of its term.
    pub hue: u32,
    /// The few words at its arrow.
    pub label: String,
    /// Its term and its fields in words: `term 2, success true`.
    pub says: String,
    /// True if it is keep-alive traffic.
    pub routine: bool,
}

/// A client's operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OpView {
    /// Which of the client's, from 1.
    pub seq: u32,
    /// What was asked.
    pub text: String,
    /// When.
    pub invoked_at: u64,
    /// When the client knew the outcome.
    pub ended_at: Option<u64>,
    /// What it knows.
    pub outcome: &'static str,
    /// The store's reply.
    pub reply: String,
    /// How often it asked.
    pub tries: u32,
}

/// A client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClientFrame {
    /// Its name.
    pub name: String,
    /// Whom it asks next.
    pub leader: Option<String>,
    /// What it asked for.
    pub ops: Vec<OpView>,
}

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ViolationView {
    /// The promise's key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
    /// How it was broken.
    pub text: String,
    /// After how many events.
    pub position: u32,
    /// When.
    pub at: u64,
    /// The two things that show it: they cannot both be right.
    pub witnesses: [WitnessView; 2],
}

/// One of two things that show that a promise is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WitnessView {
    /// What happened.
    pub text: String,
    /// Where, if it is one place.
    pub place: Option<String>,
    /// After how many events it shows, if it is one event that shows it.
    pub position: Option<u32>,
    /// When that was.
    pub at: Option<u64>,
    /// The era of leadership that it is about: `term 3`.
    pub era: Option<String>,
    /// The content that it is about.
    pub command: Option<String>,
}

/// When a promise was first put to the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SinceView {
    /// After how many events.
    pub position: u32,
    /// When.
    pub at: u64,
}

/// A promise and whether it holds so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseView {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
    /// True so far.
    pub holds: bool,
    /// Since when; nothing if nothing has happened yet that could break it.
    pub since: Option<SinceView>,
    /// Why nobody can tell, if nobody can.
    pub doubt: Option<String>,
}

/// The verdict of the checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checks {
    /// How many promises hold.
    pub holds: usize,
    /// Of how many.
    pub of: usize,
    /// Those that were broken.
    pub broken: Vec<ViolationView>,
    /// All of them.
    pub promises: Vec<PromiseView>,
}

/// A majority worth outlining.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Majority {
    /// What is counted.
    pub what: String,
    /// Who counts.
    pub nodes: Vec<u8>,
    /// How many are needed.
    pub need: usize,
    /// Of how many.
    pub of: usize,
    /// In words.
    pub text: String,
    /// True if it is one.
    pub reached: bool,
}

/// A chosen entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChosenView {
    /// Where.
    pub index: u64,
    /// When.
    pub at: u64,
    /// On whose disks.
    pub by: Vec<u8>,
}

/// A one-way cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CutView {
    /// From here.
    pub from: String,
    /// To there.
    pub to: String,
}

/// What a caption said when it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SaidView {
    /// Its line.
    pub line: usize,
    /// Its words, with the values of that moment.
    pub text: String,
}

/// An answer that a reader may give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerView {
    /// Its words.
    pub text: String,
    /// The server that it is, if it is one: the answer can be given on the picture.
    pub place: Option<String>,
    /// The rules that it leaves out: if there are any, the run can be had as told.
    pub without: Vec<&'static str>,
}

/// What the scenario asks of its reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PauseView {
    /// `stop`, `ask`, `goal` or `invite`.
    pub kind: &'static str,
    /// What it invites to: `act`, `back` or `without`; else empty.
    pub does: &'static str,
    /// Its words.
    pub text: String,
    /// What may be answered.
    pub answers: Vec<AnswerView>,
    /// Its line.
    pub line: usize,
}

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionView {
    /// Its line.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// What may be answered.
    pub answers: Vec<AnswerView>,
    /// The place of the right answer; nothing while the run has not decided.
    pub right: Option<usize>,
}

/// Something that the story points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum LookView {
    /// A server or a client.
    Place {
        /// Its name.
        place: String,
    },
    /// An entry of the log.
    Entry {
        /// Its index.
        index: u64,
        /// In whose log; in all of them, without one.
        place: Option<String>,
    },
    /// A message in flight.
    Message {
        /// Its number.
        id: u32,
    },
    /// A panel of the page.
    Panel {
        /// Its name.
        panel: &'static str,
    },
}

/// What the reader tries to bring about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptView {
    /// The goal's line.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// How many moves there were.
    pub moves: u32,
    /// How many there may be.
    pub of: u32,
    /// True once it is brought about.
    pub reached: bool,
}

/// Everything at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Frame {
    /// The moment, in microseconds.
    pub at: u64,
    /// The first instant after this moment, or this one, at which anything but the clock may change. Nothing if all
    /// stands until somebody acts.
    pub next_at: Option<u64>,
    /// How many events have happened.
    pub position: u32,
    /// True once the script is done.
    pub script_done: bool,
    /// What the author says here, or else what the engine tells.
    pub caption: Option<Caption>,
    /// What the engine tells of the last moment, whatever the author says.
    pub told: Option<Caption>,
    /// Which places of the logs are here.
    pub log: LogSpan,
    /// The servers.
    pub nodes: Vec<NodeFrame>,
    /// The clients.
    pub clients: Vec<ClientFrame>,
    /// The messages in flight.
    pub messages: Vec<MessageFrame>,
    /// One-way cuts.
    pub cuts: Vec<CutView>,
    /// The groups of a partition.
    pub groups: Vec<Vec<String>>,
    /// What is held, in words.
    pub holds: Vec<String>,
    /// The majority worth outlining.
    pub majority: Option<Majority>,
    /// What is chosen, of these places.
    pub chosen: Vec<ChosenView>,
    /// The verdict of the checks.
    pub checks: Checks,
    /// What the scenario asks of its reader.
    pub pause: Option<PauseView>,
    /// The question that was asked last, and what the run says to it.
    pub question: Option<QuestionView>,
    /// How many lines of the script are done.
    pub line: usize,
    /// True unless the reader has left the story for another way.
    pub on_story: bool,
    /// True if the story that was left is here, and can be gone back to.
    pub story_waits: bool,
    /// What captions with values in braces have said.
    pub said: Vec<SaidView>,
    /// What the story points at.
    pub looks: Vec<LookView>,
    /// What the reader tries to bring about.
    pub attempt: Option<AttemptView>,
    /// Whether the cluster could get on, and whether it does.
    pub meter: MeterView,
    /// The rules that are off.
    pub off: Vec<RuleCite>,
    /// The expectations of the scenario that have failed so far.
    pub failures: Vec<String>,
}

impl Frame {
    /// As JSON.
    pub fn to_json(&self) -> Result<String, String> {
        serde_json::to_string(self).map_err(|error| error.to_string())
    }
}

/// The name of a grade.
pub(crate) fn grade_name(grade: Grade) -> &'static str {
    match grade {
        Grade::Routine => "routine",
        Grade::Notable => "notable",
        Grade::Turning => "turning",
    }
}
