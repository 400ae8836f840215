//! What a reader tries to bring about, and with how many moves.

use crate::effort::Cost;
use scenario::Expr;

/// A goal that was set, and how far the reader has come.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// The line that set it.
    pub(crate) line: usize,
    /// What has to hold in the end.
    pub(crate) condition: Expr,
    /// What it costs to ask for it.
    pub(crate) cost: Cost,
    /// How many moves there may be.
    pub(crate) most: u32,
    /// How many there were.
    pub(crate) moves: u32,
    /// True once it held, with no more moves than there may be.
    pub(crate) reached: bool,
}

impl Attempt {
    pub(crate) fn new(line: usize, condition: &Expr, most: u16) -> Attempt {
        let (cost, most) = (Cost::of(condition), u32::from(most));
        Attempt { line, condition: condition.clone(), cost, most, moves: 0, reached: false }
    }
}
