//! Every server, every message and every step that a search has met, each once and by a number.
//!
//! A state of a cluster is a handful of these numbers. What a server does with an input is worked out the first time and
//! looked up from then on; and so are the sums by which states are told apart, one under each of the names that the
//! servers might bear.

use crate::exhaust::bounds::{Bounds, Copies};
use crate::exhaust::server::{Outcome, Server};
use crate::exhaust::table::Numbers;
use check::News;
use protocol::{Answer, Command, Digest, Input, Names, NodeId, Protocol, Renaming, Setup, Time, TimerId};
use sim::Operation;

/// A message on its way.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Letter<M> {
    pub(crate) from: NodeId,
    pub(crate) to: NodeId,
    pub(crate) message: M,
}

/// What a server may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// The message with a number.
    Letter(u32),
    /// One of its timers fires.
    Timer(TimerId),
    /// A client asks for the command with a number.
    Command(u8),
    /// It crashes, and is up again.
    Crash,
}

impl Given {
    /// As a number; those of letters come last.
    fn code(self) -> u32 {
        match self {
            Given::Crash => 0,
            Given::Timer(timer) => 1 + u32::from(timer.0),
            Given::Command(number) => 0x100 + u32::from(number),
            Given::Letter(letter) => 0x200 + letter,
        }
    }
}

/// What a step amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing: as good as if the input had never come.
    Idle,
    /// It leads out of the bounds.
    Beyond,
    /// The server sends something and is what it was.
    Echo,
    /// Something, and no term is new to the server.
    Even,
    /// Something, and the server enters a higher term.
    Rise,
}

/// One step of a server.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The server after it.
    pub(crate) server: u32,
    pub(crate) kind: Kind,
    /// The number of what a checker has to hear of it; 0 if that is nothing.
    pub(crate) news: u32,
    /// True if that is no more than messages which rely on nothing but the disk.
    pub(crate) is_plain: bool,
    /// Where it happens.
    pub(crate) slot: u8,
    /// Which of the sent letters.
    sent: (u32, u32),
}

/// All that was met so far.
#[derive(Debug)]
pub(crate) struct Steps<P: Protocol> {
    setup: Setup,
    bounds: Bounds,
    commands: Vec<Command>,
    pub(crate) names: Vec<Names>,
    servers: Vec<Server<P>>,
    server_sums: Vec<u64>,
    server_numbers: Numbers,
    letters: Vec<Letter<P::Message>>,
    letter_sums: Vec<u64>,
    letter_numbers: Numbers,
    /// The numbers that each letter bears under each of the names.
    letter_names: Vec<u32>,
    steps: Vec<Step>,
    /// What each step adds to the sums of a state, as far as that does not depend on the state.
    step_sums: Vec<u64>,
    step_numbers: Numbers,
    sent: Vec<u32>,
    causes: Vec<Cause<P>>,
    news_numbers: Numbers,
    /// How many different pieces of news there are.
    told: u32,
}

/// Where a step comes from, and what a checker has to hear of it.
#[derive(Debug)]
struct Cause<P: Protocol> {
    /// The server before it.
    before: u32,
    given: Given,
    news: Box<[News<P>]>,
}

impl<P: Protocol> Steps<P> {
    pub(crate) fn new(setup: Setup, bounds: &Bounds) -> Steps<P> {
        let servers = u8::try_from(setup.servers.len()).unwrap_or(u8::MAX);
        let alike = if bounds.symmetry && P::RENAMING.is_some() { ALIKE } else { 1 };
        Steps {
            setup,
            bounds: *bounds,
            commands: bounds.asked(),
            names: Names::all(servers, alike),
            servers: Vec::new(),
            server_sums: Vec::new(),
            server_numbers: Numbers::default(),
            letters: Vec::new(),
            letter_sums: Vec::new(),
            letter_numbers: Numbers::default(),
            letter_names: Vec::new(),
            steps: Vec::new(),
            step_sums: Vec::new(),
            step_numbers: Numbers::default(),
            sent: Vec::new(),
            causes: Vec::new(),
            news_numbers: Numbers::default(),
            told: 0,
        }
    }

    /// Boots a server: its number, what it sends, and what a checker has to hear.
    pub(crate) fn boot(&mut self, id: NodeId) -> (u32, Vec<u32>, Vec<News<P>>) {
        let outcome = Outcome::<P>::of_boot(id, &self.setup, P::Durable::default());
        let mut news = outcome.news;
        news.push(News::Booted(outcome.server.core.status()));
        let letters =
            outcome.sent.into_iter().map(|(to, message)| self.letter_number(id, to, message)).collect();
        (self.server_number(outcome.server), letters, news)
    }

