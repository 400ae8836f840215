//! The course of a run: how far it is known, where the reader stands in it, and the ways that were not taken.
//!
//! The *head* has played the scenario furthest and wrote the trace; the *cursor* is where the reader stands. Both are
//! [`Director`]s. Checkpoints are copies of the head; seeking replays from the nearest one, so backward costs what
//! forward does. Acting at the cursor cuts the trace there: the scenario's later lines, if it had any, are kept as a
//! branch.

use crate::deed::Deed;
use crate::director::{Director, Progress, waits};
use crate::effort;
use crate::lookout::Notes;
use crate::teller::Teller;
use protocol::{Protocol, Time};
use scenario::{Invitation, Line, Moment, Scenario, print_action};
use sim::{Action, Refusal, Trace, What};

/// How many checkpoints are kept. When there are more, every other one goes and they are made half as often.
const MOST_CHECKPOINTS: usize = 64;
/// How many events lie between two checkpoints at first.
const FIRST_SPACING: u32 = 1_024;

/// A way that was left when the reader acted in the past.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) scenario: Scenario,
    /// Where the reader stood.
    pub(crate) position: u32,
    pub(crate) at: Time,
    /// Which `stop` lines and the like the reader had passed.
    pub(crate) gate: usize,
    pub(crate) left: Option<usize>,
}

/// A run with its past, its known future and its branches.
pub(crate) struct Course<P: Protocol> {
    pub(crate) scenario: Scenario,
    pub(crate) head: Director<P>,
    pub(crate) trace: Trace,
    pub(crate) deeds: Vec<Deed>,
    pub(crate) checkpoints: Vec<Director<P>>,
    spacing: u32,
    pub(crate) cursor: Director<P>,
    /// The reader's clock: never before the cursor's last event.
    pub(crate) at: Time,
    /// `stop` lines and the like before this one have been passed by the reader.
    pub(crate) gate: usize,
    /// The line at which this way left the story that was opened; nothing on the story itself.
    pub(crate) left: Option<usize>,
    pub(crate) branches: Vec<Branch>,
}

impl<P: Protocol> Course<P> {
    /// The start of a run: the cluster has booted and nothing else has happened.
    pub(crate) fn new(mut scenario: Scenario) -> Course<P> {
        let left = scenario.left.take();
        let start = Director::new(&scenario);
        let mut course = Course {
            trace: Trace::new(scenario.config.servers),
            head: start.clone(),
            cursor: start.clone(),
            checkpoints: vec![start],
            spacing: FIRST_SPACING,
            deeds: Vec::new(),
            at: Time(0),
            gate: 0,
            left,
            branches: Vec::new(),
            scenario,
        };
        course.seek(1);
        course
    }

    /// The cursor's position.
    pub(crate) fn position(&self) -> u32 {
        self.cursor.sim.position()
    }

    /// Lets one more event of the unknown future happen, if one happens by the limit.
    fn grow(&mut self, limit: Time) -> bool {
        if self.head.advance(&self.scenario, limit, usize::MAX, Notes::Trace(&mut self.trace))
            != Progress::Event
        {
            return false;
        }
        let position = self.head.sim.position();
        if let Some(What::Action(_) | What::Refused(_)) = self.trace.records.last().map(|record| record.what)
        {
            self.note_deed(position - 1);
        }
        if position.is_multiple_of(self.spacing) {
            self.checkpoints.push(self.head.clone());
            self.thin_out();
        }
        true
    }

    fn note_deed(&mut self, position: u32) {
        let line = self.head.line.checked_sub(1).map(|line| &self.scenario.lines[line]);
        let Some(Line::Act { action, .. } | Line::Invite { what: Invitation::Act(action), .. }) = line else {
            return;
        };
        if !self.head.in_hand.delivered.is_empty() {
            return;
        }
        self.deeds.push(Deed {
            position,
            at: self.head.sim.now(),
            text: print_action(action, P::DIALECT),
            refused: self.head.refusal.clone(),
            told: std::mem::take(&mut self.head.told),
        });
    }

    fn thin_out(&mut self) {
        if self.checkpoints.len() > MOST_CHECKPOINTS {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.checkpoints.retain(|checkpoint| checkpoint.sim.position().is_multiple_of(spacing));
        }
    }

    /// Makes the run known up to an instant. Returns how far it is known.
    pub(crate) fn ahead(&mut self, until: Time) -> Time {
        while self.head.sim.now() <= until && self.grow(until) {}
        effort::known(self.head.sim.now(), until, self.head.exhausted().is_some())
    }

    /// Makes the run known up to a position, if it has one. Returns the position that is known.
    pub(crate) fn ahead_to(&mut self, position: u32) -> u32 {
        while self.head.sim.position() < position && self.grow(Time(u64::MAX)) {}
        self.head.sim.position()
    }

