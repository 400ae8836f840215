//! Servers, clients, links, kinds of message and texts.

use super::cursor::echo;
use super::error::Read;
use super::parser::Reader;
use super::suggest::{nearest, unknown};
use crate::limits;
use protocol::{ClientId, NodeId, TimerId};
use sim::{Filter, Kind, MessageRef, Place, Target};

pub(super) const SERVER: &str = "a server: n1, leader, follower.1 or last-crashed";
pub(super) const PLACE: &str = "a server or a client: n1, leader, follower.1, last-crashed or c1";

/// The names of the two kinds of message that every protocol has.
pub(crate) const REQUEST: &str = "ClientRequest";
pub(crate) const REPLY: &str = "ClientReply";

impl Reader<'_> {
    /// A server or a client.
    pub(super) fn place(&mut self) -> Read<Place> {
        self.place_or(PLACE)
    }

    fn place_or(&mut self, expected: &str) -> Read<Place> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.peek_word() else { return Err(self.cursor.unexpected(expected)) };
        match self.named_place(word)? {
            Some(place) => Ok(place),
            None if word.split('-').all(|part| self.begins_place(part)) => {
                let message = format!("`{}` is no server", echo(word));
                Err(self.cursor.error(at, message, "an arrow between two servers, as in `n1->n2`"))
            }
            None => {
                let near = nearest(word, &["leader", "follower.1", "last-crashed"]);
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                Err(self.cursor.error(at, format!("`{}` is no server{hint}", echo(word)), expected))
            }
        }
    }

    /// The place that stands next, if this word, which does, begins one.
    pub(super) fn named_place(&mut self, word: &str) -> Read<Option<Place>> {
        let at = self.cursor.here();
        let target = match word {
            "leader" => Target::Leader,
            "last-crashed" => Target::LastCrashed,
            "follower" => {
                self.cursor.word();
                if !self.cursor.eat_here(".") {
                    let message = "it is not said which follower".into();
                    let role =
                        self.role_like(word).map_or(String::new(), |role| format!(", or the role `{role}`"));
                    let expected = format!("follower.1, follower.2 and so on{role}");
                    return Err(self.cursor.error(at, message, &expected));
                }
                let k = self.number("the number of a follower", 1, u64::from(limits::SERVERS))?;
                return Ok(Some(Place::Server(Target::Follower(u8::try_from(k).unwrap_or(u8::MAX)))));
            }
            _ => return self.numbered_place(word),
        };
        self.cursor.word();
        Ok(Some(Place::Server(target)))
    }

    /// The role that is written like this, but for small and capital letters.
    pub(super) fn role_like(&self, word: &str) -> Option<&'static str> {
        let role = self.scope.dialect.roles.iter().find(|role| role.name.eq_ignore_ascii_case(word));
        role.map(|role| role.name)
    }

    /// `n1` or `c1`, if the word is one.
    fn numbered_place(&mut self, word: &str) -> Read<Option<Place>> {
        let at = self.cursor.here();
        let Some((letter, digits)) = word.split_at_checked(1) else { return Ok(None) };
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let (count, things) = match letter {
            "n" if is_number => (self.scope.servers, "server"),
            "c" if is_number => (self.scope.clients, "client"),
            _ => return Ok(None),
        };
        let number =
            digits.parse().ok().filter(|number| (1..=count).contains(number) && !digits.starts_with('0'));
        let Some(number) = number else {
            let plural = if count == 1 { "" } else { "s" };
            let message = format!("there is no {}: this cluster has {count} {things}{plural}", echo(word));
            return Err(self.cursor.error(at, message, ""));
        };
        self.cursor.word();
        Ok(Some(match letter {
            "n" => Place::Server(Target::Node(NodeId(number))),
            _ => Place::Client(ClientId(number)),
        }))
    }

    /// A server.
    pub(super) fn target(&mut self) -> Read<Target> {
        let at = self.cursor.here();
        match self.place_or(SERVER)? {
            Place::Server(target) => Ok(target),
            Place::Client(client) => Err(self.cursor.error(at, format!("{client} is a client"), SERVER)),
        }
    }

    /// A client.
    pub(super) fn client(&mut self) -> Read<ClientId> {
        let at = self.cursor.here();
        let word = self.cursor.peek_word().unwrap_or("");
        match self.numbered_place(word) {
            Ok(Some(Place::Client(client))) => Ok(client),
            Err(error) => Err(error),
            Ok(Some(Place::Server(_))) => {
                Err(self.cursor.error(at, format!("{word} is a server"), "a client: c1"))
            }
            Ok(None) => Err(self.cursor.unexpected("a client: c1")),
        }
    }

    /// `n1->n2`.
    pub(super) fn link(&mut self) -> Read<(Place, Place)> {
        let from = self.place()?;
        if !self.cursor.eat("->") {
            return Err(self.cursor.unexpected("`->` and where to"));
        }
        Ok((from, self.other_end(from)?))
    }

    /// `n1<->n2`.
    pub(super) fn ends(&mut self) -> Read<(Place, Place)> {
        let one = self.place()?;
        if !self.cursor.eat("<->") {
            return Err(self.cursor.unexpected("`<->` and the other end"));
        }
        Ok((one, self.other_end(one)?))
    }

    /// A place that is not the one named before.
    pub(super) fn other_end(&mut self, one: Place) -> Read<Place> {
        let at = self.cursor.here();
        let other = self.place()?;
        if one == other {
            return Err(self.cursor.error(
                at,
                format!("a link needs two ends, and {other} is named twice"),
                "",
            ));
        }
        Ok(other)
    }

    /// A kind of message.
    pub(super) fn kind(&mut self) -> Read<Kind> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else { return Err(self.cursor.unexpected("a kind of message")) };
        self.kind_named(word).ok_or_else(|| {
            if self.begins_place(word) {
                return self.cursor.error(at, "the kind of message is missing".into(), "it before the link");
            }
            let mut known: Vec<&str> = self.scope.dialect.kinds.iter().map(|kind| kind.name).collect();
            known.extend([REQUEST, REPLY]);
            let whose = format!("{}'s are", self.scope.dialect.name);
            self.cursor.error(at, unknown("message kind", word, &whose, &known), "")
        })
    }

    fn kind_named(&self, word: &str) -> Option<Kind> {
        if word.eq_ignore_ascii_case(REQUEST) {
            return Some(Kind::Request);
        }
        if word.eq_ignore_ascii_case(REPLY) {
            return Some(Kind::Reply);
        }
        self.scope.dialect.kind_named(word).map(Kind::Protocol)
    }

    /// `KIND n1->n2 #2`.
    pub(super) fn message(&mut self) -> Read<MessageRef> {
        let kind = self.kind()?;
        let (from, to) = self.link()?;
        Ok(MessageRef { kind, from, to, nth: self.ordinal()? })
    }

    /// `KIND n1->*`, `*`: each part may be missing or a star. `comma` stands between kind and link in conditions.
    pub(super) fn filter(&mut self, comma: bool) -> Read<Filter> {
        let mut filter = Filter::default();
        let word = self.cursor.peek_word().unwrap_or("");
        let is_kind = !word.is_empty() && (self.kind_named(word).is_some() || !self.begins_place(word));
        if is_kind {
            filter.kind = Some(self.kind()?);
            if comma && !self.cursor.eat(",") {
                return Ok(filter);
            }
        }
        let nothing_follows = self.cursor.at_end() || self.cursor.sees(")");
        if nothing_follows && !(is_kind && comma) {
            return Ok(filter);
        }
        let at = self.cursor.here();
        filter.from = self.place_or_star()?;
        if self.cursor.eat("->") {
            filter.to = self.place_or_star()?;
        } else if filter.from.is_some() || is_kind {
            return Err(self.cursor.unexpected("`->` and where to, or `*`"));
        }
        if filter.from.is_some() && filter.from == filter.to {
            return Err(self.cursor.error(at, "a link needs two ends".into(), ""));
        }
        Ok(filter)
    }

    fn begins_place(&self, word: &str) -> bool {
        let digits = word.strip_prefix(['n', 'c']).unwrap_or("");
        let numbered = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        numbered || matches!(word, "leader" | "follower" | "last-crashed")
    }

    fn place_or_star(&mut self) -> Read<Option<Place>> {
        if self.cursor.eat("*") { Ok(None) } else { self.place().map(Some) }
    }

    /// One of the protocol's timers.
    pub(super) fn timer(&mut self) -> Read<TimerId> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else { return Err(self.cursor.unexpected("a timer")) };
        self.scope.dialect.timer_named(word).ok_or_else(|| {
            let known: Vec<&str> = self.scope.dialect.timers.iter().map(|timer| timer.key).collect();
            let whose = format!("{}'s are", self.scope.dialect.name);
            self.cursor.error(at, unknown("timer", word, &whose, &known), "")
        })
    }

    /// A text in quotes of at most so many characters.
    pub(super) fn quoted(&mut self, what: &str, most: usize) -> Read<String> {
        let at = self.cursor.here();
        let Some(text) = self.cursor.quoted()? else {
            return Err(self.cursor.unexpected(&format!("{what} in quotes")));
        };
        let length = text.chars().count();
        if length > most {
            let message = format!("{what} has {length} characters; the bound is {most}");
            return Err(self.cursor.error(at, message, ""));
        }
        Ok(text)
    }

    /// A name: a word that is not too long.
    pub(super) fn name(&mut self, what: &str) -> Read<String> {
        let at = self.cursor.here();
        let Some(word) = self.cursor.word() else { return Err(self.cursor.unexpected(what)) };
        if word.len() > limits::NAME {
            return Err(self.cursor.error(
                at,
                format!("this name is longer than {} characters", limits::NAME),
                "",
            ));
        }
        Ok(word.to_owned())
    }
}
