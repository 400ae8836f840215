//! Who can reach whom, and how well.

use crate::{Addr, Config, Link};

/// The places of a cluster in a fixed order (servers, then clients), with the cuts and settings between them.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    servers: usize,
    places: Vec<Addr>,
    /// Row by row, from each place to each: true if cut.
    cuts: Vec<bool>,
    links: Vec<Link>,
}

impl Network {
    pub(crate) fn new(config: &Config, places: Vec<Addr>) -> Network {
        let links = places.iter().flat_map(|from| places.iter().map(|to| config.link(*from, *to))).collect();
        let cuts = vec![false; places.len() * places.len()];
        Network { servers: usize::from(config.servers), places, cuts, links }
    }

    pub(crate) fn places(&self) -> &[Addr] {
        &self.places
    }

    /// A place's slot.
    pub(crate) fn slot(&self, place: Addr) -> usize {
        match place {
            Addr::Server(node) => node.slot(),
            Addr::Client(client) => self.servers + client.slot(),
        }
    }

    fn at(&self, from: Addr, to: Addr) -> usize {
        self.slot(from) * self.places.len() + self.slot(to)
    }

    pub(crate) fn is_cut(&self, from: Addr, to: Addr) -> bool {
        self.cuts[self.at(from, to)]
    }

    pub(crate) fn set_cut(&mut self, from: Addr, to: Addr, cut: bool) {
        let at = self.at(from, to);
        self.cuts[at] = cut;
    }

    pub(crate) fn link(&self, from: Addr, to: Addr) -> Link {
        self.links[self.at(from, to)]
    }

    pub(crate) fn set_link(&mut self, from: Addr, to: Addr, link: Link) {
        let at = self.at(from, to);
        self.links[at] = link;
    }

    pub(crate) fn set_all_links(&mut self, link: Link) {
        self.links.fill(link);
    }

    pub(crate) fn mend_all(&mut self) {
        self.cuts.fill(false);
    }

    /// Every one-way cut, in the order of the places.
    pub(crate) fn cuts(&self) -> impl Iterator<Item = (Addr, Addr)> {
        let pairs = self.places.iter().flat_map(|from| self.places.iter().map(move |to| (*from, *to)));
        pairs.zip(&self.cuts).filter(|(_, cut)| **cut).map(|(pair, _)| pair)
    }

    /// Cuts every link between places of different groups and mends every other link between servers.
    ///
    /// Servers in no group form one more. A client in a group is cut from all servers of other groups; a client in
    /// none reaches everybody.
    pub(crate) fn partition(&mut self, groups: &[Vec<Addr>]) {
        let group_of = |place: Addr| groups.iter().position(|group| group.contains(&place));
        let places = self.places.clone();
        for from in &places {
            for to in &places {
                let clients = matches!((from, to), (Addr::Client(_), Addr::Client(_)));
                let free = |place: &Addr| matches!(place, Addr::Client(_)) && group_of(*place).is_none();
                let apart = group_of(*from) != group_of(*to) && !free(from) && !free(to);
                self.set_cut(*from, *to, apart && !clients);
            }
        }
    }
}
