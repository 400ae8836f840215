//! The load: a cluster at work.

use check::Checker;
use protocol::{ClientId, Fact, Firing, NodeId, Observer, Op, Protocol, Span, Time};
use sim::{Action, Config, Event, Sim, Watch, What};

const COMMAND_EVERY: Span = Span::ms(100);
const FIRST_COMMAND: Time = Time(1_000_000);

/// Five servers, 10 to 15 ms from one to another, and a client that asks for something every 100 ms.
/// Whatever the protocol, it is asked for the same at the same times.
pub struct Cluster<P: Protocol> {
    sim: Sim<P>,
    commands: Vec<Action>,
    next_command: Time,
    asked: usize,
}

impl<P: Protocol> Default for Cluster<P> {
    fn default() -> Cluster<P> {
        let mut config = Config { servers: 5, ..Config::of(P::DIALECT) };
        (config.network.least, config.network.most) = (Span::ms(10), Span::ms(15));
        let set = |n: u8| Op::Set { key: format!("k{n}").into(), value: format!("v{n}").into() };
        let commands = (0..8).map(|n| Action::Submit { client: ClientId(1), to: None, op: set(n) });
        Cluster { sim: Sim::new(config), commands: commands.collect(), next_command: FIRST_COMMAND, asked: 0 }
    }
}

impl<P: Protocol> Cluster<P> {
    /// Plays up to an instant and says how many events happened.
    pub fn run<W: Watch<P>>(&mut self, until: Time, watch: &mut W) -> u32 {
        let before = self.sim.position();
        while self.sim.now() < until {
            let target = self.next_command.min(until);
            while self.sim.next_at().is_some_and(|next| next <= target) {
                self.sim.step(watch);
            }
            self.sim.advance(target);
            if target == self.next_command {
                let command = &self.commands[self.asked % self.commands.len()];
                // A client that the cluster has may always ask.
                let _ = self.sim.act(command, watch);
                self.asked += 1;
                self.next_command = self.next_command + COMMAND_EVERY;
            }
        }
        self.sim.position() - before
    }
}

/// A fresh cluster without a watcher. Gives the number of events.
pub fn unwatched<P: Protocol>(seconds: u32) -> u32 {
    Cluster::<P>::default().run(Time(u64::from(seconds) * 1_000_000), &mut ())
}

/// A fresh cluster whose promises are checked. Gives the number of events.
///
/// # Panics
/// If a promise is broken: then the figures are worth nothing.
pub fn checked<P: Protocol>(seconds: u32) -> u32 {
    let mut checker = Checker::new(P::DIALECT, 5);
    let events = Cluster::<P>::default().run(Time(u64::from(seconds) * 1_000_000), &mut checker);
    assert!(checker.violations().is_empty() && checker.chosen().len() > 1, "the cluster does its work");
    events
}

/// How many messages are delivered in so many seconds.
pub fn messages<P: Protocol>(seconds: u32) -> u32 {
    let mut counter = Messages(0);
    Cluster::<P>::default().run(Time(u64::from(seconds) * 1_000_000), &mut counter);
    counter.0
}

struct Messages(u32);

impl Observer for Messages {
    const RULES: bool = false;
    const FACTS: bool = false;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, _: NodeId, _: Fact) {}
}

impl<P: Protocol> Watch<P> for Messages {
    fn begin(&mut self, event: &Event) {
        self.0 += u32::from(matches!(event.what, What::Delivered(_)));
    }
}
