//! The playground: one facade over every protocol, for those who show runs.
//!
//! A page, a command line and a test all want the same: to open a scenario from text or from a link, to move about in
//! the run, to act in it, to read what happened and why, and to hand the result on. [`open_text`] and [`open_link`]
//! pick the protocol by name and give back a [`Run`], behind which the generic machinery disappears:
//!
//! * a `Director` plays the scenario line by line over a [`sim::Sim`] and judges its expectations;
//! * a `Course` keeps how far the run is known, where the reader stands, checkpoints to seek from, and the branches
//!   that were left when the reader acted in the past;
//! * `draw` turns a moment into a [`frame::Frame`], `narrate` into sentences (what was done from `deed`, what came of it
//!   from `happened`), `teller` into a trace line, `menu` into what can be done, `inside` into what one server holds;
//! * `switch` plays the same schedule once more with a rule on or off.
//!
//! A `Hunt` searches, slice by slice, for a run that breaks a promise, and hands it out as a scenario.
//!
//! Nothing here is saved but the scenario: going back is replay from a checkpoint, so it costs what going forward does.
//! `beside` plays a scenario with several protocols and compares them.

mod as_told;
mod asks;
mod attempt;
#[cfg(feature = "beside")]
mod beside;
mod counts;
mod course;
mod deed;
mod director;
mod draw;
mod effort;
#[cfg(feature = "search")]
mod exhaust;
mod firings;
pub mod frame;
mod happened;
mod heard;
#[cfg(feature = "history")]
pub mod history;
mod info;
mod inside;
mod links;
mod logs;
mod lookout;
mod menu;
mod meter;
mod narrate;
mod open;
mod rival;
mod rule_list;
mod run;
#[cfg(feature = "search")]
mod search;
mod story;
mod switch;
mod synthetic;
mod teller;
mod why;
mod why_not;
mod world;

#[cfg(feature = "search")]
pub use ::explore::Copies;
pub use as_told::idle_beliefs;
#[cfg(feature = "beside")]
pub use beside::{
    Beside, Comparison, CounterView, DecidedView, DifferenceView, FaultView, GapView, PointView, SideView,
    StepView, StoryView, WordView, lay_beside,
};
pub use effort::MOST_EVENTS;
#[cfg(feature = "search")]
pub use exhaust::{Bounds, ExhaustView, exhaust};
pub use firings::RuleView;
pub use frame::Room;
pub use heard::HeardView;
pub use info::{Info, OpenAt, info};
pub use inside::Inside;
pub use links::LinkView;
pub use meter::{MeterView, StallView};
pub use open::{Opened, dialect, dialects, link_elsewhere, open, open_link, open_text, text_elsewhere};
pub use protocol::Time;
pub use rival::RivalView;
pub use rule_list::{RuleInfoView, rule_infos};
pub use run::{
    ActionView, Arg, Bar, BranchView, DeedView, ENGINE, Explanation, MomentView, Run, Sentence, Timeline,
    Trouble, title,
};
#[cfg(feature = "search")]
pub use search::{FoundView, Hunt, Lookup, SearchView, explore};
pub use sim::{Scale, Window};
pub use why::{Way, WhyStep, WhyView};
