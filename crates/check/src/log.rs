//! Promises about logs, commits and state machines.
//!
//! Every entry that ever stood in a log is kept once, with the entry before it: a tree whose branches are the logs
//! that servers had. A server's log is the number of its last entry. To append is to find or add a child, to crash is to
//! go back to the entry on disk.

use crate::checker::{Applied, Checker};
use crate::invariant::Invariant;
use crate::shelf::NONE;
use crate::term::Leadership;
use crate::violation::{Chosen, Moment, Witness};
use protocol::{Index, NodeId, Term};

/// An entry that stood in a log, as it was first reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) index: Index,
    pub(crate) term: Term,
    /// The hash of the log up to here.
    pub(crate) hash: u64,
    pub(crate) content: u64,
    /// The entry before it.
    pub(crate) before: u32,
    /// Who had it first.
    pub(crate) node: NodeId,
    pub(crate) moment: Moment,
}

impl Checker {
    /// The index of an entry; 0 for none.
    fn index_of(&self, tip: u32) -> Index {
        self.entries.value(tip).map_or(0, |entry| entry.index)
    }

    /// The last entry of a log at or before an index.
    pub(crate) fn cut(&self, mut tip: u32, index: Index) -> u32 {
        while let Some(entry) = self.entries.value(tip)
            && entry.index > index
        {
            tip = entry.before;
        }
        tip
    }

    /// True if the log that ends with `tip` holds an entry.
    pub(crate) fn has(&self, tip: u32, entry: u32) -> bool {
        self.cut(tip, self.index_of(entry)) == entry
    }

    /// The first index at which the log that ends with `tip` differs from the one that ends with `other`, up to there.
    fn first_difference(&self, tip: u32, mut other: u32) -> Index {
        let mut differs = self.index_of(other) + 1;
        while let Some(entry) = self.entries.value(other)
            && !self.has(tip, other)
        {
            differs = entry.index;
            other = entry.before;
        }
        differs
    }

    fn find(&self, index: Index, hash: u64) -> Option<u32> {
        let same = self.entries.at(index).find(|(_, entry)| entry.hash == hash);
        same.map(|(number, _)| number)
    }

    pub(crate) fn on_appended(&mut self, node: NodeId, mut entry: Entry) {
        let tip = self.ghosts[node.slot()].tip;
        if entry.index <= self.index_of(tip) {
            self.leader_changed_its_log(node, entry.index, "overwrote");
        }
        entry.before = self.cut(tip, entry.index.saturating_sub(1));
        self.check_terms_rise(node, &entry);
        self.ghost(node).tip = match self.find(entry.index, entry.hash) {
            Some(known) => known,
            None => {
                self.check_log_matching(node, &entry);
                self.entries.push(entry.index, entry)
            }
        };
    }

    pub(crate) fn on_truncated(&mut self, node: NodeId, from: Index) {
        let ghost = &self.ghosts[node.slot()];
        let (tip, commit) = (ghost.tip, ghost.commit);
        if from > self.index_of(tip) {
            return;
        }
        self.leader_changed_its_log(node, from, "removed");
        if from <= commit {
            self.broke(Invariant::CommitNeverGoesBack, node, node, |checker| {
                let (spot, done) = (checker.spot(from), checker.dialect.committed);
                (
                    format!("{node} removed {spot}, which it knew to be {done}"),
                    [
                        checker.knew(
                            node,
                            format!("{node} knew all up to {} to be {done}", checker.spot(commit)),
                        ),
                        checker.did(node, format!("{node} removed {spot} and all after it")),
                    ],
                )
            });
        }
        self.ghost(node).tip = self.cut(tip, from.saturating_sub(1));
    }

