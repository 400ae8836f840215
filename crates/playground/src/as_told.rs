//! A run *as told*: what would have come of it if a wrong answer to a question were right.
//!
//! An answer may name the rules that its belief leaves out. The same scenario without them is a scenario like any
//! other, so it can be opened, shared and embedded. What the author says and expects from the question on belongs to
//! the other run and is left out; the promises that break are written down in its stead, so that the run verifies.

use crate::director::{Director, Progress};
use crate::lookout::Notes;
use crate::narrate;
use crate::run::{Run, Trouble};
use check::Violation;
use protocol::{Protocol, RuleSet, Time};
use scenario::{Answer, Invitation, Line, Moment, Scenario, limits, print};

/// The scenario as told by an answer to the question in a line of it, as text.
///
/// # Errors
/// If there is no such answer, if it leaves out no rule, or if nothing comes of it.
pub(crate) fn as_told<P: Protocol>(
    scenario: &Scenario,
    line: usize,
    place: usize,
) -> Result<String, Trouble> {
    let Some(Line::Ask { answers, .. }) = scenario.lines.get(line) else {
        return Err(format!("step {} of this run asks nothing", line + 1));
    };
    let Some(answer) = answers.get(place) else {
        return Err(format!("the question of step {} has no answer {}", line + 1, place + 1));
    };
    if answer.without.is_empty() {
        return Err(format!("“{}” leaves out no rule", answer.words));
    }
    let Variant { scenario: mut told, fork, belief } = variant::<P>(scenario, line, answer);
    let Played { director, forked_at } = play::<P>(&told, fork);
    if director.failures.iter().any(|failure| failure.line == belief) {
        return Err(format!("“{}” does not come true here", answer.words));
    }
    if director.checker.violations().is_empty() {
        return Err(format!("“{}” breaks no promise here", answer.words));
    }
    for failure in &director.failures {
        excuse(&mut told.lines[failure.line]);
    }
    (told.open_at, told.passed) = (Some(forked_at), 0);
    told.lines.extend(ending::<P>(director.checker.violations()));
    Ok(print(&told, P::DIALECT))
}

/// Every answer of a run that leaves rules out, and breaks no promise all the same: what `verify` says of it.
pub fn idle_beliefs(run: &dyn Run) -> Vec<String> {
    let asked = run.scenario().lines.iter().enumerate().filter_map(|(line, what)| match what {
        Line::Ask { answers, .. } => Some((line, answers)),
        _ => None,
    });
    let beliefs = asked.flat_map(|(line, answers)| {
        let told = answers.iter().enumerate().filter(|(_, answer)| !answer.without.is_empty());
        told.map(move |(place, _)| (line, place))
    });
    let idle = beliefs.filter_map(|(line, place)| {
        let trouble = run.as_told(line, place).err()?;
        Some(format!("as told, step {}: {trouble}", line + 1))
    });
    idle.collect()
}

/// A scenario without the rules that an answer leaves out.
struct Variant {
    scenario: Scenario,
    /// The line at which it parts from the original.
    fork: usize,
    /// The line that expects what was believed.
    belief: usize,
}

fn variant<P: Protocol>(scenario: &Scenario, line: usize, answer: &Answer) -> Variant {
    let mut told = scenario.clone();
    told.config.off = RuleSet(told.config.off.0 | answer.without.0);
    let title =
        if scenario.title.is_empty() { "As told".to_owned() } else { scenario.title.clone() + ", as told" };
    told.title = cut(&format!("{title}: {}", answer.words));
    let before = scenario.lines[..line].iter();
    told.lines = before.filter_map(|line| played(line).or_else(|| captioned(line))).collect();
    let fork = told.lines.len();
    let changes = answer.without.iter().map(|rule| P::DIALECT.rule(rule));
    let changes: Vec<String> =
        changes.map(|rule| format!("The rule {} is off. {}", rule.key, rule.when_off)).collect();
    let words = format!("As told: “{}”. {}", answer.words, changes.join(" "));
    told.lines.push(Line::Caption(narrate::as_caption(&words)));
    // The original decides at the next thing that it says; so does this one.
    let rest = &scenario.lines[line + 1..];
    let speaks = |line: &Line| {
        matches!(line, Line::Caption(_) | Line::Ask { .. } | Line::Goal { .. } | Line::Invite { .. })
    };
    let decided = rest.iter().position(speaks).unwrap_or(rest.len());
    told.lines.extend(rest[..decided].iter().filter_map(played));
    let belief = told.lines.len();
    told.lines.push(Line::Expect(answer.condition.clone()));
    told.lines.extend(rest[decided..].iter().filter_map(played));
    Variant { scenario: told, fork, belief }
}

/// What a line does to the run, if it does anything. What the reader is invited to do is done.
fn played(line: &Line) -> Option<Line> {
    match line {
        Line::Act { .. } | Line::Run(_) | Line::At(_) | Line::Until { .. } | Line::DeliverAll => {
            Some(line.clone())
        }
        Line::Invite { what: Invitation::Act(action), .. } => {
            Some(Line::Act { action: action.clone(), tolerant: false })
        }
        _ => None,
    }
}

fn captioned(line: &Line) -> Option<Line> {
    matches!(line, Line::Caption(_)).then(|| line.clone())
}

/// A run that was played to the end of its script.
struct Played<P: Protocol> {
    director: Director<P>,
    /// Where the line at which it parts was passed.
    forked_at: Moment,
}

fn play<P: Protocol>(told: &Scenario, fork: usize) -> Played<P> {
    let end = Time(u64::MAX);
    let mut director = Director::<P>::new(told);
    let mut forked_at = None;
    loop {
        director.settle(told, end, usize::MAX);
        if director.line > fork {
            forked_at.get_or_insert(director.moment());
        }
        if director.script_done(told)
            || director.advance(told, end, usize::MAX, Notes::None) != Progress::Event
        {
            let forked_at = forked_at.unwrap_or_else(|| director.moment());
            return Played { director, forked_at };
        }
    }
}

/// What does not come about in this run is no failure of it: an action may be refused, and a wait ends at its bound.
/// Neither changes what happens.
pub(crate) fn excuse(line: &mut Line) {
    match line {
        Line::Act { tolerant, .. } => *tolerant = true,
        Line::Until { within, .. } => *line = Line::Run(*within),
        Line::At(moment) => moment.n = 0,
        _ => {}
    }
}

/// What breaks, told and expected.
fn ending<P: Protocol>(violations: &[Violation]) -> Vec<Line> {
    let name = |key| {
        P::DIALECT.promises.iter().find(|promise| promise.key == key).map_or(key, |promise| promise.name)
    };
    let first =
        violations.first().map(|broken| format!("{} is broken: {}", name(broken.promise), broken.text));
    let mut lines: Vec<Line> =
        first.map(|text| Line::Caption(narrate::as_caption(&narrate::stopped(text)))).into_iter().collect();
    let mut expected: Vec<&str> = Vec::new();
    for broken in violations {
        if !expected.contains(&broken.promise) {
            expected.push(broken.promise);
        }
    }
    lines.extend(expected.into_iter().map(|promise| Line::ExpectViolation(promise.to_owned())));
    lines
}

/// No longer than a title may be.
fn cut(text: &str) -> String {
    match text.char_indices().nth(limits::CAPTION - 1) {
        Some((end, _)) if text.chars().count() > limits::CAPTION => format!("{}…", &text[..end]),
        _ => text.to_owned(),
    }
}
