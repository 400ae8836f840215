//! A protocol's words that belong to no protocol, and scenarios of every kind.
#![allow(dead_code, missing_docs)]

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use protocol::{
    Channel, ClientId, Dialect, Family, Grade, KindInfo, Misfit, NodeId, Op, OptionInfo, OptionKind, Preset,
    PresetPart, PromiseInfo, RoleInfo, RoleKind, RuleId, RuleInfo, RuleKind, RuleSet, Shape, Span, Time,
    TimerId, TimerInfo,
};
use scenario::*;
use sim::{Action, Addr, Config, Disk, Filter, Kind, Link, MessageRef, Place, Target};

const fn kind(name: &'static str, reply: bool) -> KindInfo {
    KindInfo { name, family: Family::Propose, reply }
}

const fn option(key: &'static str, kind: OptionKind, default: i64) -> OptionInfo {
    OptionInfo { key, words: "", source: "", kind, default }
}

const fn rule(key: &'static str) -> RuleInfo {
    RuleInfo {
        key,
        words: "",
        source: "",
        kind: RuleKind::Safety,
        promise: "",
        when_off: "",
        needs: "",
        shape: Shape::ANY,
        held: "",
        refused: "",
        overridden: "",
        held_grade: Grade::Routine,
        refused_grade: Grade::Routine,
    }
}

pub(crate) static TOY: Dialect = Dialect {
    key: "raft",
    name: "Raft",
    term: "term",
    index: "index",
    committed: "committed",
    support: "vote",
    leads: "leads",
    finds_leader: true,
    no_sync: "nobody needs one",
    channel: Channel::Reorderable,
    slots: false,
    roles: &[
        RoleInfo { name: "Follower", kind: RoleKind::Idle },
        RoleInfo { name: "Candidate", kind: RoleKind::Seeking },
        RoleInfo { name: "Leader", kind: RoleKind::Leading },
    ],
    timers: &[
        TimerInfo { key: "election", name: "election timer", ring: true },
        TimerInfo { key: "heartbeat", name: "heartbeat timer", ring: false },
    ],
    kinds: &[
        kind("RequestVote", false),
        kind("RequestVoteReply", true),
        kind("AppendEntries", false),
        kind("AppendEntriesReply", true),
    ],
    options: &[
        option("no-op", OptionKind::Flag, 1),
        option("backtracking", OptionKind::Choice(&["decrement", "length", "conflict-term"]), 0),
        option("batch", OptionKind::Number { least: 0, most: 100, none: Some("unlimited") }, 1),
        option("election-timeout", OptionKind::Span { least: 1_000, most: 10_000_000 }, 300_000),
    ],
    paces: &[],
    rules: &[rule("vote-once"), rule("up-to-date-check"), rule("current-term-commit")],
    promises: &[PromiseInfo { key: "leader-completeness", name: "", words: "", source: "" }],
    declines: &[],
    presets: Some(judge_presets),
};

/// Terms only rise.
fn judge_presets(_: u8, presets: &[Preset]) -> Result<(), Misfit> {
    for Preset { node, term, log, .. } in presets {
        let misfit = |part, words: &str| Err(Misfit { node: *node, part, words: format!("{node} {words}") });
        if let Some(place) = log.windows(2).position(|pair| pair[0].0 > pair[1].0) {
            return misfit(PresetPart::Entry(place + 1), "falls");
        }
        if log.last().is_some_and(|(last, _)| last > term) {
            return misfit(PresetPart::Term, "is late");
        }
    }
    Ok(())
}

/// The toy's words; and of three more keys, that there are such protocols.
pub(crate) fn dialects(key: &str) -> Option<&'static Dialect> {
    [TOY.key, "toy", "zab", "other"].contains(&key).then_some(&TOY)
}

pub(crate) const SERVERS: u8 = 5;
pub(crate) const CLIENTS: u8 = 3;

/// Texts that a scenario may hold: letters of many alphabets, quotes, signs of the grammar.
fn words(least: usize) -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => proptest::char::range('a', 'z'),
        2 => prop_oneof![Just('"'), Just('\\'), Just('#'), Just(' '), Just('<'), Just('%'), Just('='), Just('{')],
        1 => proptest::char::range('¡', '힣').prop_filter("no marks", |sign| !refused(*sign)),
        1 => proptest::char::range('😀', '😿'),
    ];
    vec(sign, least..20).prop_map(|signs| signs.into_iter().collect())
}

fn refused(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || sign.is_control()
}

