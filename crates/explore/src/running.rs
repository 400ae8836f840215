//! Schedules in which the clock runs: messages arrive and timers ring by themselves; questions and faults come by hand.
//!
//! Where a leader is many messages away, and channels open and close, few schedules that are played by hand get to one.
//! Here the protocol finds its way by itself, and what is drawn is when it is disturbed: mostly right behind something
//! that a server learned or wrote down.

use crate::dice::Dice;
use crate::mix::STARTS;
use crate::moves::{self, Held, Move};
use crate::walk::Walk;
use protocol::{NodeId, Protocol, Span};
use sim::Kind;

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

    /// Cuts some servers from the others, or mends all cuts.
    pub(crate) fn split(&mut self, dice: &mut Dice) -> Option<NodeId> {
        let is_cut = self.stage.sim.cuts().next().is_some();
        if is_cut && dice.percent(60) {
            self.make(Move::Heal);
            return None;
        }
        let all = self.servers(|_| true);
        let group = self.draw_group(dice.pick(&all).copied(), dice);
        let group = u16::try_from(group).unwrap_or_default();
        if moves::members(!group, all.len()).next().is_some() {
            self.make(Move::Split(group));
        }
        None
    }

    /// Holds messages, those before others that have to arrive late; or lets all go.
    pub(crate) fn hold(&mut self, dice: &mut Dice) -> Option<NodeId> {
        if !self.stage.sim.held_messages().is_empty() && dice.percent(60) {
            self.make(Move::Release);
            return None;
        }
        let kinds: Vec<u8> = (0..64).filter(|kind| self.late >> kind & 1 == 1).collect();
        let any = u8::try_from(dice.below(P::DIALECT.kinds.len())).unwrap_or_default();
        let kind = *dice.pick(&kinds).filter(|_| dice.percent(80)).unwrap_or(&any);
        let all = self.servers(|_| true);
        let mut end = |chance: u32| dice.pick(&all).copied().filter(|_| dice.percent(chance));
        let (from, to) = (end(60), end(60));
        let kind = Some(Kind::Protocol(kind)).filter(|_| dice.percent(80));
        self.make(Move::Hold(Held { kind, from, to }));
        None
    }

    /// Holds a server's timers, or lets all ring again.
    pub(crate) fn stall(&mut self, dice: &mut Dice) -> Option<NodeId> {
        if !self.stage.sim.held_timers().is_empty() && dice.percent(60) {
            self.make(Move::Wake);
        } else {
            let up = self.servers(|node| self.is_up(node));
            self.make(Move::Stall(*dice.pick(&up)?));
        }
        None
    }
}
