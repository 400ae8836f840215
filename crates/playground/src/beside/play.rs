//! A run of any protocol while it is laid beside others.

use super::tally::Tally;
use crate::director::{Director, Progress};
use crate::lookout::Notes;
use crate::run::Trouble;
use crate::world::Stage;
use protocol::{Dialect, NodeId, Protocol, Time};
use scenario::{EvalError, Expr, Line, Scenario, fill, has_values, holds, parse_caption, report, words_of};
use sim::{Action, Target};

/// A run that goes on line by line, or up to an instant. The scenario is handed in anew, for its lines may be more.
pub(super) trait Play {
    /// Plays every line before this one.
    fn to_line(&mut self, scenario: &Scenario, end: usize);
    /// Plays up to an instant, and counts.
    fn count(&mut self, scenario: &Scenario, until: Time, tally: &mut Tally);
    /// The clock.
    fn now(&self) -> Time;
    /// How much of the script has failed so far.
    fn failures(&self) -> usize;
    /// Whether a condition in this protocol's words holds now.
    fn judge(&self, condition: &Expr) -> Result<bool, EvalError>;
    /// Why it does not.
    fn report(&self, condition: &Expr) -> String;
    /// A caption with the values of now, and what of them is not there.
    fn fill(&self, scenario: &Scenario, caption: &str) -> (String, Vec<String>);
    /// The server that a target means now.
    fn name(&self, target: Target) -> Option<NodeId>;
}

impl<P: Protocol> Play for Director<P> {
    fn to_line(&mut self, scenario: &Scenario, end: usize) {
        self.play_to_line(scenario, end);
    }

    fn count(&mut self, scenario: &Scenario, until: Time, tally: &mut Tally) {
        while self.advance(scenario, until, usize::MAX, Notes::Tally(tally)) == Progress::Event {
            let done = self.line.checked_sub(1).and_then(|line| scenario.lines.get(line));
            if let Some(Line::Act { action, .. }) = done {
                tally.note_blow(blow(action));
            }
        }
    }

    fn now(&self) -> Time {
        self.sim.now()
    }

    fn failures(&self) -> usize {
        self.failures.len()
    }

    fn judge(&self, condition: &Expr) -> Result<bool, EvalError> {
        holds(condition, &Stage::of(self), &self.monitor)
    }

    fn report(&self, condition: &Expr) -> String {
        report(condition, &Stage::of(self), &self.monitor, P::DIALECT)
    }

    fn fill(&self, scenario: &Scenario, caption: &str) -> (String, Vec<String>) {
        if !has_values(caption) {
            return (words_of(caption), Vec::new());
        }
        let pieces = parse_caption(caption, P::DIALECT, &scenario.config).unwrap_or_default();
        fill(&pieces, &Stage::of(self), &self.monitor, P::DIALECT)
    }

    fn name(&self, target: Target) -> Option<NodeId> {
        self.sim.node(target).ok()
    }
}

/// What an action is called that takes the leader away.
fn blow(action: &Action) -> &'static str {
    match action {
        Action::Crash(_) | Action::Wipe(_) => "crash",
        Action::Pause(_) => "pause",
        Action::Cut { .. } | Action::Partition(_) => "cut",
        _ => "",
    }
}

type Start = fn(&Scenario) -> Box<dyn Play>;

/// Every protocol that can be laid beside another.
const PLAYS: &[(&Dialect, Start)] = &[
    #[cfg(feature = "raft")]
    (raft::Raft::DIALECT, begin::<raft::Raft>),
    #[cfg(feature = "paxos")]
    (paxos::Paxos::DIALECT, begin::<paxos::Paxos>),
    #[cfg(feature = "multi-paxos")]
    (paxos::multi::MultiPaxos::DIALECT, begin::<paxos::multi::MultiPaxos>),
    #[cfg(feature = "zab")]
    (zab::Zab::DIALECT, begin::<zab::Zab>),
];

fn begin<P: Protocol + 'static>(scenario: &Scenario) -> Box<dyn Play> {
    Box::new(Director::<P>::new(scenario))
}

/// The start of a run.
///
/// # Errors
/// If there is no such protocol.
pub(super) fn start(scenario: &Scenario) -> Result<Box<dyn Play>, Trouble> {
    let key = &scenario.protocol;
    let found = PLAYS.iter().find(|(dialect, _)| dialect.key == key);
    found.map(|(_, start)| start(scenario)).ok_or_else(|| format!("there is no protocol “{key}” here"))
}
