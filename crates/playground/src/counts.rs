//! Counts that conditions ask for: messages by kind and link, elections, wins.

use crate::asks;
use protocol::{Dialect, Fact, Firing, NodeId, Observer, Protocol, RoleKind, Status, Table, Time};
use scenario::Scenario;
use sim::{Addr, Event, Fate, Filter, Flight, Kind, Place, Sim, Target, Watch};

/// How many messages of one kind were sent, arrived and were lost on one link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) sent: u32,
    pub(crate) delivered: u32,
    pub(crate) lost: u32,
}

/// The counts of a run so far. Nothing is counted unless a condition of the scenario may ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    on: bool,
    messages: Table<(Kind, Addr, Addr), Numbers>,
    seeking: Vec<Status>,
    pub(crate) elections: u32,
    pub(crate) wins: u32,
}

impl Counts {
    pub(crate) fn of(scenario: &Scenario, dialect: &Dialect) -> Counts {
        Counts { on: asks::counts(scenario, dialect), ..Counts::default() }
    }

    /// The sum over all kinds and links that a filter lets through.
    pub(crate) fn sum(&self, filter: &Filter) -> Numbers {
        let at = |place: Option<Place>, addr: Addr| match place {
            None => true,
            Some(Place::Client(client)) => addr == Addr::Client(client),
            Some(Place::Server(Target::Node(node))) => addr == Addr::Server(node),
            Some(Place::Server(_)) => false,
        };
        let wanted = self.messages.iter().filter(|((kind, from, to), _)| {
            filter.kind.is_none_or(|wanted| wanted == *kind) && at(filter.from, *from) && at(filter.to, *to)
        });
        wanted.fold(Numbers::default(), |sum, (_, numbers)| Numbers {
            sent: sum.sent + numbers.sent,
            delivered: sum.delivered + numbers.delivered,
            lost: sum.lost + numbers.lost,
        })
    }
}

impl Observer for Counts {
    const RULES: bool = false;
    const FACTS: bool = true;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, _: NodeId, fact: Fact) {
        if let Fact::Led { .. } = fact {
            self.wins += 1;
        }
    }
}

impl<P: Protocol> Watch<P> for Counts {
    fn sent(&mut self, flight: &Flight<P::Message>, _covered: bool) {
        if self.on {
            self.messages.at((flight.body.kind(), flight.from, flight.to)).sent += 1;
        }
    }

    fn ended(&mut self, flight: &Flight<P::Message>, fate: Fate, _at: Time) {
        if self.on {
            let numbers = self.messages.at((flight.body.kind(), flight.from, flight.to));
            match fate {
                Fate::Delivered => numbers.delivered += 1,
                Fate::Lost(_) => numbers.lost += 1,
            }
        }
    }

    fn end(&mut self, event: &Event, sim: &Sim<P>) {
        let Some(Addr::Server(node)) = event.place else { return };
        if !self.on {
            return;
        }
        self.seeking.resize(sim.machines().len(), Status::default());
        let now = sim.machines()[node.slot()].core.as_ref().map(Protocol::status).unwrap_or_default();
        let before = std::mem::replace(&mut self.seeking[node.slot()], now);
        let seeks = |status: Status| P::DIALECT.roles[usize::from(status.role)].kind == RoleKind::Seeking;
        if seeks(now) && (!seeks(before) || now.term != before.term) {
            self.elections += 1;
        }
    }
}
