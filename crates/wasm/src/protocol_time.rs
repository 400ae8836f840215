//! Instants as JavaScript writes them.

use playground::Time;

/// The largest whole number that a JavaScript number holds exactly.
const MOST: f64 = 9_007_199_254_740_991.0; // tidy: float

/// Microseconds as an instant: what is no number, or below zero, is the start. // tidy: float
pub(crate) fn micros(value: f64) -> Time {
    // The cast saturates; the clamp keeps it exact.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to exact whole numbers"
    )]
    Time(if value.is_nan() { 0 } else { value.clamp(0.0, MOST) as u64 })
}
