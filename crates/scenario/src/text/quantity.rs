//! Numbers, spans, moments, probabilities and rates.

use super::error::Read;
use super::parser::Reader;
use crate::{Moment, limits};
use protocol::{Span, Time};

const SPAN: &str = "a time such as `250us`, `12.5ms` or `2s`";

impl<'a> Reader<'a> {
    /// A whole number from `least` to `most`.
    pub(super) fn number(&mut self, what: &str, least: u64, most: u64) -> Read<u64> {
        let at = self.cursor.here();
        let digits = self.cursor.digits();
        if digits.is_empty() {
            let most = if most > 99_999 { String::new() } else { format!(" to {most}") };
            return Err(self.cursor.unexpected(&format!("{what}, from {least}{most}")));
        }
        self.within(at, digits, what, least, most)
    }

    /// The number that these digits make, if it is in bounds.
    pub(super) fn within(&self, at: usize, digits: &str, what: &str, least: u64, most: u64) -> Read<u64> {
        let number = digits.parse().ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| {
            let message = format!("{} is out of bounds", super::cursor::echo(digits));
            self.cursor.error(at, message, &format!("{what}, from {least} to {most}"))
        })
    }

    /// A number with decimals as a whole number of `one` / 10^`places`, and its unit: `12.5ms` is (12_500, "ms").
    fn decimal(&mut self, places: u32, expected: &str) -> Read<(u64, &'a str)> {
        let at = self.cursor.here();
        let whole = self.cursor.digits();
        if whole.is_empty() {
            return Err(self.cursor.unexpected(expected));
        }
        let mut ahead = self.cursor;
        let decimals = if ahead.eat_here(".") { ahead.digits() } else { "" };
        if !decimals.is_empty() {
            self.cursor = ahead;
        }
        let scaled = scale(whole, decimals, places);
        let unit = self.cursor.unit();
        let fits = || self.cursor.error(at, "this number is too large or too fine".into(), expected);
        Ok((scaled.ok_or_else(fits)?, unit))
    }

    /// A time in microseconds.
    fn micros(&mut self, most: u64) -> Read<u64> {
        let at = self.cursor.here();
        let (scaled, unit) = self.decimal(6, SPAN)?;
        let factor = match unit {
            "us" => 1,
            "ms" => 1_000,
            "s" => 1_000_000,
            "" => return Err(self.cursor.error(at, "this time has no unit".into(), SPAN)),
            _ => {
                let message = format!("`{}` is no unit of time", super::cursor::echo(unit));
                return Err(self.cursor.error(at, message, SPAN));
            }
        };
        // In millionths of a microsecond, or too large for any bound.
        let micros = scaled.checked_mul(factor).map(|scaled| (scaled / 1_000_000, scaled % 1_000_000));
        if micros.is_some_and(|(_, rest)| rest != 0) {
            return Err(self.cursor.error(at, "a time has no parts smaller than 1us".into(), ""));
        }
        let micros = micros.map(|(micros, _)| micros).filter(|micros| *micros <= most);
        micros.ok_or_else(|| {
            let message = format!("this time is too long; the bound is {} hours", most / limits::SPAN.0);
            self.cursor.error(at, message.replace("1 hours", "1 hour"), "")
        })
    }

    /// A length of time.
    pub(super) fn span(&mut self) -> Read<Span> {
        self.micros(limits::SPAN.0).map(Span)
    }

    /// `20ms..40ms`, or one span for both.
    pub(super) fn span_range(&mut self) -> Read<(Span, Span)> {
        let at = self.cursor.here();
        let least = self.span()?;
        let most = if self.cursor.eat_here("..") { self.span()? } else { least };
        if most < least {
            return Err(self.cursor.error(at, "this range is upside down".into(), "the shorter time first"));
        }
        Ok((least, most))
    }

    /// `1262.5ms #2`.
    pub(super) fn moment(&mut self) -> Read<Moment> {
        let at = Time(self.micros(limits::MOMENT.0)?);
        let n = if self.cursor.eat("#") { self.number("an ordinal", 0, u64::from(u32::MAX))? } else { 0 };
        Ok(Moment { at, n: u32::try_from(n).unwrap_or(u32::MAX) })
    }

    /// `0.25%` in millionths, from `least` to `most`.
    pub(super) fn percent(&mut self, least: u32, most: u32, expected: &str) -> Read<u32> {
        let at = self.cursor.here();
        let (millionths, unit) = self.decimal(4, expected)?;
        if unit != "%" {
            return Err(self.cursor.error(at, "a `%` is missing".into(), expected));
        }
        let value = u32::try_from(millionths).ok().filter(|value| (least..=most).contains(value));
        value.ok_or_else(|| self.cursor.error(at, "this percentage is out of bounds".into(), expected))
    }

    /// `#2`, or 1 without.
    pub(super) fn ordinal(&mut self) -> Read<u16> {
        if !self.cursor.eat("#") {
            return Ok(1);
        }
        let n = self.number("an ordinal", 1, u64::from(u16::MAX))?;
        Ok(u16::try_from(n).unwrap_or(u16::MAX))
    }
}

/// `12` and `5` with 3 places: 12,500. `None` if the decimals are more than the places (zeros apart) or the number
/// is too large.
fn scale(whole: &str, decimals: &str, places: u32) -> Option<u64> {
    let decimals = decimals.trim_end_matches('0');
    let missing = places.checked_sub(u32::try_from(decimals.len()).ok()?)?;
    let one = 10_u64.checked_pow(places)?;
    let part = if decimals.is_empty() { 0 } else { decimals.parse::<u64>().ok()? };
    let part = part.checked_mul(10_u64.checked_pow(missing)?)?;
    whole.parse::<u64>().ok()?.checked_mul(one)?.checked_add(part)
}
