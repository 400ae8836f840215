//! Ballots, values and the proposals that they make.

use protocol::{Content, Digest, Index, NodeId, Term};

/// A ballot number: a round and its owner, ordered by round first and by owner second. Round 0 is "no ballot yet".
pub type Ballot = Term;

/// What can be chosen.
pub type Value = Content;

/// The place of the one decree.
pub(crate) const DECREE: Index = 1;

/// A numbered proposal: the unit that acceptors accept (Paxos Made Simple §2.2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// Its number. A ballot has at most one value, so the number names the proposal.
    pub ballot: Ballot,
    /// What it proposes.
    pub value: Value,
}

impl Proposal {
    /// Feeds the proposal to a fingerprint.
    pub(crate) fn digest(&self, digest: &mut Digest) {
        self.ballot.digest(digest);
        digest.word(self.value.hash());
    }
}

/// A ballot as two values of a firing: round and owner. An owner of 0 is nobody.
pub(crate) fn told(ballot: Ballot) -> [i32; 2] {
    [ballot.value(), ballot.owner.map_or(0, |node| i32::from(node.0))]
}

/// Two ballots as the four values of a firing.
pub(crate) fn both(first: Ballot, second: Ballot) -> [i32; 4] {
    let ([a, b], [c, d]) = (told(first), told(second));
    [a, b, c, d]
}

/// A ballot for people: `3.1`, or `none` before the first.
pub(crate) fn ballot_text(ballot: Ballot) -> String {
    if ballot == Ballot::default() { "none".into() } else { ballot.to_string() }
}

/// What a rule says of ballots. One that nobody owns is a bare round, `3` and not `3.0`: no server has the number 0. And
/// a server that promises something to itself says so.
pub(crate) fn in_words(me: NodeId, text: &str) -> String {
    text.replace(".0", "").replace(&format!("{me} promises {me} to"), &format!("{me} promises itself to"))
}
