//! wip

mod dice;
mod mix;
mod moves;
mod replay;
mod search;
mod shape;
mod shrink;
mod stage;
mod tidy;
mod trial;
mod walk;

pub use moves::Move;
pub use replay::{Schedule, Step};
pub use search::Wish;
pub use trial::Tried;

/// wip
pub fn try_it<P: protocol::Protocol>(wish: &Wish) -> (u32, Tried, Option<(u32, &'static str, usize)>) {
    let aim = search::aim_of::<P>(wish);
    let mut progress = search::Progress::new();
    while !progress.is_over(wish.runs) {
        let (tried, hit) = search::whole_run::<P>(&aim, wish.seed, progress.runs);
        progress.take(tried, hit);
    }
    let best = progress.best.map(|(run, hit)| (run, hit.promise, hit.moves.len()));
    (progress.runs, progress.tried, best)
}

/// wip
pub fn rate<P: protocol::Protocol>(wish: &Wish) -> (u32, u32, Tried) {
    let aim = search::aim_of::<P>(wish);
    let (mut aimed, mut other, mut all) = (0, 0, Tried::default());
    let mut run = 0;
    while all.events < u64::from(wish.runs) * 1000 {
        let (tried, hit) = search::whole_run::<P>(&aim, wish.seed, run);
        run += 1;
        all.add(tried);
        match hit { Some(h) if h.aimed => aimed += 1, Some(_) => other += 1, None => {} }
    }
    (aimed, other, all)
}

/// wip
pub fn shrunk<P: protocol::Protocol>(wish: &Wish) -> Option<(usize, u64, Schedule)> {
    let aim = search::aim_of::<P>(wish);
    let mut progress = search::Progress::new();
    while !progress.is_over(wish.runs) {
        let (tried, hit) = search::whole_run::<P>(&aim, wish.seed, progress.runs);
        progress.take(tried, hit);
    }
    let (_, hit) = progress.best?;
    let mut shrink = shrink::Shrink::<P>::new(&hit);
    let mut events = 0;
    while let Some(more) = shrink.advance() { events += u64::from(more); }
    let schedule = replay::write_down::<P>(&shrink.best.setting, &shrink.best.moves, hit.promise)?;
    Some((hit.moves.len(), events, schedule))
}
