//! One protocol's scenario in the words of another: what is said with the shared words stays, what has a name of its own is
//! put by what it is for.

use protocol::{Dialect, OptionKind, Pace, RoleInfo, RuleSet, TimerId};
use scenario::{Comparison, Expr, Field, Invitation, Line, Literal};
use sim::{Action, Config, Filter, Kind, MessageRef};

/// From the words of one protocol to those of another.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub(super) from: &'static Dialect,
    pub(super) to: &'static Dialect,
}

impl Words {
    fn same(self) -> bool {
        self.from.key == self.to.key
    }

    /// What a line does to the run. Nothing if it cannot be said; no line if it does nothing.
    pub(super) fn line(self, line: &Line) -> Option<Vec<Line>> {
        let act = |actions: Vec<Action>, tolerant: bool| {
            let tolerant = tolerant || !self.same();
            actions.into_iter().map(|action| Line::Act { action, tolerant }).collect()
        };
        Some(match line {
            Line::Act { action, tolerant } => act(self.actions(action)?, *tolerant),
            Line::Invite { what: Invitation::Act(action), .. } => act(self.actions(action)?, false),
            Line::Run(_) | Line::DeliverAll => vec![line.clone()],
            Line::Until { condition, within } => {
                vec![Line::Until { condition: self.condition(condition)?, within: *within }]
            }
            _ => Vec::new(),
        })
    }

    fn actions(self, action: &Action) -> Option<Vec<Action>> {
        let filters = |filter: &Filter| {
            let kinds: Vec<Option<Kind>> = match filter.kind {
                None => vec![None],
                Some(kind) => self.kinds(kind).into_iter().map(Some).collect(),
            };
            kinds.into_iter().map(|kind| Filter { kind, ..*filter }).collect::<Vec<Filter>>()
        };
        let all = match action {
            Action::HoldMessages(filter) => {
                filters(filter).into_iter().map(Action::HoldMessages).collect::<Vec<_>>()
            }
            Action::ReleaseMessages(filter) => {
                filters(filter).into_iter().map(Action::ReleaseMessages).collect()
            }
            Action::Fire { node, timer } => vec![Action::Fire { node: *node, timer: self.timer(*timer)? }],
            Action::Deliver(message) => vec![Action::Deliver(self.message(message)?)],
            Action::Drop(message) => vec![Action::Drop(self.message(message)?)],
            Action::Duplicate(message) => vec![Action::Duplicate(self.message(message)?)],
            Action::Delay(message, by) => vec![Action::Delay(self.message(message)?, *by)],
            other => vec![other.clone()],
        };
        (!all.is_empty()).then_some(all)
    }

    /// The kinds of message that are for the same.
    fn kinds(self, kind: Kind) -> Vec<Kind> {
        let Kind::Protocol(place) = kind else { return vec![kind] };
        if self.same() {
            return vec![kind];
        }
        let family = self.from.kinds[usize::from(place)].family;
        let kinds = (0u8..).zip(self.to.kinds).filter(|(_, info)| info.family == family);
        kinds.map(|(place, _)| Kind::Protocol(place)).collect()
    }

    fn message(self, message: &MessageRef) -> Option<MessageRef> {
        self.kinds(message.kind).first().map(|kind| MessageRef { kind: *kind, ..*message })
    }

    fn timer(self, timer: TimerId) -> Option<TimerId> {
        self.to.timer_named(self.from.timers.get(usize::from(timer.0))?.key)
    }

