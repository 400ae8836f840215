//! Promises about what clients saw.
//!
//! **The log explains it first.** A replay of what was applied, in the order of the log, gives each command a place and a
//! reply; a command that is in the log twice took effect at its first place. If every answer is what the replay says, and
//! every operation stands behind all that were answered before it was asked, the log is the order that shows the history
//! to be linearizable. Both are looked at as the answers come, in O(1).
//!
//! **Then a search does.** An answer that the log does not explain makes its key suspect: from then on each answer about
//! this key has the key's history judged (see [`crate::history`]), until the verdict is no.
//!
//! An operation begins when its client first sends it, whatever the retries: they are the same operation. One whose
//! client gave up stays open.

use crate::answers::Suspect;
use crate::checker::Checker;
use crate::history::{Call, Heard};
use crate::invariant::Invariant;
use crate::sessions::Sessions;
use crate::violation::{Moment, Witness};
use protocol::{ClientId, Command, Content, Index, NodeId, Op, Reply, StateMachine};
use sim::{Addr, Chunks, Operation, Outcome};
use std::sync::Arc;

/// A client's command by the client's own count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) client: ClientId,
    pub(crate) seq: u32,
}

impl Name {
    pub(crate) fn of(command: &Command) -> Name {
        Name { client: command.client(), seq: command.seq() }
    }
}

/// A value that a key had in the log.
pub(crate) struct Version {
    pub(crate) value: Option<Arc<str>>,
    /// From where on, and whose command put it there.
    pub(crate) index: Index,
    pub(crate) by: Name,
}

/// An operation of a client, as the client sees it and as the log has it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) command: Command,
    /// When its client first sent it, and what was known then.
    pub(crate) from: Option<Asking>,
    /// When its client knew the outcome.
    pub(crate) until: Option<(u64, Moment)>,
    pub(crate) outcome: Outcome,
    /// Where the log has it first, and what the replay answers there.
    pub(crate) found: Option<(Index, Option<Reply>)>,
    /// Where a state machine ran it first.
    pub(crate) ran: Option<(Index, NodeId, Moment)>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub(crate) tick: u64,
    pub(crate) moment: Moment,
    /// The last place of an operation that any client had been answered by then, with the client and its count.
    pub(crate) floor: Index,
    pub(crate) floor_of: Name,
    /// How many places of the log were committed by then.
    pub(crate) committed: usize,
}

/// All that clients asked for, and the replay of the log.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) asked: Vec<Chunks<Asked>>,
    /// Questions and answers so far.
    pub(crate) ticks: u64,
    /// The last place of an operation that was answered, and whose.
    pub(crate) floor: Index,
    pub(crate) floor_of: Name,
    /// For each index from 1 as far as the log is replayed, the command there.
    pub(crate) replayed: Chunks<Option<Name>>,
    pub(crate) store: StateMachine,
    /// Keys with an answer that the log does not explain.
    pub(crate) suspects: Arc<Vec<Suspect>>,
    /// Who sent the last answer that reached a client.
    pub(crate) answered_by: NodeId,
    pub(crate) sessions: Sessions,
}

impl Default for Clients {
    fn default() -> Clients {
        Clients {
            asked: Vec::new(),
            ticks: 0,
            floor: 0,
            floor_of: Name { client: ClientId(1), seq: 0 },
            replayed: Chunks::default(),
            store: StateMachine::default(),
            suspects: Arc::default(),
            answered_by: NodeId(1),
            sessions: Sessions::default(),
        }
    }
}

impl Clients {
    pub(crate) fn tick(&mut self) -> u64 {
        self.ticks += 1;
        self.ticks
    }

    pub(crate) fn get(&self, name: Name) -> Option<&Asked> {
        self.asked.get(name.client.slot())?.get(place(name.seq))
    }

    pub(crate) fn get_mut(&mut self, name: Name) -> Option<&mut Asked> {
        self.asked.get_mut(name.client.slot())?.get_mut(place(name.seq))
    }

    pub(crate) fn suspect(&mut self, key: &Arc<str>) {
        if self.suspects.iter().all(|suspect| suspect.key != *key) {
            Arc::make_mut(&mut self.suspects).push(Suspect::of(key.clone()));
        }
    }

