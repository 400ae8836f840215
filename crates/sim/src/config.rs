//! The settings of a run: everything but the actions.

use crate::Addr;
use protocol::{Dialect, NodeId, Preset, RuleSet, Setup, Span};

/// How a link treats messages. All probabilities are in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The shortest latency.
    pub least: Span,
    /// The longest latency; each message draws its own, evenly.
    pub most: Span,
    /// An extra delay from zero to this, drawn evenly and added to the latency.
    pub jitter: Span,
    /// How likely a message is lost.
    pub loss: u32,
    /// How likely a message that is not lost arrives twice; the second copy draws its own latency.
    pub duplicate: u32,
    /// How likely a message is held back by one more `most + jitter`, so that later ones overtake it.
    pub reorder: u32,
}

impl Default for Link {
    /// 20 to 40 ms, nothing lost, doubled or held back. Frozen with format version 1 of the scenario.
    fn default() -> Link {
        Link { least: Span::ms(20), most: Span::ms(40), jitter: Span(0), loss: 0, duplicate: 0, reorder: 0 }
    }
}

/// How long a write takes to reach the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disk {
    /// No time at all.
    #[default]
    Sync,
    /// A length from this range, drawn for each write.
    Takes {
        /// The shortest.
        least: Span,
        /// The longest.
        most: Span,
    },
    /// Until [`crate::Action::Sync`] says so. A crash loses what was not synced.
    Explicit,
}

/// The settings of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// How many servers: 1 to 12.
    pub servers: u8,
    /// How many clients: 0 to 12.
    pub clients: u8,
    /// From which all dice follow.
    pub seed: u64,
    /// One value for each option of the protocol, in its order.
    pub options: Vec<i64>,
    /// The rules that are off.
    pub off: RuleSet,
    /// How every link treats messages, unless it has settings of its own.
    pub network: Link,
    /// Links with settings of their own, in ascending order, each direction for itself.
    pub links: Vec<((Addr, Addr), Link)>,
    /// How writes reach the disks.
    pub disk: Disk,
    /// How long a client waits for an answer before it asks again.
    pub client_timeout: Span,
    /// How often a client asks again before it gives up and calls the outcome unknown.
    pub client_retries: u8,
    /// What servers have on disk at the beginning, in ascending order; the others' disks are empty. A run with any is
    /// synthetic: no run led to where it begins.
    pub presets: Vec<Preset>,
}

impl Config {
    /// The defaults of format version 1: frozen, for a link stores only differences from them.
    pub fn of(dialect: &Dialect) -> Config {
        Config {
            servers: 3,
            clients: 1,
            seed: 1,
            options: dialect.options.iter().map(|option| option.default).collect(),
            off: RuleSet::default(),
            network: Link::default(),
            links: Vec::new(),
            disk: Disk::Sync,
            client_timeout: Span::ms(500),
            client_retries: 10,
            presets: Vec::new(),
        }
    }

    /// The settings of the link from one place to another.
    pub fn link(&self, from: Addr, to: Addr) -> Link {
        if self.links.is_empty() {
            return self.network;
        }
        self.links.iter().find(|(ends, _)| *ends == (from, to)).map_or(self.network, |(_, link)| *link)
    }

    /// What a node is told at birth.
    pub fn setup(&self) -> Setup {
        Setup {
            servers: (1..=self.servers).map(NodeId).collect(),
            options: self.options.clone(),
            off: self.off,
        }
    }
}
