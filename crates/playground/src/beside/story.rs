//! The story of a comparison: its steps with their instants, what is asked, and what the runs say to it.
//!
//! A story is that of several protocols if it speaks of one of them by name. Any other is the story of its own protocol, and
//! is not told here.

use super::judge::{self, Side};
use crate::frame::AnswerView;
use protocol::{Dialect, Time};
use scenario::{Answer, Invitation, Line, LookAt, Scenario};
use serde::Serialize;
use sim::Place;

/// What was decided of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DecidedView {
    /// Once so many lines of the script are done.
    pub line: usize,
    /// The place of the answer that came true; nothing if not just one did.
    pub right: Option<usize>,
}

/// Something that a step points at, with each protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointView {
    /// The place in the log, if it is one.
    pub index: Option<u64>,
    /// Where, for each protocol; nowhere in particular, without one.
    pub places: Vec<Option<String>>,
}

/// A step of the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// Its line.
    pub line: usize,
    /// `caption`, `stop`, `ask` or `invite`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
    /// When, in microseconds: the same instant for all.
    pub at: u64,
    /// What may be answered.
    pub answers: Vec<AnswerView>,
    /// What the runs say to the answers.
    pub decided: Option<DecidedView>,
    /// What the reader should look at.
    pub looks: Vec<PointView>,
}

/// The story as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StoryView {
    /// Its steps.
    pub steps: Vec<StepView>,
    /// How many lines the script has.
    pub lines: usize,
    /// When the last of them is done, in microseconds.
    pub ends_at: u64,
}

/// A story while it is played.
pub(super) struct Story<'a> {
    scenario: &'a Scenario,
    dialect: &'static Dialect,
    /// The step with a question that the runs have not decided yet.
    open: Option<usize>,
    pub(super) view: StoryView,
    /// What did not come true, with its line.
    pub(super) failures: Vec<(usize, String)>,
}

/// True if the story waits for its reader at a line, while several protocols lie side by side.
pub(super) fn waits(line: &Line) -> bool {
    matches!(line, Line::Stop | Line::Ask { .. } | Line::Invite { what: Invitation::Act(_), .. })
}

impl<'a> Story<'a> {
    pub(super) fn new(scenario: &'a Scenario, dialect: &'static Dialect) -> Story<'a> {
        let view = StoryView { lines: scenario.lines.len(), ..StoryView::default() };
        Story { scenario, dialect, open: None, view, failures: Vec::new() }
    }

    /// Takes up a line that all have come to.
    pub(super) fn take(&mut self, place: usize, at: Time, sides: &[Side<'_>]) {
        let Some(line) = self.scenario.lines.get(place) else { return };
        if matches!(line, Line::Caption(_) | Line::Ask { .. }) {
            self.decide(place, sides);
        }
        match line {
            Line::Caption(text) => {
                // What a caption looks up is the scenario's own protocol's.
                let (text, lacks) =
                    sides.first().map(|side| side.play.fill(self.scenario, text)).unwrap_or_default();
                self.failures.extend(lacks.into_iter().map(|lack| (place, lack)));
                self.step(place, at, "caption", text);
            }
            Line::Stop => self.step(place, at, "stop", String::new()),
            Line::Ask { question, answers } => {
                self.step(place, at, "ask", question.clone());
                self.open = self.view.steps.len().checked_sub(1);
                if let Some(step) = self.view.steps.last_mut() {
                    step.answers = answers.iter().map(answer).collect();
                }
            }
            Line::Invite { words, what: Invitation::Act(_) } => {
                self.step(place, at, "invite", words.clone());
            }
            Line::Look(what) => {
                let told = self.view.steps.iter_mut().rfind(|step| step.kind != "stop");
                if let (Some(step), Some(point)) = (told, point(what, sides)) {
                    step.looks.push(point);
                }
            }
            Line::Expect(condition) if judge::holds(condition, sides) != Ok(true) => {
                self.failures.push((place, judge::report(condition, self.dialect, sides)));
            }
            _ => {}
        }
    }

    fn step(&mut self, line: usize, at: Time, kind: &'static str, text: String) {
        let (answers, looks) = (Vec::new(), Vec::new());
        self.view.steps.push(StepView { line, kind, text, at: at.0, answers, decided: None, looks });
    }

    /// The runs decide the open question: an answer is right if its condition holds now.
    fn decide(&mut self, line: usize, sides: &[Side<'_>]) {
        let Some(step) = self.open.take().and_then(|open| self.view.steps.get_mut(open)) else { return };
        let Some(Line::Ask { answers, .. }) = self.scenario.lines.get(step.line) else { return };
        let right = answers.iter().enumerate();
        let right = right.filter(|(_, answer)| judge::holds(&answer.condition, sides) == Ok(true));
        let right: Vec<usize> = right.map(|(place, _)| place).collect();
        if right.len() != 1 {
            let (count, asked) = (right.len(), step.line + 1);
            let text = format!("{count} answers to the question of step {asked} are right, not one");
            self.failures.push((step.line, text));
        }
        step.decided = Some(DecidedView { line, right: right.first().copied().filter(|_| right.len() == 1) });
    }

    /// The script is at its end.
    pub(super) fn end(&mut self, at: Time, sides: &[Side<'_>]) {
        self.decide(self.scenario.lines.len(), sides);
        self.view.ends_at = at.0;
    }
}

fn answer(answer: &Answer) -> AnswerView {
    AnswerView { text: answer.words.clone(), place: None, without: Vec::new() }
}

/// What the reader should look at, with each protocol; nothing of what stands on no picture of several.
fn point(what: &LookAt, sides: &[Side<'_>]) -> Option<PointView> {
    let name = |side: &Side<'_>, place: Place| match place {
        Place::Server(target) => side.play.name(target).map(|node| node.to_string()),
        Place::Client(client) => Some(client.to_string()),
    };
    let each = |place: Option<Place>| {
        let names = sides.iter().map(|side| place.and_then(|place| name(side, place)));
        names.collect()
    };
    Some(match what {
        LookAt::Place(place) => PointView { index: None, places: each(Some(*place)) },
        LookAt::Entry { index, at } => PointView { index: Some(*index), places: each(at.map(Place::Server)) },
        LookAt::Message(_) | LookAt::Panel(_) => return None,
    })
}
