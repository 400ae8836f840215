//! The shape of a run: how many servers, which options, what kind of disk.

use crate::dice::Dice;
use crate::stage::Stage;
use protocol::{Dialect, OptionKind, Protocol, RuleSet, Shape};
use sim::{Config, Disk};

/// A run's settings, and whether time passes in it.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) config: Config,
    pub(crate) timed: bool,
    /// The kinds of message that have to arrive late or twice: bit 0 for the first.
    pub(crate) late: u64,
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
    let patient =
        wanted.iter().any(|shape| shape.impatient_clients) || (wanted.is_empty() && dice.percent(30));
    let kinds = wanted.iter().flat_map(|shape| shape.late).filter_map(|name| dialect.kind_named(name));
    let late = kinds.fold(0, |set, kind| set | 1 << kind);
    let mut setting = Setting { config, timed: Stage::<P>::TIMED || patient, late };
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

/// Each option but the lengths of time is at its default in two cases of three, and anywhere else in the third.
fn draw_options(dialect: &Dialect, config: &mut Config, dice: &mut Dice) {
    for (option, value) in dialect.options.iter().zip(&mut config.options) {
        if !dice.percent(34) {
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
