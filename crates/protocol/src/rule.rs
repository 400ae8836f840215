//! Rules: named, sourced, switchable.

use crate::{Dialect, NodeId};
use std::fmt::Write;

/// A rule's place in its protocol's list, from 0 to 63.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleId(pub u8);

/// A set of rules; in a [`crate::Setup`], those that are off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct RuleSet(pub u64);

impl RuleSet {
    /// This set and one more rule.
    #[must_use]
    pub const fn with(self, rule: RuleId) -> RuleSet {
        RuleSet(self.0 | 1 << rule.0)
    }

    /// This set less one rule.
    #[must_use]
    pub const fn without(self, rule: RuleId) -> RuleSet {
        RuleSet(self.0 & !(1 << rule.0))
    }

    /// True if the rule is in the set.
    #[inline]
    pub const fn has(self, rule: RuleId) -> bool {
        self.0 >> rule.0 & 1 == 1
    }

    /// True for the empty set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rules in the set, in ascending order.
    pub fn iter(self) -> impl Iterator<Item = RuleId> {
        (0..64).map(RuleId).filter(move |rule| self.has(*rule))
    }
}

/// What kind of promise hangs on a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Without it something false can happen.
    Safety,
    /// Without it something good may never happen.
    Liveness,
    /// It makes things better, or belongs to an option.
    Option,
}

/// How much an event matters to a reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Keep-alive traffic and book-keeping.
    #[default]
    Routine,
    /// Something that a reader can see changed.
    Notable,
    /// The story turns here: a leader is elected, an entry commits, a server falls.
    Turning,
}

/// What a rule said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The rule was satisfied, or did what it demands.
    Held,
    /// The rule forbade the step.
    Refused,
    /// The rule is off and would have forbidden (or done) something.
    Overridden,
}

/// One rule at one moment, with up to four small values that its sentence needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Firing {
    /// Which rule.
    pub rule: RuleId,
    /// What it said.
    pub verdict: Verdict,
    /// The values, in the order in which the rule's templates use them.
    pub values: [i32; 4],
}

/// The shape of a cluster in which a rule matters: what a search draws its runs from. What it leaves open is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// How many servers, one of these; empty if any number may do.
    pub servers: &'static [u8],
    /// The values of options, by their keys.
    pub options: &'static [(&'static str, i64)],
    /// The kinds of message that have to arrive late, by their names.
    pub late: &'static [&'static str],
    /// Those that have to arrive twice.
    pub twice: &'static [&'static str],
    /// True if writes have to take time.
    pub slow_disk: bool,
    /// True if clients have to ask again.
    pub impatient_clients: bool,
    /// True if servers have to crash.
    pub crashes: bool,
    /// True if servers have to seek to lead at the same time.
    pub rivals: bool,
    /// True if clients have to read where they asked before.
    pub reads: bool,
}

impl Shape {
    /// Any shape.
    pub const ANY: Shape = Shape {
        servers: &[],
        options: &[],
        late: &[],
        twice: &[],
        slow_disk: false,
        impatient_clients: false,
        crashes: false,
        rivals: false,
        reads: false,
    };

    /// What it asks for, in a few words each.
    pub fn words(&self, dialect: &Dialect) -> Vec<String> {
        let mut words = Vec::new();
        if !self.servers.is_empty() {
            let sizes: Vec<String> = self.servers.iter().map(u8::to_string).collect();
            words.push(format!("{} servers", sizes.join(" or ")));
        }
        for (key, value) in self.options {
            let option = dialect.option_named(key).map(|place| &dialect.options[place]);
            words
                .push(format!("{key} {}", option.map_or_else(String::new, |option| option.kind.say(*value))));
        }
        words.extend(self.late.iter().map(|kind| format!("a late {kind}")));
        words.extend(self.twice.iter().map(|kind| format!("a doubled {kind}")));
        let others = [
            (self.slow_disk, "a disk that takes time"),
            (self.impatient_clients, "a client that asks again"),
            (self.crashes, "a crash"),
            (self.rivals, "two servers that seek to lead at the same time"),
            (self.reads, "a client that reads where it asked before"),
        ];
        words.extend(others.iter().filter(|(asked, _)| *asked).map(|(_, words)| (*words).to_owned()));
        words
    }
}

