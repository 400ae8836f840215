//! `consensus explore --exhaustive`: tries every schedule within bounds.

use crate::args::Args;
use crate::explore::lookup;
use crate::print;
use playground::{Bounds, Copies, ExhaustView, exhaust as search};
use std::io::{IsTerminal as _, Write as _};

/// What only this search takes.
pub(crate) const VALUED: [&str; 7] =
    ["--servers", "--terms", "--commands", "--crashes", "--ticks", "--depth", "--memory"];
pub(crate) const ALONE: [&str; 2] = ["--once", "--no-symmetry"];

/// What only the random search takes.
const RANDOM: [&str; 3] = ["--runs", "--seed", "--threads"];

/// Searches. True if nothing was found; what is found is printed as a scenario.
///
/// # Errors
/// If the call is wrong, or the protocol needs what such a search leaves out.
pub(crate) fn exhaust(args: &Args<'_>, what: &str) -> Result<bool, String> {
    if let Some(flag) = RANDOM.into_iter().find(|flag| !args.all(flag).is_empty()) {
        return Err(format!("{flag} is for a search at random, not for --exhaustive"));
    }
    let mut lookup = lookup(what, &args.all("--without"), 1, 1)?;
    if !args.all("--servers").is_empty() {
        lookup = lookup.with_servers(small(args, "--servers", 3, 1, 12)?);
    }
    let bounds = bounds(args)?;
    let mut teller = Teller { json: args.has("--json"), told: false };
    let view = search(&lookup, &bounds, &mut |view| teller.tell(view))?;
    Ok(teller.end(&view))
}

fn bounds(args: &Args<'_>) -> Result<Bounds, String> {
    let usual = Bounds::default();
    let once = args.has("--once");
    if !once && !args.all("--ticks").is_empty() {
        return Err(
            "--ticks needs --once: where messages arrive as often as one likes, timers may fire so, too"
                .to_owned(),
        );
    }
    let ticks = small(args, "--ticks", 0, 0, 250)?;
    let depth = args.number("--depth", 0, 1, 1_000_000)?;
    Ok(Bounds {
        terms: u32::from(small(args, "--terms", 2, 1, 250)?),
        commands: small(args, "--commands", usual.commands, 0, 12)?,
        crashes: small(args, "--crashes", usual.crashes, 0, 250)?,
        ticks: Some(ticks).filter(|_| once),
        copies: if once { Copies::One } else { Copies::Many },
        depth: u32::try_from(depth).ok().filter(|depth| *depth > 0),
        symmetry: !args.has("--no-symmetry"),
        bytes: args.number("--memory", usual.bytes >> 30, 1, 4_096)? << 30,
        ..usual
    })
}

fn small(args: &Args<'_>, flag: &str, default: u8, least: u64, most: u64) -> Result<u8, String> {
    u8::try_from(args.number(flag, default.into(), least, most)?).map_err(|error| error.to_string())
}

/// Says how far it has come: on a terminal in one line that is written over, in JSON in a line each.
struct Teller {
    json: bool,
    told: bool,
}

impl Teller {
    fn tell(&mut self, view: &ExhaustView) {
        if self.json {
            line(view);
        } else if std::io::stderr().is_terminal() {
            self.told = true;
            let ExhaustView { states, waiting, depth, bytes, .. } = view;
            let text = format!("{states} states, {waiting} waiting, {depth} moves deep, {} MB", bytes >> 20);
            // The search goes on even if nobody can see how far it is.
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
        }
    }

    fn end(&self, view: &ExhaustView) -> bool {
        if self.told {
            eprint!("\r\x1b[K");
        }
        match &view.found {
            _ if self.json => line(view),
            None => eprintln!("nothing broke: {}", view.tried),
            Some(found) => {
                print(found.text.trim_end());
                eprintln!(
                    "{}: {}\nfound {} moves deep, among {} states; {} moves in full, and shrunk to {}",
                    found.promise, found.words, view.depth, view.states, found.before, found.after
                );
            }
        }
        view.found.is_none()
    }
}

fn line(view: &ExhaustView) {
    match serde_json::to_string(view) {
        Ok(text) => print(&text),
        Err(error) => eprintln!("{error}"),
    }
}
