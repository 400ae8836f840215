//! Several threads at one search. Each plays the next run that nobody has taken; the results are looked at in the order
//! of the runs, so that their number changes nothing but the time.

use crate::search::{Found, Progress, Results, Search, Stand, Wish, aim_of};
use crate::trial::{Hit, Trial, Tried};
use protocol::Protocol;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;

/// Searches with so many threads, and shrinks what is found. `news` hears now and then how far it has come.
pub fn search<P: Protocol>(
    wish: &Wish,
    threads: usize,
    news: &mut dyn FnMut(Progress),
) -> (Progress, Option<Found>) {
    let results = if threads > 1 { together::<P>(wish, threads, news) } else { Results::new(wish) };
    let mut search = Search::<P>::of(wish, results);
    while search.advance(SLICE) {
        news(search.progress());
    }
    (search.progress(), search.found().cloned())
}

/// How many events pass between two pieces of news.
const SLICE: u32 = 50_000;

fn together<P: Protocol>(wish: &Wish, threads: usize, news: &mut dyn FnMut(Progress)) -> Results {
    let aim = aim_of::<P>(wish);
    let (next, over) = (AtomicU32::new(0), AtomicBool::new(false));
    let mut results = Results::new(wish);
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel::<(u32, Tried, Option<Hit>)>();
        for _ in 0..threads {
            let (sender, aim, next, over) = (sender.clone(), &aim, &next, &over);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    if run >= wish.runs {
                        return;
                    }
                    let mut trial = Trial::<P>::new(aim, wish.seed, run);
                    while trial.advance(aim) && !over.load(Ordering::Relaxed) {}
                    // Nobody listens any more once the search is over.
                    let _ = sender.send((run, trial.tried, trial.hit));
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut told = 0;
        for (run, tried, hit) in receiver {
            early.insert(run, (tried, hit));
            while let Some((tried, hit)) = early.remove(&results.runs).filter(|_| !results.is_over()) {
                results.take(tried, hit);
            }
            if results.is_over() {
                over.store(true, Ordering::Relaxed);
            }
            if results.tried.events >= told + u64::from(SLICE) {
                told = results.tried.events;
                news(Progress {
                    stand: Stand::Searching,
                    runs: results.runs,
                    tried: results.tried,
                    shrinks: 0,
                });
            }
        }
    });
    results
}
