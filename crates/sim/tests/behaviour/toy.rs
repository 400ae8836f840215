//! A toy protocol: a server whose tick timer fires pings everybody; who hears a ping counts it on disk and answers.
//! n1 leads. Every input stands in the server's diary.

use protocol::{
    Answer, Cell, Channel, Content, Dialect, Digest, Durable, Effects, FactView, Family, Index, Input,
    KindInfo, Message, NodeId, NodeView, Observer, OptionInfo, OptionKind, Protocol, Reply, Requirement,
    RoleInfo, RoleKind, Setup, Span, Status, Term, Time, TimerId, TimerInfo,
};

/// Fires, pings everybody, and is set again.
pub(crate) const TICK: TimerId = TimerId(0);
/// Set by a ping and stopped by a pong, if the option `alarm` is on.
pub(crate) const ALARM: TimerId = TimerId(1);

/// The places of the options.
pub(crate) const TICK_LEAST: usize = 0;
pub(crate) const TICK_MOST: usize = 1;
/// 0: n1 leads and the others say so; 1: nobody leads; 2: nobody answers; 3: nobody knows; 4: everybody fails.
pub(crate) const MANNER: usize = 2;
/// Pongs do not wait for the disk.
pub(crate) const HASTY: usize = 3;
pub(crate) const WITH_ALARM: usize = 4;

const fn span(key: &'static str, default: i64) -> OptionInfo {
    OptionInfo { key, words: "", source: "", kind: OptionKind::Span { least: 0, most: i64::MAX }, default }
}

const LOOSE: Dialect = Dialect {
    key: "toy",
    name: "Toy",
    term: "term",
    index: "index",
    committed: "committed",
    support: "vote",
    leads: "leads",
    finds_leader: true,
    no_sync: "nobody needs one",
    channel: Channel::Reorderable,
    slots: false,
    roles: &[
        RoleInfo { name: "Follower", kind: RoleKind::Idle },
        RoleInfo { name: "Leader", kind: RoleKind::Leading },
    ],
    timers: &[
        TimerInfo { key: "tick", name: "tick timer", ring: true },
        TimerInfo { key: "alarm", name: "alarm timer", ring: false },
    ],
    kinds: &[
        KindInfo { name: "Ping", family: Family::Propose, reply: false },
        KindInfo { name: "Pong", family: Family::Acknowledge, reply: true },
    ],
    options: &[
        span("tick-least", 10_000_000),
        span("tick-most", 10_000_000),
        span("manner", 0),
        span("hasty", 0),
        span("alarm", 0),
    ],
    paces: &[],
    rules: &[],
    promises: &[],
    declines: &[],
    presets: None,
};

static REORDERABLE: Dialect = LOOSE;
static FIFO: Dialect = Dialect { channel: Channel::Fifo, ..LOOSE };

#[derive(Clone, Debug, PartialEq, Hash)]
pub(crate) enum Word {
    Ping(u32),
    /// The answer to a ping, with the count that the sender has on its disk.
    Pong(u32, u32),
}

impl Message for Word {
    fn kind(&self) -> u8 {
        matches!(self, Word::Pong(..)).into()
    }
    fn term(&self) -> Term {
        Term::default()
    }
    fn label(&self) -> String {
        match self {
            Word::Ping(n) => format!("ping {n}"),
            Word::Pong(n, _) => format!("pong {n}"),
        }
    }
    fn fields(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    fn is_routine(&self) -> bool {
        false
    }
    fn requirement(&self) -> Requirement {
        let number = if let Word::Pong(_, count) = self { *count } else { 0 };
        Requirement { term: Term::new(number), ..Requirement::default() }
    }
    fn digest(&self, _: &mut Digest) {}
}

/// How many pings a server has heard.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub(crate) struct Count(pub(crate) u32);

impl Durable for Count {
    type Delta = u32;
    fn write(&mut self, delta: u32) {
        self.0 = delta;
    }
    fn covers(&self, need: &Requirement) -> bool {
        self.0 >= need.term.number
    }
    fn digest(&self, _: &mut Digest) {}
}

#[derive(Clone, Debug, Hash)]
pub(crate) struct Toy<const IN_ORDER: bool> {
    id: NodeId,
    setup: Setup,
    ticks: u32,
    count: u32,
    pub(crate) diary: Vec<String>,
}

type Fx<'a, O, const IN_ORDER: bool> = Effects<'a, Toy<IN_ORDER>, O>;

impl<const IN_ORDER: bool> Toy<IN_ORDER> {
    fn option(&self, place: usize) -> i64 {
        self.setup.options[place]
    }

