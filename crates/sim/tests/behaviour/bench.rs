//! A cluster on the bench: acts, runs, and reads what happened.

use crate::toy::Toy;
use protocol::{ClientId, Command, Fact, Firing, NodeId, Observer, Op, Span, Time, TimerId};
use sim::{
    Action, Addr, Config, Event, Fate, Flight, Kind, Link, MessageRef, Operation, Place, Sim, Target, Watch,
    What,
};

/// Writes down what a watcher hears, one line each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(pub(crate) Vec<String>);

impl Observer for Lines {
    const RULES: bool = true;
    const FACTS: bool = true;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, _: NodeId, _: Fact) {}
}

impl<const F: bool> Watch<Toy<F>> for Lines {
    fn begin(&mut self, event: &Event) {
        // Without its position and the numbers of actions, so that two runs can be told apart by what matters.
        let what = match event.what {
            What::Action(_) => "action".to_owned(),
            What::Refused(_) => return,
            other => format!("{other:?}"),
        };
        self.0.push(format!("{}: {what}", event.at));
    }
    fn sent(&mut self, flight: &Flight<crate::toy::Word>, covered: bool) {
        let Flight { id, from, to, due_at, doomed, .. } = flight;
        let soon = if covered { "" } else { " too soon" };
        self.0.push(format!("sent{soon} {id} {from}->{to} due {due_at} {doomed:?}"));
    }
    fn ended(&mut self, flight: &Flight<crate::toy::Word>, fate: Fate, at: Time) {
        self.0.push(format!("ended {} {at} {fate:?}", flight.id));
    }
    fn wrote(&mut self, node: NodeId, disk: &crate::toy::Count) {
        self.0.push(format!("wrote {node} {}", disk.0));
    }
    fn crashed(&mut self, node: NodeId) {
        self.0.push(format!("crashed {node}"));
    }
    fn booted(&mut self, node: NodeId) {
        self.0.push(format!("booted {node}"));
    }
    fn wiped(&mut self, node: NodeId) {
        self.0.push(format!("wiped {node}"));
    }
    fn invoked(&mut self, command: &Command) {
        self.0.push(format!("invoked {}", command.op()));
    }
    fn concluded(&mut self, operation: &Operation) {
        self.0.push(format!("concluded {}", operation.outcome.name()));
    }
}

/// A cluster with its lines. `F`: its channels are FIFO.
#[derive(Clone, Debug)]
pub(crate) struct Bench<const F: bool> {
    pub(crate) sim: Sim<Toy<F>>,
    pub(crate) lines: Lines,
}

pub(crate) type Loose = Bench<false>;
pub(crate) type InOrder = Bench<true>;

/// Every message takes exactly so long.
pub(crate) fn exactly(milliseconds: u64) -> Link {
    Link { least: Span::ms(milliseconds), most: Span::ms(milliseconds), ..Link::default() }
}

pub(crate) fn at(milliseconds: u64) -> Time {
    Time(milliseconds * 1_000)
}

pub(crate) fn n(node: u8) -> Target {
    Target::Node(NodeId(node))
}

pub(crate) fn server(node: u8) -> Place {
    Place::Server(n(node))
}

pub(crate) fn client(client: u8) -> Place {
    Place::Client(ClientId(client))
}

pub(crate) fn fire(node: u8, timer: TimerId) -> Action {
    Action::Fire { node: n(node), timer }
}

pub(crate) fn cut(from: Place, to: Place, both: bool) -> Action {
    Action::Cut { from, to, both }
}

pub(crate) fn ping(from: u8, to: u8, nth: u16) -> MessageRef {
    MessageRef { kind: Kind::Protocol(0), from: server(from), to: server(to), nth }
}

pub(crate) fn submit(client: u8, to: Option<Target>) -> Action {
    Action::Submit { client: ClientId(client), to, op: Op::Get { key: "x".into() } }
}

