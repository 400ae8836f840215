//! A run's own mix: which moves it makes how often. Swarm testing (Groce et al., 2012): a run that never crashes a server
//! reaches other states than one that does little else.

use crate::dice::Dice;
use crate::shape::{Clock, Setting};
use sim::Disk;

/// What a phase begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// A timer of a server that does not lead.
    Seek,
    /// A timer of a server that leads, or any other.
    Tick,
    /// A client asks.
    Submit,
    /// A server crashes.
    Crash,
    /// A server boots again.
    Restart,
    /// All servers crash, and some boot again.
    Blackout,
    /// A message that has long been under way arrives.
    Late,
    /// A message is doubled.
    Double,
    /// A message is lost.
    Lose,
    /// A server's writes reach its disk.
    Sync,
    /// Links are cut or mended.
    Cut,
    /// The servers fall into two parts, or find together again.
    Split,
    /// Messages are held, or let go.
    Hold,
    /// A server's timers are held, or all ring again.
    Stall,
    /// Time passes.
    Wait,
    /// A message arrives at which a rule that is off would speak, if there is one.
    Probe,
}

/// In the order of the weights.
pub(crate) const STARTS: [Start; 16] = [
    Start::Seek,
    Start::Tick,
    Start::Submit,
    Start::Crash,
    Start::Restart,
    Start::Blackout,
    Start::Late,
    Start::Double,
    Start::Lose,
    Start::Sync,
    Start::Cut,
    Start::Split,
    Start::Hold,
    Start::Stall,
    Start::Wait,
    Start::Probe,
];

/// How a run is drawn. Chances are in a hundred.
#[derive(Clone, Debug)]
pub(crate) struct Mix {
    /// How many moves.
    pub(crate) moves: u32,
    pub(crate) starts: [u32; STARTS.len()],
    /// How likely a phase is among: all servers, a majority, two, one.
    pub(crate) groups: [u32; 4],
    /// How likely a phase goes on until nothing is left to deliver in its group; otherwise it ends after a few.
    pub(crate) drain: u32,
    /// How likely a phase delivers in any order instead of that of sending.
    pub(crate) shuffle: u32,
    /// How likely a phase delivers what was sent before it.
    pub(crate) stale: u32,
    /// How likely a message that could arrive is kept back for later.
    pub(crate) keep: u32,
    /// The same for a message that has to arrive late.
    pub(crate) keep_late: u32,
    /// How likely a server that led before, and does no longer, seeks to lead again where one can.
    pub(crate) again: u32,
    /// How likely a server that seeks to lead is followed by another at once.
    pub(crate) duel: u32,
    /// How likely a client's question is followed by another's at once.
    pub(crate) burst: u32,
    /// How likely a server that leads is preferred where one can be.
    pub(crate) lead: u32,
    /// Where a disk waits to be told: how likely a server's writes get there before the next message in its group moves.
    pub(crate) flush: u32,
    /// How likely a server's writes do not get there for a whole phase.
    pub(crate) lazy: u32,
    /// How likely a message that has to arrive twice is doubled.
    pub(crate) twice: u32,
    /// How likely it is the server where a rule that is off last would have spoken that crashes, whose timer fires, or at
    /// which a late message arrives.
    pub(crate) focus: u32,
    /// Where a majority may lack what is committed: how likely a phase is theirs, and one of them seeks to lead.
    pub(crate) usurp: u32,
    /// Where the clock runs: how likely time passes between one thing and the next.
    pub(crate) calm: u32,
}

impl Mix {
    /// Draws a mix for a run of this setting; `fifo`: its channels keep their order.
    pub(crate) fn draw(dice: &mut Dice, setting: &Setting, fifo: bool) -> Mix {
        let runs = setting.clock == Clock::Running;
        let mut some = |of: &[u32]| dice.pick(of).copied().unwrap_or_default();
        let starts = STARTS.map(|start| match start {
            Start::Submit => some(&[3, 8, 15]),
            Start::Crash if setting.crashes => some(&[3, 8]),
            Start::Crash => some(&[0, 0, 3, 8]),
            Start::Restart => some(&[4, 8, 15]),
            Start::Blackout if setting.crashes => some(&[0, 2, 5]),
            Start::Blackout => some(&[0, 0, 0, 1]),
            Start::Sync if setting.config.disk == Disk::Explicit => some(&[5, 10, 20]),
            Start::Split | Start::Hold if runs => some(&[0, 3, 8]),
            Start::Stall | Start::Seek if runs => some(&[0, 0, 3]),
            _ if runs => 0,
            Start::Seek => some(&[5, 10, 20]),
            Start::Tick => some(&[5, 10, 20]),
            Start::Late => some(&[0, 3, 8]),
            Start::Double | Start::Lose if fifo => 0,
            Start::Double => some(&[0, 0, 0, 5]),
            Start::Lose => some(&[0, 0, 2]),
            Start::Cut if fifo => some(&[0, 3, 6]),
            Start::Wait if setting.clock == Clock::Held => some(&[2, 5, 10]),
            Start::Probe => some(&[0, 2, 6]),
            _ => 0,
        });
        Mix {
            moves: if runs { some(&[10, 20, 40]) } else { some(&[30, 60, 100, 160]) },
            starts,
            groups: [some(&[1, 3]), some(&[2, 6, 10]), some(&[0, 4, 8]), some(&[0, 1, 3])],
            drain: some(&[30, 60, 90]),
            shuffle: some(&[0, 30, 80]),
            stale: some(&[5, 30, 80]),
            keep: if fifo { 0 } else { some(&[0, 0, 10, 25]) },
            keep_late: if fifo { 0 } else { some(&[5, 15, 30]) },
            again: some(&[0, 30, 70]),
            duel: if setting.rivals { some(&[0, 30, 60]) } else { some(&[0, 0, 20]) },
            burst: some(&[0, 20, 60]),
            lead: some(&[50, 90]),
            flush: if setting.config.disk == Disk::Explicit { some(&[0, 50, 90]) } else { 0 },
            lazy: some(&[10, 30]),
            twice: some(&[0, 15, 40]),
            focus: some(&[0, 30, 60]),
            usurp: some(&[0, 20, 50]),
            calm: if runs { some(&[60, 80, 95]) } else { 0 },
        }
    }
}
