//! What somebody did to the run, in a sentence. It is made when the deed is done, for it speaks of what the cluster was
//! like then: whom a client asked, what was cut already, whether a disk had anything left to write.

use protocol::{NodeId, Op, Protocol, TimerId};
use sim::{Action, Addr, Filter, Link, MessageRef, Place, Sim, Target, kind_name};

/// What is to be told of a deed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Told {
    /// This sentence, before what the rules say.
    Sentence(String),
    /// That this timer fired: what follows from it says more.
    Timer(TimerId),
    /// That a message ended: the record of the run says how.
    #[default]
    Message,
}

/// Something that was done to the run.
#[derive(Clone, Debug)]
pub(crate) struct Deed {
    pub(crate) position: u32,
    pub(crate) at: protocol::Time,
    /// The action as a line of text.
    pub(crate) text: String,
    /// Why it could not be done; empty if it could.
    pub(crate) refused: String,
    pub(crate) told: Told,
}

impl Deed {
    /// The deed in a trace line.
    pub(crate) fn words(&self) -> String {
        if self.refused.is_empty() { self.text.clone() } else { format!("{}: {}", self.text, self.refused) }
    }
}

/// What is to be told of an action that is about to be done, or refused.
pub(crate) fn told<P: Protocol>(sim: &Sim<P>, action: &Action) -> Told {
    let words = Words { sim };
    match sim.check(action) {
        Err(refusal) => Told::Sentence(begun(&format!("{}: {refusal}.", words.refused(action)))),
        Ok(()) => words.done(action),
    }
}