    /// The log on a disk ends here. A protocol that does not tell is taken to have everything on disk.
    pub(crate) fn keep_log(&mut self, node: NodeId, end: Option<(Index, u64)>) {
        let (tip, before) = (self.ghosts[node.slot()].tip, self.ghosts[node.slot()].disk_tip);
        self.ghost(node).disk_tip = match end {
            None => tip,
            Some((0, _)) => NONE,
            // The likely case first: the disk has all that the memory has.
            Some((_, hash)) if self.entries.value(tip).is_some_and(|entry| entry.hash == hash) => tip,
            Some((index, hash)) => self.find(index, hash).unwrap_or(NONE),
        };
        self.check_durability(node, before);
    }

    /// A server has booted with this log.
    pub(crate) fn on_booted(&mut self, node: NodeId, last: Index, hash: u64) {
        if !self.dialect.slots {
            self.ghost(node).tip = if last == 0 { NONE } else { self.find(last, hash).unwrap_or(NONE) };
        }
    }

    fn leader_changed_its_log(&mut self, node: NodeId, index: Index, how: &str) {
        let Some(term) = self.ghosts[node.slot()].leads else { return };
        self.broke(Invariant::LeaderAppendOnly, node, node, |checker| {
            let (spot, era) = (checker.spot(index), checker.era(term));
            (
                format!("{node} {how} {spot} of its own log while it led {era}"),
                [checker.led(node, term), checker.did(node, format!("{node} {how} {spot}")).of_era(term)],
            )
        });
    }

    fn check_terms_rise(&mut self, node: NodeId, entry: &Entry) {
        let Some(before) = self.entries.value(entry.before).copied() else { return };
        if entry.term < before.term {
            self.broke(Invariant::LogTermsNeverDecrease, node, node, |checker| {
                let (low, high) = (checker.era(entry.term), checker.era(before.term));
                (
                    format!("{node} put an entry of {low} behind one of {high}"),
                    [
                        checker.stored(
                            &before,
                            format!("{node}'s log has {high} at {}", checker.spot(before.index)),
                        ),
                        checker
                            .did(node, format!("{node} put {low} at {}", checker.spot(entry.index)))
                            .of_era(entry.term)
                            .about(&checker.named(entry.content)),
                    ],
                )
            });
        }
    }

    /// No log ever had this prefix here: then none may have had this term here.
    fn check_log_matching(&mut self, node: NodeId, entry: &Entry) {
        let same = self.entries.at(entry.index).find(|(_, known)| known.term == entry.term);
        let Some((_, known)) = same.map(|(number, known)| (number, *known)) else { return };
        self.broke(Invariant::LogMatching, node, known.node, |checker| {
            let (spot, era) = (checker.spot(entry.index), checker.era(entry.term));
            let stored = |who: NodeId, content: u64, moment: Moment| {
                let what = checker.named(content);
                let text = format!("{who} put {what} at {spot} in {era} {moment}");
                Witness::of(text).by(who).on(moment).of_era(entry.term).about(&what)
            };
            let holders = if known.node == node {
                format!("{node} held two different logs")
            } else {
                format!("{} and {node} held different logs", known.node)
            };
            (
                format!("{holders} up to {spot}, though both had {era} there"),
                [stored(known.node, known.content, known.moment), stored(node, entry.content, checker.now)],
            )
        });
    }

    pub(crate) fn on_committed(&mut self, node: NodeId, index: Index, leading: bool) {
        let ghost = &self.ghosts[node.slot()];
        let (before, last) = (ghost.commit, self.index_of(ghost.tip));
        if index < before {
            self.broke(Invariant::CommitNeverGoesBack, node, node, |checker| {
                let done = checker.dialect.committed;
                (
                    format!("{node} took its {done} {} back from {before} to {index}", checker.dialect.index),
                    [
                        checker.knew(
                            node,
                            format!("{node} knew all up to {} to be {done}", checker.spot(before)),
                        ),
                        checker.did(node, format!("{node} went back to {}", checker.spot(index))),
                    ],
                )
            });
        } else if index > last && !self.dialect.slots {
            self.broke(Invariant::CommitNeverGoesBack, node, node, |checker| {
                let (spot, done) = (checker.spot(index), checker.dialect.committed);
                (
                    format!("{node} took {spot} for {done}, but its log ends at {last}"),
                    [
                        Witness::of(format!("{node}'s log ends at {}", checker.spot(last))).by(node),
                        checker.did(node, format!("{node} took {spot} for {done}")),
                    ],
                )
            });
        }
        let now = self.now;
        let ghost = self.ghost(node);
        (ghost.commit, ghost.committed_in) = (index, now);
        if leading && !self.dialect.slots {
            self.check_commit_rule(node, index.min(last));
            self.commit_prefix(node, index.min(last));
        }
    }