    /// What a server does with an input: the number of the step.
    #[inline]
    pub(crate) fn number(&mut self, server: u32, given: Given) -> u32 {
        let key = u64::from(server) << 32 | u64::from(given.code());
        match self.step_numbers.get(key) {
            Some(number) => number,
            None => self.work_out(server, given, key),
        }
    }

    #[inline]
    pub(crate) fn step(&self, number: u32) -> Step {
        self.steps[number as usize]
    }

    /// How often a message may arrive.
    pub(crate) fn copies(&self) -> Copies {
        self.bounds.copies
    }

    /// The letters that a step sends.
    #[inline]
    pub(crate) fn sent(&self, step: Step) -> &[u32] {
        &self.sent[step.sent.0 as usize..step.sent.1 as usize]
    }

    /// What a checker has to hear of a step.
    pub(crate) fn news(&self, number: u32) -> (NodeId, &[News<P>]) {
        let Cause { before, news, .. } = &self.causes[number as usize];
        (self.server(*before).id, news)
    }

    /// Where a step happened, and what the server was given.
    pub(crate) fn cause(&self, number: u32) -> (NodeId, Given) {
        let Cause { before, given, .. } = self.causes[number as usize];
        (self.server(before).id, given)
    }

    /// The server before a step.
    #[cfg(test)]
    pub(crate) fn before(&self, number: u32) -> &Server<P> {
        self.server(self.causes[number as usize].before)
    }

    pub(crate) fn server(&self, number: u32) -> &Server<P> {
        &self.servers[number as usize]
    }

    pub(crate) fn letter(&self, number: u32) -> &Letter<P::Message> {
        &self.letters[number as usize]
    }

    pub(crate) fn command(&self, number: u8) -> &Command {
        &self.commands[usize::from(number)]
    }

    #[inline]
    pub(crate) fn step_sums(&self, number: u32) -> &[u64] {
        row(&self.step_sums, number, self.names.len())
    }

    #[inline]
    pub(crate) fn letter_sums(&self, number: u32) -> &[u64] {
        row(&self.letter_sums, number, self.names.len())
    }

    pub(crate) fn server_sums(&self, number: u32) -> &[u64] {
        row(&self.server_sums, number, self.names.len())
    }

    /// The number that a letter bears under one of the names.
    #[inline]
    pub(crate) fn renamed(&self, letter: u32, names: usize) -> u32 {
        self.letter_names[letter as usize * self.names.len() + names]
    }

    /// How many servers, letters and steps there are.
    pub(crate) fn counts(&self) -> [usize; 3] {
        [self.servers.len(), self.letters.len(), self.steps.len()]
    }

    /// Roughly how many bytes it takes.
    pub(crate) fn bytes(&self) -> usize {
        let words = self.server_sums.len() + self.letter_sums.len() + self.step_sums.len();
        let tables = [&self.server_numbers, &self.letter_numbers, &self.step_numbers, &self.news_numbers];
        let tables: usize = tables.iter().map(|table| table.bytes()).sum();
        // A server has a log and a disk, a step a few pieces of news.
        let parts = self.servers.len() * (size_of::<Server<P>>() + 512) + self.steps.len() * 512;
        words * size_of::<u64>() + tables + parts
    }

    /// What a server does with an input, under one of the names.
    pub(crate) fn outcome(&self, server: &Server<P>, given: Given, names: usize) -> Outcome<P> {
        let input = match given {
            Given::Letter(letter) => {
                let Letter { from, message, .. } = self.letter(self.renamed(letter, names)).clone();
                Input::Message { from, message }
            }
            Given::Timer(timer) => Input::Timer(timer),
            Given::Command(number) => Input::Request(self.command(number).clone()),
            Given::Crash => return Outcome::of_crash(server, &self.setup),
        };
        Outcome::of_input(server, &self.setup, input)
    }

    #[cold]
    fn work_out(&mut self, before: u32, given: Given, key: u64) -> u32 {
        let server = &self.servers[before as usize];
        let id = server.id;
        let Outcome { server: after, sent, answers, news } = self.outcome(server, given, 0);
        let asked = match given {
            Given::Command(number) => Some(News::Asked(self.command(number).clone())),
            _ => None,
        };
        let told = answers.into_iter().filter_map(|(client, _, answer)| self.told(client.slot(), answer));
        let told: Vec<News<P>> = told.collect();
        let was = highest_term(server);
        let will = highest_term(&after);
        let (after, from) = (self.server_number(after), u32::try_from(self.sent.len()).unwrap_or(u32::MAX));
        let is_same = after == before && told.is_empty();
        let is_silent = sent.is_empty();
        for (to, message) in sent {
            let letter = self.letter_number(id, to, message);
            self.sent.push(letter);
        }
        let kind = if will > self.bounds.terms {
            Kind::Beyond
        } else if is_same && is_silent {
            Kind::Idle
        } else if is_same {
            Kind::Echo
        } else if will > was {
            Kind::Rise
        } else {
            Kind::Even
        };
        let number = u32::try_from(self.steps.len()).unwrap_or(u32::MAX);
        let news: Box<[News<P>]> = asked.into_iter().chain(news).chain(told).collect();
        let end = u32::try_from(self.sent.len()).unwrap_or(u32::MAX);
        let slot = id.0 - 1;
        let is_plain = news.iter().all(News::is_covered);
        let heard = self.news_number(slot, &news);
        self.steps.push(Step { server: after, kind, news: heard, is_plain, slot, sent: (from, end) });
        self.causes.push(Cause { before, given, news });
        self.add_up(number, before, given);
        self.step_numbers.put(key, number);
        number
    }

