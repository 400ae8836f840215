//! `consensus compare`: a scenario with several protocols, side by side.

use crate::args::Args;
use crate::{print, read};
use playground::{Beside, Comparison, GapView};

/// Compares.
///
/// # Errors
/// If the call or the scenario is wrong.
pub(crate) fn compare(given: &[&str]) -> Result<bool, String> {
    let args = Args::read(given, &[], &["--json"])?;
    let [what] = args.words[..] else { return Err("compare one FILE or LINK".to_owned()) };
    let beside = if what == "-" || std::path::Path::new(what).exists() {
        Beside::of_text(&read(what)?).map_err(|trouble| format!("{what}: {trouble}"))?
    } else {
        let fragment = what.split_once('#').map_or(what, |(_, fragment)| fragment);
        Beside::of_link(fragment).map_err(|trouble| {
            format!("{trouble}\n(there is no file of that name, so it was read as a link)")
        })?
    };
    let comparison = beside.comparison();
    if args.has("--json") {
        print(&serde_json::to_string_pretty(comparison).map_err(|error| error.to_string())?);
    } else {
        print(&in_words(comparison));
    }
    Ok(true)
}

fn in_words(comparison: &Comparison) -> String {
    let Comparison { sentence, terms, sides, difference, faults, .. } = comparison;
    let mut text = format!("{sentence}\n{terms}\n");
    for fault in faults {
        text += &format!("\n{:>9}  {}", time(fault.at), fault.text);
    }
    if !faults.is_empty() {
        text += "\n";
    }
    if let Some(difference) = difference {
        text += &format!("\nfirst difference at {}: {}\n", time(difference.at), difference.text);
    }
    for side in sides {
        for GapView { lost, again, answer } in &side.gaps {
            text += &format!("\n{}: leader lost at {}, ", side.name, time(*lost));
            text += &again.map_or("none again".to_owned(), |at| format!("again at {}", time(at)));
            text += &answer.map_or(String::new(), |at| format!(", first answer at {}", time(at)));
        }
        for lack in &side.lacks {
            text += &format!("\n{}: not given, or in vain: {lack}", side.name);
        }
    }
    let names: Vec<String> = sides.iter().map(|side| side.name.to_owned()).collect();
    let counters: Vec<Row> =
        comparison.counters.iter().map(|counter| (counter.name, counter.values.as_slice())).collect();
    let words: Vec<Row> = comparison.words.iter().map(|row| (row.idea, row.words.as_slice())).collect();
    text += &format!("\n\n{}\n\n{}", table(&names, &counters), table(&names, &words));
    text
}

fn time(micros: u64) -> String {
    format!("{} ms", micros / 1_000)
}

/// What a row is about, and what stands in it.
type Row<'a> = (&'a str, &'a [String]);

/// Columns that are as wide as what stands in them.
fn table(names: &[String], rows: &[Row<'_>]) -> String {
    let whole: Vec<Row<'_>> = [("", names)].into_iter().chain(rows.iter().copied()).collect();
    let cell = |row: &Row<'_>, column: usize| match column.checked_sub(1) {
        None => row.0.to_owned(),
        Some(column) => row.1.get(column).cloned().unwrap_or_default(),
    };
    let columns = names.len() + 1;
    let width = |column: usize| whole.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Row<'_>| {
        let cells = widths.iter().enumerate().map(|(column, width)| format!("{:<width$}", cell(row, column)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    whole.iter().map(line).collect::<Vec<_>>().join("\n")
}
