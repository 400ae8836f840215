//! *What breaks?*: a search for a run that breaks a promise, in slices, and what it found as a scenario.

use crate::run::Trouble;
use explore::{Found, Progress, Schedule, Search, Stand, Step, Wish};
use protocol::{Dialect, Protocol, RuleId, RuleSet};
use scenario::{Line, Scenario, parse, print};
use serde::Serialize;

/// What to search for.
#[derive(Clone, Debug)]
pub struct Lookup {
    pub(crate) dialect: &'static Dialect,
    pub(crate) wish: Wish,
}

impl Lookup {
    /// Runs of a protocol without these rules, at most so many. Each draws a shape of its own.
    ///
    /// # Errors
    /// If there is no such protocol, or no such rule.
    pub fn of_protocol(key: &str, without: &[&str], seed: u64, runs: u32) -> Result<Lookup, Trouble> {
        let found = SEARCHES.iter().map(|(dialect, ..)| *dialect).find(|dialect| dialect.key == key);
        let dialect = found.ok_or_else(|| format!("there is no protocol “{key}” here"))?;
        let off = off(dialect, RuleSet::default(), without)?;
        Ok(Lookup { dialect, wish: Wish { off, config: None, seed, runs } })
    }

    /// Runs with the settings of a scenario, and without these rules besides those that it leaves out. What happens in it
    /// does not matter.
    ///
    /// # Errors
    /// What is wrong with the text, or if there is no such rule.
    pub fn of_text(text: &str, without: &[&str], seed: u64, runs: u32) -> Result<Lookup, Trouble> {
        let scenario = parse(text, &crate::dialect).map_err(|error| error.to_string())?;
        let key = &scenario.protocol;
        let dialect = crate::dialect(key).ok_or_else(|| format!("there is no protocol “{key}” here"))?;
        let off = off(dialect, scenario.config.off, without)?;
        Ok(Lookup { dialect, wish: Wish { off, config: Some(scenario.config), seed, runs } })
    }
}

impl Lookup {
    /// The same, among so many servers.
    #[must_use]
    pub fn with_servers(mut self, servers: u8) -> Lookup {
        self.wish.config.get_or_insert_with(|| sim::Config::of(self.dialect)).servers = servers;
        self
    }
}

fn off(dialect: &Dialect, already: RuleSet, without: &[&str]) -> Result<RuleSet, Trouble> {
    without.iter().try_fold(already, |set, key| {
        let rule = dialect.rule_named(key).ok_or_else(|| format!("{} has no rule “{key}”", dialect.name))?;
        Ok(set.with(rule))
    })
}

/// A search of one protocol.
trait Seek {
    fn advance(&mut self, events: u32) -> bool;
    fn progress(&self) -> Progress;
    fn found(&self) -> Option<&Found>;
}

impl<P: Protocol> Seek for Search<P> {
    fn advance(&mut self, events: u32) -> bool {
        Search::advance(self, events)
    }
    fn progress(&self) -> Progress {
        Search::progress(self)
    }
    fn found(&self) -> Option<&Found> {
        Search::found(self)
    }
}

type Begin = fn(&Wish) -> Box<dyn Seek>;
type Crew = fn(&Wish, usize, &mut dyn FnMut(Progress)) -> (Progress, Option<Found>);

/// Every protocol that can be searched, alone and with several threads.
const SEARCHES: &[(&Dialect, Begin, Crew)] = &[
    #[cfg(feature = "raft")]
    (raft::Raft::DIALECT, begin::<raft::Raft>, explore::search::<raft::Raft>),
    #[cfg(feature = "paxos")]
    (paxos::Paxos::DIALECT, begin::<paxos::Paxos>, explore::search::<paxos::Paxos>),
    #[cfg(feature = "multi-paxos")]
    (
        paxos::multi::MultiPaxos::DIALECT,
        begin::<paxos::multi::MultiPaxos>,
        explore::search::<paxos::multi::MultiPaxos>,
    ),
    #[cfg(feature = "zab")]
    (zab::Zab::DIALECT, begin::<zab::Zab>, explore::search::<zab::Zab>),
];

fn begin<P: Protocol + 'static>(wish: &Wish) -> Box<dyn Seek> {
    Box::new(Search::<P>::new(wish))
}

/// How a search stands.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// `searching`, `shrinking`, `found` or `nothing`.
    pub stand: &'static str,
    /// How many runs are over.
    pub runs: u32,
    /// How many there will be at most.
    pub of: u32,
    /// How many schedules were tried in them.
    pub schedules: u64,
    /// How many events.
    pub events: u64,
    /// How often a rule that is off would have spoken.
    pub overridden: u64,
    /// How many schedules were tried to shrink the one that was found.
    pub shrinks: u32,
    /// From which all dice followed.
    pub seed: u64,
    /// What was tried, in one sentence.
    pub tried: String,
    /// What was found.
    pub found: Option<FoundView>,
}

/// A run that breaks a promise.
#[derive(Clone, Debug, Serialize)]
pub struct FoundView {
    /// The promise.
    pub promise: &'static str,
    /// What happened, in one sentence.
    pub words: String,
    /// The number of the run in the search.
    pub run: u32,
    /// How many moves it had when it was found.
    pub before: usize,
    /// How many it has.
    pub after: usize,
    /// At which of them a rule that is off would have spoken first, from 0.
    pub fork: Option<usize>,
    /// The run as a scenario.
    pub text: String,
}

/// A search that goes on in slices. Dropping it cancels it.
pub struct Hunt {
    lookup: Lookup,
    seek: Box<dyn Seek>,
}

