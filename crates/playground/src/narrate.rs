//! What just happened, in one or two sentences, with the rule that it rests on.

use crate::course::Course;
use crate::frame::{Caption, RuleCite, grade_name};
use crate::happened::Happened;
use protocol::{Firing, Grade, NodeId, Protocol, RuleInfo, Verdict};
use scenario::{Line, limits, words_of};

/// What the author says at the cursor. An author's caption stays until the next one, or until something happens that
/// the author did not write.
pub(crate) fn authored<P: Protocol>(course: &Course<P>) -> Option<Caption> {
    let (line, position, at) = course.cursor.caption?;
    let Some(Line::Caption(caption)) = course.scenario.lines.get(line) else { return None };
    let strays = course.left.is_some_and(|left| course.cursor.line >= left);
    let last = if strays { Some(position) } else { course.cursor.script_end };
    if last.is_some_and(|last| last_moment(course).is_some_and(|moment| moment >= last)) {
        return None;
    }
    Some(Caption {
        text: said(course, line).unwrap_or_else(|| words_of(caption)),
        rule: None,
        authored: true,
        position,
        at: at.0,
        grade: grade_name(Grade::Notable),
        moment: moments_by(course, position),
    })
}

/// What the caption in a line said, if it had values in braces.
fn said<P: Protocol>(course: &Course<P>, line: usize) -> Option<String> {
    let said = course.cursor.said.iter().find(|(said, _)| *said == line);
    said.map(|(_, text)| text.to_string())
}

/// What the engine tells of the last moment up to the cursor.
pub(crate) fn caption<P: Protocol>(course: &Course<P>) -> Option<Caption> {
    let moments = moments_by(course, course.position());
    let position = last_moment(course)?;
    let (text, rule) = tell(course, position);
    let record = course.trace.records[position as usize];
    Some(Caption {
        text,
        rule: rule.map(cite),
        authored: false,
        position: position + 1,
        at: record.at.0,
        grade: grade_name(record.grade),
        moment: moments,
    })
}

/// The event of the last moment up to the cursor.
fn last_moment<P: Protocol>(course: &Course<P>) -> Option<u32> {
    let moments = moments_by(course, course.position());
    course.trace.moments.get(moments.checked_sub(1)?).copied()
}

/// How many moments there were among the first `position` events.
pub(crate) fn moments_by<P: Protocol>(course: &Course<P>, position: u32) -> usize {
    course.trace.moments.partition_point(|moment| *moment < position)
}

pub(crate) fn cite(rule: &'static RuleInfo) -> RuleCite {
    RuleCite { key: rule.key, words: rule.words, source: rule.source }
}

/// The sentences for an event, and the rule of the weightiest.
pub(crate) fn tell<P: Protocol>(course: &Course<P>, position: u32) -> (String, Option<&'static RuleInfo>) {
    let happened = Happened::of(course, position);
    let weight = |firing: &Firing| P::DIALECT.rule(firing.rule).grade(firing.verdict);
    let firings = course.trace.firings_of(position);
    let mut told: Vec<&(NodeId, Firing)> =
        firings.iter().filter(|(_, firing)| weight(firing) > Grade::Routine).collect();
    let head = happened.head();
    let most = if head.is_empty() { 2 } else { 1 };
    while told.len() > most {
        let lightest = (0..told.len()).min_by_key(|place| weight(&told[*place].1));
        lightest.map(|place| told.remove(place));
    }
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend((!head.is_empty()).then_some(head));
    for sentence in told.iter().map(|(node, firing)| stopped(P::tell(*node, firing))) {
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    // The weightiest, the later first among equals; what is told stays in the order in which they spoke.
    let mut rule =
        told.iter().max_by_key(|(_, firing)| weight(firing)).map(|(_, firing)| P::DIALECT.rule(firing.rule));
    if let Some((growth, first)) = happened.growth().filter(|_| sentences.len() < 2) {
        sentences.insert(if first { 0 } else { sentences.len() }, growth);
    }
    if sentences.is_empty() {
        sentences.extend(Some(happened.tail()).filter(|tail| !tail.is_empty()));
    }
    if sentences.is_empty() {
        // Where nothing else is worth a word, what a rule says quietly is; a refusal before all.
        let refused = |(_, firing): &&(NodeId, Firing)| firing.verdict == Verdict::Refused;
        let (sentence, quiet) = match firings.iter().find(refused).or(firings.first()) {
            Some((node, firing)) => (stopped(P::tell(*node, firing)), Some(P::DIALECT.rule(firing.rule))),
            None => (happened.nothing(), None),
        };
        sentences.push(sentence);
        rule = quiet;
    }
    (sentences.join(" "), rule)
}

/// The words as a caption that says them, no longer than one may be.
pub(crate) fn as_caption(words: &str) -> String {
    let whole = scenario::as_caption(words);
    if whole.chars().count() <= limits::CAPTION {
        return whole;
    }
    let mut caption = String::new();
    let mut room = limits::CAPTION - 1;
    for sign in words.chars() {
        let cost = 1 + usize::from(sign == '{');
        if cost > room {
            break;
        }
        room -= cost;
        caption.push_str(&scenario::as_caption(sign.encode_utf8(&mut [0; 4])));
    }
    caption + "…"
}

/// The sentence with a full stop.
pub(crate) fn stopped(mut sentence: String) -> String {
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
