//! A run of any protocol, for those who show it: the one `dyn` of the workspace.

use crate::course::Course;
use crate::firings::RuleView;
use crate::frame::{Caption, ClientFrame, Frame, OpView, Room, RuleCite};
use crate::heard::HeardView;
use crate::inside::Inside;
use crate::links::LinkView;
use crate::why::WhyView;
use crate::{draw, narrate};
use protocol::{Dialect, OptionKind, Protocol, Span, Time};
use scenario::{Line, Moment, Scenario, link, parse_action, print};
use serde::Serialize;
use sim::{Action, Scale, Target, Window};

/// The version of the engine: what a link records beside its format.
pub const ENGINE: u32 = 1;

/// A message for a person: what is wrong and what can be done.
pub type Trouble = String;

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActionView {
    /// The engine's method.
    pub method: &'static str,
    /// Its arguments.
    pub args: Vec<Arg>,
    /// The words in a menu.
    pub label: String,
    /// False if it cannot be done now.
    pub enabled: bool,
    /// Why not.
    pub why: String,
}

/// An argument of a method.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// A text.
    Text(String),
    /// A number.
    Number(u32),
    /// Yes or no.
    Flag(bool),
}

/// One rule that spoke during an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// `held`, `refused` or `overridden`.
    pub verdict: &'static str,
    /// The rule.
    pub rule: RuleCite,
}

/// An event in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// After how many events.
    pub position: u32,
    /// When.
    pub at: u64,
    /// Its trace line.
    pub line: String,
    /// Every rule that spoke.
    pub sentences: Vec<Sentence>,
}

/// A moment of the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MomentView {
    /// Where the reader stands after it.
    pub position: u32,
    /// When.
    pub at: u64,
    /// How much it matters.
    pub grade: &'static str,
    /// What happened.
    pub text: String,
}

/// A way through the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BranchView {
    /// Its number.
    pub id: usize,
    /// What was done last on it.
    pub text: String,
    /// Where the reader left it.
    pub at: u64,
    /// True for the present one.
    pub current: bool,
}

/// Something that was done to the run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeedView {
    /// When.
    pub at: u64,
    /// During which event.
    pub position: u32,
    /// The action as a line of text.
    pub text: String,
    /// Why it could not be done; empty if it could.
    pub refused: String,
}

/// An operation on its client's lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Whose.
    pub client: u8,
    /// From where to where on the timeline's scale; without an end while it is pending.
    pub stretch: (u64, Option<u64>),
    /// The operation.
    pub op: OpView,
}

/// The timeline between two instants.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Rows of numbers.
    pub window: Window,
    /// How far the run is known.
    pub known: u64,
    /// Every client's operations.
    pub ops: Vec<Bar>,
    /// What was done.
    pub actions: Vec<DeedView>,
}

