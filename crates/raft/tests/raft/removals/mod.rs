//! Every rule, taken away. Each schedule is the shortest that we know in which the rule decides: with it the promise
//! holds, without it the promise breaks.

mod append;
mod clients;
mod elections;
mod extensions;
mod leaders;
mod servers;
mod votes;

use crate::cluster::Cluster;
use protocol::{Protocol, RuleId, Verdict};
use raft::Raft;

/// The tests below, as text.
pub(crate) const TEXTS: [&str; 7] = [
    include_str!("append.rs"),
    include_str!("clients.rs"),
    include_str!("elections.rs"),
    include_str!("extensions.rs"),
    include_str!("leaders.rs"),
    include_str!("servers.rs"),
    include_str!("votes.rs"),
];

/// Plays a schedule with the rule and without it: the promise that the rule names must break without it only.
fn breaks(rule: RuleId, play: impl Fn(&[RuleId]) -> Cluster) -> [Cluster; 2] {
    let [with, without] = compare(rule, play);
    let promise = Raft::DIALECT.rule(rule).promise;
    assert!(without.ghost.broken.contains(promise), "{promise} not in {:?}", without.ghost.broken);
    [with, without]
}

/// Plays a schedule with the rule and without it: nothing may break with it, and the rule must speak without it.
fn compare(rule: RuleId, play: impl Fn(&[RuleId]) -> Cluster) -> [Cluster; 2] {
    let with = play(&[]);
    with.assert_sound();
    let without = play(&[rule]);
    let spoke = without
        .firings
        .iter()
        .any(|(_, firing)| firing.rule == rule && firing.verdict == Verdict::Overridden);
    assert!(spoke, "nobody said that {} is off", Raft::DIALECT.rule(rule).key);
    [with, without]
}
