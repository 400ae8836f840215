//! One random schedule, move by move.
//!
//! A schedule is a row of phases. A phase picks a group of servers, begins with one thing (a timer fires, a client asks,
//! a server crashes, an old message arrives) and then delivers what passes within the group, for a while or until nothing
//! is left. So elections are won and entries replicated, among changing groups and in the presence of old messages,
//! without anybody having said what an election is.

use crate::dice::Dice;
use crate::mix::{Mix, STARTS, Start};
use crate::moves::{self, Letter, Move};
use crate::shape::{Clock, Setting};
use crate::stage::Stage;
use protocol::{ClientId, Message, NodeId, Op, Protocol, RoleKind, Span, TimerId};
use sim::{Addr, Body, Flight, Kind};

/// More messages than this are not kept in flight: the oldest is lost.
const MOST_IN_FLIGHT: usize = 48;

/// How many deliveries a phase makes that does not go on until the end.
const FEW: usize = 5;

/// What has been done to a cluster, and what is to come.
#[derive(Clone, Debug)]
pub(crate) struct Walk<P: Protocol> {
    pub(crate) stage: Stage<P>,
    pub(crate) moves: Vec<Move>,
    pub(crate) mix: Mix,
    phase: Phase,
    /// How many moves are left.
    left: u32,
    /// The kinds of message that have to arrive late, and those that have to arrive twice, as sets.
    pub(crate) late: u64,
    twice: u64,
    /// The messages that were kept back, by number.
    kept: Vec<u32>,
    /// How many commands were submitted.
    asked: usize,
    /// True if clients have to read where they asked before.
    reads: bool,
    /// Who asked last, and whom.
    asker: Option<(ClientId, NodeId)>,
}

#[derive(Clone, Debug, Default)]
struct Phase {
    /// Bit 0 for n1.
    group: u32,
    /// Those of it whose disks do not get on.
    lazy: u32,
    deliveries: u32,
    shuffle: bool,
    /// Only messages from this number on.
    since: u32,
}

impl<P: Protocol> Walk<P> {
    pub(crate) fn new(setting: &Setting, dice: &mut Dice, counts: bool) -> Walk<P> {
        let mix = Mix::draw(dice, setting, Stage::<P>::FIFO);
        Walk {
            stage: Stage::new(&setting.config, setting.clock, counts),
            moves: Vec::new(),
            phase: Phase::default(),
            left: mix.moves,
            mix,
            late: setting.late,
            twice: setting.twice,
            kept: Vec::new(),
            asked: 0,
            reads: setting.reads,
            asker: None,
        }
    }

    /// Another way to go on from here, of at most so many moves.
    pub(crate) fn fork(&self, setting: &Setting, dice: &mut Dice, most: u32) -> Walk<P> {
        let mix = Mix::draw(dice, setting, Stage::<P>::FIFO);
        Walk { left: mix.moves.min(most), mix, phase: Phase::default(), ..self.clone() }
    }

