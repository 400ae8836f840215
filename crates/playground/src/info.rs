//! What does not change during a run.

use crate::rival::RivalView;
use crate::run::{ENGINE, Run, option_value};
use protocol::{Declined, KindInfo, TimerInfo};
use scenario::{Line, words_of};
use serde::Serialize;

/// The protocol's words.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProtocolInfo {
    /// Its name in scenarios.
    pub key: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// Its word for an era of leadership.
    pub term: &'static str,
    /// Its word for a place in the log.
    pub index: &'static str,
    /// Its word for done for good.
    pub committed: &'static str,
    /// Its word for a vote.
    pub support: &'static str,
    /// What one does in a role that leads.
    pub leads: &'static str,
    /// True if a client has to find the server that leads.
    pub finds_leader: bool,
    /// What clients may ask for, as it is written.
    pub operations: &'static str,
    /// True if places are filled in any order.
    pub slots: bool,
}

/// An option and its value.
#[derive(Clone, Debug, Serialize)]
pub struct OptionView {
    /// Its key.
    pub key: &'static str,
    /// What it does.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
    /// Its value in words.
    pub value: String,
}

/// The network's settings at the start; times in microseconds, chances in millionths.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkView {
    /// The shortest latency.
    pub least: u64,
    /// The longest.
    pub most: u64,
    /// The extra delay.
    pub jitter: u64,
    /// How likely a message is lost.
    pub loss: u32,
    /// How likely it is doubled.
    pub duplicate: u32,
    /// How likely it is held back.
    pub reorder: u32,
}

/// Where a link asked to be opened.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct OpenAt {
    /// The position.
    pub position: u32,
    /// The time.
    pub at: u64,
}

/// A step of the story.
#[derive(Clone, Debug, Serialize)]
pub struct StoryStep {
    /// Its line.
    pub line: usize,
    /// `caption`, `stop`, `ask`, `goal` or `invite`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
}

/// The engine.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct EngineInfo {
    /// Its version.
    pub version: u32,
    /// The version of the scenario's form.
    pub format: u32,
}

/// What does not change during a run.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Info {
    /// The scenario's title.
    pub title: String,
    /// Another run that is to be compared with this one.
    pub rival: Option<RivalView>,
    /// What is to be said of a run that begins in the middle; empty for all others.
    pub synthetic: String,
    /// The protocol's words.
    pub protocol: ProtocolInfo,
    /// The keys of the protocols that the scenario lays beside it.
    pub beside: Vec<String>,
    /// Its kinds of message.
    pub kinds: &'static [KindInfo],
    /// Its timers.
    pub timers: &'static [TimerInfo],
    /// What a reader may expect of it that it does not promise.
    pub declines: &'static [Declined],
    /// Its options.
    pub options: Vec<OptionView>,
    /// How many servers.
    pub servers: u8,
    /// How many clients.
    pub clients: u8,
    /// The seed.
    pub seed: u64,
    /// The network at the start.
    pub network: NetworkView,
    /// How long a client waits before it asks again, in microseconds.
    pub client_timeout: u64,
    /// How often it asks again before it gives up.
    pub client_retries: u8,
    /// True if the script never moves the clock.
    pub by_hand: bool,
    /// Where the link asked to be opened.
    pub open_at: Option<OpenAt>,
    /// The steps of the story.
    pub story: Vec<StoryStep>,
    /// The engine.
    pub engine: EngineInfo,
}

/// What does not change during a run; `open_at` is where the link asked to be opened.
pub fn info(run: &dyn Run, open_at: Option<OpenAt>) -> Info {
    let (dialect, scenario) = (run.dialect(), run.scenario());
    let config = &scenario.config;
    let moves = scenario
        .lines
        .iter()
        .any(|line| matches!(line, Line::Act { .. } | Line::DeliverAll | Line::Invite { .. }));
    let clock = scenario.lines.iter().any(|line| {
        matches!(line, Line::Run(_) | Line::Until { .. })
            || matches!(line, Line::At(moment) if moment.at.0 > 0)
    });
    let options = dialect.options.iter().zip(&config.options);
    Info {
        title: scenario.title.clone(),
        rival: crate::rival::view(scenario, dialect),
        synthetic: crate::synthetic::words(config),
        protocol: ProtocolInfo {
            key: dialect.key,
            name: dialect.name,
            term: dialect.term,
            index: dialect.index,
            committed: dialect.committed,
            support: dialect.support,
            leads: dialect.leads,
            finds_leader: dialect.finds_leader,
            operations: dialect.operations(),
            slots: dialect.slots,
        },
        beside: scenario.beside.clone(),
        kinds: dialect.kinds,
        timers: dialect.timers,
        declines: dialect.declines,
        options: options
            .map(|(option, value)| OptionView {
                key: option.key,
                words: option.words,
                source: option.source,
                value: option_value(&option.kind, *value),
            })
            .collect(),
        servers: config.servers,
        clients: config.clients,
        seed: config.seed,
        network: crate::links::view(&config.network),
        client_timeout: config.client_timeout.0,
        client_retries: config.client_retries,
        by_hand: moves && !clock,
        open_at,
        story: story(&scenario.lines),
        engine: EngineInfo { version: ENGINE, format: 1 },
    }
}

fn story(lines: &[Line]) -> Vec<StoryStep> {
    let step = |(line, what): (usize, &Line)| {
        let (kind, text) = match what {
            Line::Caption(text) => ("caption", words_of(text)),
            Line::Stop => ("stop", String::new()),
            Line::Ask { question, .. } => ("ask", question.clone()),
            Line::Goal { words, .. } => ("goal", words.clone()),
            Line::Invite { words, .. } => ("invite", words.clone()),
            _ => return None,
        };
        Some(StoryStep { line, kind, text })
    };
    lines.iter().enumerate().filter(|(_, line)| !line.names_a_protocol()).filter_map(step).collect()
}
