use protocol::*;
use std::time::Instant;
fn go<P: Protocol + Send>(names: &[String], threads: usize, seeds: std::ops::Range<u64>) {
    for (n, rule) in P::DIALECT.rules.iter().enumerate() {
        if rule.kind != RuleKind::Safety || (!names.is_empty() && !names.iter().any(|k| k == rule.key)) { continue; }
        let mut rows = vec![];
        for seed in seeds.clone() {
            let wish = explore::Wish { off: RuleSet::default().with(RuleId(n as u8)), config: None, seed, runs: 200000 };
            let t = Instant::now();
            let (progress, found) = explore::search::<P>(&wish, threads, &mut |_| {});
            rows.push((t.elapsed().as_millis(), progress, found));
        }
        rows.sort_by_key(|r| r.0);
        let (ms, p, f) = &rows[rows.len() / 2];
        let off = rows.iter().filter(|r| r.2.as_ref().is_none_or(|f| f.schedule.violation.promise != rule.promise)).count();
        let f = f.as_ref();
        println!("{:34} {:24} {:6} ms {:6} runs {:8} ev {:?} -> {:?} max {} ms, {} missed", rule.key, f.map_or("-", |f| f.schedule.violation.promise), ms, p.runs, p.tried.events, f.map(|f| f.before), f.map(|f| f.schedule.steps.len()), rows.last().unwrap().0, off);
        if names.len() == 1 { if let Some(f) = f { println!("{:?}", f.schedule.config); for s in &f.schedule.steps { println!("   {s:?}"); } } }
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (threads, from, to) = (a[2].parse().unwrap(), a[3].parse().unwrap(), a[4].parse().unwrap());
    if a[1] == "raft" { go::<raft::Raft>(&a[5..], threads, from..to) } else { go::<paxos::Paxos>(&a[5..], threads, from..to) }
}
