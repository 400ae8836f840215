//! What can be done to a server, a client, a message, a link or the network, and why not.

use crate::course::Course;
use crate::run::{ActionView, Arg};
use protocol::Protocol;
use scenario::parse_action;
use sim::{Addr, Place, Target};

/// The actions for a target: `n1`, `c1`, `m17`, `n1-n2`, or nothing for the network.
pub(crate) fn actions<P: Protocol>(course: &Course<P>, target: &str) -> Vec<ActionView> {
    let menu = Menu { course };
    match target.split_once('-') {
        Some((from, to)) => menu.link(from, to),
        None if target.is_empty() => menu.network(),
        None => match (target.chars().next(), target[1..].parse::<u32>()) {
            (Some('m'), Ok(id)) => menu.message(id),
            (Some('n'), Ok(_)) => menu.server(target),
            (Some('c'), Ok(_)) => menu.client(target),
            _ => Vec::new(),
        },
    }
}

struct Menu<'a, P: Protocol> {
    course: &'a Course<P>,
}

impl<P: Protocol> Menu<'_, P> {
    /// An entry that is offered whether or not it can be done now.
    fn entry(&self, method: &'static str, args: Vec<Arg>, label: String, line: &str) -> ActionView {
        let refused = match parse_action(line, P::DIALECT, &self.course.scenario.config) {
            Ok(action) => self.course.cursor.sim.check(&action).err().map(|refusal| refusal.to_string()),
            Err(error) => Some(error.to_string()),
        };
        ActionView { method, args, label, enabled: refused.is_none(), why: refused.unwrap_or_default() }
    }

    fn server(&self, node: &str) -> Vec<ActionView> {
        let name = || vec![Arg::Text(node.to_owned())];
        let machine = self.course.cursor.sim.machines().iter().find(|machine| machine.id.to_string() == node);
        let Some(machine) = machine else { return Vec::new() };
        let mut menu = Vec::new();
        if machine.is_up() {
            menu.push(self.entry("crash", name(), format!("Crash {node}"), &format!("crash {node}")));
            if machine.paused {
                menu.push(self.entry(
                    "resume",
                    name(),
                    format!("Let {node} go on"),
                    &format!("resume {node}"),
                ));
            } else {
                menu.push(self.entry("pause", name(), format!("Pause {node}"), &format!("pause {node}")));
            }
            for timer in P::DIALECT.timers {
                let args = vec![Arg::Text(node.to_owned()), Arg::Text(timer.key.to_owned())];
                let line = format!("fire {node} {}", timer.key);
                let entry = self.entry("fire", args, format!("Fire its {} now", timer.name), &line);
                menu.extend(entry.enabled.then_some(entry));
            }
            if machine.unsynced() > 0 {
                menu.push(self.entry(
                    "sync",
                    name(),
                    "Sync its disk now".to_owned(),
                    &format!("sync {node}"),
                ));
            }
        } else {
            menu.push(self.entry("restart", name(), format!("Restart {node}"), &format!("restart {node}")));
        }
        menu.push(self.entry("wipe", name(), "Wipe its disk".to_owned(), &format!("wipe {node}")));
        let isolate = format!("partition {node}");
        menu.push(self.entry("act", vec![Arg::Text(isolate.clone())], format!("Cut {node} off"), &isolate));
        menu
    }

    fn client(&self, client: &str) -> Vec<ActionView> {
        let sync = P::DIALECT.no_sync.is_empty().then_some("sync x");
        let examples = ["set x=1", "get x", "incr n", "append x y"].into_iter().chain(sync);
        let offer = |op: &str| {
            let line = format!("submit {client} {op}");
            self.entry("act", vec![Arg::Text(line.clone())], format!("Ask for {op}"), &line)
        };
        examples.map(offer).collect()
    }

    fn message(&self, id: u32) -> Vec<ActionView> {
        let Some(reference) = self.course.cursor.sim.reference(id) else { return Vec::new() };
        let text = scenario::print_action(&sim::Action::Deliver(reference), P::DIALECT);
        let rest = text.split_once(' ').map(|(_, rest)| rest).unwrap_or_default();
        let one = || vec![Arg::Number(id)];
        vec![
            self.entry("deliver", one(), "Deliver it now".to_owned(), &text),
            self.entry("drop", one(), "Drop it".to_owned(), &format!("drop {rest}")),
            self.entry("duplicate", one(), "Duplicate it".to_owned(), &format!("duplicate {rest}")),
            self.entry(
                "delay",
                vec![Arg::Number(id), Arg::Number(50_000)],
                "Delay it by 50 ms".to_owned(),
                &format!("delay {rest} by 50ms"),
            ),
        ]
    }

    fn link(&self, from: &str, to: &str) -> Vec<ActionView> {
        let text = |place: &str| Arg::Text(place.to_owned());
        let is_cut = |a: &str, b: &str| {
            self.course.cursor.sim.cuts().any(|(x, y)| x.to_string() == a && y.to_string() == b)
        };
        let mut menu = Vec::new();
        if !is_cut(from, to) || !is_cut(to, from) {
            let cut = |a: &str, b: &str, both: bool| vec![text(a), text(b), Arg::Flag(both)];
            menu.push(self.entry(
                "cut",
                cut(from, to, true),
                format!("Cut {from} and {to}"),
                &format!("cut {from}<->{to}"),
            ));
            for (a, b) in [(from, to), (to, from)] {
                if !is_cut(a, b) {
                    menu.push(self.entry(
                        "cut",
                        cut(a, b, false),
                        format!("Cut {a} to {b} only"),
                        &format!("cut {a}->{b}"),
                    ));
                }
            }
        }
        if is_cut(from, to) || is_cut(to, from) {
            menu.push(self.entry(
                "mend",
                vec![text(from), text(to)],
                format!("Mend {from} and {to}"),
                &format!("mend {from}<->{to}"),
            ));
        }
        menu
    }

    fn network(&self) -> Vec<ActionView> {
        let sim = &self.course.cursor.sim;
        let mut menu = Vec::new();
        let servers: Vec<String> = sim.machines().iter().map(|machine| machine.id.to_string()).collect();
        if servers.len() > 1 {
            let half = servers.len() / 2;
            let halves = format!("partition {} | {}", servers[..half].join(" "), servers[half..].join(" "));
            menu.push(self.entry(
                "act",
                vec![Arg::Text(halves.clone())],
                "Cut it in two halves".to_owned(),
                &halves,
            ));
        }
        if let Some(leader) = sim.leader() {
            let place = Place::Server(Target::Node(leader));
            let line = format!("partition {place}");
            let label = format!("Cut off {}, who {}", Addr::Server(leader), P::DIALECT.leads);
            menu.push(self.entry("act", vec![Arg::Text(line.clone())], label, &line));
        }
        let heal = self.entry("heal", Vec::new(), "Mend every cut".to_owned(), "heal");
        menu.extend(heal.enabled.then_some(heal));
        menu
    }
}
