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

use crate::checker::Checker;
use crate::history::{Call, Heard, Partial, Verdict, judge};
use crate::invariant::Invariant;
use crate::violation::{Moment, Witness};
use protocol::{ClientId, Command, Content, Index, NodeId, Op, Reply, StateMachine};
use sim::{Addr, Chunks, Operation, Outcome};
use std::sync::Arc;

/// How many steps a search may take after an answer.
const BUDGET: u64 = 20_000;

/// A client's command by the client's own count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Name {
    client: ClientId,
    seq: u32,
}

impl Name {
    fn of(command: &Command) -> Name {
        Name { client: command.client(), seq: command.seq() }
    }
}

/// A value that a key had in the log.
struct Version {
    value: Option<Arc<str>>,
    /// From where on, and whose command put it there.
    index: Index,
    by: Name,
}

/// An operation of a client, as the client sees it and as the log has it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    command: Command,
    /// When its client first sent it, and what was known then.
    from: Option<From>,
    /// When its client knew the outcome.
    until: Option<(u64, Moment)>,
    outcome: Outcome,
    /// Where the log has it first, and what the replay answers there.
    found: Option<(Index, Option<Reply>)>,
    /// Where a state machine ran it first.
    ran: Option<(Index, NodeId, Moment)>,
}

#[derive(Clone, Copy, Debug)]
struct From {
    tick: u64,
    moment: Moment,
    /// The last place of an operation that any client had been answered by then, with the client and its count.
    floor: Index,
    floor_of: Name,
}

/// All that clients asked for, and the replay of the log.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    asked: Vec<Chunks<Asked>>,
    /// Questions and answers so far.
    ticks: u64,
    /// The last place of an operation that was answered, and whose.
    floor: Index,
    floor_of: Name,
    /// For each index from 1 as far as the log is replayed, the command there.
    replayed: Chunks<Option<Name>>,
    store: StateMachine,
    /// Keys with an answer that the log does not explain.
    suspects: Arc<Vec<Arc<str>>>,
    /// The key whose history was last given up.
    undecided: Option<Arc<str>>,
    /// Who sent the last answer that reached a client.
    answered_by: NodeId,
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
            undecided: None,
            answered_by: NodeId(1),
        }
    }
}

impl Clients {
    fn tick(&mut self) -> u64 {
        self.ticks += 1;
        self.ticks
    }

    fn get(&self, name: Name) -> Option<&Asked> {
        self.asked.get(name.client.slot())?.get(place(name.seq))
    }

    fn get_mut(&mut self, name: Name) -> Option<&mut Asked> {
        self.asked.get_mut(name.client.slot())?.get_mut(place(name.seq))
    }

    fn suspect(&mut self, key: &Arc<str>) {
        if !self.suspects.contains(key) {
            Arc::make_mut(&mut self.suspects).push(key.clone());
        }
    }

    /// The command at an index takes effect in the replay, unless it did before.
    fn replay(&mut self, index: Index, command: Command) {
        let name = Name::of(&command);
        let key = command.op().key().clone();
        let reply = self.store.apply(&Content::Command(command));
        let Some(asked) = self.get_mut(name) else { return };
        if asked.found.is_none() {
            asked.found = Some((index, reply));
            if asked.outcome == Outcome::Failed {
                self.suspect(&key);
            }
        }
    }

