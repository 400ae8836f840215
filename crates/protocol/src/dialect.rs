//! A protocol's own words: everything that a page or a command line may print about it.

use crate::{JudgePresets, RuleId, RuleInfo};
use serde::Serialize;

/// How messages travel between two servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Each on its own: late ones may be overtaken, lost or doubled.
    Reorderable,
    /// In order, over a connection that closes when it is cut and loses what was under way.
    Fifo,
}

/// What a message is for, whatever the protocol calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Asks for support to lead.
    Solicit,
    /// Gives or refuses support.
    Support,
    /// Brings a log into line.
    Synchronise,
    /// Carries new content.
    Propose,
    /// Confirms storage.
    Acknowledge,
    /// Tells what is committed, or only that the sender is alive.
    Commit,
}

/// A kind of message.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct KindInfo {
    /// The paper's name, which is also its name in scenarios: `RequestVote`.
    pub name: &'static str,
    /// What it is for.
    pub family: Family,
    /// True if it answers another message; replies are drawn dashed.
    pub reply: bool,
}

/// What a role amounts to, whatever the protocol calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// Follows, or waits.
    Idle,
    /// Tries to become leader.
    Seeking,
    /// Leads.
    Leading,
    /// Brings its log into line before it serves.
    Syncing,
    /// Receives without a vote.
    Learner,
}

/// A role.
#[derive(Clone, Copy, Debug)]
pub struct RoleInfo {
    /// The protocol's name for it: `Candidate`.
    pub name: &'static str,
    /// What it amounts to.
    pub kind: RoleKind,
}

/// A timer.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TimerInfo {
    /// Its name in scenarios: `election`.
    pub key: &'static str,
    /// Its name on the page: `election timer`.
    pub name: &'static str,
    /// True if the page should show it as a ring around the server.
    pub ring: bool,
}

/// What values an option takes. All are integers in a [`crate::Setup`].
#[derive(Clone, Copy, Debug)]
pub enum OptionKind {
    /// 0 (`off`) or 1 (`on`).
    Flag,
    /// The place of one of these keys.
    Choice(&'static [&'static str]),
    /// A number from `least` to `most`; 0 means no limit where `none` names it.
    Number {
        /// The smallest value.
        least: i64,
        /// The largest value.
        most: i64,
        /// The word for 0, if 0 stands for "no limit".
        none: Option<&'static str>,
    },
    /// Microseconds, from `least` to `most`, written `100ms`.
    Span {
        /// The shortest.
        least: i64,
        /// The longest.
        most: i64,
    },
}

impl OptionKind {
    /// A value in words: `on`, the key of a choice, a number.
    pub fn say(&self, value: i64) -> String {
        match self {
            OptionKind::Flag => if value == 0 { "off" } else { "on" }.to_owned(),
            OptionKind::Choice(keys) => {
                let key = usize::try_from(value).ok().and_then(|place| keys.get(place));
                key.map_or_else(|| value.to_string(), |key| (*key).to_owned())
            }
            OptionKind::Number { none: Some(none), .. } if value == 0 => (*none).to_owned(),
            OptionKind::Number { .. } => value.to_string(),
            OptionKind::Span { .. } => format!("{value}us"),
        }
    }
}

/// An option of a protocol.
#[derive(Clone, Copy, Debug)]
pub struct OptionInfo {
    /// Its name in scenarios: `no-op`.
    pub key: &'static str,
    /// What it does, in one sentence.
    pub words: &'static str,
    /// Where it is written down, or empty.
    pub source: &'static str,
    /// What values it takes.
    pub kind: OptionKind,
    /// The value when nothing is said.
    pub default: i64,
}

/// What an option's time is for, whatever the protocol calls it: so protocols can be given the same timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// How often a leader is heard that has nothing to say.
    Heartbeat,
    /// The shortest time that a silent leader is borne with.
    LeastPatience,
    /// The longest such time.
    MostPatience,
    /// The only such time.
    Patience,
}

