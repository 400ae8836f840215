//! Presets: what servers have on disk when the run begins.

use super::cursor::Cursor;
use super::error::Read;
use super::parser::Reader;
use super::print::Printer;
use crate::limits;
use protocol::{Dialect, NodeId, Op, Preset, PresetPart};
use sim::Addr;

/// A preset and where its parts stand.
pub(super) struct Marked {
    preset: Preset,
    term: usize,
    vote: usize,
    entries: Vec<usize>,
}

/// The presets of a header and the lines in which they stand, by their servers.
#[derive(Default)]
pub(super) struct Presets<'a>(Vec<(Marked, Cursor<'a>)>);

impl<'a> Presets<'a> {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One more, behind the word `preset` at this place.
    pub(super) fn read(&mut self, line: Cursor<'a>, mut reader: Reader<'_>, at: usize) -> Read<()> {
        let dialect = reader.scope.dialect;
        if dialect.presets.is_none() {
            let message =
                format!("{} takes no preset: every run of it begins with empty disks", dialect.name);
            return Err(line.error(at, message, ""));
        }
        let at = reader.cursor.here();
        let marked = reader.preset()?;
        reader.end()?;
        let node = marked.preset.node;
        match self.0.binary_search_by_key(&node, |(other, _)| other.preset.node) {
            Ok(_) => Err(line.error(at, format!("{node} has a preset already"), "")),
            Err(place) => {
                self.0.insert(place, (marked, line));
                Ok(())
            }
        }
    }

    /// All of them, if the protocol might come to them together.
    pub(super) fn judged(self, servers: u8, dialect: &Dialect) -> Read<Vec<Preset>> {
        let presets: Vec<Preset> = self.0.iter().map(|(marked, _)| marked.preset.clone()).collect();
        let Some(judge) = dialect.presets.filter(|_| !presets.is_empty()) else { return Ok(presets) };
        let Err(misfit) = judge(servers, &presets) else { return Ok(presets) };
        let Some((marked, line)) = self.0.iter().find(|(marked, _)| marked.preset.node == misfit.node) else {
            return Ok(presets);
        };
        let at = match misfit.part {
            PresetPart::Term => marked.term,
            PresetPart::Vote => marked.vote,
            PresetPart::Entry(place) => marked.entries.get(place).copied().unwrap_or(marked.term),
        };
        Err(line.error(at, format!("no run comes to this: {}", misfit.words), ""))
    }
}

impl Reader<'_> {
    /// `n1 term 7 vote n5 log 1 1 4[set x=1] 5`.
    pub(super) fn preset(&mut self) -> Read<Marked> {
        let node = self.preset_node()?;
        self.keyword("term")?;
        let term_at = self.cursor.here();
        let term = self.preset_term("a term")?;
        let mut vote_at = term_at;
        let vote = if self.cursor.eat_word("vote") {
            vote_at = self.cursor.here();
            Some(self.preset_node()?)
        } else {
            None
        };
        let (mut log, mut entries) = (Vec::new(), Vec::new());
        if self.cursor.eat_word("log") {
            while log.is_empty() || !self.cursor.at_end() {
                let at = self.cursor.here();
                if log.len() == limits::PRESET {
                    let message = format!("a log begins with {} entries at most", limits::PRESET);
                    return Err(self.cursor.error(at, message, ""));
                }
                entries.push(at);
                log.push(self.preset_entry()?);
            }
        }
        Ok(Marked { preset: Preset { node, term, vote, log }, term: term_at, vote: vote_at, entries })
    }

    /// A term and, in brackets, an operation.
    fn preset_entry(&mut self) -> Read<(u32, Option<Op>)> {
        let term = self.preset_term("the term of an entry")?;
        if !self.cursor.eat_here("[") {
            return Ok((term, None));
        }
        let op = self.command()?;
        self.close("]")?;
        Ok((term, Some(op)))
    }

    fn preset_term(&mut self, what: &str) -> Read<u32> {
        let at = self.cursor.here();
        let digits = self.cursor.digits();
        if digits.is_empty() {
            return Err(self.cursor.unexpected(&format!("{what}, from 1")));
        }
        let term = self.within(at, digits, what, 1, u64::from(limits::PRESET_TERM))?;
        Ok(u32::try_from(term).unwrap_or(limits::PRESET_TERM))
    }

    fn preset_node(&mut self) -> Read<NodeId> {
        let at = self.cursor.here();
        match self.address()? {
            Addr::Server(node) => Ok(node),
            Addr::Client(client) => {
                Err(self.cursor.error(at, format!("{client} is a client"), "a server: n1"))
            }
        }
    }
}

impl Printer<'_> {
    pub(super) fn preset(&mut self, preset: &Preset) {
        self.words("preset", &[&preset.node, &"term", &preset.term]);
        if let Some(vote) = preset.vote {
            self.words(" vote", &[&vote]);
        }
        if preset.log.is_empty() {
            return;
        }
        self.push(" log");
        for (term, op) in &preset.log {
            self.words("", &[term]);
            if let Some(op) = op {
                self.push("[");
                self.op(op);
                self.push("]");
            }
        }
    }
}
