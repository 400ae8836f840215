//! A story and its reader: what happens where it waits, the way to any of its steps, and the way back to it.

use crate::course::{Branch, Course};
use crate::director::{Director, Progress, waits};
use crate::lookout::Notes;
use crate::narrate;
use protocol::{Protocol, RuleId, Time};
use scenario::{Expr, Invitation, Line, Scenario, limits};

impl<P: Protocol> Course<P> {
    /// Passes the line at which the scenario waits; if it invites to something, that is done.
    pub(crate) fn proceed(&mut self) {
        let line = self.waits_at();
        match line.map(|line| &self.scenario.lines[line]) {
            Some(Line::Invite { what: Invitation::Back, .. }) => self.look_back(),
            Some(Line::Invite { what: Invitation::Without(rule), .. }) => self.go_without(*rule),
            _ => self.pass_to(self.cursor.line + 1),
        }
    }

    pub(crate) fn pass_to(&mut self, gate: usize) {
        self.gate = gate;
        self.cursor.settle(&self.scenario, self.at, gate);
    }

    /// To the next moment or turning point; or, if that comes first, to where the story waits or ends. Time alone may
    /// lead there, when a script lets it pass and nothing happens. False if there is nowhere to go.
    pub(crate) fn next_moment(&mut self, turning: bool) -> bool {
        let moment = self.moment_near(true, turning);
        if self.cursor.script_done(&self.scenario) {
            return moment.map(|position| self.seek(position)).is_some();
        }
        let from = (self.position(), self.cursor.line);
        let gate = self.waits_at().map_or(self.gate, |line| line + 1);
        self.gate = gate;
        while moment.is_none_or(|moment| self.position() < moment) {
            self.cursor.settle(&self.scenario, Time(u64::MAX), gate);
            let rests = self.waits_at().is_some() || self.cursor.script_done(&self.scenario);
            if rests || self.follow(Time(u64::MAX), gate) != Progress::Event {
                break;
            }
        }
        self.at = self.at.max(self.cursor.sim.now());
        self.cursor.settle(&self.scenario, self.at, gate);
        (self.position(), self.cursor.line) != from
    }

    /// Back to the last turning point. Whoever comes here again is not asked a second time.
    fn look_back(&mut self) {
        let gate = self.cursor.line + 1;
        match self.moment_near(false, true) {
            Some(position) => {
                self.seek(position);
                self.gate = gate;
            }
            None => self.pass_to(gate),
        }
    }

    /// The same schedule with one rule less, from the turning point before it makes a difference. The present way is kept, and
    /// goes on behind the invitation.
    fn go_without(&mut self, rule: RuleId) {
        let line = self.cursor.line;
        let mut scenario = self.scenario.clone();
        scenario.config.off = scenario.config.off.with(rule);
        (scenario.open_at, scenario.passed) = (None, 0);
        scenario.lines = schedule::<P>(&scenario, line, rule);
        let mut other = Course::new(scenario);
        let known = other.ahead_to_script_end().min(self.head.sim.position());
        let fork = (1..=known).find(|at| self.trace.fingerprint(*at) != other.trace.fingerprint(*at));
        other.seek(fork.unwrap_or(1));
        let before = other.moment_near(false, true).unwrap_or(1);
        other.seek(before);
        other.left = Some(self.left.map_or(line, |left| left.min(line)));
        other.branches = std::mem::take(&mut self.branches);
        other.branches.push(Branch { gate: line + 1, ..self.present() });
        *self = other;
    }

    /// Leaves the script here: what was still to come of it stays behind as a branch.
    pub(crate) fn leave(&mut self) {
        let lines = self.lines_done();
        self.keep_branch();
        self.take_way(lines);
    }

    /// Moves the cursor to a line: behind it, or, if the scenario waits there, in front of it.
    pub(crate) fn seek_line(&mut self, line: usize) {
        let Some(there) = self.scenario.lines.get(line) else { return };
        let end = if waits(there) { line } else { line + 1 };
        let near = self.checkpoints.iter().rposition(|checkpoint| checkpoint.line <= line).unwrap_or(0);
        let mut cursor = self.checkpoints[near].clone();
        cursor.play_to_line(&self.scenario, end);
        self.ahead_to(cursor.sim.position());
        self.at = cursor.sim.now();
        self.cursor = cursor;
        self.pass_to(end);
    }

    /// How many of the places at this very moment at which the story waits the reader has passed.
    pub(crate) fn passed(&self) -> u16 {
        let near = self.checkpoints.partition_point(|one| one.sim.position() <= self.position());
        let mut fresh = self.checkpoints[near.saturating_sub(1)].clone();
        let end = Time(u64::MAX);
        while fresh.sim.position() < self.position()
            && fresh.advance(&self.scenario, end, usize::MAX, Notes::None) == Progress::Event
        {}
        fresh.settle(&self.scenario, self.at, 0);
        let passed = self.scenario.lines.get(fresh.line..self.cursor.line).unwrap_or(&[]);
        u16::try_from(passed.iter().filter(|line| waits(line)).count()).unwrap_or(u16::MAX)
    }

    /// Back to the story that was opened, to where the reader left it.
    pub(crate) fn back_to_story(&mut self) {
        if self.left.is_some()
            && let Some(story) = self.branches.iter().position(|branch| branch.left.is_none())
        {
            self.switch(story);
        }
    }
}

/// What lines do, without their words and their expectations. What the reader is invited to do is done.
pub(crate) fn deeds(lines: &[Line]) -> Vec<Line> {
    let deed = |line: &Line| match line {
        Line::Act { action, .. } | Line::Invite { what: Invitation::Act(action), .. } => {
            Some(Line::Act { action: action.clone(), tolerant: true })
        }
        Line::Run(_) | Line::At(_) | Line::Until { .. } | Line::DeliverAll => Some(line.clone()),
        _ => None,
    };
    lines.iter().filter_map(deed).collect()
}

/// What a scenario does up to a line, without its words and its expectations. If a rule is taken away and the promise
/// that rests on it breaks, it ends there, and says so.
pub(crate) fn schedule<P: Protocol>(scenario: &Scenario, to: usize, rule: RuleId) -> Vec<Line> {
    let lines = deeds(&scenario.lines[..to]);
    let mut scenario = Scenario { lines, ..scenario.clone() };
    let key = P::DIALECT.rule(rule).promise;
    let Some(promise) = P::DIALECT.promises.iter().find(|promise| promise.key == key) else {
        return scenario.lines;
    };
    let mut scratch = Director::<P>::new(&scenario);
    while scratch.checker.holds(key) {
        if scratch.script_done(&scenario)
            || scratch.advance(&scenario, Time(u64::MAX), usize::MAX, Notes::None) != Progress::Event
        {
            return scenario.lines;
        }
    }
    scenario.lines.truncate(scratch.line);
    let broken = scratch.checker.violations();
    let said =
        broken.iter().find(|violation| violation.promise == key).map_or("", |violation| &violation.text);
    let words = format!("{} is broken: {}", promise.name, narrate::stopped(said.to_owned()));
    scenario.lines.extend([
        Line::Until { condition: Expr::Violated(key.to_owned()), within: limits::SPAN },
        Line::Caption(narrate::as_caption(&words)),
    ]);
    let expected = broken.iter().map(|violation| Line::ExpectViolation(violation.promise.to_owned()));
    scenario.lines.extend(expected);
    scenario.lines.push(Line::Stop);
    scenario.lines
}
