//! The header: everything that is settled before the first line.

use super::cursor::Cursor;
use super::error::Read;
use super::parser::{Lines, Reader, Scope};
use super::preset::Presets;
use super::suggest;
use super::suggest::unknown;
use crate::{Scenario, limits};
use protocol::{Dialect, OptionInfo, OptionKind};
use sim::{Addr, Config, Disk, Link, Place, Target};

/// The version of the text form and of the link form that this crate writes. It reads this one and all before it.
pub(crate) const VERSION: u64 = 1;

/// The settings of a link.
const LINK_WORDS: [&str; 5] = ["latency", "jitter", "loss", "duplicate", "reorder"];

const WORDS: [&str; 16] = [
    "title",
    "protocol",
    "servers",
    "clients",
    "seed",
    "option",
    "without",
    "network",
    "link",
    "disk",
    "client-timeout",
    "client-retries",
    "open",
    "preset",
    "consensus",
    "beside",
];

/// Reads the header. The line behind it is given back.
pub(super) fn read(
    lines: &mut Lines<'_>,
    dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
) -> Read<(Scenario, &'static Dialect)> {
    version(lines)?;
    let mut title = None;
    let (dialect, key) = loop {
        let Some(mut line) = lines.next() else { return Err(lines.missing("`protocol` and its name")) };
        let at = line.here();
        match line.word() {
            Some("title") if title.is_none() => title = Some(quoted_title(line)?),
            Some("protocol") => break protocol(line, dialects)?,
            Some(word) if WORDS.contains(&word) => {
                let message = format!("`{word}` comes too early");
                return Err(line.error(at, message, "`protocol` and its name before it"));
            }
            _ => {
                return Err(line.error(
                    at,
                    "the protocol is not named yet".into(),
                    "`protocol` and its name",
                ));
            }
        }
    };
    let seen = title.iter().map(|_| "title".to_owned()).collect();
    let title = title.unwrap_or_default();
    let mut header = Header {
        config: Config::of(dialect),
        dialect,
        seen,
        title,
        beside: Vec::new(),
        open_at: None,
        passed: 0,
        presets: Presets::default(),
    };
    while let Some(mut line) = lines.next() {
        let mut ahead = line;
        let at = line.here();
        match ahead.word() {
            // `network` is also an action, which names the link, or all: with that the header is over.
            Some(word) if WORDS.contains(&word) && (word != "network" || !names_links(ahead)) => {
                line.word();
                match word {
                    "beside" => header.beside(line, at, &key, dialects)?,
                    _ => header.line(line, word, at)?,
                }
            }
            _ => {
                lines.give_back(line);
                break;
            }
        }
    }
    let Header { mut config, title, beside, open_at, passed, presets, .. } = header;
    config.presets = presets.judged(config.servers, dialect)?;
    let scenario = Scenario {
        title,
        protocol: key,
        beside,
        config,
        lines: Vec::new(),
        open_at,
        passed,
        left: None,
        rival: None,
    };
    Ok((scenario, dialect))
}

fn version(lines: &mut Lines<'_>) -> Read<()> {
    let Some(mut line) = lines.next() else { return Err(lines.missing("`consensus 1` as the first line")) };
    let at = line.here();
    if !line.eat_word("consensus") {
        return Err(line.error(at, "this is no scenario".into(), "`consensus 1` as the first line"));
    }
    let at = line.here();
    let digits = line.digits();
    let newer = digits.parse::<u64>().is_ok_and(|version| version > VERSION);
    if newer || digits.len() > 6 {
        let message = format!(
            "this text was written for a newer version of this program, which reads version {VERSION}"
        );
        return Err(line.error(at, message, ""));
    }
    if digits != "1" || !line.at_end() {
        return Err(line.error(at, "this is no version".into(), "`consensus 1`"));
    }
    Ok(())
}

fn quoted_title(line: Cursor<'_>) -> Read<String> {
    let off = protocol::RuleSet::default();
    let nothing = Scope { dialect: &NOTHING, servers: 0, clients: 0, off, sides: Vec::new() };
    let mut reader = Reader::new(line, &nothing);
    let title = reader.quoted("the title", limits::CAPTION)?;
    reader.end()?;
    Ok(title)
}

