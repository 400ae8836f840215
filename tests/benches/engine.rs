//! How fast the engine is natively. It prints figures and fails nothing: a clock is no judge on a busy machine.

use load::table::{Bar, Table};
use load::timing::{best_of, best_p95, time};
use load::{cluster, heap};
use paxos::multi::MultiPaxos;
use playground::Run;
use protocol::Protocol;
use raft::Raft;
use std::hint::black_box;
use zab::Zab;

/// What one turn does.
const EVENTS: u32 = 100_000;
const SECONDS: u32 = 50;

/// How much longer another protocol may take for an event than Raft does.
const BESIDE_RAFT: Bar = Bar::AtMost(1.5);

/// The run in which the reader jumps about.
const RUN: u32 = 200_000;
const COMMANDS: u32 = 8_000;
const SEEKS: usize = 200;

fn main() {
    let mut table = Table::default();
    simulate(&mut table);
    compare(&mut table);
    seek(&mut table);
    table.print("The engine, natively");
}

fn simulate(table: &mut Table) {
    let [bare, unwatched, checked] = best_of([
        || _ = black_box(heap::run(EVENTS)),
        || _ = black_box(cluster::unwatched::<Raft>(SECONDS)),
        || _ = black_box(cluster::checked::<Raft>(SECONDS)),
    ]);
    let events = f64::from(cluster::unwatched::<Raft>(SECONDS));
    let per_event = |seconds: f64| seconds * 1e9 / events;
    let yardstick = bare * 1e9 / f64::from(EVENTS);
    table.row("a bare heap loop, an event", yardstick, "ns", Bar::None);
    table.row("5 servers, unwatched, an event", per_event(unwatched), "ns", Bar::None);
    table.row("5 servers, checked, an event", per_event(checked), "ns", Bar::None);
    table.row("  as multiples of the bare loop", per_event(checked) / yardstick, "", Bar::AtMost(12.0));
    table.row("  simulated seconds a second", f64::from(SECONDS) / checked, "", Bar::None);
    table.row("  of which the checks", (checked - unwatched) / checked * 100.0, "%", Bar::AtMost(30.0));
}

/// The others beside Raft at the same work. An event is whatever the simulator counts as one: a message, a timer, a
/// write that is done. How many of them the same work takes is the protocol's own affair, so they are told as well.
fn compare(table: &mut Table) {
    let times = best_of([
        || _ = black_box(cluster::unwatched::<Raft>(SECONDS)),
        || _ = black_box(cluster::unwatched::<MultiPaxos>(SECONDS)),
        || _ = black_box(cluster::unwatched::<Zab>(SECONDS)),
        || _ = black_box(cluster::checked::<Raft>(SECONDS)),
        || _ = black_box(cluster::checked::<MultiPaxos>(SECONDS)),
        || _ = black_box(cluster::checked::<Zab>(SECONDS)),
    ]);
    let (unwatched, checked) = times.split_at(3);
    let events = [events::<Raft>(), events::<MultiPaxos>(), events::<Zab>()];
    let names = [Raft::DIALECT.name, MultiPaxos::DIALECT.name, Zab::DIALECT.name];
    for (place, name) in names.iter().enumerate() {
        let a_second = |figure: f64| figure / f64::from(SECONDS);
        let beside = |times: &[f64]| times[place] / events[place] / (times[0] / events[0]);
        table.row(&format!("{name}: events a simulated second"), a_second(events[place]), "", Bar::None);
        table.row("  unwatched, a simulated second", a_second(unwatched[place] * 1e6), "µs", Bar::None);
        table.row("  checked, a simulated second", a_second(checked[place] * 1e6), "µs", Bar::None);
        if place > 0 {
            table.row("  unwatched, an event, as multiples of Raft's", beside(unwatched), "", BESIDE_RAFT);
            table.row("  checked, an event, as multiples of Raft's", beside(checked), "", BESIDE_RAFT);
        }
    }
}

fn events<P: Protocol>() -> f64 {
    f64::from(cluster::unwatched::<P>(SECONDS))
}

fn seek(table: &mut Table) {
    let (play, mut run) = time(|| {
        let mut run = open(&busy());
        run.seek(RUN);
        run
    });
    table.row("200,000 events played, traced and checked", play * 1e3, "ms", Bar::None);
    let mut dice = 7u32;
    let worst = best_p95(SEEKS, |_| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        run.seek(dice % RUN + 1);
    });
    table.row("  a seek in them, 95th percentile", worst, "ms", Bar::AtMost(16.0));
}

fn open(text: &str) -> Box<dyn Run> {
    playground::open_text(text).expect("the scenario is sound").run
}

/// Five servers, 10 to 15 ms, a command every 100 ms.
fn busy() -> String {
    let mut text = String::from("consensus 1\nprotocol raft\nservers 5\nnetwork latency 10ms..15ms\nat 1s\n");
    for number in 0..COMMANDS {
        text += &format!("submit c1 set k{0}=v{0}\nrun 100ms\n", number % 8);
    }
    text
}
