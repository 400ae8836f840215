//! sim
mod action;
mod config;
pub use action::{Action, Addr, Filter, Kind, MessageRef, Place, Refusal, Target};
pub use config::{Config, Disk, Link};
