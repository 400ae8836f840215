//! Presets: what servers have on disk when the run begins.

use super::coder::{Coder, Place};
use super::places::*;
use super::{Nonsense, Take};
use crate::limits;
use protocol::{NodeId, Preset};

/// What an entry costs of what may be unpacked.
const ENTRY: usize = 8;

impl Coder<'_> {
    pub(super) fn put_preset(&mut self, preset: &Preset) {
        self.put_server(preset.node);
        self.number(PRESET_TERM, u64::from(preset.term));
        if self.flag(PRESET_VOTE, preset.vote.is_some()) {
            preset.vote.into_iter().for_each(|vote| self.put_server(vote));
        }
        self.number(PRESET_LOG, preset.log.len() as u64);
        let mut before = 0;
        for (term, op) in &preset.log {
            // Terms never decrease along a log.
            self.number(PRESET_TERM.after(1), u64::from(term.saturating_sub(before)));
            before = *term;
            if self.flag(PRESET_OP, op.is_some()) {
                op.iter().for_each(|op| self.put_op(op));
            }
        }
    }

    pub(super) fn take_preset(&mut self) -> Take<Preset> {
        let node = self.take_server();
        let term = self.take_preset_term(PRESET_TERM, 0)?;
        let vote = self.flag(PRESET_VOTE, false).then(|| self.take_server());
        let (mut log, mut before) = (Vec::new(), 0);
        for _ in 0..self.number(PRESET_LOG, 0) {
            self.spend(ENTRY)?;
            if log.len() == limits::PRESET {
                return Err(Nonsense("a longer log than a run may begin with"));
            }
            before = self.take_preset_term(PRESET_TERM.after(1), before)?;
            let op = if self.flag(PRESET_OP, false) { Some(self.take_op()?) } else { None };
            log.push((before, op));
        }
        Ok(Preset { node, term, vote, log })
    }

    fn take_preset_term(&mut self, place: Place, before: u32) -> Take<u32> {
        let step = u32::try_from(self.number(place, 0)).ok();
        step.and_then(|step| before.checked_add(step)).ok_or(Nonsense("a term"))
    }

    fn put_server(&mut self, node: NodeId) {
        self.choice(NODE, self.memory.servers, node.0.saturating_sub(1));
    }

    fn take_server(&mut self) -> NodeId {
        NodeId(self.choice(NODE, self.memory.servers, 0) + 1)
    }
}
