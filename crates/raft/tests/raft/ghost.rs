//! What nobody in the cluster knows: a witness of everything, to whom broken promises stand out.

use protocol::{Fact, Index, NodeId, Observer, Requirement, Term};
use raft::Durable;
use std::collections::{BTreeMap, BTreeSet};

/// Facts and firings of one step.
#[derive(Default)]
pub(crate) struct Ears {
    pub(crate) firings: Vec<protocol::Firing>,
    pub(crate) facts: Vec<Fact>,
}

impl Observer for Ears {
    const RULES: bool = true;
    const FACTS: bool = true;
    fn rule(&mut self, _: NodeId, firing: protocol::Firing) {
        self.firings.push(firing);
    }
    fn fact(&mut self, _: NodeId, fact: Fact) {
        self.facts.push(fact);
    }
}

/// What one server has said of itself since it booted.
#[derive(Clone, Default)]
struct Seen {
    /// Term and prefix hash of each entry.
    log: Vec<(Term, u64)>,
    commit: Index,
    applied: Index,
    leads: Option<Term>,
    /// Votes that a crash would still take back: neither on disk nor in a message that has left.
    loose_votes: Vec<(Term, NodeId)>,
}

/// The witness.
#[derive(Default)]
pub(crate) struct Ghost {
    servers: BTreeMap<NodeId, Seen>,
    leaders: BTreeMap<Term, NodeId>,
    votes: BTreeMap<(NodeId, Term), NodeId>,
    entries: BTreeMap<(Index, Term), u64>,
    /// Prefix hash at a committed index, and the term whose leader committed it.
    committed: BTreeMap<Index, (u64, Term)>,
    applied: BTreeMap<Index, u64>,
    proposed: BTreeSet<u64>,
    /// The promises that were broken.
    pub(crate) broken: BTreeSet<&'static str>,
}

impl Ghost {
    /// A server boots with what its disk kept.
    pub(crate) fn boot(&mut self, node: NodeId, disk: &Durable) {
        let log =
            disk.log.iter().map(|(index, entry)| (entry.term, disk.log.hash_at(index).unwrap())).collect();
        self.servers.insert(node, Seen { log, ..Seen::default() });
        // Logs that a test presets were committed by nobody, but their contents are somebody's.
        self.proposed.extend(disk.log.iter().map(|(_, entry)| entry.content.hash()));
    }

    pub(crate) fn must(&mut self, holds: bool, promise: &'static str) {
        if !holds {
            self.broken.insert(promise);
        }
    }

    /// A message left, or a write reached the disk: a vote that it holds is given.
    pub(crate) fn bind(&mut self, node: NodeId, holds: impl Fn(&Requirement) -> bool) {
        let Some(seen) = self.servers.get_mut(&node) else { return };
        let loose = std::mem::take(&mut seen.loose_votes);
        let need = |(term, candidate): &(Term, NodeId)| Requirement {
            term: *term,
            supported: Some(*candidate),
            ..Requirement::default()
        };
        let (given, loose): (Vec<_>, Vec<_>) = loose.into_iter().partition(|vote| holds(&need(vote)));
        seen.loose_votes = loose;
        for (term, candidate) in given {
            let holder = *self.votes.entry((node, term)).or_insert(candidate);
            self.must(holder == candidate, "vote-once-a-term");
        }
    }

    pub(crate) fn hear(&mut self, node: NodeId, fact: Fact) {
        let mut seen = self.servers.remove(&node).unwrap_or_default();
        match fact {
            Fact::TermAdopted { .. } => seen.leads = None,
            Fact::Supported { term, node: candidate } => seen.loose_votes.push((term, candidate)),
            Fact::Led { term } => {
                seen.leads = Some(term);
                let leader = *self.leaders.entry(term).or_insert(node);
                self.must(leader == node, "election-safety");
                let complete = self.committed.iter().all(|(index, (hash, commit_term))| {
                    *commit_term >= term || at(&seen.log, *index).is_some_and(|(_, own)| own == *hash)
                });
                self.must(complete, "leader-completeness");
            }
            Fact::Appended { index, term, hash, .. } => {
                assert_eq!(index, seen.log.len() as Index + 1, "entries go behind the end");
                let before = seen.log.last().map_or(Term::default(), |(term, _)| *term);
                self.must(before <= term, "log-terms-never-decrease");
                seen.log.push((term, hash));
                let known = *self.entries.entry((index, term)).or_insert(hash);
                self.must(known == hash, "log-matching");
            }
            Fact::Truncated { from } => {
                self.must(seen.leads.is_none(), "leader-append-only");
                seen.log.truncate(usize::try_from(from - 1).unwrap());
            }
            Fact::Proposed { content, .. } => _ = self.proposed.insert(content),
            Fact::Committed { index, leading } => {
                self.must(index >= seen.commit, "commit-never-goes-back");
                seen.commit = index;
                if let Some(term) = seen.leads.filter(|_| leading) {
                    for (index, (_, hash)) in (1..=index).zip(&seen.log) {
                        self.committed.entry(index).or_insert((*hash, term));
                    }
                }
            }
            Fact::Counted { .. } | Fact::Ran { .. } => {}
            Fact::Applied { index, content } => {
                self.must(index == seen.applied + 1, "state-machine-safety");
                seen.applied = index;
                let known = *self.applied.entry(index).or_insert(content);
                self.must(known == content, "state-machine-safety");
                self.must(self.proposed.contains(&content), "validity");
            }
        }
        self.servers.insert(node, seen);
    }
}

fn at(log: &[(Term, u64)], index: Index) -> Option<(Term, u64)> {
    log.get(usize::try_from(index.checked_sub(1)?).ok()?).copied()
}
