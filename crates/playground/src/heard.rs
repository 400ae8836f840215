//! What a place has heard from the others: with its own state, all that it can know.

use crate::course::Course;
use protocol::Protocol;
use serde::Serialize;
use sim::{Fate, Kind, Mark, MarkKind, kind_name};

/// The last message that arrived from one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HeardView {
    /// From whom.
    pub from: String,
    /// The message's kind.
    pub kind: &'static str,
    /// The number of its term.
    pub term: u32,
    /// When it left: what the sender did afterwards, it does not tell.
    pub sent_at: u64,
    /// After how many events it left.
    pub sent_in: u32,
    /// When it arrived.
    pub at: u64,
}

/// The last message from every place that a place has heard from and still remembers, by the cursor.
pub(crate) fn heard<P: Protocol>(course: &Course<P>, place: &str) -> Vec<HeardView> {
    let sim = &course.cursor.sim;
    let servers = sim.machines().iter().map(|machine| machine.id.to_string());
    let names: Vec<String> =
        servers.chain(sim.clients().iter().map(|client| client.id.to_string())).collect();
    let Some(own) = names.iter().position(|name| name == place) else { return Vec::new() };
    if sim.machines().get(own).is_some_and(|machine| !machine.is_up()) {
        return Vec::new();
    }
    let (position, since) = (sim.position(), last_crash(&course.trace.marks, own, sim.position()));
    let mut last: Vec<Option<HeardView>> = vec![None; names.len()];
    // The latest to have left says most, even if an older one overtook it on the way.
    for row in course.trace.messages.iter().rev().filter(|row| usize::from(row.to) == own) {
        let Some((at, end, Fate::Delivered)) = row.end else { continue };
        let slot = &mut last[usize::from(row.from)];
        if slot.is_some() || end >= position || end < since {
            continue;
        }
        *slot = Some(HeardView {
            from: names[usize::from(row.from)].clone(),
            kind: kind_name::<P>(kind_of(row.kind)),
            term: row.term,
            sent_at: row.sent_at.0,
            sent_in: row.sent_in + 1,
            at: at.0,
        });
        if last.iter().enumerate().all(|(lane, slot)| lane == own || slot.is_some()) {
            break;
        }
    }
    last.into_iter().flatten().collect()
}

/// Since when a server remembers: what it had heard before a crash is gone.
fn last_crash(marks: &[Mark], lane: usize, position: u32) -> u32 {
    let crashed = |mark: &&Mark| {
        usize::from(mark.lane) == lane && mark.kind == MarkKind::Crashed && mark.position < position
    };
    marks.iter().rfind(crashed).map_or(0, |mark| mark.position)
}

/// A kind by its number in a trace.
pub(crate) fn kind_of(number: u8) -> Kind {
    match number {
        255 => Kind::Request,
        254 => Kind::Reply,
        number => Kind::Protocol(number),
    }
}

#[cfg(test)]
mod tests {
    use super::HeardView;
    use crate::{Run, open_text};

    /// A run after these lines, with everything that waits in it passed.
    fn after(lines: &str) -> Box<dyn Run> {
        let text = format!("consensus 1\nprotocol raft\noption no-op off\n{lines}");
        let mut run = open_text(&text).unwrap_or_else(|trouble| panic!("{trouble}")).run;
        let end = run.ahead_to_script_end();
        run.seek(end);
        run
    }

    fn who(heard: &[HeardView]) -> Vec<(&str, &str, u32)> {
        heard.iter().map(|last| (last.from.as_str(), last.kind, last.term)).collect()
    }

    #[test]
    fn only_what_has_arrived_was_heard() {
        let run = after("fire n1 election\ndeliver RequestVote n1->n2\n");
        assert_eq!(who(&run.heard("n2")), [("n1", "RequestVote", 1)]);
        assert!(run.heard("n1").is_empty(), "n2's vote is still under way");
        assert!(run.heard("n3").is_empty(), "n1's request to n3 is still under way");
        assert!(run.heard("c1").is_empty() && run.heard("n9").is_empty() && run.heard("").is_empty());
    }

    #[test]
    fn the_last_from_each_counts_and_clients_hear_too() {
        let run = after("fire n1 election\ndeliver all\nsubmit c1 -> n1 set x=1\ndeliver all\n");
        assert_eq!(who(&run.heard("n2")), [("n1", "AppendEntries", 1)]);
        let one = run.heard("n1");
        let votes =
            [("n2", "AppendEntriesReply", 1), ("n3", "AppendEntriesReply", 1), ("c1", "ClientRequest", 0)];
        assert_eq!(who(&one), votes);
        assert!(one.iter().all(|last| last.sent_at <= last.at));
        assert_eq!(who(&run.heard("c1")), [("n1", "ClientReply", 0)]);
    }

    #[test]
    fn what_left_later_says_more_even_if_an_older_one_overtook_it() {
        let run = after(
            "fire n1 election\ndrop RequestVote n1->n2\nfire n1 election\nfire n1 election\n\
             deliver RequestVote n1->n2 #2\ndeliver RequestVote n1->n2\n",
        );
        assert_eq!(who(&run.heard("n2")), [("n1", "RequestVote", 3)]);
    }

    #[test]
    fn what_was_lost_was_not_heard() {
        let run = after("cut n1->n2\nfire n1 election\ndeliver all\n");
        assert_eq!(who(&run.heard("n1")), [("n3", "AppendEntriesReply", 1)]);
        assert!(run.heard("n2").is_empty());
    }

    #[test]
    fn who_crashes_forgets_and_who_is_down_knows_nothing() {
        let lines = "fire n1 election\ndeliver all\ncrash n2\n";
        assert!(after(lines).heard("n2").is_empty());
        let lines = format!("{lines}restart n2\n");
        assert!(after(&lines).heard("n2").is_empty(), "what it heard before is gone");
        let run = after(&format!("{lines}fire n1 heartbeat\ndeliver all\n"));
        assert_eq!(who(&run.heard("n2")), [("n1", "AppendEntries", 1)]);
        assert_eq!(who(&run.heard("n3")), [("n1", "AppendEntries", 1)], "n3 never forgot");
    }

    #[test]
    fn nothing_is_known_of_what_comes_after_the_cursor() {
        let mut run = after("fire n1 election\ndeliver all\n");
        let end = run.position();
        assert!(!run.heard("n2").is_empty());
        run.seek(1);
        assert!(run.heard("n2").is_empty());
        run.seek(end);
        assert!(!run.heard("n2").is_empty());
    }
}
