//! The link form: a scenario in as few signs as will do.
//!
//! ```text
//! [readable-words.] FORMAT ENGINE DATA FINGERPRINT CHECK
//! ```
//!
//! * The readable part, up to the last `.`, is for people and never parsed.
//! * `FORMAT` is one digit in base 62 (`0`–`9`, `A`–`Z`, `a`–`z`); `ENGINE`, the version of the engine that made the
//!   link, is one too, or from 62 on `-` and two.
//! * `DATA` is the scenario as differences from the frozen defaults, through a range coder, six bits to
//!   a sign (`A`–`Z`, `a`–`z`, `0`–`9`, `-`, `_`) without `A`s at the end.
//! * `FINGERPRINT` is five digits in base 62 of the run's fingerprint, and `CHECK` three of a hash over all signs
//!   before it. So a link that was cut off or edited is told apart from a run that turns out differently; and the
//!   last sign is a letter or a digit, which no mail program takes for the end of a sentence.
//!
//! Everything that has a number in a link (lines, actions, fields, kinds of message, rules, options) keeps it for
//! ever: **fields and variants are only ever added at the end**, and every new setting's default is the old behaviour.
//! What was decoded is printed, and what anybody sees is that text, parsed: so the text form's bounds and checks hold
//! for links as well, and every link can be shown as text.

mod actions;
mod coder;
mod envelope;
mod exprs;
mod fragment;
mod lines;
mod places;
mod presets;
mod primer;
mod prose;
mod range;
mod settings;
mod slug;

pub use envelope::short;
pub use fragment::{Fragment, FragmentError, from_fragment, text_fragment};
pub use slug::slug;

use crate::{Scenario, limits, text};
use coder::{Coder, Mode};
use envelope::Envelope;
use prose::Sort;
use protocol::Dialect;
use range::{Decoder, Encoder};
use std::fmt;

/// The version of the engine that this crate belongs to. It rises with every release after which a run may differ.
pub const ENGINE: u16 = 1;

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The scenario.
    pub scenario: Scenario,
    /// The fingerprint of the run, shortened as by [`short`].
    pub fingerprint: u32,
    /// The version of the engine that made the link.
    pub engine: u16,
}

/// What is wrong with a link, for the person who followed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// There is nothing in it.
    Empty,
    /// It has more signs than a link may have.
    TooLong(usize),
    /// It holds a sign that no link holds.
    Sign(char),
    /// Its parts do not fit together.
    Damaged,
    /// A newer version made it.
    Newer,
    /// It names a protocol that is not there.
    Protocol(String),
    /// It is whole, but says something that cannot be.
    Nonsense(String),
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Empty => f.write_str("this link holds no scenario"),
            LinkError::TooLong(signs) => {
                write!(f, "this link has {signs} signs; the bound is {}", limits::LINK)
            }
            LinkError::Sign(sign) => {
                let code = u32::from(*sign);
                write!(f, "this link was cut off or edited: U+{code:04X} cannot stand in one")
            }
            LinkError::Damaged => f.write_str("this link was cut off or edited: its check does not fit"),
            LinkError::Newer => f.write_str("this link was made by a newer version"),
            LinkError::Protocol(key) => write!(f, "this link is about a protocol that is not here: `{key}`"),
            LinkError::Nonsense(what) => write!(f, "this link says something that cannot be: {what}"),
        }
    }
}

impl std::error::Error for LinkError {}

