//! How much work a run may be. A scenario comes from anybody, and nothing that it says may keep a reader waiting for
//! ever: a run ends at a bound, and says so.

use protocol::{Protocol, Time};
use scenario::{Expr, Line, Scenario};
use sim::{Action, Sim};

/// The most events in a run.
pub const MOST_EVENTS: u32 = 1_000_000;
/// The most messages in flight.
const MOST_IN_FLIGHT: usize = 20_000;
/// The most effort, in units of some fifty nanoseconds.
const MOST_EFFORT: u64 = 40_000_000;

/// How much a condition asks for: values at hand, and values for which a server has to be looked through.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    light: u32,
    heavy: u32,
}

impl Cost {
    /// What it costs to ask a condition once.
    pub(crate) fn of(condition: &Expr) -> Cost {
        let sum = |parts: &[Expr]| parts.iter().map(Cost::of).fold(Cost::default(), Cost::and);
        match condition {
            Expr::Fact { .. } | Expr::Entry { .. } | Expr::Pair { .. } | Expr::Messages { .. } => {
                Cost { light: 0, heavy: 1 }
            }
            Expr::Compare { left, right, .. } => Cost::of(left).and(Cost::of(right)),
            Expr::Not(inner) | Expr::Always(inner) | Expr::Never(inner) => Cost::of(inner),
            Expr::All(parts) | Expr::Any(parts) => sum(parts),
            _ => Cost { light: 1, heavy: 0 },
        }
    }

    /// What it costs to watch all that a scenario watches.
    pub(crate) fn watched(scenario: &Scenario) -> Cost {
        let of_line = |line: &Line| match line {
            Line::Until { condition, .. } | Line::Goal { condition, .. } | Line::Expect(condition) => {
                Cost::watched_in(condition)
            }
            Line::Ask { answers, .. } => answers
                .iter()
                .map(|answer| Cost::watched_in(&answer.condition))
                .fold(Cost::default(), Cost::and),
            _ => Cost::default(),
        };
        scenario.lines.iter().map(of_line).fold(Cost::default(), Cost::and)
    }

    /// What stands under an `always` or a `never`.
    fn watched_in(condition: &Expr) -> Cost {
        match condition {
            Expr::Always(inner) | Expr::Never(inner) => Cost::of(inner),
            Expr::Not(inner) => Cost::watched_in(inner),
            Expr::Compare { left, right, .. } => Cost::watched_in(left).and(Cost::watched_in(right)),
            Expr::All(parts) | Expr::Any(parts) => {
                parts.iter().map(Cost::watched_in).fold(Cost::default(), Cost::and)
            }
            _ => Cost::default(),
        }
    }

    pub(crate) fn and(self, other: Cost) -> Cost {
        Cost { light: self.light + other.light, heavy: self.heavy + other.heavy }
    }
}

/// The effort that a run has taken so far. It follows from its events alone, so every replay comes to the same.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effort(u64);

impl Effort {
    /// Adds an event after which conditions of this cost are asked.
    pub(crate) fn add_event<P: Protocol>(&mut self, sim: &Sim<P>, asked: Cost) {
        if asked.heavy > 0 {
            let statuses = sim.machines().iter().filter_map(|machine| machine.core.as_ref().map(P::status));
            let longest = statuses.map(|status| status.last).max().unwrap_or(0);
            self.0 += u64::from(asked.heavy) * (20 + longest);
        }
        self.0 += u64::from(asked.light) + sim.held_messages().len() as u64 / 8;
    }

    /// Adds an action that names a message: it is looked for among all in flight.
    pub(crate) fn add_action<P: Protocol>(&mut self, sim: &Sim<P>, action: &Action) {
        if let Action::Deliver(_) | Action::Drop(_) | Action::Duplicate(_) | Action::Delay(..) = action {
            self.0 += sim.in_flight() as u64 / 2;
        }
    }

    /// Why a run cannot go on, if it cannot.
    pub(crate) fn exhausted<P: Protocol>(self, sim: &Sim<P>) -> Option<&'static str> {
        if sim.position() >= MOST_EVENTS {
            Some("a run has 1,000,000 events at the most")
        } else if sim.in_flight() > MOST_IN_FLIGHT {
            Some("more than 20,000 messages are in flight")
        } else if self.0 > MOST_EFFORT {
            Some("its conditions and its messages are too much work")
        } else {
            None
        }
    }
}

/// How far a run is known that was wanted up to an instant: not so far if it cannot go on.
pub(crate) fn known(now: Time, wanted: Time, exhausted: bool) -> Time {
    if exhausted { now } else { now.max(wanted) }
}
