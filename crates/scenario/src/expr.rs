//! Expressions: what a condition is made of.

use protocol::{ClientId, Index, NodeId};
use sim::{Filter, Target};

/// A condition or a part of one. New variants are only ever added at the end, for a link numbers them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A value that stands for itself.
    Literal(Literal),
    /// A server: `n1`, `leader`. As a condition: there is such a server now.
    Server(Target),
    /// A value that every server of every protocol has: `n1.term`.
    Field {
        /// Whose.
        of: Target,
        /// Which.
        field: Field,
    },
    /// A value that only this protocol's servers have, by its own name: `n1.NAME`.
    Fact {
        /// Whose.
        of: Target,
        /// Its [`protocol::FactView::key`].
        key: String,
    },
    /// A place of a log: `n1.log[2]`, `n1.log[2].term`.
    Entry {
        /// Whose.
        of: Target,
        /// Which place.
        index: Index,
        /// What of it.
        part: Part,
    },
    /// A value of a server's state machine: `n1.kv[x]`.
    Pair {
        /// Whose.
        of: Target,
        /// Under which key.
        key: String,
    },
    /// What a client knows: `c1.last`.
    Client {
        /// Which client.
        client: ClientId,
        /// What.
        field: ClientField,
    },
    /// How many messages: `lost(n1->*)`.
    Messages {
        /// What became of them.
        fate: Fate,
        /// Only those that match.
        filter: Filter,
    },
    /// A count of the whole run: `leaders`.
    Counter(Counter),
    /// An invariant has not been violated so far: `holds(NAME)`.
    Holds(String),
    /// An invariant has been violated: `violated(NAME)`.
    Violated(String),
    /// Two values compared.
    Compare {
        /// The one.
        left: Box<Expr>,
        /// How.
        by: Comparison,
        /// The other.
        right: Box<Expr>,
    },
    /// The opposite.
    Not(Box<Expr>),
    /// All of two or more.
    All(Vec<Expr>),
    /// At least one of two or more.
    Any(Vec<Expr>),
    /// It held at the start and after every event since.
    Always(Box<Expr>),
    /// It held neither at the start nor after any event since.
    Never(Box<Expr>),
    /// What one of the protocols that lie side by side does: `zab(leader)`. In an expectation or an answer only, outside of
    /// comparisons, of `always` and of `never`; within, only words that all protocols share.
    With {
        /// The key of the protocol: the scenario's own, or one beside it.
        protocol: String,
        /// What has to hold in its run.
        condition: Box<Expr>,
    },
}

/// A value that stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `true` or `false`.
    Flag(bool),
    /// `3`.
    Number(i64),
    /// A term that belongs to a server: `3.1`. Without an owner a term is a number.
    Term {
        /// Its number.
        number: u32,
        /// Whose it is.
        owner: NodeId,
    },
    /// `Follower`, `"set x=1"`.
    Text(String),
    /// `none`.
    Nothing,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// Every one of them with its name in scenarios, in the order of the variants, which a link numbers.
            pub const ALL: &'static [(&'static str, $name)] = &[$(($key, $name::$variant),)*];

            /// Its name in scenarios.
            pub fn name(self) -> &'static str {
                $name::ALL[self as usize].0
            }
        }
    };
}

named! {
    /// A value that every server of every protocol has.
    Field {
        /// The name of its role.
        Role = "role",
        /// Its term.
        Term = "term",
        /// The last index that it knows to be committed.
        Commit = "commit",
        /// The last index that its state machine has run.
        Applied = "applied",
        /// The last index of its log.
        Last = "last",
        /// Whether it is neither crashed nor paused.
        Up = "up",
        /// Whom it believes to lead.
        Leader = "leader",
    }
}

named! {
    /// What became of a message.
    Fate {
        /// It is under way, or waits at the receiver's door.
        InFlight = "inflight",
        /// It has been sent at some time.
        Sent = "sent",
        /// It has arrived.
        Delivered = "delivered",
        /// It has been lost, by whatever cause.
        Lost = "lost",
    }
}

named! {
    /// A count of the whole run.
    Counter {
        /// How many live servers lead now.
        Leaders = "leaders",
        /// How often a server has begun to seek the lead.
        Elections = "elections",
        /// How often a server has become leader.
        Wins = "wins",
        /// How many invariants have been violated.
        Violations = "violations",
    }
}

named! {
    /// How two values compare.
    Comparison {
        /// The same.
        Equal = "==",
        /// Not the same.
        Differs = "!=",
        /// Less.
        Less = "<",
        /// Less or the same.
        AtMost = "<=",
        /// More.
        More = ">",
        /// More or the same.
        AtLeast = ">=",
    }
}

/// What of a log's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its content as text: `set x=1`, `no-op`.
    Content,
    /// Its term.
    Term,
}

/// What a client knows. Its operations are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientField {
    /// The outcome of its last operation: `ok`, `failed`, `unknown` or `pending`.
    Last,
    /// How many operations it has asked for.
    Ops,
    /// The outcome of one of them.
    Outcome(u32),
    /// The store's reply to one of them.
    Reply(u32),
}

/// The outcomes of an operation.
pub const OUTCOMES: [&str; 4] = ["ok", "failed", "unknown", "pending"];

impl Expr {
    /// Whether it is true or false rather than a value of another kind.
    pub fn is_condition(&self) -> bool {
        match self {
            Expr::Literal(Literal::Flag(_)) | Expr::Server(_) | Expr::Holds(_) | Expr::Violated(_) => true,
            Expr::Field { field, .. } => *field == Field::Up,
            Expr::Compare { .. } | Expr::Not(_) | Expr::All(_) | Expr::Any(_) => true,
            Expr::Always(_) | Expr::Never(_) | Expr::With { .. } => true,
            _ => false,
        }
    }

    /// True if it speaks of a protocol by name: only runs side by side can tell.
    pub fn names_a_protocol(&self) -> bool {
        match self {
            Expr::With { .. } => true,
            Expr::Not(inner) => inner.names_a_protocol(),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().any(Expr::names_a_protocol),
            _ => false,
        }
    }

    /// Calls `visit` for each outermost `always` and `never` in it.
    pub(crate) fn each_watched<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        match self {
            Expr::Always(_) | Expr::Never(_) => visit(self),
            Expr::Not(inner) => inner.each_watched(visit),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|part| part.each_watched(visit)),
            Expr::Compare { left, right, .. } => {
                left.each_watched(visit);
                right.each_watched(visit);
            }
            _ => {}
        }
    }
}
