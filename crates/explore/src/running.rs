//! Schedules in which the clock runs: messages arrive and timers ring by themselves; questions and faults come by hand.
//!
//! Where a leader is many messages away, and channels open and close, few schedules that are played by hand get to one.
//! Here the protocol finds its way by itself, and what is drawn is when it is disturbed: mostly right behind something
//! that a server learned or wrote down.

use crate::dice::Dice;
use crate::mix::STARTS;
use crate::moves::{self, Move};
use crate::walk::Walk;
use protocol::{Protocol, Span};

/// For how long time passes, in milliseconds: where nothing is waited for, and at most where something is.
const SPANS: [u64; 8] = [10, 30, 60, 100, 200, 500, 1_000, 2_500];
const PATIENCE: [u64; 3] = [300, 1_000, 3_000];

/// For how many notable things at most is waited.
const THINGS: usize = 6;

impl<P: Protocol> Walk<P> {
    /// Time passes, or something is done.
    pub(crate) fn go_on(&mut self, dice: &mut Dice) {
        let waited = matches!(self.moves.last(), Some(Move::Wait(_)));
        if !waited && dice.percent(self.mix.calm) {
            return self.pass(dice);
        }
        if let Some(start) = dice.weigh(&self.mix.starts).map(|place| STARTS[place]) {
            self.disturb(start, dice);
        }
    }

    fn pass(&mut self, dice: &mut Dice) {
        let mut some = |of: &[u64]| dice.pick(of).copied().map(Span::ms).unwrap_or_default();
        let (span, most) = (some(&SPANS), some(&PATIENCE));
        let things = u32::try_from(1 + dice.below(THINGS)).unwrap_or(1);
        let (things, most) = if dice.percent(40) { (u32::MAX, span) } else { (things, most) };
        let passed = self.stage.watch(things, dice.percent(70), most);
        moves::push(&mut self.moves, Move::Wait(passed));
    }
}
