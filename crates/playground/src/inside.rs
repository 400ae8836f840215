//! A server from inside: what is shown only to those who look, and what of it has just changed.

use crate::course::Course;
use crate::draw::Seen;
use crate::firings::shown_from;
use crate::lookout::Notes;
use protocol::{FactView, NodeView, PeerView, Protocol, Tally, Time};
use serde::Serialize;
use sim::Sim;

/// A server from inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inside {
    /// Its name.
    pub name: String,
    /// Its named values.
    pub facts: Vec<FactInside>,
    /// The majority that it counts.
    pub tally: Option<Tally>,
    /// What it remembers of the others.
    pub peers: Vec<PeerInside>,
}

/// One of a server's values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactInside {
    /// The value.
    #[serde(flatten)]
    pub fact: FactView,
    /// What it was before the shown moment, if that was something else.
    pub was: Option<String>,
    /// True if it was not on disk before the shown moment, and is now.
    pub synced: bool,
}

/// What a server remembers of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeerInside {
    /// The other server.
    pub node: protocol::NodeId,
    /// Values by their names, and what they were before the shown moment if that was something else.
    pub facts: Vec<(&'static str, String, Option<String>)>,
}

/// A server from inside at the cursor, compared with how it was before what is shown there.
pub(crate) fn inside<P: Protocol>(course: &Course<P>, name: &str) -> Option<Inside> {
    let now = look(&course.cursor.sim, name)?;
    let before = look(&before(course), name)?;
    let facts = now.view.facts.into_iter().filter(|fact| now.up || fact.durable);
    let facts = facts.map(|fact| {
        let old = before.view.facts.iter().find(|old| old.key == fact.key);
        FactInside {
            was: old.filter(|old| old.value != fact.value).map(|old| old.value.clone()),
            synced: fact.durable && old.is_some_and(|old| !old.durable),
            fact,
        }
    });
    let peers = now.view.peers.into_iter().filter(|_| now.up);
    Some(Inside {
        name: name.to_owned(),
        facts: facts.collect(),
        tally: now.view.tally.filter(|_| now.up),
        peers: peers.map(|peer| compared(peer, &before.view.peers)).collect(),
    })
}

/// A server and what can be said of it.
struct Looked {
    view: NodeView,
    up: bool,
}

fn look<P: Protocol>(sim: &Sim<P>, name: &str) -> Option<Looked> {
    let machine = sim.machines().iter().find(|machine| machine.id.to_string() == name)?;
    let view = Seen::new(sim, machine).core.view(&machine.disk);
    Some(Looked { view, up: machine.is_up() })
}

fn compared(peer: PeerView, before: &[PeerView]) -> PeerInside {
    let old = before.iter().find(|old| old.node == peer.node);
    let facts = peer.facts.into_iter().map(|(name, value)| {
        let was = old.and_then(|old| old.facts.iter().find(|(key, _)| *key == name));
        let was = was.filter(|(_, was)| *was != value).map(|(_, was)| was.clone());
        (name, value, was)
    });
    PeerInside { node: peer.node, facts: facts.collect() }
}

/// The cluster before what the reader is shown.
fn before<P: Protocol>(course: &Course<P>) -> Sim<P> {
    let position = shown_from(course);
    let near = course.checkpoints.partition_point(|checkpoint| checkpoint.sim.position() <= position);
    let mut replay = course.checkpoints[near.saturating_sub(1)].clone();
    while replay.sim.position() < position {
        replay.advance(&course.scenario, Time(u64::MAX), usize::MAX, Notes::None);
    }
    replay.sim
}
