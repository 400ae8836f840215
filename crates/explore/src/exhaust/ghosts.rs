//! What the checker remembers at a state: part of the state, for the same servers and messages may have a past that
//! forbids something or one that does not. Each checker is kept once and by a number.

use crate::exhaust::steps::Steps;
use crate::exhaust::table::Numbers;
use check::{Checker, News};
use protocol::{Names, NodeId, Protocol};

/// All checkers that a search has met.
#[derive(Debug)]
pub(crate) struct Ghosts {
    names: Vec<Names>,
    checkers: Vec<Checker>,
    /// The essence of each, under each of the names.
    sums: Vec<u64>,
    numbers: Numbers,
    /// For a checker and a step: the checker after it.
    after: Numbers,
}

impl Ghosts {
    pub(crate) fn new(names: &[Names]) -> Ghosts {
        Ghosts {
            names: names.to_vec(),
            checkers: Vec::new(),
            sums: Vec::new(),
            numbers: Numbers::default(),
            after: Numbers::default(),
        }
    }

    /// The first one: of a cluster that has just booted.
    pub(crate) fn begin<P: Protocol>(&mut self, servers: u8, booted: &[(NodeId, Vec<News<P>>)]) -> u32 {
        let mut checker = Checker::new(P::DIALECT, servers);
        for (node, news) in booted {
            news.iter().for_each(|news| checker.hear(*node, news));
        }
        self.number(checker)
    }

    /// The checker after a step.
    #[inline]
    pub(crate) fn after<P: Protocol>(&mut self, ghost: u32, step: u32, steps: &Steps<P>, depth: u32) -> u32 {
        let key = u64::from(ghost) << 32 | u64::from(step);
        match self.after.get(key) {
            Some(number) => number,
            None => {
                let number = self.work_out(ghost, step, steps, depth);
                self.after.put(key, number);
                number
            }
        }
    }

    /// The promises that a checker has seen broken, the first of them first.
    pub(crate) fn broken(&self, ghost: u32) -> impl Iterator<Item = &'static str> {
        self.checkers[ghost as usize].violations().iter().map(|violation| violation.promise)
    }

    #[inline]
    pub(crate) fn sums(&self, ghost: u32) -> &[u64] {
        let width = self.names.len();
        let start = ghost as usize * width;
        &self.sums[start..start + width]
    }

    pub(crate) fn len(&self) -> usize {
        self.checkers.len()
    }

    /// Roughly how many bytes they take.
    pub(crate) fn bytes(&self) -> usize {
        // Most of what a checker remembers it shares with the one that it comes from.
        let each = size_of::<Checker>() + 1_500;
        self.checkers.len() * each + self.sums.len() * 8 + self.numbers.bytes() + self.after.bytes()
    }

    #[cold]
    fn work_out<P: Protocol>(&mut self, ghost: u32, step: u32, steps: &Steps<P>, depth: u32) -> u32 {
        let mut checker = self.checkers[ghost as usize].clone();
        checker.at(depth);
        let (node, news) = steps.news(step);
        news.iter().for_each(|news| checker.hear(node, news));
        self.number(checker)
    }

    fn number(&mut self, checker: Checker) -> u32 {
        let key = checker.essence(&self.names[0]);
        if let Some(number) = self.numbers.get(key) {
            return number;
        }
        let number = u32::try_from(self.checkers.len()).unwrap_or(u32::MAX);
        self.sums.push(key);
        self.sums.extend(self.names[1..].iter().map(|names| checker.essence(names)));
        self.checkers.push(checker);
        self.numbers.put(key, number);
        number
    }
}
