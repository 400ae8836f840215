//! Promises about the order in which proposals are applied: that of the leaders who made them.
//!
//! A leader builds each proposal on what it has applied and on its own proposals before. So whoever applies a proposal
//! must have applied exactly that before it, whatever leaders came and went (primary order: Junqueira, Reed and Serafini
//! 2011). A proposal is known by its term and content; the tree of entries says what stands before it in a log.

use crate::checker::Checker;
use crate::invariant::Invariant;
use crate::log::Entry;
use crate::shelf::Shelf;
use crate::violation::{Moment, Witness};
use protocol::{Digest, Index, Names, NodeId, Term};
use sim::Chunks;

/// A proposal, as its leader made it.
#[derive(Clone, Copy, Debug)]
struct Proposed {
    term: Term,
    content: u64,
    /// The content that the same leader proposed right before, if any.
    before: Option<u64>,
    node: NodeId,
    moment: Moment,
}

/// A term in which something was proposed.
#[derive(Clone, Copy, Debug)]
struct Reign {
    term: Term,
    node: NodeId,
    /// The last entry that the leader had applied when it first proposed.
    applied: u32,
    /// The content that it proposed last.
    last: u64,
    moment: Moment,
}

/// What the promises about order need to remember.
#[derive(Clone, Debug, Default)]
pub(crate) struct Orders {
    proposed: Shelf<Proposed>,
    reigns: Chunks<Reign>,
    /// The entry with the highest index that anybody applied, and who did.
    furthest: Option<(u32, NodeId, Moment)>,
    /// True once two servers have applied different contents at an index.
    torn: bool,
}

impl Orders {
    fn place_of_reign(&self, term: Term) -> Option<usize> {
        (0..self.reigns.len()).rev().find(|place| self.reigns[*place].term == term)
    }

    /// A proposal by its index; by its name alone, and slowly, if it is applied elsewhere.
    fn find(&self, index: Index, term: Term, content: u64) -> Option<Proposed> {
        let same = |proposed: &&Proposed| (proposed.term, proposed.content) == (term, content);
        let here = self.proposed.at(index).map(|(_, proposed)| proposed).find(same);
        let anywhere = || self.proposed.values().find(same);
        here.or_else(anywhere).copied()
    }
}

impl Checker {
    /// What is remembered, as a number: see [`Checker::essence`].
    pub(crate) fn orders_essence(&self, names: &Names) -> u64 {
        let Orders { proposed, reigns, furthest, torn } = &self.orders;
        let term = |term: Term| (term.number, term.owner.map(|node| names.node(node)));
        let hash = |number: u32| self.entries.value(number).map(|entry| entry.hash);
        let at = |index: Index| proposed.at(index).map(|(_, proposed)| proposed);
        let proposed = (0..proposed.indexes())
            .flat_map(|index| at(index).map(move |made| (index, term(made.term), made.content, made.before)));
        let reigns = reigns.iter().map(|reign| (term(reign.term), hash(reign.applied), reign.last));
        Digest::of((
            Digest::of_set(proposed),
            Digest::of_set(reigns),
            furthest.map(|(entry, ..)| hash(entry)),
            torn,
        ))
    }

    fn orders_anything(&self) -> bool {
        use Invariant::{Integrity, LeaderKnowsThePast, OrderInTerm, TermsInOrder};
        [Integrity, OrderInTerm, TermsInOrder, LeaderKnowsThePast]
            .iter()
            .any(|promise| self.made.has(*promise))
    }

    /// A leader proposed a content.
    pub(crate) fn note_proposal(&mut self, node: NodeId, term: Term, index: Index, content: u64) {
        if !self.orders_anything() {
            return;
        }
        let moment = self.now;
        let before = match self.orders.place_of_reign(term) {
            Some(place) => {
                let reign = self.orders.reigns.get_mut(place);
                reign.map(|reign| std::mem::replace(&mut reign.last, content))
            }
            None => {
                let ghost = &self.ghosts[node.slot()];
                let applied = self.cut(ghost.tip, ghost.applied);
                let reign = Reign { term, node, applied, last: content, moment };
                self.orders.reigns.push(reign);
                self.check_first_proposal(&reign);
                None
            }
        };
        self.orders.proposed.push(index, Proposed { term, content, before, node, moment });
    }

    /// A server applied an entry behind the one at `last`.
    pub(crate) fn check_orders(&mut self, node: NodeId, last: Index, index: Index) {
        if !self.orders_anything() {
            return;
        }
        let tip = self.ghosts[node.slot()].tip;
        let number = self.cut(tip, index);
        let Some(entry) = self.entries.value(number).copied().filter(|entry| entry.index == index) else {
            return;
        };
        let before = self.entries.value(self.cut(tip, last)).copied().filter(|before| before.index == last);
        self.check_terms_in_order(node, before, &entry);
        self.check_own_order(node, before, &entry);
        self.check_reigns(node, number, &entry);
        let furthest = self.orders.furthest.and_then(|(number, ..)| self.entries.value(number));
        if furthest.is_none_or(|known| known.index < index) {
            self.orders.furthest = Some((number, node, self.now));
        }
    }

    fn applied_at(&self, node: NodeId, entry: &Entry, moment: Moment) -> Witness {
        let what = self.named(entry.content);
        let text = format!("{node} applied {what} of {} {moment}", self.era(entry.term));
        Witness::of(text).by(node).on(moment).of_era(entry.term).about(&what)
    }

