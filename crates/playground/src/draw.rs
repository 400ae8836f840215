//! From a run at a moment to the frame that the page draws.

use crate::course::Course;
use crate::frame::{
    AnswerView, AttemptView, Caption, Checks, ChosenView, ClientFrame, CutView, Frame, LogSpan, LookView,
    Majority, MessageFrame, NodeFrame, OpView, PauseView, PromiseView, QuestionView, Room, SaidView,
    SinceView, TimerView, ViolationView, WitnessView,
};
use crate::logs::{cells, span};
use crate::teller::{fields, label};
use check::Witness;
use protocol::{Family, Message, NodeView, Protocol, RoleKind, Term};
use scenario::{Answer, Invitation, Line, LookAt, print_action};
use sim::{Action, Addr, Body, Client, Flight, Machine, Outcome, Place, Sim, kind_name};
use std::borrow::Cow;

/// The frame at the cursor.
pub(crate) fn frame<P: Protocol>(course: &Course<P>, room: Room) -> Frame {
    let sim = &course.cursor.sim;
    let seen: Vec<Seen<P>> = sim.machines().iter().map(|machine| Seen::new(sim, machine)).collect();
    let log = span(course, &seen, room);
    let told = crate::narrate::caption(course);
    Frame {
        at: course.at.0,
        next_at: next_at(course),
        position: sim.position(),
        script_done: course.cursor.script_done(&course.scenario),
        caption: crate::narrate::authored(course).or_else(|| told.clone()),
        log,
        nodes: seen.iter().map(|seen| node(sim, seen, log, room)).collect(),
        clients: sim.clients().iter().map(|one| client(one, room)).collect(),
        messages: sim.flights().into_iter().map(|flight| message(course, flight)).collect(),
        cuts: sim.cuts().map(|(from, to)| CutView { from: from.to_string(), to: to.to_string() }).collect(),
        groups: groups(sim),
        holds: holds(sim),
        majority: majority(course, &seen, told.as_ref()),
        chosen: chosen(course, log),
        checks: checks(course),
        pause: pause(course),
        question: question(course),
        line: course.cursor.line,
        on_story: course.left.is_none(),
        story_waits: course.left.is_some() && course.branches.iter().any(|branch| branch.left.is_none()),
        said: said(course),
        looks: course.cursor.looks.iter().filter_map(|line| look(course, *line)).collect(),
        attempt: attempt(course),
        meter: crate::meter::view(&course.cursor.meter, sim),
        off: sim.config().off.iter().map(|rule| crate::narrate::cite(P::DIALECT.rule(rule))).collect(),
        told,
        failures: course.cursor.failures.iter().map(|failure| failure.text.clone()).collect(),
    }
}

pub(crate) fn role_kind(kind: RoleKind) -> &'static str {
    match kind {
        RoleKind::Idle => "idle",
        RoleKind::Seeking => "seeking",
        RoleKind::Leading => "leading",
        RoleKind::Syncing => "syncing",
        RoleKind::Learner => "learner",
    }
}

pub(crate) fn family_name(family: Family) -> &'static str {
    match family {
        Family::Solicit => "solicit",
        Family::Support => "support",
        Family::Synchronise => "synchronise",
        Family::Propose => "propose",
        Family::Acknowledge => "acknowledge",
        Family::Commit => "commit",
    }
}

/// A server, and what can be said of it.
pub(crate) struct Seen<'a, P: Protocol> {
    pub(crate) machine: &'a Machine<P>,
    /// Of a crashed server, what it would be after a restart: what is on its disk is all that can be said of it.
    pub(crate) core: Cow<'a, P>,
}

