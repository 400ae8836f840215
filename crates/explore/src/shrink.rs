//! From a schedule that breaks a promise to the shortest that breaks the same one.
//!
//! Delta debugging (Zeller and Hildebrandt, 2002) on moves: parts are left out, large ones first, as long as the promise
//! still breaks; what cannot be done any more is passed over. A message is named by what it carries, so leaving out one
//! move does not change what the others mean. In between, servers are taken away, options put back to their defaults
//! and pairs of moves left out that only make sense together. In the end it is made fit to be read (`tidy`).
//!
//! It works in slices and throws no dice: the same schedule always shrinks to the same one.

use crate::moves::{Held, Move, Names};
use crate::replay::{Broken, replay};
use crate::shape::{Clock, Setting};
use crate::stage::Stage;
use crate::tidy;
use crate::trial::Hit;
use protocol::{ClientId, NodeId, Protocol, Span};
use sim::{Addr, Config, Disk};
use std::marker::PhantomData;

/// Moves that are further apart than this are not left out as a pair.
const PAIR: usize = 14;

/// What is tried, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// Leaves out so many moves that stand together, from the end to the beginning.
    Parts { size: usize, end: usize },
    /// Takes a server away.
    Servers { slot: usize },
    /// Puts a setting back to its default.
    Settings { place: usize },
    /// Leaves out two moves.
    Pairs { first: usize, second: usize },
    /// Shortens a time that passes to a round one: an eighth of it first, then longer ones.
    Waits { place: usize, eighths: u64 },
    /// Gives other names, and another order.
    Tidy { place: usize },
    /// Nothing is left to try.
    Done,
}

/// A schedule that is being shrunk.
#[derive(Debug)]
pub(crate) struct Shrink<P: Protocol> {
    pub(crate) best: Broken,
    promise: &'static str,
    pass: Pass,
    /// True if something has become shorter since the first pass began.
    shorter: bool,
    /// How many moves there were when all had been tried.
    tidied: usize,
    protocol: PhantomData<P>,
}

impl<P: Protocol> Shrink<P> {
    pub(crate) fn new(hit: &Hit) -> Shrink<P> {
        let best = Broken { setting: hit.setting.clone(), moves: hit.moves.clone(), first_leader: None };
        let pass = Pass::Parts { size: best.moves.len().div_ceil(2), end: best.moves.len() };
        Shrink { best, promise: hit.promise, pass, shorter: false, tidied: 0, protocol: PhantomData }
    }

    /// Tries one thing more. Nothing if nothing is left to try, otherwise how many events that took.
    pub(crate) fn advance(&mut self) -> Option<u32> {
        match self.pass {
            Pass::Parts { size, end } => Some(self.try_part(size, end)),
            Pass::Servers { slot } => Some(self.try_server(slot)),
            Pass::Settings { place } => Some(self.try_setting(place)),
            Pass::Pairs { first, second } => Some(self.try_pair(first, second)),
            Pass::Waits { place, eighths } => Some(self.try_wait(place, eighths)),
            Pass::Tidy { place } => Some(self.try_tidy(place)),
            Pass::Done => None,
        }
    }

    /// Plays a candidate, and takes it if it breaks the promise and is good enough.
    fn consider(
        &mut self,
        setting: &Setting,
        moves: &[Move],
        good: impl Fn(&Broken, &Broken) -> bool,
    ) -> (u32, bool) {
        let (events, broken) = replay::<P>(setting, moves, self.promise);
        let taken = broken.filter(|broken| good(broken, &self.best));
        let took = taken.is_some();
        if let Some(broken) = taken {
            self.shorter |= broken.moves.len() < self.best.moves.len();
            self.best = broken;
        }
        (events, took)
    }

    fn try_part(&mut self, size: usize, end: usize) -> u32 {
        let end = end.min(self.best.moves.len());
        let start = end.saturating_sub(size);
        let mut moves = self.best.moves.clone();
        moves.drain(start..end);
        let setting = self.best.setting.clone();
        let (events, _) = self.consider(&setting, &moves, is_shorter);
        self.pass = if start > 0 {
            Pass::Parts { size, end: start }
        } else if size > 1 {
            Pass::Parts { size: size / 2, end: self.best.moves.len() }
        } else {
            Pass::Servers { slot: 0 }
        };
        events
    }

    fn try_server(&mut self, slot: usize) -> u32 {
        let mut setting = self.best.setting.clone();
        let servers = usize::from(setting.config.servers);
        self.pass = Pass::Servers { slot: slot + 1 };
        // Presets fit together in a cluster of their size only.
        if slot >= servers || servers <= 2 || !setting.config.presets.is_empty() {
            self.pass = Pass::Settings { place: 0 };
            return 0;
        }
        setting.config.servers -= 1;
        let gone = NodeId(u8::try_from(slot + 1).unwrap_or(u8::MAX));
        let names = without(servers, slot);
        let moves: Vec<Move> = self
            .best
            .moves
            .iter()
            .filter(|step| !concerns(step, gone))
            .map(
                |step| {
                    if let Move::Split(set) = step { Move::Split(set & !(1 << slot)) } else { step.clone() }
                },
            )
            .map(|step| step.renamed(&names))
            .collect();
        let (events, took) = self.consider(&setting, &moves, |new, old| new.moves.len() <= old.moves.len());
        self.shorter |= took;
        events
    }

