//! What a checker remembers, as a number: two that agree in it will say the same of whatever follows.
//!
//! Left out is what only words are made of: when and at which event something happened, and who was the first to do it
//! where that decides nothing. What is kept in the order in which it came by, but means a set, goes in as a sum.

use crate::checker::{Checker, Ghost};
use crate::clients::{Asked, Clients};
use crate::log::Entry;
use crate::shelf::NONE;
use protocol::{Digest, Index, Names, NodeId, Op, Term};
use sim::Outcome;

impl Checker {
    /// The number, in a cluster whose servers bear these names.
    pub fn essence(&self, names: &Names) -> u64 {
        let Checker {
            dialect: _,
            made: _,
            now: _,
            ghosts,
            booted: _,
            entries: _,
            applied,
            submitted,
            leaderships,
            highest_led: _,
            proposals: _,
            accepted: _,
            orders: _,
            chosen,
            committers,
            clients,
            since: _,
            violations,
        } = self;
        let who = |node: NodeId| names.node(node);
        let term = |term: Term| (term.number, term.owner.map(who));
        let servers = (1u8..).map(NodeId).zip(ghosts);
        let ghosts =
            Digest::of_set(servers.map(|(node, ghost)| (who(node), self.ghost_essence(ghost, names))));
        let leaderships = Digest::of_set(leaderships.iter().map(|led| (term(led.term), who(led.node))));
        let committers: Vec<_> =
            committers.iter().map(|commit| (term(commit.term), self.entry_hash(commit.entry))).collect();
        let applied: Vec<_> = applied.iter().map(|applied| applied.map(|first| first.content)).collect();
        let chosen: Vec<_> = chosen.iter().map(|chosen| (chosen.index, chosen.content)).collect();
        let broken = Digest::of_set(violations.iter().map(|violation| violation.promise));
        let logs = (self.entries_essence(names), leaderships, committers, applied, chosen);
        let slots = (self.slots_essence(names), self.orders_essence(names));
        let asked = Digest::of_set(submitted.iter());
        Digest::of((ghosts, logs, slots, (asked, clients_essence(clients, names)), broken))
    }

    /// The servers (bit 0 for n1) of which everything that they have said they adopted is on disk: while that is so, a
    /// message of theirs that relies on nothing else tells a checker nothing.
    pub fn settled(&self) -> u32 {
        let servers = (1u8..).map(NodeId).zip(&self.ghosts);
        let settled =
            servers.filter(|(_, ghost)| ghost.unsynced_terms.is_empty() && ghost.unsynced_votes.is_empty());
        settled.fold(0, |set, (node, _)| set | 1 << node.slot())
    }

    fn ghost_essence(&self, ghost: &Ghost, names: &Names) -> u64 {
        let Ghost {
            leads,
            commit,
            committed_in: _,
            applied,
            tip,
            disk_tip,
            entered,
            kept,
            unsynced_terms,
            votes,
            unsynced_votes,
            highest_vote: _,
            unsynced,
        } = ghost;
        let who = |node: NodeId| names.node(node);
        let term = |term: Term| (term.number, term.owner.map(who));
        let vote = |vote: &crate::term::Vote| (term(vote.term), who(vote.candidate));
        Digest::of((
            (leads.map(term), commit, applied, self.entry_hash(*tip), self.entry_hash(*disk_tip)),
            (
                term(entered.0),
                term(kept.0),
                Digest::of_set(unsynced_terms.iter().map(|(entered, _)| term(*entered))),
            ),
            (Digest::of_set(votes.iter().map(vote)), Digest::of_set(unsynced_votes.iter().map(vote))),
            Digest::of_set(unsynced.iter().filter_map(|number| self.accepted.value(*number)).map(
                |accepted| {
                    let (index, number, content, by, chosen) = accepted.essence();
                    (index, term(number), content, Digest::of_set(by.iter().map(who)), chosen)
                },
            )),
        ))
    }

    /// An entry by what it says of the log up to it; two different logs have different hashes.
    fn entry_hash(&self, number: u32) -> Option<u64> {
        if number == NONE { None } else { self.entries.value(number).map(|entry| entry.hash) }
    }

    fn entries_essence(&self, names: &Names) -> u64 {
        Digest::of_set(self.entries.values().map(|entry| {
            let Entry { index, term, hash, content, before, node: _, moment: _ } = *entry;
            (
                index,
                term.number,
                term.owner.map(|node| names.node(node)),
                hash,
                content,
                self.entry_hash(before),
            )
        }))
    }

    fn slots_essence(&self, names: &Names) -> (u64, u64) {
        let who = |node: NodeId| names.node(node);
        let term = |term: Term| (term.number, term.owner.map(who));
        let at = |index: Index| self.proposals.at(index).map(|(_, proposal)| proposal);
        let indexes = 0..self.proposals.indexes();
        let proposed = indexes
            .flat_map(|index| at(index).map(move |proposal| (index, term(proposal.term), proposal.content)));
        let accepted = self.accepted.values().map(|accepted| {
            let (index, number, content, by, chosen) = accepted.essence();
            (index, term(number), content, Digest::of_set(by.iter().map(who)), chosen)
        });
        (Digest::of_set(proposed), Digest::of_set(accepted))
    }
}

fn clients_essence(clients: &Clients, names: &Names) -> u64 {
    let Clients { asked, ticks, floor, floor_of: _, replayed, store, suspects, answered_by: _, sessions } =
        clients;
    let asked = asked.iter().flat_map(|asked| asked.iter()).map(|asked| {
        let Asked { command, from, until, outcome, found, ran } = asked;
        let outcome = match outcome {
            Outcome::Pending => (0, None),
            Outcome::Done(reply) => (1, Some(reply)),
            Outcome::Failed => (2, None),
            Outcome::Unknown => (3, None),
        };
        // What was committed by then matters to a sync alone.
        let syncs = matches!(command.op(), Op::Sync { .. });
        let from = from.map(|from| (from.tick, from.floor, if syncs { from.committed } else { 0 }));
        (command, from, until.map(|(tick, _)| tick), outcome, found, ran.map(|(index, ..)| index))
    });
    let replayed: Vec<_> = replayed.iter().map(|name| name.map(|name| (name.client, name.seq))).collect();
    let seen = (floor, sessions.essence(names));
    Digest::of((Digest::of_set(asked), ticks, seen, replayed, store.hash(), suspects.as_ref()))
}
