//! The lines below the header.

use super::TextError;
use super::error::Read;
use super::parser::{Lines, Reader, Scope, no_such_line};
use super::place::PLACE;
use super::suggest::unknown;
use crate::{Answer, Invitation, Line, LookAt, Panel, Scenario, limits};
use protocol::{RuleSet, Time};
use sim::Place;

/// Reads them all, up to the end or to a rival; returns where each stands.
pub(super) fn read(lines: &mut Lines<'_>, scope: &Scope<'_>, scenario: &mut Scenario) -> Read<Vec<u32>> {
    let mut numbers = Vec::new();
    let (mut actions, mut watched, mut looked_up) = (0, 0, 0);
    let mut clock = Time(0);
    while let Some(cursor) = lines.next() {
        let mut reader = Reader::new(cursor, scope);
        let at = reader.cursor.here();
        if reader.cursor.peek_word() == Some("rival") {
            lines.give_back(cursor);
            break;
        }
        if reader.cursor.eat_word("leave") {
            reader.end()?;
            if scenario.left.replace(scenario.lines.len()).is_some() {
                return Err(cursor.error(at, "the story was left before".into(), ""));
            }
            continue;
        }
        numbers.push(lines.number());
        let mut line = reader.line()?;
        reader.end()?;
        match &mut line {
            Line::Act { .. } | Line::Invite { .. } => actions += 1,
            Line::Ask { answers, .. } => *answers = read_answers(lines, scope, &mut watched)?,
            Line::Run(span) => clock = clock + *span,
            Line::At(moment) if moment.at < clock => {
                let message = format!("the clock cannot go back: it stands at {clock} or later here");
                return Err(cursor.error(at, message, ""));
            }
            Line::At(moment) => clock = moment.at,
            _ => {}
        }
        watched += reader.watched;
        if watched > limits::WATCHED {
            let message = format!("too much is watched; the bound is {} values in all", limits::WATCHED);
            return Err(cursor.error(at, message, "fewer `always` and `never`"));
        }
        looked_up += reader.looked_up;
        if looked_up > limits::LOOKED_UP {
            let message =
                format!("the captions hold too many values; the bound is {} in all", limits::LOOKED_UP);
            return Err(cursor.error(at, message, ""));
        }
        scenario.lines.push(line);
        if scenario.lines.len() > limits::LINES || actions > limits::ACTIONS {
            let (lines, actions) = (limits::LINES, limits::ACTIONS);
            let message =
                format!("this scenario is too long; the bounds are {lines} lines and {actions} actions");
            return Err(cursor.error(at, message, ""));
        }
    }
    Ok(numbers)
}

/// The answers below a question.
fn read_answers(lines: &mut Lines<'_>, scope: &Scope<'_>, watched: &mut usize) -> Read<Vec<Answer>> {
    const EXPECTED: &str = "a line `answer \"…\" if …`: a question needs two answers at least";
    let mut answers = Vec::new();
    loop {
        let line = lines.next();
        let mut cursor = match line {
            Some(cursor) => cursor,
            None if answers.len() >= 2 => return Ok(answers),
            None => return Err(lines.missing(EXPECTED)),
        };
        let at = cursor.here();
        if !cursor.eat_word("answer") {
            if answers.len() >= 2 {
                lines.give_back(cursor);
                return Ok(answers);
            }
            return Err(cursor.unexpected(EXPECTED));
        }
        if answers.len() == limits::ANSWERS {
            return Err(cursor.error(at, format!("a question has {} answers at most", limits::ANSWERS), ""));
        }
        let mut reader = Reader::new(cursor, scope);
        reader.compares = true;
        let words = reader.quoted("the answer", limits::CAPTION)?;
        reader.keyword("if")?;
        let condition = reader.condition()?;
        let without = reader.left_out()?;
        reader.end()?;
        *watched += reader.watched;
        answers.push(Answer { words, condition, without });
    }
}

