//! What an expression comes to in a world.

use crate::{ClientField, Counter, Expr, Fate, Field, Monitor, Part, Value};
use protocol::{ClientId, Index, NodeId};
use sim::{Filter, Place, Target};
use std::fmt;

/// A run at one moment, as conditions see it. Whoever plays scenarios implements it.
///
/// `None` always means "there is no such value now"; a value that is there and empty is [`Value::Nothing`].
pub trait World {
    /// The server that the target means now, if any is.
    fn server(&self, target: Target) -> Option<NodeId>;
    /// A value that every server has.
    fn field(&self, node: NodeId, field: Field) -> Option<Value<'_>>;
    /// A value of this protocol's servers, by [`protocol::FactView::key`].
    fn fact(&self, node: NodeId, key: &str) -> Option<Value<'_>>;
    /// The keys that [`World::fact`] knows, for the message when it does not know one.
    fn fact_keys(&self, node: NodeId) -> Vec<String>;
    /// A place of a log; [`Value::Nothing`] where there is no entry.
    fn entry(&self, node: NodeId, index: Index, part: Part) -> Option<Value<'_>>;
    /// A value of a server's state machine; [`Value::Nothing`] where there is none.
    fn pair(&self, node: NodeId, key: &str) -> Option<Value<'_>>;
    /// What a client knows. Outcomes are the words of [`crate::OUTCOMES`].
    fn client(&self, client: ClientId, field: ClientField) -> Option<Value<'_>>;
    /// How many messages met this fate. The filter's places are numbers, never symbols.
    fn messages(&self, fate: Fate, filter: &Filter) -> u64;
    /// A count of the whole run.
    fn counter(&self, counter: Counter) -> u64;
    /// Whether an invariant has held so far; `None` if none has this name.
    fn holds(&self, invariant: &str) -> Option<bool>;
}

/// Why an expression comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvalError {
    /// A value is not there now, but may be later: no server leads, an operation was not asked for yet. While a
    /// condition is waited for, this counts as "not yet".
    Absent(Missing),
    /// It can never have a value: there is no such fact or invariant, or two values without order are compared.
    Wrong(String),
}

/// What is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// No server is that now.
    Server(Target),
    /// The server shows no such value now.
    Field(NodeId, Field),
    /// The client has no such operation yet.
    Client(ClientId),
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EvalError::Absent(Missing::Server(Target::Leader)) => f.write_str("there is no leader"),
            EvalError::Absent(Missing::Server(target)) => write!(f, "no server is `{target}` now"),
            EvalError::Absent(Missing::Field(node, field)) => write!(f, "{node} has no {} now", field.name()),
            EvalError::Absent(Missing::Client(client)) => write!(f, "{client} has not asked for that yet"),
            EvalError::Wrong(why) => f.write_str(why),
        }
    }
}

/// What the expression comes to.
///
/// # Errors
///
/// A message that names what is missing.
pub fn eval<'a>(expr: &'a Expr, world: &'a dyn World, monitor: &Monitor) -> Result<Value<'a>, EvalError> {
    let server = |target: Target| world.server(target).ok_or(EvalError::Absent(Missing::Server(target)));
    match expr {
        Expr::Literal(literal) => Ok(literal.into()),
        Expr::Server(target) => Ok(world.server(*target).map_or(Value::Nothing, Value::Node)),
        Expr::Field { of, field } => {
            let node = server(*of)?;
            world.field(node, *field).ok_or(EvalError::Absent(Missing::Field(node, *field)))
        }
        Expr::Fact { of, key } => {
            let node = server(*of)?;
            world.fact(node, key).ok_or_else(|| unknown_fact(world, node, key))
        }
        Expr::Entry { of, index, part } => {
            Ok(world.entry(server(*of)?, *index, *part).unwrap_or(Value::Nothing))
        }
        Expr::Pair { of, key } => Ok(world.pair(server(*of)?, key).unwrap_or(Value::Nothing)),
        Expr::Client { client, field } => {
            world.client(*client, *field).ok_or(EvalError::Absent(Missing::Client(*client)))
        }
        Expr::Messages { fate, filter } => {
            Ok(Value::count(world.messages(*fate, &resolve(filter, &server)?)))
        }
        Expr::Counter(counter) => Ok(Value::count(world.counter(*counter))),
        Expr::Holds(name) => invariant(world, name).map(Value::Flag),
        Expr::Violated(name) => invariant(world, name).map(|holds| Value::Flag(!holds)),
        Expr::Compare { left, by, right } => {
            let (one, two) = (eval(left, world, monitor)?, eval(right, world, monitor)?);
            let holds = one.compare(*by, &two);
            holds.map(Value::Flag).ok_or_else(|| {
                EvalError::Wrong(format!("{one} and {two} have no order: they compare by == and != only"))
            })
        }
        Expr::Not(inner) => Ok(Value::Flag(!holds(inner, world, monitor)?)),
        Expr::All(parts) => several(parts, false, world, monitor),
        Expr::Any(parts) => several(parts, true, world, monitor),
        Expr::Always(_) | Expr::Never(_) => monitor.verdict(expr).map(Value::Flag),
        Expr::With { protocol, .. } => {
            Err(EvalError::Wrong(format!("what {protocol} does can be told side by side only")))
        }
    }
}

/// Whether the condition holds. A server stands for "there is one".
///
/// # Errors
///
/// As for [`eval`].
pub fn holds(condition: &Expr, world: &dyn World, monitor: &Monitor) -> Result<bool, EvalError> {
    match eval(condition, world, monitor)? {
        Value::Flag(flag) => Ok(flag),
        Value::Node(_) => Ok(true),
        Value::Nothing => Ok(false),
        value => Err(EvalError::Wrong(format!("{value} is neither true nor false"))),
    }
}

/// `and` and `or`: a part that decides settles it, even where another part has no value.
fn several<'a>(
    parts: &[Expr],
    decisive: bool,
    world: &dyn World,
    monitor: &Monitor,
) -> Result<Value<'a>, EvalError> {
    let mut absent = None;
    for part in parts {
        match holds(part, world, monitor) {
            Ok(flag) if flag == decisive => return Ok(Value::Flag(decisive)),
            Ok(_) => {}
            Err(wrong @ EvalError::Wrong(_)) => return Err(wrong),
            Err(error) => absent = absent.or(Some(error)),
        }
    }
    absent.map_or(Ok(Value::Flag(!decisive)), Err)
}

fn invariant(world: &dyn World, name: &str) -> Result<bool, EvalError> {
    world.holds(name).ok_or_else(|| EvalError::Wrong(format!("there is no invariant `{name}`")))
}

fn unknown_fact(world: &dyn World, node: NodeId, key: &str) -> EvalError {
    EvalError::Wrong(format!("{node} has no `{key}`; it has {}", world.fact_keys(node).join(", ")))
}

/// The filter with every symbolic place resolved.
fn resolve(
    filter: &Filter,
    server: &dyn Fn(Target) -> Result<NodeId, EvalError>,
) -> Result<Filter, EvalError> {
    let place = |place: Option<Place>| match place {
        Some(Place::Server(target)) => server(target).map(|node| Some(Place::Server(Target::Node(node)))),
        other => Ok(other),
    };
    Ok(Filter { kind: filter.kind, from: place(filter.from)?, to: place(filter.to)? })
}