fn name() -> impl Strategy<Value = String> {
    "[a-z][a-z0-9_]{0,10}(-[a-z0-9]{1,5})?"
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![0..5_000_u64, (0..3_600_u64).prop_map(|s| s * 1_000_000), 0..=3_600_000_000_u64]
        .prop_map(Span)
}

fn range() -> impl Strategy<Value = (Span, Span)> {
    (span(), span()).prop_map(|(a, b)| (a.min(b), a.max(b)))
}

fn chance() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0), 1 => 0..=1_000_000_u32, 1 => (0..=100_u32).prop_map(|percent| percent * 10_000)]
}

fn link() -> impl Strategy<Value = Link> {
    let default = Link::default();
    let latency = prop_oneof![Just((default.least, default.most)), range()];
    let jitter = prop_oneof![Just(Span(0)), span()];
    (latency, jitter, chance(), chance(), chance()).prop_map(
        |((least, most), jitter, loss, duplicate, reorder)| Link {
            least,
            most,
            jitter,
            loss,
            duplicate,
            reorder,
        },
    )
}

fn node() -> impl Strategy<Value = NodeId> {
    (1..=SERVERS).prop_map(NodeId)
}

fn client() -> impl Strategy<Value = ClientId> {
    (1..=CLIENTS).prop_map(ClientId)
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        4 => node().prop_map(Target::Node),
        1 => Just(Target::Leader),
        1 => (1..=12_u8).prop_map(Target::Follower),
        1 => Just(Target::LastCrashed),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![4 => target().prop_map(Place::Server), 1 => client().prop_map(Place::Client)]
}

fn ends() -> impl Strategy<Value = (Place, Place)> {
    (place(), place()).prop_filter("two ends", |(a, b)| a != b)
}

fn message_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![4 => (0..4_u8).prop_map(Kind::Protocol), 1 => Just(Kind::Request), 1 => Just(Kind::Reply)]
}

fn message() -> impl Strategy<Value = MessageRef> {
    (message_kind(), ends(), prop_oneof![3 => Just(1), 1 => 1..=u16::MAX])
        .prop_map(|(kind, (from, to), nth)| MessageRef { kind, from, to, nth })
}

fn filter() -> impl Strategy<Value = Filter> {
    (option::of(message_kind()), option::of(place()), option::of(place()))
        .prop_filter("two ends", |(_, from, to)| from.is_none() || from != to)
        .prop_map(|(kind, from, to)| Filter { kind, from, to })
}

fn op() -> impl Strategy<Value = Op> {
    (0..6_u8, words(1), words(0), words(0)).prop_map(|(which, key, one, two)| {
        let (key, one, two) = (key.into(), one.into(), two.into());
        match which {
            0 => Op::Set { key, value: one },
            1 => Op::Get { key },
            2 => Op::Append { key, value: one },
            3 => Op::Cas { key, old: one, new: two },
            4 => Op::Incr { key },
            _ => Op::Sync { key },
        }
    })
}

fn groups() -> impl Strategy<Value = Vec<Vec<Place>>> {
    let all: Vec<Place> = (1..=SERVERS)
        .map(|n| Place::Server(Target::Node(NodeId(n))))
        .chain([Place::Server(Target::Leader), Place::Client(ClientId(1))])
        .collect();
    let ascending = vec(0..3_usize, usize::from(SERVERS)).prop_map(|of| {
        let mut groups = vec![Vec::new(); 3];
        for (n, group) in (1..).zip(of) {
            groups[group].push(Place::Server(Target::Node(NodeId(n))));
        }
        groups
    });
    let shuffled = (Just(all).prop_shuffle(), 1..7_usize, 1..4_usize)
        .prop_map(|(all, count, size)| all[..count].chunks(size).map(<[Place]>::to_vec).collect::<Vec<_>>());
    prop_oneof![ascending, shuffled].prop_map(|mut groups| {
        groups.retain(|group| !group.is_empty());
        groups
    })
}

