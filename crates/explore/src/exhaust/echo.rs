//! Echoes: steps after which the server is what it was, and has sent something.
//!
//! Where a message may arrive as often as one likes, or never, more messages never take anything away: whatever can
//! happen without them can happen with them. So a server that can send something and stay what it is sends it at once,
//! and states that differ only in who has answered what already are one.

use crate::exhaust::ghosts::Ghosts;
use crate::exhaust::layer::State;
use crate::exhaust::steps::{Given, Kind, Steps};
use protocol::{Protocol, TimerId};

/// After a step of the server at a slot, which the state knows already: adds what the step sends, and all that is echoed.
/// `heard` is told every echo that brings something new.
pub(crate) fn settle<P: Protocol>(
    state: &mut State,
    slot: usize,
    step: u32,
    steps: &mut Steps<P>,
    ghosts: &mut Ghosts,
    heard: &mut dyn FnMut(u32),
) {
    let mut open: Vec<(usize, Given)> = Vec::new();
    send(state, step, steps, &mut open);
    let to_it = state.letters.iter().filter(|letter| steps.letter(**letter).to.slot() == slot);
    open.extend(to_it.map(|letter| (slot, Given::Letter(*letter))));
    let timers = steps.server(state.servers[slot]).timers;
    let running = (0..u8::try_from(P::DIALECT.timers.len()).unwrap_or(u8::MAX))
        .filter(|timer| timers >> timer & 1 == 1);
    open.extend(running.map(|timer| (slot, Given::Timer(TimerId(timer)))));
    while let Some((slot, given)) = open.pop() {
        let number = steps.number(state.servers[slot], given);
        let step = steps.step(number);
        if step.kind != Kind::Echo
            || step.news != 0 && ghosts.after(state.ghost, number, steps, 0) != state.ghost
        {
            continue;
        }
        if send(state, number, steps, &mut open) {
            heard(number);
        }
    }
}

/// Adds what a step sends. True if something of it is new.
fn send<P: Protocol>(
    state: &mut State,
    number: u32,
    steps: &Steps<P>,
    open: &mut Vec<(usize, Given)>,
) -> bool {
    let before = state.letters.len();
    for letter in steps.sent(steps.step(number)) {
        if state.put_once(*letter) {
            state.add(steps.letter_sums(*letter));
            open.push((steps.letter(*letter).to.slot(), Given::Letter(*letter)));
        }
    }
    state.letters.len() > before
}
