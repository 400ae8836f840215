//! `consensus explore`: searches for a run that breaks a promise.

use crate::args::Args;
use crate::{exhaust, print, read};
use playground::{Lookup, SearchView, explore as search};
use std::io::{IsTerminal as _, Write as _};

const VALUED: [&str; 4] = ["--without", "--runs", "--seed", "--threads"];
const ALONE: [&str; 2] = ["--json", "--exhaustive"];
const RUNS: u64 = 10_000;
const MOST_RUNS: u64 = 100_000_000;
const MOST_THREADS: u64 = 64;

/// Searches. True if nothing was found; what is found is printed as a scenario.
///
/// # Errors
/// If the call is wrong.
pub(crate) fn explore(given: &[&str]) -> Result<bool, String> {
    let args = Args::read(
        given,
        &[&VALUED[..], &exhaust::VALUED].concat(),
        &[&ALONE[..], &exhaust::ALONE].concat(),
    )?;
    let [what] = args.words[..] else { return Err("explore a FILE or a PROTOCOL".to_owned()) };
    if args.has("--exhaustive") {
        return exhaust::exhaust(&args, what);
    }
    let valued = exhaust::VALUED.into_iter().filter(|flag| !args.all(flag).is_empty());
    if let Some(flag) = valued.chain(exhaust::ALONE.into_iter().filter(|flag| args.has(flag))).next() {
        return Err(format!("{flag} needs --exhaustive"));
    }
    let seed = args.number("--seed", 1, 0, u64::MAX)?;
    let runs =
        u32::try_from(args.number("--runs", RUNS, 1, MOST_RUNS)?).map_err(|error| error.to_string())?;
    let threads = args.number("--threads", 1, 1, MOST_THREADS)?;
    let threads = usize::try_from(threads).map_err(|error| error.to_string())?;
    let without = args.all("--without");
    let lookup = lookup(what, &without, seed, runs)?;
    let mut teller = Teller::new(args.has("--json"));
    let view = search(&lookup, threads, &mut |view| teller.tell(view))?;
    Ok(teller.end(&view))
}

/// What to search: the settings of a file, or a protocol.
///
/// # Errors
/// If it is neither, or there is no such rule.
pub(crate) fn lookup(what: &str, without: &[&str], seed: u64, runs: u32) -> Result<Lookup, String> {
    if what == "-" || std::path::Path::new(what).is_file() {
        Lookup::of_text(&read(what)?, without, seed, runs).map_err(|trouble| format!("{what}: {trouble}"))
    } else {
        Lookup::of_protocol(what, without, seed, runs)
    }
}

/// Says how far it has come: on a terminal in one line that is written over, in JSON in a line each.
struct Teller {
    json: bool,
    terminal: bool,
    told: bool,
}

impl Teller {
    fn new(json: bool) -> Teller {
        Teller { json, terminal: std::io::stderr().is_terminal(), told: false }
    }

    fn tell(&mut self, view: &SearchView) {
        if self.json {
            line(view);
        } else if self.terminal {
            self.told = true;
            let SearchView { stand, runs, of, events, .. } = view;
            // The search goes on even if nobody can see how far it is.
            let _ = write!(std::io::stderr(), "\r\x1b[K{stand}: run {runs} of {of}, {events} events");
        }
    }

    fn end(&self, view: &SearchView) -> bool {
        if self.told {
            eprint!("\r\x1b[K");
        }
        match &view.found {
            _ if self.json => line(view),
            None => eprintln!("nothing broke: {}", view.tried),
            Some(found) => {
                print(found.text.trim_end());
                eprintln!(
                    "{}: {}\nfound in run {} of seed {} ({} events in all), and shrunk from {} moves to {}",
                    found.promise, found.words, found.run, view.seed, view.events, found.before, found.after
                );
            }
        }
        view.found.is_none()
    }
}

fn line(view: &SearchView) {
    match serde_json::to_string(view) {
        Ok(text) => print(&text),
        Err(error) => eprintln!("{error}"),
    }
}
