//! wip

mod dice;
mod mix;
mod moves;
mod search;
mod shape;
mod stage;
mod trial;
mod walk;

pub use moves::Move;
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
