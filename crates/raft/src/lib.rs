//! Raft.
mod append;
mod client;
mod commit;
mod dialect;
mod durable;
mod election;
mod message;
mod node;
mod options;
mod pre_vote;
mod replication;
pub mod rules;
mod servers;
mod view;
mod vote;

pub use durable::{Delta, Durable};
pub use message::{
    AppendEntries, AppendEntriesReply, Message, Outcome, PreVote, PreVoteReply, RequestVote, RequestVoteReply,
};
pub use node::Raft;
