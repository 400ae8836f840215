//! The director plays a scenario: it moves the clock, lets due things happen, does the actions, and judges.

use crate::asks;
use crate::attempt::Attempt;
use crate::counts::Counts;
use crate::deed::{self, Told};
use crate::effort::{Cost, Effort};
use crate::lookout::{Lookout, Notes};
use crate::world::Stage;
use check::{Checker, Meter};
use protocol::{Protocol, Time};
use scenario::{Invitation, Line, Moment, Monitor, Scenario, fill, has_values, holds, parse_caption, report};
use sim::{Action, Addr, Flight, Sim};
use std::sync::Arc;

/// How many messages one `deliver all` delivers at the most.
const MOST_DELIVERIES: usize = 10_000;

/// An expectation that did not come true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The line of the scenario, counted from 0 among its lines.
    pub line: usize,
    /// Where in the run.
    pub position: u32,
    /// When in the run.
    pub at: Time,
    /// What was found.
    pub text: String,
}

/// What became of a wish to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// One event happened.
    Event,
    /// Nothing more happens by the limit.
    Limit,
    /// The scenario waits for its reader at this line.
    Waits(usize),
}

/// How far the line in hand has come.
#[derive(Clone, Debug, Default)]
pub(crate) struct InHand {
    /// Until when it goes on; nothing if it has not begun.
    deadline: Option<Time>,
    /// What it costs to ask for its condition after every event.
    cost: Cost,
    /// What a `deliver all` has delivered so far.
    pub(crate) delivered: Vec<Action>,
}

/// A run in the making: the cluster, its checks, and how far the scenario has been played. Cloning it makes a
/// checkpoint. The scenario itself is handed in at every call, so that checkpoints survive a change of later lines.
#[derive(Clone, Debug)]
pub(crate) struct Director<P: Protocol> {
    pub(crate) sim: Sim<P>,
    pub(crate) checker: Checker,
    pub(crate) counts: Counts,
    pub(crate) meter: Meter,
    pub(crate) monitor: Monitor,
    /// True if the monitor has anything to watch.
    watches: bool,
    watch_cost: Cost,
    effort: Effort,
    /// The next line to be done, or the one in hand.
    pub(crate) line: usize,
    /// How many events had happened when the last line was done.
    pub(crate) script_end: Option<u32>,
    pub(crate) in_hand: InHand,
    /// True if anything happened, or the clock moved, since the last line was done.
    pub(crate) drifted: bool,
    /// The last caption that was passed: its line, and where.
    pub(crate) caption: Option<(usize, u32, Time)>,
    /// What captions with values in braces said when they were passed, by their lines.
    pub(crate) said: Vec<(usize, Arc<str>)>,
    pub(crate) failures: Vec<Failure>,
    /// True if the run came to a bound before the end of its script.
    gave_up: bool,
    /// Why the last action could not be done; empty if it could.
    pub(crate) refusal: String,
    /// What is to be told of the last action.
    pub(crate) told: Told,
    /// The question that was asked last: its line, and once the run has decided it, which answers are right.
    pub(crate) question: Option<(usize, Option<Vec<usize>>)>,
    /// The lines that point the reader at something, since the last step of the story.
    pub(crate) looks: Vec<usize>,
    /// What the reader tries to bring about.
    pub(crate) attempt: Option<Attempt>,
}

/// True for a line at which the story waits for its reader.
pub(crate) fn waits(line: &Line) -> bool {
    matches!(line, Line::Stop | Line::Ask { .. } | Line::Goal { .. } | Line::Invite { .. })
        && !line.names_a_protocol()
}

impl<P: Protocol> Director<P> {
    pub(crate) fn new(scenario: &Scenario) -> Director<P> {
        Director {
            sim: Sim::new(scenario.config.clone()),
            checker: Checker::new(P::DIALECT, scenario.config.servers),
            counts: Counts::of(scenario, P::DIALECT),
            meter: Meter::default(),
            monitor: Monitor::of(scenario),
            watches: asks::watches(scenario),
            watch_cost: Cost::watched(scenario),
            effort: Effort::default(),
            line: 0,
            script_end: None,
            in_hand: InHand::default(),
            drifted: false,
            caption: None,
            said: Vec::new(),
            failures: Vec::new(),
            gave_up: false,
            refusal: String::new(),
            told: Told::default(),
            question: None,
            looks: Vec::new(),
            attempt: None,
        }
    }

    /// True once every line is done.
    pub(crate) fn script_done(&self, scenario: &Scenario) -> bool {
        self.line >= scenario.lines.len()
    }

