//! A campaign: many runs with every rule on, none of which may break a promise; and a count of what they came by.

use crate::dice::Dice;
use crate::moves::{Letter, Move};
use crate::replay::{Schedule, write_down};
use crate::shape::{self, Fixed};
use crate::walk::Walk;
use protocol::{Fact, Index, NodeId, Protocol, Term};
use sim::Outcome;

/// What a campaign should come by, sooner or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sometimes {
    /// A server came to lead after something was committed by another.
    LeaderChangedAfterCommit,
    /// A server lost the end of its log.
    Truncated,
    /// A server's entry gave way to another at the same place.
    Replaced,
    /// A term gave votes to two servers.
    SplitVote,
    /// A term was entered in which nobody ever came to lead, and a later one found a leader.
    TermWithoutLeader,
    /// A leader committed an entry that is of an earlier term.
    OldEntryCommitted,
    /// A leader crashed.
    LeaderCrashed,
    /// A crashed server came back and led.
    LedAgain,
    /// A second copy of a message arrived.
    Doubled,
    /// A client asked again.
    AskedAgain,
    /// A client was answered.
    Answered,
}

impl Sometimes {
    /// Each with its name, in the order of the counts.
    pub const ALL: [(Sometimes, &'static str); 11] = [
        (Sometimes::LeaderChangedAfterCommit, "leader change after a commit"),
        (Sometimes::Truncated, "truncation"),
        (Sometimes::Replaced, "entry replaced by another"),
        (Sometimes::SplitVote, "split vote"),
        (Sometimes::TermWithoutLeader, "term without a leader"),
        (Sometimes::OldEntryCommitted, "commit of an earlier term's entry"),
        (Sometimes::LeaderCrashed, "crash of a leader"),
        (Sometimes::LedAgain, "leader that led before"),
        (Sometimes::Doubled, "doubled message"),
        (Sometimes::AskedAgain, "client that asks again"),
        (Sometimes::Answered, "answered client"),
    ];
}

/// What a campaign has seen.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// How many runs.
    pub runs: u32,
    /// How many events.
    pub events: u64,
    /// For each rule: how often it held, and how often it refused.
    pub rules: Vec<[u64; 2]>,
    /// For each of [`Sometimes::ALL`]: in how many runs it was seen.
    pub sometimes: [u32; Sometimes::ALL.len()],
    /// The first run that broke a promise.
    pub broken: Option<(u32, Schedule)>,
}

impl Tally {
    /// Takes in what later runs have shown.
    pub fn add(&mut self, later: Tally) {
        self.runs += later.runs;
        self.events += later.events;
        self.rules.resize(later.rules.len(), [0; 2]);
        for (sum, spoke) in self.rules.iter_mut().zip(later.rules) {
            sum[0] += spoke[0];
            sum[1] += spoke[1];
        }
        for (sum, count) in self.sometimes.iter_mut().zip(later.sometimes) {
            *sum += count;
        }
        self.broken = self.broken.take().or(later.broken);
    }
}

/// What one run has shown so far.
#[derive(Debug, Default)]
struct Seen {
    marks: [bool; Sometimes::ALL.len()],
    /// Who voted in which term for whom.
    votes: Vec<(Term, NodeId)>,
    leads: Vec<(Term, NodeId)>,
    committer: Option<NodeId>,
    /// The terms that were entered, once each.
    entered: Vec<Term>,
    /// The entries that were appended: where, in which term, by whom, with which content.
    entries: Vec<(Index, Term, NodeId, u64)>,
}

impl Seen {
    fn mark(&mut self, what: Sometimes) {
        self.marks[what as usize] = true;
    }

