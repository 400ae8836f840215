//! The table that a benchmark prints.

use std::fmt::Write as _;

/// Figures, each with its bar and whether it is met.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<[String; 4]>,
}

/// What a figure is held to.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// It may be this much.
    AtMost(f64),
    /// It must be this much.
    AtLeast(f64),
    /// It is shown for its own sake.
    None,
}

impl Bar {
    fn words(self) -> String {
        match self {
            Bar::AtMost(bar) => format!("≤ {}", number(bar)),
            Bar::AtLeast(bar) => format!("≥ {}", number(bar)),
            Bar::None => String::new(),
        }
    }

    fn verdict(self, figure: f64) -> &'static str {
        let met = match self {
            Bar::AtMost(bar) => figure <= bar,
            Bar::AtLeast(bar) => figure >= bar,
            Bar::None => return "",
        };
        if met { "met" } else { "MISSED" }
    }
}

impl Table {
    /// Adds a figure.
    pub fn row(&mut self, name: &str, figure: f64, unit: &str, bar: Bar) {
        let shown = if unit.is_empty() { number(figure) } else { format!("{} {unit}", number(figure)) };
        self.rows.push([name.to_owned(), shown, bar.words(), bar.verdict(figure).to_owned()]);
    }

    /// Prints it all, with how busy the machine was.
    pub fn print(&self, title: &str) {
        let heads = ["what", "figure", "bar", "verdict"].map(str::to_owned);
        let widths: Vec<usize> = (0..4)
            .map(|column| {
                let cells = self.rows.iter().chain([&heads]).map(|row| row[column].chars().count());
                cells.max().unwrap_or_default()
            })
            .collect();
        let mut text = format!("\n{title} (load average {})\n\n", load_average());
        for row in [&heads].into_iter().chain(&self.rows) {
            let pad = |column: usize| " ".repeat(widths[column] - row[column].chars().count());
            let [what, figure, bar, verdict] = row;
            let line = format!("{what}{}  {}{figure}  {}{bar}  {verdict}", pad(0), pad(1), pad(2));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        println!("{text}");
    }
}

/// A number with as many digits as mean something.
fn number(value: f64) -> String {
    if value.abs() < 100.0 && value.fract() != 0.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_owned()
}