pub(crate) fn action() -> impl Strategy<Value = Action> {
    let simple = (0..6_u8, target()).prop_map(|(which, target)| match which {
        0 => Action::Crash(target),
        1 => Action::Restart(target),
        2 => Action::Pause(target),
        3 => Action::Resume(target),
        4 => Action::Sync(target),
        _ => Action::Wipe(target),
    });
    let moved = (0..4_u8, message(), span()).prop_map(|(which, message, span)| match which {
        0 => Action::Deliver(message),
        1 => Action::Drop(message),
        2 => Action::Duplicate(message),
        _ => Action::Delay(message, span),
    });
    let held = (0..4_u8, filter(), option::of(target())).prop_map(|(which, filter, target)| match which {
        0 => Action::HoldMessages(filter),
        1 => Action::ReleaseMessages(filter),
        2 => Action::HoldTimers(target),
        _ => Action::ReleaseTimers(target),
    });
    prop_oneof![
        (client(), option::of(target()), op()).prop_map(|(client, to, op)| Action::Submit { client, to, op }),
        simple,
        moved,
        held,
        (target(), 100_000..=10_000_000_u32).prop_map(|(node, rate)| Action::Clock { node, rate }),
        (ends(), any::<bool>()).prop_map(|((from, to), both)| Action::Cut { from, to, both }),
        ends().prop_map(|(a, b)| Action::Mend { a, b }),
        groups().prop_map(Action::Partition),
        Just(Action::Heal),
        (option::of(ends()), link()).prop_map(|(ends, link)| Action::Network { ends, link }),
        (target(), 0..2_u8).prop_map(|(node, timer)| Action::Fire { node, timer: TimerId(timer) }),
    ]
}

fn value() -> impl Strategy<Value = Expr> {
    let literal = prop_oneof![
        any::<i64>().prop_map(Literal::Number),
        (0..9_i64).prop_map(Literal::Number),
        (any::<u32>(), node()).prop_map(|(number, owner)| Literal::Term { number, owner }),
        words(0).prop_map(Literal::Text),
        prop_oneof![Just("leader"), Just("n1"), Just("n"), Just("and"), Just("x-y"), Just("Ok")]
            .prop_map(|word| Literal::Text(word.to_owned())),
        Just(Literal::Nothing),
        any::<bool>().prop_map(Literal::Flag),
    ];
    let fields: Vec<Field> = Field::ALL[1..].iter().map(|(_, field)| *field).collect();
    let client_field = prop_oneof![Just(ClientField::Ops), (1..9_u32).prop_map(ClientField::Reply),];
    let fact = name().prop_filter("no field", |key| {
        Field::ALL.iter().all(|(name, _)| name != key) && key != "log" && key != "kv"
    });
    let fates: Vec<Fate> = Fate::ALL.iter().map(|(_, fate)| *fate).collect();
    let counters: Vec<Counter> = Counter::ALL.iter().map(|(_, counter)| *counter).collect();
    prop_oneof![
        literal.prop_map(Expr::Literal),
        target().prop_map(Expr::Server),
        (target(), proptest::sample::select(fields)).prop_map(|(of, field)| Expr::Field { of, field }),
        (target(), fact).prop_map(|(of, key)| Expr::Fact { of, key }),
        (target(), 1..50_u64, any::<bool>()).prop_map(|(of, index, term)| {
            Expr::Entry { of, index, part: if term { Part::Term } else { Part::Content } }
        }),
        (target(), words(1)).prop_map(|(of, key)| Expr::Pair { of, key }),
        (client(), client_field).prop_map(|(client, field)| Expr::Client { client, field }),
        (proptest::sample::select(fates), filter())
            .prop_map(|(fate, filter)| Expr::Messages { fate, filter }),
        proptest::sample::select(counters).prop_map(Expr::Counter),
    ]
}

/// Conditions without `always` and `never`.
fn plain_condition() -> impl Strategy<Value = Expr> {
    let comparisons: Vec<Comparison> = Comparison::ALL.iter().map(|(_, by)| *by).collect();
    let compare = move |value: BoxedStrategy<Expr>| {
        (value.clone(), proptest::sample::select(comparisons.clone()), value)
            .prop_map(|(left, by, right)| Expr::Compare { left: Box::new(left), by, right: Box::new(right) })
    };
    let leaf = prop_oneof![
        4 => compare(value().boxed()),
        1 => target().prop_map(Expr::Server),
        1 => name().prop_map(Expr::Holds),
        1 => Just("leader-completeness".to_owned()).prop_map(Expr::Violated),
        1 => target().prop_map(|of| Expr::Field { of, field: Field::Up }),
        1 => (target(), proptest::sample::select(vec!["Follower", "Leader"])).prop_map(|(of, role)| {
            Expr::Compare {
                left: Box::new(Expr::Field { of, field: Field::Role }),
                by: Comparison::Equal,
                right: Box::new(Expr::Literal(Literal::Text(role.to_owned()))),
            }
        }),
    ];
    leaf.prop_recursive(4, 20, 3, move |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Expr::Not(Box::new(inner))),
            vec(inner.clone(), 2..4).prop_map(Expr::All),
            vec(inner.clone(), 2..4).prop_map(Expr::Any),
            compare(inner.boxed()),
        ]
    })
}