    fn try_setting(&mut self, place: usize) -> u32 {
        let mut setting = self.best.setting.clone();
        self.pass = Pass::Settings { place: place + 1 };
        let (options, usual) = (P::DIALECT.options, Config::of(P::DIALECT));
        match place.checked_sub(options.len()) {
            None => setting.config.options[place] = options[place].default,
            Some(0) => setting.config.disk = Disk::Sync,
            Some(1) if !Stage::<P>::FIFO => setting.clock = Clock::Still,
            Some(1) => setting.config.seed = 1,
            Some(2) => setting.config.client_retries = usual.client_retries,
            _ => {
                self.pass = Pass::Pairs { first: 0, second: 1 };
                return 0;
            }
        }
        let moves = self.best.moves.clone();
        self.consider(&setting, &moves, |new, old| new.moves.len() <= old.moves.len()).0
    }

    fn try_pair(&mut self, first: usize, second: usize) -> u32 {
        let length = self.best.moves.len();
        if first + 1 >= length {
            let again = std::mem::take(&mut self.shorter);
            self.pass = if again {
                Pass::Parts { size: length.div_ceil(4), end: length }
            } else {
                Pass::Waits { place: 0, eighths: 1 }
            };
            return 0;
        }
        let last = (first + PAIR).min(length - 1);
        self.pass = if second < last {
            Pass::Pairs { first, second: second + 1 }
        } else {
            Pass::Pairs { first: first + 1, second: first + 2 }
        };
        let mut moves = self.best.moves.clone();
        if second < length {
            moves.remove(second);
        }
        moves.remove(first);
        let setting = self.best.setting.clone();
        self.consider(&setting, &moves, is_shorter).0
    }

    fn try_wait(&mut self, place: usize, eighths: u64) -> u32 {
        let next = Pass::Waits { place: place + 1, eighths: 1 };
        self.pass = if eighths < 8 { Pass::Waits { place, eighths: 2 * eighths } } else { next };
        match self.best.moves.get(place) {
            None => self.pass = Pass::Tidy { place: 0 },
            Some(Move::Wait(span)) => {
                let mut moves = self.best.moves.clone();
                moves[place] = Move::Wait(tidy::round(Span(span.0 * eighths / 8)));
                let setting = self.best.setting.clone();
                let (events, took) =
                    self.consider(&setting, &moves, |new, old| new.moves.len() <= old.moves.len());
                if took {
                    self.pass = next;
                }
                return events;
            }
            Some(_) => self.pass = next,
        }
        0
    }

    /// Where the clock runs, a time that was shortened can make something else needless: then all is tried again.
    fn after_all(&mut self) -> Pass {
        let length = self.best.moves.len();
        let before = std::mem::replace(&mut self.tidied, length);
        if self.best.setting.clock != Clock::Running || before == length {
            return Pass::Done;
        }
        Pass::Parts { size: 1, end: length }
    }

    fn try_tidy(&mut self, place: usize) -> u32 {
        self.pass = Pass::Tidy { place: place + 1 };
        match tidy::candidate(&self.best, place) {
            tidy::Try::This(setting, moves) => {
                self.consider(&setting, &moves, |new, old| new.moves.len() <= old.moves.len()).0
            }
            tidy::Try::Nothing => 0,
            tidy::Try::NoMore => {
                self.pass = self.after_all();
                0
            }
        }
    }
}

fn is_shorter(new: &Broken, old: &Broken) -> bool {
    new.moves.len() < old.moves.len()
}

/// True if a move has to do with a server.
fn concerns(step: &Move, node: NodeId) -> bool {
    let of_letter =
        step.letter().is_some_and(|letter| [letter.from, letter.to].contains(&Addr::Server(node)));
    let cut = matches!(step, Move::Cut(a, b) if *a == node || *b == node);
    let held = matches!(step, Move::Hold(Held { from, to, .. }) if [*from, *to].contains(&Some(node)));
    of_letter || cut || held || step.node() == Some(node)
}

/// The names of the servers when one is taken away: those above it move down.
fn without(servers: usize, gone: usize) -> Names {
    let name =
        |slot: usize| NodeId(u8::try_from(if slot > gone { slot } else { slot + 1 }).unwrap_or(u8::MAX));
    Names { servers: (0..servers).map(name).collect(), clients: Vec::<ClientId>::new() }
}
