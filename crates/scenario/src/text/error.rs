//! What is wrong with a text, and where.

use std::fmt;

/// What is wrong with a text, for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// The line, from 1.
    pub line: u32,
    /// The place in the line, in characters, from 1.
    pub column: u32,
    /// What is wrong there.
    pub message: String,
    /// What could stand there instead; empty if the message says all.
    pub expected: String,
}

/// What the parser hands on inside: an error is rare, and should not make every result large.
pub(super) type Read<T> = Result<T, Box<TextError>>;

impl TextError {
    pub(super) fn at(line: u32, column: u32, message: String, expected: &str) -> Box<TextError> {
        Box::new(TextError { line, column, message, expected: expected.to_owned() })
    }
}

/// `line 7, column 9: there is no n7: this cluster has 5 servers`.
impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)?;
        match (self.expected.as_str(), self.message.ends_with('?')) {
            ("", _) => Ok(()),
            (expected, true) => write!(f, " Expected {expected}"),
            (expected, false) => write!(f, "; expected {expected}"),
        }
    }
}

impl std::error::Error for TextError {}
