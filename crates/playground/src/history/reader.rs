//! From lines to operations: who asked for what, and what became of it.

use super::line::{Function, Kind, Line, Value, read as read_line};
use super::{Asked, End, LONGEST_LINE, MOST_BYTES, MOST_LINES};
use check::history::Heard;
use protocol::{Op, Reply};
use std::collections::BTreeMap;

/// Reads a history.
pub(super) fn read(text: &str) -> Result<Vec<Asked>, String> {
    if text.len() > MOST_BYTES {
        return Err(format!("expected at most {MOST_BYTES} bytes, found {}", text.len()));
    }
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = |why: String| format!("line {number}: {why}");
        if number > MOST_LINES {
            return Err(wrong(format!("expected at most {MOST_LINES} lines")));
        }
        if line.len() > LONGEST_LINE {
            return Err(wrong(format!(
                "expected at most {LONGEST_LINE} bytes in a line, found {}",
                line.len()
            )));
        }
        if !line.trim().is_empty() {
            reader.take(number, &read_line(line).map_err(wrong)?).map_err(wrong)?;
        }
    }
    Ok(reader.operations)
}

#[derive(Default)]
struct Reader {
    operations: Vec<Asked>,
    /// What each process is busy with, by its place among the operations.
    busy: BTreeMap<u64, usize>,
    /// Operations that may be asked for again, by process and count.
    counted: BTreeMap<(u64, u64), usize>,
}

impl Reader {
    fn take(&mut self, number: usize, line: &Line) -> Result<(), String> {
        let process = line.process;
        match line.kind {
            Kind::Invoke => self.invoke(number, line),
            Kind::Ok | Kind::Fail | Kind::Info => {
                let Some(place) = self.busy.remove(&process) else {
                    return Err(format!("expected an invoke of process {process} before its answer"));
                };
                let asked = &mut self.operations[place];
                same(asked, line)?;
                asked.end = match line.kind {
                    Kind::Ok => End::Ok(number, heard(&asked.op, line)?),
                    Kind::Fail => End::Failed,
                    Kind::Invoke | Kind::Info => End::Open,
                };
                Ok(())
            }
        }
    }

    fn invoke(&mut self, number: usize, line: &Line) -> Result<(), String> {
        let process = line.process;
        if let Some(place) = self.busy.get(&process) {
            let before = self.operations[*place].invoked;
            return Err(format!(
                "expected ok, fail or info for what process {process} asked in line {before}, before it asks again"
            ));
        }
        let op = asked_for(line)?;
        if let Some(seq) = line.seq
            && let Some(place) = self.counted.get(&(process, seq))
        {
            return self.retry(*place, process, &op);
        }
        let place = self.operations.len();
        self.operations.push(Asked { process, seq: line.seq, op, invoked: number, end: End::Open });
        self.busy.insert(process, place);
        if let Some(seq) = line.seq {
            self.counted.insert((process, seq), place);
        }
        Ok(())
    }

    /// The same command again: the same operation, still open from its first question on.
    fn retry(&mut self, place: usize, process: u64, op: &Op) -> Result<(), String> {
        let first = &self.operations[place];
        let (seq, line) = (first.seq.unwrap_or_default(), first.invoked);
        if first.op != *op {
            return Err(format!(
                "expected `{}`, which process {process} asked as seq {seq} in line {line}",
                first.op
            ));
        }
        if first.end != End::Open {
            return Err(format!(
                "expected another seq than {seq}: line {line} asked that, and it is answered"
            ));
        }
        self.busy.insert(process, place);
        Ok(())
    }
}

