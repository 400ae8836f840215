//! Actions as text.

use super::place::{REPLY, REQUEST};
use super::print::Printer;
use protocol::{Op, TimerId};
use sim::{Action, Filter, Kind, MessageRef, Place};
use std::fmt::Display;

impl Printer<'_> {
    pub(crate) fn action(&mut self, action: &Action) {
        match action {
            Action::Submit { client, to, op } => {
                self.words("submit", &[client]);
                if let Some(target) = to {
                    self.words(" ->", &[target]);
                }
                self.push(" ");
                self.op(op);
            }
            Action::Crash(target) => self.words("crash", &[target]),
            Action::Restart(target) => self.words("restart", &[target]),
            Action::Pause(target) => self.words("pause", &[target]),
            Action::Resume(target) => self.words("resume", &[target]),
            Action::Sync(target) => self.words("sync", &[target]),
            Action::Wipe(target) => self.words("wipe", &[target]),
            Action::Clock { node, rate } => {
                self.words("clock", &[node, &""]);
                self.percent(*rate);
            }
            Action::Cut { from, to, both } => {
                self.push("cut ");
                self.link(from, if *both { "<->" } else { "->" }, to);
            }
            Action::Mend { a, b } => {
                self.push("mend ");
                self.link(a, "<->", b);
            }
            Action::Partition(groups) => self.partition(groups),
            Action::Heal => self.push("heal"),
            Action::Network { ends, link } => {
                self.push("network ");
                match ends {
                    Some((a, b)) => self.link(a, "<->", b),
                    None => self.push("all"),
                }
                self.link_settings(*link);
            }
            Action::Fire { node, timer } => self.words("fire", &[node, &self.timer_key(*timer)]),
            Action::HoldMessages(filter) => self.filtered("hold messages", filter),
            Action::ReleaseMessages(filter) => self.filtered("release messages", filter),
            Action::HoldTimers(None) => self.push("hold timers"),
            Action::HoldTimers(Some(target)) => self.words("hold timers", &[target]),
            Action::ReleaseTimers(None) => self.push("release timers"),
            Action::ReleaseTimers(Some(target)) => self.words("release timers", &[target]),
            Action::Deliver(message) => self.about("deliver ", message),
            Action::Drop(message) => self.about("drop ", message),
            Action::Duplicate(message) => self.about("duplicate ", message),
            Action::Delay(message, span) => {
                self.about("delay ", message);
                self.words(" by", &[span]);
            }
        }
    }

    pub(super) fn op(&mut self, op: &Op) {
        let (word, key, texts): (&str, &str, &[&str]) = match op {
            Op::Set { key, value } => ("set ", key, &["=", value]),
            Op::Get { key } => ("get ", key, &[]),
            Op::Append { key, value } => ("append ", key, &[" ", value]),
            Op::Cas { key, old, new } => ("cas ", key, &[" ", old, " ", new]),
            Op::Incr { key } => ("incr ", key, &[]),
            Op::Sync { key } => ("sync ", key, &[]),
        };
        self.push(word);
        self.bare(key);
        for pair in texts.chunks(2) {
            self.push(pair[0]);
            self.bare(pair[1]);
        }
    }

    fn partition(&mut self, groups: &[Vec<Place>]) {
        self.push("partition");
        for (i, group) in groups.iter().enumerate() {
            self.push(if i == 0 { "" } else { " |" });
            for place in group {
                self.words("", &[place]);
            }
        }
    }

    fn about(&mut self, word: &str, message: &MessageRef) {
        self.push(word);
        self.message(message);
    }

    /// `KIND n1->n2 #2`; the first needs no ordinal.
    pub(super) fn message(&mut self, message: &MessageRef) {
        self.push(self.kind_name(message.kind));
        self.push(" ");
        self.link(&message.from, "->", &message.to);
        if message.nth != 1 {
            self.push(" #");
            self.put(&message.nth);
        }
    }

    fn link(&mut self, from: &dyn Display, arrow: &str, to: &dyn Display) {
        self.put(from);
        self.push(arrow);
        self.put(to);
    }

    fn filtered(&mut self, words: &str, filter: &Filter) {
        self.push(words);
        self.push(" ");
        self.filter(filter, " ", "*");
    }

    /// The parts of a filter that are given, with `between` between kind and link, or `everything`.
    pub(super) fn filter(&mut self, filter: &Filter, between: &str, everything: &str) {
        let star = |place: &Option<Place>| place.map_or("*".to_owned(), |place| place.to_string());
        if let Some(kind) = filter.kind {
            self.push(self.kind_name(kind));
        }
        if filter.from.is_some() || filter.to.is_some() {
            self.push(if filter.kind.is_some() { between } else { "" });
            self.link(&star(&filter.from), "->", &star(&filter.to));
        } else if filter.kind.is_none() {
            self.push(everything);
        }
    }

    fn kind_name(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Protocol(place) => self.dialect.kinds.get(usize::from(place)).map_or("?", |kind| kind.name),
            Kind::Request => REQUEST,
            Kind::Reply => REPLY,
        }
    }

    fn timer_key(&self, timer: TimerId) -> &'static str {
        self.dialect.timers.get(usize::from(timer.0)).map_or("?", |timer| timer.key)
    }
}
