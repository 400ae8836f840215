//! Actions, and who and what they are about. The numbers of variants are frozen: new ones come at the end.

use super::coder::Coder;
use super::places::*;
use super::{Nonsense, Take, prose::Sort};
use protocol::{ClientId, NodeId, Op, TimerId};
use sim::{Action, Filter, Kind, MessageRef, Place, Target};
use std::sync::Arc;

impl Coder<'_> {
    pub(super) fn put_action(&mut self, action: &Action) {
        match action {
            Action::Submit { client, to, op } => {
                self.put_action_tag(0);
                self.put_client(*client);
                self.put_maybe_target(SUBMIT_TO, *to);
                self.put_op(op);
            }
            Action::Crash(target) => self.put_simple(1, *target),
            Action::Restart(target) => self.put_simple(2, *target),
            Action::Pause(target) => self.put_simple(3, *target),
            Action::Resume(target) => self.put_simple(4, *target),
            Action::Sync(target) => self.put_simple(5, *target),
            Action::Wipe(target) => self.put_simple(6, *target),
            Action::Clock { node, rate } => {
                self.put_simple(7, *node);
                self.put_chance(RATE, *rate);
            }
            Action::Cut { from, to, both } => {
                self.put_ends(8, *from, *to);
                self.flag(BOTH, *both);
            }
            Action::Mend { a, b } => self.put_ends(9, *a, *b),
            Action::Partition(groups) => {
                self.put_action_tag(10);
                self.put_groups(groups);
            }
            Action::Heal => self.put_action_tag(11),
            Action::Network { ends, link } => {
                match ends {
                    None => self.put_action_tag(12),
                    Some((a, b)) => self.put_ends(13, *a, *b),
                }
                self.put_link(*link);
            }
            Action::Fire { node, timer } => {
                self.put_simple(14, *node);
                self.choice(TIMER, 64, timer.0);
            }
            Action::HoldMessages(filter) => self.put_filtered(15, filter),
            Action::ReleaseMessages(filter) => self.put_filtered(16, filter),
            Action::HoldTimers(whose) => {
                self.put_action_tag(17);
                self.put_maybe_target(WHOSE_TIMERS, *whose);
            }
            Action::ReleaseTimers(whose) => {
                self.put_action_tag(18);
                self.put_maybe_target(WHOSE_TIMERS, *whose);
            }
            Action::Deliver(message) => self.put_moved(19, message),
            Action::Drop(message) => self.put_moved(20, message),
            Action::Duplicate(message) => self.put_moved(21, message),
            Action::Delay(message, span) => {
                self.put_moved(22, message);
                self.put_span(*span);
            }
        }
    }

    pub(super) fn take_action(&mut self) -> Take<Action> {
        Ok(match self.action_tag(0) {
            0 => {
                let client = self.take_client();
                let to = self.take_maybe_target(SUBMIT_TO)?;
                Action::Submit { client, to, op: self.take_op()? }
            }
            1 => Action::Crash(self.take_target()?),
            2 => Action::Restart(self.take_target()?),
            3 => Action::Pause(self.take_target()?),
            4 => Action::Resume(self.take_target()?),
            5 => Action::Sync(self.take_target()?),
            6 => Action::Wipe(self.take_target()?),
            7 => Action::Clock { node: self.take_target()?, rate: self.take_chance(RATE)? },
            8 => {
                let (from, to) = self.take_ends()?;
                Action::Cut { from, to, both: self.flag(BOTH, false) }
            }
            9 => {
                let (a, b) = self.take_ends()?;
                Action::Mend { a, b }
            }
            10 => Action::Partition(self.take_groups()?),
            11 => Action::Heal,
            12 => Action::Network { ends: None, link: self.take_link()? },
            13 => Action::Network { ends: Some(self.take_ends()?), link: self.take_link()? },
            14 => Action::Fire { node: self.take_target()?, timer: TimerId(self.choice(TIMER, 64, 0)) },
            15 => Action::HoldMessages(self.take_filter()?),
            16 => Action::ReleaseMessages(self.take_filter()?),
            17 => Action::HoldTimers(self.take_maybe_target(WHOSE_TIMERS)?),
            18 => Action::ReleaseTimers(self.take_maybe_target(WHOSE_TIMERS)?),
            19 => Action::Deliver(self.take_message()?),
            20 => Action::Drop(self.take_message()?),
            21 => Action::Duplicate(self.take_message()?),
            22 => Action::Delay(self.take_message()?, self.take_span()?),
            _ => return Err(Nonsense("an action")),
        })
    }

    fn action_tag(&mut self, tag: u8) -> u8 {
        let before = ACTION_AFTER.after(usize::from(self.memory.action.min(31)));
        let tag = self.choice_by([ACTION, before], 64, tag);
        self.memory.action = tag;
        tag
    }

    fn put_action_tag(&mut self, tag: u8) {
        self.action_tag(tag);
    }

    fn put_simple(&mut self, tag: u8, target: Target) {
        self.action_tag(tag);
        self.put_target(target);
    }

    fn put_ends(&mut self, tag: u8, from: Place, to: Place) {
        self.action_tag(tag);
        self.put_place(from);
        self.put_place(to);
    }

    fn take_ends(&mut self) -> Take<(Place, Place)> {
        Ok((self.take_place()?, self.take_place()?))
    }

    fn put_filtered(&mut self, tag: u8, filter: &Filter) {
        self.action_tag(tag);
        self.put_filter(filter);
    }

    fn put_moved(&mut self, tag: u8, message: &MessageRef) {
        self.action_tag(tag);
        self.put_message(message);
    }

    pub(super) fn put_op(&mut self, op: &Op) {
        let (tag, key, values): (u8, &str, &[&Arc<str>]) = match op {
            Op::Set { key, value } => (0, key, &[value]),
            Op::Get { key } => (1, key, &[]),
            Op::Append { key, value } => (2, key, &[value]),
            Op::Cas { key, old, new } => (3, key, &[old, new]),
            Op::Incr { key } => (4, key, &[]),
            Op::Sync { key } => (5, key, &[]),
        };
        self.choice(OP, 64, tag);
        self.put_text(Sort::Key, key);
        values.iter().for_each(|value| self.put_text(Sort::Value, value));
    }

    pub(super) fn take_op(&mut self) -> Take<Op> {
        let tag = self.choice(OP, 64, 0);
        let key = self.take_text(Sort::Key)?.into();
        let mut value = || self.take_text(Sort::Value).map(Arc::from);
        Ok(match tag {
            0 => Op::Set { key, value: value()? },
            1 => Op::Get { key },
            2 => Op::Append { key, value: value()? },
            3 => Op::Cas { key, old: value()?, new: value()? },
            4 => Op::Incr { key },
            5 => Op::Sync { key },
            _ => return Err(Nonsense("an operation")),
        })
    }

    /// A partition of servers by number is mostly written in ascending order: then it is enough to say for each
    /// server which group it is in, where a new group is one more than those before. Any other goes place by place.
    fn put_groups(&mut self, groups: &[Vec<Place>]) {
        match self.ascending(groups) {
            Some(of) => {
                self.flag(GROUP_FORM, true);
                let mut named = 0;
                for group in of {
                    self.choice(GROUP, (named + 2).min(64), group);
                    named = named.max(group);
                }
            }
            None => {
                self.flag(GROUP_FORM, false);
                self.number(GROUPS, groups.len() as u64);
                for group in groups {
                    self.number(GROUP_SIZE, group.len() as u64);
                    group.iter().for_each(|place| self.put_place(*place));
                }
            }
        }
    }

    fn take_groups(&mut self) -> Take<Vec<Vec<Place>>> {
        let mut groups = Vec::new();
        if self.flag(GROUP_FORM, false) {
            let mut named = 0;
            for number in 1..=self.memory.servers {
                let group = self.choice(GROUP, named + 2, 0);
                if group > named {
                    groups.push(Vec::new());
                    named = group;
                }
                if let Some(group) = usize::from(group).checked_sub(1).and_then(|group| groups.get_mut(group))
                {
                    group.push(Place::Server(Target::Node(NodeId(number))));
                }
            }
            return Ok(groups);
        }
        for _ in 0..self.number(GROUPS, 0).min(24) {
            let size = self.number(GROUP_SIZE, 0).min(24);
            groups.push((0..size).map(|_| self.take_place()).collect::<Take<Vec<_>>>()?);
        }
        Ok(groups)
    }

    /// For each server its group from 1, or 0, if that says all.
    fn ascending(&self, groups: &[Vec<Place>]) -> Option<Vec<u8>> {
        let mut of = vec![0; usize::from(self.memory.servers)];
        let mut first_before = 0;
        for (group, places) in (1_u8..).zip(groups) {
            let mut before = 0;
            for place in places {
                let Place::Server(Target::Node(node)) = place else { return None };
                let slot = of.get_mut(usize::from(node.0).checked_sub(1)?)?;
                if node.0 <= before || *slot != 0 || (before == 0 && node.0 <= first_before) {
                    return None;
                }
                first_before = if before == 0 { node.0 } else { first_before };
                (*slot, before) = (group, node.0);
            }
            if before == 0 {
                return None;
            }
        }
        Some(of)
    }

    /// A message in flight. What comes next is foreseen from the kind and the link of the one before.
    pub(super) fn put_message(&mut self, message: &MessageRef) {
        self.kind(message.kind);
        self.put_link_ends(message.from, message.to);
        self.number(NTH, u64::from(message.nth.saturating_sub(1)));
    }

    pub(super) fn take_message(&mut self) -> Take<MessageRef> {
        let kind = self.kind(Kind::Request);
        let (from, to) = self.take_link_ends()?;
        let nth = u16::try_from(self.number(NTH, 0) + 1).map_err(|_| Nonsense("an ordinal"))?;
        Ok(MessageRef { kind, from, to, nth })
    }

    fn kind(&mut self, kind: Kind) -> Kind {
        let code = match kind {
            Kind::Request => 0,
            Kind::Reply => 1,
            Kind::Protocol(place) => place.saturating_add(2),
        };
        let before = KIND_AFTER.after(usize::from(self.memory.kind));
        let code = self.choice_by([KIND, before], 64, code);
        self.memory.kind = code;
        match code {
            0 => Kind::Request,
            1 => Kind::Reply,
            place => Kind::Protocol(place - 2),
        }
    }

    fn put_link_ends(&mut self, from: Place, to: Place) {
        if let (Place::Server(Target::Node(from)), Place::Server(Target::Node(to))) = (from, to) {
            self.flag(ENDS, false);
            self.nodes(from.0.saturating_sub(1), to.0.saturating_sub(1));
        } else {
            self.flag(ENDS, true);
            self.put_place(from);
            self.put_place(to);
        }
    }

    fn take_link_ends(&mut self) -> Take<(Place, Place)> {
        if self.flag(ENDS, false) {
            return self.take_ends();
        }
        let (from, to) = self.nodes(0, 0);
        let place = |slot: u8| Place::Server(Target::Node(NodeId(slot + 1)));
        Ok((place(from), place(to)))
    }

    /// Two different servers, as slots from 0. The second is counted among those that are not the first.
    fn nodes(&mut self, from: u8, to: u8) -> (u8, u8) {
        let servers = self.memory.servers;
        let from = self.choice_by([FROM, FROM_AFTER.after(usize::from(self.memory.to))], servers, from);
        let other = to - u8::from(to > from);
        let other = self.choice_by([TO, TO_AFTER.after(usize::from(from))], servers.saturating_sub(1), other);
        let to = other + u8::from(other >= from);
        self.memory.to = to.min(15);
        (from, to)
    }

    pub(super) fn put_filter(&mut self, filter: &Filter) {
        if self.flag(FILTER, filter.kind.is_some()) {
            self.kind(filter.kind.unwrap_or(Kind::Request));
        }
        for (place, end) in [(FILTER.after(1), filter.from), (FILTER.after(2), filter.to)] {
            self.flag(place, end.is_some());
            if let Some(end) = end {
                self.put_place(end);
            }
        }
    }

    pub(super) fn take_filter(&mut self) -> Take<Filter> {
        let kind = if self.flag(FILTER, false) { Some(self.kind(Kind::Request)) } else { None };
        let from = if self.flag(FILTER.after(1), false) { Some(self.take_place()?) } else { None };
        let to = if self.flag(FILTER.after(2), false) { Some(self.take_place()?) } else { None };
        Ok(Filter { kind, from, to })
    }

    pub(super) fn put_place(&mut self, place: Place) {
        match place {
            Place::Server(target) => {
                self.flag(PLACE, false);
                self.put_target(target);
            }
            Place::Client(client) => {
                self.flag(PLACE, true);
                self.put_client(client);
            }
        }
    }

    pub(super) fn take_place(&mut self) -> Take<Place> {
        if self.flag(PLACE, false) {
            return Ok(Place::Client(self.take_client()));
        }
        self.take_target().map(Place::Server)
    }

    pub(super) fn put_client(&mut self, client: ClientId) {
        self.choice(CLIENT, self.memory.clients, client.0.saturating_sub(1));
    }

    pub(super) fn take_client(&mut self) -> ClientId {
        ClientId(self.choice(CLIENT, self.memory.clients, 0) + 1)
    }

    pub(super) fn put_target(&mut self, target: Target) {
        match target {
            Target::Node(node) => {
                self.choice(TARGET, 64, 0);
                self.choice(NODE, self.memory.servers, node.0.saturating_sub(1));
            }
            Target::Leader => {
                self.choice(TARGET, 64, 1);
            }
            Target::Follower(k) => {
                self.choice(TARGET, 64, 2);
                self.choice(FOLLOWER, 64, k);
            }
            Target::LastCrashed => {
                self.choice(TARGET, 64, 3);
            }
        }
    }

    pub(super) fn take_target(&mut self) -> Take<Target> {
        Ok(match self.choice(TARGET, 64, 0) {
            0 => Target::Node(NodeId(self.choice(NODE, self.memory.servers, 0) + 1)),
            1 => Target::Leader,
            2 => Target::Follower(self.choice(FOLLOWER, 64, 0)),
            3 => Target::LastCrashed,
            _ => return Err(Nonsense("a server")),
        })
    }

    pub(super) fn put_maybe_target(&mut self, place: super::coder::Place, target: Option<Target>) {
        self.flag(place, target.is_some());
        if let Some(target) = target {
            self.put_target(target);
        }
    }

    pub(super) fn take_maybe_target(&mut self, place: super::coder::Place) -> Take<Option<Target>> {
        if self.flag(place, false) { self.take_target().map(Some) } else { Ok(None) }
    }
}
