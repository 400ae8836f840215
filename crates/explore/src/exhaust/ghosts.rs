//! What the checker remembers at a state: part of the state, for the same servers and messages may have a past that
//! forbids something or one that does not.
//!
//! A past is known by a number. It is the past before it and a step; where there are many, a checker is kept of one in a
//! few, and made again from there for the others.

use crate::exhaust::steps::{Step, Steps};
use crate::exhaust::table::Numbers;
use check::{Checker, News};
use protocol::{Names, NodeId, Protocol};

/// So many pasts in a row have no checker, once so many pasts have one.
const STRIDE: u8 = 5;
const ROOM: usize = 60_000;

/// All pasts that a search has met.
#[derive(Debug)]
pub(crate) struct Ghosts {
    names: Vec<Names>,
    pasts: Vec<Past>,
    /// The essence of each, under each of the names.
    sums: Vec<u64>,
    numbers: Numbers,
    /// For a past and what is heard of a step: the past after it.
    after: Numbers,
    /// How many checkers are kept.
    kept: usize,
}

#[derive(Debug)]
struct Past {
    /// The past before it, and the step since.
    before: (u32, u32),
    /// How many moves led to it.
    depth: u32,
    checker: Option<Box<Checker>>,
    /// How far back the next checker is.
    back: u8,
    /// True if a promise is broken.
    broken: bool,
    /// Whose messages tell nothing, as long as they rely on the disk only: bit 0 for n1.
    settled: u32,
}

impl Ghosts {
    pub(crate) fn new(names: &[Names]) -> Ghosts {
        Ghosts {
            names: names.to_vec(),
            pasts: Vec::new(),
            sums: Vec::new(),
            numbers: Numbers::default(),
            after: Numbers::default(),
            kept: 0,
        }
    }

    /// The first one: of a cluster that has just booted.
    pub(crate) fn begin<P: Protocol>(&mut self, servers: u8, booted: &[(NodeId, Vec<News<P>>)]) -> u32 {
        let mut checker = Checker::new(P::DIALECT, servers);
        for (node, news) in booted {
            news.iter().for_each(|news| checker.hear(*node, news));
        }
        self.number(checker, (0, 0), STRIDE, 0)
    }

    /// The past after a step.
    #[inline]
    pub(crate) fn after<P: Protocol>(&mut self, ghost: u32, step: u32, steps: &Steps<P>, depth: u32) -> u32 {
        let Step { news, is_plain, slot, .. } = steps.step(step);
        if is_plain && self.pasts[ghost as usize].settled >> slot & 1 == 1 {
            return ghost;
        }
        let key = u64::from(ghost) << 32 | u64::from(news);
        match self.after.get(key) {
            Some(number) => number,
            None => {
                let number = self.work_out(ghost, step, steps, depth);
                self.after.put(key, number);
                number
            }
        }
    }

    /// True if a promise is broken.
    #[inline]
    pub(crate) fn is_broken(&self, ghost: u32) -> bool {
        self.pasts[ghost as usize].broken
    }

    /// The promises that are broken, the first of them first.
    pub(crate) fn broken<P: Protocol>(&self, ghost: u32, steps: &Steps<P>) -> Vec<&'static str> {
        self.checker(ghost, steps).violations().iter().map(|violation| violation.promise).collect()
    }

    #[inline]
    pub(crate) fn sums(&self, ghost: u32) -> &[u64] {
        let width = self.names.len();
        let start = ghost as usize * width;
        &self.sums[start..start + width]
    }

    pub(crate) fn len(&self) -> usize {
        self.pasts.len()
    }

    /// Roughly how many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        // Most of what a checker remembers it shares with the one that it comes from.
        let checkers = self.kept * (size_of::<Checker>() + 1_500);
        let pasts = self.pasts.capacity() * size_of::<Past>() + self.sums.capacity() * size_of::<u64>();
        checkers + pasts + self.numbers.bytes() + self.after.bytes()
    }

    /// The checker of a past.
    fn checker<P: Protocol>(&self, ghost: u32, steps: &Steps<P>) -> Checker {
        let past = &self.pasts[ghost as usize];
        if let Some(checker) = &past.checker {
            return Checker::clone(checker);
        }
        let (before, step) = past.before;
        let mut checker = self.checker(before, steps);
        hear(&mut checker, step, steps, past.depth);
        checker
    }

    #[cold]
    fn work_out<P: Protocol>(&mut self, ghost: u32, step: u32, steps: &Steps<P>, depth: u32) -> u32 {
        let mut checker = self.checker(ghost, steps);
        hear(&mut checker, step, steps, depth);
        self.number(checker, (ghost, step), self.pasts[ghost as usize].back + 1, depth)
    }

    fn number(&mut self, checker: Checker, before: (u32, u32), back: u8, depth: u32) -> u32 {
        let key = checker.essence(&self.names[0]);
        if let Some(number) = self.numbers.get(key) {
            return number;
        }
        let number = u32::try_from(self.pasts.len()).unwrap_or(u32::MAX);
        self.sums.push(key);
        self.sums.extend(self.names[1..].iter().map(|names| checker.essence(names)));
        let (broken, settled) = (!checker.violations().is_empty(), checker.settled());
        let keeps = back >= STRIDE || self.kept < ROOM;
        self.kept += usize::from(keeps);
        let back = if keeps { 0 } else { back };
        let checker = keeps.then(|| Box::new(checker));
        self.pasts.push(Past { before, depth, checker, back, broken, settled });
        self.numbers.put(key, number);
        number
    }
}

fn hear<P: Protocol>(checker: &mut Checker, step: u32, steps: &Steps<P>, depth: u32) {
    checker.at(depth);
    let (node, news) = steps.news(step);
    news.iter().for_each(|news| checker.hear(node, news));
}
