//! From text or a link to a run.

use crate::course::Course;
use crate::info::OpenAt;
use crate::run::{Run, Trouble};
use protocol::{Dialect, Protocol};
use scenario::link::{self, Fragment};
use scenario::{Scenario, parse};
use std::cell::Cell;

/// Starts a run of one protocol.
type Start = fn(Scenario) -> Box<dyn Run>;

/// Every protocol that this engine can play.
const PROTOCOLS: &[(&Dialect, Start)] = &[
    #[cfg(feature = "raft")]
    (raft::Raft::DIALECT, start::<raft::Raft>),
    #[cfg(feature = "paxos")]
    (paxos::Paxos::DIALECT, start::<paxos::Paxos>),
    #[cfg(feature = "multi-paxos")]
    (paxos::multi::MultiPaxos::DIALECT, start::<paxos::multi::MultiPaxos>),
    #[cfg(feature = "zab")]
    (zab::Zab::DIALECT, start::<zab::Zab>),
];

/// The keys of all protocols, of those in other engines too.
const KEYS: [&str; 4] = ["raft", "paxos", "multi-paxos", "zab"];

fn start<P: Protocol + 'static>(scenario: Scenario) -> Box<dyn Run> {
    Box::new(Course::<P>::new(scenario))
}

/// Every protocol that this engine can play.
pub fn dialects() -> Vec<&'static Dialect> {
    PROTOCOLS.iter().map(|(dialect, _)| *dialect).collect()
}

/// A protocol by its key.
pub fn dialect(key: &str) -> Option<&'static Dialect> {
    PROTOCOLS.iter().map(|(dialect, _)| *dialect).find(|dialect| dialect.key == key)
}

/// A protocol by its key, as a reader of scenarios asks for it: one of another engine can be named, if not played.
pub(crate) fn known(key: &str) -> Option<&'static Dialect> {
    let elsewhere = || KEYS.contains(&key).then(|| PROTOCOLS.first().map(|(dialect, _)| *dialect)).flatten();
    dialect(key).or_else(elsewhere)
}

/// A run that was just opened.
pub struct Opened {
    /// The run; its cursor stands where the link asked, or at the start.
    pub run: Box<dyn Run>,
    /// Where the link asked to be opened, if it did.
    pub open_at: Option<OpenAt>,
    /// If the link's fingerprint is not that of this engine's run: what to tell the reader.
    pub differs: Option<String>,
}

/// A run of a scenario.
///
/// # Errors
/// If there is no such protocol.
pub fn open(scenario: Scenario) -> Result<Opened, Trouble> {
    let (moment, passed) = (scenario.open_at, scenario.passed);
    let Some((_, start)) = PROTOCOLS.iter().find(|(dialect, _)| dialect.key == scenario.protocol) else {
        return Err(format!("there is no protocol “{}” here", scenario.protocol));
    };
    let mut run = start(scenario);
    let open_at = moment.map(|moment| {
        run.ahead(moment.at);
        run.seek_moment(moment);
        run.pass(passed);
        OpenAt { position: run.position(), at: run.at().0 }
    });
    Ok(Opened { run, open_at, differs: None })
}

/// A run of a scenario in text form.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn open_text(text: &str) -> Result<Opened, Trouble> {
    open(parse(text, &known).map_err(|error| error.to_string())?)
}

/// A run from the part of a link after the #, in either form.
///
/// # Errors
/// What is wrong with the link.
pub fn open_link(fragment: &str) -> Result<Opened, Trouble> {
    match link::from_fragment(fragment, &known).map_err(|error| error.to_string())? {
        Fragment::Text(scenario) => open(scenario),
        Fragment::Link(decoded) => {
            let mut opened = open(decoded.scenario)?;
            let end = opened.run.ahead_to_script_end();
            if link::short(opened.run.fingerprint(end)) != decoded.fingerprint {
                opened.differs = Some(DIFFERS.to_owned());
            }
            Ok(opened)
        }
    }
}

/// The protocol of a text that this engine cannot play and another one can.
pub fn text_elsewhere(text: &str) -> Option<&'static str> {
    elsewhere(|dialects| drop(parse(text, dialects)))
}

/// The protocol of a link that this engine cannot play and another one can.
pub fn link_elsewhere(fragment: &str) -> Option<&'static str> {
    elsewhere(|dialects| drop(link::from_fragment(fragment, dialects)))
}

/// The protocol that is asked for in vain by whoever reads, if it is one of another engine.
fn elsewhere(read: impl FnOnce(&dyn Fn(&str) -> Option<&'static Dialect>)) -> Option<&'static str> {
    // The first that is asked for is the one that plays; others may stand beside it.
    let first = Cell::new(None);
    read(&|key| {
        if first.get().is_none() {
            first.set(Some(KEYS.into_iter().find(|known| *known == key && dialect(key).is_none())));
        }
        known(key)
    });
    first.get().flatten()
}

const DIFFERS: &str = "This link was made by an engine that played the run differently: what you see may not be what was meant.";

#[cfg(test)]
mod tests {
    use super::{KEYS, dialects};

    #[test]
    fn the_keys_are_those_of_all_protocols() {
        let keys: Vec<&str> = dialects().iter().map(|dialect| dialect.key).collect();
        assert_eq!(keys, KEYS);
    }
}
