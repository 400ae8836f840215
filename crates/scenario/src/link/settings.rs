//! Settings, as differences from the frozen defaults.

use super::coder::{Coder, Place};
use super::places::*;
use super::{Nonsense, Take, prose::Sort};
use crate::limits;
use protocol::{ClientId, Dialect, NodeId, RuleId, RuleSet, Span};
use sim::{Addr, Config, Disk, Link};

impl Coder<'_> {
    pub(super) fn put_config(&mut self, config: &Config, dialect: &Dialect) {
        let frozen = Config::of(dialect);
        self.number(SERVERS, u64::from(config.servers));
        self.number(CLIENTS, u64::from(config.clients));
        (self.memory.servers, self.memory.clients) = (config.servers, config.clients);
        self.number(SEED, config.seed & 0xffff_ffff);
        self.number(SEED.after(1), config.seed >> 32);
        self.put_options(config, dialect);
        self.put_rules(config.off);
        if !self.flag(NETWORK, config.network == frozen.network) {
            self.put_link(config.network);
        }
        self.number(LINKS, config.links.len() as u64);
        for ((from, to), link) in &config.links {
            self.put_addr(*from);
            self.put_addr(*to);
            self.put_link(*link);
        }
        match config.disk {
            Disk::Sync => {
                self.choice(DISK, 64, 0);
            }
            Disk::Takes { least, most } => {
                self.choice(DISK, 64, 1);
                self.put_range(LATENCY, least, most);
            }
            Disk::Explicit => {
                self.choice(DISK, 64, 2);
            }
        }
        if !self.flag(TIMEOUT, config.client_timeout == frozen.client_timeout) {
            self.put_span(config.client_timeout);
        }
        if !self.flag(RETRIES, config.client_retries == frozen.client_retries) {
            self.number(RETRIES, u64::from(config.client_retries));
        }
    }

    pub(super) fn take_rule(&mut self, dialect: &Dialect) -> Take<RuleId> {
        let rule = u8::try_from(self.number(RULE, 0)).ok();
        let known = rule.filter(|rule| usize::from(*rule) < dialect.rules.len().min(64));
        known.map(RuleId).ok_or(Nonsense("a rule"))
    }

    pub(super) fn take_config(&mut self, dialect: &Dialect) -> Take<Config> {
        let mut config = Config::of(dialect);
        config.servers = small(self.number(SERVERS, 0), limits::SERVERS, "a number of servers")?;
        config.clients = small(self.number(CLIENTS, 0), limits::CLIENTS, "a number of clients")?;
        (self.memory.servers, self.memory.clients) = (config.servers, config.clients);
        config.seed = self.number(SEED, 0) & 0xffff_ffff;
        config.seed |= self.number(SEED.after(1), 0) << 32;
        self.take_options(&mut config, dialect)?;
        config.off = self.take_rules(dialect)?;
        if !self.flag(NETWORK, false) {
            config.network = self.take_link()?;
        }
        for _ in 0..self.number(LINKS, 0).min(24 * 24) {
            config.links.push(((self.take_addr()?, self.take_addr()?), self.take_link()?));
        }
        config.disk = match self.choice(DISK, 64, 0) {
            0 => Disk::Sync,
            1 => {
                let (least, most) = self.take_range(LATENCY)?;
                Disk::Takes { least, most }
            }
            2 => Disk::Explicit,
            _ => return Err(Nonsense("a disk")),
        };
        if !self.flag(TIMEOUT, false) {
            config.client_timeout = self.take_span()?;
        }
        if !self.flag(RETRIES, false) {
            config.client_retries = small(self.number(RETRIES, 0), u8::MAX, "a number of retries")?;
        }
        Ok(config)
    }

    pub(super) fn put_rules(&mut self, rules: RuleSet) {
        self.number(RULES, u64::from(rules.0.count_ones()));
        for rule in rules.iter() {
            self.number(RULE, u64::from(rule.0));
        }
    }

    pub(super) fn take_rules(&mut self, dialect: &Dialect) -> Take<RuleSet> {
        let mut rules = RuleSet::default();
        for _ in 0..self.number(RULES, 0).min(64) {
            rules = rules.with(self.take_rule(dialect)?);
        }
        Ok(rules)
    }

    fn put_options(&mut self, config: &Config, dialect: &Dialect) {
        let options = dialect.options.iter().zip(&config.options).enumerate();
        let changed: Vec<_> = options.filter(|(_, (option, value))| option.default != **value).collect();
        self.number(OPTIONS, changed.len() as u64);
        for (place, (_, value)) in changed {
            self.number(OPTION, place as u64);
            self.signed(OPTION_VALUE, *value);
        }
    }

    fn take_options(&mut self, config: &mut Config, dialect: &Dialect) -> Take<()> {
        for _ in 0..self.number(OPTIONS, 0).min(dialect.options.len() as u64) {
            let place = self.number(OPTION, 0);
            let value = self.signed(OPTION_VALUE, 0);
            let slot = usize::try_from(place).ok().and_then(|place| config.options.get_mut(place));
            *slot.ok_or(Nonsense("an option"))? = value;
        }
        Ok(())
    }

    fn put_addr(&mut self, addr: Addr) {
        match addr {
            Addr::Server(node) => {
                self.flag(ENDS, false);
                self.choice(END, 64, node.0);
            }
            Addr::Client(client) => {
                self.flag(ENDS, true);
                self.choice(CLIENT, 64, client.0);
            }
        }
    }

    fn take_addr(&mut self) -> Take<Addr> {
        Ok(if self.flag(ENDS, false) {
            Addr::Client(ClientId(self.choice(CLIENT, 64, 0)))
        } else {
            Addr::Server(NodeId(self.choice(END, 64, 0)))
        })
    }

    /// The settings of a link, as differences from the defaults.
    pub(super) fn put_link(&mut self, link: Link) {
        let frozen = Link::default();
        if !self.flag(LATENCY, (link.least, link.most) == (frozen.least, frozen.most)) {
            self.put_range(LATENCY.after(1), link.least, link.most);
        }
        if !self.flag(JITTER, link.jitter == frozen.jitter) {
            self.put_span(link.jitter);
        }
        for (place, chance) in [(LOSS, link.loss), (DUPLICATE, link.duplicate), (REORDER, link.reorder)] {
            if !self.flag(place, chance == 0) {
                self.put_chance(place.after(1), chance);
            }
        }
    }

    pub(super) fn take_link(&mut self) -> Take<Link> {
        let mut link = Link::default();
        if !self.flag(LATENCY, false) {
            (link.least, link.most) = self.take_range(LATENCY.after(1))?;
        }
        if !self.flag(JITTER, false) {
            link.jitter = self.take_span()?;
        }
        for (place, chance) in
            [(LOSS, &mut link.loss), (DUPLICATE, &mut link.duplicate), (REORDER, &mut link.reorder)]
        {
            if !self.flag(place, false) {
                *chance = self.take_chance(place.after(1))?;
            }
        }
        Ok(link)
    }

    fn put_range(&mut self, place: Place, least: Span, most: Span) {
        self.put_span(least);
        if !self.flag(place, least == most) {
            self.put_span(most);
        }
    }

    fn take_range(&mut self, place: Place) -> Take<(Span, Span)> {
        let least = self.take_span()?;
        Ok((least, if self.flag(place, false) { least } else { self.take_span()? }))
    }

    pub(super) fn put_span(&mut self, span: Span) {
        self.put_micros(SPAN_UNIT, SPAN, span.0);
    }

    pub(super) fn take_span(&mut self) -> Take<Span> {
        self.take_micros(SPAN_UNIT, SPAN).map(Span)
    }

    /// A time as a number of the largest unit that it is a multiple of.
    pub(super) fn put_micros(&mut self, unit: Place, place: Place, micros: u64) {
        let step = if micros.is_multiple_of(1_000_000) { 2 } else { u8::from(micros.is_multiple_of(1_000)) };
        self.choice(unit, 3, step);
        self.number(place.after(usize::from(step)), micros / UNITS[usize::from(step)]);
    }

    pub(super) fn take_micros(&mut self, unit: Place, place: Place) -> Take<u64> {
        let step = usize::from(self.choice(unit, 3, 0));
        let number = self.number(place.after(step), 0);
        let micros = number.checked_mul(UNITS[step]).filter(|micros| *micros <= limits::MOMENT.0);
        micros.ok_or(Nonsense("a time"))
    }

    /// Millionths, as whole percents where they are.
    pub(super) fn put_chance(&mut self, place: Place, millionths: u32) {
        let whole = self.flag(place, millionths.is_multiple_of(10_000));
        let number = if whole { millionths / 10_000 } else { millionths };
        self.number(CHANCE.after(usize::from(whole)), u64::from(number));
    }

    pub(super) fn take_chance(&mut self, place: Place) -> Take<u32> {
        let whole = self.flag(place, false);
        let number = self.number(CHANCE.after(usize::from(whole)), 0);
        let millionths = number.checked_mul(if whole { 10_000 } else { 1 });
        millionths.and_then(|number| u32::try_from(number).ok()).ok_or(Nonsense("a percentage"))
    }

    /// A text: the bound on the whole is met here.
    pub(super) fn put_text(&mut self, sort: Sort, text: &str) {
        self.text(sort, text, usize::MAX);
    }

    pub(super) fn take_text(&mut self, sort: Sort) -> Take<String> {
        let bytes = self.text(sort, "", 4 * limits::CAPTION + 1);
        self.spend(bytes.len())?;
        String::from_utf8(bytes).map_err(|_| Nonsense("a text"))
    }

    /// Counts what was unpacked, and stops where it is too much.
    pub(super) fn spend(&mut self, bytes: usize) -> Take<()> {
        self.memory.spent += bytes;
        if self.memory.spent > limits::UNPACKED { Err(Nonsense("more than may be unpacked")) } else { Ok(()) }
    }
}

const UNITS: [u64; 3] = [1, 1_000, 1_000_000];

/// A number that must not exceed a bound.
pub(super) fn small(number: u64, most: u8, what: &'static str) -> Take<u8> {
    u8::try_from(number).ok().filter(|number| *number <= most).ok_or(Nonsense(what))
}
