//! The text form: what a person writes and reads.

mod action;
mod caption;
mod condition;
mod cursor;
mod error;
mod header;
mod lines;
mod parser;
mod place;
mod preset;
mod print;
mod print_action;
mod print_condition;
mod quantity;
mod sign;
mod suggest;

pub use caption::parse_caption;
pub use error::TextError;
pub use parser::{Source, parse, parse_source};
pub use print::print;

pub(crate) use parser::parse_within;
pub(crate) use print::Printer;

use cursor::Cursor;
use parser::{Reader, Scope};
use protocol::Dialect;
use sim::{Action, Config};

/// The words that begin a line below the header.
const LINE_WORDS: [&str; 43] = [
    "caption",
    "stop",
    "ask",
    "answer",
    "goal",
    "invite",
    "look",
    "expect",
    "run",
    "at",
    "until",
    "try",
    "submit",
    "crash",
    "restart",
    "pause",
    "resume",
    "sync",
    "wipe",
    "clock",
    "cut",
    "mend",
    "partition",
    "heal",
    "network",
    "fire",
    "hold",
    "release",
    "deliver",
    "drop",
    "duplicate",
    "delay",
    "leave",
    "title",
    "protocol",
    "beside",
    "servers",
    "clients",
    "seed",
    "option",
    "without",
    "preset",
    "rival",
];

/// Reads one action, such as `crash n1`: what somebody typed into a field.
///
/// # Errors
///
/// What is wrong with the text, and where; the line is 1.
pub fn parse_action(text: &str, dialect: &Dialect, config: &Config) -> Result<Action, TextError> {
    one_line(text, dialect, config, |reader| {
        let at = reader.cursor.here();
        let word = reader.cursor.word().unwrap_or("");
        reader.action(word)?.ok_or_else(|| reader.no_action(word, at))
    })
}

/// Reads one condition, such as `n1.commit >= 2`.
///
/// # Errors
///
/// What is wrong with the text, and where; the line is 1.
pub fn parse_condition(text: &str, dialect: &Dialect, config: &Config) -> Result<crate::Expr, TextError> {
    one_line(text, dialect, config, |reader| reader.condition())
}

fn one_line<T>(
    text: &str,
    dialect: &Dialect,
    config: &Config,
    read: impl FnOnce(&mut Reader<'_>) -> error::Read<T>,
) -> Result<T, TextError> {
    let (servers, clients) = (config.servers, config.clients);
    let scope = Scope { dialect, servers, clients, off: config.off, sides: Vec::new() };
    let mut reader = Reader::new(Cursor::new(text, 1), &scope);
    let whole = sign::check_text(text).and_then(|()| read(&mut reader));
    whole.and_then(|read| reader.end().map(|()| read)).map_err(|error| *error)
}

/// The action as a line of text.
pub fn print_action(action: &Action, dialect: &Dialect) -> String {
    let mut printer = Printer::new(dialect);
    printer.action(action);
    printer.out
}

/// The condition as text.
pub fn print_condition(condition: &crate::Expr, dialect: &Dialect) -> String {
    Printer::show(condition, dialect)
}
