//! When rules spoke: how often so far, whether just now, and where next.

use crate::course::Course;
use crate::narrate::moments_by;
use crate::run::{RuleView, kind_name};
use protocol::{Protocol, RuleId, Verdict};

/// How far beyond the cursor the next firing of a rule is looked for, in events.
const HORIZON: u32 = 20_000;

/// Every rule with its counts up to the cursor.
pub(crate) fn rules<P: Protocol>(course: &Course<P>) -> Vec<RuleView> {
    let to = firings_before(course, course.position());
    let mut counts = vec![[0u32; 3]; P::DIALECT.rules.len()];
    for (_, firing) in &course.trace.firings[..to] {
        counts[usize::from(firing.rule.0)][firing.verdict as usize] += 1;
    }
    let just = &course.trace.firings[firings_before(course, shown_from(course)).min(to)..to];
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
        })
        .collect()
}

/// The first event of what the reader is shown: the last moment, and what came after it.
fn shown_from<P: Protocol>(course: &Course<P>) -> u32 {
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
