use protocol::*;
use std::time::Instant;
fn go<P: Protocol>(name: &str, seeds: u64, runs: u32) {
    for (n, rule) in P::DIALECT.rules.iter().enumerate() {
        if rule.kind != RuleKind::Safety || (!name.is_empty() && rule.key != name) { continue; }
        let mut rows = vec![];
        for seed in 1..=seeds {
            let wish = explore::Wish { off: RuleSet::default().with(RuleId(n as u8)), config: None, seed, runs };
            let t = Instant::now();
            let (runs, tried, best) = explore::try_it::<P>(&wish);
            rows.push((t.elapsed().as_millis(), runs, tried, best));
        }
        rows.sort_by_key(|r| r.0);
        let (ms, r, tried, best) = &rows[rows.len()/2];
        let max = rows.last().unwrap();
        let missed = rows.iter().filter(|r| !matches!(r.3, Some((_, p, _)) if p == rule.promise)).count();
        println!("{:34} {:26} median {:6} ms {:6} runs {:8} ev {:5} ovr {:?} max {} ms missed {missed}", rule.key, rule.promise, ms, r, tried.events, tried.overridden, best, max.0);
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let name = a.get(2).cloned().unwrap_or_default();
    let seeds = a.get(3).map_or(3, |s| s.parse().unwrap());
    let runs = a.get(4).map_or(3000, |s| s.parse().unwrap());
    if a[1] == "raft" { go::<raft::Raft>(&name, seeds, runs) } else { go::<paxos::Paxos>(&name, seeds, runs) }
}
