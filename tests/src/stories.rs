//! Random scenarios, as text: what the property tests play, and what must play the same everywhere.

use playground::dialect;
use proptest::prelude::*;
use protocol::Dialect;
use std::ops::Range;

/// What a cluster may be like.
#[derive(Clone, Debug)]
struct Settings {
    protocol: &'static str,
    servers: u8,
    text: String,
}

fn header(most: u8) -> impl Strategy<Value = Settings> {
    let network = (0u8..40, 0u8..40, 0u8..30, 0u8..20, 0u8..30, 0u8..30).prop_map(
        |(least, more, jitter, loss, duplicate, reorder)| {
            let most = least + more;
            format!(
                "network latency {least}ms..{most}ms jitter {jitter}ms loss {loss}% duplicate {duplicate}% reorder \
                 {reorder}%\n"
            )
        },
    );
    let network = prop_oneof![1 => Just(String::new()), 2 => network];
    let disk = prop_oneof![
        2 => Just(String::new()),
        1 => (0u8..20, 0u8..40).prop_map(|(least, more)| format!("disk {least}ms..{}ms\n", least + more)),
        1 => Just("disk explicit\n".to_owned()),
    ];
    let raft = (
        prop_oneof![Just("on"), Just("off")],
        0u8..4,
        prop_oneof![Just("decrement"), Just("length-hint"), Just("conflict-term"), Just("etcd")],
        prop_oneof![Just("on"), Just("off")],
        prop_oneof![Just("on"), Just("off")],
    )
        .prop_map(|(no_op, most, backtracking, pre_vote, sticky)| {
            let most = if most == 0 { "unlimited".to_owned() } else { most.to_string() };
            format!(
                "option no-op {no_op}\noption max-entries-per-append {most}\noption backtracking {backtracking}\n\
                 option pre-vote {pre_vote}\noption leader-stickiness {sticky}\n"
            )
        });
    let paxos = (20u16..300, prop_oneof![Just("on"), Just("off")])
        .prop_map(|(retry, all)| format!("option retry-timeout {retry}ms\noption accepted-to-all {all}\n"));
    let zab = (
        prop_oneof![2 => Just("fast"), 1 => Just("oracle")],
        prop_oneof![Just("unlimited"), Just("1"), Just("2")],
        prop_oneof![Just("on"), Just("off")],
        prop_oneof![Just("on"), Just("off")],
        (1u16..80, 100u16..600, 100u16..600),
    )
        .prop_map(|(election, kept, check, sync, (wait, init, limit))| {
            format!(
                "option election {election}\noption commit-log-count {kept}\noption next-zxid-check {check}\n\
                 option sync-before-read {sync}\noption finalize-wait {wait}ms\noption init-limit {init}ms\n\
                 option sync-limit {limit}ms\n"
            )
        });
    let flag = || prop_oneof![Just("on"), Just("off")];
    let multi = (1u8..9, flag(), flag()).prop_map(|(window, all, log)| {
        format!("option window {window}\noption accepted-to-all {all}\noption raft-style-log {log}\n")
    });
    let protocol = prop_oneof![
        2 => raft.prop_map(|options| ("raft", options)),
        1 => paxos.prop_map(|options| ("paxos", options)),
        1 => multi.prop_map(|options| ("multi-paxos", options)),
        2 => zab.prop_map(|options| ("zab", options)),
    ];
    (protocol, 1..=most, any::<u16>(), network, disk).prop_map(
        |((protocol, options), servers, seed, network, disk)| {
            let text = format!(
                "consensus 1\nprotocol {protocol}\n{options}servers {servers}\nclients 2\nseed {seed}\n\
                 {network}{disk}"
            );
            Settings { protocol, servers, text }
        },
    )
}

fn node(servers: u8) -> impl Strategy<Value = String> {
    prop_oneof![
        5 => (1..=servers).prop_map(|n| format!("n{n}")),
        1 => Just("leader".to_owned()),
        1 => (1..=servers).prop_map(|k| format!("follower.{k}")),
        1 => Just("last-crashed".to_owned()),
    ]
}

