//! When rules spoke: how often so far, whether just now, and where next.

use crate::course::Course;
use crate::narrate::moments_by;
use protocol::{Firing, NodeId, Protocol, RuleId, RuleKind, Verdict};
use serde::Serialize;

/// How far beyond the cursor the next firing of a rule is looked for, in events.
const HORIZON: u32 = 5_000;

/// A rule with its switch and how often it spoke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    /// Its key.
    pub key: &'static str,
    /// What it demands.
    pub words: &'static str,
    /// Where it is written down.
    pub source: &'static str,
    /// `safety`, `liveness` or `option`.
    pub kind: &'static str,
    /// The promise that breaks without it.
    pub promise: &'static str,
    /// Where alone it matters.
    pub needs: &'static str,
    /// What happens without it.
    pub when_off: &'static str,
    /// True unless it is switched off.
    pub on: bool,
    /// How often it held up to the cursor.
    pub held: u32,
    /// How often it refused.
    pub refused: u32,
    /// How often it was off and would have spoken.
    pub overridden: u32,
    /// What it said last, if it spoke since the moment before the shown one.
    pub now: Option<&'static str>,
    /// True if it spoke before: there is an event to go back to.
    pub before: bool,
    /// True if it speaks again, as far as is looked.
    pub after: bool,
}

/// Every rule with its counts up to the cursor.
pub(crate) fn rules<P: Protocol>(course: &mut Course<P>) -> Vec<RuleView> {
    let here = course.position();
    course.ahead_to(here.saturating_add(HORIZON));
    let to = firings_before(course, here);
    let mut counts = vec![[0u32; 3]; P::DIALECT.rules.len()];
    for (_, firing) in &course.trace.firings[..to] {
        counts[usize::from(firing.rule.0)][firing.verdict as usize] += 1;
    }
    let just = &course.trace.firings[firings_before(course, shown_from(course)).min(to)..to];
    let past = &course.trace.firings[..firings_before(course, here.saturating_sub(1))];
    let coming = &course.trace.firings[to..firings_before(course, here.saturating_add(HORIZON))];
    let spoke = |firings: &[(NodeId, Firing)], rule| firings.iter().any(|(_, firing)| firing.rule == rule);
    let off = course.scenario.config.off;
    let infos = (0u8..).map(RuleId).zip(P::DIALECT.rules).zip(counts);
    infos
        .map(|((rule, info), [held, refused, overridden])| RuleView {
            key: info.key,
            words: info.words,
            source: info.source,
            kind: kind_name(info.kind),
            promise: info.promise,
            needs: info.needs,
            when_off: info.when_off,
            on: !off.has(rule),
            held,
            refused,
            overridden,
            now: just
                .iter()
                .rev()
                .find(|(_, firing)| firing.rule == rule)
                .map(|(_, firing)| verdict_name(firing.verdict)),
            before: spoke(past, rule),
            after: spoke(coming, rule),
        })
        .collect()
}

/// The first event of what the reader is shown: the last moment, and what came after it.
pub(crate) fn shown_from<P: Protocol>(course: &Course<P>) -> u32 {
    let moments = moments_by(course, course.position());
    moments.checked_sub(1).map_or(0, |last| course.trace.moments[last])
}

/// Where the rules of an event begin.
fn firings_before<P: Protocol>(course: &Course<P>, event: u32) -> usize {
    let record = course.trace.records.get(event as usize);
    record.map_or(course.trace.firings.len(), |record| record.firings_from as usize)
}

/// Where a reader stands after the next (or previous) event during which a rule spoke.
pub(crate) fn near<P: Protocol>(course: &mut Course<P>, rule: &str, forward: bool) -> Option<u32> {
    let rule = P::DIALECT.rules.iter().position(|info| info.key == rule)?;
    let rule = RuleId(u8::try_from(rule).ok()?);
    let here = course.position();
    let speaks = |course: &Course<P>, event: u32| {
        course.trace.firings_of(event).iter().any(|(_, firing)| firing.rule == rule)
    };
    if !forward {
        return (0..here.saturating_sub(1)).rev().find(|event| speaks(course, *event)).map(|event| event + 1);
    }
    for event in here..here.saturating_add(HORIZON) {
        if course.ahead_to(event + 1) <= event {
            return None;
        }
        if speaks(course, event) {
            return Some(event + 1);
        }
    }
    None
}

/// `held`, `refused` or `overridden`.
pub(crate) fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "held",
        Verdict::Refused => "refused",
        Verdict::Overridden => "overridden",
    }
}

pub(crate) fn kind_name(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Safety => "safety",
        RuleKind::Liveness => "liveness",
        RuleKind::Option => "option",
    }
}
