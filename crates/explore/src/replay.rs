//! Playing a given schedule: does it break the promise, and with which actions?

use crate::moves::{self, Move};
use crate::shape::{Clock, Setting};
use crate::stage::{Stage, holds};
use check::Violation;
use protocol::{NodeId, Protocol, Span};
use sim::{Action, Config};

/// A schedule that breaks a promise with its last move.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) setting: Setting,
    pub(crate) moves: Vec<Move>,
    /// Who led first.
    pub(crate) first_leader: Option<NodeId>,
}

/// One step of a schedule, as a scenario says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something is done.
    Act(Action),
    /// Time passes.
    Run(Span),
}

/// A schedule in full, ready to be written down.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The settings.
    pub config: Config,
    /// What is done, in order. The last step breaks the promise.
    pub steps: Vec<Step>,
    /// The first step at which a rule that is off would have spoken, and what is to be said of it.
    pub fork: Option<(usize, String)>,
    /// What broke.
    pub violation: Violation,
}

/// Plays moves up to where the promise breaks, and leaves out those that cannot be made. Nothing if it does not break;
/// also how many events that took.
pub(crate) fn replay<P: Protocol>(setting: &Setting, moves: &[Move], promise: &str) -> (u32, Option<Broken>) {
    let mut stage = Stage::<P>::new(&setting.config, setting.clock, false);
    let mut made = Vec::with_capacity(moves.len());
    for step in moves {
        let Some(step) = stage.retell(step).filter(|step| stage.make(step)) else { continue };
        moves::push(&mut made, step);
        if stage.broken(Some(promise)).is_some() {
            let first_leader = stage.eyes.first_leader;
            let broken = Broken { setting: setting.clone(), moves: made, first_leader };
            return (stage.sim.position(), Some(broken));
        }
    }
    (stage.sim.position(), None)
}

/// The steps of a schedule, and what broke. Nothing if nothing does.
pub(crate) fn write_down<P: Protocol>(setting: &Setting, moves: &[Move], promise: &str) -> Option<Schedule> {
    let mut stage = Stage::<P>::new(&setting.config, setting.clock, false);
    let mut steps: Vec<Step> = Vec::new();
    if setting.clock == Clock::Held {
        steps.extend(holds().map(Step::Act));
    }
    let mut fork = None;
    for step in moves {
        steps.push(match step {
            Move::Wait(span) => Step::Run(*span),
            _ => Step::Act(moves::action(&stage.sim, step)?),
        });
        if !stage.make(step) {
            return None;
        }
        if fork.is_none() {
            let first = stage.eyes.first_overridden;
            fork = first.map(|(node, firing)| (steps.len() - 1, P::tell(node, &firing)));
        }
    }
    let violation = stage.broken(Some(promise))?.clone();
    Some(Schedule { config: setting.config.clone(), steps, fork, violation })
}
