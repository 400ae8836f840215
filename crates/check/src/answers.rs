//! What answers are measured by: the log first, then a search.

use crate::checker::Checker;
use crate::clients::{Asked, Asking, Name};
use crate::history::{Call, Partial, Verdict, judge};
use crate::invariant::Invariant;
use crate::violation::Witness;
use protocol::{Index, Op, Reply};
use sim::Outcome;
use std::sync::Arc;

/// How many steps a search may take after an answer.
const BUDGET: u64 = 20_000;

/// A key with an answer that the log does not explain.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Suspect {
    pub(crate) key: Arc<str>,
    /// From here on its history is judged: nothing was under way, and this was its value.
    since: u64,
    value: Option<Arc<str>>,
    /// Its history is too tangled.
    pub(crate) given_up: bool,
}

impl Suspect {
    pub(crate) fn of(key: Arc<str>) -> Suspect {
        Suspect { key, since: 0, value: None, given_up: false }
    }
}

impl Checker {
    /// A read whose answer the log does not explain: is it a value that was replaced before the read was asked, as far
    /// as any client had been told?
    pub(crate) fn check_freshness(&mut self, asked: &Asked, from: Asking) {
        let (Op::Get { key }, Outcome::Done(Reply::Value(value))) = (asked.command.op(), &asked.outcome)
        else {
            return;
        };
        let tells = |other: &Asked| other.found.is_none() && other.command.op().writes();
        if self.clients.on_key(key).any(|(other, _)| tells(other)) {
            // The value may come from a write that no server has applied yet.
            return;
        }
        let versions = self.clients.versions(key);
        let end = |place: usize| versions.get(place + 1).map(|next| (next.index, next.by));
        let same = versions.iter().enumerate().filter(|(_, version)| version.value == *value);
        let ends: Vec<_> = same.map(|(place, _)| end(place)).collect();
        let is_old = ends.iter().all(|end| end.is_some_and(|(index, _)| index <= from.floor));
        if let Some(Some((index, by))) = ends.last().filter(|_| is_old) {
            self.stale_read(asked, from, *index, *by);
        }
    }

    fn stale_read(&mut self, asked: &Asked, from: Asking, index: Index, by: Name) {
        let node = self.clients.answered_by;
        self.broke(Invariant::NoStaleReads, node, node, |checker| {
            let (op, key) = (asked.command.op(), asked.command.op().key());
            let spot = checker.spot(index);
            // Who replaced the value may not have been answered; then somebody behind it was.
            let named = checker.clients.get(by).filter(|other| other.until.is_some());
            let known = named.or_else(|| checker.clients.get(from.floor_of));
            let new = known.map_or_else(|| Witness::of(format!("{spot} had replaced it")), Asked::witness);
            (
                format!(
                    "{} was told an old value of {key} for {op}: it had been replaced at {spot}, and a client knew",
                    asked.who()
                ),
                [new, asked.witness()],
            )
        });
    }

    /// Judges the history of a key, unless all that was answered about it is explained by the log.
    pub(crate) fn check_history(&mut self, asked: &Asked, explained: bool) {
        if !self.made.has(Invariant::Linearizability) {
            return;
        }
        let key = asked.command.op().key();
        if !explained {
            self.clients.suspect(key);
        }
        let Some(place) = self.clients.suspects.iter().position(|suspect| suspect.key == *key) else {
            return;
        };
        let Suspect { since, value, given_up, .. } = self.clients.suspects[place].clone();
        if given_up || asked.outcome == Outcome::Unknown || self.is_broken(Invariant::Linearizability) {
            return;
        }
        let on_key = self.clients.on_key(key).filter(|(_, from)| from.tick > since);
        let mut operations: Vec<(Asked, Asking)> =
            on_key.map(|(asked, from)| (asked.clone(), from)).collect();
        operations.sort_by_key(|(_, from)| from.tick);
        let calls: Vec<Call> = operations.iter().map(|(asked, from)| asked.call(*from)).collect();
        match judge(value, &calls, BUDGET) {
            Verdict::Linearizable(_) => self.settle(place, asked, &operations),
            Verdict::Unknown => Arc::make_mut(&mut self.clients.suspects)[place].given_up = true,
            Verdict::Not(partial) => self.not_linearizable(asked, &partial, &operations),
        }
    }

    /// If an operation was alone, and tells what value there is after it, what was before need not be looked at again.
    fn settle(&mut self, place: usize, asked: &Asked, operations: &[(Asked, Asking)]) {
        let (Some(from), Some((until, _))) = (asked.from, asked.until) else { return };
        let over = |other: &Asked| {
            let before = other.until.is_some_and(|(until, _)| until < from.tick);
            other.command == asked.command || before && matches!(other.outcome, Outcome::Done(_))
        };
        if let Some(value) = value_after(asked)
            && operations.iter().all(|(other, _)| over(other))
        {
            let suspect = &mut Arc::make_mut(&mut self.clients.suspects)[place];
            (suspect.since, suspect.value) = (until, value);
        }
    }

    fn not_linearizable(&mut self, asked: &Asked, partial: &Partial, all: &[(Asked, Asking)]) {
        let node = self.clients.answered_by;
        let (op, key) = (asked.command.op(), asked.command.op().key());
        let is_same = |other: &&Asked| other.command == asked.command;
        let known = |place: usize| all.get(place).map(|(known, _)| known);
        let stuck = known(partial.stuck).filter(|other| !is_same(other));
        let wrote = |other: &&Asked| other.command.op().writes();
        let done = partial.order.iter().rev().filter_map(|place| known(*place));
        let last = done.filter(|other| !is_same(other)).find(wrote);
        // What failed, somebody said, and stands in the log all the same tells most.
        let denied = self.clients.denied(key).filter(|other| !is_same(other));
        let other = denied
            .or(stuck)
            .or(last)
            .map_or_else(|| Witness::of(format!("nobody else had done anything to {key}")), Asked::witness);
        self.broke(Invariant::Linearizability, node, node, |_| {
            let told = match &asked.outcome {
                Outcome::Done(reply) => format!("was told \"{reply}\" for {op}"),
                _ => format!("was told that {op} failed"),
            };
            let text = format!(
                "{} {told}, and no order of what clients asked of {key} explains all their answers",
                asked.who()
            );
            (text, [other, asked.witness()])
        });
    }
}

/// The value of a key after an operation, if its answer tells.
fn value_after(asked: &Asked) -> Option<Option<Arc<str>>> {
    let Outcome::Done(reply) = &asked.outcome else { return None };
    match (asked.command.op(), reply) {
        (Op::Set { value, .. }, Reply::Stored) => Some(Some(value.clone())),
        (Op::Cas { new, .. }, Reply::Stored) => Some(Some(new.clone())),
        (_, Reply::Value(value) | Reply::Differs(value)) => Some(value.clone()),
        (_, Reply::Number(number)) => Some(Some(number.to_string().into())),
        _ => None,
    }
}
