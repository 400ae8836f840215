//! The liveness meter in words.

use crate::deed::listed;
use crate::frame::SinceView;
use check::{Meter, Stall};
use protocol::Protocol;
use serde::Serialize;
use sim::Sim;

/// A stretch of a run in which nothing got on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StallView {
    /// After how many events it began.
    pub position: u32,
    /// When it began, in microseconds.
    pub at: u64,
    /// How long it has lasted, in microseconds.
    pub time: u64,
    /// How many events happened meanwhile.
    pub events: u32,
}

/// Whether the cluster could get on, and whether it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MeterView {
    /// True if a majority of the servers is up and connected.
    pub connected: bool,
    /// Who is connected, in one sentence.
    pub who: String,
    /// What is wanted of them, in one sentence.
    pub wanted: String,
    /// Since when nothing has come of it, if anything is wanted. A frame holds nothing that changes with the clock alone.
    pub since: Option<SinceView>,
    /// The longest such stretch that is over.
    pub longest: Option<StallView>,
}

/// The meter at a moment.
pub(crate) fn view<P: Protocol>(meter: &Meter, sim: &Sim<P>) -> MeterView {
    let connected = meter.connected();
    let names: Vec<String> = connected.iter().map(|node| node.to_string()).collect();
    let who = match names.as_slice() {
        [] => "No majority is connected: nothing can come of anything.".to_owned(),
        [one] => format!("{one} is up, and a majority alone."),
        _ => format!("A majority is connected: {} are up and reach each other.", listed(&names)),
    };
    let since = meter.stalls_since().map(|(position, at)| SinceView { position, at: at.0 });
    MeterView {
        connected: !names.is_empty(),
        who,
        wanted: wanted(sim, since.is_some()),
        since,
        longest: meter.longest().map(shown),
    }
}

fn shown(stall: Stall) -> StallView {
    StallView { position: stall.position, at: stall.at.0, time: stall.time.0, events: stall.events }
}

fn wanted<P: Protocol>(sim: &Sim<P>, stalls: bool) -> String {
    let busy = sim.clients().iter().filter_map(|client| Some((client.id, client.busy_with()?)));
    let waits: Vec<String> =
        busy.map(|(id, asked)| format!("{id} waits for “{}”", asked.command.op())).collect();
    match waits.as_slice() {
        [] if stalls => "Nobody leads them.".to_owned(),
        [] => "No command waits.".to_owned(),
        _ => format!("{}.", listed(&waits)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Run, Time, open_text};

    const SECOND: u64 = 1_000_000;

    fn open(settings: &str, lines: &str) -> Box<dyn Run> {
        let text = format!("consensus 1\nprotocol {settings}\n\n{lines}\n");
        open_text(&text).unwrap_or_else(|trouble| panic!("{trouble}\n{text}")).run
    }

    /// What the meter shows at an instant.
    fn at(run: &mut dyn Run, at: u64) -> MeterView {
        run.seek_time(Time(at));
        run.frame().meter
    }

    /// How long nothing has come of what is wanted, at that instant.
    fn stalled(meter: &MeterView, at: u64) -> u64 {
        meter.since.map_or(0, |since| at - since.at)
    }

    /// The longest stretch without progress of the first ten seconds.
    fn longest(settings: &str, lines: &str) -> u64 {
        let meter = at(open(settings, lines).as_mut(), 10 * SECOND);
        meter.longest.map_or(0, |stall| stall.time).max(stalled(&meter, 10 * SECOND))
    }

    const ASK: &str = "run 1s\nsubmit c1 set x=1\nrun 9s";

    #[test]
    fn without_random_timeouts_the_meter_rises_and_with_them_it_falls_back() {
        let even = "raft\nservers 4\nnetwork latency 20ms";
        let mut off = open(&format!("{even}\nwithout random-timeout"), ASK);
        let mut stalled_at = |seconds: u64| stalled(&at(off.as_mut(), seconds * SECOND), seconds * SECOND);
        let rising = [2, 4, 8].map(&mut stalled_at);
        assert!(rising[0] > SECOND && rising[1] > 3 * SECOND && rising[2] > 7 * SECOND, "{rising:?}");
        let meter = at(off.as_mut(), 8 * SECOND);
        assert!(meter.connected && meter.who.contains("n1, n2, n3 and n4"), "{meter:?}");
        assert_eq!(meter.wanted, "Nobody leads them.");
        let with = at(open(even, ASK).as_mut(), 8 * SECOND);
        assert_eq!((with.since, with.wanted.as_str()), (None, "No command waits."));
    }

    #[test]
    fn where_nobody_stands_for_election_a_command_waits_in_vain() {
        let off = longest("raft\nwithout timeout-starts-election", ASK);
        let on = longest("raft", ASK);
        assert!(off > 4 * on, "{off} without, {on} with it");
    }

    #[test]
    fn a_cluster_of_which_nothing_can_be_expected_is_no_stall() {
        let lines =
            "until leader within 5s\ncrash n1\ncrash n2\nsubmit c1 -> n3 set x=1\nrun 3s\nrestart n1\nrun 3s";
        let mut run = open("raft", lines);
        let meter = at(run.as_mut(), 3 * SECOND);
        assert!(!meter.connected && meter.since.is_none(), "{meter:?}");
        assert!(meter.who.starts_with("No majority is connected"), "{meter:?}");
        let meter = at(run.as_mut(), 7 * SECOND);
        assert!(meter.connected && meter.since.is_none(), "{meter:?}");
    }

    #[test]
    fn every_protocol_comes_to_rest() {
        for protocol in ["raft", "paxos", "multi-paxos", "zab"] {
            let mut run = open(protocol, "run 2s\nsubmit c1 set x=1\nrun 6s");
            let meter = at(run.as_mut(), 8 * SECOND);
            assert_eq!((meter.connected, meter.since), (true, None), "{protocol}: {meter:?}");
            assert!(meter.longest.is_none_or(|stall| stall.time < 2 * SECOND), "{protocol}: {meter:?}");
        }
    }
}
