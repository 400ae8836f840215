//! Lines. The numbers of variants are frozen: new ones come at the end.

use super::coder::Coder;
use super::places::*;
use super::{Nonsense, Take, prose::Sort};
use crate::{
    Answer, Invitation, Line, LookAt, Moment, Panel, Scenario, as_caption, has_values, limits, words_of,
};
use protocol::{Dialect, RuleSet, Time};
use sim::Action;

/// What is already known where the coder stands.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) servers: u8,
    pub(super) clients: u8,
    /// The clock, as far as the lines tell.
    clock: Time,
    /// The numbers of the last line and the last action.
    line: u8,
    pub(super) action: u8,
    /// The kind of the last message, and the slot of its receiver.
    pub(super) kind: u8,
    pub(super) to: u8,
    /// How deep the condition in hand is nested.
    pub(super) depth: u8,
    /// How much was unpacked, in bytes.
    pub(super) spent: usize,
    /// True within a rival.
    aside: bool,
}

/// What a line costs of what may be unpacked.
const LINE: usize = 8;
/// The numbers of what stands among the lines and is none.
const LEFT: u8 = 16;
const READ: u8 = 17;
const WITH: u8 = 18;
const PRESET: u8 = 19;
const RIVAL: u8 = 20;

impl Coder<'_> {
    /// All lines. A moment and an action behind it, which is how a click is saved, go as one.
    pub(super) fn put_lines(&mut self, scenario: &Scenario, dialect: &Dialect) {
        let Scenario { lines, left, beside, .. } = scenario;
        // How far a story was read, and what is laid beside it, came later and go as lines: nothing can be added behind the
        // last of them.
        let passed = if scenario.open_at.is_some() { scenario.passed } else { 0 };
        let is_click = |i: usize| {
            let pair = (lines.get(i), lines.get(i + 1));
            *left != Some(i + 1) && matches!(pair, (Some(Line::At(_)), Some(Line::Act { .. })))
        };
        let clicks = (0..lines.len()).filter(|i| is_click(*i)).count();
        let presets = &scenario.config.presets;
        let marks = usize::from(left.is_some())
            + usize::from(passed > 0)
            + usize::from(!beside.is_empty())
            + presets.len()
            + usize::from(scenario.rival.is_some());
        self.number(LINES, (lines.len() - clicks + marks) as u64);
        // Presets are settings, but came later than the settings' own form.
        for preset in presets {
            self.line_tag(PRESET);
            self.put_preset(preset);
        }
        for (i, line) in lines.iter().enumerate() {
            if *left == Some(i) {
                self.line_tag(LEFT);
            }
            let follows_moment = i > 0 && is_click(i - 1);
            match line {
                Line::Act { action, tolerant } => {
                    if !follows_moment {
                        self.line_tag(1);
                    }
                    self.put_act(action, *tolerant);
                }
                Line::At(moment) => {
                    self.line_tag(if is_click(i) { 0 } else { 3 });
                    self.put_moment(*moment);
                }
                _ => self.put_line(line, dialect),
            }
        }
        if *left == Some(lines.len()) {
            self.line_tag(LEFT);
        }
        if passed > 0 {
            self.line_tag(READ);
            self.number(PASSED, u64::from(passed));
        }
        if !beside.is_empty() {
            self.line_tag(WITH);
            self.number(BESIDE, beside.len() as u64);
            beside.iter().for_each(|key| self.put_protocol(key));
        }
        if let Some(rival) = &scenario.rival {
            self.line_tag(RIVAL);
            self.aside(|coder| coder.put_scenario(rival, dialect));
        }
    }

    pub(super) fn take_lines(&mut self, scenario: &mut Scenario, dialect: &Dialect) -> Take<()> {
        let count = self.number(LINES, 0);
        for _ in 0..count {
            let lines = &mut scenario.lines;
            if lines.len() > limits::LINES {
                return Err(Nonsense("more lines than a scenario may have"));
            }
            self.spend(LINE)?;
            match self.line_tag(0) {
                0 => {
                    lines.push(Line::At(self.take_moment()?));
                    lines.push(self.take_act()?);
                }
                1 => lines.push(self.take_act()?),
                LEFT => scenario.left = Some(lines.len()),
                RIVAL if self.memory.aside => return Err(Nonsense("the rival of a rival")),
                RIVAL => {
                    let protocol = scenario.protocol.clone();
                    let rival = self.aside(|coder| coder.take_scenario(protocol, dialect))?;
                    scenario.rival = Some(Box::new(rival));
                }
                PRESET => {
                    let preset = self.take_preset()?;
                    scenario.config.presets.push(preset);
                }
                READ => {
                    let passed = u16::try_from(self.number(PASSED, 0));
                    scenario.passed = passed.map_err(|_| Nonsense("how far a story was read"))?;
                }
                WITH => {
                    for _ in 0..self.number(BESIDE, 0).min(limits::BESIDE as u64 + 1) {
                        let key = self.take_protocol()?;
                        scenario.beside.push(key);
                    }
                }
                tag => lines.push(self.take_line(tag, dialect)?),
            }
        }
        Ok(())
    }

    /// Another scenario, with a memory of its own but for what was spent.
    fn aside<T>(&mut self, go: impl FnOnce(&mut Self) -> T) -> T {
        let aside = Memory { aside: true, spent: self.memory.spent, ..Memory::default() };
        let before = std::mem::replace(&mut self.memory, aside);
        let result = go(self);
        let spent = self.memory.spent;
        self.memory = Memory { spent, ..before };
        result
    }

    fn put_line(&mut self, line: &Line, dialect: &Dialect) {
        match line {
            Line::Act { .. } | Line::At(_) => {}
            Line::Run(span) => {
                self.line_tag(2);
                self.put_span(*span);
                self.memory.clock = self.memory.clock + *span;
            }
            Line::Until { condition, within } => {
                self.line_tag(4);
                self.put_expr(condition, dialect);
                self.put_span(*within);
            }
            Line::DeliverAll => {
                self.line_tag(5);
            }
            Line::Caption(text) => {
                // Values in braces came later, and with them a number of their own: before, a brace was a brace.
                self.line_tag(if has_values(text) { 15 } else { 6 });
                self.put_text(Sort::Words, &words_of(text));
            }
            Line::Stop => {
                self.line_tag(7);
            }
            Line::Ask { question, answers } => {
                // Answers that leave rules out came later, and with them a number of their own.
                let left_out = answers.iter().any(|answer| !answer.without.is_empty());
                self.line_tag(if left_out { 14 } else { 8 });
                self.put_text(Sort::Words, question);
                self.number(ANSWERS, answers.len() as u64);
                for answer in answers {
                    self.put_text(Sort::Words, &answer.words);
                    self.put_expr(&answer.condition, dialect);
                    if left_out {
                        self.put_rules(answer.without);
                    }
                }
            }
            Line::Goal { words, condition, moves } => {
                self.line_tag(9);
                self.put_text(Sort::Words, words);
                self.put_expr(condition, dialect);
                self.number(MOVES, u64::from(*moves));
            }
            Line::Look(at) => {
                self.line_tag(10);
                self.put_look(at);
            }
            Line::Expect(condition) => {
                self.line_tag(11);
                self.put_expr(condition, dialect);
            }
            Line::ExpectViolation(name) => {
                self.line_tag(12);
                self.put_invariant(name, dialect);
            }
            Line::Invite { words, what } => {
                self.line_tag(13);
                self.put_text(Sort::Words, words);
                self.put_invitation(what);
            }
        }
    }

    fn take_line(&mut self, tag: u8, dialect: &Dialect) -> Take<Line> {
        Ok(match tag {
            2 => {
                let span = self.take_span()?;
                self.memory.clock = self.memory.clock + span;
                Line::Run(span)
            }
            3 => Line::At(self.take_moment()?),
            4 => Line::Until { condition: self.take_expr(dialect)?, within: self.take_span()? },
            5 => Line::DeliverAll,
            6 => Line::Caption(as_caption(&self.take_text(Sort::Words)?)),
            15 => Line::Caption(self.take_text(Sort::Words)?),
            7 => Line::Stop,
            8 | 14 => {
                let question = self.take_text(Sort::Words)?;
                let mut answers = Vec::new();
                for _ in 0..self.number(ANSWERS, 0).min(limits::ANSWERS as u64 + 1) {
                    let (words, condition) = (self.take_text(Sort::Words)?, self.take_expr(dialect)?);
                    let without = if tag == 14 { self.take_rules(dialect)? } else { RuleSet::default() };
                    answers.push(Answer { words, condition, without });
                }
                Line::Ask { question, answers }
            }
            9 => {
                let words = self.take_text(Sort::Words)?;
                let condition = self.take_expr(dialect)?;
                let moves =
                    u16::try_from(self.number(MOVES, 0)).map_err(|_| Nonsense("a number of moves"))?;
                Line::Goal { words, condition, moves }
            }
            10 => Line::Look(self.take_look()?),
            11 => Line::Expect(self.take_expr(dialect)?),
            12 => Line::ExpectViolation(self.take_invariant(dialect)?),
            13 => {
                let words = self.take_text(Sort::Words)?;
                Line::Invite { words, what: self.take_invitation(dialect)? }
            }
            _ => return Err(Nonsense("a line")),
        })
    }

    fn put_invitation(&mut self, what: &Invitation) {
        match what {
            Invitation::Act(action) => {
                self.choice(INVITATION, 64, 0);
                self.put_action(action);
            }
            Invitation::Back => {
                self.choice(INVITATION, 64, 1);
            }
            Invitation::Without(rule) => {
                self.choice(INVITATION, 64, 2);
                self.number(RULE, u64::from(rule.0));
            }
        }
    }

    fn take_invitation(&mut self, dialect: &Dialect) -> Take<Invitation> {
        Ok(match self.choice(INVITATION, 64, 0) {
            0 => Invitation::Act(self.take_action()?),
            1 => Invitation::Back,
            2 => Invitation::Without(self.take_rule(dialect)?),
            _ => return Err(Nonsense("an invitation")),
        })
    }

    fn line_tag(&mut self, tag: u8) -> u8 {
        let tag = self.choice(LINE_AFTER.after(usize::from(self.memory.line.min(15))), 64, tag);
        self.memory.line = tag;
        tag
    }

    fn put_act(&mut self, action: &Action, tolerant: bool) {
        self.flag(TOLERANT, tolerant);
        self.put_action(action);
    }

    fn take_act(&mut self) -> Take<Line> {
        let tolerant = self.flag(TOLERANT, false);
        Ok(Line::Act { action: self.take_action()?, tolerant })
    }

    /// A moment, as the length of time since the last.
    fn put_moment(&mut self, moment: Moment) {
        let since = moment.at - self.memory.clock;
        self.put_micros(CLOCK_UNIT, CLOCK, since.0);
        self.number(EVENT, u64::from(moment.n));
        self.memory.clock = moment.at;
    }

    fn take_moment(&mut self) -> Take<Moment> {
        let since = self.take_micros(CLOCK_UNIT, CLOCK)?;
        let n = u32::try_from(self.number(EVENT, 0)).map_err(|_| Nonsense("a moment"))?;
        self.memory.clock = self.memory.clock + protocol::Span(since);
        Ok(Moment { at: self.memory.clock, n })
    }

    /// The moment at which a reader enters.
    pub(super) fn put_open(&mut self, open: Option<Moment>) {
        self.flag(OPEN, open.is_some());
        if let Some(moment) = open {
            self.memory.clock = Time(0);
            self.put_moment(moment);
        }
    }

    pub(super) fn take_open(&mut self) -> Take<Option<Moment>> {
        if !self.flag(OPEN, false) {
            return Ok(None);
        }
        self.memory.clock = Time(0);
        self.take_moment().map(Some)
    }

    fn put_look(&mut self, at: &LookAt) {
        match at {
            LookAt::Place(place) => {
                self.choice(LOOK, 64, 0);
                self.put_place(*place);
            }
            LookAt::Entry { index, at } => {
                self.choice(LOOK, 64, 1);
                self.number(INDEX, *index);
                self.put_maybe_target(LOOK, *at);
            }
            LookAt::Message(message) => {
                self.choice(LOOK, 64, 2);
                self.put_message(message);
            }
            LookAt::Panel(panel) => {
                self.choice(LOOK, 64, 3);
                self.choice(PANEL, 64, *panel as u8);
            }
        }
    }

    fn take_look(&mut self) -> Take<LookAt> {
        Ok(match self.choice(LOOK, 64, 0) {
            0 => LookAt::Place(self.take_place()?),
            1 => LookAt::Entry { index: self.number(INDEX, 0), at: self.take_maybe_target(LOOK)? },
            2 => LookAt::Message(self.take_message()?),
            3 => {
                let panel = Panel::ALL.get(usize::from(self.choice(PANEL, 64, 0)));
                LookAt::Panel(panel.map(|(_, panel)| *panel).ok_or(Nonsense("a panel"))?)
            }
            _ => return Err(Nonsense("a thing to look at")),
        })
    }
}