/// A run of any protocol. Errors are sentences for a person.
pub trait Run {
    /// The protocol's words.
    fn dialect(&self) -> &'static Dialect;
    /// The scenario as it stands: with what the reader has done.
    fn scenario(&self) -> &Scenario;
    /// Everything at the cursor.
    fn frame(&self) -> Frame {
        self.frame_in(Room::REPORT)
    }
    /// The same, with as much of what grows with a run as there is room for.
    fn frame_in(&self, room: Room) -> Frame;
    /// What is shown only to those who look into a server: "n1".
    fn inside(&self, node: &str) -> Result<Inside, Trouble>;
    /// The clients with all that they asked for, as far as a list goes.
    fn clients(&self) -> Vec<ClientFrame>;
    /// The cursor's position.
    fn position(&self) -> u32;
    /// The cursor's time.
    fn at(&self) -> Time;
    /// One event on.
    fn step(&mut self) -> bool;
    /// One event back.
    fn step_back(&mut self) -> bool;
    /// To the next (or previous) moment or turning point; forward at most to where the story waits or ends.
    fn to_moment(&mut self, forward: bool, turning: bool) -> bool;
    /// On in time.
    fn run(&mut self, until: Time) -> Time;
    /// To a position.
    fn seek(&mut self, position: u32);
    /// To an instant.
    fn seek_time(&mut self, at: Time);
    /// To the moment that a scenario names.
    fn seek_moment(&mut self, moment: Moment);
    /// Makes the run known up to an instant.
    fn ahead(&mut self, until: Time) -> Time;
    /// Makes the run known to the end of its script, and says where that is.
    fn ahead_to_script_end(&mut self) -> u32;
    /// Passes so many lines at which the scenario waits, and does nothing that one invites to.
    fn pass(&mut self, waits: u16);
    /// Passes the line at which the scenario waits; if it invites to something, that is done.
    fn proceed(&mut self);
    /// Leaves the script here, for a run in which anything may happen.
    fn leave(&mut self);
    /// To a step of the story.
    fn seek_line(&mut self, line: usize);
    /// Back to the story that was opened, to where the reader left it.
    fn back_to_story(&mut self);
    /// The timeline.
    fn window(&mut self, from: u64, to: u64, pixels: u32, scale: Scale) -> Timeline;
    /// The last message from everyone that a place has heard from and remembers.
    fn heard(&self, place: &str) -> Vec<HeardView>;
    /// The event in full after which a reader stands at this position.
    fn explain(&mut self, position: u32) -> Result<Explanation, Trouble>;
    /// Why something is as it is: `n2.term`, `n1.log[3]`, `c1.op[2].outcome`, `leader`, `n2 election`, `event 57`.
    ///
    /// # Errors
    ///
    /// If there is no such thing in this run.
    fn why(&self, about: &str) -> Result<WhyView, Trouble>;
    /// The moments between two positions, at most 500.
    fn moments(&self, from: u32, to: u32) -> Vec<MomentView>;
    /// Every rule.
    fn rules(&mut self) -> Vec<RuleView>;
    /// Goes over to the same schedule with a rule switched on or off. The present way is kept as a branch.
    fn switch_rule(&mut self, rule: &str, on: bool) -> Result<(), Trouble>;
    /// To the next (or previous) event during which a rule spoke. False if there is none.
    fn to_firing(&mut self, rule: &str, forward: bool) -> bool;
    /// How the links treat messages now: those of most first, then each that differs.
    fn links(&self) -> Vec<LinkView>;
    /// What can be done to a target.
    fn actions(&self, target: &str) -> Vec<ActionView>;
    /// Does what a line of text says.
    fn act(&mut self, line: &str) -> Result<(), Trouble>;
    /// The line of text that does something to a message in flight.
    fn message_line(&self, verb: &str, id: u32) -> Result<String, Trouble>;
    /// Every way through the run.
    fn branches(&self) -> Vec<BranchView>;
    /// Goes over to a branch.
    fn switch_branch(&mut self, id: usize) -> Result<(), Trouble>;
    /// The scenario as text.
    fn text(&self) -> String;
    /// The scenario as the part of a link after the #.
    ///
    /// # Errors
    /// If the run is too long for a link.
    fn link(&mut self, at_cursor: bool) -> Result<String, Trouble>;
    /// The same; opened at a moment, if one is given, where so many places at which the story waits are passed.
    ///
    /// # Errors
    /// If the run is too long for a link.
    fn link_to(&mut self, opens: Option<(Moment, u16)>) -> Result<String, Trouble>;
    /// The scenario as text if an answer to the question in a line were right: without the rules that it leaves out,
    /// up to the promises that break.
    ///
    /// # Errors
    /// If the answer leaves out no rule, or no promise breaks.
    fn as_told(&self, line: usize, answer: usize) -> Result<String, Trouble>;
    /// The fingerprint at a position that is known.
    fn fingerprint(&self, position: u32) -> u64;
    /// The trace lines of all known events from a position on, at most so many.
    fn lines(&mut self, from: u32, most: u32) -> Vec<String>;
    /// What the script expected and did not find, as far as the run is known: the line's number and what was found.
    fn failures(&self) -> Vec<(usize, Time, String)>;
    /// The promises that were broken as far as the run is known: key and sentence.
    fn violations(&self) -> Vec<(&'static str, Time, String)>;
    /// The promises that the script expects to be broken.
    fn expects_violations(&self) -> Vec<String>;
    /// How many bytes the record of the run takes, roughly.
    fn weight(&self) -> u64;
}

impl<P: Protocol> Run for Course<P> {
    fn dialect(&self) -> &'static Dialect {
        P::DIALECT
    }

    fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    fn frame_in(&self, room: Room) -> Frame {
        draw::frame(self, room)
    }

    fn inside(&self, node: &str) -> Result<Inside, Trouble> {
        crate::inside::inside(self, node).ok_or_else(|| format!("there is no {node} here"))
    }

    fn clients(&self) -> Vec<ClientFrame> {
        draw::clients(self)
    }

    fn position(&self) -> u32 {
        Course::position(self)
    }

    fn at(&self) -> Time {
        self.at
    }

    fn step(&mut self) -> bool {
        Course::step(self)
    }

    fn step_back(&mut self) -> bool {
        let here = Course::position(self);
        if here <= 1 {
            return false;
        }
        // Between two events the step back leads to the last one.
        Course::seek(self, if self.at > self.cursor.sim.now() { here } else { here - 1 });
        true
    }

    fn to_moment(&mut self, forward: bool, turning: bool) -> bool {
        if forward {
            return self.next_moment(turning);
        }
        let Some(position) = self.moment_near(false, turning) else { return false };
        Course::seek(self, position);
        true
    }

    fn run(&mut self, until: Time) -> Time {
        Course::run(self, until)
    }

    fn seek(&mut self, position: u32) {
        Course::seek(self, position);
    }

    fn seek_time(&mut self, at: Time) {
        Course::seek_time(self, at);
    }

    fn seek_moment(&mut self, moment: Moment) {
        Course::seek_moment(self, moment);
    }

    fn ahead(&mut self, until: Time) -> Time {
        Course::ahead(self, until)
    }

    fn ahead_to_script_end(&mut self) -> u32 {
        Course::ahead_to_script_end(self)
    }

    fn pass(&mut self, waits: u16) {
        for _ in 0..waits {
            match self.waits_at() {
                Some(line) => self.pass_to(line + 1),
                None => return,
            }
        }
    }

    fn proceed(&mut self) {
        Course::proceed(self);
    }

    fn leave(&mut self) {
        Course::leave(self);
    }

    fn seek_line(&mut self, line: usize) {
        Course::back_to_story(self);
        Course::seek_line(self, line);
    }

    fn back_to_story(&mut self) {
        Course::back_to_story(self);
    }

    fn window(&mut self, from: u64, to: u64, pixels: u32, scale: Scale) -> Timeline {
        let known = match scale {
            Scale::Time => self.ahead(Time(to)).0,
            Scale::Steps => u64::from(self.ahead_to(u32::try_from(to).unwrap_or(u32::MAX))),
        };
        let inside = |at: Time, position: u32| match scale {
            Scale::Time => (from..=to).contains(&at.0),
            Scale::Steps => (from..=to).contains(&u64::from(position + 1)),
        };
        let deeds = self.deeds.iter().filter(|deed| inside(deed.at, deed.position));
        let actions = deeds.map(|deed| DeedView {
            at: deed.at.0,
            position: deed.position,
            text: deed.text.clone(),
            refused: deed.refused.clone(),
        });
        let mut ops = Vec::new();
        for client in self.head.sim.clients() {
            let overlaps = |operation: &&sim::Operation| {
                let (start, end) = stretch(scale, operation);
                start <= to && end.is_none_or(|end| end >= from)
            };
            ops.extend(client.operations.iter().filter(overlaps).map(|op| Bar {
                client: client.id.0,
                stretch: stretch(scale, op),
                op: draw::operation(op),
            }));
        }
        Timeline {
            window: self.trace.window(scale, from, to, pixels),
            known,
            actions: actions.collect(),
            ops,
        }
    }

