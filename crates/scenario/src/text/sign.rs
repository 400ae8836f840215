//! Signs that no scenario may hold.

use super::error::{Read, TextError};

/// True for control characters, and for the marks that make text run the other way, behind which a text could show
/// something else than it says.
pub(crate) fn is_refused(sign: char) -> bool {
    sign.is_control() || is_direction_mark(sign) || matches!(sign, '\u{2028}' | '\u{2029}')
}

fn is_direction_mark(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Looks through a whole text. Line ends and tabs are the only control characters that may stand in one.
pub(super) fn check_text(text: &str) -> Read<()> {
    let (mut line, mut column) = (1, 1);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let ends_line = sign == '\r' && signs.peek() == Some(&'\n');
        if is_refused(sign) && !matches!(sign, '\n' | '\t') && !ends_line {
            let what =
                if sign.is_control() { "a control character" } else { "a mark that hides or turns text" };
            let message = format!("{what} (U+{:04X}) cannot stand in a scenario", u32::from(sign));
            return Err(TextError::at(line, column, message, ""));
        }
        if sign == '\n' {
            (line, column) = (line + 1, 1);
        } else {
            column += 1;
        }
    }
    Ok(())
}
