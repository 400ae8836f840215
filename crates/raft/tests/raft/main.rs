//! Raft, clause by clause. A test's name says what holds; its comment says where the paper says so.

// Tests may panic, and their numbers are small.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

mod backtracking;
mod candidates;
mod clients;
mod cluster;
mod crashes;
mod extensions;
mod followers;
mod ghost;
mod leaders;
mod removals;
mod votes;
mod walks;
mod words;