    fn heard(&self, place: &str) -> Vec<HeardView> {
        crate::heard::heard(self, place)
    }

    fn explain(&mut self, position: u32) -> Result<Explanation, Trouble> {
        let event = position.saturating_sub(1);
        let line = self.line_of(event);
        let Some(record) = self.trace.records.get(event as usize) else {
            return Err(format!("there is no event {position} in this run"));
        };
        let sentences = self.trace.firings_of(event).iter().map(|(node, firing)| Sentence {
            text: narrate::stopped(P::tell(*node, firing)),
            verdict: crate::firings::verdict_name(firing.verdict),
            rule: narrate::cite(P::DIALECT.rule(firing.rule)),
        });
        Ok(Explanation { position, at: record.at.0, line, sentences: sentences.collect() })
    }

    fn why(&self, about: &str) -> Result<WhyView, Trouble> {
        crate::why::why(self, about)
    }

    fn moments(&self, from: u32, to: u32) -> Vec<MomentView> {
        let moments = self.trace.moments.iter().filter(|moment| (from..to).contains(*moment)).take(500);
        moments
            .map(|moment| {
                let record = self.trace.records[*moment as usize];
                let (text, _) = narrate::tell(self, *moment);
                MomentView {
                    position: moment + 1,
                    at: record.at.0,
                    grade: crate::frame::grade_name(record.grade),
                    text,
                }
            })
            .collect()
    }

    fn rules(&mut self) -> Vec<RuleView> {
        crate::firings::rules(self)
    }

    fn switch_rule(&mut self, rule: &str, on: bool) -> Result<(), Trouble> {
        Course::switch_rule(self, rule, on)
    }

    fn to_firing(&mut self, rule: &str, forward: bool) -> bool {
        let Some(position) = crate::firings::near(self, rule, forward) else { return false };
        Course::seek(self, position);
        true
    }

    fn links(&self) -> Vec<LinkView> {
        crate::links::links(&self.cursor.sim)
    }

    fn actions(&self, target: &str) -> Vec<ActionView> {
        crate::menu::actions(self, target)
    }

    fn act(&mut self, line: &str) -> Result<(), Trouble> {
        let action =
            parse_action(line, P::DIALECT, &self.scenario.config).map_err(|error| error.to_string())?;
        if self.scenario.lines.len() >= scenario::limits::LINES {
            return Err("this run has as many actions as a scenario can hold".into());
        }
        Course::act(self, settled(&action, self)).map_err(|refusal| format!("{line}: {refusal}"))
    }

    fn message_line(&self, verb: &str, id: u32) -> Result<String, Trouble> {
        let Some(reference) = self.cursor.sim.reference(id) else {
            return Err(format!("message m{id} is not in flight"));
        };
        let text = scenario::print_action(&Action::Deliver(reference), P::DIALECT);
        Ok(format!("{verb}{}", text.strip_prefix("deliver").unwrap_or(&text)))
    }

    fn branches(&self) -> Vec<BranchView> {
        let last = |scenario: &Scenario| {
            let acts = scenario.lines.iter().rev().filter_map(|line| match line {
                Line::Act { action, .. } => Some(scenario::print_action(action, P::DIALECT)),
                _ => None,
            });
            acts.into_iter().next().unwrap_or_else(|| "untouched".to_owned())
        };
        let kept = self.branches.iter().enumerate().map(|(id, branch)| BranchView {
            id,
            text: last(&branch.scenario),
            at: branch.at.0,
            current: false,
        });
        let here =
            BranchView { id: self.branches.len(), text: last(&self.scenario), at: self.at.0, current: true };
        kept.chain([here]).collect()
    }

    fn switch_branch(&mut self, id: usize) -> Result<(), Trouble> {
        if id > self.branches.len() {
            return Err(format!("there is no branch {id}"));
        }
        self.switch(id);
        Ok(())
    }

    fn text(&self) -> String {
        print(&self.saved(), P::DIALECT)
    }

