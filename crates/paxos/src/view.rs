//! A server for people: the numbers of its lane, and everything else on demand.

use crate::dialect::{ACCEPTOR, DIALECT, PREPARING, PROPOSING};
use crate::proposal::{DECREE, Proposal, ballot_text};
use crate::proposer::Role;
use crate::{Durable, Paxos};
use protocol::{Cell, Digest, FactView, Index, NodeId, NodeView, PeerView, Status, Tally, majority};

impl Paxos {
    pub(crate) fn to_status(&self) -> Status {
        let mut log = Digest::default();
        if let Some(proposal) = self.held() {
            proposal.digest(&mut log);
        }
        Status {
            term: self.acceptor.promised,
            // A proposer speaks in its own ballot, even if it has promised a higher one since.
            speaks: self.ballot().unwrap_or(self.acceptor.promised),
            role: self.role_place(),
            leader: None,
            last: if self.held().is_some() { DECREE } else { 0 },
            commit: if self.learner.decided.is_some() { DECREE } else { 0 },
            applied: if self.executed { DECREE } else { 0 },
            log_hash: log.finish(),
            state_hash: self.machine.hash(),
        }
    }

    pub(crate) fn to_view(&self) -> NodeView {
        let status = self.to_status();
        NodeView {
            id: self.id,
            term: status.speaks,
            role: DIALECT.roles[usize::from(status.role)].name,
            note: self.note(),
            facts: self.named_values(),
            commit: status.commit,
            applied: status.applied,
            tally: self.tally(),
            peers: self.peers(),
            state: self.machine.pairs().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
        }
    }

    /// What stands in the one place: the chosen proposal once it is known, the accepted one until then.
    pub(crate) fn held(&self) -> Option<&Proposal> {
        self.learner.decided.as_ref().or(self.acceptor.accepted.as_ref())
    }

    fn role_place(&self) -> u8 {
        match self.role {
            Role::Acceptor => ACCEPTOR,
            Role::Preparing { .. } => PREPARING,
            Role::Proposing { .. } => PROPOSING,
        }
    }

    fn note(&self) -> String {
        if let Some(decided) = &self.learner.decided {
            return format!("chosen: {}", decided.value);
        }
        if let Some(ballot) = self.ballot().filter(|ballot| *ballot < self.acceptor.promised) {
            let promised = self.acceptor.promised;
            return format!("{} outbid: promised {}", ballot_text(ballot), ballot_text(promised));
        }
        if let Some(tally) = self.tally() {
            return format!("{}: {}, needs {} of {}", tally.what, tally.have.len(), tally.need, tally.of);
        }
        match &self.acceptor.accepted {
            _ if !self.waiting.is_empty() => "backs off".into(),
            Some(accepted) => format!("accepted {}", accepted.ballot),
            None => format!("promised {}", ballot_text(self.acceptor.promised)),
        }
    }

    pub(crate) fn named_values(&self) -> Vec<FactView> {
        let fact = |key, label, value: String, durable| FactView { key, label, value, durable };
        let (accepted_ballot, accepted_value) = proposal_texts(self.acceptor.accepted.as_ref());
        let (_, chosen) = proposal_texts(self.learner.decided.as_ref());
        let value = match &self.role {
            Role::Acceptor => "none".into(),
            Role::Preparing { own, .. } => own.to_string(),
            Role::Proposing { value, .. } => value.to_string(),
        };
        vec![
            fact("promised", "promised", ballot_text(self.acceptor.promised), true),
            fact("accepted_ballot", "accepted ballot", accepted_ballot, true),
            fact("accepted_value", "accepted value", accepted_value, true),
            fact("ballot", "own ballot", ballot_text(self.ballot().unwrap_or_default()), false),
            fact("value", "own value", value, false),
            fact("waiting", "clients waiting", self.waiting.len().to_string(), false),
            fact("chosen", "chosen", chosen, false),
        ]
    }

    /// The one place, if it is among those asked for. `disk` is what is really durable.
    pub(crate) fn places(&self, disk: &Durable, from: Index, to: Index) -> Vec<Cell> {
        let held = self.held().filter(|_| (from..=to).contains(&DECREE));
        held.map(|proposal| self.cell(proposal, disk)).into_iter().collect()
    }

    fn cell(&self, proposal: &Proposal, disk: &Durable) -> Cell {
        let is_counting = self.learner.decided.is_none();
        let mut acks =
            if is_counting { self.learner.acceptors(proposal.ballot).to_vec() } else { Vec::new() };
        acks.sort_unstable();
        acks.dedup();
        Cell {
            index: DECREE,
            term: proposal.ballot,
            mark: None,
            text: proposal.value.to_string(),
            durable: disk.accepted.as_ref().is_some_and(|accepted| accepted.value == proposal.value),
            committed: self.learner.decided.is_some(),
            applied: self.executed,
            acks,
        }
    }

    fn tally(&self) -> Option<Tally> {
        let (what, have) = match &self.role {
            Role::Acceptor => return None,
            Role::Preparing { promises, .. } => {
                ("promises", promises.iter().map(|(node, _)| *node).collect())
            }
            Role::Proposing { ballot, .. } => ("accepteds", self.learner.acceptors(*ballot).to_vec()),
        };
        Some(Tally { what, have, need: majority(self.servers.len()), of: self.servers.len() })
    }

    fn peers(&self) -> Vec<PeerView> {
        if self.role == Role::Acceptor {
            return Vec::new();
        }
        self.others().map(|node| PeerView { node, facts: self.heard_from(node) }).collect()
    }

    fn heard_from(&self, node: NodeId) -> Vec<(&'static str, String)> {
        match &self.role {
            Role::Acceptor => Vec::new(),
            Role::Preparing { promises, .. } => {
                let promise = promises.iter().find(|(from, _)| *from == node);
                let (ballot, value) = proposal_texts(promise.and_then(|(_, report)| report.as_ref()));
                vec![
                    ("promised", yes_no(promise.is_some())),
                    ("accepted_ballot", ballot),
                    ("accepted_value", value),
                ]
            }
            Role::Proposing { ballot, .. } => {
                vec![("accepted", yes_no(self.learner.acceptors(*ballot).contains(&node)))]
            }
        }
    }
}

fn proposal_texts(proposal: Option<&Proposal>) -> (String, String) {
    match proposal {
        Some(proposal) => (proposal.ballot.to_string(), proposal.value.to_string()),
        None => ("none".into(), "none".into()),
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.into()
}