    /// A leader knows all up to an index to be committed: what was not before becomes chosen.
    fn commit_prefix(&mut self, node: NodeId, index: Index) {
        let ghost = &self.ghosts[node.slot()];
        let (term, tip) = (ghost.leads.unwrap_or(ghost.entered.0), ghost.tip);
        let done = self.chosen.len() as Index;
        for index in done + 1..=index {
            let number = self.cut(tip, index);
            let Some(entry) = self.entries.value(number).copied() else { return };
            let by = self.holders(number);
            let Moment { position, at } = self.now;
            self.chosen.push(Chosen { index, at, position, content: entry.content, by });
            self.committers.push(Leadership { term, node, entry: number, moment: self.now });
        }
        if index > done {
            self.check_later_leaders(term);
        }
    }

    /// A leader of a later term may have been elected before this one counted its majority.
    fn check_later_leaders(&mut self, term: Term) {
        for slot in 0..self.ghosts.len() {
            if let Some(leads) = self.ghosts[slot].leads
                && leads > term
            {
                let node = (1u8..).map(NodeId).nth(slot);
                node.into_iter().for_each(|node| self.check_leader_completeness(node, leads));
            }
        }
    }

    /// Whoever leads a term holds all that was committed in earlier ones: the last such entry, and so all before it.
    pub(crate) fn check_leader_completeness(&mut self, node: NodeId, term: Term) {
        if !self.made.has(Invariant::LeaderCompleteness) {
            return;
        }
        let Some(commit) = self.committers.iter().rev().find(|commit| commit.term < term).copied() else {
            return;
        };
        let tip = self.ghosts[node.slot()].tip;
        let Some(missed) = self.entries.value(commit.entry).copied() else { return };
        if self.has(tip, commit.entry) {
            return;
        }
        self.broke(Invariant::LeaderCompleteness, node, commit.node, |checker| {
            let (spot, done) = (checker.spot(missed.index), checker.dialect.committed);
            let there = checker.entries.value(checker.cut(tip, missed.index)).copied();
            let instead = match there {
                Some(entry) if entry.index == missed.index => {
                    let (what, era) = (checker.named(entry.content), checker.era(entry.term));
                    let differs = checker.first_difference(tip, commit.entry);
                    let before = if differs < entry.index {
                        format!(", behind a log that differs from {} on", checker.spot(differs))
                    } else {
                        String::new()
                    };
                    format!("{node} has {what} of {era} at {spot}{before}")
                }
                _ => format!("{node}'s log ends at {}", checker.spot(checker.index_of(tip))),
            };
            let (what, since) = (checker.named(missed.content), checker.era(commit.term));
            (
                format!("{node} leads {} without {what} at {spot}, {done} in {since}", checker.era(term)),
                [
                    Witness::of(format!("{} {done} {what} at {spot} {}", commit.node, commit.moment))
                        .by(commit.node)
                        .on(commit.moment)
                        .of_era(commit.term)
                        .about(&what),
                    Witness::of(instead).by(node).on(checker.now).of_era(term),
                ],
            )
        });
    }