/// What was read makes no sense as this.
pub(crate) struct Nonsense(&'static str);

type Take<T> = Result<T, Nonsense>;

impl From<Nonsense> for LinkError {
    fn from(what: Nonsense) -> LinkError {
        LinkError::Nonsense(what.0.to_owned())
    }
}

/// The link for a scenario whose run has this fingerprint.
///
/// The scenario must be one that [`crate::print`] and [`crate::parse`] bring back; another's link may be refused.
///
/// # Errors
///
/// [`LinkError::TooLong`] if it does not fit a link; as text it may still be saved.
pub fn encode(scenario: &Scenario, dialect: &Dialect, fingerprint: u64) -> Result<String, LinkError> {
    let mut coder = primer::primed();
    coder.begin(Mode::Write(Encoder::new()));
    coder.put_protocol(&scenario.protocol);
    coder.put_scenario(scenario, dialect);
    let link = Envelope { engine: ENGINE, data: coder.finish(), fingerprint: short(fingerprint) }.seal();
    if link.len() > limits::LINK { Err(LinkError::TooLong(link.len())) } else { Ok(link) }
}

/// What a link says. A readable part before the last `.` is passed over.
///
/// # Errors
///
/// What is wrong with it.
pub fn decode(link: &str, dialects: &dyn Fn(&str) -> Option<&'static Dialect>) -> Result<Decoded, LinkError> {
    if link.len() > limits::LINK + slug::MOST {
        return Err(LinkError::TooLong(link.len()));
    }
    let payload = link.rsplit_once('.').map_or(link, |(_, payload)| payload);
    let Envelope { engine, data, fingerprint } = Envelope::open(payload)?;
    let mut coder = primer::primed();
    coder.begin(Mode::Read(Decoder::new(&data)));
    let protocol = coder.take_protocol()?;
    let Some(dialect) = dialects(&protocol).filter(|dialect| dialect.key == protocol) else {
        return Err(LinkError::Protocol(echo(&protocol)));
    };
    let scenario = coder.take_scenario(protocol, dialect)?;
    let printed = text::print(&scenario, dialect);
    match text::parse_within(limits::UNPACKED, &printed, dialects) {
        Ok(source) => Ok(Decoded { scenario: source.scenario, fingerprint, engine }),
        Err(error) => Err(LinkError::Nonsense(error.to_string())),
    }
}

/// A name for a message: a few plain signs of it.
fn echo(name: &str) -> String {
    name.chars().filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-').take(40).collect()
}

/// The protocols that have a number, from 1; any other goes by its name.
const PROTOCOLS: [&str; 3] = ["raft", "paxos", "zab"];

impl Coder<'_> {
    pub(crate) fn put_protocol(&mut self, key: &str) {
        match PROTOCOLS.iter().position(|known| *known == key) {
            Some(place) => {
                self.number(places::PROTOCOL, place as u64 + 1);
            }
            None => {
                self.number(places::PROTOCOL, 0);
                self.put_text(Sort::Name, key);
            }
        }
    }

    pub(crate) fn take_protocol(&mut self) -> Take<String> {
        match usize::try_from(self.number(places::PROTOCOL, 0)).unwrap_or(usize::MAX) {
            0 => self.take_text(Sort::Name),
            place => PROTOCOLS.get(place - 1).map(|key| (*key).to_owned()).ok_or(Nonsense("a protocol")),
        }
    }

    pub(super) fn put_scenario(&mut self, scenario: &Scenario, dialect: &Dialect) {
        self.put_config(&scenario.config, dialect);
        if self.flag(places::TITLE, !scenario.title.is_empty()) {
            self.put_text(Sort::Words, &scenario.title);
        }
        self.put_lines(scenario, dialect);
        self.put_open(scenario.open_at);
    }

    pub(super) fn take_scenario(&mut self, protocol: String, dialect: &Dialect) -> Take<Scenario> {
        let config = self.take_config(dialect)?;
        let titled = self.flag(places::TITLE, false);
        let title = if titled { self.take_text(Sort::Words)? } else { String::new() };
        let mut scenario = Scenario {
            title,
            protocol,
            beside: Vec::new(),
            config,
            lines: Vec::new(),
            open_at: None,
            passed: 0,
            left: None,
            rival: None,
        };
        self.take_lines(&mut scenario, dialect)?;
        scenario.open_at = self.take_open()?;
        Ok(scenario)
    }
}