impl<const F: bool> Bench<F> {
    /// Three servers and a client, 10 ms apart; booted, and with every FIFO channel open.
    pub(crate) fn new(change: impl FnOnce(&mut Config)) -> Bench<F> {
        let mut bench = Bench::unbooted(change);
        bench.sim.step(&mut bench.lines);
        if F {
            bench.run(20);
        }
        bench
    }

    pub(crate) fn unbooted(change: impl FnOnce(&mut Config)) -> Bench<F> {
        let mut config = Config::of(<Toy<F> as protocol::Protocol>::DIALECT);
        config.network = exactly(10);
        change(&mut config);
        Bench { sim: Sim::new(config), lines: Lines::default() }
    }

    /// Does what can be done.
    #[track_caller]
    pub(crate) fn act(&mut self, action: Action) {
        let done = self.sim.act(&action, &mut self.lines);
        assert_eq!(done, Ok(()), "{action:?}");
    }

    /// Tries what cannot be done; afterwards, and for half a second more, all is as if nobody had tried.
    #[track_caller]
    pub(crate) fn refuses(&mut self, action: Action, why: &str) {
        let mut untouched = self.clone();
        let refusal = self.sim.act(&action, &mut self.lines).expect_err("this cannot be done");
        assert_eq!(refusal.to_string(), why);
        assert_eq!(self.picture(), untouched.picture());
        let mut touched = self.clone();
        touched.run(500);
        untouched.run(500);
        assert_eq!(touched.lines.0, untouched.lines.0);
    }

    /// All that can be seen of the moment.
    pub(crate) fn picture(&self) -> String {
        let sim = &self.sim;
        let cuts: Vec<_> = sim.cuts().collect();
        let holds = (sim.held_messages(), sim.held_timers());
        format!(
            "{} {:?} {:?} {:?} {cuts:?} {holds:?}",
            sim.now(),
            sim.machines(),
            sim.clients(),
            sim.flights()
        )
    }

    /// Lets so many milliseconds pass.
    pub(crate) fn run(&mut self, milliseconds: u64) {
        let end = self.sim.now() + Span::ms(milliseconds);
        while self.sim.next_at().is_some_and(|next| next <= end) {
            self.sim.step(&mut self.lines);
        }
        self.sim.advance(end);
        assert_eq!(self.sim.now(), end);
    }

    /// What a server wrote into its diary since it booted.
    pub(crate) fn diary(&self, node: u8) -> Vec<&str> {
        let core = self.sim.machines()[usize::from(node) - 1].core.as_ref();
        core.map(|toy| toy.diary.iter().skip(1).map(String::as_str).collect()).unwrap_or_default()
    }

    /// The pings and pongs in a diary, without their times.
    pub(crate) fn heard(&self, node: u8) -> Vec<&str> {
        let lines = self.diary(node).into_iter().filter(|line| line.contains("from"));
        lines.filter_map(|line| line.split_once(' ').map(|(_, rest)| rest)).collect()
    }

    /// The lines since the last look that begin so.
    pub(crate) fn take(&mut self, beginning: &str) -> Vec<String> {
        let lines = std::mem::take(&mut self.lines.0);
        lines.into_iter().filter(|line| line.starts_with(beginning)).collect()
    }

    /// The latencies of what is in flight between two places, in the order of sending.
    pub(crate) fn latencies(&self, from: Addr, to: Addr) -> Vec<Span> {
        let flights = self.sim.flights();
        let on_link = flights.iter().filter(|flight| flight.from == from && flight.to == to);
        on_link.map(|flight| flight.due_at - flight.sent_at).collect()
    }

    pub(crate) fn count(&self, node: u8) -> u32 {
        self.sim.machines()[usize::from(node) - 1].disk.0
    }

    /// The due time of a running timer.
    pub(crate) fn due(&self, node: u8, timer: TimerId) -> Option<Time> {
        self.sim.machines()[usize::from(node) - 1].timers[usize::from(timer.0)].due_at
    }
}

pub(crate) const N1: Addr = Addr::Server(NodeId(1));
pub(crate) const N2: Addr = Addr::Server(NodeId(2));
