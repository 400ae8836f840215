//! The cover: all schedules at once, where a message may arrive as often as one likes.
//!
//! What makes states many is which messages are still about: it tells the whole way of each server. So here a state is
//! only what the servers are, what the checker remembers and what is used up, and with it goes one set of messages: all
//! that any way to this state has left behind. It grows until it grows no more. Whatever can happen within the bounds can
//! happen here; some of what can happen here may not be possible, because two messages of different ways meet. So if
//! nothing breaks here, nothing breaks at all; and if something does, it is for the plain search to tell.

use crate::exhaust::bounds::Bounds;
use crate::exhaust::ghosts::Ghosts;
use crate::exhaust::layer::{State, Used};
use crate::exhaust::letters::Letters;
use crate::exhaust::steps::{Given, Kind, Steps};
use crate::exhaust::table::Numbers;
use protocol::{Digest, Names, NodeId, Protocol, TimerId};

/// Something that can happen at a state that was reached.
struct Next {
    servers: Vec<u32>,
    ghost: u32,
    used: Used,
}

/// All states that were reached, each with what may arrive there.
#[derive(Debug)]
pub(crate) struct Cover {
    width: usize,
    /// For two of the names: the one that undoes the first and then does the second.
    turns: Vec<u8>,
    numbers: Numbers,
    servers: Vec<u32>,
    ghosts: Vec<u32>,
    used: Vec<Used>,
    /// Under which of the names the state is the least.
    names: Vec<u8>,
    letters: Vec<Letters>,
    /// True for states that wait to be looked at (again).
    waits: Vec<bool>,
    now: Vec<u32>,
    next: Vec<u32>,
    pub(crate) rounds: u32,
    pub(crate) taken: u64,
    /// True if a promise has broken.
    pub(crate) broken: bool,
    heap: usize,
}

impl Cover {
    pub(crate) fn new<P: Protocol>(first: &State, steps: &mut Steps<P>, ghosts: &Ghosts) -> Cover {
        let mut cover = Cover {
            width: first.servers.len(),
            turns: turns(&steps.names),
            numbers: Numbers::default(),
            servers: Vec::new(),
            ghosts: Vec::new(),
            used: Vec::new(),
            names: Vec::new(),
            letters: Vec::new(),
            waits: Vec::new(),
            now: Vec::new(),
            next: Vec::new(),
            rounds: 0,
            taken: 0,
            broken: false,
            heap: 0,
        };
        let next = Next { servers: first.servers.clone(), ghost: first.ghost, used: first.used };
        let letters: Letters = first.letters.iter().copied().collect();
        let (key, names) = key(&next, steps, ghosts);
        cover.add(&next, key, names, letters);
        cover
    }

    /// Looks at the next state that waits. False if none does.
    pub(crate) fn advance<P: Protocol>(
        &mut self,
        bounds: &Bounds,
        steps: &mut Steps<P>,
        ghosts: &mut Ghosts,
    ) -> bool {
        if self.now.is_empty() {
            std::mem::swap(&mut self.now, &mut self.next);
            self.now.reverse();
            self.rounds += 1;
        }
        let Some(number) = self.now.pop() else { return false };
        let state = number as usize;
        self.waits[state] = false;
        let here = self.at(number);
        let letters = self.letters[state].clone();
        let mut next = Next { servers: here.servers.clone(), ..here };
        let mut parts = (steps, ghosts);
        for letter in letters.iter() {
            let slot = parts.0.letter(letter).to.slot();
            self.try_step(&here, &letters, slot, Given::Letter(letter), &mut next, &mut parts);
        }
        for slot in 0..here.servers.len() {
            let timers = parts.0.server(here.servers[slot]).timers;
            for timer in (0..P::DIALECT.timers.len()).filter(|timer| timers >> timer & 1 == 1) {
                let given = Given::Timer(TimerId(u8::try_from(timer).unwrap_or(u8::MAX)));
                self.try_step(&here, &letters, slot, given, &mut next, &mut parts);
            }
            if here.used.commands < bounds.commands {
                let given = Given::Command(here.used.commands);
                self.try_step(&here, &letters, slot, given, &mut next, &mut parts);
            }
            if here.used.crashes < bounds.crashes {
                self.try_step(&here, &letters, slot, Given::Crash, &mut next, &mut parts);
            }
        }
        true
    }

    /// What a state is, less its messages.
    fn at(&self, number: u32) -> Next {
        let state = number as usize;
        let servers = self.servers[state * self.width..(state + 1) * self.width].to_vec();
        Next { servers, ghost: self.ghosts[state], used: self.used[state] }
    }

    fn try_step<P: Protocol>(
        &mut self,
        here: &Next,
        letters: &Letters,
        slot: usize,
        given: Given,
        next: &mut Next,
        (steps, ghosts): &mut (&mut Steps<P>, &mut Ghosts),
    ) {
        let number = steps.number(here.servers[slot], given);
        let step = steps.step(number);
        if matches!(step.kind, Kind::Idle | Kind::Beyond) {
            return;
        }
        self.taken += 1;
        next.ghost =
            if step.news != 0 { ghosts.after(here.ghost, number, steps, self.rounds) } else { here.ghost };
        if step.kind == Kind::Echo && next.ghost == here.ghost {
            return;
        }
        next.used = here.used;
        match given {
            Given::Command(_) => next.used.commands += 1,
            Given::Crash => next.used.crashes += 1,
            Given::Letter(_) | Given::Timer(_) => {}
        }
        next.servers.clone_from(&here.servers);
        next.servers[slot] = step.server;
        let (key, names) = key(next, steps, ghosts);
        let Some(known) = self.numbers.get(key) else {
            self.broken |= ghosts.is_broken(next.ghost);
            let letters = settled(next, slot, letters.clone(), number, steps, ghosts);
            return self.add(next, key, names, letters);
        };
        let turn =
            usize::from(self.turns[usize::from(self.names[known as usize]) * steps.names.len() + names]);
        let there = &self.letters[known as usize];
        let has = |letter: u32| there.has(steps.renamed(letter, turn));
        let is_within = if turn == 0 { letters.is_within(there) } else { letters.iter().all(has) };
        if !is_within || !steps.sent(step).iter().all(|letter| has(*letter)) {
            let letters = settled(next, slot, letters.clone(), number, steps, ghosts);
            self.widen(known, turn, &letters, steps);
        }
    }