pub(crate) fn condition() -> impl Strategy<Value = Expr> {
    prop_oneof![
        3 => plain_condition(),
        1 => plain_condition().prop_map(|inner| Expr::Always(Box::new(inner))),
        1 => plain_condition().prop_map(|inner| Expr::Not(Box::new(Expr::Never(Box::new(inner))))),
    ]
}

/// What can be said of a protocol by name: all protocols share its words.
fn shared_condition() -> impl Strategy<Value = Expr> {
    let term = (target(), 0..9_i64).prop_map(|(of, number)| Expr::Compare {
        left: Box::new(Expr::Field { of, field: Field::Term }),
        by: Comparison::AtMost,
        right: Box::new(Expr::Literal(Literal::Number(number))),
    });
    let entry = (target(), 1..9_u64).prop_map(|(of, index)| Expr::Compare {
        left: Box::new(Expr::Entry { of, index, part: Part::Content }),
        by: Comparison::Equal,
        right: Box::new(Expr::Literal(Literal::Nothing)),
    });
    let one = prop_oneof![term, entry, target().prop_map(Expr::Server)].boxed();
    prop_oneof![
        2 => one.clone(),
        1 => vec(one.clone(), 2..4).prop_map(Expr::Any),
        1 => one.prop_map(|one| Expr::Never(Box::new(one))),
    ]
}

/// An expectation that speaks of protocols by name.
fn compared(sides: Vec<String>) -> impl Strategy<Value = Expr> {
    let one = (proptest::sample::select(sides), shared_condition())
        .prop_map(|(protocol, condition)| Expr::With { protocol, condition: Box::new(condition) })
        .boxed();
    prop_oneof![
        2 => one.clone(),
        1 => one.clone().prop_map(|one| Expr::Not(Box::new(one))),
        1 => (one, plain_condition()).prop_map(|(one, other)| Expr::All(vec![one, other])),
    ]
}

fn look() -> impl Strategy<Value = LookAt> {
    prop_oneof![
        place().prop_map(LookAt::Place),
        (1..99_u64, option::of(target())).prop_map(|(index, at)| LookAt::Entry { index, at }),
        message().prop_map(LookAt::Message),
        (0..6_usize).prop_map(|which| LookAt::Panel(Panel::ALL[which].1)),
    ]
}

fn invitation() -> impl Strategy<Value = Invitation> {
    let rules = u8::try_from(TOY.rules.len()).expect("there are few rules");
    prop_oneof![
        action().prop_map(Invitation::Act),
        Just(Invitation::Back),
        (0..rules).prop_map(|rule| Invitation::Without(RuleId(rule))),
    ]
}

fn line() -> impl Strategy<Value = Line> {
    let without = prop_oneof![3 => Just(0_u64), 1 => 0..8_u64].prop_map(RuleSet);
    let answer = (words(0), condition(), without).prop_map(|(words, condition, without)| Answer {
        words,
        condition,
        without,
    });
    prop_oneof![
        6 => (action(), any::<bool>()).prop_map(|(action, tolerant)| Line::Act { action, tolerant }),
        1 => span().prop_map(Line::Run),
        // The clock is set right below.
        4 => (0..100_000_u64, prop_oneof![Just(0_u32), 0..4_u32, any::<u32>()])
            .prop_map(|(at, n)| Line::At(Moment { at: Time(at), n })),
        1 => (condition(), span()).prop_map(|(condition, within)| Line::Until { condition, within }),
        1 => Just(Line::DeliverAll),
        1 => vec(piece(), 0..6).prop_map(|pieces| Line::Caption(pieces.concat())),
        1 => Just(Line::Stop),
        1 => (words(0), vec(answer, 2..4)).prop_map(|(question, answers)| Line::Ask { question, answers }),
        1 => (words(0), condition(), 1..=1_000_u16)
            .prop_map(|(words, condition, moves)| Line::Goal { words, condition, moves }),
        1 => (words(0), invitation()).prop_map(|(words, what)| Line::Invite { words, what }),
        1 => look().prop_map(Line::Look),
        1 => condition().prop_map(Line::Expect),
        1 => name().prop_map(Line::ExpectViolation),
    ]
}

/// A part of a caption, as it is written.
fn piece() -> impl Strategy<Value = String> {
    let values = ["{leader}", "{ n1.term }", "{c1.last}{(n2.commit > 1)}", "{n1.kv[\"a}\"]}", "{{", "}"];
    prop_oneof![
        words(0).prop_map(|words| as_caption(&words)),
        select(values.to_vec()).prop_map(str::to_owned)
    ]
}

/// Answers that leave out no rule that is off anyway.
fn left_out(mut lines: Vec<Line>, off: RuleSet) -> Vec<Line> {
    let answers = lines.iter_mut().filter_map(|line| match line {
        Line::Ask { answers, .. } => Some(answers),
        _ => None,
    });
    answers.flatten().for_each(|answer| answer.without.0 &= !off.0);
    lines
}

