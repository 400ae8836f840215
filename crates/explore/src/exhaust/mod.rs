//! The exhaustive search: every schedule within bounds, the shortest first.
//!
//! **The world** is that of the simulator, played by hand, less what makes no difference then: no clock, no ids, no
//! clients that wait. A state is what the servers are, which messages may arrive, what the checker remembers, and how
//! much of the bounds is used up; a move lets one message arrive, fires one timer, has a client ask a server, or crashes
//! one. What is found is played again in the simulator, shrunk there, and written down like any other schedule.
//!
//! **What is left out changes nothing.** A message that never arrives is lost, so loss is no move. A server that is down
//! hears nothing, so it is up again at once; the moves between, if there were any, come first. A client's question
//! arrives at once, and so does the answer that ends it: an operation that took longer is only harder to break. A move
//! after which all is as before is no move.
//!
//! **Numbers.** Servers are pure: given the same input they do the same. So each server, message, step and past is kept
//! once and by a number, and a state is a handful of numbers (`steps`, `ghosts`, `layer`). The checker is the very one that
//! looks at every run; [`check::Checker::essence`] tells when two of them will say the same from then on.
//!
//! **States are told apart** by 64-bit digests: sums over servers and messages, so that a step changes them by what it
//! changes. Two different states with one digest would be taken for one: among a hundred million states, that happens
//! in one search of thousands. Where servers differ in nothing but their numbers ([`protocol::Protocol::RENAMING`]), the
//! digest is the least of those under all names, and so one state stands for up to six, or twenty-four.
//!
//! # Left out
//!
//! Disks that take time, clients that ask again, channels that keep their order, paused servers, and time itself: rules
//! that matter only with one of these are for the random search.

mod bounds;
mod cover;
mod echo;
mod ghosts;
mod layer;
mod letters;
mod path;
mod search;
mod server;
mod steps;
mod table;
#[cfg(test)]
mod tests;

pub use bounds::{Bounds, Copies};
pub use search::{Exhaust, Extent, Verdict};