/// Several things in a row: `n1, n2 and n3`.
pub(crate) fn listed(things: &[String]) -> String {
    match things {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The beginning of a sentence. The name of a server or client stays as it is written.
fn begun(sentence: &str) -> String {
    match sentence.strip_prefix("the ").or_else(|| sentence.strip_prefix("follower ")) {
        Some(_) => sentence[..1].to_uppercase() + &sentence[1..],
        None => sentence.to_owned(),
    }
}

/// What a client asks a server to do.
fn wish(op: &Op) -> String {
    match op {
        Op::Set { key, value } => format!("to set {key} to {value}"),
        Op::Get { key } => format!("for the value of {key}"),
        Op::Append { key, value } => format!("to append {value} to {key}"),
        Op::Cas { key, old, new } => format!("to set {key} to {new} if it is {old}"),
        Op::Incr { key } => format!("to add 1 to {key}"),
        Op::Sync { key } => format!("to sync {key}"),
    }
}

/// Millionths as a percentage.
fn percent(millionths: u32) -> String {
    let (whole, rest) = (millionths / 10_000, millionths % 10_000);
    if rest == 0 {
        format!("{whole}%")
    } else {
        format!("{whole}.{}%", format!("{rest:04}").trim_end_matches('0'))
    }
}

struct Words<'a, P: Protocol> {
    sim: &'a Sim<P>,
}

impl<P: Protocol> Words<'_, P> {
    fn done(&self, action: &Action) -> Told {
        Told::Sentence(match action {
            Action::Deliver(_) | Action::Drop(_) => return Told::Message,
            Action::Fire { timer, .. } => return Told::Timer(*timer),
            Action::Submit { client, to, op } => self.submit(*client, *to, op),
            Action::Crash(_)
            | Action::Restart(_)
            | Action::Pause(_)
            | Action::Resume(_)
            | Action::Sync(_)
            | Action::Wipe(_)
            | Action::Clock { .. } => self.server(action),
            Action::Cut { from, to, both } => self.cut(*from, *to, *both),
            Action::Mend { a, b } => {
                format!("{} and {} can reach each other again.", self.place(*a), self.place(*b))
            }
            Action::Partition(groups) => self.partition(groups),
            Action::Heal => "Every cut is mended: all can reach one another again.".to_owned(),
            Action::Network { ends, link } => self.network(*ends, *link),
            Action::HoldMessages(filter) => {
                format!("From now on {} wait at their receivers' doors.", self.such(filter))
            }
            Action::ReleaseMessages(filter) => {
                format!(
                    "The hold on {} ends: what no other hold keeps waiting arrives now.",
                    self.such(filter)
                )
            }
            Action::HoldTimers(None) => "From now on no timer fires by itself.".to_owned(),
            Action::HoldTimers(Some(target)) => {
                format!("From now on {}'s timers do not fire by themselves.", self.target(*target))
            }
            Action::ReleaseTimers(None) => {
                "All timers fire by themselves again: what was due fires now.".to_owned()
            }
            Action::ReleaseTimers(Some(target)) => {
                format!("{}'s timers fire by themselves again: what was due fires now.", self.target(*target))
            }
            Action::Duplicate(message) => {
                format!("{} is doubled: a second copy is on its way.", self.message(message))
            }
            Action::Delay(message, by) => format!("{} will take {by} longer.", self.message(message)),
        })
    }

    /// What cannot be done, as the beginning of a sentence that goes on with the reason.
    fn refused(&self, action: &Action) -> String {
        match action {
            Action::Submit { client, .. } => format!("{client} cannot ask"),
            Action::Crash(target) => format!("{} cannot be crashed", self.target(*target)),
            Action::Restart(target) => format!("{} cannot be restarted", self.target(*target)),
            Action::Pause(target) => format!("{} cannot be paused", self.target(*target)),
            Action::Resume(target) => format!("{} cannot be resumed", self.target(*target)),
            Action::Sync(target) => format!("{}'s disk cannot be synced", self.target(*target)),
            Action::Wipe(target) => format!("{}'s disk cannot be wiped", self.target(*target)),
            Action::Clock { node, .. } => format!("{}'s clock cannot be changed", self.target(*node)),
            Action::Cut { from, to, .. } => {
                format!("{} and {} cannot be cut apart", self.place(*from), self.place(*to))
            }
            Action::Mend { a, b } => {
                format!("No cut can be mended between {} and {}", self.place(*a), self.place(*b))
            }
            Action::Partition(_) => "The network cannot be split so".to_owned(),
            Action::Heal => "No cut can be mended".to_owned(),
            Action::Network { .. } => "The network cannot be changed so".to_owned(),
            Action::Fire { node, timer } => {
                format!("{}'s {} cannot be fired", self.target(*node), timer_name::<P>(*timer))
            }
            Action::HoldMessages(_) => "Such messages cannot be held".to_owned(),
            Action::ReleaseMessages(_) => "Such messages cannot be released".to_owned(),
            Action::HoldTimers(_) => "Such timers cannot be held".to_owned(),
            Action::ReleaseTimers(_) => "Such timers cannot be released".to_owned(),
            Action::Deliver(message) => format!("{} cannot be delivered", self.message(message)),
            Action::Drop(message) => format!("{} cannot be dropped", self.message(message)),
            Action::Duplicate(message) => format!("{} cannot be doubled", self.message(message)),
            Action::Delay(message, _) => format!("{} cannot be delayed", self.message(message)),
        }
    }

    fn submit(&self, client: protocol::ClientId, to: Option<Target>, op: &Op) -> String {
        let asker = self.sim.clients().iter().find(|asker| asker.id == client);
        if let Some(busy) = asker.and_then(sim::Client::busy_with) {
            return format!(
                "{client} will ask {}, once it knows what became of {}.",
                wish(op),
                busy.command.op()
            );
        }
        let believed = asker.and_then(|asker| asker.leader);
        match (to, believed) {
            (Some(target), _) => format!("{client} asks {} {}.", self.target(target), wish(op)),
            (None, Some(last)) if !P::DIALECT.finds_leader => {
                format!("{client} asks {last}, who answered it last, {}.", wish(op))
            }
            (None, Some(leader)) => {
                format!("{client} asks {leader}, whom it believes to lead, {}.", wish(op))
            }
            (None, None) if !P::DIALECT.finds_leader => {
                format!("{client} asks {} {}.", NodeId(1), wish(op))
            }
            (None, None) => format!("{client} knows of no leader and asks {} {}.", NodeId(1), wish(op)),
        }
    }

    fn server(&self, action: &Action) -> String {
        match action {
            Action::Crash(target) => {
                format!("{} crashes. What was not on its disk is gone.", self.target(*target))
            }
            Action::Restart(target) => format!("{} starts again from its disk.", self.target(*target)),
            Action::Pause(target) => {
                format!(
                    "{} freezes. Nothing is lost, but it hears nothing until it goes on.",
                    self.target(*target)
                )
            }
            Action::Resume(target) => format!("{} goes on as if no time had passed.", self.target(*target)),
            Action::Sync(target) => {
                let writes = self.machine(*target).map_or(0, sim::Machine::unsynced);
                let name = self.target(*target);
                match writes {
                    0 => format!("{name}'s disk has nothing left to write: nothing changes."),
                    1 => format!("{name}'s last write reaches its disk."),
                    _ => format!("{name}'s last {writes} writes reach its disk."),
                }
            }
            Action::Wipe(target) => {
                let name = self.target(*target);
                let crashes = self.machine(*target).is_some_and(sim::Machine::is_up);
                let fate = if crashes { "crashes and loses its disk" } else { "loses its disk" };
                format!("{name} {fate}: it will start with nothing, under its old name.")
            }
            Action::Clock { node, rate } => {
                let effect = match rate.cmp(&1_000_000) {
                    std::cmp::Ordering::Less => "its timers fire late",
                    std::cmp::Ordering::Equal => "it keeps true time",
                    std::cmp::Ordering::Greater => "its timers fire early",
                };
                format!(
                    "{}'s clock now runs at {} of true time: {effect}.",
                    self.target(*node),
                    percent(*rate)
                )
            }
            _ => String::new(),
        }
    }

    fn cut(&self, from: Place, to: Place, both: bool) -> String {
        let (a, b) = (self.place(from), self.place(to));
        let is_cut =
            |from: &str, to: &str| self.sim.cuts().any(|(x, y)| x.to_string() == from && y.to_string() == to);
        let (there, back) = (is_cut(&a, &b), is_cut(&b, &a));
        match (both, there, back) {
            (true, true, true) => format!("{a} and {b} were cut apart already: nothing changes."),
            (true, ..) => format!("The link is cut: {a} and {b} cannot reach each other any more."),
            (false, true, _) => format!("Nothing got from {a} to {b} before: nothing changes."),
            (false, false, true) => {
                format!("The link is cut this way too: nothing gets from {a} to {b} any more.")
            }
            (false, false, false) => {
                format!(
                    "The link is cut one way: nothing gets from {a} to {b} any more, but from {b} to {a} it does."
                )
            }
        }
    }

    fn partition(&self, groups: &[Vec<Place>]) -> String {
        let mut parts: Vec<Vec<String>> =
            groups.iter().map(|group| group.iter().map(|place| self.place(*place)).collect()).collect();
        let named = |name: &String| parts.iter().any(|group| group.contains(name));
        let rest: Vec<String> = self.sim.machines().iter().map(|machine| machine.id.to_string()).collect();
        let rest: Vec<String> = rest.into_iter().filter(|name| !named(name)).collect();
        if !rest.is_empty() {
            parts.push(rest);
        }
        match &parts[..] {
            [_] => "All servers are in one part again: every cut between them is mended.".to_owned(),
            [alone, rest] if alone.len() == 1 => {
                format!("{} is cut off from {}.", alone[0], listed(rest))
            }
            [rest, alone] if alone.len() == 1 => {
                format!("{} is cut off from {}.", alone[0], listed(rest))
            }
            [one, other] => {
                format!(
                    "The network breaks in two: {} on one side, {} on the other.",
                    listed(one),
                    listed(other)
                )
            }
            _ => {
                let parts: Vec<String> = parts.iter().map(|part| listed(part)).collect();
                format!("The network breaks into {} parts: {}.", parts.len(), parts.join("; "))
            }
        }
    }

    fn network(&self, ends: Option<(Place, Place)>, link: Link) -> String {
        let takes = if link.least == link.most {
            format!("takes {}", link.least)
        } else {
            format!("takes {} to {}", link.least, link.most)
        };
        let jitter =
            if link.jitter.0 > 0 { format!(" and up to {} more", link.jitter) } else { String::new() };
        let faults =
            [(link.loss, "are lost"), (link.duplicate, "are doubled"), (link.reorder, "are held back")];
        let faults: Vec<String> = faults
            .into_iter()
            .filter(|(chance, _)| *chance > 0)
            .map(|(chance, what)| format!("{} {what}", percent(chance)))
            .collect();
        let faults = if faults.is_empty() { String::new() } else { format!("; of all, {}", listed(&faults)) };
        let between = match ends {
            Some((a, b)) => format!(" between {} and {}", self.place(a), self.place(b)),
            None => String::new(),
        };
        format!("From now on a message{between} {takes}{jitter}{faults}.")
    }

    /// `RequestVote messages from n1 to n2`.
    fn such(&self, filter: &Filter) -> String {
        let kind = filter.kind.map_or(String::new(), |kind| format!("{} ", kind_name::<P>(kind)));
        let from = filter.from.map_or(String::new(), |place| format!(" from {}", self.place(place)));
        let to = filter.to.map_or(String::new(), |place| format!(" to {}", self.place(place)));
        let all = if *filter == Filter::default() { "all " } else { "" };
        format!("{all}{kind}messages{from}{to}")
    }

    fn message(&self, message: &MessageRef) -> String {
        let (kind, from, to) =
            (kind_name::<P>(message.kind), self.place(message.from), self.place(message.to));
        match message.nth {
            1 => format!("The {kind} from {from} to {to}"),
            nth => format!("{kind} number {nth} from {from} to {to}"),
        }
    }

    fn machine(&self, target: Target) -> Option<&sim::Machine<P>> {
        let node = self.sim.node(target).ok()?;
        self.sim.machines().get(node.slot())
    }

    /// The server that is meant, or what it was meant by if there is none.
    fn target(&self, target: Target) -> String {
        match (self.sim.node(target), target) {
            (Ok(node), _) => node.to_string(),
            (Err(_), Target::Leader) => "the leader".to_owned(),
            (Err(_), Target::LastCrashed) => "the server that crashed last".to_owned(),
            (Err(_), Target::Follower(k)) => format!("follower {k}"),
            (Err(_), target) => target.to_string(),
        }
    }

    fn place(&self, place: Place) -> String {
        match place {
            Place::Server(target) => self.target(target),
            Place::Client(client) => Addr::Client(client).to_string(),
        }
    }
}

/// The name of a timer.
pub(crate) fn timer_name<P: Protocol>(timer: TimerId) -> &'static str {
    P::DIALECT.timers.get(usize::from(timer.0)).map_or("timer", |timer| timer.name)
}
