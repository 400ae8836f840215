//! One run of a search: a schedule and, where a rule that is off would have spoken, other ways to go on from there.

use crate::dice::Dice;
use crate::moves::Move;
use crate::replay::replay;
use crate::shape::{self, Fixed, Setting};
use crate::walk::Walk;
use protocol::Protocol;

/// For how many moves at most another way is gone: one of these.
const FORK_MOVES: [u32; 3] = [12, 25, 50];

/// Why a moment of a schedule is worth going back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worth {
    /// Another promise than the rule's own has just been broken, or what is committed is on too few disks.
    Near,
    /// A rule that is off would have spoken by now, and a server has come to hold something else than what is chosen.
    Split,
    /// Where the rule needs rivals: a server has come to lead in a term in which another has votes as well.
    Rivalled,
    /// A rule that is off would have spoken, and a leader, a vote, a commit or a lost entry came of it.
    Weighty,
    /// A rule that is off would have spoken.
    Quiet,
}

/// For each worth: how many moments are kept, and in how many other ways each is gone on from.
const KEPT: [(usize, u32); 5] = [(2, 16), (2, 8), (2, 12), (2, 8), (1, 8)];

/// How many moments of each of the first two worths are taken note of in a run: other ways come near as well, and would
/// never end.
const NEAR: usize = 4;

/// What a search looks for.
#[derive(Clone, Debug)]
pub(crate) struct Aim {
    pub(crate) fixed: Fixed,
    /// The promise that hangs on the rule that is off; nothing if any will do.
    pub(crate) promise: Option<&'static str>,
}

/// A schedule that breaks a promise.
#[derive(Clone, Debug)]
pub(crate) struct Hit {
    pub(crate) setting: Setting,
    pub(crate) moves: Vec<Move>,
    pub(crate) promise: &'static str,
    /// True if it is the promise that was aimed at.
    pub(crate) aimed: bool,
}

/// What one run has tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Schedules.
    pub schedules: u64,
    /// Events.
    pub events: u64,
    /// How often a rule that was off would have spoken.
    pub overridden: u64,
}

impl Tried {
    pub(crate) fn add(&mut self, other: Tried) {
        self.schedules += other.schedules;
        self.events += other.events;
        self.overridden += other.overridden;
    }
}

/// A run in the making.
#[derive(Debug)]
pub(crate) struct Trial<P: Protocol> {
    setting: Setting,
    dice: Dice,
    walk: Walk<P>,
    /// The moments to go back to, by worth, each with how often that is still to be done; and how many there were.
    spots: [Vec<(Walk<P>, u32)>; KEPT.len()],
    seen: [usize; KEPT.len()],
    /// True in the first schedule.
    first: bool,
    pub(crate) hit: Option<Hit>,
    pub(crate) tried: Tried,
}

impl<P: Protocol> Trial<P> {
    pub(crate) fn new(aim: &Aim, seed: u64, run: u32) -> Trial<P> {
        let mut dice = Dice::new(seed, u64::from(run));
        let setting = shape::draw::<P>(&aim.fixed, &mut dice);
        let walk = Walk::new(&setting, &mut dice, false);
        let tried = Tried { schedules: 1, ..Tried::default() };
        Trial {
            setting,
            dice,
            walk,
            spots: Default::default(),
            seen: [0; KEPT.len()],
            first: true,
            hit: None,
            tried,
        }
    }

    /// Goes on for one move. False if the run is over.
    pub(crate) fn advance(&mut self, aim: &Aim) -> bool {
        let before = self.walk.stage.eyes.spoken();
        let (position, near) = (self.walk.stage.sim.position(), self.walk.stage.nearness());
        let (differed, rivalled) = (self.walk.stage.differs(), self.walk.stage.eyes.rivalled);
        let goes_on = self.walk.advance(&mut self.dice);
        let after = self.walk.stage.eyes.spoken();
        self.tried.events += u64::from(self.walk.stage.sim.position() - position);
        self.tried.overridden += u64::from(after.0 - before.0);
        if self.note_hit(aim) {
            return false;
        }
        if self.walk.stage.nearness() > near && self.seen[Worth::Near as usize] < NEAR {
            self.remember(Worth::Near);
        } else if after.0 > 0
            && self.seen[Worth::Split as usize] < NEAR
            && !differed
            && self.walk.stage.differs()
        {
            self.remember(Worth::Split);
        } else if self.first && self.setting.rivals && self.walk.stage.eyes.rivalled > rivalled {
            self.remember(Worth::Rivalled);
        } else if self.first && after.0 > before.0 {
            self.remember(if after.1 > before.1 { Worth::Weighty } else { Worth::Quiet });
        }
        goes_on || self.begin_fork()
    }

    /// True if the promise is broken that was aimed at.
    fn note_hit(&mut self, aim: &Aim) -> bool {
        if self.walk.stage.broken(None).is_none() {
            return false;
        }
        let aimed = aim.promise.is_none() || self.walk.stage.broken(aim.promise).is_some();
        let broken = self.walk.stage.broken(aim.promise.filter(|_| aimed));
        if let Some(violation) = broken.filter(|_| aimed || self.hit.is_none()) {
            let promise = violation.promise;
            let moves = self.walk.moves.clone();
            // Only what its moves alone bring about again can be shown.
            if replay::<P>(&self.setting, &moves, promise).1.is_some() {
                self.hit = Some(Hit { setting: self.setting.clone(), moves, promise, aimed });
            }
        }
        aimed
    }

    /// Keeps a few of the moments of a worth, each as likely as any other.
    fn remember(&mut self, worth: Worth) {
        let place = worth as usize;
        let (most, forks) = KEPT[place];
        self.seen[place] += 1;
        if self.spots[place].len() < most {
            self.spots[place].push((self.walk.clone(), forks));
        } else if let Some(spot) = self.spots[place].get_mut(self.dice.below(self.seen[place])) {
            *spot = (self.walk.clone(), forks);
        }
    }

    /// Goes back to one of the moments that are worth it. False if that has been done often enough.
    fn begin_fork(&mut self) -> bool {
        self.first = false;
        let Some((walk, left)) = self.spots.iter_mut().flatten().find(|(_, left)| *left > 0) else {
            return false;
        };
        *left -= 1;
        let most = *self.dice.pick(&FORK_MOVES).unwrap_or(&FORK_MOVES[0]);
        self.walk = walk.fork(&self.setting, &mut self.dice, most);
        self.tried.schedules += 1;
        true
    }
}
