//! What a comparison comes to: the stretches without a leader, the first difference, and one sentence.

use super::tally::{Tally, Told};
use protocol::{Dialect, Time};

/// A stretch in which nobody led who could reach a majority.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    pub(super) lost: Time,
    /// When somebody led again.
    pub(super) again: Option<Time>,
    /// When a client got the first result that had left its server since.
    pub(super) answer: Option<Time>,
    pub(super) blow: &'static str,
}

/// Every such stretch that takes any time, but the one before the first leader.
pub(super) fn gaps(tally: &Tally) -> Vec<Gap> {
    let reigns = &tally.reigns;
    let lost = reigns.iter().enumerate().filter(|(_, reign)| reign.leader.is_none());
    let gaps = lost.map(|(i, reign)| Gap {
        lost: reign.at,
        again: reigns.get(i + 1).map(|next| next.at),
        answer: first_answer(&tally.told, reign.at),
        blow: reign.blow,
    });
    gaps.filter(|gap| gap.again != Some(gap.lost)).collect()
}

fn first_answer(told: &[Told], since: Time) -> Option<Time> {
    let after = told.iter().filter(|told| told.op.outcome == "ok" && told.sent_at >= Some(since));
    after.filter_map(|told| told.op.ended_at.map(Time)).min()
}

/// How long nobody led, in all, up to an instant.
pub(super) fn without(gaps: &[Gap], until: Time) -> u64 {
    gaps.iter().map(|gap| (gap.again.unwrap_or(until) - gap.lost).0).sum()
}

/// An instant at which the runs part, and how.
pub(super) struct Difference {
    pub(super) at: Time,
    pub(super) words: String,
}

/// The first instant at which a client is told what another protocol tells it otherwise or never, or at which an entry of a
/// log is overwritten or renumbered that in another run is not. If there is none: at which one serves before the others.
pub(super) fn difference(dialects: &[&Dialect], tallies: &[Tally]) -> Option<Difference> {
    let overwritten = ["overwrites", "overwrite"].map(|verb| format!("{verb} an entry that a server held"));
    let term = renumbering_term(dialects, tallies);
    let renumbered = ["gives", "give"].map(|verb| format!("{verb} an entry that a server held a new {term}"));
    let parts = [
        answered(dialects, tallies),
        fate(dialects, tallies, &overwritten, |tally| tally.overwritten.at),
        fate(dialects, tallies, &renumbered, |tally| tally.renumbered.at),
    ];
    let first = parts.into_iter().flatten().min_by_key(|difference| difference.at);
    first.or_else(|| sooner(dialects, tallies))
}

/// What the first to renumber an entry calls the number.
fn renumbering_term(dialects: &[&Dialect], tallies: &[Tally]) -> &'static str {
    let each = tallies.iter().zip(dialects);
    let first = each.filter_map(|(tally, dialect)| tally.renumbered.at.map(|at| (at, dialect.term))).min();
    first.map_or("term", |(_, term)| term)
}

/// The first operation that ends in another way with one of them.
fn answered(dialects: &[&Dialect], tallies: &[Tally]) -> Option<Difference> {
    let mut first: Option<Difference> = None;
    for told in tallies.iter().flat_map(|tally| &tally.told) {
        let ends = tallies.iter().map(|tally| {
            tally.told.iter().find(|other| (other.client, other.op.seq) == (told.client, told.op.seq))
        });
        let ends: Vec<Option<&Told>> = ends.collect();
        let say = |end: &Option<&Told>| end.map(|end| (end.op.outcome, end.op.reply.clone()));
        if ends.iter().all(|end| say(end) == say(&ends[0])) {
            continue;
        }
        let at = ends.iter().flatten().filter_map(|end| end.op.ended_at.map(Time)).min()?;
        if first.as_ref().is_none_or(|first| at < first.at) {
            let each = ends.iter().zip(dialects).map(|(end, dialect)| {
                let end = end.map_or("no answer", |end| match end.op.outcome {
                    "ok" => end.op.reply.as_str(),
                    other => other,
                });
                format!("{end} with {}", dialect.name)
            });
            let each: Vec<String> = each.collect();
            first = Some(Difference {
                at,
                words: format!("{}’s {}: {}.", told.client, told.op.text, each.join(", ")),
            });
        }
    }
    first
}

