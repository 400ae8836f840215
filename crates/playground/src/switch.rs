//! A rule's switch: the same schedule once more, with one rule less or one rule more.

use crate::as_told::excuse;
use crate::course::Course;
use crate::director::{Director, Progress};
use crate::lookout::Notes;
use crate::run::Trouble;
use crate::story::{deeds, schedule};
use protocol::{Protocol, RuleId, Time};
use scenario::Scenario;

impl<P: Protocol> Course<P> {
    /// Goes over to the same schedule with a rule switched on or off. The reader stands where they stood, or, if the
    /// rule has made a difference by then, at the turning point before it. The present way is kept as a branch.
    pub(crate) fn switch_rule(&mut self, key: &str, on: bool) -> Result<(), Trouble> {
        let Some(rule) = (0u8..).map(RuleId).zip(P::DIALECT.rules).find(|(_, info)| info.key == key) else {
            return Err(format!("{} has no rule “{key}”", P::DIALECT.name));
        };
        if self.scenario.config.off.has(rule.0) != on {
            return Ok(());
        }
        let (here, line) = (self.position(), self.cursor.line);
        self.ahead_to_script_end();
        let mut other = Course::new(switched::<P>(&self.scenario, rule.0, on));
        let known = other.ahead_to_script_end().max(here);
        let known = other.ahead_to(known).min(self.ahead_to(known));
        let fork = (1..=known).find(|at| self.trace.fingerprint(*at) != other.trace.fingerprint(*at));
        match fork.filter(|fork| *fork <= here) {
            Some(fork) => {
                other.seek(fork);
                let before = other.moment_near(false, true).unwrap_or(1);
                other.seek(before);
            }
            None => other.seek(here),
        }
        other.left = Some(self.left.map_or(line, |left| left.min(line)));
        other.branches = std::mem::take(&mut self.branches);
        other.branches.push(self.present());
        *self = other;
        Ok(())
    }
}

/// What a scenario does, with a rule switched on or off.
fn switched<P: Protocol>(scenario: &Scenario, rule: RuleId, on: bool) -> Scenario {
    let mut scenario = scenario.clone();
    let off = scenario.config.off;
    scenario.config.off = if on { off.without(rule) } else { off.with(rule) };
    scenario.open_at = None;
    let all = scenario.lines.len();
    scenario.lines = if on { deeds(&scenario.lines) } else { schedule::<P>(&scenario, all, rule) };
    let mut played = Director::<P>::new(&scenario);
    while !played.script_done(&scenario)
        && played.advance(&scenario, Time(u64::MAX), usize::MAX, Notes::None) == Progress::Event
    {}
    for failure in &played.failures {
        excuse(&mut scenario.lines[failure.line]);
    }
    scenario
}
