//! The tables are data: these tests read them as a person or a program would.

use super::cluster::command;
use crate::rules;
use crate::{Message, Packet, ServerState, Txn, Vote, Zab, Zxid};
use protocol::{Content, Firing, Message as _, NodeId, Protocol, Term, Verdict};

#[test]
fn the_tables_hold_together() {
    protocol::bench::check_tables::<Zab>(true);
}

#[test]
fn no_sentence_speaks_of_a_transaction_that_nobody_has() {
    let tell = |rule, values| Zab::tell(NodeId(3), &Firing { rule, verdict: Verdict::Held, values });
    assert_eq!(tell(rules::LEADER_KNOWS_MOST, [1, 0, 0, 0]), "n1 has nothing and knows no more than n3.");
    assert_eq!(
        tell(rules::UPTODATE_TELLS_ALL_COMMITTED, [1, 0, 0, 0]),
        "n1 has n3's history: UPTODATE tells it to serve, and that nothing is committed yet."
    );
    assert_eq!(
        tell(rules::REPORT_WHAT_IS_LOGGED, [1, 2, 0, 0]),
        "n3 reports (1,2), the last transaction in its log, though it knows nothing to be committed."
    );
}

#[test]
fn the_kinds_stand_in_the_order_of_the_packets() {
    let (epoch, zxid, leader) = (Term::new(1), Zxid { epoch: 1, counter: 1 }, NodeId(3));
    let txn = Txn { zxid, content: Content::Command(command('A')) };
    let packets = [
        Packet::Notification {
            vote: Vote { leader, peer_epoch: epoch, zxid },
            round: 1,
            state: ServerState::Looking,
        },
        Packet::FollowerInfo { accepted_epoch: epoch },
        Packet::LeaderInfo { epoch },
        Packet::AckEpoch { epoch, current_epoch: None, last_zxid: zxid },
        Packet::Diff { epoch, txns: vec![txn.clone()] },
        Packet::Trunc { epoch, zxid, txns: Vec::new() },
        Packet::Snap { epoch, txns: vec![txn.clone()] },
        Packet::NewLeader { epoch },
        Packet::Ack { zxid, epoch, leader, held: (1, 7) },
        Packet::UpToDate { epoch, zxid },
        Packet::Proposal { epoch, txn },
        Packet::Commit { epoch, zxid },
        Packet::Ping { epoch },
        Packet::Request { epoch, command: command('A') },
        Packet::Sync { epoch },
    ];
    assert_eq!(packets.len(), Zab::DIALECT.kinds.len());
    for (place, packet) in packets.into_iter().enumerate() {
        let name = Zab::DIALECT.kinds[place].name;
        let told = format!("{packet:?}").to_lowercase();
        let message = Message { connection: 1, packet };
        assert_eq!(usize::from(message.kind()), place);
        assert!(told.starts_with(&name.to_lowercase()), "{name}");
        assert!(place == 0 || message.label().starts_with(name), "{}", message.label());
        assert_eq!(message.term(), epoch);
    }
}
