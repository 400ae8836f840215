//! Random walks: whatever happens, in whatever order, nothing that Raft promises breaks.

use crate::cluster::{Cluster, Flying, HEARTBEAT};
use protocol::{Op, Protocol, RuleId, Span};
use raft::Raft;

/// Marsaglia's xorshift64: these walks only have to be varied and the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }
}

struct Walk {
    dice: Dice,
    cluster: Cluster,
    servers: u8,
    seq: u32,
}

impl Walk {
    /// A walk in which each rule is off with a chance of `off` in 64.
    fn new(seed: u64, off: u64) -> Walk {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let all = (0..Raft::DIALECT.rules.len()).map(|place| RuleId(place as u8));
        let off: Vec<RuleId> = all.filter(|_| dice.below(64) < off).collect();
        let servers = [1, 2, 3, 3, 4, 5][dice.place(6)];
        let options: Vec<(&str, i64)> = [
            ("no-op", 2),
            ("max-entries-per-append", 3),
            ("backtracking", 4),
            ("pre-vote", 2),
            ("leader-stickiness", 2),
        ]
        .map(|(key, sides)| (key, i64::try_from(dice.below(sides)).unwrap()))
        .to_vec();
        let mut cluster = Cluster::new(servers, &options, &off);
        cluster.slow_disks = dice.below(2) == 0;
        Walk { dice, cluster, servers, seq: 0 }
    }

    fn server(&mut self) -> u8 {
        1 + u8::try_from(self.dice.below(self.servers.into())).unwrap()
    }

    fn step(&mut self) {
        let n = self.server();
        let up = self.cluster.is_up(n);
        match self.dice.below(100) {
            0..64 => self.deliver(),
            64..67 if up => self.cluster.timeout(n),
            67..76 if up => self.cluster.step(n, protocol::Input::Timer(HEARTBEAT)),
            76..84 if up => {
                // Now and then a retry.
                self.seq += u32::from(self.dice.below(4) > 0);
                self.cluster.request(n, self.seq.max(1), Op::Incr { key: "n".into() });
            }
            84..96 if up => self.cluster.sync(n),
            96 if up => self.cluster.crash(n),
            97..99 if !up => self.cluster.restart(n),
            _ => self.cluster.pass(Span::ms(50)),
        }
    }

    /// Some message: delivered, delivered and left where it is, or lost.
    fn deliver(&mut self) {
        if self.cluster.network.is_empty() {
            return;
        }
        let place = if self.dice.below(2) == 0 { 0 } else { self.dice.place(self.cluster.network.len()) };
        let Some(Flying { from, to, message }) = self.cluster.network.remove(place) else { return };
        match self.dice.below(20) {
            0 => {}
            1 => {
                self.cluster.network.push_back(Flying { from, to, message: message.clone() });
                self.cluster.receive(from, to, message);
            }
            _ => self.cluster.receive(from, to, message),
        }
    }

    /// Repairs everything, and lets one server stand until it leads.
    fn heal(&mut self) {
        self.cluster.slow_disks = false;
        self.cluster.lose();
        for n in 1..=self.servers {
            self.cluster.sync(n);
            if !self.cluster.is_up(n) {
                self.cluster.restart(n);
            }
        }
        for round in 0..12 * u32::from(self.servers) {
            self.cluster.pass(Span::ms(600));
            let n = 1 + u8::try_from(round % u32::from(self.servers)).unwrap();
            self.cluster.timeout(n);
            self.cluster.deliver_all();
            self.cluster.write(n, "end");
            self.cluster.heartbeat(n);
            self.cluster.deliver_all();
            self.cluster.heartbeat(n);
            self.cluster.deliver_all();
        }
    }
}

// Raft Fig. 3, and that all of it was put to the test: entries were committed, leaders changed.
#[test]
fn no_promise_breaks_whatever_happens() {
    let (mut commits, mut terms) = (0, 0);
    for seed in 1..=600 {
        let mut walk = Walk::new(seed, 0);
        for event in 0..400 {
            walk.step();
            assert!(
                walk.cluster.ghost.broken.is_empty(),
                "seed {seed}, event {event}: {:?}",
                walk.cluster.ghost.broken
            );
        }
        let up = (1..=walk.servers).filter(|n| walk.cluster.is_up(*n));
        let (commit, term) = up.fold((0, 0), |(commit, term), n| {
            (walk.cluster.commit(n).max(commit), walk.cluster.term(n).max(term))
        });
        commits += commit;
        terms += term;
    }
    assert!(commits > 1_500 && terms > 1_500, "{commits} commits, {terms} terms");
}

// Raft §5.3: however logs differ, in the end they are the same; and a command ran as often as its log says.
#[test]
fn after_any_trouble_the_logs_become_the_same() {
    for seed in 1..=200 {
        let mut walk = Walk::new(seed, 0);
        for _ in 0..300 {
            walk.step();
        }
        walk.heal();
        walk.cluster.assert_sound();
        let first = walk.cluster.view(1);
        assert!(first.commit > 0, "seed {seed}");
        for n in 2..=walk.servers {
            let view = walk.cluster.view(n);
            assert_eq!((view.commit, &view.state), (first.commit, &first.state), "seed {seed}, n{n}");
        }
    }
}

// Any rule may be off, with any other: promises break then, but a server never comes to a halt.
#[test]
fn no_set_of_rules_that_are_off_makes_a_server_panic_or_babble() {
    let (mut walks, mut broken) = (0, 0);
    for (seeds, off) in [(1..=300, 2), (301..=600, 8), (601..=900, 32), (901..=950, 64)] {
        for seed in seeds {
            let mut walk = Walk::new(seed, off);
            for _ in 0..300 {
                walk.step();
            }
            // Nor do servers talk to each other without end.
            walk.heal();
            (1..=walk.servers).for_each(|n| _ = walk.cluster.view(n));
            walks += 1;
            broken += u32::from(!walk.cluster.ghost.broken.is_empty());
        }
    }
    assert!(broken > walks / 4, "{broken} of {walks} walks broke a promise");
}
