//! Why a condition does not hold, in words.

use crate::text::Printer;
use crate::{EvalError, Expr, Missing, Monitor, World, eval, holds};
use protocol::Dialect;

/// The sentence for a condition that does not hold: the condition and the values found, as in
/// `n1.term == 2 and n1.commit == 1 does not hold: n1.commit is 0`.
pub fn report(condition: &Expr, world: &dyn World, monitor: &Monitor, dialect: &Dialect) -> String {
    let mut findings = Vec::new();
    Findings { world, monitor, dialect }.collect(condition, &mut findings);
    let mut text = Printer::show(condition, dialect);
    text.push_str(" does not hold");
    if !findings.is_empty() {
        text.push_str(": ");
        text.push_str(&findings.join(", "));
    }
    text
}

struct Findings<'a> {
    world: &'a dyn World,
    monitor: &'a Monitor,
    dialect: &'a Dialect,
}

impl Findings<'_> {
    fn collect(&self, expr: &Expr, findings: &mut Vec<String>) {
        match expr {
            // Only the parts that fail are worth a reader's time.
            Expr::All(parts) => {
                parts.iter().filter(|part| !self.holds(part)).for_each(|part| self.collect(part, findings));
            }
            Expr::Any(parts) => parts.iter().for_each(|part| self.collect(part, findings)),
            Expr::Not(inner) => self.collect(inner, findings),
            Expr::Compare { left, right, .. } => {
                self.collect(left, findings);
                self.collect(right, findings);
            }
            Expr::Literal(_) => {}
            Expr::Always(_) | Expr::Never(_) => {
                if let Some(moment) = self.monitor.broke(expr) {
                    self.find(
                        expr,
                        &format!("broke at {}, after event {} of that time", moment.at, moment.n),
                        findings,
                    );
                }
            }
            Expr::Server(target) if self.world.server(*target).is_none() => {
                push(findings, EvalError::Absent(Missing::Server(*target)).to_string());
            }
            _ => match eval(expr, self.world, self.monitor) {
                Ok(value) => self.find(expr, &format!("is {value}"), findings),
                Err(error) => push(findings, error.to_string()),
            },
        }
    }

    fn find(&self, expr: &Expr, what: &str, findings: &mut Vec<String>) {
        push(findings, format!("{} {what}", Printer::show(expr, self.dialect)));
    }

    fn holds(&self, expr: &Expr) -> bool {
        holds(expr, self.world, self.monitor) == Ok(true)
    }
}

fn push(findings: &mut Vec<String>, finding: String) {
    if !findings.contains(&finding) {
        findings.push(finding);
    }
}
