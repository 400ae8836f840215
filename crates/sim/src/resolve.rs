//! From the names in an action to the servers and clients that they mean at this moment.

use crate::{Action, Addr, Filter, Place, Refusal, Sim, Target};
use protocol::{NodeId, Protocol, RoleKind};

impl<P: Protocol> Sim<P> {
    /// The live server that leads in the highest term.
    pub fn leader(&self) -> Option<NodeId> {
        let leading = self.machines.iter().filter_map(|machine| {
            let status = machine.core.as_ref()?.status();
            let kind = P::DIALECT.roles[usize::from(status.role)].kind;
            (kind == RoleKind::Leading).then_some((status.term, machine.id))
        });
        leading.max().map(|(_, node)| node)
    }

    /// The server that a target means now.
    ///
    /// # Errors
    /// If it means none.
    pub fn node(&self, target: Target) -> Result<NodeId, Refusal> {
        match target {
            Target::Node(node) => self.known(Addr::Server(node)).map(|()| node),
            Target::Leader => self.leader().ok_or_else(|| Refusal("no server leads at this moment".into())),
            Target::Follower(k) => {
                let leader = self.leader();
                let others =
                    self.machines.iter().filter(|machine| machine.is_up() && Some(machine.id) != leader);
                let found =
                    usize::from(k).checked_sub(1).and_then(|k| others.map(|machine| machine.id).nth(k));
                found.ok_or_else(|| Refusal(format!("there is no follower.{k} at this moment")))
            }
            Target::LastCrashed => {
                self.crashes.last().copied().ok_or_else(|| Refusal("no server is down at this moment".into()))
            }
        }
    }

    /// As [`Sim::node`], but the server must be up.
    pub(crate) fn live(&self, target: Target) -> Result<NodeId, Refusal> {
        let node = self.node(target)?;
        if self.machines[node.slot()].is_up() { Ok(node) } else { Err(Refusal(format!("{node} is down"))) }
    }

    /// The address that a place means now.
    ///
    /// # Errors
    /// If it means none.
    pub fn place(&self, place: Place) -> Result<Addr, Refusal> {
        match place {
            Place::Server(target) => self.node(target).map(Addr::Server),
            Place::Client(client) => self.known(Addr::Client(client)).map(|()| Addr::Client(client)),
        }
    }

    pub(crate) fn known(&self, place: Addr) -> Result<(), Refusal> {
        if self.network.places().contains(&place) {
            return Ok(());
        }
        let (servers, clients) = (self.machines.len(), self.clients.len());
        Err(Refusal(match place {
            Addr::Server(node) => format!("there is no {node}: the servers are n1 to n{servers}"),
            Addr::Client(client) if clients == 0 => format!("there is no {client}: this run has no clients"),
            Addr::Client(client) => format!("there is no {client}: the clients are c1 to c{clients}"),
        }))
    }

    /// Two different places that a link can join.
    pub(crate) fn ends(&self, a: Place, b: Place) -> Result<(Addr, Addr), Refusal> {
        let (a, b) = (self.place(a)?, self.place(b)?);
        if a == b {
            return Err(Refusal(format!("{a} has no link to itself")));
        }
        if let (Addr::Client(_), Addr::Client(_)) = (a, b) {
            return Err(Refusal(format!("no link joins {a} and {b}: clients talk to servers only")));
        }
        Ok((a, b))
    }

    pub(crate) fn groups(&self, groups: &[Vec<Place>]) -> Result<Vec<Vec<Addr>>, Refusal> {
        let mut seen = Vec::new();
        let mut resolved = Vec::new();
        for group in groups {
            let members = group.iter().map(|place| self.place(*place)).collect::<Result<Vec<_>, _>>()?;
            for member in &members {
                if seen.contains(member) {
                    return Err(Refusal(format!("{member} stands in two groups")));
                }
                seen.push(*member);
            }
            resolved.push(members);
        }
        Ok(resolved)
    }

    /// A filter whose places are named by number.
    pub(crate) fn fix_filter(&self, filter: &Filter) -> Result<Filter, Refusal> {
        let fix = |place: Option<Place>| place.map(|place| self.place(place).map(numbered)).transpose();
        Ok(Filter { kind: filter.kind, from: fix(filter.from)?, to: fix(filter.to)? })
    }

    /// The place where an action happens, if it is one.
    pub(crate) fn place_of(&self, action: &Action) -> Option<Addr> {
        let target = match action {
            Action::Submit { client, .. } => return Some(Addr::Client(*client)),
            Action::Crash(target)
            | Action::Restart(target)
            | Action::Pause(target)
            | Action::Resume(target)
            | Action::Sync(target)
            | Action::Wipe(target)
            | Action::Clock { node: target, .. }
            | Action::Fire { node: target, .. } => *target,
            Action::Deliver(message) => return self.place(message.to).ok(),
            _ => return None,
        };
        self.node(target).ok().map(Addr::Server)
    }
}

pub(crate) fn numbered(place: Addr) -> Place {
    match place {
        Addr::Server(node) => Place::Server(Target::Node(node)),
        Addr::Client(client) => Place::Client(client),
    }
}
