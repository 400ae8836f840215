//! The record of a run, in columns: small rows that a timeline, a caption and a fingerprint are made from.
//!
//! One event costs a [`Record`] of 40 bytes, 24 bytes for each rule that spoke, 48 for each message and a little for
//! each visible change; words are made on demand. A run that acts in the past cuts its trace there and goes on.

mod recorder;
mod rows;
mod window;

pub use recorder::Trace;
pub use rows::{LaneRow, Mark, MarkKind, MessageRow, Quorum, Record};
pub use window::{Scale, Window};