impl Hunt {
    /// A search that has not begun.
    ///
    /// # Errors
    /// If the protocol is one of another engine.
    pub fn new(lookup: Lookup) -> Result<Hunt, Trouble> {
        let (_, begin, _) = entry(lookup.dialect)?;
        let seek = begin(&lookup.wish);
        Ok(Hunt { lookup, seek })
    }

    /// Goes on for about so many events. False if it is over.
    pub fn advance(&mut self, events: u32) -> bool {
        self.seek.advance(events)
    }

    /// How it stands.
    pub fn view(&self) -> SearchView {
        view(&self.lookup, self.seek.progress(), self.seek.found())
    }
}

fn entry(dialect: &Dialect) -> Result<&'static (&'static Dialect, Begin, Crew), Trouble> {
    let found = SEARCHES.iter().find(|(known, ..)| known.key == dialect.key);
    found.ok_or_else(|| format!("there is no protocol “{}” here", dialect.key))
}

/// Searches to the end, with so many threads; their number changes nothing of what is found. `news` hears now and then
/// how it stands.
///
/// # Errors
/// If the protocol is one of another engine.
pub fn explore(
    lookup: &Lookup,
    threads: usize,
    news: &mut dyn FnMut(&SearchView),
) -> Result<SearchView, Trouble> {
    let (_, _, crew) = entry(lookup.dialect)?;
    let (progress, found) = crew(&lookup.wish, threads, &mut |progress| news(&view(lookup, progress, None)));
    Ok(view(lookup, progress, found.as_ref()))
}

fn view(lookup: &Lookup, progress: Progress, found: Option<&Found>) -> SearchView {
    let Progress { stand, runs, tried, shrinks } = progress;
    SearchView {
        stand: match stand {
            Stand::Searching => "searching",
            Stand::Shrinking => "shrinking",
            Stand::Found => "found",
            Stand::Nothing => "nothing",
        },
        runs,
        of: lookup.wish.runs,
        schedules: tried.schedules,
        events: tried.events,
        overridden: tried.overridden,
        shrinks,
        seed: lookup.wish.seed,
        tried: tried_in_words(lookup, &progress),
        found: found.map(|found| found_view(lookup, found)),
    }
}

/// Exactly what was tried.
fn tried_in_words(lookup: &Lookup, progress: &Progress) -> String {
    let Progress { runs, tried, .. } = progress;
    let mut words = format!(
        "{runs} runs from seed {}: {} schedules of messages in any order, late, doubled and lost, of timers, crashes, \
         restarts and commands, {} events in all",
        lookup.wish.seed, tried.schedules, tried.events
    );
    let keys: Vec<&str> = lookup.wish.off.iter().map(|rule| lookup.dialect.rule(rule).key).collect();
    if !keys.is_empty() {
        words += &format!("; {} would have spoken {} times", keys.join(", "), tried.overridden);
    }
    let needs: Vec<&str> = lookup.wish.off.iter().map(|rule| lookup.dialect.rule(rule).needs).collect();
    for needs in needs.iter().filter(|needs| !needs.is_empty()) {
        words += &format!("; it needs {}", needs.trim_end_matches('.').to_lowercase());
    }
    words
}

pub(crate) fn found_view(lookup: &Lookup, found: &Found) -> FoundView {
    let Schedule { violation, fork, steps, .. } = &found.schedule;
    FoundView {
        promise: violation.promise,
        words: violation.text.clone(),
        run: found.run,
        before: found.before,
        after: steps.len(),
        fork: fork.as_ref().map(|(step, _)| *step),
        text: print(&to_scenario(lookup.dialect, &found.schedule), lookup.dialect),
    }
}

fn caption(words: &str) -> Line {
    let end = if words.ends_with('.') { "" } else { "." };
    Line::Caption(crate::narrate::as_caption(&format!("{words}{end}")))
}

/// A schedule as a scenario that says where it forks and what comes of it.
fn to_scenario(dialect: &Dialect, schedule: &Schedule) -> Scenario {
    let rules: Vec<RuleId> = schedule.config.off.iter().collect();
    let mut lines = Vec::new();
    for rule in rules.iter().map(|rule| dialect.rule(*rule)) {
        lines.push(caption(&format!("{} This rule is off. {}", rule.words, rule.when_off)));
    }
    for (place, step) in schedule.steps.iter().enumerate() {
        lines.push(match step {
            Step::Act(action) => Line::Act { action: action.clone(), tolerant: false },
            Step::Run(span) => Line::Run(*span),
        });
        if let Some((_, words)) = schedule.fork.as_ref().filter(|(fork, _)| *fork == place) {
            lines.push(caption(words));
        }
    }
    lines.push(caption(&schedule.violation.text));
    lines.push(Line::ExpectViolation(schedule.violation.promise.to_owned()));
    let name = |promise: &str| dialect.promises.iter().find(|info| info.key == promise).map(|info| info.name);
    let keys: Vec<&str> = rules.iter().map(|rule| dialect.rule(*rule).key).collect();
    Scenario {
        title: format!(
            "{}: {} without {}",
            name(schedule.violation.promise).unwrap_or(schedule.violation.promise),
            dialect.name,
            if keys.is_empty() { "nothing".to_owned() } else { keys.join(", ") }
        ),
        protocol: dialect.key.to_owned(),
        beside: Vec::new(),
        config: schedule.config.clone(),
        lines,
        open_at: None,
        passed: 0,
        left: None,
        rival: None,
    }
}
