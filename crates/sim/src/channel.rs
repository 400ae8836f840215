//! FIFO channels: they keep their order, and close at both ends when they break.
//!
//! A channel between two servers stands while both are up and nothing between them is cut. When it breaks, what is under
//! way in it is lost at once; one latency later each end notices. Only when both ends have noticed does a new channel
//! open, and one latency later both ends notice that. A frozen end notices when it goes on; an end that crashed has
//! nothing left to notice. So an end never takes two channels for one, however fast the break was mended.

use crate::queue::Due;
use crate::watch::{Watch, What};
use crate::{Addr, Flight, Sim};
use protocol::{Channel, Input, NodeId, Protocol, Time};

/// The channels of a cluster. Empty unless the protocol's channels are FIFO.
#[derive(Clone, Debug)]
pub(crate) struct Channels {
    servers: usize,
    /// Row by row, from each server to each: what it last noticed.
    noticed: Vec<bool>,
    /// For each pair, in the row of the lower: whether it stands.
    open: Vec<bool>,
    /// For each pair: the order of its one ticket, or 0.
    tickets: Vec<u64>,
}

impl Channels {
    pub(crate) fn new(servers: usize, fifo: bool) -> Channels {
        let size = if fifo { servers * servers } else { 0 };
        Channels { servers, noticed: vec![false; size], open: vec![false; size], tickets: vec![0; size] }
    }

    fn row(&self, from: NodeId, to: NodeId) -> usize {
        from.slot() * self.servers + to.slot()
    }

    fn pair(&self, a: NodeId, b: NodeId) -> usize {
        self.row(a.min(b), a.max(b))
    }
}

impl<P: Protocol> Sim<P> {
    pub(crate) const FIFO: bool = matches!(P::DIALECT.channel, Channel::Fifo);

    /// True if two places are joined by a FIFO channel: clients' links never are.
    pub(crate) fn is_fifo(from: Addr, to: Addr) -> bool {
        Self::FIFO && matches!((from, to), (Addr::Server(_), Addr::Server(_)))
    }

    /// True if a FIFO channel is needed and does not stand.
    pub(crate) fn is_shut(&self, from: Addr, to: Addr) -> bool {
        let (Addr::Server(a), Addr::Server(b)) = (from, to) else { return false };
        Self::FIFO && !self.channels.open[self.channels.pair(a, b)]
    }

    /// The earlier messages of the same FIFO channel that are still under way.
    pub(crate) fn before(&self, flight: &Flight<P::Message>) -> impl Iterator<Item = &Flight<P::Message>> {
        let (from, to, id) = (flight.from, flight.to, flight.id);
        let flights = Self::is_fifo(from, to).then(|| self.flights.iter().map(|(_, other)| other));
        flights
            .into_iter()
            .flatten()
            .filter(move |other| other.from == from && other.to == to && other.id < id)
    }

    /// A server has forgotten its channels.
    pub(crate) fn forget_channels(&mut self, node: NodeId) {
        if Self::FIFO {
            let row = node.slot() * self.channels.servers;
            self.channels.noticed[row..row + self.channels.servers].fill(false);
        }
    }

    /// After anything that makes or breaks channels: breaks those that no longer stand, and lets the ends of those that
    /// changed notice it one latency later.
    pub(crate) fn open_channels(&mut self) {
        if !Self::FIFO {
            return;
        }
        let servers = u8::try_from(self.machines.len()).unwrap_or(u8::MAX);
        for a in (1..=servers).map(NodeId) {
            for b in (a.0 + 1..=servers).map(NodeId) {
                let pair = self.channels.pair(a, b);
                if self.channels.open[pair] && !self.can_stand(a, b) {
                    self.channels.open[pair] = false;
                    self.doom(Addr::Server(a), Addr::Server(b));
                    self.doom(Addr::Server(b), Addr::Server(a));
                }
                self.schedule_notice(a, b);
            }
        }
    }

    fn schedule_notice(&mut self, a: NodeId, b: NodeId) {
        let pair = self.channels.pair(a, b);
        if self.channels.tickets[pair] == 0 && self.has_news(a, b) {
            let least = self.network.link(Addr::Server(a), Addr::Server(b)).least;
            let order = self.queue.order();
            self.channels.tickets[pair] = order;
            self.queue.push(self.now + least, order, Due::Channel(a, b));
        }
    }

    fn can_stand(&self, a: NodeId, b: NodeId) -> bool {
        let (x, y) = (Addr::Server(a), Addr::Server(b));
        let up = self.machines[a.slot()].is_up() && self.machines[b.slot()].is_up();
        up && !self.network.is_cut(x, y) && !self.network.is_cut(y, x)
    }

    /// True if a server is to notice that its channel to another broke.
    fn misses_break(&self, node: NodeId, other: NodeId) -> bool {
        let broken = !self.channels.open[self.channels.pair(node, other)];
        broken && self.channels.noticed[self.channels.row(node, other)] && !self.machines[node.slot()].paused
    }

    /// True if a channel is to open: it could stand, and both ends are awake and know that it does not.
    fn may_open(&self, a: NodeId, b: NodeId) -> bool {
        let idle = |node: NodeId, other: NodeId| {
            !self.channels.noticed[self.channels.row(node, other)] && !self.machines[node.slot()].paused
        };
        !self.channels.open[self.channels.pair(a, b)] && idle(a, b) && idle(b, a) && self.can_stand(a, b)
    }

    fn has_news(&self, a: NodeId, b: NodeId) -> bool {
        self.misses_break(a, b) || self.misses_break(b, a) || self.may_open(a, b)
    }

    /// True if a ticket is the one of its channel, and there is something to notice.
    pub(crate) fn is_news(&self, a: NodeId, b: NodeId, order: u64) -> bool {
        self.channels.tickets[self.channels.pair(a, b)] == order && self.has_news(a, b)
    }

    /// A ticket is gone without anything to notice.
    pub(crate) fn drop_notice(&mut self, a: NodeId, b: NodeId, order: u64) {
        let pair = self.channels.pair(a, b);
        if self.channels.tickets[pair] == order {
            self.channels.tickets[pair] = 0;
        }
    }

    pub(crate) fn notice_channel<W: Watch<P>>(&mut self, a: NodeId, b: NodeId, at: Time, watch: &mut W) {
        let pair = self.channels.pair(a, b);
        let opens = self.may_open(a, b);
        self.channels.tickets[pair] = 0;
        self.channels.open[pair] = opens;
        let event = self.begin(at, What::Channel(a, b, opens), Some(Addr::Server(a)), watch);
        for (node, other) in [(a, b), (b, a)] {
            let row = self.channels.row(node, other);
            if opens {
                self.channels.noticed[row] = true;
            } else if self.misses_break(node, other) {
                self.channels.noticed[row] = false;
            } else {
                continue;
            }
            let input = if opens { Input::ChannelOpened(other) } else { Input::ChannelClosed(other) };
            self.give(node, input, watch);
        }
        self.schedule_notice(a, b);
        watch.end(&event, self);
    }
}
