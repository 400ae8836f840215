//! Clocks, for benchmarks only.

#![expect(clippy::disallowed_types, reason = "a benchmark reads the real clock")]

use std::time::{Duration, Instant};

/// How often a 95th percentile is taken. The best counts: whatever else the machine does can only make it worse.
pub const RUNS: usize = 5;

/// How often works that are compared take turns. Each turn is to last a few milliseconds: on a busy machine, some of
/// them are then left undisturbed.
pub const TURNS: usize = 100;

/// Seconds that some work took, and its result.
pub fn time<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    (start.elapsed().as_secs_f64(), result)
}

/// The fewest seconds in which each of several works was done. They take turns, so that a busy spell hits all alike.
pub fn best_of<const N: usize>(works: [fn(); N]) -> [f64; N] {
    let mut best = [f64::MAX; N];
    for _ in 0..TURNS {
        for (work, best) in works.iter().zip(&mut best) {
            *best = best.min(time(work).0);
        }
    }
    best
}

/// The milliseconds that 95 of 100 calls stay below: the best of all runs, each of so many calls.
pub fn best_p95(calls: usize, mut call: impl FnMut(usize)) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..RUNS {
        let mut times: Vec<Duration> = (0..calls)
            .map(|number| {
                let start = Instant::now();
                call(number);
                start.elapsed()
            })
            .collect();
        times.sort();
        best = best.min(times[calls * 95 / 100].as_secs_f64() * 1_000.0);
    }
    best
}
