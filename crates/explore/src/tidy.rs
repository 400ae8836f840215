//! A schedule made fit to be read: the first leader is n1, clients and values come in the order in which they appear, and
//! what one server does stands together.

use crate::moves::{Move, Names};
use crate::replay::Broken;
use crate::shape::Setting;
use protocol::{ClientId, NodeId, Op};

/// What is to be tried next.
pub(crate) enum Try {
    /// This.
    This(Box<Setting>, Vec<Move>),
    /// Nothing here, but there is more.
    Nothing,
    /// All has been tried.
    NoMore,
}

/// The candidate at a place: first the values and the clients' names, then the servers', then for each move an earlier place beside its server's last.
pub(crate) fn candidate(best: &Broken, place: usize) -> Try {
    let renamed = |servers: Vec<NodeId>, store: bool| {
        let names = Names { servers, clients: clients(&best.moves, best.setting.config.clients) };
        let mut setting = best.setting.clone();
        let used = best.moves.iter().filter_map(client_of).map(|client| names.clients[client.slot()].0).max();
        setting.config.clients = used.unwrap_or(1);
        let moves: Vec<Move> = best.moves.iter().map(|step| step.renamed(&names)).collect();
        Try::This(Box::new(setting), name_values(moves, store))
    };
    let servers = usize::from(best.setting.config.servers);
    match place {
        0 => renamed((1..=best.setting.config.servers).map(NodeId).collect(), true),
        // Presets name servers, and so do what others know of them.
        1 if !best.setting.config.presets.is_empty() => Try::Nothing,
        1 => renamed(by_appearance(best, servers), false),
        _ => gather(best, place - 2),
    }
}

/// New names by the order in which servers appear; who leads first is first.
fn by_appearance(best: &Broken, servers: usize) -> Vec<NodeId> {
    let mut order: Vec<NodeId> = best.first_leader.into_iter().collect();
    for node in best.moves.iter().filter_map(Move::node).chain((1..=12).map(NodeId)) {
        if !order.contains(&node) && node.slot() < servers {
            order.push(node);
        }
    }
    let place = |slot: usize| order.iter().position(|node| node.slot() == slot).unwrap_or(slot);
    (0..servers).map(|slot| NodeId(u8::try_from(place(slot) + 1).unwrap_or(u8::MAX))).collect()
}

fn client_of(step: &Move) -> Option<ClientId> {
    if let Move::Submit(client, ..) = step { Some(*client) } else { None }
}

fn clients(moves: &[Move], clients: u8) -> Vec<ClientId> {
    let mut order: Vec<ClientId> = Vec::new();
    for client in moves.iter().filter_map(client_of).chain((1..=clients).map(ClientId)) {
        if !order.contains(&client) {
            order.push(client);
        }
    }
    let place = |client: ClientId| order.iter().position(|other| *other == client).unwrap_or_default();
    (1..=clients).map(|n| ClientId(u8::try_from(place(ClientId(n)) + 1).unwrap_or(u8::MAX))).collect()
}

/// Commands that store become `set x=a`, `set x=b` and so on; if they may, all others too.
fn name_values(mut moves: Vec<Move>, store: bool) -> Vec<Move> {
    let ops =
        moves.iter_mut().filter_map(|step| if let Move::Submit(_, _, op) = step { Some(op) } else { None });
    for (op, letter) in ops.filter(|op| store || matches!(op, Op::Set { .. })).zip('a'..='z') {
        *op = Op::Set { key: "x".into(), value: letter.to_string().into() };
    }
    moves
}

/// One move stands directly behind the last move before it of the same server.
fn gather(best: &Broken, place: usize) -> Try {
    let Some(step) = best.moves.get(place) else { return Try::NoMore };
    let node = step.node();
    let last = best.moves[..place].iter().rposition(|other| node.is_some() && other.node() == node);
    let Some(to) = last.map(|last| last + 1).filter(|to| *to < place) else { return Try::Nothing };
    let mut moves = best.moves.clone();
    let step = moves.remove(place);
    moves.insert(to, step);
    Try::This(Box::new(best.setting.clone()), moves)
}
