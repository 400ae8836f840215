//! One line of a history, as it is written.

use serde::Deserialize;
use serde::de::IgnoredAny;
use std::fmt;

/// What a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Invoke,
    Ok,
    Fail,
    Info,
}

/// What a process asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Function {
    Set,
    Get,
    Append,
    Cas,
    Incr,
    Sync,
}

/// A value: of text, or a whole number, which stands for its digits.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged, expecting = "expected value: a text, a whole number, true, false, null or a pair of them")]
pub(super) enum Value {
    Flag(bool),
    Number(i64),
    Text(String),
    Pair(Box<(Value, Value)>),
}

impl Value {
    /// The text, if it is one or stands for one.
    pub(super) fn text(&self) -> Option<String> {
        match self {
            Value::Number(number) => Some(number.to_string()),
            Value::Text(text) => Some(text.clone()),
            Value::Flag(_) | Value::Pair(_) => None,
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(flag) => flag.fmt(f),
            Value::Number(number) => number.fmt(f),
            Value::Text(text) => write!(f, "{text:?}"),
            Value::Pair(pair) => write!(f, "[{}, {}]", pair.0, pair.1),
        }
    }
}

/// A line. Fields that say nothing about the verdict are known and left alone; others are mistakes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    #[serde(rename = "type")]
    pub(super) kind: Kind,
    pub(super) process: u64,
    pub(super) f: Option<Function>,
    pub(super) key: Option<String>,
    pub(super) value: Option<Value>,
    #[serde(default)]
    pub(super) invalid: bool,
    pub(super) seq: Option<u64>,
    #[serde(rename = "time")]
    _time: Option<IgnoredAny>,
    #[serde(rename = "index")]
    _index: Option<IgnoredAny>,
    #[serde(rename = "error")]
    _error: Option<IgnoredAny>,
}

/// Reads a line.
pub(super) fn read(text: &str) -> Result<Line, String> {
    serde_json::from_str(text).map_err(|error| {
        let words = error.to_string();
        // It is always the first line of what it was given.
        match words.rsplit_once(" at line 1 column ") {
            Some((what, column)) => format!("column {column}: {what}"),
            None => words,
        }
    })
}