/// Two different places: servers or clients.
fn ends(servers: u8) -> impl Strategy<Value = (String, String)> {
    let name = move |n: u8| if n <= servers { format!("n{n}") } else { format!("c{}", n - servers) };
    (1..=servers + 2, 1..=servers + 1).prop_map(move |(a, b)| (name(a), name(if b >= a { b + 1 } else { b })))
}

fn words(protocol: &str) -> &'static Dialect {
    dialect(protocol).expect("it is a protocol")
}

fn kind(protocol: &str) -> impl Strategy<Value = &'static str> {
    let kinds = words(protocol).kinds.iter().map(|kind| kind.name);
    proptest::sample::select(kinds.chain(["ClientRequest", "ClientReply"]).collect::<Vec<_>>())
}

/// A line that acts: all kinds but `wipe`.
pub fn action(protocol: &'static str, servers: u8) -> impl Strategy<Value = String> {
    let incr = Just("incr x".to_owned());
    let syncs = words(protocol).no_sync.is_empty();
    let last = if syncs { prop_oneof![incr, Just("sync x".to_owned())].boxed() } else { incr.boxed() };
    let operation = prop_oneof![
        any::<u8>().prop_map(|value| format!("set x={value}")),
        Just("get x".to_owned()),
        Just("append x 1".to_owned()),
        any::<u8>().prop_map(|value| format!("cas x 1 {value}")),
        last,
    ];
    let submit =
        (1u8..=2, proptest::option::of(node(servers)), operation).prop_map(|(client, to, operation)| {
            let to = to.map(|to| format!("-> {to} ")).unwrap_or_default();
            format!("submit c{client} {to}{operation}")
        });
    // A wiped disk is a disk that lied: promises are not kept then, and need not be.
    let verb =
        proptest::sample::select(vec!["crash", "restart", "restart", "pause", "resume", "sync", "sync"]);
    let timers = words(protocol).timers.iter().map(|timer| timer.key);
    let timer = proptest::sample::select(timers.collect::<Vec<_>>());
    let on_server = prop_oneof![
        4 => (verb, node(servers)).prop_map(|(verb, node)| format!("{verb} {node}")),
        4 => (node(servers), timer).prop_map(|(node, timer)| format!("fire {node} {timer}")),
        1 => (node(servers), 10u16..=1_000).prop_map(|(node, rate)| format!("clock {node} {rate}%")),
    ];
    let group = proptest::collection::vec(0u8..3, usize::from(servers));
    let wires = prop_oneof![
        (ends(servers), any::<bool>())
            .prop_map(|((a, b), both)| format!("cut {a}{}{b}", if both { "<->" } else { "->" })),
        ends(servers).prop_map(|(a, b)| format!("mend {a}<->{b}")),
        group.prop_map(|groups| partition(&groups)),
        Just("heal".to_owned()),
        (ends(servers), 1u8..60).prop_map(|((a, b), ms)| format!("network {a}<->{b} latency {ms}ms")),
        (0u8..40).prop_map(|loss| format!("network all loss {loss}%")),
    ];
    let holds = (any::<bool>(), kind(protocol), ends(servers), 0u8..4, node(servers)).prop_map(
        |(hold, kind, (a, b), what, node)| {
            let verb = if hold { "hold" } else { "release" };
            match what {
                0 => format!("{verb} messages {kind}"),
                1 => format!("{verb} messages {a}->{b}"),
                2 => format!("{verb} timers {node}"),
                _ => format!(
                    "{verb} {}",
                    if hold { "messages *->".to_owned() + &b } else { "timers".to_owned() }
                ),
            }
        },
    );
    let message = (kind(protocol), ends(servers), 1u8..=2, 0u8..4, 1u8..200).prop_map(
        |(kind, (a, b), nth, what, by)| match what {
            0 => format!("deliver {kind} {a}->{b} #{nth}"),
            1 => format!("drop {kind} {a}->{b} #{nth}"),
            2 => format!("duplicate {kind} {a}->{b} #{nth}"),
            _ => format!("delay {kind} {a}->{b} #{nth} by {by}ms"),
        },
    );
    prop_oneof![3 => submit, 5 => on_server, 3 => wires, 2 => holds, 4 => message]
}

