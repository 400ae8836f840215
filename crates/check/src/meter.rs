//! What no promise forbids and everybody minds: a cluster that could get on, and does not.
//!
//! A meter rises while a majority of the servers is up and connected, something is wanted of it, and nothing comes of
//! that. It is no verdict: no protocol can promise progress while messages may take any time. It shows what a rule is
//! there for whose absence breaks nothing.

use crate::violation::{Moment, Servers};
use protocol::{NodeId, Protocol, RoleKind, Span, Time, majority};
use sim::{Addr, Event, Sim, What};

/// The chance of losing a message on a link that loses all, in millionths.
const ALL: u32 = 1_000_000;

/// How long a cluster has been in the way of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stall {
    /// After how many events it began.
    pub position: u32,
    /// When it began.
    pub at: Time,
    /// How long it has lasted.
    pub time: Span,
    /// How many events happened meanwhile.
    pub events: u32,
}

/// Watches a run for progress. A clone is cheap: it goes into checkpoints.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    /// Who reaches whom, as bits.
    reach: Vec<u32>,
    connected: Servers,
    /// How many places of the log were done for good.
    chosen: usize,
    since: Option<Moment>,
    longest: Option<Stall>,
}

impl Meter {
    /// The largest group of servers that are up and reach each other both ways; nobody if it is no majority.
    pub fn connected(&self) -> Servers {
        self.connected
    }

    /// After how many events, and when, the stall began that lasts now, if one does.
    pub fn stalls_since(&self) -> Option<(u32, Time)> {
        self.since.map(|since| (since.position, since.at))
    }

    /// The longest stall that is over, if there was any.
    pub fn longest(&self) -> Option<Stall> {
        self.longest
    }

    /// Looks at a run after an event. `chosen` is how many places of the log are done for good.
    pub fn look<P: Protocol>(&mut self, event: &Event, sim: &Sim<P>, chosen: usize) {
        // Servers and links change by actions only.
        if matches!(event.what, What::Boot | What::Action(_)) {
            self.connect(sim);
        }
        let gets_on = std::mem::replace(&mut self.chosen, chosen) < chosen;
        let wanted = !self.connected.is_empty() && (somebody_waits(sim) || lacks_leader(sim, self.connected));
        if wanted && !gets_on && self.since.is_some() {
            return;
        }
        let ended = self.since.map(|since| length(since, sim.position(), sim.now()));
        self.longest = longer(self.longest, ended);
        self.since = wanted.then(|| Moment { position: sim.position(), at: sim.now() });
    }
}

impl Meter {
    fn connect<P: Protocol>(&mut self, sim: &Sim<P>) {
        let reach = reach(sim);
        if reach == self.reach {
            return;
        }
        let group = largest(&reach);
        self.reach = reach;
        self.connected = Servers::default();
        let members = sim.machines().iter().filter(|machine| group >> machine.id.slot() & 1 == 1);
        members.for_each(|machine| self.connected.insert(machine.id));
    }
}

fn length(since: Moment, position: u32, now: Time) -> Stall {
    let Moment { position: from, at } = since;
    Stall { position: from, at, time: now - at, events: position.saturating_sub(from) }
}

/// The longer of two; of a run by hand, in which no time passes, the one with more events.
fn longer(one: Option<Stall>, other: Option<Stall>) -> Option<Stall> {
    let size = |stall: &Option<Stall>| stall.map(|stall| (stall.time, stall.events));
    if size(&other) > size(&one) { other } else { one }
}

/// For each server, as bits, whom it reaches and is reached by, itself included; nobody if it is down or paused.
fn reach<P: Protocol>(sim: &Sim<P>) -> Vec<u32> {
    let machines = sim.machines();
    let runs: Vec<bool> = machines.iter().map(|machine| machine.is_up() && !machine.paused).collect();
    let cuts: Vec<(Addr, Addr)> = sim.cuts().collect();
    let open = |from: usize, to: usize| {
        let way = (Addr::Server(machines[from].id), Addr::Server(machines[to].id));
        !cuts.contains(&way) && sim.link(way.0, way.1).loss < ALL
    };
    let meets = |a: usize, b: usize| runs[a] && runs[b] && (a == b || (open(a, b) && open(b, a)));
    let slots = || 0..machines.len();
    slots().map(|a| slots().filter(|b| meets(a, *b)).fold(0, |set, b| set | 1 << b)).collect()
}

/// The largest group in which all reach each other, if it is a majority; of several as large, the one with the lowest
/// numbers.
fn largest(reach: &[u32]) -> u32 {
    let whole = |group: &u32| {
        (0..reach.len()).filter(|slot| group >> slot & 1 == 1).all(|slot| group & !reach[slot] == 0)
    };
    let larger = |best: u32, group: u32| if group.count_ones() > best.count_ones() { group } else { best };
    let group = (0..1_u32 << reach.len()).filter(whole).fold(0, larger);
    if group.count_ones() as usize >= majority(reach.len()) { group } else { 0 }
}

fn somebody_waits<P: Protocol>(sim: &Sim<P>) -> bool {
    sim.clients().iter().any(|client| client.busy_with().is_some())
}

/// True if some of these servers seek the lead, and none has it.
fn lacks_leader<P: Protocol>(sim: &Sim<P>, of: Servers) -> bool {
    let role = |node: NodeId| {
        let core = sim.machines().get(node.slot()).and_then(|machine| machine.core.as_ref());
        core.map(|core| P::DIALECT.roles[usize::from(core.status().role)].kind)
    };
    let mut seek = false;
    for node in of.iter() {
        match role(node) {
            Some(RoleKind::Leading) => return false,
            Some(RoleKind::Seeking | RoleKind::Syncing) => seek = true,
            _ => {}
        }
    }
    seek
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_group_is_a_majority_in_which_all_reach_each_other() {
        assert_eq!(largest(&[0b111, 0b111, 0b111]), 0b111);
        assert_eq!(largest(&[0b011, 0b111, 0b110]), 0b011, "a chain of three");
        assert_eq!(largest(&[0b001, 0b010, 0b100]), 0, "everybody alone");
        assert_eq!(largest(&[0b000, 0b110, 0b110]), 0b110, "one is down");
        let star = [0b11111, 0b00011, 0b00101, 0b01001, 0b10001];
        assert_eq!(largest(&star), 0, "the middle of a star reaches all, and no two others do");
    }
}