    /// Why the run cannot go on, if it cannot.
    pub(crate) fn exhausted(&self) -> Option<&'static str> {
        self.effort.exhausted(&self.sim)
    }

    /// The run ends, and what is left of the script cannot come true.
    fn give_up(&mut self, scenario: &Scenario, why: &str) {
        if !self.script_done(scenario) && !self.gave_up {
            self.gave_up = true;
            self.fail(format!("the run ends here, before the end of its script: {why}"));
        }
    }

    fn note_script_end(&mut self, scenario: &Scenario) {
        if self.script_done(scenario) {
            self.script_end.get_or_insert(self.sim.position());
        }
    }

    /// The present moment, as a line of the scenario names it.
    pub(crate) fn moment(&self) -> Moment {
        Moment { at: self.sim.now(), n: self.sim.events_now() }
    }

    /// Lets one event happen, if one happens by the limit. Lines that need no event are done on the way; `stop` and
    /// `ask` lines from `gate` on are not passed.
    pub(crate) fn advance(
        &mut self,
        scenario: &Scenario,
        limit: Time,
        gate: usize,
        mut notes: Notes<'_>,
    ) -> Progress {
        if let Some(why) = self.exhausted() {
            self.give_up(scenario, why);
            return Progress::Limit;
        }
        if self.sim.position() == 0 {
            self.let_happen(notes);
            self.drifted = false;
            return Progress::Event;
        }
        while let Some(line) = scenario.lines.get(self.line) {
            match self.take_line(scenario, line, limit, gate, notes.lend()) {
                Some(progress) => return progress,
                None => self.finish_line(scenario),
            }
        }
        self.note_script_end(scenario);
        match self.sim.next_at() {
            Some(next) if next <= limit => {
                self.let_happen(notes);
                Progress::Event
            }
            _ => Progress::Limit,
        }
    }

    /// Does the lines that need no event and are due by the limit, and no more.
    pub(crate) fn settle(&mut self, scenario: &Scenario, limit: Time, gate: usize) {
        self.settle_to(scenario, limit, gate, usize::MAX);
    }

    /// The same, of the lines before `end`.
    fn settle_to(&mut self, scenario: &Scenario, limit: Time, gate: usize, end: usize) {
        if self.sim.position() == 0 {
            return;
        }
        while let Some(line) = scenario.lines.get(self.line).filter(|_| self.line < end) {
            let done = match line {
                Line::Act { .. } => false,
                Line::Invite { what: Invitation::Act(_), .. } => false,
                _ if waits(line) && self.line >= gate => false,
                Line::Run(_) | Line::At(_) | Line::Until { .. } => self.time_line_done(line, limit),
                Line::DeliverAll => self.next_delivery().is_none(),
                _ => {
                    self.pass(scenario, line);
                    true
                }
            };
            if !done {
                return;
            }
            self.finish_line(scenario);
        }
        self.note_script_end(scenario);
    }

    /// Plays on until every line before `end` is done, and no further.
    pub(crate) fn play_to_line(&mut self, scenario: &Scenario, end: usize) {
        let last = Time(u64::MAX);
        loop {
            self.settle_to(scenario, last, usize::MAX, end);
            if (self.line >= end && self.sim.position() > 0)
                || self.advance(scenario, last, usize::MAX, Notes::None) != Progress::Event
            {
                return;
            }
        }
    }

    /// Works on one line. Nothing means that it is done.
    fn take_line(
        &mut self,
        scenario: &Scenario,
        line: &Line,
        limit: Time,
        gate: usize,
        notes: Notes<'_>,
    ) -> Option<Progress> {
        if waits(line) && self.line >= gate {
            return Some(Progress::Waits(self.line));
        }
        match line {
            Line::Act { action, tolerant } => Some(self.take_act(scenario, action, *tolerant, notes)),
            Line::Invite { what: Invitation::Act(action), .. } => {
                // The question is answered by what follows, and that is the engine's to tell.
                self.caption = None;
                self.turn_page();
                Some(self.take_act(scenario, action, false, notes))
            }
            Line::DeliverAll => {
                let next = self.next_delivery()?;
                self.effort.add_action(&self.sim, &next);
                self.in_hand.delivered.push(next.clone());
                // Whether it arrives or is lost, it is gone: what can do neither is not chosen.
                let (sim, mut lookout) = self.watched(notes);
                let _ = sim.act(&next, &mut lookout);
                self.after_event();
                Some(Progress::Event)
            }
            Line::Run(_) | Line::At(_) | Line::Until { .. } => {
                if self.time_line_done(line, limit) {
                    return None;
                }
                match self.sim.next_at() {
                    Some(next) if next <= limit && self.belongs(line, next) => {
                        self.let_happen(notes);
                        Some(Progress::Event)
                    }
                    _ => Some(Progress::Limit),
                }
            }
            _ => {
                self.pass(scenario, line);
                None
            }
        }
    }

    fn take_act(
        &mut self,
        scenario: &Scenario,
        action: &Action,
        tolerant: bool,
        notes: Notes<'_>,
    ) -> Progress {
        self.effort.add_action(&self.sim, action);
        if matches!(notes, Notes::Trace(_)) {
            self.told = deed::told(&self.sim, action);
        }
        let (sim, mut lookout) = self.watched(notes);
        let done = sim.act(action, &mut lookout);
        self.refusal = done.err().map(|refusal| refusal.to_string()).unwrap_or_default();
        if !self.refusal.is_empty() && !tolerant {
            self.fail(self.refusal.clone());
        }
        if let Some(attempt) = &mut self.attempt {
            attempt.moves += u32::from(!attempt.reached);
        }
        self.after_event();
        self.finish_line(scenario);
        Progress::Event
    }

    /// The story has come to its next step: what was shown and tried for the last one is over.
    fn turn_page(&mut self) {
        self.looks.clear();
        self.attempt = None;
    }

    /// True if an event at `next` still falls under a time line.
    fn belongs(&self, line: &Line, next: Time) -> bool {
        match line {
            Line::At(moment) => {
                next < moment.at || (next == moment.at && self.events_at(moment.at) < moment.n)
            }
            _ => self.in_hand.deadline.is_none_or(|deadline| next <= deadline),
        }
    }

    /// When the line in hand is over, if nothing happens before; nothing if it waits for the reader, or none is left.
    pub(crate) fn deadline(&self, scenario: &Scenario) -> Option<Time> {
        let later = Some(self.in_hand.deadline.unwrap_or(self.sim.now()));
        match scenario.lines.get(self.line)? {
            Line::At(moment) => Some(moment.at),
            Line::Run(_) => later,
            Line::Until { condition, .. } => match holds(condition, &Stage::of(self), &self.monitor) {
                Ok(false) | Err(scenario::EvalError::Absent(_)) => later,
                _ => Some(self.sim.now()),
            },
            Line::Stop => None,
            line @ Line::Ask { .. } if waits(line) => None,
            _ => Some(self.sim.now()),
        }
    }

    fn events_at(&self, at: Time) -> u32 {
        if self.sim.now() == at { self.sim.events_now() } else { 0 }
    }

    /// Moves the clock as far as the line and the limit let it. True if the line is done.
    fn time_line_done(&mut self, line: &Line, limit: Time) -> bool {
        let deadline = match line {
            Line::Run(span) => *self.in_hand.deadline.get_or_insert(self.sim.now() + *span),
            Line::Until { within, condition } => {
                if self.in_hand.deadline.is_none() {
                    self.in_hand.cost = Cost::of(condition);
                }
                let deadline = *self.in_hand.deadline.get_or_insert(self.sim.now() + *within);
                match holds(condition, &Stage::of(self), &self.monitor) {
                    Ok(true) => return true,
                    Ok(false) | Err(scenario::EvalError::Absent(_)) => {}
                    Err(error) => {
                        self.fail(error.to_string());
                        return true;
                    }
                }
                deadline
            }
            Line::At(moment) => moment.at,
            _ => return true,
        };
        let next = self.sim.next_at();
        if next.is_some_and(|next| self.belongs(line, next)) || deadline > limit {
            return false;
        }
        self.sim.advance(deadline);
        match line {
            Line::Until { condition, within } => {
                let text = report(condition, &Stage::of(self), &self.monitor, P::DIALECT);
                self.fail(format!("{text} within {within}"));
            }
            Line::At(moment) if self.sim.now() > moment.at => {
                self.fail(format!("{} is past: the clock shows {}", moment.at, self.sim.now()));
            }
            Line::At(moment) if self.events_at(moment.at) < moment.n => {
                self.fail(format!("only {} events happen at {}", self.events_at(moment.at), moment.at));
            }
            _ => {}
        }
        true
    }

    /// Does a line that takes neither time nor an event.
    fn pass(&mut self, scenario: &Scenario, line: &Line) {
        if line.names_a_protocol() {
            return; // this run alone cannot tell
        }
        if matches!(line, Line::Caption(_) | Line::Ask { .. } | Line::Goal { .. }) {
            self.decide(scenario);
        }
        if matches!(line, Line::Caption(_) | Line::Ask { .. } | Line::Goal { .. } | Line::Invite { .. }) {
            self.turn_page();
        }
        match line {
            Line::Ask { .. } => self.question = Some((self.line, None)),
            Line::Look(_) => self.looks.push(self.line),
            Line::Goal { condition, moves, .. } => {
                self.attempt = Some(Attempt::new(self.line, condition, *moves));
                self.judge_attempt();
            }
            Line::Caption(text) => {
                self.caption = Some((self.line, self.sim.position(), self.sim.now()));
                self.look_up(scenario, text);
            }
            Line::Expect(condition) => match holds(condition, &Stage::of(self), &self.monitor) {
                Ok(true) => {}
                _ => self.fail(report(condition, &Stage::of(self), &self.monitor, P::DIALECT)),
            },
            Line::ExpectViolation(name) if self.checker.holds(name) => {
                self.fail(format!("{name} is not violated"));
            }
            _ => {}
        }
    }

    /// Looks up what a caption has in braces.
    fn look_up(&mut self, scenario: &Scenario, caption: &str) {
        if !has_values(caption) {
            return;
        }
        // Whoever read the scenario has seen that it can be read.
        let pieces = parse_caption(caption, P::DIALECT, &scenario.config).unwrap_or_default();
        let (text, lacking) = fill(&pieces, &Stage::of(self), &self.monitor, P::DIALECT);
        self.said.push((self.line, text.into()));
        lacking.into_iter().for_each(|lack| self.fail(lack));
    }

    /// The run decides the open question: an answer is right if its condition holds now.
    fn decide(&mut self, scenario: &Scenario) {
        let Some((line, None)) = self.question else { return };
        let Some(Line::Ask { answers, .. }) = scenario.lines.get(line) else { return };
        let right = |condition| holds(condition, &Stage::of(self), &self.monitor) == Ok(true);
        let places = answers.iter().enumerate().filter(|(_, answer)| right(&answer.condition));
        let places: Vec<usize> = places.map(|(place, _)| place).collect();
        if places.len() != 1 {
            self.fail(format!(
                "{} answers to the question of step {} are right, not one",
                places.len(),
                line + 1
            ));
        }
        self.question = Some((line, Some(places)));
    }

    fn finish_line(&mut self, scenario: &Scenario) {
        self.line += 1;
        if self.script_done(scenario) {
            self.decide(scenario);
        }
        self.in_hand = InHand::default();
        self.drifted = false;
    }

    /// The end of the oldest message in flight that can end: its arrival, or its loss if it cannot arrive any more.
    /// What is held, or waits for a frozen server, stays where it is.
    fn next_delivery(&self) -> Option<Action> {
        if self.in_hand.delivered.len() >= MOST_DELIVERIES {
            return None;
        }
        let down = |addr| matches!(addr, Addr::Server(node) if !self.sim.machines()[node.slot()].is_up());
        let lost = |flight: &Flight<P::Message>| flight.doomed.is_some() || down(flight.to);
        let mut passed = None;
        loop {
            let flight = self.sim.oldest(|flight| {
                passed.is_none_or(|passed| flight.id > passed) && (lost(flight) || !self.sim.is_held(flight))
            })?;
            let reference = self.sim.reference(flight.id)?;
            let action = if lost(flight) { Action::Drop(reference) } else { Action::Deliver(reference) };
            if self.sim.check(&action).is_ok() {
                return Some(action);
            }
            passed = Some(flight.id);
        }
    }

    fn let_happen(&mut self, notes: Notes<'_>) {
        let (sim, mut lookout) = self.watched(notes);
        sim.step(&mut lookout);
        self.after_event();
    }

    fn after_event(&mut self) {
        self.drifted = true;
        self.effort.add_event(&self.sim, self.watch_cost.and(self.in_hand.cost));
        if self.watches {
            let mut monitor = std::mem::take(&mut self.monitor);
            monitor.feed(self.moment(), &Stage::of(self));
            self.monitor = monitor;
        }
        self.judge_attempt();
    }

    /// Looks whether the reader has brought about what the goal asked for.
    fn judge_attempt(&mut self) {
        let Some(mut attempt) = self.attempt.take() else { return };
        if !attempt.reached && attempt.moves <= attempt.most {
            self.effort.add_event(&self.sim, attempt.cost);
            attempt.reached = holds(&attempt.condition, &Stage::of(self), &self.monitor) == Ok(true);
        }
        self.attempt = Some(attempt);
    }

    /// The cluster, and everything that looks on.
    fn watched<'a>(&'a mut self, notes: Notes<'a>) -> (&'a mut Sim<P>, Lookout<'a>) {
        let Director { sim, checker, counts, meter, .. } = self;
        (sim, Lookout { checker, counts, meter, notes })
    }

    fn fail(&mut self, text: String) {
        let (line, position, at) = (self.line, self.sim.position(), self.sim.now());
        self.failures.push(Failure { line, position, at, text });
    }
}
