//! Conditions as text.

use super::condition::RESERVED;
use super::cursor::Cursor;
use super::print::Printer;
use crate::{ClientField, Expr, Literal, Part};
use protocol::Term;
use sim::Target;

impl Printer<'_> {
    pub(crate) fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Literal(literal) => self.literal(literal),
            Expr::Server(target) => self.put(target),
            Expr::Field { of, field } => self.dotted(*of, field.name()),
            Expr::Fact { of, key } => self.dotted(*of, key),
            Expr::Entry { of, index, part } => {
                self.dotted(*of, "log[");
                self.put(index);
                self.push(if *part == Part::Term { "].term" } else { "]" });
            }
            Expr::Pair { of, key } => {
                self.dotted(*of, "kv[");
                self.bare(key);
                self.push("]");
            }
            Expr::Client { client, field } => {
                self.put(client);
                self.client_field(*field);
            }
            Expr::Messages { fate, filter } => {
                self.push(fate.name());
                self.push("(");
                self.filter(filter, ", ", "");
                self.push(")");
            }
            Expr::Counter(counter) => self.push(counter.name()),
            Expr::Holds(name) => self.call("holds", |printer| printer.push(name)),
            Expr::Violated(name) => self.call("violated", |printer| printer.push(name)),
            Expr::Compare { left, by, right } => {
                self.operand(left);
                self.words("", &[&by.name(), &""]);
                self.operand(right);
            }
            Expr::Not(inner) => {
                self.push("not ");
                let joins = matches!(**inner, Expr::All(_) | Expr::Any(_));
                self.bracketed(inner, joins);
            }
            Expr::All(parts) => self.joined(parts, " and "),
            Expr::Any(parts) => self.joined(parts, " or "),
            Expr::Always(inner) => self.call("always", |printer| printer.expr(inner)),
            Expr::Never(inner) => self.call("never", |printer| printer.expr(inner)),
            Expr::With { protocol, condition } => self.call(protocol, |printer| printer.expr(condition)),
        }
    }

    fn joined(&mut self, parts: &[Expr], word: &str) {
        for (i, part) in parts.iter().enumerate() {
            self.push(if i == 0 { "" } else { word });
            let looser = matches!(part, Expr::Any(_)) || (word == " and " && matches!(part, Expr::All(_)));
            self.bracketed(part, looser);
        }
    }

    /// One side of a comparison.
    fn operand(&mut self, expr: &Expr) {
        let looser = matches!(expr, Expr::Compare { .. } | Expr::Not(_) | Expr::All(_) | Expr::Any(_));
        self.bracketed(expr, looser);
    }

    fn bracketed(&mut self, expr: &Expr, brackets: bool) {
        self.push(if brackets { "(" } else { "" });
        self.expr(expr);
        self.push(if brackets { ")" } else { "" });
    }

    fn dotted(&mut self, of: Target, key: &str) {
        self.put(&of);
        self.push(".");
        self.push(key);
    }

    fn call(&mut self, word: &str, inside: impl FnOnce(&mut Self)) {
        self.push(word);
        self.push("(");
        inside(self);
        self.push(")");
    }

    fn client_field(&mut self, field: ClientField) {
        let (n, tail) = match field {
            ClientField::Last => return self.push(".last"),
            ClientField::Ops => return self.push(".ops"),
            ClientField::Outcome(n) => (n, "].outcome"),
            ClientField::Reply(n) => (n, "].reply"),
        };
        self.push(".op[");
        self.put(&n);
        self.push(tail);
    }

    fn literal(&mut self, literal: &Literal) {
        match literal {
            Literal::Flag(flag) => self.put(flag),
            Literal::Number(number) => self.put(number),
            Literal::Term { number, owner } => self.put(&Term::owned(*number, *owner)),
            Literal::Text(text) if stands_alone(text) => self.push(text),
            Literal::Text(text) => self.quoted(text),
            Literal::Nothing => self.push("none"),
        }
    }
}

/// True if the text can do without quotes: it is one word, and means nothing else.
fn stands_alone(text: &str) -> bool {
    let is_word = Cursor::new(text, 1).word() == Some(text);
    let (letter, digits) = text.split_at(usize::from(is_word));
    let is_place = matches!(letter, "n" | "c") && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_word
        && text.len() <= crate::limits::NAME
        && !RESERVED.contains(&text)
        && (!is_place || digits.is_empty())
}