    pub(super) fn condition(self, condition: &Expr) -> Option<Expr> {
        if self.same() {
            return Some(condition.clone());
        }
        let inner = |expr: &Expr| self.condition(expr).map(Box::new);
        let all = |parts: &[Expr]| parts.iter().map(|part| self.condition(part)).collect::<Option<Vec<_>>>();
        Some(match condition {
            Expr::Fact { .. } => return None,
            Expr::Messages { fate, filter } => {
                let kind = match filter.kind {
                    None => None,
                    Some(kind) => Some(*self.kinds(kind).first()?),
                };
                Expr::Messages { fate: *fate, filter: Filter { kind, ..*filter } }
            }
            Expr::Holds(key) | Expr::Violated(key) => {
                self.to.promises.iter().find(|promise| promise.key == key)?;
                condition.clone()
            }
            Expr::Compare { left, by, right } => match (&**left, &**right) {
                (Expr::Field { field: Field::Role, .. }, Expr::Literal(Literal::Text(name))) => {
                    self.role(left, *by, name)?
                }
                _ => Expr::Compare { left: inner(left)?, by: *by, right: inner(right)? },
            },
            Expr::Not(one) => Expr::Not(inner(one)?),
            Expr::Always(one) => Expr::Always(inner(one)?),
            Expr::Never(one) => Expr::Never(inner(one)?),
            Expr::All(parts) => Expr::All(all(parts)?),
            Expr::Any(parts) => Expr::Any(all(parts)?),
            other => other.clone(),
        })
    }

    /// A role compared with a name: with those of all roles that amount to the same.
    fn role(self, left: &Expr, by: Comparison, name: &str) -> Option<Expr> {
        let kind = self.from.roles.iter().find(|role| role.name == name)?.kind;
        let roles: Vec<&RoleInfo> = self.to.roles.iter().filter(|role| role.kind == kind).collect();
        let mut each: Vec<Expr> = roles
            .iter()
            .map(|role| Expr::Compare {
                left: Box::new(left.clone()),
                by,
                right: Box::new(Expr::Literal(Literal::Text(role.name.to_owned()))),
            })
            .collect();
        match (each.len(), by) {
            (0, _) => None,
            (1, _) => each.pop(),
            (_, Comparison::Differs) => Some(Expr::All(each)),
            _ => Some(Expr::Any(each)),
        }
    }

    /// The same settings; and in words, those that cannot be made.
    pub(super) fn config(self, config: &Config) -> (Config, Vec<String>) {
        if self.same() {
            return (config.clone(), Vec::new());
        }
        let mut lacks = Vec::new();
        let mut off = RuleSet::default();
        for rule in config.off.iter() {
            let key = self.from.rule(rule).key;
            match self.to.rule_named(key) {
                Some(rule) => off = off.with(rule),
                None => lacks.push(format!("without {key}")),
            }
        }
        let mut options = Config::of(self.to).options;
        for (info, value) in self.from.options.iter().zip(&config.options) {
            if self.from.paces.iter().any(|(_, key)| *key == info.key) || *value == info.default {
                continue;
            }
            let place = self.to.option_named(info.key);
            match place.filter(|place| alike(info.kind, self.to.options[*place].kind)) {
                Some(place) => options[place] = *value,
                None => lacks.push(format!("option {}", info.key)),
            }
        }
        for (pace, key) in self.to.paces {
            if let (Some(place), Some(value)) = (self.to.option_named(key), self.pace(config, *pace)) {
                options[place] = value;
            }
        }
        // What stands on a disk is one protocol's own.
        if !config.presets.is_empty() {
            lacks.push("preset".to_owned());
        }
        (Config { options, off, presets: Default::default(), ..config.clone() }, lacks)
    }

    /// A time of the first protocol, by what it is for.
    fn pace(self, config: &Config, wanted: Pace) -> Option<i64> {
        let value = |pace: Pace| {
            let (_, key) = self.from.paces.iter().find(|(known, _)| *known == pace)?;
            config.options.get(self.from.option_named(key)?).copied()
        };
        let between = || Some((value(Pace::LeastPatience)? + value(Pace::MostPatience)?) / 2);
        match wanted {
            Pace::Heartbeat => value(wanted),
            Pace::LeastPatience | Pace::MostPatience => value(wanted).or_else(|| value(Pace::Patience)),
            Pace::Patience => value(wanted).or_else(between),
        }
    }
}

/// True if the values of one option can be those of the other.
fn alike(one: OptionKind, other: OptionKind) -> bool {
    match (one, other) {
        (OptionKind::Choice(keys), OptionKind::Choice(others)) => keys == others,
        (OptionKind::Flag, OptionKind::Flag) | (OptionKind::Span { .. }, OptionKind::Span { .. }) => true,
        (
            OptionKind::Number { least, most, .. },
            OptionKind::Number { least: other_least, most: other_most, .. },
        ) => (least, most) == (other_least, other_most),
        _ => false,
    }
}
