//! How much memory the record of a run takes: every byte that the allocator has handed out and not got back.

use load::table::{Bar, Table};
use protocol::Time;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Five servers that nobody asks for anything.
const IDLE: &str = "consensus 1\nprotocol raft\nservers 5\n";

/// Bytes a simulated second.
const BAR: f64 = 75_000.0;

fn main() {
    let mut table = Table::default();
    for seconds in [10, 60, 600] {
        let name = format!("an idle cluster of 5 for {seconds} s, a simulated second");
        table.row(&name, held_after(seconds) / f64::from(seconds), "bytes", Bar::AtMost(BAR));
    }
    table.print("What history weighs");
}

/// Bytes that a run of so many seconds holds.
fn held_after(seconds: u32) -> f64 {
    let before = held();
    let mut run = playground::open_text(IDLE).expect("the scenario is sound").run;
    run.ahead(Time(u64::from(seconds) * 1_000_000));
    held() - before
}

#[expect(clippy::cast_precision_loss, reason = "a benchmark holds less than 2^53 bytes")]
fn held() -> f64 {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated as f64 - stats.bytes_deallocated as f64
}
