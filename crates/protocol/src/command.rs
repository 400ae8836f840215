//! What clients ask for, what stands in the log, and what comes back.

use crate::{ClientId, Digest, NodeId, Term};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// An operation on the key-value store behind the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// `set key=value`: stores the value.
    Set {
        /// Where.
        key: Arc<str>,
        /// What.
        value: Arc<str>,
    },
    /// `get key`: reads the value.
    Get {
        /// Where.
        key: Arc<str>,
    },
    /// `append key value`: puts text behind the value (behind nothing, if there is none).
    Append {
        /// Where.
        key: Arc<str>,
        /// What.
        value: Arc<str>,
    },
    /// `cas key old new`: stores `new` if the value is `old`.
    Cas {
        /// Where.
        key: Arc<str>,
        /// The value that must be there.
        old: Arc<str>,
        /// The value that takes its place.
        new: Arc<str>,
    },
    /// `incr key`: adds one to the number there (a missing value counts as 0).
    Incr {
        /// Where.
        key: Arc<str>,
    },
    /// `sync key`: changes nothing; a read that the same client sends the same server behind it sees all that was
    /// committed before. Only for protocols whose servers answer reads alone: see [`crate::Dialect::no_sync`].
    Sync {
        /// What is going to be read.
        key: Arc<str>,
    },
}

impl Op {
    /// The key that the operation is about.
    pub fn key(&self) -> &Arc<str> {
        match self {
            Op::Set { key, .. }
            | Op::Get { key }
            | Op::Append { key, .. }
            | Op::Cas { key, .. }
            | Op::Incr { key }
            | Op::Sync { key } => key,
        }
    }

    /// True if the operation may change what is stored.
    pub fn writes(&self) -> bool {
        !matches!(self, Op::Get { .. } | Op::Sync { .. })
    }

    fn digest(&self, digest: &mut Digest) {
        let (tag, texts): (u64, [&str; 3]) = match self {
            Op::Set { key, value } => (1, [key, value, ""]),
            Op::Get { key } => (2, [key, "", ""]),
            Op::Append { key, value } => (3, [key, value, ""]),
            Op::Cas { key, old, new } => (4, [key, old, new]),
            Op::Incr { key } => (5, [key, "", ""]),
            Op::Sync { key } => (6, [key, "", ""]),
        };
        digest.word(tag);
        texts.iter().for_each(|text| digest.text(text));
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Op::Set { key, value } => write!(f, "set {key}={value}"),
            Op::Get { key } => write!(f, "get {key}"),
            Op::Append { key, value } => write!(f, "append {key} {value}"),
            Op::Cas { key, old, new } => write!(f, "cas {key} {old} {new}"),
            Op::Incr { key } => write!(f, "incr {key}"),
            Op::Sync { key } => write!(f, "sync {key}"),
        }
    }
}

/// An operation with the name that makes it unique: the client and the client's own count. A retry keeps the name.
#[derive(Clone, Debug)]
pub struct Command(Arc<Body>);

#[derive(Debug)]
struct Body {
    client: ClientId,
    seq: u32,
    op: Op,
    hash: u64,
}

impl Command {
    /// The `seq`th command of a client, counted from 1.
    pub fn new(client: ClientId, seq: u32, op: Op) -> Command {
        let mut digest = Digest::default();
        digest.word(u64::from(client.0) << 32 | u64::from(seq));
        op.digest(&mut digest);
        Command(Arc::new(Body { client, seq, op, hash: digest.finish() }))
    }

    /// Who asked.
    pub fn client(&self) -> ClientId {
        self.0.client
    }

    /// Which of that client's commands it is, from 1.
    pub fn seq(&self) -> u32 {
        self.0.seq
    }

    /// What was asked.
    pub fn op(&self) -> &Op {
        &self.0.op
    }

    /// A hash of all of it.
    pub fn hash(&self) -> u64 {
        self.0.hash
    }
}

impl PartialEq for Command {
    fn eq(&self, other: &Command) -> bool {
        self.0.hash == other.0.hash
            && self.0.client == other.0.client
            && self.0.seq == other.0.seq
            && self.0.op == other.0.op
    }
}

impl Eq for Command {}

impl Hash for Command {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.0.hash);
    }
}

/// What an entry holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// Nothing: the entry that a new leader writes to have one of its own term, or that fills a hole.
    Noop,
    /// A client's command.
    Command(Command),
}

impl Content {
    /// A hash of the content; equal contents have equal hashes.
    pub fn hash(&self) -> u64 {
        match self {
            Content::Noop => 1,
            Content::Command(command) => command.hash(),
        }
    }

    /// The command, unless this is a no-op.
    pub fn command(&self) -> Option<&Command> {
        match self {
            Content::Noop => None,
            Content::Command(command) => Some(command),
        }
    }
}

/// `no-op`, or the operation.
impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Content::Noop => f.write_str("no-op"),
            Content::Command(command) => command.op().fmt(f),
        }
    }
}

/// One place of the log: the term in which it was created, and its content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// The term of the leader that created it.
    pub term: Term,
    /// What it holds.
    pub content: Content,
}

/// What the key-value store says to an operation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    /// Stored.
    Stored,
    /// The value read, or nothing under that key.
    Value(Option<Arc<str>>),
    /// The number after adding one.
    Number(i64),
    /// `cas` found another value (or nothing) and stored nothing.
    Differs(Option<Arc<str>>),
    /// What the server reads from now on is new enough.
    Synced,
    /// The operation does not fit the value there: `incr` on something that is no number, or too large a value.
    Invalid(&'static str),
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reply::Stored => f.write_str("stored"),
            Reply::Value(Some(value)) => f.write_str(value),
            Reply::Value(None) => f.write_str("nothing there"),
            Reply::Number(number) => write!(f, "{number}"),
            Reply::Differs(Some(value)) => write!(f, "not stored: it is {value}"),
            Reply::Differs(None) => f.write_str("not stored: nothing there"),
            Reply::Synced => f.write_str("synced"),
            Reply::Invalid(why) => f.write_str(why),
        }
    }
}

/// What a server answers to a client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The command took effect, and this is the store's reply.
    Done(Reply),
    /// This server does not lead; the hint is who it believes does. The command was not accepted.
    NotLeader {
        /// Whom to ask instead, if this server has heard of a leader.
        hint: Option<NodeId>,
    },
    /// The server accepted the command but can no longer tell whether it will take effect.
    Unknown,
    /// The command certainly had and will have no effect.
    Failed,
}
