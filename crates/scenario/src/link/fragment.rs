//! What stands behind the `#` of an address: a link, or a text that was made safe for an address.

use super::{Decoded, LinkError, decode};
use crate::{Scenario, TextError, limits, parse};
use protocol::Dialect;
use std::fmt;

/// What was behind the `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// A link, with the fingerprint of the run that it was made from.
    Link(Decoded),
    /// A text: `text=…`.
    Text(Scenario),
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FragmentError {
    /// The link is wrong.
    Link(LinkError),
    /// The text is wrong.
    Text(TextError),
    /// The text was not made safe for an address, or was cut off.
    Escape,
}

impl fmt::Display for FragmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FragmentError::Link(error) => error.fmt(f),
            FragmentError::Text(error) => error.fmt(f),
            FragmentError::Escape => {
                f.write_str("this link was cut off or edited: a `%` in it stands for nothing")
            }
        }
    }
}

impl std::error::Error for FragmentError {}

/// Reads what stands behind the `#`. A whole address is taken as well: what comes before the first `#` does not count.
///
/// # Errors
///
/// What is wrong with it.
pub fn from_fragment(
    fragment: &str,
    dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
) -> Result<Fragment, FragmentError> {
    let fragment = fragment.split_once('#').map_or(fragment, |(_, fragment)| fragment).trim();
    match fragment.strip_prefix("text=") {
        None => decode(fragment, dialects).map(Fragment::Link).map_err(FragmentError::Link),
        Some(escaped) => {
            let text = unescape(escaped).ok_or(FragmentError::Escape)?;
            parse(&text, dialects).map(Fragment::Text).map_err(FragmentError::Text)
        }
    }
}

/// A text made safe for an address, with `text=` before it.
pub fn text_fragment(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut fragment = String::from("text=");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            fragment.push(char::from(byte));
        } else {
            let [high, low] = [byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)]));
            fragment.extend(['%', high, low]);
        }
    }
    fragment
}

/// `None` if a `%` is not followed by two digits, or what comes out is no text. What is longer than any text may be
/// is cut, for the parser to refuse.
fn unescape(escaped: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = escaped.as_bytes();
    while let [first, tail @ ..] = rest {
        if bytes.len() > limits::TEXT {
            break;
        }
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let [high, low, tail @ ..] = tail else { return None };
        bytes.push(digit(*high)? << 4 | digit(*low)?);
        rest = tail;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(text),
        // Cut in the middle of a sign: too long in any case.
        Err(error) if error.as_bytes().len() > limits::TEXT => Some("x".repeat(limits::TEXT + 1)),
        Err(_) => None,
    }
}

fn digit(sign: u8) -> Option<u8> {
    char::from(sign).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
