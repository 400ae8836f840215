//! Side by side: two or three protocols play one scenario.
//!
//! Each is given the same clients, the same network, the same timers as far as it has them, and the same faults at the same
//! instants: `words` puts the scenario into each protocol's words, `script` has all wait for the last where a line waits.
//! Each script is then an ordinary scenario that any [`Run`] plays; what is to be compared is counted by a `Tally` that
//! looks on, the same for all, and told by `verdict`. If the scenario's story is that of them all, `story` tells it at its
//! instants, and `judge` holds it to what the runs do.
//!
//! They are models, not products: what is compared is what the protocols do, not what anybody's server does in a second.

mod judge;
mod play;
mod script;
mod story;
mod tally;
mod verdict;
mod view;
mod words;

pub use story::{DecidedView, PointView, StepView, StoryView};
pub(crate) use tally::Tally;
pub use view::{Comparison, CounterView, DifferenceView, FaultView, GapView, SideView, WordView};

use crate::open::{dialect, open};
use crate::run::{Run, Trouble};
use crate::story::deeds;
use protocol::{Dialect, Span, Time};
use scenario::link::{Fragment, from_fragment};
use scenario::{Moment, Scenario, parse};
use script::{Script, Written};

/// How long a comparison goes on after its script for those who wait for a leader or for an answer.
const PATIENCE: Span = Span::ms(5_000);
const STEP: Span = Span::ms(100);

/// Runs of one scenario by two or three protocols.
pub struct Beside {
    /// The scenario itself, as its own protocol plays it alone.
    own: Box<dyn Run>,
    runs: Vec<Box<dyn Run>>,
    comparison: Comparison,
    /// What of the story did not come true, with its line.
    failures: Vec<(usize, String)>,
}

impl Beside {
    /// Those of a scenario in text form.
    ///
    /// # Errors
    /// What is wrong with the text, or if it names no protocol beside its own.
    pub fn of_text(text: &str) -> Result<Beside, Trouble> {
        Beside::of(parse(text, &dialect).map_err(|error| error.to_string())?)
    }

    /// Those of the part of a link after the #, in either form.
    ///
    /// # Errors
    /// What is wrong with the link, or if it names no protocol beside its own.
    pub fn of_link(fragment: &str) -> Result<Beside, Trouble> {
        match from_fragment(fragment, &dialect).map_err(|error| error.to_string())? {
            Fragment::Text(scenario) => Beside::of(scenario),
            Fragment::Link(decoded) => Beside::of(decoded.scenario),
        }
    }

    /// Those of a scenario.
    ///
    /// # Errors
    /// If it names no protocol beside its own, or is too long.
    pub fn of(scenario: Scenario) -> Result<Beside, Trouble> {
        if scenario.beside.is_empty() {
            return Err("this scenario names no protocol beside its own".to_owned());
        }
        let keys = [&scenario.protocol].into_iter().chain(&scenario.beside);
        let known = |key: &String| dialect(key).ok_or_else(|| format!("there is no protocol “{key}” here"));
        let dialects = keys.map(known).collect::<Result<Vec<&'static Dialect>, _>>()?;
        let Written { scripts, ends_at, story } = script::write(&scenario, &dialects)?;
        let (story, failures) = (story.view, story.failures);
        let (tallies, until) = count(&scripts, ends_at)?;
        let mut runs = Vec::new();
        for script in &scripts {
            let mut run = open(script.scenario.clone())?.run;
            run.ahead(until);
            runs.push(run);
        }
        let passed = scenario.passed;
        let comparison = Comparison {
            story,
            passed,
            ..view::comparison(&scenario, &dialects, &scripts, &tallies, &mut runs, until)
        };
        Ok(Beside { own: open(scenario)?.run, runs, comparison, failures })
    }

    /// What of the story did not come true, and every promise that broke, as sentences. A story of a single protocol is not
    /// told here, and its expectations are not judged.
    pub fn failures(&self) -> Vec<String> {
        let untrue = self.failures.iter().map(|(line, what)| format!("step {}: {what}", line + 1));
        let broken = self.runs.iter().flat_map(|run| {
            let name = run.dialect().name;
            run.violations()
                .into_iter()
                .map(move |(promise, at, words)| format!("{name}, broken at {at}: {promise}: {words}"))
        });
        untrue.chain(broken).collect()
    }

    /// All that is compared.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// The run of the protocol at this place among the compared.
    ///
    /// # Errors
    /// If there are not so many.
    pub fn run(&mut self, side: usize) -> Result<&mut dyn Run, Trouble> {
        match self.runs.get_mut(side) {
            Some(run) => Ok(run.as_mut()),
            None => Err(format!("there is no protocol {side} here")),
        }
    }

    /// The scenario as text.
    pub fn text(&self) -> String {
        self.own.text()
    }

    /// The scenario as the part of a link after the #; at an instant of the comparison, if one is given, where a reader has
    /// passed so many places at which the story waits.
    ///
    /// # Errors
    /// If the scenario is too long for a link.
    pub fn link(&mut self, at: Option<(Time, u16)>) -> Result<String, Trouble> {
        self.own.link_to(at.map(|(at, passed)| (Moment { at, n: 0 }, passed)))
    }
}

/// A scenario in text form with other protocols beside its own, as text. Those that were beside it are no more; and if its
/// story was told of just those, it is told no more either.
///
/// # Errors
/// What is wrong with the text, or with a name.
pub fn lay_beside(text: &str, others: &[String]) -> Result<String, Trouble> {
    let mut scenario = parse(text, &dialect).map_err(|error| error.to_string())?;
    let own = dialect(&scenario.protocol).ok_or("there is no such protocol here")?;
    if scenario.compares() && scenario.beside != others {
        scenario.lines = deeds(&scenario.lines);
        (scenario.open_at, scenario.passed) = (None, 0);
    }
    scenario.beside = others.to_vec();
    let text = scenario::print(&scenario, own);
    parse(&text, &dialect).map(|_| text).map_err(|error| error.to_string())
}

/// Counts what each does up to an instant by which all are served, or have waited long enough.
fn count(scripts: &[Script], ends_at: Time) -> Result<(Vec<Tally>, Time), Trouble> {
    let mut plays = Vec::new();
    for Script { scenario, .. } in scripts {
        plays.push((play::start(scenario)?, Tally::new(scenario.config.servers)));
    }
    let mut until = Time(ends_at.0.div_ceil(STEP.0).max(1) * STEP.0);
    let last = until + PATIENCE;
    loop {
        for ((play, tally), Script { scenario, .. }) in plays.iter_mut().zip(scripts) {
            play.count(scenario, until, tally);
        }
        if until >= last || !plays.iter().any(|(_, tally)| tally.unsettled()) {
            break;
        }
        until = until + STEP;
    }
    Ok((plays.into_iter().map(|(_, tally)| tally).collect(), until))
}
