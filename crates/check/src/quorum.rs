//! Promises about the disks of a majority, for protocols with one log.
//!
//! What leaders count are confirmations. What counts here are disks: a server holds an entry if the log on its disk
//! does, and the majority is one of all servers, whoever is up.

use crate::checker::Checker;
use crate::invariant::Invariant;
use crate::violation::{Servers, Witness};
use protocol::{Index, NodeId, is_majority};

impl Checker {
    /// Who has an entry on disk.
    pub(crate) fn holders(&self, entry: u32) -> Servers {
        let mut by = Servers::default();
        for (node, ghost) in (1u8..).map(NodeId).zip(&self.ghosts) {
            if self.has(ghost.disk_tip, entry) {
                by.insert(node);
            }
        }
        by
    }

    /// Whose disks (bit 0 for n1) hold the newest entry that a leader took for committed; nothing if there is none, or no
    /// one log.
    pub fn last_committed_on(&self) -> Option<u32> {
        let newest = self.committers.last().filter(|_| !self.dialect.slots)?;
        Some(self.holders(newest.entry).iter().fold(0, |set, node| set | 1 << node.slot()))
    }

    /// A leader concludes that all up to an index is committed.
    pub(crate) fn check_commit_rule(&mut self, node: NodeId, index: Index) {
        if !self.made.has(Invariant::CommitOnMajority) {
            return;
        }
        let ghost = &self.ghosts[node.slot()];
        let term = ghost.leads.unwrap_or(ghost.entered.0);
        let number = self.cut(ghost.tip, index);
        let Some(entry) = self.entries.value(number).copied() else { return };
        let (by, of) = (self.holders(number), self.ghosts.len());
        let enough = is_majority(by.len(), of);
        if enough && entry.term == term {
            return;
        }
        self.broke(Invariant::CommitOnMajority, node, node, |checker| {
            let (what, spot, era) = (checker.named(entry.content), checker.spot(index), checker.era(term));
            let done = checker.dialect.committed;
            let says = Witness::of(format!("{node} took {what} at {spot} for {done} {}", checker.now));
            let says = says.by(node).on(checker.now).of_era(term).about(&what);
            let (text, seen) = if enough {
                let older = checker.era(entry.term);
                (
                    format!("{node} took {what} of {older} for {done} in {era} by counting alone"),
                    format!("{what} at {spot} is of {older}, put there by {} {}", entry.node, entry.moment),
                )
            } else {
                let who = if by.is_empty() {
                    "no disk holds".to_owned()
                } else {
                    format!("{by} alone, of {of}, held")
                };
                (
                    format!("{node} took {what} at {spot} for {done} without a majority of disks"),
                    format!("{who} it on disk {}", checker.now),
                )
            };
            let seen = Witness::of(seen).of_era(entry.term).about(&what);
            (text, [says, if enough { seen.by(entry.node).on(entry.moment) } else { seen.on(checker.now) }])
        });
    }

    /// A server's disk lost entries: the newest that is committed must still be on a majority of disks.
    pub(crate) fn check_durability(&mut self, node: NodeId, before: u32) {
        let tip = self.ghosts[node.slot()].disk_tip;
        if tip == before || self.entries.value(tip).is_some_and(|entry| entry.before == before) {
            return;
        }
        let Some(commit) = self.committers.last().copied() else { return };
        if self.has(tip, commit.entry) || !self.has(before, commit.entry) {
            return;
        }
        self.look(&[Invariant::QuorumDurability]);
        let (by, of) = (self.holders(commit.entry), self.ghosts.len());
        let Some(entry) = self.entries.value(commit.entry).copied() else { return };
        if is_majority(by.len(), of) {
            return;
        }
        self.broke(Invariant::QuorumDurability, node, commit.node, |checker| {
            let (what, spot) = (checker.named(entry.content), checker.spot(entry.index));
            let done = checker.dialect.committed;
            let first = format!("{} took {what} at {spot} for {done} {}", commit.node, commit.moment);
            let left = if by.is_empty() { "nobody".to_owned() } else { by.to_string() };
            let lost = format!("{node}'s disk lost it {}; {left} of {of} has it", checker.now);
            (
                format!("{what} at {spot} is {done}, but no longer on the disks of a majority"),
                [
                    Witness::of(first).by(commit.node).on(commit.moment).of_era(commit.term).about(&what),
                    Witness::of(lost).by(node).on(checker.now).about(&what),
                ],
            )
        });
    }
}