    /// The command at an index takes effect in the replay, unless it did before.
    pub(crate) fn replay(&mut self, index: Index, command: Command) {
        let name = Name::of(&command);
        let key = command.op().key().clone();
        let reply = self.store.apply(&Content::Command(command));
        let Some(asked) = self.get_mut(name) else { return };
        if asked.found.is_some() {
            return;
        }
        asked.found = Some((index, reply));
        match asked.outcome {
            Outcome::Failed => self.suspect(&key),
            // Its client was answered before anybody applied it.
            Outcome::Done(_) => (self.floor, self.floor_of) = (index, name),
            Outcome::Pending | Outcome::Unknown => {}
        }
    }

    /// An operation on a key that failed, its client was told, and that stands in the log.
    pub(crate) fn denied(&self, key: &Arc<str>) -> Option<&Asked> {
        let denied = |asked: &&Asked| asked.outcome == Outcome::Failed && asked.found.is_some();
        let mut all = self.asked.iter().flat_map(Chunks::iter).filter(denied);
        all.find(|asked| asked.command.op().key() == key)
    }

    /// The values that a key had, in the order of the log.
    pub(crate) fn versions(&self, key: &Arc<str>) -> Vec<Version> {
        let mut versions = vec![Version { value: None, index: 0, by: self.floor_of }];
        for (index, name) in (1..).zip(self.replayed.iter()) {
            let Some(asked) = name.and_then(|name| self.get(name)) else { continue };
            let is_first = asked.found.as_ref().is_some_and(|(first, _)| *first == index);
            if !is_first || asked.command.op().key() != key {
                continue;
            }
            let before = versions.last().and_then(|version| version.value.as_ref());
            if let (_, Some(value)) = asked.command.op().run(before) {
                versions.push(Version { value: Some(value), index, by: Name::of(&asked.command) });
            }
        }
        versions
    }

    /// All operations on a key that were begun and did not certainly fail.
    pub(crate) fn on_key<'a>(&'a self, key: &'a Arc<str>) -> impl Iterator<Item = (&'a Asked, Asking)> {
        let all = self.asked.iter().flat_map(Chunks::iter);
        let concerned = all.filter(move |asked| asked.command.op().key() == key);
        concerned
            .filter(|asked| asked.outcome != Outcome::Failed)
            .filter_map(|asked| Some((asked, asked.from?)))
    }
}

fn place(seq: u32) -> usize {
    seq.checked_sub(1).map_or(usize::MAX, |place| place as usize)
}

impl Asked {
    pub(crate) fn call(&self, from: Asking) -> Call {
        let heard = match (&self.outcome, self.until) {
            (Outcome::Done(reply), Some((tick, _))) => Some((tick, Heard::Reply(reply.clone()))),
            _ => None,
        };
        Call { op: self.command.op().clone(), from: from.tick, heard }
    }

    pub(crate) fn who(&self) -> ClientId {
        self.command.client()
    }

    /// `c1 asked for get x at 10ms (event 1) and was told 2 at 30ms (event 9)`, as a witness.
    pub(crate) fn witness(&self) -> Witness {
        let (who, op) = (self.who(), self.command.op());
        let mut text = format!("{who} asked for {op}");
        if let Some(from) = self.from {
            text += &format!(" {}", from.moment);
        }
        let mut witness = Witness { place: Some(Addr::Client(who)), ..Witness::default() };
        match (&self.outcome, self.until) {
            (Outcome::Done(reply), Some((_, moment))) => {
                text += &format!(" and was told \"{reply}\" {moment}");
                witness = witness.on(moment);
            }
            (Outcome::Failed, Some((_, moment))) => {
                text += &format!(" and was told that it failed {moment}");
                witness = witness.on(moment);
            }
            (_, _) => {
                text += " and was never answered";
                if let Some(from) = self.from {
                    witness = witness.on(from.moment);
                }
            }
        }
        Witness { text, command: Some(op.to_string()), ..witness }
    }
}

impl Checker {
    pub(crate) fn watches_clients(&self) -> bool {
        self.made.has(Invariant::Linearizability)
            || self.made.has(Invariant::NoStaleReads)
            || self.made.has(Invariant::ExactlyOnce)
            || self.made.has(Invariant::SessionConsistency)
    }

    /// Why nobody can tell whether the promise with this key holds, if nobody can.
    pub fn doubt(&self, key: &str) -> Option<String> {
        let asked = self.made.named(key) == Some(Invariant::Linearizability);
        let mut given_up = self.clients.suspects.iter().filter(|suspect| asked && suspect.given_up);
        let tangled = &given_up.next()?.key;
        Some(format!("so many operations on {tangled} overlap that the search for their order was given up"))
    }

