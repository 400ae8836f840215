//! A server for people: the numbers of its lane, and everything else on demand.

use crate::multi::dialect::{DIALECT, FOLLOWER, LEADER, PREPARING};
use crate::multi::slots::Slot;
use crate::multi::{Durable, MultiPaxos, Role};
use crate::proposal::{Proposal, Value, ballot_text};
use protocol::{Cell, FactView, Index, NodeView, Op, PeerView, Status, Tally, majority};

impl MultiPaxos {
    pub(crate) fn to_status(&self) -> Status {
        Status {
            term: self.acceptor.promised,
            // A leader speaks in its own ballot, even if it has promised a higher one since.
            speaks: self.ballot().unwrap_or(self.acceptor.promised),
            role: match self.role {
                Role::Follower => FOLLOWER,
                Role::Preparing(_) => PREPARING,
                Role::Leader(_) => LEADER,
            },
            leader: self.leader,
            last: self.last_slot(),
            commit: self.decided_up_to,
            applied: self.slot_out - 1,
            log_hash: self.acceptor.hash() ^ self.decisions_hash.rotate_left(1),
            state_hash: self.state_machine.hash(),
        }
    }

    pub(crate) fn to_view(&self) -> NodeView {
        let status = self.to_status();
        NodeView {
            id: self.id,
            // A leader speaks in its own ballot, even if it has promised a higher one since.
            term: self.ballot().unwrap_or(status.term),
            role: DIALECT.roles[usize::from(status.role)].name,
            note: self.note(),
            facts: self.named_values(),
            commit: status.commit,
            applied: status.applied,
            tally: self.tally(),
            peers: self.peers(),
            state: self
                .state_machine
                .pairs()
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .collect(),
        }
    }

    /// What stands in a slot: the decided proposal once it is known, the accepted one until then.
    pub(crate) fn held(&self, slot: Slot) -> Option<&Proposal> {
        self.decisions.get(slot).or_else(|| self.acceptor.accepted().get(slot))
    }

    fn last_slot(&self) -> Slot {
        self.decisions.last().max(self.acceptor.accepted().last())
    }

    fn note(&self) -> String {
        let of = self.servers.len();
        match &self.role {
            Role::Preparing(scout) => {
                format!("{}, needs {} of {of}", plural(scout.promises.len(), "promise"), majority(of))
            }
            Role::Leader(leader) => match leader.under_way.first() {
                Some(first) => {
                    let have = self.acceptors(first.slot, leader.ballot).len();
                    format!("slot {} on {have} of {of}, needs {}", first.slot, majority(of))
                }
                None => format!("leads ballot {}", leader.ballot),
            },
            Role::Follower => match self.leader {
                Some(leader) => format!("follows {leader}"),
                None if self.acceptor.promised.number == 0 => "no leader known".into(),
                None => format!("promised {}", self.acceptor.promised),
            },
        }
    }

    pub(crate) fn named_values(&self) -> Vec<FactView> {
        let fact = |key, label, value: String, durable| FactView { key, label, value, durable };
        let (slot_in, waiting) = match &self.role {
            Role::Leader(leader) => (leader.slot_in.to_string(), leader.queue.len()),
            _ => ("none".into(), 0),
        };
        vec![
            fact("promised", "promised", ballot_text(self.acceptor.promised), true),
            fact("last_accepted", "last slot accepted", self.acceptor.accepted().last().to_string(), true),
            fact("ballot", "own ballot", ballot_text(self.ballot().unwrap_or_default()), false),
            fact("leader", "leader", self.leader.map_or("none".into(), |node| node.to_string()), false),
            fact("decided", "decided up to", self.decided_up_to.to_string(), false),
            fact("slot_in", "next slot to propose", slot_in, false),
            fact("slot_out", "next slot to run", self.slot_out.to_string(), false),
            fact("waiting", "commands waiting", waiting.to_string(), false),
        ]
    }

    /// The slots that hold something, among those asked for. `disk` is what is really durable.
    pub(crate) fn places(&self, disk: &Durable, from: Index, to: Index) -> Vec<Cell> {
        let slots = from.max(1)..=to.min(self.last_slot());
        slots.filter_map(|slot| self.held(slot).map(|held| self.cell(slot, held, disk))).collect()
    }

    fn cell(&self, slot: Slot, held: &Proposal, disk: &Durable) -> Cell {
        let committed = self.decisions.get(slot).is_some();
        // A decision is shown in the ballot in which this server accepted it, if it did.
        let same = self.acceptor.accepted().get(slot).filter(|accepted| accepted.value == held.value);
        let mut acks = if committed { Vec::new() } else { self.acceptors(slot, held.ballot).to_vec() };
        acks.sort_unstable();
        acks.dedup();
        Cell {
            index: slot,
            term: same.unwrap_or(held).ballot,
            text: value_text(&held.value),
            durable: disk.accepted().get(slot).is_some_and(|accepted| accepted.value == held.value),
            committed,
            applied: slot < self.slot_out,
            acks,
            mark: None,
        }
    }

    fn tally(&self) -> Option<Tally> {
        let (what, have) = match &self.role {
            Role::Follower => return None,
            Role::Preparing(scout) => ("promises", scout.promises.iter().map(|(node, _)| *node).collect()),
            Role::Leader(leader) => {
                let first = leader.under_way.first()?;
                ("accepteds of the first open slot", self.acceptors(first.slot, leader.ballot).to_vec())
            }
        };
        Some(Tally { what, have, need: majority(self.servers.len()), of: self.servers.len() })
    }

    fn peers(&self) -> Vec<PeerView> {
        let facts = |node| match &self.role {
            Role::Follower => None,
            Role::Preparing(scout) => {
                let promise = scout.promises.iter().find(|(from, _)| *from == node);
                let reported = promise.map_or("none".into(), |(_, report)| match &**report {
                    [] => "none".into(),
                    report => {
                        report.iter().map(|pvalue| pvalue.slot.to_string()).collect::<Vec<_>>().join(" ")
                    }
                });
                Some(vec![("promised", yes_no(promise.is_some())), ("accepted_slots", reported)])
            }
            Role::Leader(leader) => {
                let lacks = |slot: Slot| !self.acceptors(slot, leader.ballot).contains(&node);
                let open = leader.under_way.iter().map(|under_way| under_way.slot);
                let missing: Vec<String> =
                    open.filter(|slot| lacks(*slot)).map(|slot| slot.to_string()).collect();
                let missing = if missing.is_empty() { "none".into() } else { missing.join(" ") };
                Some(vec![("slots_not_accepted", missing)])
            }
        };
        self.others().filter_map(|node| facts(node).map(|facts| PeerView { node, facts })).collect()
    }
}

/// `1 promise`, `2 promises`.
fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A value as it stands in a cell: `x=1` for a `set`, the operation for any other, `no-op`.
fn value_text(value: &Value) -> String {
    match value.command().map(|command| command.op()) {
        Some(Op::Set { key, value }) => format!("{key}={value}"),
        _ => value.to_string(),
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.into()
}