    fn set_tick<O: Observer>(&self, fx: &mut Fx<'_, O, IN_ORDER>) {
        let [least, most] = [TICK_LEAST, TICK_MOST].map(|place| Span(self.option(place).unsigned_abs()));
        fx.set_timer(TICK, least, most);
    }

    fn on_tick<O: Observer>(&mut self, fx: &mut Fx<'_, O, IN_ORDER>) {
        self.ticks += 1;
        for node in self.setup.servers.iter().filter(|node| **node != self.id) {
            fx.send(*node, Word::Ping(self.ticks));
        }
        self.set_tick(fx);
    }

    fn on_ping<O: Observer>(&mut self, from: NodeId, n: u32, fx: &mut Fx<'_, O, IN_ORDER>) {
        self.count += 1;
        fx.persist(self.count);
        if self.option(HASTY) == 0 {
            fx.send_when_durable(from, Word::Pong(n, self.count));
        } else {
            fx.send(from, Word::Pong(n, self.count));
        }
        if self.option(WITH_ALARM) != 0 {
            fx.set_timer(ALARM, Span::ms(50), Span::ms(50));
        }
    }

    fn answer(&self) -> Option<Answer> {
        match (self.option(MANNER), self.id) {
            (0, NodeId(1)) => Some(Answer::Done(Reply::Stored)),
            (0, _) => Some(Answer::NotLeader { hint: Some(NodeId(1)) }),
            (1, _) => Some(Answer::NotLeader { hint: None }),
            (3, _) => Some(Answer::Unknown),
            (4, _) => Some(Answer::Failed),
            _ => None,
        }
    }
}

impl<const IN_ORDER: bool> Protocol for Toy<IN_ORDER> {
    type Message = Word;
    type Durable = Count;
    const DIALECT: &'static Dialect = if IN_ORDER { &FIFO } else { &REORDERABLE };

    fn start<O: Observer>(
        id: NodeId,
        setup: &Setup,
        durable: &Count,
        now: Time,
        fx: &mut Effects<'_, Self, O>,
    ) -> Self {
        let diary = vec![format!("{now} boots with {}", durable.0)];
        let toy = Toy { id, setup: setup.clone(), ticks: 0, count: durable.0, diary };
        toy.set_tick(fx);
        toy
    }

    fn step<O: Observer>(&mut self, now: Time, input: Input<Word>, fx: &mut Effects<'_, Self, O>) {
        let line = match &input {
            Input::Message { from, message } => format!("{} from {from}", message.label()),
            Input::Timer(timer) => Self::DIALECT.timers[usize::from(timer.0)].key.to_owned(),
            Input::Request(command) => format!("{} asked by {}", command.op(), command.client()),
            Input::Persisted(write) => format!("write {} on disk", write.0),
            Input::ChannelOpened(node) => format!("channel to {node} opens"),
            Input::ChannelClosed(node) => format!("channel to {node} closes"),
        };
        self.diary.push(format!("{now} {line}"));
        match input {
            Input::Message { from, message: Word::Ping(n) } => self.on_ping(from, n, fx),
            Input::Message { message: Word::Pong(..), .. } if self.option(WITH_ALARM) != 0 => {
                fx.cancel_timer(ALARM)
            }
            Input::Timer(TICK) => self.on_tick(fx),
            Input::Request(command) => {
                if let Some(answer) = self.answer() {
                    fx.answer(command.client(), command.seq(), answer);
                }
            }
            _ => {}
        }
    }

    fn durable(&self) -> Count {
        Count(self.count)
    }

    fn status(&self) -> Status {
        let role = u8::from(self.option(MANNER) == 0 && self.id == NodeId(1));
        Status { role, last: self.count.into(), ..Status::default() }
    }

    fn content_at(&self, _: Index) -> Option<&Content> {
        None
    }

    fn value_of(&self, _: &str) -> Option<&str> {
        None
    }

    fn facts(&self, _: &Count) -> Vec<FactView> {
        Vec::new()
    }

    fn view(&self, _: &Count) -> NodeView {
        NodeView {
            id: self.id,
            term: Term::default(),
            role: "",
            note: String::new(),
            facts: Vec::new(),
            commit: 0,
            applied: 0,
            tally: None,
            peers: Vec::new(),
            state: Vec::new(),
        }
    }

    fn cells(&self, _: &Count, _: Index, _: Index) -> Vec<Cell> {
        Vec::new()
    }
}
