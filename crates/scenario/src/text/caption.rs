//! Captions, with values in braces.

use super::TextError;
use super::cursor::Cursor;
use super::error::Read;
use super::parser::{Reader, Scope};
use crate::caption::Piece;
use crate::{Expr, limits};
use protocol::Dialect;
use sim::Config;

const LOOKED_UP: &str = "a value of the run, such as `leader` or `n1.term`";

/// Reads the parts of a caption.
///
/// # Errors
///
/// What is wrong with what stands in braces, and where; the line is 1.
pub fn parse_caption(caption: &str, dialect: &Dialect, config: &Config) -> Result<Vec<Piece>, TextError> {
    let (servers, clients) = (config.servers, config.clients);
    let scope = Scope { dialect, servers, clients, off: config.off, sides: Vec::new() };
    Reader::new(Cursor::new(caption, 1), &scope).pieces().map_err(|error| *error)
}

impl Reader<'_> {
    /// A caption in quotes. What stands in braces in it is read, so that a slip is told where it is.
    pub(super) fn caption(&mut self) -> Read<String> {
        let quote = self.cursor.here();
        let text = self.quoted("a caption", limits::CAPTION)?;
        let mut inside = Reader::new(Cursor::new(&text, 1), self.scope);
        match inside.pieces() {
            Ok(_) => self.looked_up += inside.looked_up,
            Err(error) => {
                let signs = (error.column as usize).saturating_sub(1);
                let at = self.cursor.sign_after(quote + 1, signs);
                return Err(self.cursor.error(at, error.message, &error.expected));
            }
        }
        Ok(text)
    }

    /// Words and values, in turn. `{{` is a brace.
    fn pieces(&mut self) -> Read<Vec<Piece>> {
        let (mut pieces, mut words) = (Vec::new(), String::new());
        loop {
            words.push_str(self.cursor.up_to('{'));
            if self.cursor.eat_here("{{") {
                words.push('{');
                continue;
            }
            if !words.is_empty() {
                pieces.push(Piece::Words(std::mem::take(&mut words)));
            }
            if self.cursor.sign().is_none() {
                return Ok(pieces);
            }
            pieces.push(Piece::Value(self.braced()?));
        }
    }

    /// A value of the run, in braces.
    fn braced(&mut self) -> Read<Expr> {
        let brace = self.cursor.here();
        self.cursor.eat_here("{");
        let at = self.cursor.here();
        if self.cursor.sign().is_none() {
            return Err(unclosed(self, brace));
        }
        let expr = self.value()?;
        if matches!(expr, Expr::Literal(_)) {
            let message = "this stands for itself, and is nothing to look up".into();
            return Err(self.cursor.error(at, message, LOOKED_UP));
        }
        if self.watched > 0 {
            let message = "`always` and `never` cannot stand in a caption".into();
            return Err(self.cursor.error(at, message, ""));
        }
        self.looked_up += 1;
        if self.cursor.eat("}") {
            return Ok(expr);
        }
        if self.cursor.sign().is_none() {
            return Err(unclosed(self, brace));
        }
        Err(self.cursor.unexpected("`}`"))
    }
}

fn unclosed(reader: &Reader<'_>, brace: usize) -> Box<TextError> {
    reader.cursor.error(brace, "this brace is not closed".into(), "`}` behind a value, or `{{` for a brace")
}
