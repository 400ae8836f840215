//! From a way through the states to a schedule of moves: the same that a random search finds, in a simulator.

use crate::exhaust::bounds::Copies;
use crate::exhaust::steps::{Given, Letter as Message, Steps};
use crate::moves::{Letter, Move};
use crate::shape::Setting;
use crate::stage::Stage;
use protocol::{Answer, Digest, Protocol};
use sim::{Addr, Body, Flight, Kind};

/// The moves that make these steps, one after the other.
pub(crate) fn moves<P: Protocol>(setting: &Setting, steps: &Steps<P>, way: &[u32]) -> Vec<Move> {
    play(setting, steps, way).moves
}

/// Makes these steps in a simulator.
pub(crate) fn play<P: Protocol>(setting: &Setting, steps: &Steps<P>, way: &[u32]) -> Made<P> {
    let mut made = Made { stage: Stage::<P>::new(&setting.config, setting.clock, false), moves: Vec::new() };
    for (place, step) in way.iter().enumerate() {
        let (node, given) = steps.cause(*step);
        match given {
            Given::Letter(number) => {
                let letter = letter(steps.letter(number));
                let again = || way[place + 1..].iter().any(|later| steps.cause(*later).1 == given);
                if steps.copies() == Copies::Many && again() {
                    made.make(Move::Duplicate(letter));
                }
                made.make(Move::Deliver(letter));
            }
            Given::Timer(timer) => made.make(Move::Fire(node, timer)),
            Given::Command(number) => {
                let command = steps.command(number);
                let client = command.client();
                made.make(Move::Submit(client, node, command.op().clone()));
                made.deliver(|flight| flight.from == Addr::Client(client));
            }
            Given::Crash => {
                made.make(Move::Crash(node));
                made.make(Move::Restart(node));
            }
        }
        made.deliver(ends_something);
    }
    made
}

/// What was made so far.
pub(crate) struct Made<P: Protocol> {
    pub(crate) stage: Stage<P>,
    moves: Vec<Move>,
}

impl<P: Protocol> Made<P> {
    fn make(&mut self, step: Move) {
        if self.stage.make(&step) {
            self.moves.push(step);
        }
    }

    /// Delivers all of these messages.
    fn deliver(&mut self, wanted: impl Fn(&Flight<P::Message>) -> bool) {
        while let Some(id) = self.stage.sim.oldest(&wanted).map(|flight| flight.id)
            && let Some(letter) = self.stage.letter(id)
        {
            let before = self.moves.len();
            self.make(Move::Deliver(letter));
            if self.moves.len() == before {
                return;
            }
        }
    }
}

/// True for an answer by which a client knows how its operation ended: it arrives at once.
fn ends_something<M>(flight: &Flight<M>) -> bool {
    matches!(flight.body, Body::Reply { answer: Answer::Done(_) | Answer::Failed, .. })
}

/// The name of a message.
pub(crate) fn letter<M: protocol::Message>(of: &Message<M>) -> Letter {
    let mut digest = Digest::default();
    of.message.digest(&mut digest);
    let (from, to) = (Addr::Server(of.from), Addr::Server(of.to));
    Letter { kind: Kind::Protocol(of.message.kind()), from, to, content: digest.finish() }
}