fn protocol(
    mut line: Cursor<'_>,
    dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
) -> Read<(&'static Dialect, String)> {
    let at = line.here();
    let Some(word) = line.word() else { return Err(line.unexpected("the name of a protocol")) };
    let Some(dialect) = dialects(word).filter(|dialect| dialect.key == word) else {
        return Err(line.error(at, unknown("protocol", word, "", &[]), ""));
    };
    if !line.at_end() {
        return Err(line.unexpected("the end of the line"));
    }
    Ok((dialect, word.to_owned()))
}

/// A dialect without words, for the lines that stand above `protocol`.
static NOTHING: Dialect = Dialect {
    key: "",
    name: "",
    term: "",
    index: "",
    committed: "",
    support: "",
    leads: "",
    finds_leader: true,
    no_sync: "",
    channel: protocol::Channel::Reorderable,
    slots: false,
    roles: &[],
    timers: &[],
    kinds: &[],
    options: &[],
    paces: &[],
    rules: &[],
    promises: &[],
    declines: &[],
    presets: None,
};

struct Header<'a> {
    config: Config,
    dialect: &'static Dialect,
    /// The settings that were made, each of which may be made once.
    seen: Vec<String>,
    title: String,
    beside: Vec<String>,
    open_at: Option<crate::Moment>,
    passed: u16,
    presets: Presets<'a>,
}

impl<'a> Header<'a> {
    /// What should stand below this setting, if a line that names servers or clients stands above.
    fn names_places(&self, word: &str) -> Option<&'static str> {
        match word {
            "servers" | "clients" if !self.config.links.is_empty() => Some("it above every `link`"),
            "servers" if !self.presets.is_empty() => Some("it above every `preset`"),
            _ => None,
        }
    }

    fn line(&mut self, line: Cursor<'a>, word: &str, at: usize) -> Read<()> {
        let scope = Scope {
            dialect: self.dialect,
            servers: self.config.servers,
            clients: self.config.clients,
            off: self.config.off,
            sides: Vec::new(),
        };
        let mut reader = Reader::new(line, &scope);
        if let Some(above) = self.names_places(word) {
            return Err(line.error(at, format!("`{word}` comes too late"), above));
        }
        let mut setting = word.to_owned();
        match word {
            "servers" => self.config.servers = small(reader.number("a number of servers", 1, 12)?),
            "clients" => self.config.clients = small(reader.number("a number of clients", 0, 12)?),
            "seed" => self.config.seed = reader.number("a seed", 0, u64::MAX)?,
            "network" => self.config.network = reader.link_settings()?,
            "disk" => self.config.disk = reader.disk()?,
            "client-timeout" => self.config.client_timeout = reader.span()?,
            "client-retries" => {
                self.config.client_retries = small(reader.number("a number of retries", 0, 255)?)
            }
            "title" => self.title = reader.quoted("the title", limits::CAPTION)?,
            "open" => {
                reader.keyword("at")?;
                self.open_at = Some(reader.moment()?);
                if reader.cursor.eat_word("past") {
                    let passed = reader.number("how often the story waits there", 1, u64::from(u16::MAX))?;
                    self.passed = u16::try_from(passed).unwrap_or(u16::MAX);
                }
            }
            "option" => {
                let (place, value) = reader.option()?;
                setting = format!("option {}", self.dialect.options[place].key);
                if let Some(slot) = self.config.options.get_mut(place) {
                    *slot = value;
                }
            }
            "without" => {
                let rule = reader.rule()?;
                setting = format!("without {}", self.dialect.rule(rule).key);
                self.config.off = self.config.off.with(rule);
            }
            "link" => {
                for (ends, link) in reader.own_links()? {
                    let place = self.config.links.binary_search_by_key(&ends, |(ends, _)| *ends);
                    let Err(place) = place else {
                        return Err(line.error(at, "this link has settings of its own already".into(), ""));
                    };
                    self.config.links.insert(place, (ends, link));
                }
                reader.end()?;
                return Ok(());
            }
            "preset" => return self.presets.read(line, reader, at),
            _ => return Err(line.error(at, format!("`{word}` stands here a second time"), "")),
        }
        reader.end()?;
        if self.seen.contains(&setting) {
            return Err(line.error(at, format!("`{setting}` stands here a second time"), ""));
        }
        self.seen.push(setting);
        Ok(())
    }

    /// The names of other protocols: each once, and one at least.
    fn beside(
        &mut self,
        mut line: Cursor<'_>,
        at: usize,
        own: &str,
        dialects: &dyn Fn(&str) -> Option<&'static Dialect>,
    ) -> Read<()> {
        if !self.beside.is_empty() {
            return Err(line.error(at, "`beside` stands here a second time".into(), ""));
        }
        while self.beside.is_empty() || !line.at_end() {
            let at = line.here();
            let Some(word) = line.word() else { return Err(line.unexpected("the name of a protocol")) };
            if dialects(word).is_none() {
                return Err(line.error(at, unknown("protocol", word, "", &[]), ""));
            }
            if word == own || self.beside.iter().any(|key| key == word) {
                return Err(line.error(at, format!("`{word}` is named already"), "another protocol"));
            }
            if self.beside.len() == limits::BESIDE {
                let message = format!("more than {} protocols beside the first", limits::BESIDE);
                return Err(line.error(at, message, "the end of the line"));
            }
            self.beside.push(word.to_owned());
        }
        Ok(())
    }
}