    fn link(&mut self, at_cursor: bool) -> Result<String, Trouble> {
        let opens = at_cursor.then(|| (self.moment(), self.passed()));
        self.link_to(opens)
    }

    fn link_to(&mut self, opens: Option<(Moment, u16)>) -> Result<String, Trouble> {
        let mut scenario = self.saved();
        scenario.open_at = opens.map(|(moment, _)| moment);
        scenario.passed = opens.map_or(0, |(_, passed)| passed);
        let end = Course::ahead_to_script_end(self);
        let code = link::encode(&scenario, P::DIALECT, self.trace.fingerprint(end))
            .map_err(|error| error.to_string())?;
        let off: Vec<&str> = scenario.config.off.iter().map(|rule| P::DIALECT.rule(rule).key).collect();
        let mut words = scenario.title;
        if !scenario.config.presets.is_empty() {
            words += " synthetic";
        }
        if !off.is_empty() {
            words += &format!(" without {}", off.join(" "));
        }
        let slug = link::slug(&words);
        Ok(if slug.is_empty() { code } else { format!("{slug}.{code}") })
    }

    fn as_told(&self, line: usize, answer: usize) -> Result<String, Trouble> {
        crate::as_told::as_told::<P>(&self.scenario, line, answer)
    }

    fn fingerprint(&self, position: u32) -> u64 {
        self.trace.fingerprint(position)
    }

    fn lines(&mut self, from: u32, most: u32) -> Vec<String> {
        self.lines_from(from, most)
    }

    fn failures(&self) -> Vec<(usize, Time, String)> {
        self.head.failures.iter().map(|failure| (failure.line, failure.at, failure.text.clone())).collect()
    }

    fn violations(&self) -> Vec<(&'static str, Time, String)> {
        let violations = self.head.checker.violations().iter();
        violations.map(|violation| (violation.promise, violation.at, violation.text.clone())).collect()
    }

    fn expects_violations(&self) -> Vec<String> {
        let names = self.scenario.lines.iter().filter_map(|line| match line {
            Line::ExpectViolation(name) => Some(name.clone()),
            _ => None,
        });
        names.collect()
    }

    fn weight(&self) -> u64 {
        self.bytes()
    }
}

/// From where to where an operation reaches.
fn stretch(scale: Scale, operation: &sim::Operation) -> (u64, Option<u64>) {
    match scale {
        Scale::Time => (operation.invoked_at.0, operation.ended_at.map(|at| at.0)),
        // As for marks: an event stands where the count is after it.
        Scale::Steps => {
            (u64::from(operation.invoked_in) + 1, operation.ended_in.map(|event| u64::from(event) + 1))
        }
    }
}

/// A click on a symbol is saved as what the symbol meant.
fn settled<P: Protocol>(action: &Action, course: &Course<P>) -> Action {
    let node = |target: &Target| course.cursor.sim.node(*target).map_or(*target, Target::Node);
    match action {
        Action::Crash(target) => Action::Crash(node(target)),
        Action::Restart(target) => Action::Restart(node(target)),
        Action::Pause(target) => Action::Pause(node(target)),
        Action::Resume(target) => Action::Resume(node(target)),
        other => other.clone(),
    }
}

/// An option's value in words.
pub(crate) fn option_value(kind: &OptionKind, value: i64) -> String {
    match kind {
        OptionKind::Flag => if value == 0 { "off" } else { "on" }.to_owned(),
        OptionKind::Choice(keys) => {
            let key = usize::try_from(value).ok().and_then(|value| keys.get(value));
            key.map_or_else(|| value.to_string(), |key| (*key).to_owned())
        }
        OptionKind::Number { none: Some(word), .. } if value == 0 => (*word).to_owned(),
        OptionKind::Number { .. } => value.to_string(),
        OptionKind::Span { .. } => Span(value.unsigned_abs()).to_string(),
    }
}

/// What the author or the engine says at the cursor: the title of the page.
pub fn title(frame: &Frame) -> &str {
    frame.caption.as_ref().map_or("", |caption: &Caption| &caption.text)
}
