//! What each client knows from each server: at one server it is never to read anything older.
//!
//! A server answers reads from what it has applied, and that only grows. So an answer that fits no state behind the one
//! that the client has seen there already tells of a server that went back.
//!
//! A sync is as if the client had seen all that the server's leader had committed when the sync was asked for. What a
//! leader of a later term had committed by then does not count: nobody can ask a leader that its server does not know.

use crate::checker::Checker;
use crate::clients::{Asked, Asking, Name};
use crate::invariant::Invariant;
use crate::violation::Witness;
use protocol::{ClientId, Digest, Index, Names, NodeId, Op, Reply};
use sim::Outcome;
use std::sync::Arc;

/// How far a client has seen into the log by a server's answers.
#[derive(Clone, Copy, Debug)]
struct Session {
    client: ClientId,
    node: NodeId,
    /// The server had applied this much.
    index: Index,
    /// Which operation showed it, and when its client heard.
    by: Name,
    tick: u64,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions(Arc<Vec<Session>>);

impl Sessions {
    fn find(&self, client: ClientId, node: NodeId) -> Option<&Session> {
        self.0.iter().find(|session| (session.client, session.node) == (client, node))
    }

    /// What they say, as a number.
    pub(crate) fn essence(&self, names: &Names) -> u64 {
        let known = |known: &Session| (known.client, names.node(known.node), known.index, known.tick);
        Digest::of_set(self.0.iter().map(known))
    }

    /// A client has seen a server's state behind an index.
    fn saw(&mut self, seen: Session) {
        let sessions = Arc::make_mut(&mut self.0);
        let same = |known: &&mut Session| (known.client, known.node) == (seen.client, seen.node);
        match sessions.iter_mut().find(same) {
            Some(known) if known.index < seen.index => *known = seen,
            Some(_) => {}
            None => sessions.push(seen),
        }
    }
}

impl Checker {
    /// A client was answered. Was it shown more by the same server before it asked?
    pub(crate) fn check_session(&mut self, asked: &Asked, from: Asking) {
        if !self.made.has(Invariant::SessionConsistency) {
            return;
        }
        let (Outcome::Done(reply), Some((tick, _))) = (&asked.outcome, asked.until) else { return };
        self.look(&[Invariant::SessionConsistency]);
        let (client, node, by) = (asked.who(), self.clients.answered_by, Name::of(&asked.command));
        let index = match (asked.command.op(), reply) {
            (Op::Get { key }, Reply::Value(value)) => {
                let known = self.clients.sessions.find(client, node).filter(|known| known.tick < from.tick);
                let (floor, floor_of) = known.map_or((0, by), |known| (known.index, known.by));
                match self.read_from(key, value.as_ref(), floor) {
                    Read::From(index) => index,
                    Read::Before => return self.read_backwards(asked, floor_of),
                    Read::Nowhere => return,
                }
            }
            (Op::Sync { .. }, _) => self.committed_for(node, from.committed),
            _ => asked.found.as_ref().map_or(0, |(index, _)| *index),
        };
        self.clients.sessions.saw(Session { client, node, index, by, tick });
    }

    /// The last of the places that were committed first, so many, by a leader whom a server has not left behind.
    fn committed_for(&self, node: NodeId, many: usize) -> Index {
        let term = self.ghosts[node.slot()].kept.0;
        let of_leader = |place: &usize| self.committers[*place].term <= term;
        (0..many).rev().find(of_leader).map_or(0, |place| self.chosen[place].index)
    }

    /// The first state, not before `floor`, in which a key has a value.
    fn read_from(&self, key: &Arc<str>, value: Option<&Arc<str>>, floor: Index) -> Read {
        let versions = self.clients.versions(key);
        let mut read = Read::Nowhere;
        for (place, version) in versions.iter().enumerate() {
            if version.value.as_ref() != value {
                continue;
            }
            if versions.get(place + 1).is_none_or(|next| next.index > floor) {
                return Read::From(version.index.max(floor));
            }
            read = Read::Before;
        }
        read
    }

    fn read_backwards(&mut self, asked: &Asked, floor_of: Name) {
        let node = self.clients.answered_by;
        self.broke(Invariant::SessionConsistency, node, node, |checker| {
            let (op, key) = (asked.command.op(), asked.command.op().key());
            let newer = checker.clients.get(floor_of);
            let synced = newer.is_some_and(|newer| matches!(newer.command.op(), Op::Sync { .. }));
            let had = if synced { "had synced with" } else { "had shown it" };
            let text = format!(
                "{} was told an old value of {key} for {op} by {node}, which {had} a newer state before",
                asked.who()
            );
            let newer = newer.map(Asked::witness);
            (text, [newer.unwrap_or_else(|| Witness::of(String::new())), asked.witness()])
        });
    }
}

/// Where the log has what was read.
enum Read {
    /// In the state behind this index, the first that is possible.
    From(Index),
    /// Only in states before those that the client has seen.
    Before,
    /// In none: it may come from a write that nobody has applied yet.
    Nowhere,
}
