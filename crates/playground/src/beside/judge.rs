//! Whether a condition holds side by side. What names a protocol is asked of its run; what names none has to hold with each.

use super::play::Play;
use super::words::Words;
use protocol::Dialect;
use scenario::{Expr, print_condition};

/// One protocol's run, as far as it was played, and the words in which it is asked.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) words: Words,
    pub(super) play: &'a dyn Play,
}

impl Side<'_> {
    fn judge(&self, condition: &Expr) -> Result<bool, String> {
        self.play.judge(condition).map_err(|error| format!("{}: {error}", self.words.to.name))
    }
}

/// What of a condition is asked of one protocol's run, in its words; nothing of what cannot be said in them.
pub(super) fn asked_of(condition: &Expr, words: Words) -> Vec<Expr> {
    match condition {
        Expr::With { protocol, condition } if protocol == words.to.key => vec![(**condition).clone()],
        Expr::With { .. } => Vec::new(),
        Expr::Not(inner) if inner.names_a_protocol() => asked_of(inner, words),
        Expr::All(parts) | Expr::Any(parts) if condition.names_a_protocol() => {
            parts.iter().flat_map(|part| asked_of(part, words)).collect()
        }
        _ => words.condition(condition).into_iter().collect(),
    }
}

/// Whether it holds.
///
/// # Errors
/// What is not there, or cannot be said.
pub(super) fn holds(condition: &Expr, sides: &[Side<'_>]) -> Result<bool, String> {
    match condition {
        Expr::With { protocol, condition } => {
            let side = sides.iter().find(|side| side.words.to.key == protocol);
            side.ok_or_else(|| format!("{protocol} is not here"))?.judge(condition)
        }
        Expr::Not(inner) if inner.names_a_protocol() => holds(inner, sides).map(|holds| !holds),
        Expr::All(parts) if condition.names_a_protocol() => several(parts, false, sides),
        Expr::Any(parts) if condition.names_a_protocol() => several(parts, true, sides),
        _ => with_each(condition, sides),
    }
}

/// A part that decides settles it, even where another has no value.
fn several(parts: &[Expr], decisive: bool, sides: &[Side<'_>]) -> Result<bool, String> {
    let mut absent = None;
    for part in parts {
        match holds(part, sides) {
            Ok(flag) if flag == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(error) => absent = absent.or(Some(error)),
        }
    }
    absent.map_or(Ok(!decisive), Err)
}

fn with_each(condition: &Expr, sides: &[Side<'_>]) -> Result<bool, String> {
    for side in sides {
        let said = side.words.condition(condition).ok_or_else(|| {
            let text = print_condition(condition, side.words.from);
            format!("“{text}” cannot be said in the words of {}", side.words.to.name)
        })?;
        if !side.judge(&said)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Why it does not hold: the condition, and what each run was asked in vain.
pub(super) fn report(condition: &Expr, dialect: &Dialect, sides: &[Side<'_>]) -> String {
    let mut text = format!("{} does not hold side by side", print_condition(condition, dialect));
    for side in sides {
        for asked in asked_of(condition, side.words) {
            if side.judge(&asked) != Ok(true) {
                text += &format!("; {}: {}", side.words.to.name, side.play.report(&asked));
            }
        }
    }
    text
}
