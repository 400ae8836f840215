use protocol::*;
use std::time::Instant;
fn go<P: Protocol>(names: &[String], show: bool, seed: u64) {
    for (n, rule) in P::DIALECT.rules.iter().enumerate() {
        if rule.kind != RuleKind::Safety || (!names.is_empty() && !names.iter().any(|k| k == rule.key)) { continue; }
        let wish = explore::Wish { off: RuleSet::default().with(RuleId(n as u8)), config: None, seed, runs: 20000 };
        let t = Instant::now();
        match explore::shrunk::<P>(&wish) {
            None => println!("{:34} nothing {} ms", rule.key, t.elapsed().as_millis()),
            Some((before, events, s)) => {
                println!("{:34} {} {} -> {} events {} servers {} {:?} {} ms", rule.key, s.violation.promise, before, s.steps.len(), events, s.config.servers, s.fork, t.elapsed().as_millis());
                if show { for s in s.steps { println!("   {s:?}"); } }
            }
        }
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let seed = a[2].parse().unwrap();
    if a[1] == "raft" { go::<raft::Raft>(&a[3..], a.len() > 3, seed) } else { go::<paxos::Paxos>(&a[3..], a.len() > 3, seed) }
}
