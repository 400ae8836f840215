//! A server under another number. Nothing in Raft goes by the numbers of servers: they are names.
//!
//! A server is taken apart in full, so that no field can be forgotten here. Terms, indexes and contents name nobody.

use crate::durable::Durable;
use crate::message::{AppendEntries, Message, PreVote, RequestVote, RequestVoteReply};
use crate::node::{Leader, Raft, Role};
use crate::servers::{NodeSet, Votes};
use protocol::{Names, Renaming};

/// See [`protocol::Protocol::RENAMING`].
pub(crate) const RENAMING: Renaming<Raft> = Renaming { node: server, disk, message };

fn server(of: &Raft, names: &Names) -> Raft {
    let Raft {
        id,
        servers,
        options,
        current_term,
        voted_for,
        log,
        role,
        commit_index,
        last_applied,
        state_machine,
        leader,
        heard_at,
        flushing,
        booted_term,
    } = of.clone();
    Raft {
        id: names.node(id),
        servers: set(servers, names),
        options,
        current_term,
        voted_for: voted_for.map(|node| names.node(node)),
        log,
        role: renamed(role, names),
        commit_index,
        last_applied,
        state_machine,
        leader: leader.map(|node| names.node(node)),
        heard_at,
        flushing,
        booted_term,
    }
}

fn renamed(role: Role, names: &Names) -> Role {
    match role {
        Role::Follower => Role::Follower,
        Role::PreCandidate { votes_granted } => {
            Role::PreCandidate { votes_granted: votes(votes_granted, names) }
        }
        Role::Candidate { votes_granted, own_vote } => {
            Role::Candidate { votes_granted: votes(votes_granted, names), own_vote }
        }
        Role::Leader(Leader { peers, pending }) => {
            Role::Leader(Leader { peers: names.slots(&peers), pending })
        }
    }
}

fn disk(of: &Durable, names: &Names) -> Durable {
    let Durable { current_term, voted_for, log } = of;
    Durable {
        current_term: *current_term,
        voted_for: voted_for.map(|node| names.node(node)),
        log: log.clone(),
    }
}

fn message(of: &Message, names: &Names) -> Message {
    match of {
        Message::RequestVote(request) => {
            let candidate_id = names.node(request.candidate_id);
            Message::RequestVote(RequestVote { candidate_id, ..*request })
        }
        Message::RequestVoteReply(reply) => {
            let candidate_id = names.node(reply.candidate_id);
            Message::RequestVoteReply(RequestVoteReply { candidate_id, ..*reply })
        }
        Message::AppendEntries(request) => {
            let leader_id = names.node(request.leader_id);
            Message::AppendEntries(AppendEntries { leader_id, ..request.clone() })
        }
        Message::AppendEntriesReply(reply) => Message::AppendEntriesReply(*reply),
        Message::PreVote(request) => {
            let candidate_id = names.node(request.candidate_id);
            Message::PreVote(PreVote { candidate_id, ..*request })
        }
        Message::PreVoteReply(reply) => Message::PreVoteReply(*reply),
    }
}

fn set(of: NodeSet, names: &Names) -> NodeSet {
    of.iter().fold(NodeSet::default(), |set, node| set.with(names.node(node)))
}

fn votes(of: Votes, names: &Names) -> Votes {
    Votes { from: set(of.from, names), count: of.count }
}
