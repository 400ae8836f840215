//! The lean world beside the simulator, and names beside names.

use crate::dice::Dice;
use crate::exhaust::bounds::{Bounds, Copies};
use crate::exhaust::path;
use crate::exhaust::server::Server;
use crate::exhaust::steps::{Given, Kind, Letter, Steps};
use crate::moves::letter;
use crate::shape::Setting;
use protocol::{Digest, Message as _, NodeId, Protocol, TimerId};
use raft::Raft;
use sim::{Addr, Body, Config};

/// A cluster in the lean world that does whatever the dice say.
struct Wander<P: Protocol> {
    steps: Steps<P>,
    servers: Vec<u32>,
    letters: Vec<u32>,
    commands: u8,
    way: Vec<u32>,
}

impl<P: Protocol> Wander<P> {
    fn new(config: &Config, bounds: &Bounds) -> Wander<P> {
        let mut steps = Steps::<P>::new(config.setup(), bounds);
        let servers = (1..=config.servers).map(|node| steps.boot(NodeId(node)).0).collect();
        Wander { steps, servers, letters: Vec::new(), commands: 0, way: Vec::new() }
    }

    fn go(&mut self, dice: &mut Dice, bounds: &Bounds) {
        let slot = dice.below(self.servers.len());
        let (slot, given) = match dice.below(10) {
            0 if self.commands < bounds.commands => (slot, Given::Command(self.commands)),
            1 => (slot, Given::Timer(TimerId(u8::try_from(dice.below(2)).expect("small")))),
            2 if dice.percent(20) => (slot, Given::Crash),
            _ if self.letters.is_empty() => return,
            _ => {
                let letter = self.letters[dice.below(self.letters.len())];
                (self.steps.letter(letter).to.slot(), Given::Letter(letter))
            }
        };
        let server = self.steps.server(self.servers[slot]);
        if matches!(given, Given::Timer(timer) if server.timers >> timer.0 & 1 == 0) {
            return;
        }
        let number = self.steps.number(self.servers[slot], given);
        let step = self.steps.step(number);
        if matches!(step.kind, Kind::Idle | Kind::Beyond) {
            return;
        }
        match given {
            Given::Command(_) => self.commands += 1,
            Given::Letter(letter) if bounds.copies == Copies::One => {
                let place = self.letters.iter().position(|other| *other == letter).expect("it was about");
                self.letters.remove(place);
            }
            _ => {}
        }
        self.servers[slot] = step.server;
        for letter in self.steps.sent(step).to_vec() {
            if bounds.copies == Copies::One || !self.letters.contains(&letter) {
                self.letters.push(letter);
            }
        }
        self.way.push(number);
    }
}

/// What a message between servers says, and on which link.
type Sent = (Addr, Addr, u8, u64);

fn agree<P: Protocol>(copies: Copies) {
    let bounds = Bounds { terms: 4, commands: 3, copies, ..Bounds::default() };
    let config = Config { clients: bounds.commands, ..Config::of(P::DIALECT) };
    let setting = Setting::by_hand(config.clone());
    for run in 0..60 {
        let mut dice = Dice::new(5, run);
        let mut lean = Wander::<P>::new(&config, &bounds);
        (0..120).for_each(|_| lean.go(&mut dice, &bounds));
        let stage = path::play(&setting, &lean.steps, &lean.way).stage;
        for (machine, server) in stage.sim.machines().iter().zip(&lean.servers) {
            let server = lean.steps.server(*server);
            let core = machine.core.as_ref().expect("it is up");
            assert_eq!(core.status(), server.core.status(), "run {run}, {}", server.id);
            assert_eq!(core.view(&machine.disk), server.core.view(&server.disk), "run {run}");
            assert_eq!(machine.disk, server.disk, "run {run}, {}", server.id);
            let running = (0u32..).zip(&machine.timers).filter(|(_, timer)| timer.due_at.is_some());
            assert_eq!(running.fold(0, |set, (timer, _)| set | 1 << timer), server.timers, "run {run}");
        }
        let mut theirs: Vec<Sent> = Vec::new();
        for flight in stage.sim.each_flight() {
            if let Body::Protocol(message) = &flight.body {
                theirs.push((flight.from, flight.to, message.kind(), letter::<P>(flight).content));
            }
        }
        let mine = lean.letters.iter().map(|number| {
            let letter = path::letter(lean.steps.letter(*number));
            let kind = lean.steps.letter(*number).message.kind();
            (letter.from, letter.to, kind, letter.content)
        });
        let mut mine: Vec<Sent> = mine.collect();
        theirs.sort_by_key(|sent| format!("{sent:?}"));
        mine.sort_by_key(|sent| format!("{sent:?}"));
        if copies == Copies::One {
            assert_eq!(mine, theirs, "run {run}: the same messages are under way");
        } else {
            assert!(
                theirs.iter().all(|sent| mine.contains(sent)),
                "run {run}: no other message is under way"
            );
        }
    }
}

#[test]
fn the_lean_world_and_the_simulator_agree_where_messages_arrive_once() {
    agree::<Raft>(Copies::One);
    agree::<paxos::Paxos>(Copies::One);
}

#[test]
fn the_lean_world_and_the_simulator_agree_where_messages_arrive_often() {
    agree::<Raft>(Copies::Many);
    agree::<paxos::multi::MultiPaxos>(Copies::Many);
}

#[test]
fn a_server_under_another_name_does_the_same_under_that_name() {
    let bounds = Bounds { terms: 3, ..Bounds::default() };
    let config = Config { clients: 2, ..Config::of(Raft::DIALECT) };
    let renaming = Raft::RENAMING.expect("Raft's servers are alike");
    for run in 0..20 {
        let mut dice = Dice::new(6, run);
        let mut lean = Wander::<Raft>::new(&config, &bounds);
        (0..80).for_each(|_| lean.go(&mut dice, &bounds));
        for number in lean.way.clone() {
            let step = lean.steps.step(number);
            let (node, given) = lean.steps.cause(number);
            let before = lean.steps.before(number);
            for (place, names) in lean.steps.names.clone().iter().enumerate() {
                let Server { id, core, disk, timers } = before.clone();
                assert_eq!(id, node);
                let (core, disk) = ((renaming.node)(&core, names), (renaming.disk)(&disk, names));
                let renamed = Server { id: names.node(id), core, disk, timers };
                let outcome = lean.steps.outcome(&renamed, given, place);
                let expected = lean.steps.server_sums(step.server)[place];
                assert_eq!(Digest::of(&outcome.server), expected, "run {run}, {given:?}");
                let from = renamed.id;
                let letters = outcome.sent.into_iter().map(|(to, message)| Letter { from, to, message });
                let mut sent: Vec<u64> = letters.map(Digest::of).collect();
                let renamed =
                    lean.steps.sent(step).iter().map(|letter| lean.steps.letter_sums(*letter)[place]);
                let mut expected: Vec<u64> = renamed.collect();
                sent.sort_unstable();
                expected.sort_unstable();
                assert_eq!(sent, expected, "run {run}, {given:?}");
            }
        }
    }
}
