//! The shape of a run: how many servers, which options, what kind of disk.

use crate::dice::Dice;
use crate::stage::Stage;
use protocol::{Dialect, OptionKind, Protocol, RuleSet, Shape, Span};
use sim::{Config, Disk};

/// How time passes in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Never: what happens is done by hand, at one instant.
    Still,
    /// Where it has to, while messages and timers are held: then only writes, channels and clients mind the clock.
    Held,
    /// As it does: messages arrive and timers ring by themselves, and by hand come only questions and faults.
    Running,
}

/// A run's settings, and how time passes in it.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    /// The kinds of message that have to arrive late, and those that have to arrive twice: bit 0 for the first.
    pub(crate) late: u64,
    pub(crate) twice: u64,
    /// True if servers have to crash.
    pub(crate) crashes: bool,
    /// True if servers have to seek to lead at the same time.
    pub(crate) rivals: bool,
    /// True if clients have to read where they asked before.
    pub(crate) reads: bool,
}

impl Setting {
    /// Nothing happens by itself, and nothing has to.
    pub(crate) fn by_hand(config: Config) -> Setting {
        Setting {
            config,
            clock: Clock::Still,
            late: 0,
            twice: 0,
            crashes: false,
            rivals: false,
            reads: false,
        }
    }
}

/// Draws a run's settings. What the rules that are off need is there, the rest is left to chance.
pub(crate) fn draw<P: Protocol>(fixed: &Fixed, dice: &mut Dice) -> Setting {
    let dialect = P::DIALECT;
    let mut config = Config::of(dialect);
    config.off = fixed.off;
    let wanted: Vec<&Shape> = fixed.off.iter().map(|rule| &dialect.rule(rule).shape).collect();
    config.servers = servers(&wanted, dice);
    config.clients = MOST_CLIENTS;
    config.seed = 1;
    draw_options(dialect, &mut config, dice);
    for (key, value) in wanted.iter().flat_map(|shape| shape.options) {
        if let Some(place) = dialect.option_named(key) {
            config.options[place] = *value;
        }
    }
    let slow = wanted.iter().any(|shape| shape.slow_disk) || dice.percent(10);
    config.disk = if slow { Disk::Explicit } else { Disk::Sync };
    let crashes = wanted.iter().any(|shape| shape.crashes);
    let rivals = wanted.iter().any(|shape| shape.rivals);
    let reads = wanted.iter().any(|shape| shape.reads);
    let impatient = wanted.iter().any(|shape| shape.impatient_clients);
    let patient = impatient || (wanted.is_empty() && dice.percent(30));
    let set = |names: fn(&Shape) -> &'static [&'static str]| {
        let kinds = wanted.iter().flat_map(|shape| names(shape)).filter_map(|name| dialect.kind_named(name));
        kinds.fold(0, |set, kind| set | 1 << kind)
    };
    let (late, twice) = (set(|shape| shape.late), set(|shape| shape.twice));
    // Where channels open and close, or disks take time, a leader is many moves away: then the protocol finds its way by
    // itself.
    let runs = match (Stage::<P>::FIFO, slow) {
        (true, _) => 75,
        (false, true) => 30,
        (false, false) => 0, // a schedule of moves reads better than one of times
    };
    let clock = match (Stage::<P>::FIFO, patient) {
        _ if dice.percent(runs) => Clock::Running,
        (false, false) => Clock::Still,
        _ => Clock::Held,
    };
    if clock == Clock::Running {
        draw_pace(&mut config, slow, impatient, dice);
    }
    let mut setting = Setting { config, clock, late, twice, crashes, rivals, reads };
    if let Some(given) = &fixed.config {
        setting.config = Config { off: fixed.off, clients: given.clients.max(MOST_CLIENTS), ..given.clone() };
    }
    setting
}

/// More clients than commands that a short schedule asks for: one that waits for an answer is never in the way.
const MOST_CLIENTS: u8 = 4;

/// What a search does not draw.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fixed {
    /// The rules that are off.
    pub(crate) off: RuleSet,
    /// The settings, if they are given.
    pub(crate) config: Option<Config>,
}

fn servers(wanted: &[&Shape], dice: &mut Dice) -> u8 {
    let given: Vec<u8> = wanted.iter().flat_map(|shape| shape.servers).copied().collect();
    let sizes: &[u8] = if given.is_empty() { &[3, 3, 3, 3, 3, 5, 5, 5, 4] } else { &given };
    dice.pick(sizes).copied().unwrap_or(3)
}

/// What only a run whose clock runs depends on: how long messages and writes take, and who asks again.
fn draw_pace(config: &mut Config, slow: bool, impatient: bool, dice: &mut Dice) {
    config.seed = 1 + dice.below(1_000) as u64;
    if slow && dice.percent(85) {
        let (least, most) = *dice.pick(&[(30, 30), (80, 80), (10, 200), (10, 200)]).unwrap_or(&(30, 30));
        config.disk = Disk::Takes { least: Span::ms(least), most: Span::ms(most) };
    }
    if !impatient && dice.percent(60) {
        config.client_retries = 0;
    }
}

/// In most runs each option has its default; in the others each but the lengths of time may have any value.
fn draw_options(dialect: &Dialect, config: &mut Config, dice: &mut Dice) {
    let varies = dice.percent(50);
    for (option, value) in dialect.options.iter().zip(&mut config.options) {
        if !varies || dice.percent(50) {
            continue;
        }
        *value = match option.kind {
            OptionKind::Flag => 1 - option.default,
            OptionKind::Choice(of) => i64::try_from(dice.below(of.len())).unwrap_or_default(),
            OptionKind::Number { least, most, .. } => (least + 1).min(most),
            OptionKind::Span { .. } => option.default,
        };
    }
}
