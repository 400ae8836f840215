//! The scenario itself: settings and lines.

use crate::Expr;
use protocol::{Index, RuleId, RuleSet, Span, Time};
use sim::{Action, Config, MessageRef, Place, Target};

/// Everything that is ever saved about a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its title; empty if it has none.
    pub title: String,
    /// The key of its protocol: [`protocol::Dialect::key`].
    pub protocol: String,
    /// The keys of the protocols that are to be laid beside it, in this order: two at most. What this one does is the same
    /// with them and without.
    pub beside: Vec<String>,
    /// The settings of the run.
    pub config: Config,
    /// What happens, in order.
    pub lines: Vec<Line>,
    /// Where a reader enters, if not at the beginning.
    pub open_at: Option<Moment>,
    /// How many of the places at that moment at which the story waits such a reader has passed.
    pub passed: u16,
    /// Before which line the reader left the story: what follows is the reader's own.
    pub left: Option<usize>,
    /// Another run to be compared with this one: of the same protocol, and without a rival of its own.
    pub rival: Option<Box<Scenario>>,
}

/// A place between two events: the clock stands at `at`, and `n` events of exactly that time have happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The time.
    pub at: Time,
    /// How many events of that time have happened.
    pub n: u32,
}

/// One line. New ones are only ever added at the end, for a link numbers them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Somebody does something, now.
    Act {
        /// What.
        action: Action,
        /// True if it may be refused (`try`); otherwise a refusal is a failed expectation.
        tolerant: bool,
    },
    /// The clock moves on by so much, and what is due happens.
    Run(Span),
    /// The clock moves to this moment. Clicks are saved so.
    At(Moment),
    /// What is due happens until the condition holds. It is tried at once and then after every event.
    Until {
        /// The condition.
        condition: Expr,
        /// It is a failed expectation if the condition does not hold within this time.
        within: Span,
    },
    /// Every message in flight is delivered, the oldest first, and those that this brings forth as well, until none
    /// is left. The clock does not move.
    DeliverAll,
    /// What a reader should know here.
    Caption(String),
    /// The story waits for its reader.
    Stop,
    /// A question. The story goes on when the reader has answered, and what the run then does decides: an answer is
    /// right if its condition holds at the next caption, question or goal, or at the end.
    Ask {
        /// The question.
        question: String,
        /// What may be answered: two at least.
        answers: Vec<Answer>,
    },
    /// The reader is invited to bring something about. The story does not depend on it: it goes on from here with
    /// its own next line.
    Goal {
        /// The invitation.
        words: String,
        /// What has to hold in the end.
        condition: Expr,
        /// In how many moves.
        moves: u16,
    },
    /// The reader should look there.
    Look(LookAt),
    /// This has to hold now.
    Expect(Expr),
    /// This invariant has to have been violated by now. Without such a line any violation fails the scenario.
    ExpectViolation(String),
    /// The story waits, and offers to go on with this. A reader who does anything else leaves the story here.
    Invite {
        /// The words on the button.
        words: String,
        /// What happens when the reader accepts.
        what: Invitation,
    },
}

impl Line {
    /// True for a question or an expectation that speaks of a protocol by name: only runs side by side can tell.
    pub fn names_a_protocol(&self) -> bool {
        match self {
            Line::Expect(condition) => condition.names_a_protocol(),
            Line::Ask { answers, .. } => answers.iter().any(|answer| answer.condition.names_a_protocol()),
            _ => false,
        }
    }
}

impl Scenario {
    /// True if its story is that of several protocols: it speaks of one of them by name.
    pub fn compares(&self) -> bool {
        self.lines.iter().any(Line::names_a_protocol)
    }
}

/// What a reader is invited to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// To do this. The story goes on with it: whoever plays it without a reader does the action.
    Act(Action),
    /// To go back to the last turning point and to look again. The run is what it was.
    Back,
    /// To see the same schedule without a rule. That is another run, beside this one.
    Without(RuleId),
}

/// One of the answers to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its words.
    pub words: String,
    /// When it is right.
    pub condition: Expr,
    /// The rules that nobody follows who believes this answer. Without them the same run comes out as the answer
    /// says, and breaks a promise.
    pub without: RuleSet,
}

/// What a reader is pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LookAt {
    /// A server or a client.
    Place(Place),
    /// An entry of the log.
    Entry {
        /// Its index.
        index: Index,
        /// In whose log; in all of them, without one.
        at: Option<Target>,
    },
    /// A message in flight.
    Message(MessageRef),
    /// A panel of the page.
    Panel(Panel),
}

/// A panel of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The steps of the story.
    Story,
    /// The protocol's rules and their switches.
    Rules,
    /// Links and their settings.
    Network,
    /// Clients and what they asked for.
    Clients,
    /// Invariants and their verdicts.
    Checks,
    /// One server in full.
    Server,
}

impl Panel {
    /// Every panel with its name in scenarios, in the order of the variants.
    pub const ALL: [(&'static str, Panel); 6] = [
        ("story", Panel::Story),
        ("rules", Panel::Rules),
        ("network", Panel::Network),
        ("clients", Panel::Clients),
        ("checks", Panel::Checks),
        ("server", Panel::Server),
    ];

    /// Its name in scenarios.
    pub fn name(self) -> &'static str {
        Panel::ALL[self as usize].0
    }
}
