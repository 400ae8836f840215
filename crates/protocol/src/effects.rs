//! What goes into a node and what comes out.

use crate::{Answer, ClientId, Command, Fact, Firing, NodeId, Protocol, RuleId, RuleSet, Span, Verdict};

/// A timer's place in [`crate::Dialect::timers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimerId(pub u8);

/// The number of a write to disk, counted from 1 for each boot of a node. Writes finish in order, so waiting for one
/// is waiting for all before it; 0 waits for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub u32);

/// What a node can be given.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<M> {
    /// A message arrived.
    Message {
        /// Who sent it.
        from: NodeId,
        /// The message.
        message: M,
    },
    /// A timer fired.
    Timer(TimerId),
    /// A client asks for a command.
    Request(Command),
    /// Every write up to this one is on disk.
    Persisted(WriteId),
    /// The FIFO channel with a node opened. Never given to a protocol with reorderable channels.
    ChannelOpened(NodeId),
    /// The FIFO channel with a node closed: what was under way in it is lost.
    ChannelClosed(NodeId),
}

/// What a node can want.
#[derive(Clone, Debug, PartialEq)]
pub enum Output<M, D> {
    /// Send a message once a write is on disk.
    Send {
        /// To whom.
        to: NodeId,
        /// The message.
        message: M,
        /// The write that must be durable first.
        after: WriteId,
    },
    /// Write to disk.
    Persist {
        /// The number by which [`Input::Persisted`] will report it.
        write: WriteId,
        /// What to write.
        delta: D,
    },
    /// Start a timer, or start it anew, to fire after a length from this range (both ends included). Whoever drives
    /// the node throws the dice.
    SetTimer {
        /// Which timer.
        timer: TimerId,
        /// The shortest length.
        least: Span,
        /// The longest length.
        most: Span,
    },
    /// Stop a timer.
    CancelTimer(TimerId),
    /// Answer a client.
    Answer {
        /// Whom.
        client: ClientId,
        /// Which of its commands.
        seq: u32,
        /// What to say.
        answer: Answer,
        /// The write that must be durable first.
        after: WriteId,
    },
}

/// Who listens to what a node reports. The unit type listens to nothing and costs nothing.
pub trait Observer {
    /// False if firings are not wanted: then none is built.
    const RULES: bool;
    /// False if facts are not wanted: then none is built.
    const FACTS: bool;
    /// A rule spoke at a node.
    fn rule(&mut self, node: NodeId, firing: Firing);
    /// Something happened at a node.
    fn fact(&mut self, node: NodeId, fact: Fact);
}

impl Observer for () {
    const RULES: bool = false;
    const FACTS: bool = false;
    fn rule(&mut self, _: NodeId, _: Firing) {}
    fn fact(&mut self, _: NodeId, _: Fact) {}
}

/// Both listen.
impl<A: Observer, B: Observer> Observer for (A, B) {
    const RULES: bool = A::RULES || B::RULES;
    const FACTS: bool = A::FACTS || B::FACTS;
    fn rule(&mut self, node: NodeId, firing: Firing) {
        self.0.rule(node, firing);
        self.1.rule(node, firing);
    }
    fn fact(&mut self, node: NodeId, fact: Fact) {
        self.0.fact(node, fact);
        self.1.fact(node, fact);
    }
}

/// A borrowed observer observes.
impl<A: Observer> Observer for &mut A {
    const RULES: bool = A::RULES;
    const FACTS: bool = A::FACTS;
    fn rule(&mut self, node: NodeId, firing: Firing) {
        (**self).rule(node, firing);
    }
    fn fact(&mut self, node: NodeId, fact: Fact) {
        (**self).fact(node, fact);
    }
}

/// The outputs of a protocol.
pub type OutputOf<P> = Output<<P as Protocol>::Message, <<P as Protocol>::Durable as crate::Durable>::Delta>;

/// Where one step of a node puts what it wants done, and where it asks its rules.
#[derive(Debug)]
pub struct Effects<'a, P: Protocol, O> {
    node: NodeId,
    off: RuleSet,
    outputs: &'a mut Vec<OutputOf<P>>,
    last_write: &'a mut WriteId,
    observer: &'a mut O,
}

impl<'a, P: Protocol, O: Observer> Effects<'a, P, O> {
    /// Effects of one step of `node`. `last_write` is the node's count of writes since it booted.
    pub fn new(
        node: NodeId,
        off: RuleSet,
        outputs: &'a mut Vec<OutputOf<P>>,
        last_write: &'a mut WriteId,
        observer: &'a mut O,
    ) -> Self {
        Effects { node, off, outputs, last_write, observer }
    }

    /// Sends a message at once.
    pub fn send(&mut self, to: NodeId, message: P::Message) {
        self.outputs.push(Output::Send { to, message, after: WriteId(0) });
    }

    /// Sends a message once everything written so far is on disk.
    pub fn send_when_durable(&mut self, to: NodeId, message: P::Message) {
        self.outputs.push(Output::Send { to, message, after: *self.last_write });
    }

    /// Writes to disk.
    pub fn persist(&mut self, delta: <P::Durable as crate::Durable>::Delta) -> WriteId {
        self.last_write.0 += 1;
        self.outputs.push(Output::Persist { write: *self.last_write, delta });
        *self.last_write
    }

    /// Starts a timer (anew) with a length from `least` to `most`.
    pub fn set_timer(&mut self, timer: TimerId, least: Span, most: Span) {
        self.outputs.push(Output::SetTimer { timer, least, most });
    }

    /// Stops a timer.
    pub fn cancel_timer(&mut self, timer: TimerId) {
        self.outputs.push(Output::CancelTimer(timer));
    }

    /// Answers a client at once.
    pub fn answer(&mut self, client: ClientId, seq: u32, answer: Answer) {
        self.outputs.push(Output::Answer { client, seq, answer, after: WriteId(0) });
    }

    /// Asks a rule that forbids: may the step go on? `holds` is what the rule looks at, evaluated even if the rule is
    /// off; the values go into the rule's sentence.
    #[inline]
    pub fn allows(&mut self, rule: RuleId, holds: bool, values: [i32; 4]) -> bool {
        let off = self.off.has(rule);
        let verdict = if holds {
            Verdict::Held
        } else if off {
            Verdict::Overridden
        } else {
            Verdict::Refused
        };
        self.report(rule, verdict, values);
        holds || off
    }

    /// Asks a rule that demands: is it to be done? Reports that it held, or that it was overridden.
    #[inline]
    pub fn applies(&mut self, rule: RuleId, values: [i32; 4]) -> bool {
        let off = self.off.has(rule);
        self.report(rule, if off { Verdict::Overridden } else { Verdict::Held }, values);
        !off
    }

    /// True if the rule is on. Reports nothing: for places where the rule is about to speak elsewhere.
    #[inline]
    pub fn is_on(&self, rule: RuleId) -> bool {
        !self.off.has(rule)
    }

    /// Reports a fact. The closure runs only if somebody listens.
    #[inline]
    pub fn fact(&mut self, fact: impl FnOnce() -> Fact) {
        if O::FACTS {
            self.observer.fact(self.node, fact());
        }
    }

    #[inline]
    fn report(&mut self, rule: RuleId, verdict: Verdict, values: [i32; 4]) {
        if O::RULES {
            self.observer.rule(self.node, Firing { rule, verdict, values });
        }
    }
}
