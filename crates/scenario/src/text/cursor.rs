//! The lexer: a place in one line, and the small readings that everything else is made of.
//!
//! What a sign means depends on where it stands (`12.5ms` is a span, `3.1` a term, `n1.up` a field, `#2` an ordinal,
//! `# two` a comment), so the parser asks for what it needs instead of taking tokens that were cut beforehand.

use super::error::{Read, TextError};

/// The most characters of somebody's text that a message repeats.
const ECHO: usize = 40;

#[derive(Clone, Copy)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(text: &'a str, line: u32) -> Cursor<'a> {
        Cursor { text, at: 0, line }
    }

    /// Where the next sign that is no blank stands.
    pub(crate) fn here(&mut self) -> usize {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t']).len();
        self.at
    }

    /// True if nothing follows but a comment. `#` before a digit is an ordinal, not a comment.
    pub(crate) fn at_end(&mut self) -> bool {
        self.here();
        let mut signs = self.rest().chars();
        match signs.next() {
            None => true,
            Some('#') => !signs.next().is_some_and(|sign| sign.is_ascii_digit()),
            Some(_) => false,
        }
    }

    /// A word: a letter, then letters, digits, `_`, and `-` between them.
    pub(crate) fn word(&mut self) -> Option<&'a str> {
        self.here();
        let bytes = self.rest().as_bytes();
        if !bytes.first()?.is_ascii_alphabetic() {
            return None;
        }
        let goes_on =
            |place: usize| bytes.get(place).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let mut length = 1;
        while goes_on(length) || (bytes.get(length) == Some(&b'-') && goes_on(length + 1)) {
            length += 1;
        }
        Some(self.advance(length))
    }

    /// The word that stands next, without going on.
    pub(crate) fn peek_word(&mut self) -> Option<&'a str> {
        let mut ahead = *self;
        self.here();
        ahead.word()
    }

    /// Goes past this word if it stands next.
    pub(crate) fn eat_word(&mut self, word: &str) -> bool {
        let stands = self.peek_word() == Some(word);
        if stands {
            self.word();
        }
        stands
    }

    /// A key or a value without quotes.
    pub(crate) fn bare(&mut self) -> Option<&'a str> {
        self.here();
        let length = self.rest().find(|sign| !is_bare(sign)).unwrap_or(self.rest().len());
        (length > 0).then(|| self.advance(length))
    }

    /// Everything up to a sign, or to the end.
    pub(crate) fn up_to(&mut self, sign: char) -> &'a str {
        let length = self.rest().find(sign).unwrap_or(self.rest().len());
        self.advance(length)
    }

    /// Digits, if any, directly here.
    pub(crate) fn digits(&mut self) -> &'a str {
        let length = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.advance(length)
    }

    /// Letters and `%`, if any, directly here: a unit.
    pub(crate) fn unit(&mut self) -> &'a str {
        let length =
            self.rest().bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'%').count();
        self.advance(length)
    }

    /// Goes past these signs if they stand next, after blanks.
    pub(crate) fn eat(&mut self, signs: &str) -> bool {
        self.here();
        self.eat_here(signs)
    }

    /// Goes past these signs if they stand directly here.
    pub(crate) fn eat_here(&mut self, signs: &str) -> bool {
        let stands = self.rest().starts_with(signs);
        if stands {
            self.at += signs.len();
        }
        stands
    }

    /// The sign that stands directly here.
    pub(crate) fn sign(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// True if these signs stand next, after blanks.
    pub(crate) fn sees(&mut self, signs: &str) -> bool {
        self.here();
        self.rest().starts_with(signs)
    }

    /// A text in quotes, in which `\"` and `\\` stand for `"` and `\`; `None` if no quote stands next.
    pub(crate) fn quoted(&mut self) -> Read<Option<String>> {
        let begin = self.here();
        if !self.eat_here("\"") {
            return Ok(None);
        }
        let mut text = String::new();
        loop {
            let plain = self.rest().find(['"', '\\']).ok_or_else(|| {
                self.error(begin, "this text has no end".into(), "a closing `\"` on the same line")
            })?;
            text.push_str(self.advance(plain));
            if self.eat_here("\"") {
                return Ok(Some(text));
            }
            let escape = self.at;
            self.eat_here("\\");
            match self.rest().chars().next() {
                Some(sign @ ('"' | '\\')) => {
                    text.push(sign);
                    self.advance(1);
                }
                _ => return Err(self.error(escape, "`\\` stands alone".into(), "`\\\"` or `\\\\`")),
            }
        }
    }

    /// Where so many signs of a text in quotes end that begins at `from`.
    pub(crate) fn sign_after(&self, from: usize, signs: usize) -> usize {
        let (mut at, mut escaped) = (from, false);
        let mut left = signs;
        for sign in self.text.get(from..).unwrap_or("").chars() {
            if left == 0 {
                break;
            }
            escaped = sign == '\\' && !escaped;
            left -= usize::from(!escaped);
            at += sign.len_utf8();
        }
        at
    }

    /// An error at a place of this line.
    pub(crate) fn error(&self, at: usize, message: String, expected: &str) -> Box<TextError> {
        let before = self.text.get(..at).unwrap_or(self.text).chars().count();
        let column = u32::try_from(before + 1).unwrap_or(u32::MAX);
        TextError::at(self.line, column, message, expected)
    }

    /// The error that something else stands here than what is expected.
    pub(crate) fn unexpected(&mut self, expected: &str) -> Box<TextError> {
        let at = self.here();
        let message = if self.at_end() {
            "the line ends too early".to_owned()
        } else {
            format!("unexpected `{}`", echo(self.piece()))
        };
        self.error(at, message, expected)
    }

    /// What stands next, up to a blank.
    fn piece(&self) -> &'a str {
        self.rest().split([' ', '\t']).next().unwrap_or("")
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn advance(&mut self, length: usize) -> &'a str {
        let piece = self.rest().get(..length).unwrap_or("");
        self.at += piece.len();
        piece
    }
}

/// True for the signs of a key or value that needs no quotes.
pub(crate) fn is_bare(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.' | '/' | ':' | '+' | '@')
}

/// A piece of somebody's text, short enough for a message.
pub(crate) fn echo(text: &str) -> String {
    match text.char_indices().nth(ECHO) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or("")),
    }
}
