//! The words that every protocol shares, and the one trait that a protocol implements.
//!
//! A consensus protocol is, for this workspace, a **pure state machine**: it is given one [`Input`] at a time and
//! answers with [`Output`]s. It knows no clock but the instant it is handed, throws no dice, opens no socket and
//! writes no file. Whoever drives it (the simulator, a property test, a model checker) decides when a message
//! arrives, when a write has reached the disk and how long a timer takes. That is what makes a run repeatable,
//! reversible and searchable.
//!
//! Three ideas recur everywhere:
//!
//! * **A rule is a thing.** Each rule of a protocol has a number, a name, a source in the paper and a switch
//!   ([`RuleInfo`], [`RuleSet`]). A protocol asks [`Effects::allows`] before it acts and [`Effects::applies`] before
//!   it does what a rule demands; both report a [`Firing`]. A rule that is off is still evaluated, so a run can say
//!   what the rule would have refused.
//! * **What survives a crash is a type.** [`Durable`] holds exactly what is on the disk. A node writes *deltas*,
//!   learns by [`Input::Persisted`] when they have arrived, and says of each message which write it has to wait for.
//! * **Facts are for the checker, views are for people.** A node reports neutral [`Fact`]s as they happen (term
//!   adopted, entry appended, commit raised); an invariant reads those and never a protocol's own fields. A
//!   [`NodeView`] is words and numbers in the protocol's own dialect, made on demand.
//!
//! The vocabulary is Raft's (term, index, log, leader), because most readers know it; a protocol with other words
//! translates in its [`Dialect`] and keeps its own names inside. [`Term`] is a number with an optional owner, so that
//! a Paxos ballot fits.
//!
//! # Left out
//!
//! Cluster membership is fixed for the life of a run; snapshots do not exist yet; a channel is either reorderable or
//! FIFO for a whole protocol, never mixed.

#[cfg(feature = "bench")]
pub mod bench;
mod command;
mod dialect;
mod digest;
mod effects;
mod fact;
mod ids;
mod log;
mod preset;
mod quorum;
mod rename;
mod rule;
mod state_machine;
mod table;
mod time;
mod values;
mod view;

pub use command::{Answer, Command, Content, Entry, Op, Reply};
pub use dialect::{
    Channel, Declined, Dialect, Family, KindInfo, OptionInfo, OptionKind, Pace, PromiseInfo, RoleInfo,
    RoleKind, TimerInfo,
};
pub use digest::Digest;
pub use effects::{Effects, Input, Observer, Output, OutputOf, TimerId, WriteId};
pub use fact::{Fact, Requirement};
pub use ids::{ClientId, Index, NodeId, Term};
pub use log::{Entries, Log};
pub use preset::{JudgePresets, Misfit, Preset, PresetPart, preset_logs};
pub use quorum::{is_majority, majority};
pub use rename::{Names, Renaming};
pub use rule::{Firing, Grade, RuleId, RuleInfo, RuleKind, RuleSet, Shape, Verdict};
pub use state_machine::StateMachine;
pub use table::Table;
pub use time::{Span, Time};
pub use values::{Value, four};
pub use view::{Cell, FactView, NodeView, PeerView, Status, Tally};

use std::fmt::Debug;
use std::hash::Hash;

/// What a node is told at birth: who is in the cluster, the options, and which rules are off.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Setup {
    /// All servers, in ascending order.
    pub servers: Vec<NodeId>,
    /// One value for each of [`Dialect::options`], in that order.
    pub options: Vec<i64>,
    /// The rules that are switched off.
    pub off: RuleSet,
}

impl Setup {
    /// A cluster of `servers` nodes with a protocol's default options and every rule on.
    pub fn of(servers: u8, dialect: &Dialect) -> Setup {
        Setup {
            servers: (1..=servers).map(NodeId).collect(),
            options: dialect.options.iter().map(|option| option.default).collect(),
            off: RuleSet::default(),
        }
    }
}

