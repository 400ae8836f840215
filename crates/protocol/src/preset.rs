//! What a server has on its disk when a run begins, if not nothing.

use crate::{ClientId, Command, Content, Entry, Log, NodeId, Op, Table, Term};

/// A state of a server's disk that somebody wrote down: no run led to it. A protocol that takes presets says in
/// [`crate::Dialect::presets`] which ones some run might lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Whose disk it is.
    pub node: NodeId,
    /// The term that the server has entered.
    pub term: u32,
    /// Whom it voted for in that term.
    pub vote: Option<NodeId>,
    /// Its log: of each entry the term, and the operation unless the entry is empty.
    pub log: Vec<(u32, Option<Op>)>,
}

/// Why no run leads to a cluster's presets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Whose preset is in the way.
    pub node: NodeId,
    /// What of it.
    pub part: PresetPart,
    /// Why, in one sentence without a full stop.
    pub words: String,
}

/// A part of a preset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresetPart {
    /// The term.
    Term,
    /// The vote.
    Vote,
    /// An entry of the log, counted from 0.
    Entry(usize),
}

/// Judges the presets of a cluster of so many servers: in ascending order, one a server at most.
pub type JudgePresets = fn(servers: u8, presets: &[Preset]) -> Result<(), Misfit>;

/// The logs of some presets. Their commands belong to [`ClientId::EARLIER`], which asked for each once: where two logs
/// have the same term at the same index they have the same command.
///
/// The commands are counted in the order of the logs. What a log shares with an earlier one is its beginning, so the
/// count rises along each: a store that runs each command once runs them all.
pub fn preset_logs(presets: &[Preset]) -> Vec<Log> {
    let mut numbers: Table<(usize, u32), u32> = Table::default();
    let mut count = 0;
    let mut entry = |(place, (term, op)): (usize, &(u32, Option<Op>))| {
        let content = op.as_ref().map_or(Content::Noop, |op| {
            let number = numbers.at((place, *term));
            if *number == 0 {
                count += 1;
                *number = count;
            }
            Content::Command(Command::new(ClientId::EARLIER, *number, op.clone()))
        });
        Entry { term: Term::new(*term), content }
    };
    let mut log_of = |preset: &Preset| {
        let mut log = Log::default();
        preset.log.iter().enumerate().map(&mut entry).for_each(|entry| _ = log.push(entry));
        log
    };
    presets.iter().map(&mut log_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preset(node: u8, log: &[(u32, Option<&str>)]) -> Preset {
        let set = |value: &&str| Op::Set { key: "x".into(), value: (*value).into() };
        let log = log.iter().map(|(term, value)| (*term, value.as_ref().map(set))).collect();
        Preset { node: NodeId(node), term: 9, vote: None, log }
    }

    #[test]
    fn logs_share_the_commands_that_they_share_and_count_upwards() {
        let logs = preset_logs(&[
            preset(1, &[(1, Some("a")), (1, None), (3, Some("c"))]),
            preset(2, &[(1, Some("a")), (2, Some("b"))]),
            preset(3, &[(1, Some("a")), (1, None), (3, Some("c")), (4, Some("d"))]),
        ]);
        assert_eq!(logs[0].hash_at(1), logs[1].hash_at(1));
        assert_eq!(logs[0].hash_at(3), logs[2].hash_at(3));
        assert_ne!(logs[0].hash_at(2), logs[1].hash_at(2));
        let numbers = |log: &Log| {
            let commands = log.iter().filter_map(|(_, entry)| entry.content.command().map(Command::seq));
            commands.collect::<Vec<u32>>()
        };
        assert_eq!(logs.iter().map(numbers).collect::<Vec<_>>(), [vec![1, 2], vec![1, 3], vec![1, 2, 4]]);
    }
}
