//! What the conditions of a scenario ask for, so that nothing is counted in vain.

use scenario::{Expr, Line, Scenario};

/// True if a condition asks how many messages, elections or wins there were.
pub(crate) fn counts(scenario: &Scenario) -> bool {
    any(scenario, &|expr| matches!(expr, Expr::Messages { .. } | Expr::Counter(_)))
}

/// True if a condition says `always` or `never`.
pub(crate) fn watches(scenario: &Scenario) -> bool {
    any(scenario, &|expr| matches!(expr, Expr::Always(_) | Expr::Never(_)))
}

fn any(scenario: &Scenario, wanted: &dyn Fn(&Expr) -> bool) -> bool {
    scenario.lines.iter().any(|line| match line {
        Line::Until { condition, .. } | Line::Goal { condition, .. } | Line::Expect(condition) => {
            within(condition, wanted)
        }
        Line::Ask { answers, .. } => answers.iter().any(|answer| within(&answer.condition, wanted)),
        _ => false,
    })
}

fn within(expr: &Expr, wanted: &dyn Fn(&Expr) -> bool) -> bool {
    wanted(expr)
        || match expr {
            Expr::Not(inner) | Expr::Always(inner) | Expr::Never(inner) => within(inner, wanted),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(|part| within(part, wanted)),
            Expr::Compare { left, right, .. } => within(left, wanted) || within(right, wanted),
            _ => false,
        }
}