    /// The number of what a checker hears of a server; the same for the same.
    fn news_number(&mut self, slot: u8, news: &[News<P>]) -> u32 {
        if news.is_empty() {
            return 0;
        }
        let mut digest = Digest::from(slot.into());
        news.iter().for_each(|news| news.digest(&mut digest));
        let key = digest.finish();
        if let Some(number) = self.news_numbers.get(key) {
            return number;
        }
        self.told += 1;
        self.news_numbers.put(key, self.told);
        self.told
    }

    /// An answer that ends an operation. Others only make a client ask again, or elsewhere; none does here.
    fn told(&self, client: usize, answer: Answer) -> Option<News<P>> {
        let outcome = match answer {
            Answer::Done(reply) => sim::Outcome::Done(reply),
            Answer::Failed => sim::Outcome::Failed,
            Answer::NotLeader { .. } | Answer::Unknown => return None,
        };
        let command = self.commands.get(client)?.clone();
        let (invoked_at, ended_at) = (Time(0), Some(Time(0)));
        let (invoked_in, ended_in) = (0, Some(0));
        Some(News::Told(Operation { command, invoked_at, invoked_in, ended_at, ended_in, outcome, tries: 1 }))
    }

    /// What a step changes in the sums of a state.
    fn add_up(&mut self, number: u32, before: u32, given: Given) {
        let step = self.step(number);
        for place in 0..self.names.len() {
            let mut sum = self.server_sums(step.server)[place].wrapping_sub(self.server_sums(before)[place]);
            if self.bounds.copies == Copies::One {
                for letter in self.sent(step) {
                    sum = sum.wrapping_add(self.letter_sums(*letter)[place]);
                }
                if let Given::Letter(letter) = given {
                    sum = sum.wrapping_sub(self.letter_sums(letter)[place]);
                }
            }
            self.step_sums.push(sum);
        }
    }

    fn server_number(&mut self, server: Server<P>) -> u32 {
        let key = Digest::of(&server);
        if let Some(number) = self.server_numbers.get(key) {
            return number;
        }
        let number = u32::try_from(self.servers.len()).unwrap_or(u32::MAX);
        self.server_sums.push(key);
        if let Some(Renaming { node, disk, .. }) = P::RENAMING {
            for names in &self.names[1..] {
                let Server { id, core, disk: on_disk, timers } = &server;
                let (id, core, timers) = (names.node(*id), node(core, names), *timers);
                self.server_sums.push(Digest::of(Server { id, core, disk: disk(on_disk, names), timers }));
            }
        }
        self.servers.push(server);
        self.server_numbers.put(key, number);
        number
    }

    fn letter_number(&mut self, from: NodeId, to: NodeId, message: P::Message) -> u32 {
        let letter = Letter { from, to, message };
        let key = Digest::of(&letter);
        if let Some(number) = self.letter_numbers.get(key) {
            return number;
        }
        let number = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
        self.letters.push(letter.clone());
        self.letter_numbers.put(key, number);
        let (first, width) = (self.letter_sums.len(), self.names.len());
        self.letter_sums.resize(first + width, key);
        self.letter_names.resize(first + width, number);
        let Some(renaming) = P::RENAMING else { return number };
        for place in 1..width {
            let names = &self.names[place];
            let message = (renaming.message)(&letter.message, names);
            let (from, to) = (names.node(from), names.node(to));
            self.letter_sums[first + place] = Digest::of(Letter { from, to, message: message.clone() });
            // It comes back to those that have a number already.
            self.letter_names[first + place] = self.letter_number(from, to, message);
        }
        number
    }
}

/// Of how many servers all ways to name them are looked at: of more there are too many.
const ALIKE: u8 = 4;

fn row(sums: &[u64], number: u32, width: usize) -> &[u64] {
    let start = number as usize * width;
    &sums[start..start + width]
}

/// The highest term that a server has to do with.
fn highest_term<P: Protocol>(server: &Server<P>) -> u32 {
    let status = server.core.status();
    status.term.number.max(status.speaks.number)
}
