//! The verdict in words.

use super::{Asked, End};
use check::history::{Heard, Partial};
use protocol::Reply;
use std::fmt::Write;

/// What is to be said of a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// One order explains every answer.
    Linearizable,
    /// No order does.
    NotLinearizable,
    /// The search was given up.
    Unknown,
}

/// A judgement and its grounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryReport {
    /// The judgement.
    pub judgement: Judgement,
    /// The grounds, for a person.
    pub text: String,
}

/// How much of an order is shown: its end says why it ends.
const SHOWN: usize = 20;

pub(super) fn linearizable(operations: usize, keys: usize) -> HistoryReport {
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (operations, keys) = (count(operations, "operation"), count(keys, "key"));
    let text = format!("linearizable: one order explains all answers ({operations}, {keys})");
    HistoryReport { judgement: Judgement::Linearizable, text }
}

pub(super) fn unknown(key: &str) -> HistoryReport {
    let text = format!(
        "unknown: so many operations on {key} overlap that the search for an order was given up; no key shows a contradiction"
    );
    HistoryReport { judgement: Judgement::Unknown, text }
}

/// The longest order, what would have to come next, and that it does not fit.
pub(super) fn not_linearizable(key: &str, operations: &[&Asked], partial: &Partial) -> HistoryReport {
    let stuck = operations[partial.stuck];
    let there = partial.value.as_deref().map_or("nothing".to_owned(), |value| format!("{value:?}"));
    let mut text =
        format!("not linearizable: no order of the operations on {key} explains all their answers\n");
    // Writing into a String cannot fail.
    let _ = match partial.order.len() {
        0 => writeln!(text, "at first there is nothing at {key}"),
        count => writeln!(
            text,
            "the longest order that explains every answer in it has {count} of {}:",
            operations.len()
        ),
    };
    let skipped = partial.order.len().saturating_sub(SHOWN);
    if skipped > 0 {
        let _ = writeln!(text, "  … {skipped} before");
    }
    for place in &partial.order[skipped..] {
        let _ = writeln!(text, "  {}", told(operations[*place]));
    }
    let _ = write!(text, "then {key} holds {there}, and this does not fit:\n  {}", told(stuck));
    HistoryReport { judgement: Judgement::NotLinearizable, text }
}

/// `line 3-7: process 2 get x → "1"`.
fn told(asked: &Asked) -> String {
    let (process, op, from) = (asked.process, &asked.op, asked.invoked);
    match &asked.end {
        End::Ok(until, heard) => format!("lines {from}-{until}: process {process} {op} → {}", words(heard)),
        End::Open | End::Failed => format!("line {from}: process {process} {op} → unknown"),
    }
}

fn words(heard: &Heard) -> String {
    match heard {
        Heard::Reply(Reply::Value(Some(value))) => format!("{value:?}"),
        Heard::Reply(reply) => reply.to_string(),
        Heard::Differs => "not stored: another value was there".to_owned(),
        Heard::Invalid => "invalid".to_owned(),
    }
}
