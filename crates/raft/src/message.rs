//! The remote procedure calls of Raft Fig. 2 (and of the dissertation's §9.6), as messages.

use crate::view::{entry_text, range_text};
use protocol::{Digest, Entries, Index, NodeId, Requirement, Term};

/// A candidate asks for a vote (Raft §5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestVote {
    /// The candidate's term.
    pub term: Term,
    /// Who asks.
    pub candidate_id: NodeId,
    /// The index of the candidate's last entry (§5.4).
    pub last_log_index: Index,
    /// The term of the candidate's last entry (§5.4).
    pub last_log_term: Term,
}

/// The answer to a [`RequestVote`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestVoteReply {
    /// The voter's term, for the candidate to update itself.
    pub term: Term,
    /// Whom it answers.
    pub candidate_id: NodeId,
    /// True if the candidate has the vote.
    pub vote_granted: bool,
}

/// A leader replicates entries; without entries, a heartbeat (Raft §5.3, §5.2).
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct AppendEntries {
    /// The leader's term.
    pub term: Term,
    /// So that followers can redirect clients.
    pub leader_id: NodeId,
    /// The index of the entry right before the new ones.
    pub prev_log_index: Index,
    /// The term of that entry.
    pub prev_log_term: Term,
    /// The entries to store; none in a heartbeat.
    pub entries: Entries,
    /// The leader's `commit_index`.
    pub leader_commit: Index,
}

impl AppendEntries {
    /// The index of the last entry that this message speaks about: the paper's "last new entry".
    pub(crate) fn last_new(&self) -> Index {
        self.prev_log_index + self.entries.len() as Index
    }
}

/// The answer to an [`AppendEntries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AppendEntriesReply {
    /// The follower's term, for the leader to update itself.
    pub term: Term,
    /// The `prev_log_index` of the request that this answers, since messages may overtake each other.
    pub prev_log_index: Index,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an [`AppendEntries`]. The paper's `success` is true for the first and false for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The follower's log now agrees with the leader's up to here.
    Success {
        /// The index of the last entry that the request spoke about: a leader must not count more than that.
        match_index: Index,
        /// The hash of the follower's log up to there. No server reads it; the checker holds the disk against it.
        match_hash: u64,
    },
    /// The follower has no entry at `prev_log_index` with `prev_log_term`.
    Mismatch {
        /// From which index on the leader should try next, as far as the follower can tell.
        conflict_index: Index,
        /// The follower's term there, if the leader can use it to look further back; otherwise 0.
        conflict_term: Term,
    },
    /// The request came from an earlier term.
    Stale,
}

/// A server asks whether it would get a vote, before it starts an election (dissertation §9.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PreVote {
    /// The term in which it *would* stand: one more than its own.
    pub term: Term,
    /// Who asks.
    pub candidate_id: NodeId,
    /// The index of its last entry.
    pub last_log_index: Index,
    /// The term of its last entry.
    pub last_log_term: Term,
}

/// The answer to a [`PreVote`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PreVoteReply {
    /// The term that was asked about if granted; the voter's own if refused.
    pub term: Term,
    /// True if the server would vote for the asker.
    pub vote_granted: bool,
}

/// A message between two servers.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Message {
    /// See [`RequestVote`].
    RequestVote(RequestVote),
    /// See [`RequestVoteReply`].
    RequestVoteReply(RequestVoteReply),
    /// See [`AppendEntries`].
    AppendEntries(AppendEntries),
    /// See [`AppendEntriesReply`].
    AppendEntriesReply(AppendEntriesReply),
    /// See [`PreVote`].
    PreVote(PreVote),
    /// See [`PreVoteReply`].
    PreVoteReply(PreVoteReply),
}

impl Message {
    /// The term that the sender is really in, if the message tells. A [`PreVote`] and a granted [`PreVoteReply`]
    /// speak of a term that may never come: nobody adopts it.
    pub(crate) fn sender_term(&self) -> Option<Term> {
        match self {
            Message::PreVote(_) => None,
            Message::PreVoteReply(reply) if reply.vote_granted => None,
            _ => Some(protocol::Message::term(self)),
        }
    }
}

impl protocol::Message for Message {
    fn kind(&self) -> u8 {
        match self {
            Message::RequestVote(_) => 0,
            Message::RequestVoteReply(_) => 1,
            Message::AppendEntries(_) => 2,
            Message::AppendEntriesReply(_) => 3,
            Message::PreVote(_) => 4,
            Message::PreVoteReply(_) => 5,
        }
    }

    fn term(&self) -> Term {
        match self {
            Message::RequestVote(request) => request.term,
            Message::RequestVoteReply(reply) => reply.term,
            Message::AppendEntries(request) => request.term,
            Message::AppendEntriesReply(reply) => reply.term,
            Message::PreVote(request) => request.term,
            Message::PreVoteReply(reply) => reply.term,
        }
    }

    fn label(&self) -> String {
        match self {
            Message::RequestVote(_) => "RequestVote".into(),
            Message::PreVote(_) => "PreVote".into(),
            Message::RequestVoteReply(reply) => if reply.vote_granted { "vote" } else { "no vote" }.into(),
            Message::PreVoteReply(reply) => {
                if reply.vote_granted { "would vote" } else { "would not vote" }.into()
            }
            Message::AppendEntries(request) if request.entries.is_empty() => "heartbeat".into(),
            Message::AppendEntries(request) => {
                format!("AppendEntries {}", range_text(request.prev_log_index + 1, request.last_new()))
            }
            Message::AppendEntriesReply(reply) => match reply.outcome {
                Outcome::Success { .. } if self.is_routine() => "ok".into(),
                Outcome::Success { match_index, .. } => format!("stored {match_index}"),
                Outcome::Mismatch { .. } => format!("no match at {}", reply.prev_log_index),
                Outcome::Stale => format!("term is {}", reply.term),
            },
        }
    }

    fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Message::RequestVote(RequestVote { term, candidate_id, last_log_index, last_log_term })
            | Message::PreVote(PreVote { term, candidate_id, last_log_index, last_log_term }) => vec![
                ("term", term.to_string()),
                ("candidate_id", candidate_id.to_string()),
                ("last_log_index", last_log_index.to_string()),
                ("last_log_term", last_log_term.to_string()),
            ],
            Message::RequestVoteReply(RequestVoteReply { term, vote_granted, .. })
            | Message::PreVoteReply(PreVoteReply { term, vote_granted }) => {
                vec![("term", term.to_string()), ("vote_granted", vote_granted.to_string())]
            }
            Message::AppendEntries(request) => request.fields(),
            Message::AppendEntriesReply(reply) => reply.fields(),
        }
    }

    fn is_routine(&self) -> bool {
        match self {
            Message::AppendEntries(request) => request.entries.is_empty(),
            Message::AppendEntriesReply(reply) => {
                matches!(reply.outcome, Outcome::Success { match_index, .. } if match_index == reply.prev_log_index)
            }
            _ => false,
        }
    }

    fn requirement(&self) -> Requirement {
        let term = Requirement { term: self.term(), ..Requirement::default() };
        match self {
            Message::RequestVote(request) => Requirement { supported: Some(request.candidate_id), ..term },
            Message::RequestVoteReply(reply) if reply.vote_granted => {
                Requirement { supported: Some(reply.candidate_id), ..term }
            }
            Message::RequestVoteReply(_) => term,
            // The term only: a leader may send entries while its own disk still writes them (dissertation §10.2.1).
            Message::AppendEntries(_) => term,
            // Without a hash the sender speaks of entries that it does not have: a rule is off, and no disk can help.
            Message::AppendEntriesReply(AppendEntriesReply {
                outcome: Outcome::Success { match_index, match_hash },
                ..
            }) if *match_hash != 0 => Requirement { index: *match_index, hash: *match_hash, ..term },
            Message::AppendEntriesReply(_) => term,
            Message::PreVote(_) | Message::PreVoteReply(_) => Requirement::default(),
        }
    }

    fn digest(&self, digest: &mut Digest) {
        digest.word(u64::from(self.kind()));
        self.term().digest(digest);
        match self {
            Message::RequestVote(RequestVote { candidate_id, last_log_index, last_log_term, .. })
            | Message::PreVote(PreVote { candidate_id, last_log_index, last_log_term, .. }) => {
                digest.word(u64::from(candidate_id.0));
                digest.word(*last_log_index);
                last_log_term.digest(digest);
            }
            Message::RequestVoteReply(RequestVoteReply { candidate_id, vote_granted, .. }) => {
                digest.word(u64::from(candidate_id.0));
                digest.word(u64::from(*vote_granted));
            }
            Message::PreVoteReply(reply) => digest.word(u64::from(reply.vote_granted)),
            Message::AppendEntries(request) => request.digest(digest),
            Message::AppendEntriesReply(reply) => reply.digest(digest),
        }
    }
}

impl AppendEntries {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let entries: Vec<String> = (self.prev_log_index + 1..)
            .zip(&self.entries)
            .map(|(index, entry)| format!("{index}: {} (term {})", entry_text(&entry.content), entry.term))
            .collect();
        vec![
            ("term", self.term.to_string()),
            ("leader_id", self.leader_id.to_string()),
            ("prev_log_index", self.prev_log_index.to_string()),
            ("prev_log_term", self.prev_log_term.to_string()),
            ("entries", if entries.is_empty() { "none".into() } else { entries.join(", ") }),
            ("leader_commit", self.leader_commit.to_string()),
        ]
    }

    fn digest(&self, digest: &mut Digest) {
        digest.word(u64::from(self.leader_id.0));
        digest.word(self.prev_log_index);
        self.prev_log_term.digest(digest);
        digest.word(self.entries.len() as u64);
        for entry in &self.entries {
            entry.term.digest(digest);
            digest.word(entry.content.hash());
        }
        digest.word(self.leader_commit);
    }
}

impl AppendEntriesReply {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("term", self.term.to_string()),
            ("success", matches!(self.outcome, Outcome::Success { .. }).to_string()),
            ("prev_log_index", self.prev_log_index.to_string()),
        ];
        match self.outcome {
            Outcome::Success { match_index, .. } => fields.push(("match_index", match_index.to_string())),
            Outcome::Mismatch { conflict_index, conflict_term } => {
                fields.push(("conflict_index", conflict_index.to_string()));
                fields.push(("conflict_term", conflict_term.to_string()));
            }
            Outcome::Stale => {}
        }
        fields
    }

    fn digest(&self, digest: &mut Digest) {
        digest.word(self.prev_log_index);
        match self.outcome {
            Outcome::Success { match_index, match_hash } => {
                digest.word(1);
                digest.word(match_index);
                digest.word(match_hash);
            }
            Outcome::Mismatch { conflict_index, conflict_term } => {
                digest.word(2);
                digest.word(conflict_index);
                conflict_term.digest(digest);
            }
            Outcome::Stale => digest.word(3),
        }
    }
}
