//! A comparison as it is shown: plain data, with all words in it.

use super::script::Script;
use super::story::StoryView;
use super::tally::Tally;
use super::verdict::{self, Gap};
use crate::run::Run;
use protocol::{Dialect, Family, RoleKind, Time};
use scenario::Scenario;
use serde::Serialize;
use sim::Scale;

/// What is said of every comparison.
const TERMS: &str = "Same clients, same network, same faults, and the same timers as far as each has them. These are models of \
                     the protocols, not of anybody’s product.";

/// A stretch without a leader that reaches a majority, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GapView {
    /// When the last leader was lost.
    pub lost: u64,
    /// When there was one again.
    pub again: Option<u64>,
    /// When a client had the first result that left its server since.
    pub answer: Option<u64>,
}

/// One protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideView {
    /// Its name in scenarios.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its stretches without a leader.
    pub gaps: Vec<GapView>,
    /// How long they are in all, in microseconds.
    pub without: u64,
    /// What of the scenario it could not be given, or was given in vain.
    pub lacks: Vec<String>,
}

/// A fault, which strikes all at the same instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FaultView {
    /// When, in microseconds.
    pub at: u64,
    /// The action as its author wrote it.
    pub text: String,
}

/// Something counted, for each protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CounterView {
    /// What.
    pub name: &'static str,
    /// What exactly.
    pub words: &'static str,
    /// How much, in the order of protocols.
    pub values: Vec<String>,
}

/// One idea and each protocol's words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordView {
    /// The idea.
    pub idea: &'static str,
    /// The words, in the order of protocols; empty where it has none.
    pub words: Vec<String>,
}

/// The instant at which the runs part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferenceView {
    /// When, in microseconds.
    pub at: u64,
    /// How.
    pub text: String,
}

/// Everything that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The scenario's title.
    pub title: String,
    /// Up to when, in microseconds.
    pub until: u64,
    /// Where a link asked to be opened.
    pub open_at: Option<u64>,
    /// How many of the places at that instant at which the story waits its reader had passed.
    pub passed: u16,
    /// What is told of them together; no step, if nothing is.
    pub story: StoryView,
    /// What it comes to.
    pub sentence: String,
    /// What is the same for all.
    pub terms: &'static str,
    /// The protocols, the scenario's own first.
    pub sides: Vec<SideView>,
    /// What was done to all of them.
    pub faults: Vec<FaultView>,
    /// Where they part first.
    pub difference: Option<DifferenceView>,
    /// What was counted.
    pub counters: Vec<CounterView>,
    /// What is called how.
    pub words: Vec<WordView>,
}

