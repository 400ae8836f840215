//! placeholder

mod broadcast;
mod client;
mod dialect;
mod discovery;
mod durable;
mod following;
mod history;
mod leading;
mod looking;
mod message;
mod node;
mod options;
pub mod rules;
mod servers;
mod synchronization;
mod view;

pub use durable::{Delta, Durable};
pub use history::{History, Txn, Zxid};
pub use message::{Message, Packet, ServerState, Vote};
pub use node::Zab;