    /// Makes the run known to the end of its script.
    pub(crate) fn ahead_to_script_end(&mut self) -> u32 {
        loop {
            self.head.settle(&self.scenario, Time(u64::MAX), usize::MAX);
            if let Some(end) = self.head.script_end {
                return end;
            }
            if !self.grow(Time(u64::MAX)) {
                return self.head.sim.position();
            }
        }
    }

    /// Moves the cursor to a position, or to the last one there is.
    pub(crate) fn seek(&mut self, position: u32) {
        let position = self.ahead_to(position.max(1)).min(position.max(1));
        self.rewind(position);
        while self.position() < position && self.follow(Time(u64::MAX), usize::MAX) == Progress::Event {}
        self.at = self.cursor.sim.now();
        self.gate = 0;
        self.cursor.settle(&self.scenario, self.at, self.gate);
    }

    /// Moves the cursor to an instant: after everything that is due by then.
    pub(crate) fn seek_time(&mut self, at: Time) {
        self.ahead(at);
        self.seek(self.trace.events_by(at).max(1));
        self.cursor.settle(&self.scenario, at, self.gate);
        self.at = self.at.max(at);
    }

    /// Moves the cursor to the moment that a scenario names.
    pub(crate) fn seek_moment(&mut self, moment: Moment) {
        self.ahead(moment.at);
        let before = self.trace.records.partition_point(|record| record.at < moment.at);
        let at_most = self.trace.events_by(moment.at);
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        self.seek(before.saturating_add(moment.n).min(at_most).max(1));
        self.cursor.settle(&self.scenario, moment.at, self.gate);
        self.at = self.at.max(moment.at);
    }

    /// Puts the cursor at the nearest checkpoint, unless it is nearer already.
    fn rewind(&mut self, position: u32) {
        let near = self.checkpoints.partition_point(|checkpoint| checkpoint.sim.position() <= position);
        let Some(checkpoint) = near.checked_sub(1).map(|near| &self.checkpoints[near]) else { return };
        if self.position() > position || self.position() < checkpoint.sim.position() {
            self.cursor = checkpoint.clone();
        } else if self.position() == position {
            // The cursor may have passed lines that a reader who seeks here has not.
            self.cursor = checkpoint.clone();
        }
    }

    pub(crate) fn follow(&mut self, limit: Time, gate: usize) -> Progress {
        self.cursor.advance(&self.scenario, limit, gate, Notes::None)
    }

    /// Moves the cursor on in time, at most to the next line at which the scenario waits for its reader.
    pub(crate) fn run(&mut self, until: Time) -> Time {
        self.ahead(until);
        loop {
            match self.follow(until, self.gate) {
                Progress::Event => self.at = self.cursor.sim.now().max(self.at),
                Progress::Limit => {
                    self.at = self.at.max(until);
                    return self.at;
                }
                Progress::Waits(_) => {
                    self.at = self.cursor.sim.now().max(self.at);
                    return self.at;
                }
            }
        }
    }

    /// One event on. False at the end of a run.
    pub(crate) fn step(&mut self) -> bool {
        let next = self.position() + 1;
        if self.ahead_to(next) < next {
            return false;
        }
        self.seek(next);
        true
    }

    /// The next or previous position with a moment.
    pub(crate) fn moment_near(&mut self, forward: bool, turning: bool) -> Option<u32> {
        // A moment's position is that of its event; the reader stands behind it.
        let here = self.position();
        let wanted = |trace: &Trace, moment: u32| {
            !turning || trace.records[moment as usize].grade == protocol::Grade::Turning
        };
        if !forward {
            let earlier = self.trace.moments.partition_point(|moment| moment + 1 < here);
            let mut moments = self.trace.moments[..earlier].iter().rev();
            return moments.find(|moment| wanted(&self.trace, **moment)).map(|moment| moment + 1);
        }
        let mut from = self.trace.moments.partition_point(|moment| *moment < here);
        loop {
            while let Some(moment) = self.trace.moments.get(from) {
                if wanted(&self.trace, *moment) {
                    return Some(moment + 1);
                }
                from += 1;
            }
            let known = self.head.sim.position();
            if known > here + 50_000 || self.ahead_to(known + 64) == known {
                return None;
            }
        }
    }

    /// True if the scenario waits for its reader here.
    pub(crate) fn waits_at(&self) -> Option<usize> {
        let line = self.cursor.line;
        let waits = self.scenario.lines.get(line).is_some_and(waits);
        (waits && line >= self.gate).then_some(line)
    }

    /// The lines behind the reader. A goal that the reader is about to try is one of them.
    pub(crate) fn lines_done(&self) -> Vec<Line> {
        let line = self.cursor.line;
        let goal = self.waits_at().is_some() && matches!(self.scenario.lines[line], Line::Goal { .. });
        self.scenario.lines[..line + usize::from(goal)].to_vec()
    }