/// A rule, in words. The templates are filled by [`RuleInfo::tell`]:
/// `{me}` is the node, `{0}` … `{3}` are values, and `{n0}` … `{n3}` are values shown as nodes.
#[derive(Clone, Copy, Debug)]
pub struct RuleInfo {
    /// The name by which scenarios and the command line call it, such as `current-term-commit`.
    pub key: &'static str,
    /// What it demands, in one sentence.
    pub words: &'static str,
    /// Where it is written down: paper and section.
    pub source: &'static str,
    /// What hangs on it.
    pub kind: RuleKind,
    /// The key of the promise that breaks without it; empty if none does.
    pub promise: &'static str,
    /// What a node does instead when the rule is off.
    pub when_off: &'static str,
    /// The cluster or option without which the rule never matters, in words; empty if it always may.
    pub needs: &'static str,
    /// The same for a search.
    pub shape: Shape,
    /// The sentence when it held.
    pub held: &'static str,
    /// The sentence when it refused.
    pub refused: &'static str,
    /// The sentence when it was off and would have spoken.
    pub overridden: &'static str,
    /// How much it matters that it held.
    pub held_grade: Grade,
    /// How much it matters that it refused. A rule that is overridden is always a turning point.
    pub refused_grade: Grade,
}

/// Numbers the rules of a protocol and collects their rows, so that a constant and its row cannot come apart: each line
/// names the module and the constant of a row. In brackets stands who may see the constants.
#[macro_export]
macro_rules! rules {
    ([$visible:vis] $($(#[$about:meta])* $part:ident::$NAME:ident;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Place { $($NAME),* }
        $($(#[$about])* $visible const $NAME: $crate::RuleId = $crate::RuleId(Place::$NAME as u8);)*
        /// The rows, in order.
        pub(crate) static RULES: &[$crate::RuleInfo] = &[$($part::$NAME),*];
    };
}

impl RuleInfo {
    /// What most rows share: a safety rule that always may matter, and whose quiet work is routine.
    pub const SAFETY: RuleInfo = RuleInfo {
        key: "",
        words: "",
        source: "",
        kind: RuleKind::Safety,
        promise: "",
        when_off: "",
        needs: "",
        shape: Shape::ANY,
        held: "",
        refused: "",
        overridden: "",
        held_grade: Grade::Routine,
        refused_grade: Grade::Notable,
    };

    /// What rows share whose absence makes nothing false.
    pub const LIVENESS: RuleInfo = RuleInfo { kind: RuleKind::Liveness, ..RuleInfo::SAFETY };

    /// What rows share that belong to an option.
    pub const OPTION: RuleInfo = RuleInfo { kind: RuleKind::Option, ..RuleInfo::SAFETY };

    /// The grade of a verdict.
    pub const fn grade(&self, verdict: Verdict) -> Grade {
        match verdict {
            Verdict::Held => self.held_grade,
            Verdict::Refused => self.refused_grade,
            Verdict::Overridden => Grade::Turning,
        }
    }

    /// The sentence for a firing at node `me`.
    pub fn tell(&self, me: NodeId, firing: &Firing) -> String {
        let template = match firing.verdict {
            Verdict::Held => self.held,
            Verdict::Refused => self.refused,
            Verdict::Overridden => self.overridden,
        };
        fill(template, me, &firing.values)
    }
}

/// Fills a template's placeholders. An unknown placeholder stays as it is, which a test of each protocol forbids.
fn fill(template: &str, me: NodeId, values: &[i32; 4]) -> String {
    let mut text = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        text.push_str(before);
        let value = name.bytes().last().and_then(|digit| values.get(usize::from(digit.wrapping_sub(b'0'))));
        // Writing into a String cannot fail.
        let _ = match (name.len(), value) {
            (2, _) if name == "me" => write!(text, "{me}"),
            (1, Some(value)) => write!(text, "{value}"),
            (2, Some(value)) if name.starts_with('n') => write!(text, "n{value}"),
            _ => write!(text, "{{{name}}}"),
        };
        rest = tail;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_filled_with_the_node_and_the_values() {
        let text = fill("{me} refuses {n0}: term {1} is old, {2}{3} {x}", NodeId(2), &[1, 7, 8, 9]);
        assert_eq!(text, "n2 refuses n1: term 7 is old, 89 {x}");
    }

    #[test]
    fn a_set_has_what_was_put_in() {
        let set = RuleSet::default().with(RuleId(3)).with(RuleId(63));
        assert_eq!(set.iter().collect::<Vec<_>>(), [RuleId(3), RuleId(63)]);
        assert!(set.without(RuleId(3)).without(RuleId(63)).is_empty());
    }
}