    fn hear(&mut self, node: NodeId, fact: Fact) {
        match fact {
            Fact::Supported { term, node: candidate } => {
                if self.votes.iter().any(|(other, voted)| *other == term && *voted != candidate) {
                    self.mark(Sometimes::SplitVote);
                }
                self.votes.push((term, candidate));
            }
            Fact::TermAdopted { term } if !self.entered.contains(&term) => self.entered.push(term),
            Fact::Led { term } => {
                let barren = |entered: &Term| self.leads.iter().all(|(led, _)| led != entered);
                if self.entered.iter().any(|entered| *entered < term && barren(entered)) {
                    self.mark(Sometimes::TermWithoutLeader);
                }
                if self.committer.is_some_and(|committer| committer != node) {
                    self.mark(Sometimes::LeaderChangedAfterCommit);
                }
                if self.leads.iter().any(|(_, leader)| *leader == node) {
                    self.mark(Sometimes::LedAgain);
                }
                self.leads.push((term, node));
            }
            Fact::Appended { index, term, content, .. } => {
                let here = |entry: &&(Index, Term, NodeId, u64)| (entry.0, entry.2) == (index, node);
                if self.entries.iter().rev().find(here).is_some_and(|entry| entry.3 != content) {
                    self.mark(Sometimes::Replaced);
                }
                self.entries.push((index, term, node, content));
            }
            Fact::Truncated { .. } => self.mark(Sometimes::Truncated),
            Fact::Committed { index, leading: true } => {
                let led = self.leads.iter().rev().find(|(_, leader)| *leader == node).map(|(term, _)| *term);
                let first = self.entries.iter().find(|entry| entry.0 == index).map(|entry| entry.1);
                if led.zip(first).is_some_and(|(led, first)| first < led) {
                    self.mark(Sometimes::OldEntryCommitted);
                }
                self.committer = Some(node);
            }
            _ => {}
        }
    }

    /// Looks at the moves from a place on.
    fn look<P: Protocol>(&mut self, walk: &Walk<P>, from: usize) {
        for step in &walk.moves[from..] {
            let leader = self.leads.last().map(|(_, leader)| *leader);
            match step {
                Move::Crash(node) if leader == Some(*node) => self.mark(Sometimes::LeaderCrashed),
                Move::Deliver(letter) if arrived_before(&walk.moves[..from], letter) => {
                    self.mark(Sometimes::Doubled);
                }
                _ => {}
            }
        }
    }
}

/// True if a copy was made of this message, and one has arrived.
fn arrived_before(moves: &[Move], letter: &Letter) -> bool {
    moves.contains(&Move::Duplicate(*letter)) && moves.contains(&Move::Deliver(*letter))
}

/// Plays runs `from` to `to` of a seed, each of at least so many events.
pub fn campaign<P: Protocol>(seed: u64, from: u32, to: u32, events: u32) -> Tally {
    let mut tally = Tally { rules: vec![[0; 2]; P::DIALECT.rules.len()], ..Tally::default() };
    for run in from..to {
        one_run::<P>(seed, run, events, &mut tally);
    }
    tally
}

fn one_run<P: Protocol>(seed: u64, run: u32, least: u32, tally: &mut Tally) {
    let mut dice = Dice::new(seed, u64::from(run));
    let setting = shape::draw::<P>(&Fixed::default(), &mut dice);
    let mut walk = Walk::<P>::new(&setting, &mut dice, true);
    let mut seen = Seen::default();
    while walk.stage.sim.position() < least && walk.stage.broken(None).is_none() {
        let before = walk.moves.len();
        if !walk.advance(&mut dice) {
            // Another mix, so that a long run is not all of one kind.
            walk = walk.fork(&setting, &mut dice, u32::MAX);
        }
        for (node, fact) in std::mem::take(&mut walk.stage.eyes.facts) {
            seen.hear(node, fact);
        }
        seen.look(&walk, before);
    }
    let clients = || walk.stage.sim.clients().iter().flat_map(|client| client.operations.iter());
    if clients().any(|operation| operation.tries > 1) {
        seen.mark(Sometimes::AskedAgain);
    }
    if clients().any(|operation| matches!(operation.outcome, Outcome::Done(_))) {
        seen.mark(Sometimes::Answered);
    }
    tally.runs += 1;
    tally.events += u64::from(walk.stage.sim.position());
    for (sum, spoke) in tally.rules.iter_mut().zip(&walk.stage.eyes.spoke) {
        sum[0] += u64::from(spoke[0]);
        sum[1] += u64::from(spoke[1]);
    }
    for (count, mark) in tally.sometimes.iter_mut().zip(seen.marks) {
        *count += u32::from(mark);
    }
    if tally.broken.is_none()
        && let Some(violation) = walk.stage.broken(None)
    {
        let schedule = write_down::<P>(&setting, &walk.moves, violation.promise);
        tally.broken = schedule.map(|schedule| (run, schedule));
    }
}
