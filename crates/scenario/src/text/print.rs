//! The canonical text: settings in a fixed order and only where they differ from the defaults, one way to write each
//! thing.

use super::cursor::is_bare;
use super::header::VERSION;
use crate::{Invitation, Line, LookAt, Moment, Scenario};
use protocol::{Dialect, OptionInfo, OptionKind, RuleId, Span};
use sim::{Config, Disk, Link};
use std::fmt::{Display, Write};

/// The scenario as text, which [`crate::parse`] reads back as the same scenario.
pub fn print(scenario: &Scenario, dialect: &Dialect) -> String {
    let mut printer = Printer::new(dialect);
    printer.scenario(scenario);
    if let Some(rival) = &scenario.rival {
        printer.push("\nrival\n");
        printer.scenario(rival);
    }
    printer.out
}
/// Writes text. Each noun adds its own writings to it, in the file that is named after the noun.
pub(crate) struct Printer<'a> {
    pub(crate) out: String,
    pub(crate) dialect: &'a Dialect,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(dialect: &'a Dialect) -> Printer<'a> {
        Printer { out: String::new(), dialect }
    }

    /// A condition as text.
    pub(crate) fn show(condition: &crate::Expr, dialect: &'a Dialect) -> String {
        let mut printer = Printer::new(dialect);
        printer.expr(condition);
        printer.out
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn put(&mut self, thing: &dyn Display) {
        // Writing into a String cannot fail.
        let _ = write!(self.out, "{thing}");
    }

    /// A word, and things behind it with blanks between.
    pub(super) fn words(&mut self, word: &str, things: &[&dyn Display]) {
        self.push(word);
        for thing in things {
            self.push(" ");
            self.put(*thing);
        }
    }

    /// A text in quotes.
    pub(super) fn quoted(&mut self, text: &str) {
        self.push("\"");
        for sign in text.chars() {
            if matches!(sign, '"' | '\\') {
                self.push("\\");
            }
            self.out.push(sign);
        }
        self.push("\"");
    }

    /// A key or a value, in quotes where it needs them.
    pub(super) fn bare(&mut self, text: &str) {
        if !text.is_empty() && text.chars().all(is_bare) { self.push(text) } else { self.quoted(text) }
    }

    pub(super) fn percent(&mut self, millionths: u32) {
        let (whole, rest) = (millionths / 10_000, millionths % 10_000);
        self.put(&whole);
        if rest != 0 {
            let decimals = format!(".{rest:04}");
            self.push(decimals.trim_end_matches('0'));
        }
        self.push("%");
    }

    pub(super) fn range(&mut self, least: Span, most: Span) {
        self.put(&least);
        if least != most {
            self.push("..");
            self.put(&most);
        }
    }

    pub(super) fn moment(&mut self, moment: Moment) {
        self.put(&moment.at);
        if moment.n != 0 {
            self.push(" #");
            self.put(&moment.n);
        }
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.header(scenario);
        for (i, line) in scenario.lines.iter().enumerate() {
            self.left_before(i, scenario);
            if i == 0 || matches!(line, Line::Caption(_)) {
                self.push("\n");
            }
            self.line(line);
            self.push("\n");
        }
        self.left_before(scenario.lines.len(), scenario);
    }

    fn left_before(&mut self, line: usize, scenario: &Scenario) {
        if scenario.left == Some(line) {
            self.push("leave\n");
        }
    }

    fn header(&mut self, scenario: &Scenario) {
        self.words("consensus", &[&VERSION]);
        if !scenario.title.is_empty() {
            self.push("\ntitle ");
            self.quoted(&scenario.title);
        }
        self.words("\nprotocol", &[&scenario.protocol]);
        for (i, key) in scenario.beside.iter().enumerate() {
            self.words(if i == 0 { "\nbeside" } else { "" }, &[key]);
        }
        self.config(&scenario.config);
        if let Some(moment) = scenario.open_at {
            self.push("\nopen at ");
            self.moment(moment);
            if scenario.passed > 0 {
                self.words(" past", &[&scenario.passed]);
            }
        }
        self.push("\n");
    }

    fn config(&mut self, config: &Config) {
        let frozen = Config::of(self.dialect);
        if config.servers != frozen.servers {
            self.words("\nservers", &[&config.servers]);
        }
        if config.clients != frozen.clients {
            self.words("\nclients", &[&config.clients]);
        }
        if config.seed != frozen.seed {
            self.words("\nseed", &[&config.seed]);
        }
        for (option, value) in self.dialect.options.iter().zip(&config.options) {
            if *value != option.default {
                self.words("\noption", &[&option.key]);
                self.push(" ");
                self.option_value(option, *value);
            }
        }
        for rule in config.off.iter() {
            self.push("\n");
            self.without(rule);
        }
        if config.network != frozen.network {
            self.push("\nnetwork");
            self.link_settings(config.network);
        }
        for ((from, to), link) in &config.links {
            self.push("\nlink ");
            self.put(from);
            self.push("->");
            self.put(to);
            self.link_settings(*link);
        }
        match config.disk {
            Disk::Sync => {}
            Disk::Explicit => self.push("\ndisk explicit"),
            Disk::Takes { least, most } => {
                self.push("\ndisk ");
                self.range(least, most);
            }
        }
        if config.client_timeout != frozen.client_timeout {
            self.words("\nclient-timeout", &[&config.client_timeout]);
        }
        if config.client_retries != frozen.client_retries {
            self.words("\nclient-retries", &[&config.client_retries]);
        }
        for preset in &config.presets {
            self.push("\n");
            self.preset(preset);
        }
    }

    fn option_value(&mut self, option: &OptionInfo, value: i64) {
        let chosen =
            |keys: &[&'static str]| usize::try_from(value).ok().and_then(|place| keys.get(place).copied());
        match option.kind {
            OptionKind::Flag => self.push(chosen(&["off", "on"]).unwrap_or("?")),
            OptionKind::Choice(keys) => self.push(chosen(keys).unwrap_or("?")),
            OptionKind::Number { none: Some(none), .. } if value == 0 => self.push(none),
            OptionKind::Number { .. } => self.put(&value),
            OptionKind::Span { .. } => self.put(&Span(u64::try_from(value).unwrap_or(u64::MAX))),
        }
    }

    /// The settings of a link that differ from the defaults, each with a blank before it.
    pub(super) fn link_settings(&mut self, link: Link) {
        let frozen = Link::default();
        if (link.least, link.most) != (frozen.least, frozen.most) {
            self.push(" latency ");
            self.range(link.least, link.most);
        }
        if link.jitter != frozen.jitter {
            self.words(" jitter", &[&link.jitter]);
        }
        let chances = [
            (" loss ", link.loss, frozen.loss),
            (" duplicate ", link.duplicate, frozen.duplicate),
            (" reorder ", link.reorder, frozen.reorder),
        ];
        for (word, chance, frozen) in chances {
            if chance != frozen {
                self.push(word);
                self.percent(chance);
            }
        }
    }

    fn rule_key(&self, rule: RuleId) -> &'static str {
        self.dialect.rules.get(usize::from(rule.0)).map_or("?", |rule| rule.key)
    }

    fn line(&mut self, line: &Line) {
        match line {
            Line::Act { action, tolerant } => {
                self.push(if *tolerant { "try " } else { "" });
                self.action(action);
            }
            Line::Run(span) => self.words("run", &[span]),
            Line::At(moment) => {
                self.push("at ");
                self.moment(*moment);
            }
            Line::Until { condition, within } => {
                self.push("until ");
                self.expr(condition);
                self.words(" within", &[within]);
            }
            Line::DeliverAll => self.push("deliver all"),
            Line::Caption(text) => {
                self.push("caption ");
                self.quoted(text);
            }
            Line::Stop => self.push("stop"),
            Line::Ask { question, answers } => {
                self.push("ask ");
                self.quoted(question);
                for answer in answers {
                    self.push("\n  answer ");
                    self.quoted(&answer.words);
                    self.push(" if ");
                    self.expr(&answer.condition);
                    for (i, rule) in answer.without.iter().enumerate() {
                        self.words(if i == 0 { " without" } else { "" }, &[&self.rule_key(rule)]);
                    }
                }
            }
            Line::Goal { words, condition, moves } => {
                self.push("goal ");
                self.quoted(words);
                self.push(" until ");
                self.expr(condition);
                self.words(" within", &[moves, if *moves == 1 { &"move" } else { &"moves" }]);
            }
            Line::Look(at) => self.look(at),
            Line::Expect(condition) => {
                self.push("expect ");
                self.expr(condition);
            }
            Line::ExpectViolation(name) => self.words("expect violation", &[name]),
            Line::Invite { words, what } => {
                self.push("invite ");
                self.quoted(words);
                self.push(" ");
                self.invitation(what);
            }
        }
    }

    fn invitation(&mut self, what: &Invitation) {
        match what {
            Invitation::Act(action) => self.action(action),
            Invitation::Back => self.push("back"),
            Invitation::Without(rule) => self.without(*rule),
        }
    }

    fn without(&mut self, rule: RuleId) {
        self.words("without", &[&self.rule_key(rule)]);
    }

    fn look(&mut self, at: &LookAt) {
        match at {
            LookAt::Place(place) => self.words("look", &[place]),
            LookAt::Entry { index, at: None } => self.words("look entry", &[index]),
            LookAt::Entry { index, at: Some(target) } => self.words("look entry", &[index, &"at", target]),
            LookAt::Message(message) => {
                self.push("look message ");
                self.message(message);
            }
            LookAt::Panel(panel) => self.words("look panel", &[&panel.name()]),
        }
    }
}