/// True if what follows `network` is `all` or a place, and not a setting.
pub(super) fn names_links(mut line: Cursor<'_>) -> bool {
    line.word().is_some_and(|word| !LINK_WORDS.contains(&word))
}

fn small(number: u64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl Reader<'_> {
    /// This word has to follow.
    pub(super) fn keyword(&mut self, word: &str) -> Read<()> {
        if self.cursor.eat_word(word) { Ok(()) } else { Err(self.cursor.unexpected(&format!("`{word}`"))) }
    }

    /// `latency 20ms..40ms jitter 5ms loss 1% duplicate 1% reorder 1%`, each at most once, in any order. What is not
    /// said is at its default.
    pub(super) fn link_settings(&mut self) -> Read<Link> {
        const EXPECTED: &str = "`latency`, `jitter`, `loss`, `duplicate` or `reorder`";
        const CHANCE: &str = "a chance from `0%` to `100%`, such as `0.25%`";
        let mut link = Link::default();
        let mut seen = Vec::new();
        while !self.cursor.at_end() {
            let at = self.cursor.here();
            let Some(word) = self.cursor.word() else { return Err(self.cursor.unexpected(EXPECTED)) };
            if seen.contains(&word) {
                return Err(self.cursor.error(at, format!("`{word}` stands here a second time"), ""));
            }
            seen.push(word);
            match word {
                "latency" => (link.least, link.most) = self.span_range()?,
                "jitter" => link.jitter = self.span()?,
                "loss" => link.loss = self.percent(0, 1_000_000, CHANCE)?,
                "duplicate" => link.duplicate = self.percent(0, 1_000_000, CHANCE)?,
                "reorder" => link.reorder = self.percent(0, 1_000_000, CHANCE)?,
                _ => {
                    let message = unknown("setting of a link", word, "the settings are", &LINK_WORDS);
                    return Err(self.cursor.error(at, message, ""));
                }
            }
        }
        Ok(link)
    }

    /// `n1->n2` for one direction or `n1<->n2` for both, and their settings.
    fn own_links(&mut self) -> Read<Vec<((Addr, Addr), Link)>> {
        let from = self.address()?;
        let both = self.cursor.eat("<->");
        if !both && !self.cursor.eat("->") {
            return Err(self.cursor.unexpected("`->` for one direction or `<->` for both"));
        }
        let at = self.cursor.here();
        let to = self.address()?;
        if from == to {
            return Err(self.cursor.error(at, format!("a link needs two ends, and {to} is named twice"), ""));
        }
        let link = self.link_settings()?;
        let there = ((from, to), link);
        Ok(if both { vec![there, ((to, from), link)] } else { vec![there] })
    }

    pub(super) fn address(&mut self) -> Read<Addr> {
        let at = self.cursor.here();
        match self.place()? {
            Place::Server(Target::Node(node)) => Ok(Addr::Server(node)),
            Place::Client(client) => Ok(Addr::Client(client)),
            Place::Server(target) => {
                let message = format!("`{target}` is nobody yet before the run begins");
                Err(self.cursor.error(at, message, "n1 or c1"))
            }
        }
    }

    /// `sync`, `explicit` or a range.
    fn disk(&mut self) -> Read<Disk> {
        if self.cursor.eat_word("sync") {
            return Ok(Disk::Sync);
        }
        if self.cursor.eat_word("explicit") {
            return Ok(Disk::Explicit);
        }
        let digit = self.cursor.peek_word().is_none() && !self.cursor.at_end();
        if !digit {
            return Err(self.cursor.unexpected("`sync`, `explicit` or a range such as `5ms..10ms`"));
        }
        let (least, most) = self.span_range()?;
        Ok(Disk::Takes { least, most })
    }

    /// A rule of the protocol.
    pub(super) fn rule(&mut self) -> Read<protocol::RuleId> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else { return Err(self.cursor.unexpected("the name of a rule")) };
        self.scope.dialect.rule_named(word).ok_or_else(|| {
            let known: Vec<&str> = self.scope.dialect.rules.iter().map(|rule| rule.key).collect();
            let whose = format!("{}'s are", self.scope.dialect.name);
            self.cursor.error(at, unknown("rule", word, &whose, &known), "")
        })
    }

    /// An option and its value.
    fn option(&mut self) -> Read<(usize, i64)> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else {
            return Err(self.cursor.unexpected("the name of an option"));
        };
        let options = self.scope.dialect.options;
        let Some(place) = self.scope.dialect.option_named(word) else {
            let known: Vec<&str> = options.iter().map(|option| option.key).collect();
            let whose = format!("{}'s are", self.scope.dialect.name);
            return Err(self.cursor.error(at, unknown("option", word, &whose, &known), ""));
        };
        self.option_value(&options[place]).map(|value| (place, value))
    }

    fn option_value(&mut self, option: &OptionInfo) -> Read<i64> {
        match option.kind {
            OptionKind::Flag => self.one_of(&["off", "on"]),
            OptionKind::Choice(keys) => self.one_of(keys),
            OptionKind::Number { none: Some(none), .. } if self.cursor.eat_word(none) => Ok(0),
            OptionKind::Number { least, most, none } => {
                let what = none.map_or("a number".to_owned(), |none| format!("`{none}` or a number"));
                let number = self.number(&what, unsigned(least), unsigned(most))?;
                Ok(i64::try_from(number).unwrap_or(i64::MAX))
            }
            OptionKind::Span { least, most } => {
                let at = self.cursor.here();
                let span = self.span()?;
                if !(unsigned(least)..=unsigned(most)).contains(&span.0) {
                    let (least, most) = (protocol::Span(unsigned(least)), protocol::Span(unsigned(most)));
                    let message = format!("{span} is out of bounds");
                    return Err(self.cursor.error(at, message, &format!("a time from {least} to {most}")));
                }
                Ok(i64::try_from(span.0).unwrap_or(i64::MAX))
            }
        }
    }

    /// The place of the word in a list of words.
    fn one_of(&mut self, known: &[&str]) -> Read<i64> {
        let at = self.cursor.here();
        let expected = format!("one of {}", known.join(", "));
        let Some(word) = self.cursor.bare() else { return Err(self.cursor.unexpected(&expected)) };
        let place = known.iter().position(|key| *key == word).and_then(|place| i64::try_from(place).ok());
        place.ok_or_else(|| {
            let near = suggest::nearest(word, known);
            let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            self.cursor.error(
                at,
                format!("`{}` is no value of this option{hint}", super::cursor::echo(word)),
                &expected,
            )
        })
    }
}

fn unsigned(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
