//! Values of expressions, and how they compare.

use crate::{Comparison, Literal};
use protocol::{NodeId, Term};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// What an expression comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// True or false.
    Flag(bool),
    /// A number.
    Number(i64),
    /// A term.
    Term(Term),
    /// A server.
    Node(NodeId),
    /// A word or a text.
    Text(Cow<'a, str>),
    /// Nothing: no vote given, no entry there, no value under that key.
    Nothing,
}

impl<'a> Value<'a> {
    /// A text that the engine shows, such as a fact's: `none` is nothing, everything else stays text. A text compares
    /// equal to whatever is written like it, so `3` and `n1` need no reading here.
    pub fn shown(text: &'a str) -> Value<'a> {
        if text == "none" { Value::Nothing } else { Value::Text(Cow::Borrowed(text)) }
    }

    /// A count or an index.
    pub fn count(number: u64) -> Value<'a> {
        Value::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// Compares two values; `None` if they have no order and one is asked for.
    pub(crate) fn compare(&self, by: Comparison, other: &Value<'_>) -> Option<bool> {
        let order = match by {
            Comparison::Equal => return Some(self.is_like(other)),
            Comparison::Differs => return Some(!self.is_like(other)),
            _ => self.rank()?.against(other.rank()?),
        };
        Some(match by {
            Comparison::Less => order == Ordering::Less,
            Comparison::AtMost => order != Ordering::Greater,
            Comparison::More => order == Ordering::Greater,
            _ => order != Ordering::Less,
        })
    }

    /// Equality: of numbers as numbers, of everything else as it is written.
    fn is_like(&self, other: &Value<'_>) -> bool {
        match (self, other) {
            (Value::Nothing, Value::Nothing) => true,
            (Value::Nothing, _) | (_, Value::Nothing) => false,
            (Value::Text(one), Value::Text(two)) => one == two,
            _ => match (self.rank(), other.rank()) {
                (Some(one), Some(two)) => one.against(two) == Ordering::Equal,
                _ => self.to_string() == other.to_string(),
            },
        }
    }

    fn rank(&self) -> Option<Rank> {
        match self {
            Value::Number(number) => Some(Rank { number: *number, owner: None }),
            Value::Term(term) => {
                Some(Rank { number: i64::from(term.number), owner: term.owner.map(|node| node.0) })
            }
            Value::Text(text) => Rank::read(text),
            _ => None,
        }
    }
}

/// The place of a number or a term in their order. A number has no owner: against a term only its number counts.
#[derive(Clone, Copy)]
struct Rank {
    number: i64,
    owner: Option<u8>,
}

impl Rank {
    fn read(text: &str) -> Option<Rank> {
        match text.split_once('.') {
            None => Some(Rank { number: text.parse().ok()?, owner: None }),
            Some((number, owner)) => {
                Some(Rank { number: number.parse().ok()?, owner: Some(owner.parse().ok()?) })
            }
        }
    }

    fn against(self, other: Rank) -> Ordering {
        let by_number = self.number.cmp(&other.number);
        match (self.owner, other.owner) {
            (Some(one), Some(two)) => by_number.then(one.cmp(&two)),
            _ => by_number,
        }
    }
}

impl<'a> From<&'a Literal> for Value<'a> {
    fn from(literal: &'a Literal) -> Value<'a> {
        match literal {
            Literal::Flag(flag) => Value::Flag(*flag),
            Literal::Number(number) => Value::Number(*number),
            Literal::Term { number, owner } => Value::Term(Term::owned(*number, *owner)),
            Literal::Text(text) => Value::Text(Cow::Borrowed(text)),
            Literal::Nothing => Value::Nothing,
        }
    }
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Flag(flag) => f.write_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => number.fmt(f),
            Value::Term(term) => term.fmt(f),
            Value::Node(node) => node.fmt(f),
            Value::Text(text) => f.write_str(text),
            Value::Nothing => f.write_str("none"),
        }
    }
}
