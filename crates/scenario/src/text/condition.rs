//! Conditions.

use super::TextError;
use super::cursor::echo;
use super::error::Read;
use super::parser::Reader;
use super::suggest::{nearest, unknown};
use crate::{ClientField, Comparison, Counter, Expr, Fate, Field, Literal, OUTCOMES, Part, limits};
use protocol::{ClientId, NodeId};
use sim::{Kind, Place, Target};

/// Words that a condition gives a meaning of their own.
pub(crate) const RESERVED: [&str; 22] = [
    "and",
    "or",
    "not",
    "true",
    "false",
    "none",
    "always",
    "never",
    "holds",
    "violated",
    "leader",
    "follower",
    "last-crashed",
    "inflight",
    "sent",
    "delivered",
    "lost",
    "leaders",
    "elections",
    "wins",
    "violations",
    "violation",
];

const VALUE: &str = "a value, such as `leader`, `n1.term`, `3` or `\"text\"`";

impl Reader<'_> {
    /// Something that is true or false.
    pub(super) fn condition(&mut self) -> Read<Expr> {
        let at = self.cursor.here();
        let expr = self.any()?;
        self.must_be_condition(at, &expr)?;
        Ok(expr)
    }

    /// `… or …`.
    fn any(&mut self) -> Read<Expr> {
        self.chain("or", Reader::all, Expr::Any)
    }

    /// `… and …`.
    fn all(&mut self) -> Read<Expr> {
        self.chain("and", Reader::negation, Expr::All)
    }

    fn chain(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Read<Expr>,
        join: fn(Vec<Expr>) -> Expr,
    ) -> Read<Expr> {
        let mut at = self.cursor.here();
        let first = part(self)?;
        if self.cursor.peek_word() != Some(word) {
            return Ok(first);
        }
        self.must_be_condition(at, &first)?;
        let mut parts = vec![first];
        while self.cursor.eat_word(word) {
            at = self.cursor.here();
            let next = part(self)?;
            self.must_be_condition(at, &next)?;
            parts.push(next);
        }
        Ok(join(parts))
    }

    fn negation(&mut self) -> Read<Expr> {
        if !self.cursor.eat_word("not") {
            return self.comparison();
        }
        let at = self.cursor.here();
        let inner = self.deeper(Reader::negation)?;
        self.must_be_condition(at, &inner)?;
        Ok(Expr::Not(Box::new(inner)))
    }

    fn comparison(&mut self) -> Read<Expr> {
        let (at, named) = (self.cursor.here(), self.named);
        let left = self.value()?;
        let Some(by) = self.comparison_sign()? else { return Ok(left) };
        let right = self.value()?;
        if self.named > named {
            let message = "what is said of one protocol is true or false, and compared with nothing";
            return Err(self.cursor.error(at, message.into(), "the comparison inside its brackets"));
        }
        self.check_words(at, &left, &right)?;
        self.check_words(at, &right, &left)?;
        if self.comparison_sign()?.is_some() {
            return Err(self.cursor.error(at, "two comparisons in a row".into(), "`and` between them"));
        }
        Ok(Expr::Compare { left: Box::new(left), by, right: Box::new(right) })
    }

    fn comparison_sign(&mut self) -> Read<Option<Comparison>> {
        let at = self.cursor.here();
        // The longer signs first: `<=` begins with `<`.
        for by in [
            Comparison::Equal,
            Comparison::Differs,
            Comparison::AtMost,
            Comparison::AtLeast,
            Comparison::Less,
            Comparison::More,
        ] {
            if self.cursor.eat(by.name()) {
                return Ok(Some(by));
            }
        }
        if self.cursor.sees("=") || self.cursor.sees("!") {
            let expected = "`==`, `!=`, `<`, `<=`, `>` or `>=`";
            return Err(self.cursor.error(at, "this is no comparison".into(), expected));
        }
        Ok(None)
    }

    /// Roles and outcomes come from a fixed list: a slip in them would never hold and never tell.
    fn check_words(&self, at: usize, what: &Expr, word: &Expr) -> Read<()> {
        let dialect = self.scope.dialect;
        if self.shared && matches!(what, Expr::Field { field: Field::Role, .. }) {
            return Err(self.not_shared(at, "the names of roles"));
        }
        let word = match (what, word) {
            (_, Expr::Literal(Literal::Text(word))) => word,
            (Expr::Field { field: Field::Role, .. }, Expr::Server(_)) => {
                let role = self.role_like("leader").unwrap_or("");
                let message = "a role is compared with a server, which it never is".into();
                return Err(self.cursor.error(
                    at,
                    message,
                    &format!("the role's own name, such as `{role}`"),
                ));
            }
            _ => return Ok(()),
        };
        let message = match what {
            Expr::Field { field: Field::Role, .. } if dialect.roles.iter().all(|role| role.name != word) => {
                let known: Vec<&str> = dialect.roles.iter().map(|role| role.name).collect();
                unknown("role", word, &format!("{}'s are", dialect.name), &known)
            }
            Expr::Client { field: ClientField::Last | ClientField::Outcome(_), .. }
                if !OUTCOMES.contains(&word.as_str()) =>
            {
                unknown("outcome", word, "the outcomes are", &OUTCOMES)
            }
            _ => return Ok(()),
        };
        Err(self.cursor.error(at, message, ""))
    }

    fn must_be_condition(&self, at: usize, expr: &Expr) -> Read<()> {
        if expr.is_condition() {
            return Ok(());
        }
        let message = match expr {
            Expr::Literal(Literal::Text(word)) => {
                let near = nearest(word, &RESERVED);
                let hint = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                format!("`{}` alone is neither true nor false{hint}", echo(word))
            }
            _ => "this alone is neither true nor false".to_owned(),
        };
        Err(self.cursor.error(at, message, "a comparison, such as `n1.term == 3`"))
    }

    /// Reads something nested, if that is not too deep.
    fn deeper(&mut self, read: fn(&mut Self) -> Read<Expr>) -> Read<Expr> {
        let at = self.cursor.here();
        if self.depth == limits::DEPTH {
            let message = format!("this is nested too deeply; the bound is {}", limits::DEPTH);
            return Err(self.cursor.error(at, message, ""));
        }
        self.depth += 1;
        let expr = read(self)?;
        self.depth -= 1;
        Ok(expr)
    }

    pub(super) fn value(&mut self) -> Read<Expr> {
        let at = self.cursor.here();
        self.values += 1;
        self.watched += usize::from(self.watching);
        if self.values > limits::VALUES {
            let message = format!("this condition is too long; the bound is {} values", limits::VALUES);
            return Err(self.cursor.error(at, message, ""));
        }
        if self.cursor.eat("(") {
            let inner = self.deeper(Reader::any)?;
            self.close(")")?;
            return Ok(inner);
        }
        if self.cursor.sees("\"") {
            return self.quoted("a text", limits::COMMAND).map(|text| Expr::Literal(Literal::Text(text)));
        }
        let Some(word) = self.cursor.peek_word() else { return self.numeral() };
        match self.named_place(word)? {
            Some(Place::Server(target)) => return self.server_value(target),
            Some(Place::Client(client)) => return self.client_value(client),
            None => {}
        }
        self.cursor.word();
        if let Some((_, fate)) = Fate::ALL.iter().find(|(name, _)| *name == word) {
            self.close("(")?;
            let at = self.cursor.here();
            let filter = self.filter(true)?;
            if self.shared && filter.kind.is_some_and(|kind| matches!(kind, Kind::Protocol(_))) {
                return Err(self.not_shared(at, "its kinds of message"));
            }
            self.close(")")?;
            return Ok(Expr::Messages { fate: *fate, filter });
        }
        if let Some((_, counter)) = Counter::ALL.iter().find(|(name, _)| *name == word) {
            return Ok(Expr::Counter(*counter));
        }
        Ok(match word {
            "true" | "false" => Expr::Literal(Literal::Flag(word == "true")),
            "none" => Expr::Literal(Literal::Nothing),
            "holds" | "violated" if self.shared => return Err(self.not_shared(at, "its promises")),
            "holds" => Expr::Holds(self.invariant()?),
            "violated" => Expr::Violated(self.invariant()?),
            "always" => Expr::Always(Box::new(self.watched(at)?)),
            "never" => Expr::Never(Box::new(self.watched(at)?)),
            "and" | "or" | "not" => {
                return Err(self.cursor.error(at, format!("`{word}` stands in the wrong place"), VALUE));
            }
            _ if self.scope.sides.contains(&word) && self.cursor.sees("(") => self.of_one(at, word)?,
            _ if word.len() > limits::NAME => {
                let message = format!("this word is longer than {} characters", limits::NAME);
                return Err(self.cursor.error(at, message, ""));
            }
            _ => Expr::Literal(Literal::Text(word.to_owned())),
        })
    }

    /// `3`, `-3`, or the term `3.1`.
    fn numeral(&mut self) -> Read<Expr> {
        let at = self.cursor.here();
        let sign = if self.cursor.eat_here("-") { "-" } else { "" };
        let digits = self.cursor.digits();
        if digits.is_empty() {
            return Err(self.cursor.unexpected(VALUE));
        }
        let is_term = self.cursor.eat_here(".");
        let number = format!("{sign}{digits}").parse().ok();
        let number: i64 =
            number.filter(|number| !is_term || u32::try_from(*number).is_ok()).ok_or_else(|| {
                self.cursor.error(at, format!("{} is out of bounds", echo(digits)), "a smaller number")
            })?;
        if !is_term {
            return Ok(Expr::Literal(Literal::Number(number)));
        }
        let owner = self.number("the server whose term it is", 1, u64::from(self.scope.servers))?;
        let owner = NodeId(u8::try_from(owner).unwrap_or(u8::MAX));
        Ok(Expr::Literal(Literal::Term { number: u32::try_from(number).unwrap_or(u32::MAX), owner }))
    }

    fn server_value(&mut self, of: Target) -> Read<Expr> {
        if !self.cursor.eat_here(".") {
            return Ok(Expr::Server(of));
        }
        let key = self.name("a field, such as `role`, `term`, `commit`, `log[1]` or `kv[x]`")?;
        if let Some((_, field)) = Field::ALL.iter().find(|(name, _)| *name == key) {
            return Ok(Expr::Field { of, field: *field });
        }
        match key.as_str() {
            "log" => {
                self.close("[")?;
                let index = self.number("an index of the log", 1, u64::from(u32::MAX))?;
                self.close("]")?;
                let part = if self.cursor.eat_here(".") {
                    self.keyword("term")?;
                    Part::Term
                } else {
                    Part::Content
                };
                Ok(Expr::Entry { of, index, part })
            }
            "kv" => {
                self.close("[")?;
                let at = self.cursor.here();
                let key = self.op_text("a key")?;
                if key.is_empty() || key.len() > limits::COMMAND {
                    let expected = format!("1 to {} bytes", limits::COMMAND);
                    return Err(self.cursor.error(at, "this key is empty or too long".into(), &expected));
                }
                self.close("]")?;
                Ok(Expr::Pair { of, key: key.to_string() })
            }
            _ if self.shared => {
                let at = self.cursor.here();
                Err(self.not_shared(at, &format!("`{}`", echo(&key))))
            }
            _ => Ok(Expr::Fact { of, key }),
        }
    }

    /// What one of the protocols does that lie side by side.
    fn of_one(&mut self, at: usize, protocol: &str) -> Read<Expr> {
        if !self.compares || self.shared || self.watching {
            let message = format!("`{protocol}(…)` cannot stand here");
            let expected = "it in an expectation or an answer, outside of `always`, `never` and its like";
            return Err(self.cursor.error(at, message, expected));
        }
        self.close("(")?;
        self.shared = true;
        let condition = Box::new(self.deeper(Reader::condition)?);
        self.shared = false;
        self.close(")")?;
        self.named += 1;
        Ok(Expr::With { protocol: protocol.to_owned(), condition })
    }

    /// The error that something is a protocol's own.
    fn not_shared(&self, at: usize, what: &str) -> Box<TextError> {
        let message = format!("{what} cannot be said of a protocol by name");
        self.cursor.error(at, message, "words that all protocols share, such as `leader.log[2]` or `c1.last`")
    }

    fn client_value(&mut self, client: ClientId) -> Read<Expr> {
        const EXPECTED: &str = "`.last`, `.ops`, `.op[1].outcome` or `.op[1].reply`";
        let field = if !self.cursor.eat_here(".") {
            return Err(self.cursor.unexpected(EXPECTED));
        } else if self.cursor.eat_word("last") {
            ClientField::Last
        } else if self.cursor.eat_word("ops") {
            ClientField::Ops
        } else if self.cursor.eat_word("op") {
            self.close("[")?;
            let n = self.number("the number of an operation", 1, u64::from(u32::MAX))?;
            let n = u32::try_from(n).unwrap_or(u32::MAX);
            self.close("]")?;
            if self.cursor.eat_here(".outcome") {
                ClientField::Outcome(n)
            } else if self.cursor.eat_here(".reply") {
                ClientField::Reply(n)
            } else {
                return Err(self.cursor.unexpected("`.outcome` or `.reply`"));
            }
        } else {
            return Err(self.cursor.unexpected("`last`, `ops`, `op[1].outcome` or `op[1].reply`"));
        };
        Ok(Expr::Client { client, field })
    }

    fn invariant(&mut self) -> Read<String> {
        self.close("(")?;
        let name = self.name("the name of an invariant")?;
        self.close(")")?;
        Ok(name)
    }

    fn watched(&mut self, at: usize) -> Read<Expr> {
        if self.watching {
            let message = "`always` and `never` cannot stand inside one another".into();
            return Err(self.cursor.error(at, message, ""));
        }
        self.close("(")?;
        self.watching = true;
        let inner = self.deeper(Reader::condition)?;
        self.watching = false;
        self.close(")")?;
        Ok(inner)
    }

    /// A bracket that has to stand here.
    pub(super) fn close(&mut self, bracket: &str) -> Read<()> {
        if self.cursor.eat(bracket) { Ok(()) } else { Err(self.cursor.unexpected(&format!("`{bracket}`"))) }
    }
}
