//! Captions: an author's words, and in braces values of the run, looked up when the caption is told.

use crate::text::Printer;
use crate::{EvalError, Expr, Missing, Monitor, Value, World, eval, limits};
use protocol::Dialect;

/// A part of a caption.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that stand for themselves.
    Words(String),
    /// What stood in braces.
    Value(Expr),
}

/// The words as a caption that says them: a brace is written twice.
pub fn as_caption(words: &str) -> String {
    words.replace('{', "{{")
}

/// What a caption says that has no values in braces; of any other, how it is written.
pub fn words_of(caption: &str) -> String {
    if has_values(caption) { caption.to_owned() } else { caption.replace("{{", "{") }
}

/// True if something stands in braces.
pub fn has_values(caption: &str) -> bool {
    caption.replace("{{", "").contains('{')
}

/// What a caption says now, and what of it has no value, in sentences; such a place shows a question mark.
pub fn fill(
    pieces: &[Piece],
    world: &dyn World,
    monitor: &Monitor,
    dialect: &Dialect,
) -> (String, Vec<String>) {
    let (mut text, mut lacking) = (String::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Value(expr) => match looked_up(expr, world, monitor) {
                Ok(value) => text.push_str(&value.to_string()),
                Err(error) => {
                    text.push('?');
                    let source = Printer::show(expr, dialect);
                    lacking.push(format!("{{{source}}} has no value here: {error}"));
                }
            },
        }
    }
    if let Some((end, _)) = text.char_indices().nth(limits::CAPTION) {
        text.truncate(end);
    }
    (text, lacking)
}

/// A server that is not there is no value: a caption that names it should not be told.
fn looked_up<'a>(expr: &'a Expr, world: &'a dyn World, monitor: &Monitor) -> Result<Value<'a>, EvalError> {
    match (expr, eval(expr, world, monitor)?) {
        (Expr::Server(target), Value::Nothing) => Err(EvalError::Absent(Missing::Server(*target))),
        (_, value) => Ok(value),
    }
}