impl Reader<'_> {
    fn line(&mut self) -> Read<Line> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else {
            return Err(self.cursor.unexpected("a word that begins a line"));
        };
        Ok(match word {
            "run" => Line::Run(self.span()?),
            "at" => Line::At(self.moment()?),
            "until" => {
                let condition = self.condition()?;
                self.keyword("within")?;
                Line::Until { condition, within: self.span()? }
            }
            "caption" => Line::Caption(self.caption()?),
            "stop" => Line::Stop,
            "ask" => {
                Line::Ask { question: self.quoted("the question", limits::CAPTION)?, answers: Vec::new() }
            }
            "answer" => return Err(self.cursor.error(at, "this answers nothing".into(), "`ask` above it")),
            "goal" => {
                let words = self.quoted("the goal", limits::CAPTION)?;
                self.keyword("until")?;
                let condition = self.condition()?;
                self.keyword("within")?;
                let moves = self.number("a number of moves", 1, u64::from(limits::MOVES))?;
                if !self.cursor.eat_word("moves") && !self.cursor.eat_word("move") {
                    return Err(self.cursor.unexpected("`moves`"));
                }
                Line::Goal { words, condition, moves: u16::try_from(moves).unwrap_or(u16::MAX) }
            }
            "invite" => Line::Invite {
                words: self.quoted("the invitation", limits::CAPTION)?,
                what: self.invitation()?,
            },
            "look" => Line::Look(self.look()?),
            "expect" => self.expectation()?,
            "deliver" if self.cursor.eat_word("all") => Line::DeliverAll,
            "try" => {
                let at = self.cursor.here();
                let word = self.cursor.word().unwrap_or("");
                let action = self.action(word)?.ok_or_else(|| self.no_action(word, at))?;
                Line::Act { action, tolerant: true }
            }
            _ => match self.action(word)? {
                Some(action) => Line::Act { action, tolerant: false },
                None => return Err(self.cursor.error(at, misplaced(word), "")),
            },
        })
    }

    /// The error that no action begins with this word.
    pub(super) fn no_action(&mut self, word: &str, at: usize) -> Box<TextError> {
        let message = match word {
            "" => "an action is missing".to_owned(),
            _ if super::LINE_WORDS.contains(&word) => format!("`{word}` is no action"),
            _ => no_such_line(word),
        };
        self.cursor.error(at, message, "an action, such as `crash n1`")
    }

    fn invitation(&mut self) -> Read<Invitation> {
        let at = self.cursor.here();
        Ok(match self.cursor.word() {
            Some("back") => Invitation::Back,
            Some("without") => Invitation::Without(self.rule()?),
            Some(word) => Invitation::Act(self.action(word)?.ok_or_else(|| self.no_action(word, at))?),
            None => return Err(self.cursor.unexpected("an action, `back`, or `without` and a rule")),
        })
    }

    /// The rules that an answer leaves out: `without` and at least one, each once, none that is off anyway.
    fn left_out(&mut self) -> Read<RuleSet> {
        let mut left_out = RuleSet::default();
        if !self.cursor.eat_word("without") {
            return Ok(left_out);
        }
        while left_out.is_empty() || !self.cursor.at_end() {
            let at = self.cursor.here();
            let rule = self.rule()?;
            let key = self.scope.dialect.rule(rule).key;
            if left_out.has(rule) {
                return Err(self.cursor.error(at, format!("`{key}` stands here a second time"), ""));
            }
            if self.scope.off.has(rule) {
                let message = format!("`{key}` is off in this scenario: no answer can leave it out");
                return Err(self.cursor.error(at, message, "a rule that is on"));
            }
            left_out = left_out.with(rule);
        }
        Ok(left_out)
    }

    fn expectation(&mut self) -> Read<Line> {
        if self.cursor.eat_word("violation") {
            return Ok(Line::ExpectViolation(self.name("the name of an invariant")?));
        }
        self.compares = true;
        Ok(Line::Expect(self.condition()?))
    }

    fn look(&mut self) -> Read<LookAt> {
        if self.cursor.eat_word("entry") {
            let index = self.number("an index of the log", 1, u64::from(u32::MAX))?;
            let at = if self.cursor.eat_word("at") { Some(self.target()?) } else { None };
            return Ok(LookAt::Entry { index, at });
        }
        if self.cursor.eat_word("message") {
            return self.message().map(LookAt::Message);
        }
        if self.cursor.eat_word("panel") {
            let at = self.cursor.here();
            let names = Panel::ALL.map(|(name, _)| name);
            let Some(word) = self.cursor.word() else {
                return Err(self.cursor.unexpected("the name of a panel"));
            };
            let panel = Panel::ALL.iter().find(|(name, _)| *name == word).map(|(_, panel)| *panel);
            return panel
                .map(LookAt::Panel)
                .ok_or_else(|| self.cursor.error(at, unknown("panel", word, "the panels are", &names), ""));
        }
        let place: Place = match self.cursor.peek_word() {
            Some(word) => match self.named_place(word)? {
                Some(place) => place,
                None => {
                    return Err(self.cursor.unexpected(&format!("`entry`, `message`, `panel`, or {PLACE}")));
                }
            },
            None => return Err(self.cursor.unexpected(&format!("`entry`, `message`, `panel`, or {PLACE}"))),
        };
        Ok(LookAt::Place(place))
    }
}

/// The message for a word that begins no line here.
fn misplaced(word: &str) -> String {
    match word {
        "title" | "protocol" | "beside" | "servers" | "clients" | "seed" | "option" | "without" | "disk"
        | "link" | "open" | "preset" | "client-timeout" | "client-retries" => {
            format!("`{word}` is a setting: it belongs into the header, above the first action")
        }
        _ => no_such_line(word),
    }
}
