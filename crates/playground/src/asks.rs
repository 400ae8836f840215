//! What the conditions of a scenario ask for, so that nothing is counted in vain.

use protocol::Dialect;
use scenario::{Expr, Line, Piece, Scenario, has_values, parse_caption};

/// True if a condition or a caption asks how many messages, elections or wins there were.
pub(crate) fn counts(scenario: &Scenario, dialect: &Dialect) -> bool {
    let wanted = |expr: &Expr| matches!(expr, Expr::Messages { .. } | Expr::Counter(_));
    any(scenario, &wanted) || looked_up(scenario, dialect).iter().any(|expr| within(expr, &wanted))
}

/// What stands in braces in the captions.
fn looked_up(scenario: &Scenario, dialect: &Dialect) -> Vec<Expr> {
    let captions = scenario.lines.iter().filter_map(|line| match line {
        Line::Caption(text) if has_values(text) => parse_caption(text, dialect, &scenario.config).ok(),
        _ => None,
    });
    let values = captions.flatten().filter_map(|piece| match piece {
        Piece::Value(expr) => Some(expr),
        Piece::Words(_) => None,
    });
    values.collect()
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