    pub(crate) fn on_applied(&mut self, node: NodeId, index: Index, content: u64) {
        let commit = self.ghosts[node.slot()].commit;
        if index > commit {
            self.broke(Invariant::CommitNeverGoesBack, node, node, |checker| {
                let (spot, done) = (checker.spot(index), checker.dialect.committed);
                (
                    format!("{node} applied {spot} before it knew that it is {done}"),
                    [
                        checker.knew(
                            node,
                            format!("{node} knew all up to {} to be {done}", checker.spot(commit)),
                        ),
                        checker.did(node, format!("{node} applied {spot}")),
                    ],
                )
            });
        }
        let last = std::mem::replace(&mut self.ghosts[node.slot()].applied, index);
        if index > last + 1 {
            self.left_out(node, last, index);
        }
        if !self.dialect.slots {
            self.check_orders(node, last, index);
        }
        let place = usize::try_from(index).unwrap_or(usize::MAX);
        while self.applied.len() <= place {
            self.applied.push(None);
        }
        let Some(first) = self.applied[place] else {
            if let Some(applied) = self.applied.get_mut(place) {
                *applied = Some(Applied { content, node, moment: self.now });
            }
            self.replay();
            self.check_total_order(node, index, content, false);
            self.check_validity(node, index, content);
            return self.check_applied_is_chosen(node, index, content);
        };
        if first.content != content {
            self.check_validity(node, index, content);
            self.check_total_order(node, index, content, true);
            self.applied_otherwise(node, index, content, first);
        }
    }

    /// A server that leaves an entry out has, at that index, applied something else than the others: nothing.
    fn left_out(&mut self, node: NodeId, last: Index, index: Index) {
        for promise in [Invariant::StateMachineSafety, Invariant::TotalOrder, Invariant::OrderedExecution] {
            self.broke(promise, node, node, |checker| {
                let (spot, missing) = (checker.spot(index), checker.spot(last + 1));
                (
                    format!("{node} applied {spot} and left out {missing}"),
                    [
                        Witness::of(format!("{node} had applied all up to {}", checker.spot(last))).by(node),
                        checker.did(node, format!("{node} applied {spot}")),
                    ],
                )
            });
        }
    }

    fn applied_otherwise(&mut self, node: NodeId, index: Index, content: u64, first: Applied) {
        for promise in [Invariant::StateMachineSafety, Invariant::Agreement] {
            self.broke(promise, node, first.node, |checker| {
                let (spot, mine, other) =
                    (checker.spot(index), checker.named(content), checker.named(first.content));
                let who = if first.node == node { "it had".into() } else { first.node.to_string() };
                (
                    format!("{node} applied {mine} at {spot}, where {who} applied {other}"),
                    [
                        Witness::of(format!("{} applied {other} at {spot} {}", first.node, first.moment))
                            .by(first.node)
                            .on(first.moment)
                            .about(&other),
                        checker.did(node, format!("{node} applied {mine} at {spot}")).about(&mine),
                    ],
                )
            });
        }
    }

    pub(crate) fn check_validity(&mut self, node: NodeId, index: Index, content: u64) {
        let asked = content == 1 || self.submitted.iter().rev().any(|command| command.hash() == content);
        if !asked {
            self.broke(Invariant::Validity, node, node, |checker| {
                let (spot, asked) = (checker.spot(index), checker.submitted.len());
                (
                    format!("{node} applied something at {spot} that no client asked for"),
                    [
                        checker.did(node, format!("{node} applied {spot}")),
                        Witness::of(format!("clients had asked for {asked} things, none of them this")),
                    ],
                )
            });
        }
    }

    /// What a server did just now, as a witness.
    pub(crate) fn did(&self, node: NodeId, text: String) -> Witness {
        Witness::of(format!("{text} {}", self.now)).by(node).on(self.now)
    }

    /// What a server has known since it last learned what is committed.
    fn knew(&self, node: NodeId, text: String) -> Witness {
        Witness::of(text).by(node).on(self.ghosts[node.slot()].committed_in)
    }

    /// What is said of an entry, with where it was first reported.
    fn stored(&self, entry: &Entry, text: String) -> Witness {
        Witness::of(text).by(entry.node).on(entry.moment).of_era(entry.term).about(&self.named(entry.content))
    }
}
