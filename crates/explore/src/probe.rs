//! Looking ahead: what would a server do with a message if it arrived now?

use crate::dice::Dice;
use crate::moves::Move;
use crate::stage::{Stage, weighs};
use crate::walk::Walk;
use protocol::{Effects, Fact, Firing, Input, NodeId, Observer, Output, Protocol, Verdict};
use sim::{Addr, Body, Disk, Flight};

/// A rule that has spoken more often than this needs no looking for.
const MOST_SPOKEN: u32 = 12;

/// What a server would report.
#[derive(Debug, Default)]
struct Report {
    /// True if a rule that is off would speak.
    overridden: bool,
    /// True if something would come of it that matters to the whole cluster.
    weighty: bool,
}

impl Observer for Report {
    const RULES: bool = true;
    const FACTS: bool = true;

    fn rule(&mut self, _: NodeId, firing: Firing) {
        self.overridden |= firing.verdict == Verdict::Overridden;
    }

    fn fact(&mut self, _: NodeId, fact: Fact) {
        self.weighty |= weighs(&fact);
    }
}

impl<P: Protocol> Stage<P> {
    /// What the receiver of a message would report. The server itself is left as it is.
    fn foresee(&self, flight: &Flight<P::Message>) -> Report {
        let mut report = Report::default();
        let (Addr::Server(node), None) = (flight.to, flight.doomed) else { return report };
        let machine = &self.sim.machines()[node.slot()];
        let input = match (&flight.body, flight.from) {
            (Body::Protocol(message), Addr::Server(from)) => {
                Input::Message { from, message: message.clone() }
            }
            (Body::Request(command), _) => Input::Request(command.clone()),
            _ => return report,
        };
        let Some(mut core) = machine.core.clone().filter(|_| !machine.paused) else { return report };
        let (config, mut last, mut next) = (self.sim.config(), machine.issued(), Some(input));
        while let Some(input) = next.take() {
            let mut outputs = Vec::new();
            let mut fx = Effects::new(node, config.off, &mut outputs, &mut last, &mut report);
            core.step(self.sim.now(), input, &mut fx);
            let wrote = outputs.iter().any(|output| matches!(output, Output::Persist { .. }));
            next = (wrote && config.disk == Disk::Sync).then_some(Input::Persisted(last));
        }
        report
    }
}

impl<P: Protocol> Walk<P> {
    /// Looks ahead at what is under way, one message after the other, and lets one arrive at which a rule that is off would
    /// speak; one by which more happens before others.
    pub(crate) fn probe(&mut self, dice: &mut Dice) -> Option<NodeId> {
        if self.stage.eyes.overridden > MOST_SPOKEN {
            return None;
        }
        let mut ids: Vec<u32> = self.stage.sim.each_flight().map(|flight| flight.id).collect();
        ids.sort_unstable();
        let mut best = None;
        while !ids.is_empty() {
            let id = ids.swap_remove(dice.below(ids.len()));
            let Some(flight) = self.stage.sim.each_flight().find(|flight| flight.id == id) else { continue };
            let report = self.stage.foresee(flight);
            if report.overridden {
                best = Some(id);
            }
            if report.overridden && report.weighty {
                break;
            }
        }
        let step = Move::Deliver(self.stage.letter(best?)?);
        let node = step.node();
        self.make(step);
        node
    }
}
