//! The explorer: looks for a schedule that breaks a promise, and shrinks it to the shortest.
//!
//! What happens to a cluster is a row of [`sim::Action`]s, and so is what this crate tries: the same that a click or a
//! line of a scenario is. It plays by hand. The clock stands still, and each move says which message arrives, which
//! timer fires, who crashes; so every order is possible, and a schedule is nothing but its moves. Only where something
//! needs time (a client that asks again, a channel that opens) does time pass, with messages and timers held. And where a
//! leader is many moves away, because channels keep their order or disks take time, the clock may run (`running`): then the
//! protocol finds its way by itself, and only faults and questions come by hand.
//!
//! **A run** has a shape and a mix of its own (`shape`, `mix`): how many servers, which options, what happens how often.
//! The shape is drawn among those in which the rules that are off matter ([`protocol::Shape`]). A schedule (`walk`) is a
//! row of phases: something happens, then messages pass within a group of servers. Wherever a rule that is off would
//! have spoken, or damage is near (another promise is broken, what is committed is on too few disks, a server holds
//! something else than what is chosen, a term has a leader and a rival), the run goes back later and tries other ways to
//! go on (`trial`). Now and then it looks among the messages under way for one at which the rule would speak (`probe`);
//! what follows happens more often at the server where it would have, and where a majority may lack what is committed,
//! one of them seeks to lead.
//!
//! **A search** plays runs until one breaks the promise that hangs on the rule. Everything follows from its seed and the
//! number of the run, in whole numbers and from a generator whose values never change: the same here, in a browser, and
//! with any number of threads.
//!
//! **Shrinking** (`shrink`) leaves out what is not needed, and gives the rest names and an order in which it reads well
//! (`tidy`). What remains is a [`Schedule`]: settings and actions, ready to be written down as a scenario.
//!
//! **Without chance** (`exhaust`): every schedule within bounds, the shortest first, with states told apart by digests and
//! servers by nothing but what they do.
//!
//! # Left out
//!
//! Disks that are wiped and clocks that run wrong: no rule here has to survive them. Loss is not a move of its own in
//! what is found: a message that never arrives is as lost as one that was dropped.

mod campaign;
mod crew;
mod dice;
mod exhaust;
mod faults;
mod mix;
mod moves;
mod probe;
mod replay;
mod running;
mod search;
mod shape;
mod shrink;
mod stage;
mod tidy;
mod trial;
mod walk;

pub use campaign::{Sometimes, Tally, campaign};
pub use crew::search;
pub use exhaust::{Bounds, Copies, Exhaust, Extent, Verdict};
pub use moves::{Held, Letter, Move};
pub use replay::{Schedule, Step};
pub use search::{Found, Progress, Search, Stand, Wish};
pub use trial::Tried;
