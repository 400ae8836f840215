//! `consensus`: runs, verifies and links scenarios without a page.
//!
//! ```text
//! consensus run FILE|LINK [--trace] [--until TIME]   plays a scenario and says how it ended
//! consensus verify FILE…                             exit 1 unless every expectation comes true, and every answer
//!                                                    that leaves out a rule breaks a promise; a story of several
//!                                                    protocols has to come true with each
//! consensus link FILE                                prints the scenario's link
//! consensus text LINK                                prints a link's scenario
//! consensus compare FILE|LINK [--json]               plays a scenario with all protocols that it names, side by side
//! consensus history FILE                             says whether a client history is linearizable
//! consensus rules [PROTOCOL] [--json]                lists the rules
//! consensus explore FILE|PROTOCOL [--without RULE]   searches for a run that breaks a promise; exit 1 if there is
//!                                                    one, which is then printed as a scenario
//! consensus explore FILE|PROTOCOL --exhaustive       tries every schedule within bounds, the shortest first
//! ```
//!
//! The engine is the page's own: the same scenario gives the same trace and the same fingerprint. Exit code 0 means
//! that all went well, 1 that an expectation failed or a promise broke (or that a history is not linearizable), 2 that
//! the call or the input was wrong, 3 that nobody can tell.

mod args;
mod compare;
mod exhaust;
mod explore;
mod report;
mod rules;

use playground::history::{Judgement, MOST_BYTES, judge_history};
use playground::{Beside, Opened, idle_beliefs, open_link, open_text};
use std::io::{Read, Write};
use std::process::ExitCode;

const USAGE: &str = "usage:
  consensus run FILE|LINK [--trace]   play a scenario to its end and say how it ended
  consensus verify FILE...            play scenarios; exit 1 unless every expectation comes true
  consensus link FILE                 print a scenario's link
  consensus text LINK                 print the scenario of a link
  consensus compare FILE|LINK [--json]
                                      play a scenario with all protocols that it names, side by side
  consensus history FILE              say whether a client history (JSON lines) is linearizable
  consensus rules [PROTOCOL] [--json] list the rules
  consensus explore FILE|PROTOCOL [--without RULE]... [--runs N] [--seed S] [--threads N] [--json]
                                      search for a run that breaks a promise, with the settings of
                                      the file or with any; exit 1 and print it if there is one
  consensus explore FILE|PROTOCOL --exhaustive [--without RULE]... [--servers N] [--terms N]
                    [--commands N] [--crashes N] [--depth N] [--once [--ticks N]]
                    [--memory GB] [--no-symmetry] [--json]
                                      try every schedule within these bounds, the shortest first:
                                      3 servers, 2 terms, 2 commands, 1 crash, 8 GB if not said
                                      otherwise. Messages may be late, lost and doubled at will;
                                      with --once, each arrives once at most, and N timeouts (none,
                                      if not said otherwise) raise no term
A FILE of - is standard input. A LINK is a whole address or only the part after its #.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["run", what] => run(what, false).map(code),
        ["run", what, "--trace"] | ["run", "--trace", what] => run(what, true).map(code),
        ["verify", files @ ..] if !files.is_empty() => verify(files).map(code),
        ["rules", rest @ ..] => rules::rules(rest).map(code),
        ["explore", rest @ ..] => explore::explore(rest).map(code),
        ["compare", rest @ ..] => compare::compare(rest).map(code),
        ["link", file] => link(file).map(code),
        ["text", what] => text(what).map(code),
        ["history", file] => history(file),
        ["help" | "--help" | "-h"] => {
            print(USAGE);
            return ExitCode::SUCCESS;
        }
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::from(2)
        }
    }
}

fn code(well: bool) -> ExitCode {
    if well { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// Prints a line. A reader who has gone away (a closed pipe) is no reason to panic.
fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

fn read(file: &str) -> Result<String, String> {
    read_most(file, 4_000_000, "a scenario")
}

fn read_most(file: &str, most: u64, what: &str) -> Result<String, String> {
    if file == "-" {
        let mut text = String::new();
        let mut input = std::io::stdin().take(most + 1);
        input.read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
        return if text.len() as u64 > most {
            Err(format!("standard input: too large to be {what}"))
        } else {
            Ok(text)
        };
    }
    let size = std::fs::metadata(file).map_err(|error| format!("{file}: {error}"))?.len();
    if size > most {
        return Err(format!("{file}: too large to be {what}"));
    }
    let bytes = std::fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    String::from_utf8(bytes)
        .map_err(|error| format!("{file}: not text: byte {} is not UTF-8", error.utf8_error().valid_up_to()))
}

/// A file if there is one of that name, and otherwise a link.
fn open(what: &str) -> Result<Opened, String> {
    if what == "-" || std::path::Path::new(what).exists() {
        return open_text(&read(what)?).map_err(|trouble| format!("{what}: {trouble}"));
    }
    let fragment = what.split_once('#').map_or(what, |(_, fragment)| fragment);
    open_link(fragment)
        .map_err(|trouble| format!("{trouble}\n(there is no file of that name, so it was read as a link)"))
}

fn run(what: &str, trace: bool) -> Result<bool, String> {
    let mut opened = open(what)?;
    if let Some(differs) = &opened.differs {
        eprintln!("{differs}");
    }
    let end = opened.run.ahead_to_script_end();
    if trace {
        for line in opened.run.lines(0, end) {
            print(&line);
        }
    }
    let report = report::of(opened.run.as_mut(), end);
    print(&report.text);
    Ok(report.well)
}

fn verify(files: &[&str]) -> Result<bool, String> {
    let mut all = true;
    for file in files {
        let text = read(file)?;
        let mut opened = open_text(&text).map_err(|trouble| format!("{file}: {trouble}"))?;
        let end = opened.run.ahead_to_script_end();
        let report = report::of(opened.run.as_mut(), end);
        let mut reasons = idle_beliefs(opened.run.as_ref());
        if opened.run.scenario().compares() {
            let beside = Beside::of_text(&text).map_err(|trouble| format!("{file}: {trouble}"))?;
            reasons.extend(beside.failures().into_iter().map(|failure| format!("side by side, {failure}")));
        }
        let well = report.well && reasons.is_empty();
        if well {
            print(&format!("ok    {file}"));
        } else {
            reasons.push(report.text);
            print(&format!("FAIL  {file}\n{}", reasons.join("\n")));
        }
        all &= well;
    }
    Ok(all)
}

fn link(file: &str) -> Result<bool, String> {
    let mut opened = open(file)?;
    print(&format!("#{}", opened.run.link(false)?));
    Ok(true)
}

fn text(what: &str) -> Result<bool, String> {
    print(open(what)?.run.text().trim_end());
    Ok(true)
}

fn history(file: &str) -> Result<ExitCode, String> {
    let report = judge_history(&read_most(file, MOST_BYTES as u64, "a history")?)
        .map_err(|trouble| format!("{file}: {trouble}"))?;
    print(&report.text);
    Ok(match report.judgement {
        Judgement::Linearizable => ExitCode::SUCCESS,
        Judgement::NotLinearizable => ExitCode::from(1),
        Judgement::Unknown => ExitCode::from(3),
    })
}