/// What an invoke asks for.
fn asked_for(line: &Line) -> Result<Op, String> {
    let Some(f) = line.f else { return Err("expected f: set, get, append, cas, incr or sync".into()) };
    let Some(key) = line.key.as_deref() else {
        return Err("expected key: the text under which f works".into());
    };
    if line.invalid {
        return Err("expected invalid in an ok only".into());
    }
    let key = key.into();
    let text = |what: &str| {
        let value = line.value.as_ref().and_then(Value::text);
        value.map(Into::into).ok_or(format!("expected value: the text or whole number to {what}"))
    };
    match f {
        Function::Set => Ok(Op::Set { key, value: text("store")? }),
        Function::Append => Ok(Op::Append { key, value: text("append")? }),
        Function::Cas => match &line.value {
            Some(Value::Pair(pair)) => match (pair.0.text(), pair.1.text()) {
                (Some(old), Some(new)) => Ok(Op::Cas { key, old: old.into(), new: new.into() }),
                _ => Err("expected value: [old, new], each a text or a whole number".into()),
            },
            _ => Err("expected value: [old, new]".into()),
        },
        Function::Get | Function::Incr if line.value.is_some() => {
            Err("expected no value: it is known from the answer".into())
        }
        Function::Sync if line.value.is_some() => Err("expected no value: a sync has none".into()),
        Function::Get => Ok(Op::Get { key }),
        Function::Incr => Ok(Op::Incr { key }),
        Function::Sync => Ok(Op::Sync { key }),
    }
}

/// An answer may repeat what was asked, and must not say otherwise.
fn same(asked: &Asked, line: &Line) -> Result<(), String> {
    let f = match asked.op {
        Op::Set { .. } => Function::Set,
        Op::Get { .. } => Function::Get,
        Op::Append { .. } => Function::Append,
        Op::Cas { .. } => Function::Cas,
        Op::Incr { .. } => Function::Incr,
        Op::Sync { .. } => Function::Sync,
    };
    let as_asked = line.f.is_none_or(|other| other == f)
        && line.key.as_ref().is_none_or(|key| **key == **asked.op.key())
        && (line.seq.is_none() || line.seq == asked.seq);
    if as_asked {
        return Ok(());
    }
    let (op, process) = (&asked.op, asked.process);
    Err(format!("expected the answer to `{op}`, which process {process} asked in line {}", asked.invoked))
}

/// What an ok says.
fn heard(op: &Op, line: &Line) -> Result<Heard, String> {
    if line.invalid {
        return match op {
            Op::Append { .. } | Op::Incr { .. } => Ok(Heard::Invalid),
            _ => Err("expected invalid for append and incr only".into()),
        };
    }
    let stored = Heard::Reply(Reply::Stored);
    match (op, &line.value) {
        (Op::Get { .. }, None) => Ok(Heard::Reply(Reply::Value(None))),
        (Op::Get { .. }, Some(value)) => match value.text() {
            Some(text) => Ok(Heard::Reply(Reply::Value(Some(text.into())))),
            None => Err(format!("expected value: the text that was read, or null; found {value}")),
        },
        (Op::Incr { .. }, Some(Value::Number(number))) => Ok(Heard::Reply(Reply::Number(*number))),
        (Op::Incr { .. }, _) => Err("expected value: the whole number after the increment".into()),
        (Op::Cas { .. }, Some(Value::Flag(true))) => Ok(stored),
        (Op::Cas { .. }, Some(Value::Flag(false))) => Ok(Heard::Differs),
        (Op::Cas { old, new, .. }, Some(Value::Pair(pair)))
            if pair.0.text().as_deref() == Some(old) && pair.1.text().as_deref() == Some(new) =>
        {
            Ok(stored)
        }
        (Op::Cas { .. }, _) => {
            Err("expected value: true if it stored, false if another value was there".into())
        }
        (Op::Sync { .. }, None) => Ok(Heard::Reply(Reply::Synced)),
        (Op::Sync { .. }, Some(value)) => Err(format!("expected no value: a sync has none; found {value}")),
        (Op::Set { .. } | Op::Append { .. }, None) => Ok(stored),
        (Op::Set { value, .. } | Op::Append { value, .. }, Some(told)) => match told.text() {
            Some(text) if *text == **value => Ok(stored),
            _ => Err(format!("expected the value that was asked for, {value:?}, or none; found {told}")),
        },
    }
}
