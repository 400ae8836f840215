use protocol::*;
use std::time::Instant;
fn go<P: Protocol>(names: &[String], kev: u32) {
    for (n, rule) in P::DIALECT.rules.iter().enumerate() {
        if rule.kind != RuleKind::Safety || (!names.is_empty() && !names.iter().any(|k| k == rule.key)) { continue; }
        let wish = explore::Wish { off: RuleSet::default().with(RuleId(n as u8)), config: None, seed: 77, runs: kev };
        let t = Instant::now();
        let (aimed, other, tried) = explore::rate::<P>(&wish);
        println!("{:34} {:6} aimed/Mev {:6} other/Mev {:8} ovr/Mev  {:5} kev/s", rule.key, aimed as u64 *1_000_000 / tried.events, other as u64 *1_000_000/tried.events, tried.overridden*1_000_000/tried.events, tried.events as u128 / t.elapsed().as_millis());
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let kev = a[2].parse().unwrap();
    if a[1] == "raft" { go::<raft::Raft>(&a[3..], kev) } else { go::<paxos::Paxos>(&a[3..], kev) }
}
