//! Conditions. The numbers of variants are frozen: new ones come at the end.

use super::coder::{Coder, Place};
use super::places::*;
use super::settings::small;
use super::{Nonsense, Take, prose::Sort};
use crate::{ClientField, Comparison, Counter, Expr, Fate, Field, Literal, OUTCOMES, Part, limits};
use protocol::{Dialect, NodeId};

/// What a part of a condition costs of what may be unpacked.
const PART_COST: usize = 4;

impl Coder<'_> {
    pub(super) fn put_expr(&mut self, expr: &Expr, dialect: &Dialect) {
        match expr {
            Expr::Literal(literal) => {
                self.tag(0);
                self.put_literal(literal, dialect);
            }
            Expr::Server(target) => {
                self.tag(1);
                self.put_target(*target);
            }
            Expr::Field { of, field } => {
                self.tag(2);
                self.put_target(*of);
                self.choice(FIELD, 64, *field as u8);
            }
            Expr::Fact { of, key } => {
                self.tag(3);
                self.put_target(*of);
                self.put_text(Sort::Name, key);
            }
            Expr::Entry { of, index, part } => {
                self.tag(4);
                self.put_target(*of);
                self.number(INDEX, *index);
                self.flag(PART, *part == Part::Term);
            }
            Expr::Pair { of, key } => {
                self.tag(5);
                self.put_target(*of);
                self.put_text(Sort::Key, key);
            }
            Expr::Client { client, field } => {
                self.tag(6);
                self.put_client(*client);
                self.put_client_field(*field);
            }
            Expr::Messages { fate, filter } => {
                self.tag(7);
                self.choice(FATE, 64, *fate as u8);
                self.put_filter(filter);
            }
            Expr::Counter(counter) => {
                self.tag(8);
                self.choice(COUNTER, 64, *counter as u8);
            }
            Expr::Holds(name) => {
                self.tag(9);
                self.put_invariant(name, dialect);
            }
            Expr::Violated(name) => {
                self.tag(10);
                self.put_invariant(name, dialect);
            }
            Expr::Compare { left, by, right } => {
                self.tag(11);
                self.choice(COMPARISON, 64, *by as u8);
                self.put_expr(left, dialect);
                self.put_expr(right, dialect);
            }
            Expr::Not(inner) => self.put_nested(12, std::slice::from_ref(inner), dialect),
            Expr::All(parts) => self.put_parts(13, parts, dialect),
            Expr::Any(parts) => self.put_parts(14, parts, dialect),
            Expr::Always(inner) => self.put_nested(15, std::slice::from_ref(inner), dialect),
            Expr::Never(inner) => self.put_nested(16, std::slice::from_ref(inner), dialect),
            Expr::With { protocol, condition } => {
                self.tag(17);
                self.put_protocol(protocol);
                self.put_expr(condition, dialect);
            }
        }
    }

    pub(super) fn take_expr(&mut self, dialect: &Dialect) -> Take<Expr> {
        self.spend(PART_COST)?;
        // The text form bounds the nesting of brackets; a level of brackets is at most four levels here.
        if self.memory.depth > 4 * limits::DEPTH {
            return Err(Nonsense("a condition that is nested too deeply"));
        }
        self.memory.depth += 1;
        let expr = self.take_expr_here(dialect);
        self.memory.depth -= 1;
        expr
    }

    fn take_expr_here(&mut self, dialect: &Dialect) -> Take<Expr> {
        let inner = |coder: &mut Self| coder.take_expr(dialect).map(Box::new);
        Ok(match self.tag(0) {
            0 => Expr::Literal(self.take_literal(dialect)?),
            1 => Expr::Server(self.take_target()?),
            2 => Expr::Field { of: self.take_target()?, field: self.one_of(FIELD, Field::ALL)? },
            3 => Expr::Fact { of: self.take_target()?, key: self.take_text(Sort::Name)? },
            4 => {
                let (of, index) = (self.take_target()?, self.number(INDEX, 0));
                Expr::Entry {
                    of,
                    index,
                    part: if self.flag(PART, false) { Part::Term } else { Part::Content },
                }
            }
            5 => Expr::Pair { of: self.take_target()?, key: self.take_text(Sort::Key)? },
            6 => Expr::Client { client: self.take_client(), field: self.take_client_field()? },
            7 => Expr::Messages { fate: self.one_of(FATE, Fate::ALL)?, filter: self.take_filter()? },
            8 => Expr::Counter(self.one_of(COUNTER, Counter::ALL)?),
            9 => Expr::Holds(self.take_invariant(dialect)?),
            10 => Expr::Violated(self.take_invariant(dialect)?),
            11 => {
                let by = self.one_of(COMPARISON, Comparison::ALL)?;
                Expr::Compare { by, left: inner(self)?, right: inner(self)? }
            }
            12 => Expr::Not(inner(self)?),
            13 => Expr::All(self.take_parts(dialect)?),
            14 => Expr::Any(self.take_parts(dialect)?),
            15 => Expr::Always(inner(self)?),
            16 => Expr::Never(inner(self)?),
            17 => Expr::With { protocol: self.take_protocol()?, condition: inner(self)? },
            _ => return Err(Nonsense("a condition")),
        })
    }

    fn tag(&mut self, tag: u8) -> u8 {
        self.choice(EXPR, 64, tag)
    }

    fn put_nested(&mut self, tag: u8, inner: &[Box<Expr>], dialect: &Dialect) {
        self.tag(tag);
        inner.iter().for_each(|inner| self.put_expr(inner, dialect));
    }

    fn put_parts(&mut self, tag: u8, parts: &[Expr], dialect: &Dialect) {
        self.tag(tag);
        self.number(PARTS, parts.len() as u64);
        parts.iter().for_each(|part| self.put_expr(part, dialect));
    }

    fn take_parts(&mut self, dialect: &Dialect) -> Take<Vec<Expr>> {
        let count = self.number(PARTS, 0);
        let mut parts = Vec::new();
        // Each part costs something, so that no count can be too large.
        for _ in 0..count {
            parts.push(self.take_expr(dialect)?);
        }
        Ok(parts)
    }

    /// One of a list that is only ever added to.
    fn one_of<T: Copy>(&mut self, place: Place, all: &[(&str, T)]) -> Take<T> {
        let ordinal = usize::from(self.choice(place, 64, 0));
        all.get(ordinal).map(|(_, one)| *one).ok_or(Nonsense("a word of a condition"))
    }

    fn put_literal(&mut self, literal: &Literal, dialect: &Dialect) {
        match literal {
            Literal::Flag(flag) => {
                self.choice(LITERAL, 64, u8::from(*flag));
            }
            Literal::Nothing => {
                self.choice(LITERAL, 64, 2);
            }
            Literal::Number(number) => {
                self.choice(LITERAL, 64, 3);
                // The smallest number has no opposite; it goes in two halves as all do.
                self.signed(LITERAL_NUMBER.after(1), number >> 32);
                self.number(LITERAL_NUMBER, number.cast_unsigned() & 0xffff_ffff);
            }
            Literal::Term { number, owner } => {
                self.choice(LITERAL, 64, 4);
                self.number(LITERAL_NUMBER, u64::from(*number));
                self.choice(NODE, self.memory.servers, owner.0.saturating_sub(1));
            }
            Literal::Text(text) => self.put_word(text, dialect),
        }
    }

    fn take_literal(&mut self, dialect: &Dialect) -> Take<Literal> {
        Ok(match self.choice(LITERAL, 64, 0) {
            flag @ (0 | 1) => Literal::Flag(flag == 1),
            2 => Literal::Nothing,
            3 => {
                let high = self.signed(LITERAL_NUMBER.after(1), 0) << 32;
                let low = self.number(LITERAL_NUMBER, 0) & 0xffff_ffff;
                Literal::Number(high | low.cast_signed())
            }
            4 => {
                let number = u32::try_from(self.number(LITERAL_NUMBER, 0)).map_err(|_| Nonsense("a term"))?;
                Literal::Term { number, owner: NodeId(self.choice(NODE, self.memory.servers, 0) + 1) }
            }
            5 => Literal::Text(self.take_text(Sort::Name)?),
            6 => {
                let role = dialect.roles.get(usize::from(self.choice(WORD, 64, 0)));
                Literal::Text(role.ok_or(Nonsense("a role"))?.name.to_owned())
            }
            7 => {
                let outcome = OUTCOMES.get(usize::from(self.choice(WORD.after(1), 64, 0)));
                Literal::Text((*outcome.ok_or(Nonsense("an outcome"))?).to_owned())
            }
            _ => return Err(Nonsense("a value")),
        })
    }

    /// A word: a role or an outcome by its number, anything else as it is written.
    fn put_word(&mut self, word: &str, dialect: &Dialect) {
        let number =
            |place: Option<usize>| place.and_then(|place| u8::try_from(place).ok()).filter(|n| *n < 64);
        let role = number(dialect.roles.iter().position(|role| role.name == word));
        let outcome = number(OUTCOMES.iter().position(|outcome| *outcome == word));
        match (role, outcome) {
            (Some(role), _) => {
                self.choice(LITERAL, 64, 6);
                self.choice(WORD, 64, role);
            }
            (None, Some(outcome)) => {
                self.choice(LITERAL, 64, 7);
                self.choice(WORD.after(1), 64, outcome);
            }
            (None, None) => {
                self.choice(LITERAL, 64, 5);
                self.put_text(Sort::Name, word);
            }
        }
    }

    fn put_client_field(&mut self, field: ClientField) {
        let (tag, n) = match field {
            ClientField::Last => (0, None),
            ClientField::Ops => (1, None),
            ClientField::Outcome(n) => (2, Some(n)),
            ClientField::Reply(n) => (3, Some(n)),
        };
        self.choice(CLIENT_FIELD, 64, tag);
        if let Some(n) = n {
            self.number(OPERATION, u64::from(n));
        }
    }

    fn take_client_field(&mut self) -> Take<ClientField> {
        let tag = self.choice(CLIENT_FIELD, 64, 0);
        let mut n = || u32::try_from(self.number(OPERATION, 0)).map_err(|_| Nonsense("an operation"));
        Ok(match tag {
            0 => ClientField::Last,
            1 => ClientField::Ops,
            2 => ClientField::Outcome(n()?),
            3 => ClientField::Reply(n()?),
            _ => return Err(Nonsense("what a client knows")),
        })
    }

    /// An invariant: one of the protocol's promises by its number from 1, or 0 and its name.
    pub(super) fn put_invariant(&mut self, name: &str, dialect: &Dialect) {
        match dialect.promises.iter().position(|promise| promise.key == name) {
            Some(place) => {
                self.number(INVARIANT, place as u64 + 1);
            }
            None => {
                self.number(INVARIANT, 0);
                self.put_text(Sort::Name, name);
            }
        }
    }

    pub(super) fn take_invariant(&mut self, dialect: &Dialect) -> Take<String> {
        match small(self.number(INVARIANT, 0), u8::MAX, "an invariant")? {
            0 => self.take_text(Sort::Name),
            place => {
                let promise = dialect.promises.get(usize::from(place) - 1);
                promise.map(|promise| promise.key.to_owned()).ok_or(Nonsense("an invariant"))
            }
        }
    }
}
