//! The replicated state machine: a key-value store that runs each command once.

use crate::{ClientId, Command, Content, Digest, Op, Reply, Table};
use std::sync::Arc;

/// The longest value that the store keeps, in bytes; `append` past it is refused.
const MAX_VALUE: usize = 4_096;

/// A key-value store and, for each client, the last command that it ran with the reply (a session: Raft §8,
/// dissertation §6.3). A command that arrives again is answered from the session and not run twice.
///
/// It is deterministic: equal commands in equal order give equal stores. `Clone` is O(1) until the next write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StateMachine {
    store: Arc<Table<Arc<str>, Arc<str>>>,
    sessions: Arc<Table<ClientId, (u32, Reply)>>,
    hash: u64,
}

impl StateMachine {
    /// Runs the content of the next entry. A no-op changes nothing and has no reply.
    pub fn apply(&mut self, content: &Content) -> Option<Reply> {
        let command = content.command()?;
        if let Some((seq, reply)) = self.sessions.get(&command.client())
            && command.seq() <= *seq
        {
            return Some(reply.clone());
        }
        let reply = self.run(command.op());
        Arc::make_mut(&mut self.sessions).insert(command.client(), (command.seq(), reply.clone()));
        self.remember(command);
        Some(reply)
    }

    /// True if this command, or a later one of the same client, has run.
    pub fn has_run(&self, command: &Command) -> bool {
        self.sessions.get(&command.client()).is_some_and(|(seq, _)| command.seq() <= *seq)
    }

    /// The pairs in the store, in the order of their keys.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.store.iter().map(|(key, value)| (&**key, &**value))
    }

    /// The value under a key.
    pub fn value(&self, key: &str) -> Option<&Arc<str>> {
        self.store.get(key)
    }

    /// A hash of the commands that ran, in order.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    fn remember(&mut self, command: &Command) {
        let mut digest = Digest::from(self.hash);
        digest.word(command.hash());
        self.hash = digest.finish();
    }

    fn run(&mut self, op: &Op) -> Reply {
        let (reply, stored) = op.run(self.value(op.key()));
        if let Some(value) = stored {
            Arc::make_mut(&mut self.store).insert(op.key().clone(), value);
        }
        reply
    }
}

impl Op {
    /// What the operation answers if this value is under its key, and the value that it then stores there, if it stores
    /// one. All that the store does is this, key by key.
    pub fn run(&self, there: Option<&Arc<str>>) -> (Reply, Option<Arc<str>>) {
        match self {
            Op::Get { .. } => (Reply::Value(there.cloned()), None),
            Op::Sync { .. } => (Reply::Synced, None),
            Op::Set { value, .. } => (Reply::Stored, Some(value.clone())),
            Op::Append { value, .. } => {
                let text = format!("{}{value}", there.map_or("", |there| &**there));
                if text.len() > MAX_VALUE {
                    (Reply::Invalid("the value would be too long"), None)
                } else {
                    (Reply::Stored, Some(text.into()))
                }
            }
            Op::Cas { old, new, .. } => match there {
                Some(value) if value == old => (Reply::Stored, Some(new.clone())),
                other => (Reply::Differs(other.cloned()), None),
            },
            Op::Incr { .. } => {
                match there.map_or("0", |there| &**there).parse::<i64>().map(|number| number.checked_add(1)) {
                    Ok(Some(number)) => (Reply::Number(number), Some(number.to_string().into())),
                    Ok(None) => (Reply::Invalid("the number would be too large"), None),
                    Err(_) => (Reply::Invalid("the value is not a number"), None),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(machine: &mut StateMachine, seq: u32, op: Op) -> Reply {
        machine.apply(&Content::Command(Command::new(ClientId(1), seq, op))).expect("a command has a reply")
    }

    #[test]
    fn a_command_that_arrives_again_is_answered_but_not_run_again() {
        let mut machine = StateMachine::default();
        let incr = Op::Incr { key: "x".into() };
        assert_eq!(run(&mut machine, 1, incr.clone()), Reply::Number(1));
        assert_eq!(run(&mut machine, 1, incr.clone()), Reply::Number(1));
        assert_eq!(run(&mut machine, 2, incr), Reply::Number(2));
        assert_eq!(machine.pairs().collect::<Vec<_>>(), [("x", "2")]);
    }

    #[test]
    fn each_operation_does_what_its_name_says() {
        let mut machine = StateMachine::default();
        let (key, one, two): (Arc<str>, Arc<str>, Arc<str>) = ("k".into(), "1".into(), "2".into());
        assert_eq!(run(&mut machine, 1, Op::Get { key: key.clone() }), Reply::Value(None));
        assert_eq!(
            run(&mut machine, 2, Op::Cas { key: key.clone(), old: one.clone(), new: two.clone() }),
            Reply::Differs(None)
        );
        assert_eq!(run(&mut machine, 3, Op::Set { key: key.clone(), value: one.clone() }), Reply::Stored);
        assert_eq!(run(&mut machine, 4, Op::Cas { key: key.clone(), old: one, new: two }), Reply::Stored);
        assert_eq!(run(&mut machine, 5, Op::Append { key: key.clone(), value: "x".into() }), Reply::Stored);
        assert_eq!(run(&mut machine, 6, Op::Get { key: key.clone() }), Reply::Value(Some("2x".into())));
        assert_eq!(run(&mut machine, 7, Op::Incr { key }), Reply::Invalid("the value is not a number"));
    }
}
