//! A server in words, for people. Nothing here is read by the protocol.

use crate::dialect::RAFT;
use crate::durable::Durable;
use crate::node::{Raft, Role};
use crate::servers::{NodeSet, Votes};
use protocol::{Cell, Content, FactView, Index, NodeId, NodeView, Op, PeerView, Tally, majority};
use std::fmt::Display;

impl Raft {
    /// All of this server. `disk` is what is really durable.
    pub(crate) fn describe(&self, disk: &Durable) -> NodeView {
        NodeView {
            id: self.id,
            term: self.current_term,
            role: RAFT.roles[usize::from(self.role.place())].name,
            note: self.note(),
            facts: self.named_values(disk),
            commit: self.commit_index,
            applied: self.last_applied,
            tally: self.tally(),
            peers: self.peer_views(),
            state: self
                .state_machine
                .pairs()
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
        }
    }

    /// The short line below the server's name.
    fn note(&self) -> String {
        let of = self.servers.len();
        let need = majority(of);
        match &self.role {
            Role::Follower => match (self.voted_for, self.leader) {
                (_, Some(leader)) => format!("follows {leader}"),
                (Some(candidate), None) => format!("voted {candidate}"),
                (None, None) => "no leader known".into(),
            },
            Role::PreCandidate { votes_granted } => {
                format!("{}, needs {need} of {of}", plural(votes_granted.count, "pre-vote"))
            }
            Role::Candidate { votes_granted, .. } => {
                format!("{}, needs {need} of {of}", plural(votes_granted.count, "vote"))
            }
            Role::Leader(_) => {
                let last = self.log.last_index();
                if last > self.commit_index {
                    format!("entry {last} on {} of {of}, needs {need}", self.holders(last).len())
                } else {
                    format!("leads term {}", self.current_term)
                }
            }
        }
    }

    pub(crate) fn named_values(&self, disk: &Durable) -> Vec<FactView> {
        let fact = |key, label, value: String, durable| FactView { key, label, value, durable };
        let term_is_on_disk = disk.current_term == self.current_term;
        let vote_is_on_disk = term_is_on_disk && disk.voted_for == self.voted_for;
        let last = self.log.last_index();
        let log_is_on_disk =
            disk.log.hash_at(last) == self.log.hash_at(last) && disk.log.last_index() == last;
        vec![
            fact("current_term", "current term", self.current_term.to_string(), term_is_on_disk),
            fact("voted_for", "voted for", or_none(self.voted_for), vote_is_on_disk),
            fact("last_log_index", "last log index", last.to_string(), log_is_on_disk),
            fact("last_log_term", "last log term", self.log.last_term().to_string(), log_is_on_disk),
            fact("commit_index", "commit index", self.commit_index.to_string(), false),
            fact("last_applied", "last applied", self.last_applied.to_string(), false),
            fact("leader", "leader", or_none(self.leader), false),
        ]
    }

    /// The log from one index to another. `disk` is what is really durable.
    pub(crate) fn places(&self, disk: &Durable, from: Index, to: Index) -> Vec<Cell> {
        let acks = |index: Index| match &self.role {
            Role::Leader(leader) if index > self.commit_index => self.holders(index).iter().collect(),
            _ => Vec::new(),
        };
        let held = (from.max(1)..=to.min(self.log.last_index()))
            .filter_map(|index| self.log.entry(index).map(|entry| (index, entry)));
        held.map(|(index, entry)| Cell {
            index,
            term: entry.term,
            mark: None,
            text: entry_text(&entry.content),
            durable: disk.log.hash_at(index) == self.log.hash_at(index),
            committed: index <= self.commit_index,
            applied: index <= self.last_applied,
            acks: acks(index),
        })
        .collect()
    }

    /// Who is known to hold the entry on disk, this leader included.
    pub(crate) fn holders(&self, index: Index) -> NodeSet {
        let Role::Leader(leader) = &self.role else { return NodeSet::default() };
        let holds = |node: &NodeId| {
            if *node == self.id {
                self.flushing.durable_index >= index
            } else {
                leader.peers[node.slot()].match_index >= index
            }
        };
        self.servers.iter().filter(holds).fold(NodeSet::default(), NodeSet::with)
    }

    fn tally(&self) -> Option<Tally> {
        let votes = |votes: &Votes| votes.from;
        let last = self.log.last_index();
        let (what, have) = match &self.role {
            Role::Follower => return None,
            Role::PreCandidate { votes_granted } => ("pre-votes", votes(votes_granted)),
            Role::Candidate { votes_granted, .. } => ("votes", votes(votes_granted)),
            Role::Leader(leader) if last > self.commit_index => ("newest entry stored", self.holders(last)),
            Role::Leader(_) => return None,
        };
        let of = self.servers.len();
        Some(Tally { what, have: have.iter().collect(), need: majority(of), of })
    }

    fn peer_views(&self) -> Vec<PeerView> {
        let Role::Leader(leader) = &self.role else { return Vec::new() };
        self.others()
            .map(|node| {
                let peer = leader.peers[node.slot()];
                let facts = vec![
                    ("next_index", peer.next_index.to_string()),
                    ("match_index", peer.match_index.to_string()),
                ];
                PeerView { node, facts }
            })
            .collect()
    }
}

/// `1 vote`, `2 votes`.
fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn or_none<T: Display>(value: Option<T>) -> String {
    value.map_or_else(|| "none".into(), |value| value.to_string())
}

/// An entry's content as it stands in a cell: `x=1` for a `set`, the operation for any other, `no-op`.
pub(crate) fn entry_text(content: &Content) -> String {
    match content.command().map(|command| command.op()) {
        Some(Op::Set { key, value }) => format!("{key}={value}"),
        _ => content.to_string(),
    }
}

/// `4`, or `4–6`.
pub(crate) fn range_text(first: Index, last: Index) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}
