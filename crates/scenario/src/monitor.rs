//! What `always` and `never` remember.

use crate::{EvalError, Expr, Line, Moment, Scenario, World, holds};
use std::sync::Arc;

/// Watches every `always` and `never` of a scenario. It is fed at the start and after every event, and belongs into a
/// checkpoint of the run: cloning it copies a few words for each thing watched.
///
/// A moment at which a watched condition has no value (`leader.term` while nobody leads) is passed over.
#[derive(Clone, Debug, Default)]
pub struct Monitor {
    watched: Arc<[Expr]>,
    states: Vec<State>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Held,
    Broke(Moment),
    Wrong(String),
}

impl Monitor {
    /// A monitor of all that this scenario watches.
    pub fn of(scenario: &Scenario) -> Monitor {
        let mut watched: Vec<Expr> = Vec::new();
        let mut visit = |expr: &Expr| {
            if !watched.contains(expr) {
                watched.push(expr.clone());
            }
        };
        for line in &scenario.lines {
            match line {
                Line::Until { condition, .. } | Line::Goal { condition, .. } | Line::Expect(condition) => {
                    condition.each_watched(&mut visit);
                }
                Line::Ask { answers, .. } => {
                    answers.iter().for_each(|answer| answer.condition.each_watched(&mut visit));
                }
                _ => {}
            }
        }
        Monitor { states: vec![State::Held; watched.len()], watched: watched.into() }
    }

    /// Looks at the world after an event (and once before the first).
    pub fn feed(&mut self, now: Moment, world: &dyn World) {
        let nothing = Monitor::default();
        for (watched, state) in self.watched.iter().zip(&mut self.states) {
            let (condition, wanted) = match watched {
                Expr::Always(condition) => (condition, true),
                Expr::Never(condition) => (condition, false),
                _ => continue,
            };
            if *state == State::Held {
                match holds(condition, world, &nothing) {
                    Ok(found) if found != wanted => *state = State::Broke(now),
                    Ok(_) | Err(EvalError::Absent(_)) => {}
                    Err(EvalError::Wrong(why)) => *state = State::Wrong(why),
                }
            }
        }
    }

    /// The first moment at which this `always` or `never` broke, if it did.
    pub fn broke(&self, watched: &Expr) -> Option<Moment> {
        match self.state(watched) {
            Some(State::Broke(moment)) => Some(*moment),
            _ => None,
        }
    }

    pub(crate) fn verdict(&self, watched: &Expr) -> Result<bool, EvalError> {
        match self.state(watched) {
            Some(State::Held) => Ok(true),
            Some(State::Broke(_)) => Ok(false),
            Some(State::Wrong(why)) => Err(EvalError::Wrong(why.clone())),
            None => Err(EvalError::Wrong("`always` and `never` must be watched from the start".into())),
        }
    }

    fn state(&self, watched: &Expr) -> Option<&State> {
        let place = self.watched.iter().position(|other| other == watched)?;
        self.states.get(place)
    }
}