/// Moments that only go forward.
fn in_order(mut lines: Vec<Line>) -> Vec<Line> {
    let mut clock = 0;
    for line in &mut lines {
        match line {
            Line::Run(span) if clock + span.0 > 20 * 3_600_000_000 => *line = Line::Stop,
            Line::Run(span) => clock += span.0,
            Line::At(moment) => {
                clock += moment.at.0;
                moment.at = Time(clock);
            }
            _ => {}
        }
    }
    lines
}

/// Presets of some servers, in ascending order, with terms that only rise.
fn presets() -> impl Strategy<Value = Vec<Preset>> {
    let log = vec((0..3_u32, option::of(op())), 0..6);
    let preset = (node(), 1..1_000_u32, option::of(node()), log).prop_map(|(node, term, vote, mut log)| {
        let mut before = 1;
        for (step, _) in &mut log {
            before += *step;
            *step = before;
        }
        Preset { node, term: term.max(before), vote, log }
    });
    prop_oneof![
        Just(Vec::new()),
        vec(preset, 0..5).prop_map(|mut presets: Vec<Preset>| {
            presets.sort_by_key(|preset| preset.node);
            presets.dedup_by_key(|preset| preset.node);
            presets
        })
    ]
}

fn config() -> impl Strategy<Value = Config> {
    let options = (0..2_i64, 0..3_i64, 0..=100_i64, 1_000..=10_000_000_i64);
    let addr = || prop_oneof![node().prop_map(Addr::Server), client().prop_map(Addr::Client),];
    let links = vec(((addr(), addr()).prop_filter("two ends", |(a, b)| a != b), link()), 0..4);
    let disk = prop_oneof![
        Just(Disk::Sync),
        Just(Disk::Explicit),
        range().prop_map(|(least, most)| Disk::Takes { least, most }),
    ];
    let clients = prop_oneof![Just((Span::ms(500), 10_u8)), (span(), any::<u8>())];
    (any::<u64>(), options, 0..8_u64, link(), links, disk, clients, presets()).prop_map(
        |(seed, options, off, network, mut links, disk, (client_timeout, client_retries), presets)| {
            links.sort_by_key(|(ends, _)| *ends);
            links.dedup_by_key(|(ends, _)| *ends);
            Config {
                servers: SERVERS,
                clients: CLIENTS,
                seed,
                options: vec![options.0, options.1, options.2, options.3],
                off: RuleSet(off),
                network,
                links,
                disk,
                client_timeout,
                client_retries,
                presets,
            }
        },
    )
}

pub(crate) fn scenarios() -> impl Strategy<Value = Scenario> {
    (runs(), prop_oneof![3 => Just(None), 1 => runs().prop_map(|rival| Some(Box::new(rival)))])
        .prop_map(|(run, rival)| Scenario { rival, ..run })
}

fn runs() -> impl Strategy<Value = Scenario> {
    let open = option::of((0..=24 * 3_600_000_000_u64, 0..5_u32, prop_oneof![Just(0_u16), any::<u16>()]));
    let left = option::of(any::<prop::sample::Index>());
    let beside = prop_oneof![
        Just(vec![]),
        Just(vec!["zab".to_owned()]),
        Just(vec!["other".to_owned(), "zab".to_owned()]),
        Just(vec!["toy".to_owned(), "other".to_owned()]),
    ];
    let sides = beside.prop_flat_map(|beside| {
        let sides: Vec<String> = [TOY.key.to_owned()].into_iter().chain(beside.clone()).collect();
        let most = if beside.is_empty() { 0 } else { 2 };
        (Just(beside), vec(compared(sides).prop_map(Line::Expect), 0..=most))
    });
    (words(0), sides, config(), vec(line(), 0..12), open, left).prop_map(
        |(title, (beside, compared), config, mut lines, open, left)| Scenario {
            title,
            protocol: TOY.key.to_owned(),
            beside,
            left: left.map(|left| left.index(lines.len() + 1)),
            lines: {
                lines.extend(compared);
                in_order(left_out(lines, config.off))
            },
            config,
            open_at: open.map(|(at, n, _)| Moment { at: Time(at), n }),
            passed: open.map_or(0, |(_, _, passed)| passed),
            rival: None,
        },
    )
}

/// A scenario from a few lines below the shortest header.
pub(crate) fn read(lines: &str) -> Scenario {
    let text = format!("consensus 1\nprotocol raft\nservers 5\n{lines}");
    parse(&text, &dialects).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