/// All that is to be told of these runs.
pub(super) fn comparison(
    scenario: &Scenario,
    dialects: &[&'static Dialect],
    scripts: &[Script],
    tallies: &[Tally],
    runs: &mut [Box<dyn Run>],
    until: Time,
) -> Comparison {
    let mut sides = Vec::new();
    let mut faults: Vec<FaultView> = Vec::new();
    for (place, (dialect, run)) in dialects.iter().zip(runs.iter_mut()).enumerate() {
        let gaps = verdict::gaps(&tallies[place]);
        let mut lacks = scripts[place].lacks.clone();
        for deed in run.window(0, until.0, 1, Scale::Time).actions {
            if !deed.refused.is_empty() {
                lacks.push(format!("{} ({})", deed.text, deed.refused));
            } else if place == 0 && !deed.text.starts_with("submit") {
                faults.push(FaultView { at: deed.at, text: deed.text });
            }
        }
        let without = verdict::without(&gaps, until);
        let gaps = gaps.iter().map(gap).collect();
        sides.push(SideView { key: dialect.key, name: dialect.name, gaps, without, lacks });
    }
    let difference = verdict::difference(dialects, tallies);
    Comparison {
        title: scenario.title.clone(),
        until: until.0,
        open_at: scenario.open_at.map(|moment| moment.at.0),
        passed: 0,
        story: StoryView::default(),
        sentence: verdict::sentence(dialects, tallies, until),
        terms: TERMS,
        sides,
        faults,
        difference: difference.map(|part| DifferenceView { at: part.at.0, text: part.words }),
        counters: counters(tallies, until),
        words: words(dialects),
    }
}

fn gap(gap: &Gap) -> GapView {
    GapView { lost: gap.lost.0, again: gap.again.map(|at| at.0), answer: gap.answer.map(|at| at.0) }
}

fn counters(tallies: &[Tally], until: Time) -> Vec<CounterView> {
    let counter = |name, words, value: &dyn Fn(&Tally) -> String| CounterView {
        name,
        words,
        values: tallies.iter().map(value).collect(),
    };
    let answered = |tally: &Tally| tally.told.iter().filter(|told| told.op.outcome == "ok").count();
    vec![
        counter(
            "Without service",
            "From the moment a leader is lost until a server leads that reaches a majority, in all.",
            &|tally| verdict::ms(verdict::without(&verdict::gaps(tally), until)),
        ),
        counter("Answered", "Operations of clients that got a result, of all that were asked.", &|tally| {
            format!("{} of {}", answered(tally), tally.asked)
        }),
        counter(
            "Round trips to commit",
            "Messages one after the other between servers, from a command’s arrival to its answer, by two: the usual number. What a follower passes on to its leader takes one more.",
            &|tally| verdict::trips(tally).unwrap_or_else(|| "–".to_owned()),
        ),
        counter("Messages", "Sent between servers, from the start to the end of the comparison.", &|tally| {
            tally.messages.to_string()
        }),
        counter("Bytes", "Their kind and the paper’s fields, written out as text.", &|tally| {
            tally.bytes.to_string()
        }),
        counter("Disk syncs", "Writes that a server waits for.", &|tally| tally.syncs.to_string()),
        counter(
            "Entries overwritten",
            "Entries that a server held and that gave way to another, or to none; each counted once.",
            &|tally| tally.overwritten.count().to_string(),
        ),
        counter(
            "Entries renumbered",
            "Entries that a server held and that a later leader put there again, as its own; each counted once.",
            &|tally| tally.renumbered.count().to_string(),
        ),
    ]
}

fn words(dialects: &[&'static Dialect]) -> Vec<WordView> {
    let row = |idea, word: &dyn Fn(&Dialect) -> String| WordView {
        idea,
        words: dialects.iter().map(|dialect| word(dialect)).collect(),
    };
    let roles = |dialect: &Dialect, kind: RoleKind| {
        let roles = dialect.roles.iter().filter(|role| role.kind == kind);
        roles.map(|role| role.name).collect::<Vec<_>>().join(", ")
    };
    let kinds = |dialect: &Dialect, family: Family| {
        let kinds = dialect.kinds.iter().filter(|kind| kind.family == family);
        kinds.map(|kind| kind.name).collect::<Vec<_>>().join(", ")
    };
    vec![
        row("an era of leadership", &|dialect| dialect.term.to_owned()),
        row("a place in the log", &|dialect| dialect.index.to_owned()),
        row("done for good", &|dialect| dialect.committed.to_owned()),
        row("what makes a leader", &|dialect| dialect.support.to_owned()),
        row("who leads", &|dialect| roles(dialect, RoleKind::Leading)),
        row("who wants to lead", &|dialect| roles(dialect, RoleKind::Seeking)),
        row("who follows", &|dialect| roles(dialect, RoleKind::Idle)),
        row("asks to lead", &|dialect| kinds(dialect, Family::Solicit)),
        row("gives or refuses support", &|dialect| kinds(dialect, Family::Support)),
        row("brings logs into line", &|dialect| kinds(dialect, Family::Synchronise)),
        row("carries a command", &|dialect| kinds(dialect, Family::Propose)),
        row("confirms it", &|dialect| kinds(dialect, Family::Acknowledge)),
        row("tells what is done, or only that one lives", &|dialect| kinds(dialect, Family::Commit)),
    ]
}