    /// What an earlier term proposed is applied first.
    fn check_terms_in_order(&mut self, node: NodeId, before: Option<Entry>, entry: &Entry) {
        let Some(before) = before.filter(|before| before.term > entry.term) else { return };
        self.broke(Invariant::TermsInOrder, node, node, |checker| {
            let (low, high) = (checker.era(entry.term), checker.era(before.term));
            (
                format!("{node} applied what was proposed in {low} after what was proposed in {high}"),
                [
                    Witness::of(format!("{node} had applied {} of {high}", checker.named(before.content)))
                        .by(node)
                        .of_era(before.term),
                    checker.applied_at(node, entry, checker.now),
                ],
            )
        });
    }

    /// What is applied was proposed, and right behind what its leader had proposed before.
    fn check_own_order(&mut self, node: NodeId, before: Option<Entry>, entry: &Entry) {
        let Some(proposed) = self.orders.find(entry.index, entry.term, entry.content) else {
            return self.broke(Invariant::Integrity, node, node, |checker| {
                let (what, era) = (checker.named(entry.content), checker.era(entry.term));
                (
                    format!("{node} applied {what} of {era}, which nobody had proposed in it"),
                    [
                        checker.applied_at(node, entry, checker.now),
                        Witness::of(format!("no leader of {era} had proposed that")).of_era(entry.term),
                    ],
                )
            });
        };
        let own = before.filter(|before| before.term == entry.term).map(|before| before.content);
        if own == proposed.before {
            return;
        }
        self.broke(Invariant::OrderInTerm, node, proposed.node, |checker| {
            let (what, era) = (checker.named(entry.content), checker.era(entry.term));
            let told = |content: Option<u64>| match content {
                Some(content) => checker.named(content),
                None => "nothing".into(),
            };
            let (right, wrong) = (told(proposed.before), told(own));
            (
                format!(
                    "{node} applied {what} behind {wrong} of {era}, where {} proposed it behind {right}",
                    proposed.node
                ),
                [
                    Witness::of(format!(
                        "{} proposed {what} in {era} behind {right} {}",
                        proposed.node, proposed.moment
                    ))
                    .by(proposed.node)
                    .on(proposed.moment)
                    .of_era(proposed.term)
                    .about(&what),
                    checker.applied_at(node, entry, checker.now),
                ],
            )
        });
    }

    /// No leader of a later term may have proposed without knowing this.
    fn check_reigns(&mut self, node: NodeId, number: u32, entry: &Entry) {
        let mut place = self.orders.reigns.len();
        while let Some(reign) = place.checked_sub(1).and_then(|place| self.orders.reigns.get(place)).copied()
        {
            if reign.term <= entry.term {
                return;
            }
            place -= 1;
            if !self.has(reign.applied, number) {
                self.proposed_blindly(&reign, entry, node, self.now);
            }
        }
    }

    /// A leader proposes for the first time: it must have applied whatever anybody applied of earlier terms.
    fn check_first_proposal(&mut self, reign: &Reign) {
        let Some((mut number, node, moment)) = self.orders.furthest else { return };
        while let Some(entry) = self.entries.value(number).copied() {
            if entry.term < reign.term {
                if !self.has(reign.applied, number) {
                    self.proposed_blindly(reign, &entry, node, moment);
                }
                return;
            }
            number = entry.before;
        }
    }

    fn proposed_blindly(&mut self, reign: &Reign, entry: &Entry, node: NodeId, moment: Moment) {
        self.broke(Invariant::LeaderKnowsThePast, reign.node, node, |checker| {
            let (what, early, late) =
                (checker.named(entry.content), checker.era(entry.term), checker.era(reign.term));
            (
                format!(
                    "{} proposed in {late} without having applied {what} of {early}, which {node} applied",
                    reign.node
                ),
                [
                    Witness::of(format!(
                        "{} first proposed in {late} {}, without {what}",
                        reign.node, reign.moment
                    ))
                    .by(reign.node)
                    .on(reign.moment)
                    .of_era(reign.term),
                    checker.applied_at(node, entry, moment),
                ],
            )
        });
    }

    /// Two servers differ at an index, now or before: then a content may be applied at two places.
    pub(crate) fn check_total_order(&mut self, node: NodeId, index: Index, content: u64, differs: bool) {
        self.orders.torn |= differs;
        if !self.orders.torn || !self.made.has(Invariant::TotalOrder) {
            return;
        }
        let same = |(place, first): (usize, &Option<crate::checker::Applied>)| {
            let first = first.filter(|first| first.content == content && place as Index != index)?;
            Some((place as Index, first))
        };
        let Some((place, first)) = self.applied.iter().enumerate().find_map(same) else { return };
        self.broke(Invariant::TotalOrder, node, first.node, |checker| {
            let (what, here, there) = (checker.named(content), checker.spot(index), checker.spot(place));
            (
                format!(
                    "{node} applied {what} at {here}, and {} at {there}: one left something out",
                    first.node
                ),
                [
                    Witness::of(format!("{} applied {what} at {there} {}", first.node, first.moment))
                        .by(first.node)
                        .on(first.moment)
                        .about(&what),
                    checker.did(node, format!("{node} applied {what} at {here}")).about(&what),
                ],
            )
        });
    }
}
