//! A server's steps, one by one, in a cluster under a test's hand.

mod broadcast;
mod cluster;
mod discovery;
mod elections;
mod synchronization;
mod tables;