    /// Makes one move. False if the schedule is over.
    pub(crate) fn advance(&mut self, dice: &mut Dice) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        if self.stage.clock == Clock::Running {
            self.go_on(dice);
            return true;
        }
        if self.stage.sim.in_flight() > MOST_IN_FLIGHT && !Stage::<P>::FIFO {
            self.lose_one();
        }
        if !self.deliver(dice) {
            self.begin(dice);
        }
        true
    }

    /// Loses the oldest message that says nothing new or, if all do, the oldest that was not kept back.
    fn lose_one(&mut self) {
        let routine = |flight: &Flight<P::Message>| match &flight.body {
            Body::Protocol(message) => message.is_routine(),
            _ => false,
        };
        let is_kept = |flight: &Flight<P::Message>| self.kept.contains(&flight.id);
        let lost = self.first(routine).or(self.first(|flight| !is_kept(flight)));
        self.with_message(lost, Move::Drop);
    }

    pub(crate) fn make(&mut self, step: Move) -> bool {
        let done = self.stage.make(&step);
        if done {
            moves::push(&mut self.moves, step);
        }
        done
    }

    fn with_message(&mut self, id: Option<u32>, step: impl Fn(Letter) -> Move) -> bool {
        let Some(id) = id else { return false };
        let Some(step) = self.stage.letter(id).map(step) else { return false };
        let done = self.stage.move_message(id, &step);
        if done {
            self.moves.push(step);
        }
        done
    }

    /// Brings the writes of a server of the group to its disk, unless it is one of those whose disks are slow now.
    fn flush(&mut self, dice: &mut Dice) -> bool {
        let Phase { group, lazy, .. } = self.phase;
        let waits = |node: NodeId| self.stage.sim.machines()[node.slot()].unsynced() > 0;
        let ready = self.servers(|node| (group & !lazy) >> node.slot() & 1 == 1 && waits(node));
        let chosen = dice.pick(&ready).copied().filter(|_| dice.percent(self.mix.flush));
        chosen.is_some_and(|node| self.make(Move::Sync(node)))
    }

    /// The next delivery of the phase in hand. False if it is over.
    fn deliver(&mut self, dice: &mut Dice) -> bool {
        if self.phase.deliveries == 0 {
            return false;
        }
        if self.mix.flush > 0 && self.flush(dice) {
            return true;
        }
        let Phase { group, since, shuffle, .. } = self.phase;
        let wanted = |flight: &Flight<P::Message>| flight.id >= since && self.passes(group, flight);
        let fresh = |flight: &Flight<P::Message>| wanted(flight) && !self.kept.contains(&flight.id);
        let chosen = if shuffle { self.any(dice, fresh) } else { self.first(fresh) };
        self.phase.deliveries = if chosen.is_some() { self.phase.deliveries - 1 } else { 0 };
        if let Some(id) = chosen {
            let wanted = self.stage.sim.each_flight().any(|flight| flight.id == id && self.is_late(flight));
            if dice.percent(if wanted { self.mix.keep_late } else { self.mix.keep }) {
                self.kept.push(id);
                return true;
            }
            let doubled = |flight: &Flight<P::Message>| flight.id == id && is_of(self.twice, flight);
            if self.stage.sim.each_flight().any(doubled) && dice.percent(self.mix.twice) {
                self.with_message(chosen, Move::Duplicate);
            }
        }
        self.with_message(chosen, Move::Deliver)
    }

    /// True if a message can arrive, and does not leave the group.
    fn passes(&self, group: u32, flight: &Flight<P::Message>) -> bool {
        let within = |addr: Addr| match addr {
            Addr::Server(node) => group >> node.slot() & 1 == 1 && self.is_up(node),
            Addr::Client(_) => true,
        };
        flight.doomed.is_none() && within(flight.to) && within(flight.from)
    }

    /// True if a message is of a kind that has to arrive late.
    fn is_late(&self, flight: &Flight<P::Message>) -> bool {
        is_of(self.late, flight)
    }

    fn first(&self, wanted: impl Fn(&Flight<P::Message>) -> bool) -> Option<u32> {
        self.stage.sim.each_flight().filter(|flight| wanted(flight)).map(|flight| flight.id).min()
    }

    fn any(&self, dice: &mut Dice, wanted: impl Fn(&Flight<P::Message>) -> bool) -> Option<u32> {
        let mut ids: Vec<u32> =
            self.stage.sim.each_flight().filter(|flight| wanted(flight)).map(|flight| flight.id).collect();
        ids.sort_unstable();
        dice.pick(&ids).copied()
    }

    pub(crate) fn is_up(&self, node: NodeId) -> bool {
        self.stage.sim.machines()[node.slot()].is_up()
    }

    fn leads(&self, node: NodeId) -> bool {
        let core = self.stage.sim.machines()[node.slot()].core.as_ref();
        core.is_some_and(|core| P::DIALECT.roles[usize::from(core.status().role)].kind == RoleKind::Leading)
    }

    pub(crate) fn servers(&self, wanted: impl Fn(NodeId) -> bool) -> Vec<NodeId> {
        self.stage.sim.machines().iter().map(|machine| machine.id).filter(|node| wanted(*node)).collect()
    }

    /// Begins a phase.
    fn begin(&mut self, dice: &mut Dice) {
        let usurpers = self.usurpers(dice);
        let node = if usurpers == 0 {
            let Some(start) = dice.weigh(&self.mix.starts).map(|place| STARTS[place]) else { return };
            self.disturb(start, dice)
        } else {
            self.fire(false, usurpers, dice)
        };
        let drains = dice.percent(self.mix.drain);
        let few = u32::try_from(dice.below(FEW)).unwrap_or_default();
        let stale = dice.percent(self.mix.stale);
        let all = self.servers(|_| self.mix.flush > 0);
        let lazy =
            all.iter().filter(|_| dice.percent(self.mix.lazy)).fold(0, |set, node| set | 1 << node.slot());
        self.phase = Phase {
            group: if usurpers == 0 { self.draw_group(node, dice) } else { usurpers },
            lazy,
            deliveries: if drains { 40 } else { few },
            shuffle: dice.percent(self.mix.shuffle),
            since: if stale { 0 } else { self.stage.fresh },
        };
    }

    /// Those who lack what is committed, where they may be a majority; none if this phase is not theirs.
    fn usurpers(&self, dice: &mut Dice) -> u32 {
        if dice.percent(self.mix.usurp) { self.stage.lacking() } else { 0 }
    }

    /// A group around a server, or around any.
    pub(crate) fn draw_group(&self, node: Option<NodeId>, dice: &mut Dice) -> u32 {
        let servers = self.stage.sim.machines().len();
        let size = match dice.weigh(&self.mix.groups) {
            Some(1) => servers / 2 + 1,
            Some(2) => 2,
            Some(3) => 1,
            _ => servers,
        };
        let mut rest = self.servers(|other| Some(other) != node);
        let mut group = node.map_or(0, |node| 1 << node.slot());
        while (u32::count_ones(group) as usize) < size && !rest.is_empty() {
            group |= 1 << rest.swap_remove(dice.below(rest.len())).slot();
        }
        group
    }

    /// One of these, one that leads before others.
    pub(crate) fn prefer_leader(&self, of: &[NodeId], dice: &mut Dice) -> Option<NodeId> {
        let leaders: Vec<NodeId> = of.iter().copied().filter(|node| self.leads(*node)).collect();
        let leaders = if dice.percent(self.mix.lead) { leaders } else { Vec::new() };
        dice.pick(&leaders).or(dice.pick(of)).copied()
    }

    /// Does the one thing with which a phase begins. The server at which it happened.
    pub(crate) fn disturb(&mut self, start: Start, dice: &mut Dice) -> Option<NodeId> {
        match start {
            Start::Seek => return self.seek(dice),
            Start::Tick => return self.fire(true, u32::MAX, dice),
            Start::Submit => return self.submit(dice),
            Start::Crash => return self.crash(dice),
            Start::Restart => {
                let node = *dice.pick(&self.servers(|node| !self.is_up(node)))?;
                return self.make(Move::Restart(node)).then_some(node);
            }
            Start::Blackout => return self.black_out(dice),
            Start::Late | Start::Double | Start::Lose => {
                let focus = self.focus(dice).filter(|_| start == Start::Late);
                let arrives = |flight: &Flight<P::Message>| self.passes(u32::MAX, flight);
                let to_focus = |flight: &Flight<P::Message>| {
                    arrives(flight) && focus.is_some_and(|node| flight.to == Addr::Server(node))
                };
                let focused = if focus.is_some() { self.any(dice, to_focus) } else { None };
                let kept = |flight: &Flight<P::Message>| self.kept.contains(&flight.id) && arrives(flight);
                let late = |flight: &Flight<P::Message>| self.is_late(flight) && arrives(flight);
                let late = if dice.percent(50) { self.any(dice, late) } else { None };
                let kept = if dice.percent(60) { late.or_else(|| self.any(dice, kept)) } else { late };
                let id = focused.or(kept).or_else(|| self.any(dice, arrives));
                self.with_message(
                    id,
                    match start {
                        Start::Late => Move::Deliver,
                        Start::Double => Move::Duplicate,
                        _ => Move::Drop,
                    },
                );
            }
            Start::Probe => return self.probe(dice),
            Start::Sync => {
                let node = *dice
                    .pick(&self.servers(|node| self.stage.sim.machines()[node.slot()].unsynced() > 0))?;
                return self.make(Move::Sync(node)).then_some(node);
            }
            Start::Cut => {
                let all = self.servers(|_| true);
                let (a, b) = (*dice.pick(&all)?, *dice.pick(&all)?);
                self.make(if dice.percent(40) { Move::Heal } else { Move::Cut(a, b) });
            }
            Start::Split => return self.split(dice),
            Start::Hold => return self.hold(dice),
            Start::Stall => return self.stall(dice),
            Start::Wait => {
                let short = [Span::ms(40), Span::ms(500)];
                self.make(Move::Wait(*dice.pick(&short)?));
            }
        }
        None
    }

    /// The server where a rule that is off last would have spoken, if this is about that one.
    pub(crate) fn focus(&self, dice: &mut Dice) -> Option<NodeId> {
        self.stage.eyes.last_overridden.filter(|node| self.is_up(*node) && dice.percent(self.mix.focus))
    }

    /// A server seeks to lead, and sometimes another at once.
    fn seek(&mut self, dice: &mut Dice) -> Option<NodeId> {
        let first = self.fire(false, u32::MAX, dice);
        if let Some(first) = first.filter(|_| dice.percent(self.mix.duel)) {
            self.fire(false, !(1 << first.slot()), dice);
        }
        first
    }

    /// Fires a timer of one of these servers: of one that leads, or of one that does not.
    fn fire(&mut self, leading: bool, of: u32, dice: &mut Dice) -> Option<NodeId> {
        let runs = |node: &NodeId| {
            let machine = &self.stage.sim.machines()[node.slot()];
            of >> node.slot() & 1 == 1
                && machine.is_up()
                && machine.timers.iter().any(|timer| timer.due_at.is_some())
        };
        let nodes = self.servers(|node| runs(&node) && self.leads(node) == leading);
        let led: Vec<NodeId> =
            nodes.iter().copied().filter(|node| self.stage.eyes.led >> node.slot() & 1 == 1).collect();
        let again = !leading && dice.percent(self.mix.again);
        let focus = self.focus(dice).filter(|node| nodes.contains(node));
        let node = match focus {
            Some(node) => node,
            None => *dice.pick(&led).filter(|_| again).or_else(|| dice.pick(&nodes))?,
        };
        let timers = &self.stage.sim.machines()[node.slot()].timers;
        let running: Vec<TimerId> = (0u8..)
            .map(TimerId)
            .zip(timers)
            .filter(|(_, timer)| timer.due_at.is_some())
            .map(|(id, _)| id)
            .collect();
        let timer = *dice.pick(&running)?;
        self.make(Move::Fire(node, timer)).then_some(node)
    }

    /// What a client asks for: mostly to store a value that nobody else stores.
    fn operation(&self, dice: &mut Dice) -> Op {
        let letter = char::from(b'a' + u8::try_from(self.asked % 26).unwrap_or_default());
        let (key, value) = ("x".into(), letter.to_string().into());
        let syncs = P::DIALECT.no_sync.is_empty();
        match dice.below(10) {
            0 => Op::Get { key },
            1 => Op::Incr { key: "n".into() },
            2 if syncs => Op::Sync { key },
            3..=5 if self.reads => Op::Get { key },
            6..=7 if self.reads && syncs => Op::Sync { key },
            _ => Op::Set { key, value },
        }
    }

    /// A client asks a server, and mostly gets through to it.
    fn submit(&mut self, dice: &mut Dice) -> Option<NodeId> {
        let node = self.prefer_leader(&self.servers(|node| self.is_up(node)), dice)?;
        let clients = self.stage.sim.clients();
        let free: Vec<ClientId> =
            clients.iter().filter(|client| client.busy_with().is_none()).map(|client| client.id).collect();
        let client = *dice.pick(&free)?;
        let may = |(client, node): &(ClientId, NodeId)| free.contains(client) && self.is_up(*node);
        let again = self.asker.filter(|asker| self.reads && may(asker) && dice.percent(70));
        let (client, node) = again.unwrap_or((client, node));
        let op = self.operation(dice);
        if !self.make(Move::Submit(client, node, op)) {
            return None;
        }
        self.asked += 1;
        self.asker = Some((client, node));
        if self.stage.clock != Clock::Running && dice.percent(90) {
            let request =
                self.first(|flight| flight.id >= self.stage.fresh && flight.from == Addr::Client(client));
            self.with_message(request, Move::Deliver);
        }
        if dice.percent(self.mix.burst) {
            self.submit(dice);
        }
        Some(node)
    }
}

/// True if a message is of a kind of a set.
fn is_of<M: Message>(kinds: u64, flight: &Flight<M>) -> bool {
    matches!(flight.body.kind(), Kind::Protocol(kind) if kinds >> kind & 1 == 1)
}
