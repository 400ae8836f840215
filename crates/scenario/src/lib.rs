//! scenario: placeholder for the essay

mod eval;
mod expr;
pub mod limits;
pub mod link;
mod monitor;
mod report;
mod scenario;
mod text;
mod value;

pub use eval::{EvalError, Missing, World, eval, holds};
pub use expr::{ClientField, Comparison, Counter, Expr, Fate, Field, Literal, OUTCOMES, Part};
pub use monitor::Monitor;
pub use report::report;
pub use scenario::{Answer, Line, LookAt, Moment, Panel, Scenario};
pub use text::{
    Source, TextError, parse, parse_action, parse_condition, parse_source, print, print_action,
    print_condition,
};
pub use value::Value;
