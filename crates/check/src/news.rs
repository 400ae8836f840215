//! What a checker is told where no simulator runs: the same, in the same order, one by one.

use crate::checker::Checker;
use crate::violation::Moment;
use protocol::{Command, Digest, Durable, Fact, Message, NodeId, Protocol, Status, Time};
use sim::{Addr, Operation};
use std::hash::Hash as _;

/// Something that a checker has to hear.
#[derive(Clone, Debug)]
pub enum News<P: Protocol> {
    /// A node reported a fact.
    Fact(Fact),
    /// This is on a node's disk now.
    Wrote(P::Durable),
    /// A node's message left; the flag is false if something that it relies on is not on the node's disk.
    Sent(NodeId, P::Message, bool),
    /// A node crashed.
    Crashed,
    /// It is up again, and as it says.
    Booted(Status),
    /// A client asked for something.
    Asked(Command),
    /// A client heard from a node how its operation ended.
    Told(Operation),
}

impl<P: Protocol> News<P> {
    /// True for a message that relies on nothing but what is on its sender's disk.
    pub fn is_covered(&self) -> bool {
        matches!(self, News::Sent(.., true))
    }

    /// Feeds all of it to a digest: two that feed the same are the same to a checker.
    pub fn digest(&self, digest: &mut Digest) {
        match self {
            News::Fact(fact) => format!("fact {fact:?}").hash(digest),
            News::Wrote(disk) => ("disk", disk).hash(digest),
            News::Sent(to, message, covered) => ("sent", to, message, covered).hash(digest),
            News::Crashed => "crashed".hash(digest),
            News::Booted(status) => format!("booted {status:?}").hash(digest),
            News::Asked(command) => ("asked", command).hash(digest),
            News::Told(operation) => format!("told {operation:?}").hash(digest),
        }
    }
}

impl Checker {
    /// What follows happens at this place in the run.
    pub fn at(&mut self, position: u32) {
        self.at_event(Moment { position, at: Time(0) });
    }

    /// Hears what happened at a node.
    pub fn hear<P: Protocol>(&mut self, node: NodeId, news: &News<P>) {
        match news {
            News::Fact(fact) => self.on_fact(node, *fact),
            News::Wrote(disk) => self.on_wrote(node, |need| disk.covers(need), disk.log_end()),
            News::Sent(to, message, covered) => {
                self.on_sent(node, Addr::Server(*to), message.kind(), || message.requirement(), *covered);
            }
            News::Crashed => self.on_crashed(node),
            News::Booted(status) => self.on_booted(node, status.last, status.log_hash),
            News::Asked(command) => {
                self.on_invoked(command);
                self.on_asked(command);
            }
            News::Told(operation) => {
                self.on_answer(node);
                self.on_concluded(operation);
            }
        }
    }
}
