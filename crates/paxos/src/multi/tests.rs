//! Tests: names are claims, comments name where they are made.

mod cluster;
mod ghost;
mod leaders;
mod removals;
mod tables;
mod walks;
