//! This project's Raft in its simulator beside TiKV's `raft` crate in the plainest harness that can drive it.
//!
//! Both have five servers and one command at a time, both are compiled alike and run in turns in one process. TiKV's
//! get their messages first in, first out, at no time at all: no clock, no latency, no losses, no timers. What is
//! counted is messages that a server takes in; the simulator's count includes what clients ask and are told.
//!
//! And the exhaustive search beside stateright: the same Raft, the same bounds, messages in any order and each once at
//! most, one thread. Both must count the same states. Time is that of the processor, as the system counts it.

mod cluster;
mod states;

use load::cluster as ours;
use load::table::{Bar, Table};
use load::timing::best_of;
use raft::Raft;
use std::hint::black_box;

/// What one turn does.
const SECONDS: u32 = 50;
const COMMANDS: u32 = 1_000;

/// How far both searches go; much further and stateright fills the memory of a usual machine.
const BOUNDS: states::Bounds = states::Bounds { servers: 3, terms: 2, commands: 2, crashes: 1, moves: 9 };

fn main() {
    beside_tikv();
    beside_stateright();
}

fn beside_tikv() {
    let [simulated, theirs] =
        best_of([|| _ = black_box(ours::unwatched::<Raft>(SECONDS)), || _ = black_box(cluster::run(COMMANDS))]);
    let simulated = f64::from(ours::messages::<Raft>(SECONDS)) / simulated;
    let theirs = f64::from(cluster::run(COMMANDS)) / theirs;
    let mut table = Table::default();
    table.row("TiKV's raft 0.7 in memory, messages a second", theirs, "", Bar::None);
    table.row("this Raft, simulated and unwatched, messages a second", simulated, "", Bar::AtLeast(theirs));
    table.row("  as multiples", simulated / theirs, "", Bar::AtLeast(1.0));
    table.print("Beside TiKV's raft");
}

fn beside_stateright() {
    let mut table = Table::default();
    let mut row = |name: &str, work: &dyn Fn() -> u64, bar: Bar| {
        let before = processor_seconds();
        let count = work() as f64;
        let rate = count / (processor_seconds() - before).max(0.01);
        table.row(&format!("{name}, states"), count, "", Bar::None);
        table.row("  states a second of the processor", rate, "", bar);
        (count, rate)
    };
    let (theirs, rate) = row("stateright 0.31", &|| states::theirs(BOUNDS), Bar::None);
    let three_times = Bar::AtLeast(3.0 * rate);
    let (ours, _) = row("this search", &|| states::ours(BOUNDS, false, false), three_times);
    assert_eq!(ours, theirs, "both count the same states");
    row("  with what the checker remembers", &|| states::ours(BOUNDS, true, false), three_times);
    row("  and servers taken for one another", &|| states::ours(BOUNDS, true, true), Bar::None);
    table.print("Beside stateright");
}

/// How many seconds the processor has worked for this program.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks =
        |place: usize| fields.get(place).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
    // User and system time, in hundredths of a second.
    (ticks(11) + ticks(12)) / 100.0
}
