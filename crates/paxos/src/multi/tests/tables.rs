//! The tables are data: these tests read them as a person or a program would.

use super::cluster::command;
use crate::multi::{Message, MultiPaxos, PValue};
use crate::proposal::{Ballot, Proposal, Value};
use protocol::{Message as _, NodeId, Protocol};

#[test]
fn the_tables_hold_together() {
    protocol::bench::check_tables::<MultiPaxos>(false);
}

#[test]
fn the_kinds_stand_in_the_order_of_the_messages() {
    let ballot = Ballot::owned(1, NodeId(1));
    let pvalue = PValue { slot: 2, proposal: Proposal { ballot, value: Value::Command(command('A')) } };
    let messages = [
        Message::Prepare { ballot, from_slot: 1 },
        Message::Promise { ballot, accepted: [pvalue.clone()].into() },
        Message::Nack { ballot, promised: ballot },
        Message::Accept(pvalue.clone()),
        Message::Accepted(pvalue.clone()),
        Message::Decide(pvalue.clone()),
        Message::Heartbeat { ballot, decided: 1 },
        Message::CatchUp { ballot, from_slot: 1 },
        Message::Decisions { ballot, decided: [pvalue].into() },
    ];
    assert_eq!(messages.len(), MultiPaxos::DIALECT.kinds.len());
    for (place, message) in messages.iter().enumerate() {
        assert_eq!(usize::from(message.kind()), place);
        let name = MultiPaxos::DIALECT.kinds[place].name;
        assert_eq!(message.label().split_whitespace().next(), Some(name));
        assert!(format!("{message:?}").starts_with(name));
    }
}
