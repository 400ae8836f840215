//! The parser: the text as a whole.

use super::cursor::{Cursor, echo};
use super::error::Read;
use super::{TextError, sign};
use crate::{Scenario, limits};
use protocol::{Dialect, RuleSet};

/// What the words of a line are judged by.
pub(crate) struct Scope<'a> {
    pub(crate) dialect: &'a Dialect,
    pub(crate) servers: u8,
    pub(crate) clients: u8,
    /// The rules that are off.
    pub(crate) off: RuleSet,
    /// The protocols that lie side by side; none if there is only one.
    pub(crate) sides: Vec<&'a str>,
}

/// Reads one line. Each noun adds its own readings to it, in the file that is named after the noun.
pub(crate) struct Reader<'a> {
    pub(crate) cursor: Cursor<'a>,
    pub(crate) scope: &'a Scope<'a>,
    /// How deep the condition in hand is nested.
    pub(crate) depth: u8,
    /// True inside `always` and `never`.
    pub(crate) watching: bool,
    /// How many values were read so far, and how many of them inside `always` and `never`.
    pub(crate) values: usize,
    pub(crate) watched: usize,
    /// How many values stood in braces.
    pub(crate) looked_up: usize,
    /// True where a condition may speak of a protocol by name.
    pub(crate) compares: bool,
    /// How many protocols were spoken of by name.
    pub(crate) named: usize,
    /// True inside what is said of a protocol by name: its own words are not known here.
    pub(crate) shared: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(cursor: Cursor<'a>, scope: &'a Scope<'a>) -> Reader<'a> {
        Reader {
            cursor,
            scope,
            depth: 0,
            watching: false,
            values: 0,
            watched: 0,
            looked_up: 0,
            compares: false,
            named: 0,
            shared: false,
        }
    }

    /// Nothing but a comment may follow.
    pub(super) fn end(&mut self) -> Read<()> {
        if self.cursor.at_end() { Ok(()) } else { Err(self.cursor.unexpected("the end of the line")) }
    }
}

/// A scenario and where its lines stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The scenario.
    pub scenario: Scenario,
    /// For each of its lines the line of the text, from 1.
    pub line_numbers: Vec<u32>,
}

/// Reads a scenario. `dialects` finds a protocol's words by its key. Words of another key say that there is such a protocol,
/// which can be named beside this one, and that its own words are not here.
///
/// # Errors
///
/// The first thing that is wrong, where it stands, and what could stand there.
pub fn parse(text: &str, dialects: &dyn Fn(&str) -> Option<&'static Dialect>) -> Result<Scenario, TextError> {
    parse_source(text, dialects).map(|source| source.scenario)
}

/// Reads a scenario and keeps where its lines stand.
///
/// # Errors
///
/// As for [`parse`].
pub fn parse_source(
    text: &str,
    dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
) -> Result<Source, TextError> {
    parse_within(limits::TEXT, text, dialects).map_err(|error| *error)
}

/// [`parse_source`] with a bound of its own.
pub(crate) fn parse_within(
    most: usize,
    text: &str,
    dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
) -> Read<Source> {
    if text.len() > most {
        let message =
            format!("this text has {} kB; the bound is {} kB", text.len().div_ceil(1024), most / 1024);
        return Err(TextError::at(1, 1, message, ""));
    }
    // Some editors put a byte order mark in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    sign::check_text(text)?;
    let mut lines = Lines { rest: text.lines(), number: 0, back: None };
    let (mut scenario, line_numbers) = read_one(&mut lines, dialects)?;
    let Some(mut rival) = lines.next() else { return Ok(Source { scenario, line_numbers }) };
    let at = rival.here();
    rival.word();
    if !rival.at_end() {
        return Err(rival.unexpected("the end of the line: the rival's own text stands below"));
    }
    let (other, _) = read_one(&mut lines, dialects)?;
    if other.protocol != scenario.protocol {
        let message = format!("the rival is of {}, and this is {}", other.protocol, scenario.protocol);
        return Err(rival.error(at, message, "another run of the same protocol"));
    }
    if let Some(mut more) = lines.next() {
        let at = more.here();
        return Err(more.error(at, "a rival has no rival of its own".into(), ""));
    }
    scenario.rival = Some(Box::new(other));
    Ok(Source { scenario, line_numbers })
}

/// One scenario, up to the end or to its rival.
fn read_one(
    lines: &mut Lines<'_>,
    dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
) -> Read<(Scenario, Vec<u32>)> {
    let (mut scenario, dialect) = super::header::read(lines, dialects)?;
    let Scenario { config, protocol, beside, .. } = &scenario;
    let (protocol, beside) = (protocol.clone(), beside.clone());
    let none = beside.is_empty();
    let sides = [&protocol].into_iter().chain(&beside).filter(|_| !none).map(String::as_str).collect();
    let scope = Scope { dialect, servers: config.servers, clients: config.clients, off: config.off, sides };
    let line_numbers = super::lines::read(lines, &scope, &mut scenario)?;
    Ok((scenario, line_numbers))
}

/// The lines that are neither blank nor a comment, with one step back.
pub(super) struct Lines<'a> {
    rest: std::str::Lines<'a>,
    number: u32,
    back: Option<Cursor<'a>>,
}

impl<'a> Lines<'a> {
    pub(super) fn next(&mut self) -> Option<Cursor<'a>> {
        if let Some(line) = self.back.take() {
            return Some(line);
        }
        for text in self.rest.by_ref() {
            self.number += 1;
            let mut cursor = Cursor::new(text, self.number);
            if !cursor.at_end() {
                return Some(cursor);
            }
        }
        None
    }

    /// Gives a line back, to be the next again.
    pub(super) fn give_back(&mut self, line: Cursor<'a>) {
        self.back = Some(line);
    }

    /// The number of the last line that was read.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// The error that the text ends where something has to follow.
    pub(super) fn missing(&self, expected: &str) -> Box<TextError> {
        TextError::at(self.number + 1, 1, "the text ends too early".to_owned(), expected)
    }
}

/// The message that a word begins no line.
pub(super) fn no_such_line(word: &str) -> String {
    let near = super::suggest::nearest(word, &super::LINE_WORDS);
    let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    format!("no line begins with `{}`{hint}", echo(word))
}