/// A promise: an invariant that the protocol claims to keep.
#[derive(Clone, Copy, Debug)]
pub struct PromiseInfo {
    /// Its key: `leader-completeness`.
    pub key: &'static str,
    /// The paper's name: `Leader Completeness`.
    pub name: &'static str,
    /// What it says, in one sentence.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
}

/// A promise that others make and this protocol, by design, does not.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Declined {
    /// The promise's key where it is made.
    pub key: &'static str,
    /// Its name there.
    pub name: &'static str,
    /// Why this protocol does not make it, in one or two sentences.
    pub why: &'static str,
}

/// A protocol's words.
#[derive(Debug)]
pub struct Dialect {
    /// Its name in scenarios: `raft`.
    pub key: &'static str,
    /// Its name on the page: `Raft`.
    pub name: &'static str,
    /// Its word for an era of leadership: `term`, `ballot`.
    pub term: &'static str,
    /// Its word for a place in the log: `index`, `slot`.
    pub index: &'static str,
    /// Its word for done for good: `committed`, `chosen`.
    pub committed: &'static str,
    /// Its word for a vote: `vote`, `promise`.
    pub support: &'static str,
    /// What one does in a role that leads: `leads`, `proposes`.
    pub leads: &'static str,
    /// True if a client has to find the server that leads; otherwise any server takes its commands.
    pub finds_leader: bool,
    /// Why no client can ask for a sync; empty if one can, because servers answer reads alone.
    pub no_sync: &'static str,
    /// How its messages travel.
    pub channel: Channel,
    /// True if an index can be filled while an earlier one is empty, and refilled in a later term.
    pub slots: bool,
    /// Its roles; [`crate::Status::role`] is a place here.
    pub roles: &'static [RoleInfo],
    /// Its timers.
    pub timers: &'static [TimerInfo],
    /// Its kinds of message.
    pub kinds: &'static [KindInfo],
    /// Its options.
    pub options: &'static [OptionInfo],
    /// The keys of those that say how it keeps time.
    pub paces: &'static [(Pace, &'static str)],
    /// Its rules, in the paper's order.
    pub rules: &'static [RuleInfo],
    /// What it promises. Links name a promise by its place here: a new one goes to the end.
    pub promises: &'static [PromiseInfo],
    /// What a reader may expect of it that it does not promise.
    pub declines: &'static [Declined],
    /// Says which presets a run may begin with; nothing if every run begins with empty disks.
    pub presets: Option<JudgePresets>,
}

impl Dialect {
    /// What clients may ask for, as it is written.
    pub fn operations(&self) -> &'static str {
        if self.no_sync.is_empty() {
            "set key=value, get key, append key value, cas key old new, incr key, sync key"
        } else {
            "set key=value, get key, append key value, cas key old new, incr key"
        }
    }

    /// A rule by its number.
    pub fn rule(&self, rule: RuleId) -> &'static RuleInfo {
        &self.rules[usize::from(rule.0)]
    }

    /// A rule by its key.
    pub fn rule_named(&self, key: &str) -> Option<RuleId> {
        place(self.rules.iter().position(|rule| rule.key == key)).map(RuleId)
    }

    /// A kind of message by its name, whatever its case.
    pub fn kind_named(&self, name: &str) -> Option<u8> {
        place(self.kinds.iter().position(|kind| kind.name.eq_ignore_ascii_case(name)))
    }

    /// A timer by its key.
    pub fn timer_named(&self, key: &str) -> Option<crate::TimerId> {
        place(self.timers.iter().position(|timer| timer.key == key)).map(crate::TimerId)
    }

    /// An option's place by its key.
    pub fn option_named(&self, key: &str) -> Option<usize> {
        self.options.iter().position(|option| option.key == key)
    }
}

fn place(position: Option<usize>) -> Option<u8> {
    position.and_then(|position| u8::try_from(position).ok())
}
