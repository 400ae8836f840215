//! A run at one moment, as conditions see it.

use crate::director::Director;
use protocol::{ClientId, FactView, Index, NodeId, Protocol, RoleKind, Status};
use scenario::{ClientField, Counter, Fate, Field, Part, Value, World};
use sim::{Filter, Outcome, Target};
use std::borrow::Cow;

/// The stage that a director has set up.
pub(crate) struct Stage<'a, P: Protocol> {
    director: &'a Director<P>,
}

impl<'a, P: Protocol> Stage<'a, P> {
    pub(crate) fn of(director: &'a Director<P>) -> Stage<'a, P> {
        Stage { director }
    }

    fn core(&self, node: NodeId) -> Option<&'a P> {
        self.director.sim.machines().get(node.slot())?.core.as_ref()
    }

    fn status(&self, node: NodeId) -> Option<Status> {
        self.core(node).map(Protocol::status)
    }

    fn facts(&self, node: NodeId) -> Vec<FactView> {
        let machine = self.director.sim.machines().get(node.slot());
        machine.and_then(|machine| Some(machine.core.as_ref()?.facts(&machine.disk))).unwrap_or_default()
    }
}

fn owned<'v>(text: String) -> Value<'v> {
    if text == "none" { Value::Nothing } else { Value::Text(Cow::Owned(text)) }
}

impl<P: Protocol> World for Stage<'_, P> {
    fn server(&self, target: Target) -> Option<NodeId> {
        self.director.sim.node(target).ok()
    }

    fn field(&self, node: NodeId, field: Field) -> Option<Value<'_>> {
        let machine = self.director.sim.machines().get(node.slot())?;
        if field == Field::Up {
            return Some(Value::Flag(machine.is_up() && !machine.paused));
        }
        let status = self.status(node)?;
        Some(match field {
            Field::Role => Value::Text(Cow::Borrowed(P::DIALECT.roles[usize::from(status.role)].name)),
            Field::Term => Value::Term(status.term),
            Field::Commit => Value::count(status.commit),
            Field::Applied => Value::count(status.applied),
            Field::Last => Value::count(status.last),
            Field::Leader => status.leader.map_or(Value::Nothing, Value::Node),
            Field::Up => Value::Flag(true),
        })
    }

    fn fact(&self, node: NodeId, key: &str) -> Option<Value<'_>> {
        self.facts(node).into_iter().find(|fact| fact.key == key).map(|fact| owned(fact.value))
    }

    fn fact_keys(&self, node: NodeId) -> Vec<String> {
        self.facts(node).into_iter().map(|fact| fact.key.to_owned()).collect()
    }

    fn entry(&self, node: NodeId, index: Index, part: Part) -> Option<Value<'_>> {
        let core = self.core(node)?;
        match part {
            Part::Content => core.content_at(index).map(|content| owned(content.to_string())),
            Part::Term => {
                let disk = &self.director.sim.machines().get(node.slot())?.disk;
                core.cells(disk, index, index).first().map(|cell| Value::Term(cell.term))
            }
        }
    }

    fn pair(&self, node: NodeId, key: &str) -> Option<Value<'_>> {
        self.core(node)?.value_of(key).map(|value| owned(value.to_owned()))
    }

    fn client(&self, client: ClientId, field: ClientField) -> Option<Value<'_>> {
        let operations = &self.director.sim.clients().get(client.slot())?.operations;
        let numbered = |k: u32| operations.get(usize::try_from(k).ok()?.checked_sub(1)?);
        Some(match field {
            ClientField::Ops => Value::count(operations.len() as u64),
            ClientField::Last => Value::Text(Cow::Borrowed(operations.last()?.outcome.name())),
            ClientField::Outcome(k) => Value::Text(Cow::Borrowed(numbered(k)?.outcome.name())),
            ClientField::Reply(k) => match &numbered(k)?.outcome {
                Outcome::Done(reply) => owned(reply.to_string()),
                _ => Value::Nothing,
            },
        })
    }

    fn messages(&self, fate: Fate, filter: &Filter) -> u64 {
        let sums = self.director.counts.sum(filter);
        u64::from(match fate {
            Fate::Sent => sums.sent,
            Fate::Delivered => sums.delivered,
            Fate::Lost => sums.lost,
            Fate::InFlight => sums.sent - sums.delivered - sums.lost,
        })
    }

    fn counter(&self, counter: Counter) -> u64 {
        let leads = |node: NodeId| {
            let role = self.status(node).map(|status| P::DIALECT.roles[usize::from(status.role)].kind);
            role == Some(RoleKind::Leading)
        };
        match counter {
            Counter::Leaders => {
                self.director.sim.machines().iter().filter(|machine| leads(machine.id)).count() as u64
            }
            Counter::Elections => u64::from(self.director.counts.elections),
            Counter::Wins => u64::from(self.director.counts.wins),
            Counter::Violations => self.director.checker.violations().len() as u64,
        }
    }

    fn holds(&self, invariant: &str) -> Option<bool> {
        let known = P::DIALECT.promises.iter().any(|promise| promise.key == invariant);
        known.then(|| self.director.checker.holds(invariant))
    }
}