    /// A client was told to ask.
    pub(crate) fn note_asked(&mut self, command: &Command) {
        if !self.watches_clients() {
            return;
        }
        let slot = command.client().slot();
        while self.clients.asked.len() <= slot {
            self.clients.asked.push(Chunks::default());
        }
        self.clients.asked[slot].push(Asked {
            command: command.clone(),
            from: None,
            until: None,
            outcome: Outcome::Pending,
            found: None,
            ran: None,
        });
    }

    /// A client sends its question: the first time, or again.
    pub(crate) fn on_asked(&mut self, command: &Command) {
        let (moment, committed) = (self.now, self.chosen.len());
        let (floor, floor_of) = (self.clients.floor, self.clients.floor_of);
        let name = Name::of(command);
        if self.clients.get(name).is_none_or(|asked| asked.from.is_some()) {
            return;
        }
        let tick = self.clients.tick();
        if let Some(asked) = self.clients.get_mut(name) {
            asked.from = Some(Asking { tick, moment, floor, floor_of, committed });
        }
    }

    pub(crate) fn on_answer(&mut self, node: NodeId) {
        self.clients.answered_by = node;
    }

    /// An index was applied for the first time anywhere: the replay goes on, as far as it can.
    pub(crate) fn replay(&mut self) {
        if !self.watches_clients() {
            return;
        }
        loop {
            let next = self.clients.replayed.len() + 1;
            let Some(applied) = self.applied.get(next).copied().flatten() else { return };
            let mut commands = self.submitted.iter().rev();
            let command = commands.find(|command| command.hash() == applied.content).cloned();
            self.clients.replayed.push(command.as_ref().map(Name::of));
            if let Some(command) = command {
                self.clients.replay(next as Index, command);
            }
        }
    }

    /// A state machine ran a command.
    pub(crate) fn on_ran(&mut self, node: NodeId, index: Index, client: ClientId, seq: u32) {
        let moment = self.now;
        let Some(asked) = self.clients.get_mut(Name { client, seq }) else { return };
        let Some((first, who, when)) = asked.ran else {
            asked.ran = Some((index, node, moment));
            return;
        };
        let (op, content) = (asked.command.op().to_string(), asked.command.hash());
        // Of servers that apply different things another promise tells.
        let stands_at = |index: Index| {
            let there =
                usize::try_from(index).ok().and_then(|place| self.applied.get(place)).copied().flatten();
            there.is_some_and(|applied| applied.content == content)
        };
        if first == index || !stands_at(first) || !stands_at(index) {
            return;
        }
        self.broke(Invariant::ExactlyOnce, node, who, |checker| {
            let ran = |who: NodeId, index: Index, moment: Moment| {
                let text = format!("{who} ran it at {} {moment}", checker.spot(index));
                Witness::of(text).by(who).on(moment).about(&op)
            };
            (
                format!(
                    "{op}, which {client} asked for once, takes effect at {} and again at {}",
                    checker.spot(first),
                    checker.spot(index)
                ),
                [ran(who, first, when), ran(node, index, moment)],
            )
        });
    }

    /// A client knows the outcome of what it asked for.
    pub(crate) fn on_concluded(&mut self, operation: &Operation) {
        if !self.watches_clients() {
            return;
        }
        let name = Name::of(&operation.command);
        let (tick, moment) = (self.clients.tick(), self.now);
        let Some(asked) = self.clients.get_mut(name) else { return };
        asked.until = Some((tick, moment));
        asked.outcome = operation.outcome.clone();
        let asked = asked.clone();
        let Some(from) = asked.from else { return };
        self.look(&[Invariant::Linearizability]);
        if matches!(asked.command.op(), Op::Get { .. }) {
            self.look(&[Invariant::NoStaleReads]);
        }
        let explained = match &asked.outcome {
            // It is true at any time.
            Outcome::Done(Reply::Synced) => true,
            Outcome::Done(reply) => asked
                .found
                .as_ref()
                .is_some_and(|(index, due)| *index > from.floor && due.as_ref() == Some(reply)),
            // It must not have taken effect. Whether somebody saw it is for the search to say.
            Outcome::Failed => asked.found.is_none(),
            Outcome::Pending | Outcome::Unknown => true,
        };
        if !explained {
            self.check_freshness(&asked, from);
        }
        if matches!(asked.outcome, Outcome::Done(_))
            && let Some((index, _)) = asked.found
            && index > self.clients.floor
        {
            (self.clients.floor, self.clients.floor_of) = (index, name);
        }
        self.check_session(&asked, from);
        self.check_history(&asked, explained);
    }
}
