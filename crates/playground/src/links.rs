//! How the links treat messages now.

use crate::info::NetworkView;
use protocol::Protocol;
use serde::Serialize;
use sim::{Addr, Link, Sim};

/// The settings of a link, or of all links that have none of their own.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// Both ends, if it is one link and one direction only; empty for all others.
    pub ends: Vec<String>,
    /// Its settings.
    pub network: NetworkView,
}

/// The settings of most links first, then those of each link that differs.
pub(crate) fn links<P: Protocol>(sim: &Sim<P>) -> Vec<LinkView> {
    let client = |place: &Addr| matches!(place, Addr::Client(_));
    let pairs = sim.places().iter().flat_map(|from| sim.places().iter().map(move |to| (*from, *to)));
    let pairs = pairs.filter(|(from, to)| from != to && !(client(from) && client(to)));
    let all: Vec<((Addr, Addr), Link)> = pairs.map(|(from, to)| ((from, to), sim.link(from, to))).collect();
    let count = |link: &Link| all.iter().filter(|(_, other)| other == link).count();
    // The first of the most frequent.
    let usual = all.iter().rev().map(|(_, link)| *link).max_by_key(count).unwrap_or(sim.config().network);
    let own = all.into_iter().filter(|(_, link)| *link != usual);
    let own = own.map(|((from, to), link)| LinkView {
        ends: vec![from.to_string(), to.to_string()],
        network: view(&link),
    });
    [LinkView { ends: Vec::new(), network: view(&usual) }].into_iter().chain(own).collect()
}

/// A link's settings as the page reads them.
pub(crate) fn view(link: &Link) -> NetworkView {
    NetworkView {
        least: link.least.0,
        most: link.most.0,
        jitter: link.jitter.0,
        loss: link.loss,
        duplicate: link.duplicate,
        reorder: link.reorder,
    }
}
