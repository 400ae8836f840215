//! Tests: names are claims, comments name the section of *Paxos Made Simple* that makes them.

mod cluster;
mod duels;
mod ghost;
mod killers;
mod phases;
mod restarts;
mod tables;
mod walks;