/// Something that happens to entries with some of them and not with all, said of one and of several.
fn fate(
    dialects: &[&Dialect],
    tallies: &[Tally],
    [one, several]: &[String; 2],
    when: impl Fn(&Tally) -> Option<Time>,
) -> Option<Difference> {
    let (does, does_not): (Vec<_>, Vec<_>) = tallies
        .iter()
        .zip(dialects)
        .map(|(tally, dialect)| (when(tally), dialect.name))
        .partition(|(at, _)| at.is_some());
    let at = does.iter().filter_map(|(at, _)| *at).min()?;
    let names =
        |list: &[(Option<Time>, &'static str)]| and(&list.iter().map(|(_, name)| *name).collect::<Vec<_>>());
    let what = if does.len() > 1 { several } else { one };
    let verb = if does_not.len() > 1 { "do" } else { "does" };
    let words = format!("{} {what}; {} {verb} not.", names(&does), names(&does_not));
    (!does_not.is_empty()).then_some(Difference { at, words })
}

/// Who has a leader again before the others; or before that, who has one at all.
fn sooner(dialects: &[&Dialect], tallies: &[Tally]) -> Option<Difference> {
    let again = tallies.iter().map(|tally| gaps(tally).first().and_then(|gap| gap.again));
    let again: Vec<Option<Time>> = again.collect();
    let first = again.iter().zip(dialects).filter_map(|(at, dialect)| at.map(|at| (at, dialect.name)));
    if let Some((at, name)) = first.min().filter(|(at, _)| again.iter().any(|other| *other != Some(*at))) {
        return Some(Difference { at, words: format!("{name} is the first to have a leader again.") });
    }
    let led = tallies.iter().map(|tally| tally.reigns.first().map(|reign| reign.at));
    let led: Vec<Option<Time>> = led.collect();
    let first = led.iter().zip(dialects).filter_map(|(at, dialect)| at.map(|at| (at, dialect.name)));
    let (at, name) = first.min().filter(|(at, _)| led.iter().any(|other| *other != Some(*at)))?;
    Some(Difference { at, words: format!("{name} is the first to have a leader.") })
}

/// The whole comparison in one sentence.
pub(super) fn sentence(dialects: &[&Dialect], tallies: &[Tally], until: Time) -> String {
    let all: Vec<Vec<Gap>> = tallies.iter().map(gaps).collect();
    let blows: Vec<&str> = all.iter().filter_map(|gaps| gaps.first()).map(|gap| gap.blow).collect();
    let Some(blow) = blows.first() else {
        let each = tallies.iter().zip(dialects).map(|(tally, dialect)| {
            format!("{} {} with {} messages", dialect.name, commits(tally), tally.messages)
        });
        return format!("Nobody loses its leader: {}.", each.collect::<Vec<_>>().join("; "));
    };
    let same = blows.len() == all.len() && blows.iter().all(|other| other == blow) && !blow.is_empty();
    let head =
        if same { format!("After the same {blow} of the leader") } else { "In the same run".to_owned() };
    let each = all.iter().zip(tallies).zip(dialects).map(|((gaps, tally), dialect)| {
        let service = match gaps.last() {
            None => "never loses its leader".to_owned(),
            Some(Gap { again: None, .. }) => "has no leader in the end".to_owned(),
            Some(_) => format!("{} without service", ms(without(gaps, until))),
        };
        format!("{} {service} and {}", dialect.name, entries(tally, dialect))
    });
    format!("{head}: {}.", each.collect::<Vec<_>>().join("; "))
}

fn commits(tally: &Tally) -> String {
    trips(tally).map_or("commits nothing".to_owned(), |trips| {
        format!("commits in {trips} round {}", if trips == "1" { "trip" } else { "trips" })
    })
}

fn entries(tally: &Tally, dialect: &Dialect) -> String {
    let (lost, renumbered) = (tally.overwritten.count(), tally.renumbered.count());
    let counted = |n: usize| match n {
        0 => "no entry".to_owned(),
        1 => "one entry".to_owned(),
        n => format!("{n} entries"),
    };
    let overwritten = format!("{} overwritten", counted(lost));
    match renumbered {
        0 => overwritten,
        n if lost == 0 => format!("{} given a new {}", counted(n), dialect.term),
        n => format!("{overwritten}, {} given a new {}", counted(n), dialect.term),
    }
}

/// How many round trips between servers a command takes: the usual number, as text.
pub(super) fn trips(tally: &Tally) -> Option<String> {
    let mut hops = tally.hops.clone();
    hops.sort_unstable();
    let usual = *hops.get(hops.len() / 2)?;
    Some(match (usual / 2, usual % 2) {
        (0, 1) => "½".to_owned(),
        (whole, 1) => format!("{whole}½"),
        (whole, _) => whole.to_string(),
    })
}

/// Whole milliseconds.
pub(super) fn ms(micros: u64) -> String {
    format!("{} ms", (micros + 500) / 1_000)
}

/// `a`, `a and b`, `a, b and c`.
fn and(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