    /// Does an action at the cursor. What was to come after it is another run from now on.
    pub(crate) fn act(&mut self, action: Action) -> Result<(), Refusal> {
        if let Some(why) = self.cursor.exhausted() {
            return Err(Refusal(why.to_owned()));
        }
        self.cursor.sim.check(&action)?;
        let mut lines = self.lines_done();
        lines.extend(
            self.cursor
                .in_hand
                .delivered
                .iter()
                .map(|action| Line::Act { action: action.clone(), tolerant: false }),
        );
        let delivering = !self.cursor.in_hand.delivered.is_empty();
        if (self.cursor.drifted && !delivering) || self.at > self.cursor.sim.now() {
            let here = self.cursor.moment();
            lines.push(Line::At(if here.at == self.at { here } else { Moment { at: self.at, n: 0 } }));
        }
        self.keep_branch();
        lines.push(Line::Act { action, tolerant: false });
        let target = self.position() + 1;
        self.take_way(lines);
        self.seek(target);
        Ok(())
    }

    /// Keeps the present way if it has lines that the reader has not come to.
    pub(crate) fn keep_branch(&mut self) {
        let line = self.cursor.line;
        let matters = |line: &Line| matches!(line, Line::Act { .. } | Line::Caption(_)) || waits(line);
        if self.scenario.lines[line..].iter().any(matters) {
            self.branches.push(self.present());
            self.left = Some(self.left.map_or(line, |left| left.min(line)));
        }
    }

    /// The present way, to be kept.
    pub(crate) fn present(&self) -> Branch {
        let scenario = self.scenario.clone();
        Branch { scenario, position: self.position(), at: self.at, gate: self.gate, left: self.left }
    }

    /// Goes on with other lines from the cursor: the lines before it are the same.
    pub(crate) fn take_way(&mut self, lines: Vec<Line>) {
        self.scenario.lines = lines;
        let position = self.position();
        let in_hand = std::mem::take(&mut self.cursor.in_hand);
        let whole = |checkpoint: &Director<P>| checkpoint.in_hand.delivered.is_empty();
        self.checkpoints.retain(|checkpoint| checkpoint.sim.position() <= position && whole(checkpoint));
        // What ended the other way does not end this one.
        self.checkpoints.iter_mut().for_each(|checkpoint| checkpoint.script_end = None);
        self.cursor.script_end = None;
        // A `deliver all` that was under way has become the deliveries that it had made.
        self.cursor.line += in_hand.delivered.len();
        self.deeds.retain(|deed| deed.position < position);
        self.trace.cut(&self.cursor.sim);
        self.head = self.cursor.clone();
    }

    /// Goes over to another branch; the present way takes its place.
    pub(crate) fn switch(&mut self, branch: usize) {
        let present = self.present();
        let Some(other) = self.branches.get_mut(branch) else { return };
        let taken = std::mem::replace(other, present);
        let branches = std::mem::take(&mut self.branches);
        *self = Course { branches, left: taken.left, ..Course::new(taken.scenario) };
        self.seek(taken.position);
        self.at = self.at.max(taken.at);
        self.pass_to(taken.gate);
    }

    /// The trace line of an event; empty if there is none at this position.
    pub(crate) fn line_of(&mut self, position: u32) -> String {
        self.ahead_to(position.saturating_add(1));
        self.lines_from(position, 1).pop().unwrap_or_default()
    }

    /// The trace lines of the known events from a position on, at most so many.
    pub(crate) fn lines_from(&self, from: u32, most: u32) -> Vec<String> {
        let to = self.head.sim.position().min(from.saturating_add(most));
        let near = self.checkpoints.partition_point(|checkpoint| checkpoint.sim.position() <= from);
        let mut replay = self.checkpoints[near.saturating_sub(1)].clone();
        let end = Time(u64::MAX);
        while replay.sim.position() < from {
            replay.advance(&self.scenario, end, usize::MAX, Notes::None);
        }
        let mut teller = Teller::default();
        let mut lines = Vec::new();
        for position in from..to {
            let deed = self.deeds.binary_search_by_key(&position, |deed| deed.position).ok();
            teller.action = deed.map_or_else(String::new, |deed| self.deeds[deed].words());
            teller.look(&replay.sim);
            replay.advance(&self.scenario, end, usize::MAX, Notes::Lines(&mut teller));
            lines.push(std::mem::take(&mut teller.line));
        }
        lines
    }

    /// How many bytes the record of the run takes: the trace's columns, and the checkpoints at the size of their
    /// parts that are not shared.
    pub(crate) fn bytes(&self) -> u64 {
        self.trace.bytes() + self.checkpoints.iter().map(|checkpoint| checkpoint.sim.bytes()).sum::<u64>()
    }

    /// What is saved of the run: the scenario, and where the reader left the story.
    pub(crate) fn saved(&self) -> Scenario {
        let left = self.left.map(|left| left.min(self.scenario.lines.len()));
        Scenario { left, ..self.scenario.clone() }
    }

    /// The moment at which the reader stands, as a link stores it.
    pub(crate) fn moment(&self) -> Moment {
        let here = self.cursor.moment();
        if here.at == self.at { here } else { Moment { at: self.at, n: 0 } }
    }
}
