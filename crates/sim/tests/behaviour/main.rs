//! The simulator with a toy protocol: everything that it does, one sentence each.

mod bench;
mod chance;
mod clients;
mod cuts;
mod disks;
mod faults;
mod fifo;
mod hands;
mod random;
mod refusals;
mod toy;