    /// More may arrive at a state that was reached before.
    fn widen<P: Protocol>(&mut self, known: u32, turn: usize, more: &Letters, steps: &Steps<P>) {
        let number = known as usize;
        let mut letters = std::mem::take(&mut self.letters[number]);
        self.heap -= letters.bytes();
        more.iter().for_each(|letter| _ = letters.insert(steps.renamed(letter, turn)));
        // Each of both has all echoes, so both together have them.
        self.heap += letters.bytes();
        self.letters[number] = letters;
        if !self.waits[number] {
            self.waits[number] = true;
            self.next.push(known);
        }
    }

    fn add(&mut self, next: &Next, key: u64, names: usize, letters: Letters) {
        let number = u32::try_from(self.ghosts.len()).unwrap_or(u32::MAX);
        self.servers.extend_from_slice(&next.servers);
        self.ghosts.push(next.ghost);
        self.used.push(next.used);
        self.names.push(u8::try_from(names).unwrap_or_default());
        self.heap += letters.bytes();
        self.letters.push(letters);
        self.waits.push(true);
        self.next.push(number);
        self.numbers.put(key, number);
    }

    /// How many states were reached, and how many of them wait.
    pub(crate) fn counts(&self) -> (usize, usize) {
        (self.ghosts.len(), self.now.len() + self.next.len())
    }

    /// Roughly how many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        let each = self.width * 4 + 4 + 3 + 1 + size_of::<Letters>() + 1 + 4;
        self.ghosts.capacity() * each + self.heap + self.numbers.bytes()
    }
}

/// By what a state is known, and under which of the names it is that.
#[inline]
fn key<P: Protocol>(next: &Next, steps: &Steps<P>, ghosts: &Ghosts) -> (u64, usize) {
    let mut least = (u64::MAX, 0);
    for (names, ghost) in ghosts.sums(next.ghost).iter().enumerate() {
        let servers = next.servers.iter().map(|server| steps.server_sums(*server)[names]);
        let sum = servers.fold(*ghost, u64::wrapping_add);
        least = least.min((sum, names));
    }
    let mut digest = Digest::from(least.0);
    digest.word(next.used.word().into());
    (digest.finish(), least.1)
}

/// What may arrive after a step of the server at a slot, once all its echoes, and all that come of them, have been sent.
fn settled<P: Protocol>(
    next: &Next,
    slot: usize,
    mut letters: Letters,
    step: u32,
    steps: &mut Steps<P>,
    ghosts: &mut Ghosts,
) -> Letters {
    let mut open: Vec<(usize, Given)> = Vec::new();
    let to_it = letters.iter().filter(|letter| steps.letter(*letter).to.slot() == slot);
    open.extend(to_it.map(|letter| (slot, Given::Letter(letter))));
    let timers = steps.server(next.servers[slot]).timers;
    let count = u8::try_from(P::DIALECT.timers.len()).unwrap_or(u8::MAX);
    let running = (0..count).filter(|timer| timers >> timer & 1 == 1);
    open.extend(running.map(|timer| (slot, Given::Timer(TimerId(timer)))));
    let mut send = |number: u32, steps: &Steps<P>, open: &mut Vec<(usize, Given)>| {
        for letter in steps.sent(steps.step(number)) {
            if letters.insert(*letter) {
                open.push((steps.letter(*letter).to.slot(), Given::Letter(*letter)));
            }
        }
    };
    send(step, steps, &mut open);
    while let Some((slot, given)) = open.pop() {
        let number = steps.number(next.servers[slot], given);
        let step = steps.step(number);
        let echoes = step.kind == Kind::Echo
            && (step.news == 0 || ghosts.after(next.ghost, number, steps, 0) == next.ghost);
        if echoes {
            send(number, steps, &mut open);
        }
    }
    letters
}

/// See [`Cover::turns`].
fn turns(names: &[Names]) -> Vec<u8> {
    let servers = |names: &Names| (1..=12).map(NodeId).map(|node| names.node(node)).collect::<Vec<_>>();
    let undone_and_done = |first: &Names, second: &Names| {
        let mut way = servers(first);
        for node in (1..=12).map(NodeId) {
            // Whom the second calls so, the first must come to call so too.
            let old = (1..=12).map(NodeId).find(|old| first.node(*old) == second.node(node)).unwrap_or(node);
            way[node.slot()] = old;
        }
        names.iter().position(|names| servers(names) == way).unwrap_or_default()
    };
    let pairs = names.iter().flat_map(|first| names.iter().map(move |second| (first, second)));
    pairs.map(|(first, second)| u8::try_from(undone_and_done(first, second)).unwrap_or_default()).collect()
}
