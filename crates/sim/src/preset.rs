//! Disks that are not empty at the beginning.

use crate::machine::Machine;
use crate::{Config, Sim, Watch};
use protocol::{Durable, Fact, NodeId, Protocol, Term, preset_logs};

/// The machines of a cluster, with what is on their disks.
pub(crate) fn machines<P: Protocol>(config: &Config) -> Vec<Machine<P>> {
    let mut machines: Vec<Machine<P>> =
        (1..=config.servers).map(|n| Machine::new(NodeId(n), P::Durable::default())).collect();
    for (preset, log) in config.presets.iter().zip(preset_logs(&config.presets)) {
        if let Some(machine) = machines.get_mut(preset.node.slot()) {
            machine.disk = P::Durable::preset(preset, log);
        }
    }
    machines
}

impl<P: Protocol> Sim<P> {
    /// Nobody saw how the disks came to what they hold, so whoever looks on is told when the cluster boots: what was
    /// asked for, and what each server did, as if it did it now.
    pub(crate) fn tell_presets<W: Watch<P>>(&mut self, watch: &mut W) {
        let mut asked = 0;
        for (preset, log) in self.config.presets.iter().zip(preset_logs(&self.config.presets)) {
            let (node, term) = (preset.node, Term::new(preset.term));
            let commands = log.iter().filter_map(|(_, entry)| entry.content.command());
            for command in commands {
                if command.seq() > asked {
                    asked = command.seq();
                    watch.invoked(command);
                }
            }
            watch.fact(node, Fact::TermAdopted { term });
            if let Some(candidate) = preset.vote {
                watch.fact(node, Fact::Supported { term, node: candidate });
            }
            for (index, entry) in log.iter() {
                let hash = log.hash_at(index).unwrap_or_default();
                let content = entry.content.hash();
                watch.fact(node, Fact::Appended { index, term: entry.term, hash, content });
            }
            if let Some(machine) = self.machines.get(node.slot()) {
                watch.wrote(node, &machine.disk);
            }
        }
    }
}
