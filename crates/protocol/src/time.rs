//! Instants and lengths of simulated time, in whole microseconds.

use serde::Serialize;
use std::fmt;
use std::ops::{Add, Sub};

/// An instant: microseconds since the run began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Time(pub u64);

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Span(pub u64);

impl Span {
    /// So many milliseconds.
    pub const fn ms(milliseconds: u64) -> Span {
        Span(milliseconds * 1_000)
    }
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl Sub<Time> for Time {
    type Output = Span;
    /// The length from `earlier` to `self`; zero if `earlier` is later.
    fn sub(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

/// Milliseconds with as many decimals as needed: `12ms`, `0.25ms`; whole seconds from 10 s on as `12s`.
fn write_micros(micros: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if micros >= 10_000_000 && micros.is_multiple_of(1_000_000) {
        return write!(f, "{}s", micros / 1_000_000);
    }
    let (whole, rest) = (micros / 1_000, micros % 1_000);
    if rest == 0 {
        return write!(f, "{whole}ms");
    }
    let decimals = format!("{rest:03}");
    write!(f, "{whole}.{}ms", decimals.trim_end_matches('0'))
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_micros(self.0, f)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_micros(self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_shown_with_no_more_decimals_than_it_has() {
        assert_eq!(Span(12_000).to_string(), "12ms");
        assert_eq!(Span(12_340).to_string(), "12.34ms");
        assert_eq!(Span(1).to_string(), "0.001ms");
        assert_eq!(Span(12_000_000).to_string(), "12s");
        assert_eq!(Span(2_000_000).to_string(), "2000ms");
    }
}
