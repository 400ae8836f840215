//! Why something that a reader expects has not come about: an entry is not committed, nobody leads, a command has no
//! answer. Who is missing, and what stands in the way.

use crate::course::Course;
use crate::narrate;
use protocol::{Cell, Index, NodeId, Protocol, RoleKind, Tally, Verdict};
use scenario::{ClientField, Expr, Field, Part};
use sim::{Addr, Body, Machine, Operation, Outcome, Sim, Target, kind_name};

/// What is missing, if a value is not yet what it is to become: one sentence each.
pub(crate) fn lacks<P: Protocol>(course: &Course<P>, expr: &Expr) -> Vec<String> {
    let look = Look { course, sim: &course.cursor.sim };
    match expr {
        Expr::Server(Target::Leader) if look.leaders().is_empty() => look.nobody_leads(),
        Expr::Entry { of: Target::Node(node), index, part: Part::Content } => {
            look.not_committed(*node, *index)
        }
        Expr::Field { of: Target::Node(node), field: Field::Commit } => {
            let status = look.core(*node).map(Protocol::status);
            let behind = status.filter(|status| status.commit < status.last);
            behind.map(|status| look.not_committed(*node, status.commit + 1)).unwrap_or_default()
        }
        Expr::Client { client, field: ClientField::Outcome(k) | ClientField::Reply(k) } => {
            let operations = &look.sim.clients()[client.slot()].operations;
            let place = usize::try_from(*k).ok().and_then(|k| k.checked_sub(1));
            let operation = place.and_then(|place| operations.get(place));
            operation.map(|operation| look.no_answer(Addr::Client(*client), operation)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

struct Look<'a, P: Protocol> {
    course: &'a Course<P>,
    sim: &'a Sim<P>,
}

impl<P: Protocol> Look<'_, P> {
    fn machine(&self, node: NodeId) -> &Machine<P> {
        &self.sim.machines()[node.slot()]
    }

    fn core(&self, node: NodeId) -> Option<&P> {
        self.sim.machines().get(node.slot())?.core.as_ref()
    }

    fn role(&self, node: NodeId) -> Option<RoleKind> {
        self.core(node).map(|core| P::DIALECT.roles[usize::from(core.status().role)].kind)
    }

    /// Those who lead and run.
    fn leaders(&self) -> Vec<NodeId> {
        let all = self.sim.machines().iter().filter(|machine| !machine.paused);
        all.map(|machine| machine.id).filter(|node| self.role(*node) == Some(RoleKind::Leading)).collect()
    }

    /// What keeps an entry of this server's log from being committed there.
    fn not_committed(&self, node: NodeId, index: Index) -> Vec<String> {
        let Some(core) = self.core(node) else { return Vec::new() };
        let place = format!("{} {index}", if P::DIALECT.slots { P::DIALECT.index } else { "entry" });
        let cell = |node: NodeId| self.core(node)?.cells(&self.machine(node).disk, index, index).pop();
        let Some(own) = cell(node) else { return Vec::new() };
        if own.committed || core.status().commit >= index {
            return Vec::new();
        }
        let same = |cell: &Cell| cell.term == own.term && cell.text == own.text;
        let leaders = self.leaders();
        let holder = leaders.iter().find_map(|leader| cell(*leader).filter(same).map(|cell| (*leader, cell)));
        let Some((leader, cell)) = holder else {
            if leaders.is_empty() {
                return [
                    vec![format!("Nobody {}, so nobody counts who holds {place}.", P::DIALECT.leads)],
                    self.nobody_leads(),
                ]
                .concat();
            }
            let names: Vec<String> = leaders.iter().map(NodeId::to_string).collect();
            return vec![format!(
                "{}, who {}, does not hold this {place}: it may never be {}.",
                names.join(" or "),
                P::DIALECT.leads,
                P::DIALECT.committed
            )];
        };
        if cell.committed {
            return vec![format!(
                "{leader} knows that {place} is {}, but {node} has not heard of it yet.",
                P::DIALECT.committed
            )];
        }
        self.not_counted(leader, &place, &cell)
    }

    /// Who has not told the leader that it holds an entry, or what else keeps the leader from counting.
    fn not_counted(&self, leader: NodeId, place: &str, cell: &Cell) -> Vec<String> {
        let of = self.sim.machines().len();
        let need = protocol::majority(of);
        if cell.acks.len() < need {
            let head = format!(
                "{leader} knows of {} of {of} who hold {place} on disk, and needs {need}.",
                cell.acks.len()
            );
            let missing = self.sim.machines().iter().map(|machine| machine.id);
            let missing = missing.filter(|node| !cell.acks.contains(node));
            return [vec![head], missing.map(|node| self.not_heard(leader, node)).collect()].concat();
        }
        let counted =
            format!("{leader} knows that {} of {of} hold {place}, which is a majority.", cell.acks.len());
        let mut lacks = vec![counted];
        lacks.extend(self.last_refusal(leader));
        lacks
    }

    /// Why one server has not heard from another.
    fn not_heard(&self, by: NodeId, node: NodeId) -> String {
        let machine = self.machine(node);
        let (to, from) = (Addr::Server(by), Addr::Server(node));
        let cut = |a, b| self.sim.cuts().any(|cut| cut == (a, b));
        if node == by {
            return format!("{node} itself: not on its disk yet.");
        }
        if !machine.is_up() {
            return format!("{node} is missing: it is down.");
        }
        if machine.paused {
            return format!("{node} is missing: it is paused.");
        }
        if cut(to, from) || cut(from, to) {
            let way = match (cut(to, from), cut(from, to)) {
                (true, true) => format!("the link between {by} and {node} is cut"),
                (true, false) => format!("nothing gets from {by} to {node}"),
                _ => format!("nothing gets from {node} to {by}"),
            };
            return format!("{node} is missing: {way}.");
        }
        let under_way = self.sim.flights().into_iter().find(|flight| {
            let pair = (flight.from, flight.to);
            pair == (to, from) || pair == (from, to)
        });
        match under_way {
            Some(flight) => format!(
                "{node} is missing: {} from {} is still under way.",
                kind_name::<P>(flight.body.kind()),
                flight.from
            ),
            None => format!("{node} is missing: {by} has had no answer from it."),
        }
    }

    /// The last thing that a rule kept a server from doing.
    fn last_refusal(&self, node: NodeId) -> Option<String> {
        let trace = &self.course.trace;
        let end = trace.records.get(self.sim.position() as usize);
        let end = end.map_or(trace.firings.len(), |record| record.firings_from as usize);
        let mut said = trace.firings[..end].iter().rev();
        let (_, firing) = said.find(|(by, firing)| *by == node && firing.verdict == Verdict::Refused)?;
        let rule = P::DIALECT.rule(firing.rule);
        Some(format!("{} ({})", narrate::stopped(P::tell(node, firing)), rule.source))
    }

    /// What each server does while nobody leads.
    fn nobody_leads(&self) -> Vec<String> {
        let nodes = self.sim.machines().iter().map(|machine| machine.id);
        nodes.map(|node| self.not_leading(node)).collect()
    }

    fn not_leading(&self, node: NodeId) -> String {
        let machine = self.machine(node);
        let Some(core) = &machine.core else { return format!("{node} is down.") };
        if machine.paused {
            return format!("{node} is paused.");
        }
        let view = core.view(&machine.disk);
        if let Some(tally) = view.tally {
            return self.counts(node, view.role, &tally);
        }
        let ring = P::DIALECT.timers.iter().zip(&machine.timers).find(|(info, _)| info.ring);
        match ring.and_then(|(info, timer)| Some((info.name, timer.due_at?))) {
            Some((name, due)) => {
                let wait = due.0.saturating_sub(self.course.at.0);
                format!("{node} waits: its {name} fires in {} ms, if it hears nothing.", wait / 1_000)
            }
            None => format!("{node} is {}.", view.role),
        }
    }

    fn counts(&self, node: NodeId, role: &str, tally: &Tally) -> String {
        let servers = self.sim.machines().iter().map(|machine| machine.id);
        let missing = servers.filter(|other| !tally.have.contains(other));
        let missing: Vec<String> = missing.map(|other| other.to_string()).collect();
        let (have, Tally { what, need, of, .. }) = (tally.have.len(), tally);
        format!("{node} is {role}: {what} {have} of {of}, needs {need}; missing are {}.", missing.join(", "))
    }

    /// What became of a client's command that has no good answer.
    fn no_answer(&self, client: Addr, operation: &Operation) -> Vec<String> {
        let op = operation.command.op().to_string();
        let mut lacks = match operation.outcome {
            Outcome::Done(_) => return Vec::new(),
            Outcome::Pending => vec![format!(
                "{client} waits for an answer to “{op}”; it has asked {}.",
                times(operation.tries)
            )],
            _ => vec![format!("{client} gave up on “{op}” after asking {}.", times(operation.tries))],
        };
        let asked = self.sim.flights().into_iter().find(|flight| {
            (flight.from == client || flight.to == client)
                && matches!(flight.body, Body::Request(_) | Body::Reply { .. })
        });
        if let Some(flight) = asked {
            lacks.push(format!(
                "{} from {} is still under way.",
                kind_name::<P>(flight.body.kind()),
                flight.from
            ));
        }
        lacks.extend(self.where_it_is(operation));
        lacks
    }

    /// Where the command stands in the logs, and why it is not committed there.
    fn where_it_is(&self, operation: &Operation) -> Vec<String> {
        let wanted = operation.command.op().to_string();
        for leader in self.leaders() {
            let Some(core) = self.core(leader) else { continue };
            let status = core.status();
            let cells = core.cells(&self.machine(leader).disk, status.commit + 1, status.last);
            if let Some(cell) =
                cells.iter().find(|cell| wanted.ends_with(&cell.text) && !cell.text.is_empty())
            {
                return self.not_committed(leader, cell.index);
            }
        }
        if self.leaders().is_empty() { self.nobody_leads() } else { Vec::new() }
    }
}

fn times(tries: u32) -> String {
    match tries {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}
