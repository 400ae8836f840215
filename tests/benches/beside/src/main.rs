//! This project's Raft in its simulator beside TiKV's `raft` crate in the plainest harness that can drive it.
//!
//! Both have five servers and one command at a time, both are compiled alike and run in turns in one process. TiKV's
//! get their messages first in, first out, at no time at all: no clock, no latency, no losses, no timers. What is
//! counted is messages that a server takes in; the simulator's count includes what clients ask and are told.

mod cluster;

use load::cluster as ours;
use load::table::{Bar, Table};
use load::timing::best_of;
use std::hint::black_box;

/// What one turn does.
const SECONDS: u32 = 50;
const COMMANDS: u32 = 1_000;

fn main() {
    let [simulated, theirs] =
        best_of([|| _ = black_box(ours::unwatched(SECONDS)), || _ = black_box(cluster::run(COMMANDS))]);
    let simulated = f64::from(ours::messages(SECONDS)) / simulated;
    let theirs = f64::from(cluster::run(COMMANDS)) / theirs;
    let mut table = Table::default();
    table.row("TiKV's raft 0.7 in memory, messages a second", theirs, "", Bar::None);
    table.row("this Raft, simulated and unwatched, messages a second", simulated, "", Bar::AtLeast(theirs));
    table.row("  as multiples", simulated / theirs, "", Bar::AtLeast(1.0));
    table.print("Beside TiKV's raft");
}
