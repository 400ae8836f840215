//! The verdict on a client history in a file: JSON lines in Jepsen's words, one question or answer a line.
//!
//! The file's form is described in `docs/history.md`. What cannot be read is told with its line and what was expected
//! there; what is too large is refused.

mod line;
mod reader;
mod report;

pub use report::{HistoryReport, Judgement};

use check::history::{Call, Verdict, judge};
use protocol::Op;
use std::sync::Arc;

/// How many bytes a file may have.
pub const MOST_BYTES: usize = 16_000_000;

/// How many lines, and bytes in one.
const MOST_LINES: usize = 200_000;
const LONGEST_LINE: usize = 20_000;

/// How many steps the search for an order may take, for all keys together, besides a few for each operation.
const BUDGET: u64 = 2_000_000;
const STEPS_EACH: u64 = 16;

/// An operation of a process, with the lines that tell of it.
#[derive(Clone, Debug)]
struct Asked {
    process: u64,
    /// Its own count, by which a retry is known.
    seq: Option<u64>,
    op: Op,
    invoked: usize,
    end: End,
}

/// How an operation ended.
#[derive(Clone, Debug, PartialEq)]
enum End {
    /// No line tells, or one says that nobody knows.
    Open,
    /// It took effect, and the process heard this, in that line.
    Ok(usize, check::history::Heard),
    /// It took no effect.
    Failed,
}

/// Judges a history.
///
/// # Errors
/// If it is not one: which line, and what was expected.
pub fn judge_history(text: &str) -> Result<HistoryReport, String> {
    judge_within(text, BUDGET)
}

fn judge_within(text: &str, budget: u64) -> Result<HistoryReport, String> {
    let operations = reader::read(text)?;
    let mut keys: Vec<&Arc<str>> = operations.iter().map(|asked| asked.op.key()).collect();
    keys.sort();
    keys.dedup();
    let mut given_up = None;
    for key in &keys {
        let on_key: Vec<&Asked> =
            operations.iter().filter(|asked| asked.op.key() == *key && asked.end != End::Failed).collect();
        let calls: Vec<Call> = on_key.iter().map(|asked| asked.call()).collect();
        let steps = budget / keys.len() as u64 + STEPS_EACH * calls.len() as u64;
        match judge(None, &calls, steps) {
            Verdict::Linearizable(_) => {}
            Verdict::Not(partial) => return Ok(report::not_linearizable(key, &on_key, &partial)),
            Verdict::Unknown => given_up = given_up.or(Some((*key).clone())),
        }
    }
    Ok(match given_up {
        Some(key) => report::unknown(&key),
        None => report::linearizable(operations.len(), keys.len()),
    })
}

impl Asked {
    fn call(&self) -> Call {
        let heard = match &self.end {
            End::Ok(line, heard) => Some((*line as u64, heard.clone())),
            End::Open | End::Failed => None,
        };
        Call { op: self.op.clone(), from: self.invoked as u64, heard }
    }
}