/// Servers by the number of their group; at least one group.
fn partition(of: &[u8]) -> String {
    let groups = (0..3).map(|group| {
        let inside = (1..).zip(of).filter(|(_, of)| **of == group);
        inside.map(|(n, _)| format!("n{n}")).collect::<Vec<_>>().join(" ")
    });
    let groups: Vec<String> = groups.filter(|group| !group.is_empty()).collect();
    format!("partition {}", groups.join(" | "))
}

fn line(protocol: &'static str, servers: u8) -> impl Strategy<Value = String> {
    prop_oneof![
        6 => action(protocol, servers).prop_map(|action| format!("try {action}")),
        4 => (1u16..400).prop_map(|span| format!("run {span}ms")),
        1 => Just("deliver all".to_owned()),
    ]
}

/// A scenario's text, with what may be done in it.
#[derive(Clone, Debug)]
pub struct Story {
    /// The text.
    pub text: String,
    /// The key of its protocol.
    pub protocol: &'static str,
    /// How many servers it has.
    pub servers: u8,
}

/// Stories in which every promise has to hold.
pub fn stories(longest: usize) -> impl Strategy<Value = Story> {
    header(7).prop_flat_map(move |settings| {
        let lines = proptest::collection::vec(line(settings.protocol, settings.servers), 1..longest);
        lines.prop_map(move |lines| settings.story("", &lines))
    })
}

/// Stories in which anything goes: rules are off, links differ, disks are lost.
pub fn wild_stories(lengths: Range<usize>) -> impl Strategy<Value = Story> {
    header(9).prop_flat_map(move |settings| {
        let lines =
            proptest::collection::vec(wild_line(settings.protocol, settings.servers), lengths.clone());
        (wild_settings(settings.protocol, settings.servers), lines)
            .prop_map(move |(wild, lines)| settings.story(&wild, &lines))
    })
}

impl Settings {
    fn story(&self, more: &str, lines: &[String]) -> Story {
        let text = format!("{}{more}\n{}\nrun 300ms\n", self.text, lines.join("\n"));
        Story { text, protocol: self.protocol, servers: self.servers }
    }
}

fn rules(protocol: &str) -> Vec<&'static str> {
    words(protocol).rules.iter().map(|rule| rule.key).collect()
}

fn wild_settings(protocol: &'static str, servers: u8) -> impl Strategy<Value = String> {
    let keys = rules(protocol);
    let off = proptest::sample::subsequence(keys, 0..=5)
        .prop_map(|keys| keys.iter().map(|key| format!("without {key}\n")).collect::<String>());
    let link = (ends(servers), 1u8..90, 0u8..60)
        .prop_map(|((a, b), ms, loss)| format!("link {a}->{b} latency {ms}ms loss {loss}%\n"));
    let links = proptest::collection::vec(link, 0..2).prop_map(|links| links.concat());
    let clients = (100u16..900, 0u8..4)
        .prop_map(|(timeout, retries)| format!("client-timeout {timeout}ms\nclient-retries {retries}\n"));
    (off, links, prop_oneof![Just(String::new()), clients])
        .prop_map(|(off, links, clients)| off + &links + &clients)
}

fn wild_line(protocol: &'static str, servers: u8) -> impl Strategy<Value = String> {
    let condition =
        (1..=servers, 1u8..4).prop_map(|(n, index)| format!("n{n}.commit >= {index} or leaders == 1"));
    prop_oneof![
        12 => line(protocol, servers),
        1 => node(servers).prop_map(|node| format!("try wipe {node}")),
        1 => (condition, 50u16..500).prop_map(|(condition, ms)| format!("until {condition} within {ms}ms")),
    ]
}
