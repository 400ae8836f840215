//! Actions.

use super::cursor::echo;
use super::error::Read;
use super::header::names_links;
use super::parser::Reader;
use super::place::PLACE;
use crate::limits;
use protocol::Op;
use sim::{Action, Place};
use std::sync::Arc;

const RATE: &str = "a rate from `10%` to `1000%` of true time, such as `110%`";

impl Reader<'_> {
    /// The action that begins with this word, which was just read; `None` if none does.
    pub(super) fn action(&mut self, word: &str) -> Read<Option<Action>> {
        Ok(Some(match word {
            "submit" => self.submit()?,
            "crash" => Action::Crash(self.target()?),
            "restart" => Action::Restart(self.target()?),
            "pause" => Action::Pause(self.target()?),
            "resume" => Action::Resume(self.target()?),
            "sync" => Action::Sync(self.target()?),
            "wipe" => Action::Wipe(self.target()?),
            "clock" => Action::Clock { node: self.target()?, rate: self.percent(100_000, 10_000_000, RATE)? },
            "cut" => self.cut()?,
            "mend" => {
                let (a, b) = self.ends()?;
                Action::Mend { a, b }
            }
            "partition" => Action::Partition(self.groups()?),
            "heal" => Action::Heal,
            "network" => self.network()?,
            "fire" => Action::Fire { node: self.target()?, timer: self.timer()? },
            "hold" => self.hold(Action::HoldMessages, Action::HoldTimers)?,
            "release" => self.hold(Action::ReleaseMessages, Action::ReleaseTimers)?,
            "deliver" => Action::Deliver(self.message()?),
            "drop" => Action::Drop(self.message()?),
            "duplicate" => Action::Duplicate(self.message()?),
            "delay" => {
                let message = self.message()?;
                self.keyword("by")?;
                Action::Delay(message, self.span()?)
            }
            _ => return Ok(None),
        }))
    }

    fn submit(&mut self) -> Read<Action> {
        let client = self.client()?;
        let to = if self.cursor.eat("->") { Some(self.target()?) } else { None };
        Ok(Action::Submit { client, to, op: self.command()? })
    }

    /// An operation that is not too long.
    pub(super) fn command(&mut self) -> Read<Op> {
        let at = self.cursor.here();
        let op = self.op()?;
        let bytes = op.to_string().len();
        if bytes > limits::COMMAND {
            let message = format!("this command has {bytes} bytes; the bound is {}", limits::COMMAND);
            return Err(self.cursor.error(at, message, ""));
        }
        Ok(op)
    }

    fn op(&mut self) -> Read<Op> {
        const EXPECTED: &str =
            "`set key=value`, `get key`, `append key value`, `cas key old new`, `incr key` or `sync key`";
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else { return Err(self.cursor.unexpected(EXPECTED)) };
        Ok(match word {
            "set" => {
                let key = self.key()?;
                if !self.cursor.eat("=") {
                    return Err(self.cursor.unexpected("`=` and the value"));
                }
                Op::Set { key, value: self.op_text("the value")? }
            }
            "get" => Op::Get { key: self.key()? },
            "append" => Op::Append { key: self.key()?, value: self.op_text("the text to append")? },
            "cas" => {
                let (key, old) = (self.key()?, self.op_text("the old value")?);
                Op::Cas { key, old, new: self.op_text("the new value")? }
            }
            "incr" => Op::Incr { key: self.key()? },
            "sync" => Op::Sync { key: self.key()? },
            _ => {
                let message = format!("there is no operation `{}`", echo(word));
                return Err(self.cursor.error(at, message, EXPECTED));
            }
        })
    }

    fn key(&mut self) -> Read<Arc<str>> {
        let at = self.cursor.here();
        let key = self.op_text("a key")?;
        if key.is_empty() { Err(self.cursor.error(at, "a key cannot be empty".into(), "")) } else { Ok(key) }
    }

    /// A key or a value: with or without quotes.
    pub(super) fn op_text(&mut self, what: &str) -> Read<Arc<str>> {
        if let Some(text) = self.cursor.quoted()? {
            return Ok(text.into());
        }
        let at = self.cursor.here();
        let bare = self.cursor.bare();
        if self.cursor.sign().is_some_and(|sign| !matches!(sign, ' ' | '\t' | '=' | ']' | '#' | '>')) {
            return Err(self.cursor.error(
                at,
                format!("{what} has a sign that needs quotes"),
                "it in quotes",
            ));
        }
        bare.map(Arc::from).ok_or_else(|| self.cursor.unexpected(what))
    }

    fn cut(&mut self) -> Read<Action> {
        let from = self.place()?;
        let both = self.cursor.eat("<->");
        if !both && !self.cursor.eat("->") {
            return Err(self.cursor.unexpected("`->` for one direction or `<->` for both"));
        }
        Ok(Action::Cut { from, to: self.other_end(from)?, both })
    }

    /// `n1 n2 | n3`.
    fn groups(&mut self) -> Read<Vec<Vec<Place>>> {
        let mut groups = vec![Vec::new()];
        let mut all: Vec<Place> = Vec::new();
        loop {
            let at = self.cursor.here();
            let place = self.place()?;
            if all.contains(&place) {
                return Err(self.cursor.error(at, format!("{place} is named twice"), ""));
            }
            all.push(place);
            if let Some(group) = groups.last_mut() {
                group.push(place);
            }
            if self.cursor.at_end() {
                return Ok(groups);
            }
            if self.cursor.eat("|") {
                if self.cursor.at_end() {
                    return Err(self.cursor.unexpected(PLACE));
                }
                groups.push(Vec::new());
            }
        }
    }

    /// The settings of all links, or of one.
    fn network(&mut self) -> Read<Action> {
        if !names_links(self.cursor) {
            return Err(self.cursor.unexpected("`all`, or a link such as `n1<->n2`"));
        }
        let ends = if self.cursor.eat_word("all") { None } else { Some(self.ends()?) };
        Ok(Action::Network { ends, link: self.link_settings()? })
    }

    fn hold(
        &mut self,
        messages: fn(sim::Filter) -> Action,
        timers: fn(Option<sim::Target>) -> Action,
    ) -> Read<Action> {
        if self.cursor.eat_word("messages") {
            return self.filter(false).map(messages);
        }
        if self.cursor.eat_word("timers") {
            let target = if self.cursor.at_end() { None } else { Some(self.target()?) };
            return Ok(timers(target));
        }
        Err(self.cursor.unexpected("`messages` or `timers`"))
    }
}
