//! The search for an order.

use super::marks::{Key, Marks};
use super::order::Order;
use super::{Call, Partial, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

type Value = Option<Arc<str>>;

struct Search<'a> {
    calls: &'a [Call],
    order: Order,
    /// What is done, in order, each with the number of the value before it.
    done: Vec<(usize, u32)>,
    marks: Marks,
    /// Calls with an answer that are not done.
    missing: usize,
    value: u32,
    values: Vec<Value>,
    numbers: BTreeMap<Value, u32>,
    seen: BTreeSet<(Key, u32)>,
    longest: Option<Partial>,
}

/// Judges the operations on one key, under which this is stored at first, in so many steps at most.
pub fn judge(first: Option<Arc<str>>, calls: &[Call], budget: u64) -> Verdict {
    let mut search = Search {
        calls,
        order: Order::of(calls),
        done: Vec::new(),
        marks: Marks::below(calls.len()),
        missing: calls.iter().filter(|call| call.heard.is_some()).count(),
        value: 0,
        values: vec![first.clone()],
        numbers: BTreeMap::from([(first, 0)]),
        seen: BTreeSet::new(),
        longest: None,
    };
    search.run(budget)
}

impl Search<'_> {
    fn run(&mut self, budget: u64) -> Verdict {
        let mut place = self.order.after(0);
        for _ in 0..budget {
            if self.missing == 0 {
                return Verdict::Linearizable(self.done.iter().map(|(call, _)| *call).collect());
            }
            let step = self.order.step(place);
            place = if step.is_answer {
                // Whoever is answered here has to be done by now.
                self.remember(step.call);
                match self.undo() {
                    Some(question) => self.order.after(question),
                    None => return self.longest.take().map_or(Verdict::Unknown, Verdict::Not),
                }
            } else if self.attempt(step.call) {
                self.order.after(0)
            } else {
                self.order.after(place)
            };
        }
        Verdict::Unknown
    }

    /// Lets a call take effect next, if that explains its answer and leads to something new.
    fn attempt(&mut self, call: usize) -> bool {
        let asked = &self.calls[call];
        let (reply, stored) = asked.op.run(self.values[self.value as usize].as_ref());
        let fits = asked.heard.as_ref().is_none_or(|(_, heard)| heard.agrees(&reply));
        // An open operation that changes nothing explains nothing either.
        if !fits || asked.heard.is_none() && stored.is_none() {
            return false;
        }
        let value = stored.map_or(self.value, |value| self.number_of(Some(value)));
        self.marks.insert(call);
        if !self.seen.insert((self.marks.key(), value)) {
            self.marks.remove(call);
            return false;
        }
        self.done.push((call, self.value));
        self.value = value;
        self.missing -= usize::from(asked.heard.is_some());
        self.order.lift(call);
        true
    }

    /// Takes back what was done last, and gives the place of its question.
    fn undo(&mut self) -> Option<usize> {
        let (call, value) = self.done.pop()?;
        self.marks.remove(call);
        self.value = value;
        self.missing += usize::from(self.calls[call].heard.is_some());
        Some(self.order.put_back(call))
    }

    fn remember(&mut self, stuck: usize) {
        if self.longest.as_ref().is_none_or(|longest| self.done.len() > longest.order.len()) {
            let order = self.done.iter().map(|(call, _)| *call).collect();
            let value = self.values[self.value as usize].clone();
            self.longest = Some(Partial { order, value, stuck });
        }
    }

    fn number_of(&mut self, value: Value) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.numbers.insert(value, number);
        number
    }
}