    /// The values that a key had, in the order of the log.
    fn versions(&self, key: &Arc<str>) -> Vec<Version> {
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
    fn on_key<'a>(&'a self, key: &'a Arc<str>) -> impl Iterator<Item = (&'a Asked, From)> {
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
    fn call(&self, from: From) -> Call {
        let heard = match (&self.outcome, self.until) {
            (Outcome::Done(reply), Some((tick, _))) => Some((tick, Heard::Reply(reply.clone()))),
            _ => None,
        };
        Call { op: self.command.op().clone(), from: from.tick, heard }
    }

    fn who(&self) -> ClientId {
        self.command.client()
    }

    /// `c1 asked for get x at 10ms (event 1) and was told 2 at 30ms (event 9)`, as a witness.
    fn witness(&self) -> Witness {
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
    fn watches_clients(&self) -> bool {
        self.made.has(Invariant::Linearizability)
            || self.made.has(Invariant::NoStaleReads)
            || self.made.has(Invariant::ExactlyOnce)
    }

    /// Why nobody can tell whether the promise with this key holds, if nobody can.
    pub fn doubt(&self, key: &str) -> Option<String> {
        let asked = self.made.named(key) == Some(Invariant::Linearizability);
        let tangled = self.clients.undecided.as_ref().filter(|_| asked)?;
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
        let moment = self.now;
        let (floor, floor_of) = (self.clients.floor, self.clients.floor_of);
        let name = Name::of(command);
        if self.clients.get(name).is_none_or(|asked| asked.from.is_some()) {
            return;
        }
        let tick = self.clients.tick();
        if let Some(asked) = self.clients.get_mut(name) {
            asked.from = Some(From { tick, moment, floor, floor_of });
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
        if first == index {
            return;
        }
        let op = asked.command.op().to_string();
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
        self.check_history(&asked, explained);
    }

    /// A read whose answer the log does not explain: is it a value that was replaced before the read was asked, as far
    /// as any client had been told?
    fn check_freshness(&mut self, asked: &Asked, from: From) {
        let (Op::Get { key }, Outcome::Done(Reply::Value(value))) = (asked.command.op(), &asked.outcome)
        else {
            return;
        };
        let tells = |other: &Asked| other.found.is_none() && !matches!(other.command.op(), Op::Get { .. });
        if self.clients.on_key(key).any(|(other, _)| tells(other)) {
            // The value may come from a write that no server has applied yet.
            return;
        }
        let versions = self.clients.versions(key);
        let end = |place: usize| versions.get(place + 1).map(|next| (next.index, next.by));
        let same = versions.iter().enumerate().filter(|(_, version)| version.value == *value);
        let ends: Vec<_> = same.map(|(place, _)| end(place)).collect();
        let is_old = ends.iter().all(|end| end.is_some_and(|(index, _)| index <= from.floor));
        if let Some(Some((index, by))) = ends.last().filter(|_| is_old) {
            self.stale_read(asked, from, *index, *by);
        }
    }

    fn stale_read(&mut self, asked: &Asked, from: From, index: Index, by: Name) {
        let node = self.clients.answered_by;
        self.broke(Invariant::NoStaleReads, node, node, |checker| {
            let (op, key) = (asked.command.op(), asked.command.op().key());
            let spot = checker.spot(index);
            // Who replaced the value may not have been answered; then somebody behind it was.
            let named = checker.clients.get(by).filter(|other| other.until.is_some());
            let known = named.or_else(|| checker.clients.get(from.floor_of));
            let new = known.map_or_else(|| Witness::of(format!("{spot} had replaced it")), Asked::witness);
            (
                format!(
                    "{} was told an old value of {key} for {op}: it had been replaced at {spot}, and a client knew",
                    asked.who()
                ),
                [new, asked.witness()],
            )
        });
    }

    /// Judges the history of a key, unless all that was answered about it is explained by the log.
    fn check_history(&mut self, asked: &Asked, explained: bool) {
        let key = asked.command.op().key();
        let known = self.clients.suspects.contains(key);
        if explained && !known || !self.made.has(Invariant::Linearizability) {
            return;
        }
        self.clients.suspect(key);
        if asked.outcome == Outcome::Unknown || self.is_broken(Invariant::Linearizability) {
            return;
        }
        let mut operations: Vec<(&Asked, From)> = self.clients.on_key(key).collect();
        operations.sort_by_key(|(_, from)| from.tick);
        let calls: Vec<Call> = operations.iter().map(|(asked, from)| asked.call(*from)).collect();
        match judge(&calls, BUDGET) {
            Verdict::Linearizable(_) => self.clients.undecided = None,
            Verdict::Unknown => self.clients.undecided = Some(key.clone()),
            Verdict::Not(partial) => {
                let all: Vec<Asked> = operations.iter().map(|(asked, _)| (*asked).clone()).collect();
                self.clients.undecided = None;
                self.not_linearizable(asked, &partial, &all);
            }
        }
    }

    fn not_linearizable(&mut self, asked: &Asked, partial: &Partial, all: &[Asked]) {
        let node = self.clients.answered_by;
        let (op, key) = (asked.command.op(), asked.command.op().key());
        let is_same = |other: &&Asked| other.command == asked.command;
        let stuck = all.get(partial.stuck).filter(|other| !is_same(other));
        let wrote = |other: &&Asked| !matches!(other.command.op(), Op::Get { .. });
        let done = partial.order.iter().rev().filter_map(|place| all.get(*place));
        let last = done.filter(|other| !is_same(other)).find(wrote);
        let other = stuck
            .or(last)
            .map_or_else(|| Witness::of(format!("nobody else had done anything to {key}")), Asked::witness);
        self.broke(Invariant::Linearizability, node, node, |_| {
            let told = match &asked.outcome {
                Outcome::Done(reply) => format!("was told \"{reply}\" for {op}"),
                _ => format!("was told that {op} failed"),
            };
            let text = format!(
                "{} {told}, and no order of what clients asked of {key} explains all their answers",
                asked.who()
            );
            (text, [other, asked.witness()])
        });
    }
}
