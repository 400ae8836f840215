//! The faults of a schedule that strike servers and links.

use crate::dice::Dice;
use crate::moves::{self, Held, Move};
use crate::walk::Walk;
use protocol::{NodeId, Protocol};
use sim::Kind;

impl<P: Protocol> Walk<P> {
    /// Crashes a server, one that loses something by it before others; and boots it again at once in one case of two.
    pub(crate) fn crash(&mut self, dice: &mut Dice) -> Option<NodeId> {
        let up = self.servers(|node| self.is_up(node));
        let writes = |node: NodeId| self.stage.sim.machines()[node.slot()].unsynced() > 0;
        let losers = self.servers(writes);
        let of = if losers.is_empty() || dice.percent(30) { &up } else { &losers };
        let node = self.focus(dice).or_else(|| self.prefer_leader(of, dice))?;
        self.make(Move::Crash(node));
        dice.percent(50).then_some(node).filter(|_| self.make(Move::Restart(node)))
    }

    /// Crashes all servers, and boots some again: only what is on disk is left, and others than before may meet.
    pub(crate) fn black_out(&mut self, dice: &mut Dice) -> Option<NodeId> {
        let all = self.servers(|_| true);
        let first = dice.pick(&all).copied();
        let group = self.draw_group(first, dice);
        for node in &all {
            self.make(Move::Crash(*node));
        }
        for node in all.iter().filter(|node| group >> node.slot() & 1 == 1) {
            self.make(Move::Restart(*node));
        }
        first
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