/// A message between two servers.
pub trait Message: Clone + Debug + PartialEq + Hash {
    /// Its place in [`Dialect::kinds`].
    fn kind(&self) -> u8;
    /// The term it speaks for: the hue in which it is drawn.
    fn term(&self) -> Term;
    /// The few words that stand at its arrow, such as `AppendEntries 4`.
    fn label(&self) -> String;
    /// Every field by the paper's name, for the message's own panel.
    fn fields(&self) -> Vec<(&'static str, String)>;
    /// True for keep-alive traffic that carries nothing new.
    fn is_routine(&self) -> bool;
    /// What must be on the sender's disk before this message may leave.
    fn requirement(&self) -> Requirement;
    /// Feeds every field to a fingerprint, in a fixed order.
    fn digest(&self, digest: &mut Digest);
}

/// What survives a crash, and how it changes.
pub trait Durable: Clone + Debug + Default + PartialEq + Hash {
    /// One write.
    type Delta: Clone + Debug;
    /// Brings one write to the disk. Writes arrive in the order in which they were issued.
    fn write(&mut self, delta: Self::Delta);
    /// True if this disk holds all that the requirement names.
    fn covers(&self, need: &Requirement) -> bool;
    /// Feeds what is on disk to a fingerprint, in O(1): lengths and prefix hashes rather than whole logs.
    fn digest(&self, digest: &mut Digest);
    /// Where the log on this disk ends: its last index (0 for an empty log) and the hash of the log up to there. A
    /// protocol with slots has no such end; of one that does not tell, a checker takes all that a node holds for
    /// durable as soon as anything is written.
    fn log_end(&self) -> Option<(Index, u64)> {
        None
    }
    /// The disk that a preset describes; asked only of a protocol that takes presets: [`Dialect::presets`].
    fn preset(_preset: &Preset, _log: Log) -> Self {
        Self::default()
    }
}

/// A consensus protocol as a pure state machine. Two nodes that hash alike, all of their state, behave alike.
pub trait Protocol: Clone + Debug + Hash {
    /// Messages between servers.
    type Message: Message;
    /// What survives a crash.
    type Durable: Durable;
    /// The protocol's own words, rules, options and promises.
    const DIALECT: &'static Dialect;
    /// How nodes, disks and messages read in a cluster whose servers bear other numbers, if in this protocol a number is
    /// nothing but a name. A protocol in which something goes by the numbers (ballots that belong to servers, votes that
    /// prefer the higher one) has none.
    const RENAMING: Option<Renaming<Self>> = None;

    /// Boots a node from what is on its disk. Volatile state starts afresh; the node sets its first timers.
    fn start<O: Observer>(
        id: NodeId,
        setup: &Setup,
        durable: &Self::Durable,
        now: Time,
        fx: &mut Effects<'_, Self, O>,
    ) -> Self;

    /// Takes one input. Everything that the node wants done is in `fx` afterwards, in order.
    fn step<O: Observer>(&mut self, now: Time, input: Input<Self::Message>, fx: &mut Effects<'_, Self, O>);

    /// What the node believes is on its disk once every write has arrived. For restarts and tests.
    fn durable(&self) -> Self::Durable;

    /// The few numbers that a lane is drawn from. Called after every event, so O(1).
    fn status(&self) -> Status;

    /// The content that this node holds at an index, if any.
    fn content_at(&self, index: Index) -> Option<&Content>;

    /// The hash of all that this node holds up to an index, in O(1): nodes with the same hash hold the same. A protocol
    /// with slots has none, and none is for an index past the end.
    fn prefix_hash(&self, _index: Index) -> Option<u64> {
        None
    }

    /// What this node's state machine holds under a key.
    fn value_of(&self, key: &str) -> Option<&str>;

    /// The named values of its view alone: a condition may ask for one after every event.
    fn facts(&self, disk: &Self::Durable) -> Vec<FactView>;

    /// Everything that a person may want to read but the log. `disk` is what is really durable.
    fn view(&self, disk: &Self::Durable) -> NodeView;

    /// The places of the log from one index to another, both included, as far as this node holds them.
    fn cells(&self, disk: &Self::Durable, from: Index, to: Index) -> Vec<Cell>;

    /// The sentence for a firing of one of this protocol's rules at node `me`. The default fills the rule's own
    /// template; a protocol overrides it where a template is too stiff.
    fn tell(me: NodeId, firing: &Firing) -> String {
        Self::DIALECT.rule(firing.rule).tell(me, firing)
    }
}
