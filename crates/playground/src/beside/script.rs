//! What each protocol is given: the same lines at the same instants. Where a line waits for something, all wait until the
//! last of them has it. On the way the story is told, if it is theirs.

use super::judge::{Side, asked_of};
use super::play::{self, Play};
use super::story::{self, Story};
use super::words::Words;
use crate::run::Trouble;
use protocol::{Dialect, Span, Time};
use scenario::{Expr, Invitation, Line, Moment, Scenario};

/// The most lines that are played for each protocol at once.
const MOST_LINES: usize = 2_000;
/// How exactly the instant is written at which all go on.
const GRAIN: u64 = 1_000;

/// What one protocol is given.
pub(super) struct Script {
    pub(super) scenario: Scenario,
    /// What it could not be given, or was given in vain, in words.
    pub(super) lacks: Vec<String>,
}

/// One protocol while its script is written.
struct Writer {
    play: Box<dyn Play>,
    words: Words,
    /// What is played: with the lines that wait.
    played: Scenario,
    script: Vec<Line>,
    lacks: Vec<String>,
}

impl Writer {
    fn new(scenario: &Scenario, words: Words) -> Result<Writer, Trouble> {
        let (config, lacks) = words.config(&scenario.config);
        let lines = scenario.lines.iter().filter_map(|line| words.line(line)).flatten();
        let lines = lines.chain(asked(scenario, words).into_iter().map(Line::Expect)).collect();
        let whole = Scenario {
            protocol: words.to.key.to_owned(),
            beside: Vec::new(),
            config,
            lines,
            open_at: None,
            passed: 0,
            left: None,
            title: scenario.title.clone(),
            rival: None,
        };
        let play = play::start(&whole)?;
        let played = Scenario { lines: Vec::new(), ..whole };
        Ok(Writer { play, words, played, script: Vec::new(), lacks })
    }

    /// Plays one more line.
    fn play(&mut self, line: Line) {
        self.played.lines.push(line);
        self.play.to_line(&self.played, self.played.lines.len());
    }

    fn give(&mut self, line: Line) {
        self.script.push(line.clone());
        self.play(line);
    }

    /// The line in this protocol's words; if there are none, that is noted.
    fn put(&mut self, line: &Line) -> Vec<Line> {
        let put = self.words.line(line);
        if put.is_none() {
            self.lacks.push(said(line, self.words.from));
        }
        put.unwrap_or_default()
    }
}

/// What the story asks of one protocol's run: that has to be counted and watched from the start.
fn asked(scenario: &Scenario, words: Words) -> Vec<Expr> {
    if !scenario.compares() {
        return Vec::new();
    }
    let conditions = scenario.lines.iter().flat_map(|line| match line {
        Line::Expect(condition) => vec![condition],
        Line::Ask { answers, .. } => answers.iter().map(|answer| &answer.condition).collect(),
        _ => Vec::new(),
    });
    conditions.flat_map(|condition| asked_of(condition, words)).collect()
}

/// A line as its author wrote it.
fn said(line: &Line, dialect: &Dialect) -> String {
    match line {
        Line::Act { action, .. } | Line::Invite { what: Invitation::Act(action), .. } => {
            scenario::print_action(action, dialect)
        }
        Line::Until { condition, .. } => {
            format!("until {}", scenario::print_condition(condition, dialect))
        }
        _ => String::new(),
    }
}

/// What was written.
pub(super) struct Written<'a> {
    /// The script of the scenario's protocol, and of those beside it.
    pub(super) scripts: Vec<Script>,
    /// When they end.
    pub(super) ends_at: Time,
    /// What was told on the way.
    pub(super) story: Story<'a>,
}

/// Writes the scripts of the scenario's protocol and of those beside it.
pub(super) fn write<'a>(
    scenario: &'a Scenario,
    dialects: &[&'static Dialect],
) -> Result<Written<'a>, Trouble> {
    if scenario.lines.len() > MOST_LINES {
        return Err(format!("a scenario of more than {MOST_LINES} lines cannot be laid side by side"));
    }
    let words = dialects.iter().map(|to| Words { from: dialects[0], to });
    let mut writers = words.map(|words| Writer::new(scenario, words)).collect::<Result<Vec<_>, _>>()?;
    // Its own time, from which moments are counted that the others may reach later.
    let mut alone = play::start(scenario)?;
    let mut story = Story::new(scenario, dialects[0]);
    let told = scenario.compares();
    let mut waited = false;
    for (i, line) in scenario.lines.iter().enumerate() {
        let before = alone.now();
        alone.to_line(scenario, i + 1);
        if told {
            story.take(i, now(&writers), &sides(&writers));
            waited |= story::waits(line);
        }
        // Where the story waits, what it waits to do must not be seen yet.
        if waited && matches!(line, Line::Act { .. } | Line::Invite { .. } | Line::DeliverAll) {
            go_on(&mut writers, Span(1));
        }
        waited &= matches!(line, Line::Stop | Line::Ask { .. } | Line::Look(_) | Line::Expect(_));
        match line {
            Line::Until { .. } => wait(&mut writers, line),
            Line::At(moment) => go_to(&mut writers, *moment, before),
            _ => {
                for writer in &mut writers {
                    writer.put(line).into_iter().for_each(|line| writer.give(line));
                }
            }
        }
    }
    let ends_at = now(&writers);
    if told {
        story.end(ends_at, &sides(&writers));
    }
    let scripts = writers.into_iter().map(|writer| Script {
        scenario: Scenario { lines: writer.script, ..writer.played },
        lacks: writer.lacks.into_iter().filter(|lack| !lack.is_empty()).collect(),
    });
    Ok(Written { scripts: scripts.collect(), ends_at, story })
}

fn sides(writers: &[Writer]) -> Vec<Side<'_>> {
    writers.iter().map(|writer| Side { words: writer.words, play: writer.play.as_ref() }).collect()
}

/// All let so much time pass.
fn go_on(writers: &mut [Writer], by: Span) {
    let at = now(writers) + by;
    for writer in writers {
        writer.give(Line::At(Moment { at, n: 0 }));
    }
}

fn now(writers: &[Writer]) -> Time {
    writers.iter().map(|writer| writer.play.now()).max().unwrap_or_default()
}

/// All wait until each has what it waits for, or has waited long enough.
fn wait(writers: &mut [Writer], line: &Line) {
    for writer in writers.iter_mut() {
        let failures = writer.play.failures();
        writer.put(line).into_iter().for_each(|line| writer.play(line));
        if writer.play.failures() > failures {
            writer.lacks.push(format!("{} in vain", said(line, writer.words.from)));
        }
    }
    let at = Time((now(writers).0 / GRAIN + 1) * GRAIN);
    for writer in writers {
        writer.give(Line::At(Moment { at, n: 0 }));
    }
}

/// A moment of the first protocol's own run: as long after the line before it as there.
fn go_to(writers: &mut [Writer], moment: Moment, before: Time) {
    let now = now(writers);
    let n = if now == before { moment.n } else { 0 };
    let at = now + Span(moment.at.0.saturating_sub(before.0));
    for (place, writer) in writers.iter_mut().enumerate() {
        writer.give(Line::At(Moment { at, n: if place == 0 { n } else { 0 } }));
    }
}
