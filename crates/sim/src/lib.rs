//! The deterministic simulator: one queue, one clock, named dice, and a network that misbehaves on request.
//!
//! [`Sim`] drives a cluster of nodes that implement [`protocol::Protocol`] and the clients in front of them. It knows
//! no protocol: what it moves are messages, timers and writes, and what it reports are events. It decides everything
//! that a protocol leaves open: how long a message takes, whether it is lost, what a timer's dice show, when a write
//! reaches the disk.
//!
//! **Order.** Everything that is to come stands in one queue, ordered by time and then by when it was scheduled.
//! Time is counted in whole microseconds. An [`Event`] is one thing that happens: a message ends, a timer fires, a
//! write reaches its disk, a client runs out of patience, or an [`Action`] is done. The number of events so far is the
//! *position* in a run; the same settings and actions give the same event at each position, on every machine.
//!
//! **Chance.** Each link has its own stream of dice, and so has each server's timers; every send draws the same number
//! whatever the settings. So one more action does not reshuffle the rest (see `dice.rs` for the derivation).
//!
//! **Time by hand.** `deliver`, `drop` and `fire` happen now and do not move the clock. `hold` keeps what is due
//! waiting at the receiver's door. A reader can thus play every schedule that the network could.
//!
//! **Faults.** Links lose, double, delay and reorder, are cut in one direction or both, and are cut into any groups.
//! A message that is under way when its link is cut is lost. Servers crash (all that is not on disk is gone), restart,
//! freeze, lose their disk, and have clocks that run fast or slow. A protocol whose channels are FIFO gets channels
//! that keep their order and close at both ends when they are cut.
//!
//! **Looking on.** A [`Watch`] hears every event, message, write and rule; the unit type hears nothing and costs
//! nothing. The trace of a run, its fingerprint and the checks of its promises are watchers.
//!
//! # Left out
//!
//! Torn writes (a part of one write on disk), clocks that jump, links with a bandwidth, and members that come and go.

mod act;
mod action;
mod ask;
mod channel;
mod chunks;
mod client;
mod config;
mod dice;
mod door;
mod flight;
mod machine;
mod network;
mod order;
mod preset;
mod queue;
mod resolve;
mod run;
mod trace;
mod watch;
mod wire;

pub use act::kind_name;
pub use action::{Action, Addr, Filter, Kind, MessageRef, Place, Refusal, Target};
pub use chunks::Chunks;
pub use client::{Client, Operation, Outcome};
pub use config::{Config, Disk, Link};
pub use flight::{Body, Fate, Flight, Loss};
pub use machine::{Machine, Timer};
pub use run::Sim;
pub use trace::{LaneRow, Mark, MarkKind, MessageRow, Quorum, Record, Scale, Trace, Window};
pub use watch::{Event, Watch, What};
