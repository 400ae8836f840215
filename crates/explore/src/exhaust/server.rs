//! A server without a simulator: no clock, no dice, a disk that takes no time. Given the same input it does the same, so
//! what it does with one has to be found out only once.

use check::News;
use protocol::{
    Answer, ClientId, Durable as _, Effects, Fact, Firing, Input, Message as _, NodeId, Observer, Output,
    OutputOf, Protocol, Setup, Time, TimerId, WriteId,
};

/// All that a server is at one moment.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Server<P: Protocol> {
    pub(crate) id: NodeId,
    pub(crate) core: P,
    pub(crate) disk: P::Durable,
    /// Which of its timers run: bit 0 for the first.
    pub(crate) timers: u32,
}

/// What comes of one input.
#[derive(Clone, Debug)]
pub(crate) struct Outcome<P: Protocol> {
    pub(crate) server: Server<P>,
    pub(crate) sent: Vec<(NodeId, P::Message)>,
    pub(crate) answers: Vec<(ClientId, u32, Answer)>,
    pub(crate) news: Vec<News<P>>,
}

/// Writes down what a node reports.
struct Notes<'a, P: Protocol>(&'a mut Vec<News<P>>);

impl<P: Protocol> Observer for Notes<'_, P> {
    const RULES: bool = false;
    const FACTS: bool = true;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, _: NodeId, fact: Fact) {
        self.0.push(News::Fact(fact));
    }
}

impl<P: Protocol> Outcome<P> {
    /// A server boots from its disk.
    pub(crate) fn of_boot(id: NodeId, setup: &Setup, disk: P::Durable) -> Outcome<P> {
        let (mut news, mut outputs, mut last) = (Vec::new(), Vec::new(), WriteId(0));
        let mut notes = Notes(&mut news);
        let mut fx = Effects::new(id, setup.off, &mut outputs, &mut last, &mut notes);
        let core = P::start(id, setup, &disk, Time(0), &mut fx);
        let server = Server { id, core, disk, timers: 0 };
        let mut outcome = Outcome { server, sent: Vec::new(), answers: Vec::new(), news };
        if outcome.carry_out(outputs) {
            outcome.give(setup, Input::Persisted(last), last);
        }
        outcome
    }

    /// A server crashes and is up again.
    pub(crate) fn of_crash(server: &Server<P>, setup: &Setup) -> Outcome<P> {
        let mut outcome: Outcome<P> = Outcome::of_boot(server.id, setup, server.disk.clone());
        outcome.news.insert(0, News::Crashed);
        outcome.news.push(News::Booted(outcome.server.core.status()));
        outcome
    }

    /// A server takes an input.
    pub(crate) fn of_input(server: &Server<P>, setup: &Setup, input: Input<P::Message>) -> Outcome<P> {
        let server = server.clone();
        let mut outcome = Outcome { server, sent: Vec::new(), answers: Vec::new(), news: Vec::new() };
        if let Input::Timer(timer) = input {
            outcome.server.timers &= !bit(timer);
        }
        // All that was written before is on disk, so the count of writes may begin again.
        outcome.give(setup, input, WriteId(0));
        outcome
    }

    fn give(&mut self, setup: &Setup, input: Input<P::Message>, mut last: WriteId) {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let mut outputs = Vec::new();
            let mut notes = Notes(&mut self.news);
            let mut fx = Effects::new(self.server.id, setup.off, &mut outputs, &mut last, &mut notes);
            self.server.core.step(Time(0), input, &mut fx);
            next = self.carry_out(outputs).then_some(Input::Persisted(last));
        }
    }

    /// Does what a server wants done. True if it wrote, and is to be told that this is on disk.
    fn carry_out(&mut self, outputs: Vec<OutputOf<P>>) -> bool {
        let mut wrote = false;
        for output in outputs {
            match output {
                Output::Persist { delta, .. } => {
                    self.server.disk.write(delta);
                    self.news.push(News::Wrote(self.server.disk.clone()));
                    wrote = true;
                }
                Output::Send { to, message, .. } => {
                    let covered = self.server.disk.covers(&message.requirement());
                    self.news.push(News::Sent(to, message.clone(), covered));
                    self.sent.push((to, message));
                }
                Output::Answer { client, seq, answer, .. } => self.answers.push((client, seq, answer)),
                Output::SetTimer { timer, .. } => self.server.timers |= bit(timer),
                Output::CancelTimer(timer) => self.server.timers &= !bit(timer),
            }
        }
        wrote
    }
}

fn bit(timer: TimerId) -> u32 {
    1 << timer.0
}