impl<'a, P: Protocol> Seen<'a, P> {
    pub(crate) fn new(sim: &Sim<P>, machine: &'a Machine<P>) -> Seen<'a, P> {
        let asleep = || Cow::Owned(dormant(sim, machine));
        Seen { machine, core: machine.core.as_ref().map_or_else(asleep, Cow::Borrowed) }
    }
}

fn node<P: Protocol>(sim: &Sim<P>, seen: &Seen<P>, log: LogSpan, room: Room) -> NodeFrame {
    let (machine, core) = (seen.machine, &*seen.core);
    let view: NodeView = core.view(&machine.disk);
    let role = P::DIALECT.roles[usize::from(core.status().role)];
    NodeFrame {
        id: machine.id.0,
        name: machine.id.to_string(),
        up: machine.is_up(),
        paused: machine.paused,
        term: view.term,
        hue: view.term.number,
        role: if machine.is_up() { view.role } else { "Down" },
        kind: role_kind(role.kind),
        note: if machine.is_up() { view.note } else { String::new() },
        cells: cells(seen, log),
        commit: view.commit,
        applied: view.applied,
        state: pairs(&view.state, room),
        timers: if machine.is_up() { timers(sim, machine) } else { Vec::new() },
        unsynced: machine.unsynced(),
        rate: machine.rate,
    }
}

/// A state machine's pairs in words, as many as there is room for.
fn pairs(state: &[(String, String)], room: Room) -> String {
    let shown: Vec<String> =
        state.iter().take(room.pairs).map(|(key, value)| format!("{key}={value}")).collect();
    shown.join(" ") + if state.len() > room.pairs { " …" } else { "" }
}

/// The clients with all that they asked for, as far as a list goes.
pub(crate) fn clients<P: Protocol>(course: &Course<P>) -> Vec<ClientFrame> {
    course.cursor.sim.clients().iter().map(|one| client(one, Room::LIST)).collect()
}

/// When anything but the clock may change next: an event is due, a line of the script is done, or a message comes to a
/// door where it is held.
fn next_at<P: Protocol>(course: &Course<P>) -> Option<u64> {
    let sim = &course.cursor.sim;
    let doors = sim.flights().into_iter().filter(|flight| flight.due_at > course.at && sim.is_held(flight));
    let doors = doors.map(|flight| flight.due_at).min();
    [sim.coming(), course.cursor.deadline(&course.scenario), doors].into_iter().flatten().min().map(|at| at.0)
}

/// A node as it would boot from the disk of a machine that is down.
fn dormant<P: Protocol>(sim: &Sim<P>, machine: &Machine<P>) -> P {
    let (mut outputs, mut writes, mut nobody) = (Vec::new(), protocol::WriteId(0), ());
    let setup = sim.config().setup();
    let mut fx = protocol::Effects::new(machine.id, setup.off, &mut outputs, &mut writes, &mut nobody);
    P::start(machine.id, &setup, &machine.disk, sim.now(), &mut fx)
}

fn timers<P: Protocol>(sim: &Sim<P>, machine: &Machine<P>) -> Vec<TimerView> {
    let infos = P::DIALECT.timers.iter().zip(&machine.timers);
    let running = infos.filter_map(|(info, timer)| timer.due_at.map(|due_at| (info, timer.set_at, due_at)));
    running
        .map(|(info, set_at, due_at)| TimerView {
            key: info.key,
            name: info.name,
            ring: info.ring,
            set_at: set_at.0,
            due_at: due_at.0,
            held: machine.paused || sim.timers_held(machine.id),
        })
        .collect()
}

fn client(client: &Client, room: Room) -> ClientFrame {
    let skip = client.operations.len().saturating_sub(room.ops);
    ClientFrame {
        name: client.id.to_string(),
        leader: client.leader.map(|node| node.to_string()),
        ops: (skip..client.operations.len()).map(|place| operation(&client.operations[place])).collect(),
    }
}

pub(crate) fn operation(operation: &sim::Operation) -> OpView {
    OpView {
        seq: operation.command.seq(),
        text: operation.command.op().to_string(),
        invoked_at: operation.invoked_at.0,
        ended_at: operation.ended_at.map(|at| at.0),
        outcome: operation.outcome.name(),
        reply: match &operation.outcome {
            Outcome::Done(reply) => reply.to_string(),
            _ => String::new(),
        },
        tries: operation.tries,
    }
}

fn message<P: Protocol>(course: &Course<P>, flight: &Flight<P::Message>) -> MessageFrame {
    let sim = &course.cursor.sim;
    let (family, reply, term) = match &flight.body {
        Body::Protocol(message) => {
            let kind = P::DIALECT.kinds[usize::from(message.kind())];
            (family_name(kind.family), kind.reply, message.term())
        }
        Body::Request(_) => ("client", false, Term::default()),
        Body::Reply { .. } => ("client", true, Term::default()),
    };
    MessageFrame {
        id: flight.id,
        kind: kind_name::<P>(flight.body.kind()),
        family,
        reply,
        from: flight.from.to_string(),
        to: flight.to.to_string(),
        sent_at: flight.sent_at.0,
        due_at: flight.due_at.0,
        lost: flight.doomed.is_some(),
        waiting: flight.due_at.0 <= course.at.0 && sim.is_held(flight),
        term,
        hue: term.number,
        label: label(&flight.body),
        says: says::<P>(&flight.body, term),
        routine: course.trace.messages.get(flight.id as usize).is_some_and(|row| row.routine),
    }
}

/// A message's term, unless a field tells it, and its fields.
fn says<P: Protocol>(body: &Body<P::Message>, term: Term) -> String {
    let fields = fields(body);
    let told = term == Term::default() || fields.iter().any(|(name, _)| *name == P::DIALECT.term);
    let term = (!told).then(|| format!("{} {term}", P::DIALECT.term));
    let fields = fields.iter().map(|(name, value)| format!("{name} {value}"));
    term.into_iter().chain(fields).collect::<Vec<_>>().join(", ")
}

/// The groups of servers that can reach one another both ways, if that is what the cuts amount to: every cut lies
/// between two groups, and every link between two groups is cut.
fn groups<P: Protocol>(sim: &Sim<P>) -> Vec<Vec<String>> {
    let servers: Vec<Addr> = sim.machines().iter().map(|machine| Addr::Server(machine.id)).collect();
    let cuts: Vec<(Addr, Addr)> = sim.cuts().collect();
    let apart = |a: Addr, b: Addr| cuts.contains(&(a, b)) && cuts.contains(&(b, a));
    let mut groups: Vec<Vec<Addr>> = Vec::new();
    for server in &servers {
        match groups.iter_mut().find(|group| !apart(group[0], *server)) {
            Some(group) => group.push(*server),
            None => groups.push(vec![*server]),
        }
    }
    let group_of = |place: Addr| groups.iter().position(|group| group.contains(&place));
    let clean = servers
        .iter()
        .all(|a| servers.iter().all(|b| a == b || (group_of(*a) != group_of(*b)) == apart(*a, *b)));
    let one_way =
        cuts.iter().any(|(a, b)| !apart(*a, *b) && group_of(*a).is_some() && group_of(*b).is_some());
    if groups.len() < 2 || !clean || one_way {
        return Vec::new();
    }
    groups.iter().map(|group| group.iter().map(Addr::to_string).collect()).collect()
}

fn holds<P: Protocol>(sim: &Sim<P>) -> Vec<String> {
    let messages = sim.held_messages().iter().map(|filter| Action::HoldMessages(*filter));
    let target = |node: &Option<protocol::NodeId>| node.map(sim::Target::Node);
    let timers = sim.held_timers().iter().map(|node| Action::HoldTimers(target(node)));
    messages.chain(timers).map(|action| print_action(&action, P::DIALECT)).collect()
}

/// The majority worth outlining: the one that was reached in the last moment, or that the newest leader is counting, or
/// that was reached lately, or else the one that is being counted in the highest term.
fn majority<P: Protocol>(course: &Course<P>, seen: &[Seen<P>], told: Option<&Caption>) -> Option<Majority> {
    let now = told.and_then(|told| reached(course, told.position - 1, told.position));
    let counted = || counting(seen);
    let newest = seen.iter().filter_map(|seen| Some(seen.machine.core.as_ref()?.status().term)).max();
    let led = || counted().filter(|((term, leads), _)| *leads && Some(*term) >= newest);
    let led = || led().map(|(_, majority)| majority);
    let moments = crate::narrate::moments_by(course, course.position());
    let lately = || reached(course, course.trace.moments[moments.checked_sub(2)?], course.position());
    now.or_else(led).or_else(lately).or_else(|| counted().map(|(_, majority)| majority))
}

/// The last majority that was counted during some events.
fn reached<P: Protocol>(course: &Course<P>, from: u32, to: u32) -> Option<Majority> {
    let quorums = &course.trace.quorums;
    let known = quorums.partition_point(|quorum| quorum.position < to);
    let quorum = quorums[..known].last().filter(|quorum| quorum.position >= from)?;
    let nodes: Vec<u8> =
        (1..=course.trace.servers).filter(|node| quorum.servers >> (node - 1) & 1 == 1).collect();
    let of = usize::from(course.trace.servers);
    let (have, need) = (nodes.len(), protocol::majority(of));
    let (what, text) = match quorum.index {
        0 => {
            let what = format!("{}s", P::DIALECT.support);
            let text = format!(
                "{have} {}, needs {need} of {of}",
                if have == 1 { P::DIALECT.support } else { &what }
            );
            (what, text)
        }
        index => {
            let what = format!("{} {index}", if P::DIALECT.slots { P::DIALECT.index } else { "entry" });
            let text = format!("{what}: {have} of {of} stored it, needs {need}");
            (what, text)
        }
    };
    Some(Majority { what, need, of, text, reached: true, nodes })
}

/// The majority that is being counted in the highest term; that term, and whether by one that leads.
fn counting<P: Protocol>(seen: &[Seen<P>]) -> Option<((Term, bool), Majority)> {
    let counting = seen.iter().filter_map(|seen| {
        let core = seen.machine.core.as_ref()?;
        let view = core.view(&seen.machine.disk);
        // Of two in one term the one that leads: the other only has not heard of it.
        let leads = P::DIALECT.roles[usize::from(core.status().role)].kind == RoleKind::Leading;
        Some(((view.term, leads), view.tally?))
    });
    let (rank, tally) = counting.max_by_key(|(rank, _)| *rank)?;
    let nodes: Vec<u8> = tally.have.iter().map(|node| node.0).collect();
    let text = format!("{}: {} of {}, needs {}", tally.what, nodes.len(), tally.of, tally.need);
    let reached = nodes.len() >= tally.need;
    let what = tally.what.to_owned();
    Some((rank, Majority { what, need: tally.need, of: tally.of, text, reached, nodes }))
}

fn chosen<P: Protocol>(course: &Course<P>, log: LogSpan) -> Vec<ChosenView> {
    let chosen = course.cursor.checker.chosen().iter().filter(|chosen| chosen.index >= log.from);
    chosen
        .map(|chosen| ChosenView {
            index: chosen.index,
            at: chosen.at.0,
            by: chosen.by.iter().map(|node| node.0).collect(),
        })
        .collect()
}

fn checks<P: Protocol>(course: &Course<P>) -> Checks {
    let checker = &course.cursor.checker;
    let promise = |key: &str| P::DIALECT.promises.iter().find(|promise| promise.key == key);
    let broken = checker.violations().iter().filter_map(|violation| {
        let info = promise(violation.promise)?;
        Some(ViolationView {
            key: info.key,
            name: info.name,
            words: info.words,
            source: info.source,
            text: violation.text.clone(),
            position: violation.position + 1,
            at: violation.at.0,
            witnesses: violation.witnesses.each_ref().map(witness::<P>),
        })
    });
    let promises: Vec<PromiseView> = P::DIALECT
        .promises
        .iter()
        .map(|info| PromiseView {
            key: info.key,
            name: info.name,
            words: info.words,
            source: info.source,
            holds: checker.holds(info.key),
            since: checker
                .since(info.key)
                .map(|(position, at)| SinceView { position: position + 1, at: at.0 }),
            doubt: checker.doubt(info.key),
        })
        .collect();
    let holds = promises.iter().filter(|promise| promise.holds).count();
    Checks { holds, of: promises.len(), broken: broken.collect(), promises }
}

fn pause<P: Protocol>(course: &Course<P>) -> Option<PauseView> {
    let line = course.waits_at()?;
    let pause = |kind, does, text: &str| {
        Some(PauseView { kind, does, text: text.to_owned(), answers: Vec::new(), line })
    };
    match &course.scenario.lines[line] {
        Line::Stop => pause("stop", "", ""),
        Line::Goal { words, .. } => pause("goal", "", words),
        Line::Invite { words, what: Invitation::Act(_) } => pause("invite", "act", words),
        Line::Invite { words, what: Invitation::Back } => pause("invite", "back", words),
        Line::Invite { words, what: Invitation::Without(_) } => pause("invite", "without", words),
        Line::Ask { question, answers } => Some(PauseView {
            kind: "ask",
            does: "",
            text: question.clone(),
            answers: answer_views(course, answers),
            line,
        }),
        _ => None,
    }
}

/// What a line points at, if it is there.
fn look<P: Protocol>(course: &Course<P>, line: usize) -> Option<LookView> {
    let sim = &course.cursor.sim;
    let Some(Line::Look(at)) = course.scenario.lines.get(line) else { return None };
    let name = |target| sim.node(target).ok().map(|node| node.to_string());
    Some(match at {
        LookAt::Place(Place::Server(target)) => LookView::Place { place: name(*target)? },
        LookAt::Place(Place::Client(client)) => LookView::Place { place: client.to_string() },
        LookAt::Entry { index, at: None } => LookView::Entry { index: *index, place: None },
        LookAt::Entry { index, at: Some(target) } => {
            LookView::Entry { index: *index, place: Some(name(*target)?) }
        }
        LookAt::Message(message) => LookView::Message { id: sim.referred(message)? },
        LookAt::Panel(panel) => LookView::Panel { panel: panel.name() },
    })
}

/// The goal that the reader tries to reach. The story's own lines try for nothing.
fn attempt<P: Protocol>(course: &Course<P>) -> Option<AttemptView> {
    let attempt = course.cursor.attempt.as_ref().filter(|_| course.left.is_some())?;
    let Some(Line::Goal { words, .. }) = course.scenario.lines.get(attempt.line) else { return None };
    Some(AttemptView {
        line: attempt.line,
        text: words.clone(),
        moves: attempt.moves,
        of: attempt.most,
        reached: attempt.reached,
    })
}

fn question<P: Protocol>(course: &Course<P>) -> Option<QuestionView> {
    let (line, right) = course.cursor.question.as_ref()?;
    let Some(Line::Ask { question, answers }) = course.scenario.lines.get(*line) else { return None };
    Some(QuestionView {
        line: *line,
        text: question.clone(),
        answers: answer_views(course, answers),
        right: right.as_ref().and_then(|right| right.first().copied()),
    })
}

fn answer_views<P: Protocol>(course: &Course<P>, answers: &[Answer]) -> Vec<AnswerView> {
    let servers: Vec<String> =
        course.cursor.sim.machines().iter().map(|machine| machine.id.to_string()).collect();
    let view = |answer: &Answer| AnswerView {
        text: answer.words.clone(),
        place: servers.iter().find(|server| is_server(&answer.words, server)).cloned(),
        without: answer.without.iter().map(|rule| P::DIALECT.rule(rule).key).collect(),
    };
    answers.iter().map(view).collect()
}

/// True if an answer is a server: its name alone, or with a colon and a reason behind it.
fn is_server(words: &str, server: &str) -> bool {
    words.strip_prefix(server).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// What the captions have said up to the cursor that have values in braces.
fn said<P: Protocol>(course: &Course<P>) -> Vec<SaidView> {
    let said = course.cursor.said.iter();
    said.map(|(line, text)| SaidView { line: *line, text: text.to_string() }).collect()
}

fn witness<P: Protocol>(witness: &Witness) -> WitnessView {
    let Witness { text, place, event, era, command } = witness;
    WitnessView {
        text: text.clone(),
        place: place.map(|place| place.to_string()),
        position: event.map(|(position, _)| position + 1),
        at: event.map(|(_, at)| at.0),
        era: era.map(|era| format!("{} {era}", P::DIALECT.term)),
        command: command.clone(),
    }
}
