//! The exhaustive search, for whoever has a terminal and time: every schedule within bounds.

use crate::run::Trouble;
use crate::search::{FoundView, Lookup, found_view};
use explore::{Copies, Exhaust, Extent, Found, Verdict, Wish};
use protocol::{Dialect, Protocol};
use serde::Serialize;

pub use explore::Bounds;

/// How many steps pass between two pieces of news.
const SLICE: u64 = 200_000;

type Sweep = fn(&Wish, &Bounds, &mut dyn FnMut(Extent)) -> Result<(Extent, Option<Found>), &'static str>;

/// Every protocol that can be searched.
const SWEEPS: &[(&Dialect, Sweep)] = &[
    #[cfg(feature = "raft")]
    (raft::Raft::DIALECT, sweep::<raft::Raft>),
    #[cfg(feature = "paxos")]
    (paxos::Paxos::DIALECT, sweep::<paxos::Paxos>),
    #[cfg(feature = "multi-paxos")]
    (paxos::multi::MultiPaxos::DIALECT, sweep::<paxos::multi::MultiPaxos>),
    #[cfg(feature = "zab")]
    (zab::Zab::DIALECT, sweep::<zab::Zab>),
];

fn sweep<P: Protocol>(
    wish: &Wish,
    bounds: &Bounds,
    news: &mut dyn FnMut(Extent),
) -> Result<(Extent, Option<Found>), &'static str> {
    let mut search = Exhaust::<P>::new(wish, bounds)?;
    while search.advance(SLICE) {
        news(search.extent());
    }
    Ok((search.extent(), search.found().cloned()))
}

/// How an exhaustive search stands.
#[derive(Clone, Debug, Serialize)]
pub struct ExhaustView {
    /// `searching`, `found`, `complete`, `depth` (all schedules of so many moves were tried) or `full`.
    pub stand: &'static str,
    /// True if everything within the bounds was tried and nothing broke.
    pub complete: bool,
    /// How many states were reached.
    pub states: u64,
    /// How many steps led to them.
    pub steps: u64,
    /// How many moves the longest of the shortest ways has.
    pub depth: u32,
    /// How many states wait.
    pub waiting: u64,
    /// True if states stand for those that differ from them in the servers' names only.
    pub symmetry: bool,
    /// Roughly how many bytes are filled.
    pub bytes: u64,
    /// What was tried, in one sentence.
    pub tried: String,
    /// What was found.
    pub found: Option<FoundView>,
}

/// Searches to the end. `news` hears now and then how it stands.
///
/// # Errors
/// If the protocol is one of another engine, or needs what such a search leaves out.
pub fn exhaust(
    lookup: &Lookup,
    bounds: &Bounds,
    news: &mut dyn FnMut(&ExhaustView),
) -> Result<ExhaustView, Trouble> {
    let known = SWEEPS.iter().find(|(known, _)| known.key == lookup.dialect.key);
    let (dialect, sweep) =
        known.ok_or_else(|| format!("there is no protocol “{}” here", lookup.dialect.key))?;
    let swept = sweep(&lookup.wish, bounds, &mut |extent| news(&view(lookup, bounds, &extent, None)));
    let (extent, found) = swept.map_err(|why| format!("{}: {why}", dialect.name))?;
    Ok(view(lookup, bounds, &extent, found.as_ref()))
}

fn view(lookup: &Lookup, bounds: &Bounds, extent: &Extent, found: Option<&Found>) -> ExhaustView {
    ExhaustView {
        stand: match extent.verdict {
            Verdict::Searching => "searching",
            Verdict::Complete => "complete",
            Verdict::DepthReached => "depth",
            Verdict::Full => "full",
            Verdict::Broken => "found",
        },
        complete: extent.verdict == Verdict::Complete,
        states: extent.states,
        steps: extent.steps,
        depth: extent.depth,
        waiting: extent.waiting,
        symmetry: extent.names > 1,
        bytes: extent.bytes,
        tried: in_words(lookup, bounds, extent),
        found: found.map(|found| found_view(lookup, found)),
    }
}

/// Exactly what was tried, and what of it is complete.
fn in_words(lookup: &Lookup, bounds: &Bounds, extent: &Extent) -> String {
    let dialect = lookup.dialect;
    let servers = lookup.wish.config.as_ref().map_or(3, |config| config.servers);
    let often = match bounds.copies {
        Copies::One => "late, overtaken or lost",
        Copies::Many => "late, overtaken, lost or doubled any number of times",
    };
    let ticks = bounds.ticks.map_or_else(String::new, |most| {
        format!(", {} that raise no {}", counted(most.into(), "timeout"), dialect.term)
    });
    let mut words = format!(
        "{}, {}s up to {}, {}, {}{ticks}; every message {often}",
        counted(servers.into(), "server"),
        dialect.term,
        bounds.terms,
        counted(bounds.commands.into(), "command"),
        counted(bounds.crashes.into(), "crash"),
    );
    let what = if extent.merged {
        "states of servers, each with every message that may be about there"
    } else {
        "states"
    };
    words += &match extent.verdict {
        Verdict::Complete => format!(": complete, {} {what}", extent.states),
        Verdict::DepthReached => format!(
            ": complete up to {} moves, {} {what}; not complete beyond: the bound on moves was reached",
            extent.depth, extent.states
        ),
        Verdict::Full => format!(
            ": not complete: the bound on memory was reached after {} {what}, {} of them not looked at, {} moves deep",
            extent.states, extent.waiting, extent.depth
        ),
        Verdict::Searching | Verdict::Broken => format!(": {} {what} so far", extent.states),
    };
    if extent.names > 1 {
        words += "; servers that differ in their names only are taken for one another";
    }
    let needs = lookup.wish.off.iter().map(|rule| dialect.rule(rule).needs);
    for needs in needs.filter(|needs| !needs.is_empty()) {
        words += &format!("; it needs {}", needs.trim_end_matches('.').to_lowercase());
    }
    words
}

fn counted(count: u64, what: &str) -> String {
    let ending = match (count, what.ends_with('h')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{count} {what}{ending}")
}
