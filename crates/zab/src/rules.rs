//! Every rule of the protocol, by name.
//!
//! Each rule has a constant here, which the code asks before it acts, and a row in one of the files below: what it
//! demands, where that is written, what breaks without it, and the sentences in which a server reports it. The list is in
//! the order of the phases; a rule's number is its place.
//!
//! *Zab 1.0* is the page of that name in the ZooKeeper wiki, by whose steps ZooKeeper is written; *DSN'11* the paper by
//! Junqueira, Reed and Serafini.

mod broadcast;
mod discovery;
mod election;
mod synchronization;

use protocol::RuleInfo;

protocol::rules! {
    [pub]

    // Phase 0: election.
    /// Of two histories, that of the newer epoch counts more.
    election::EPOCH_BEFORE_ZXID;
    /// Votes are totally ordered.
    election::LARGER_ID_BREAKS_TIES;
    /// A better vote is taken over.
    election::ADOPT_A_BETTER_VOTE;
    /// What a server reports is what it logged.
    election::REPORT_WHAT_IS_LOGGED;
    /// Votes of an earlier round do not count.
    election::VOTES_OF_THIS_ROUND_ONLY;
    /// Who votes in an earlier round is told of the newer one.
    election::ANSWER_EARLIER_ROUNDS;
    /// A better vote may be on its way.
    election::WAIT_FOR_BETTER_VOTES;
    /// A leader's own word is not enough to join it.
    election::JOIN_WHOM_A_QUORUM_FOLLOWS;

    // All phases.
    /// Half of the servers are not a quorum.
    election::QUORUM_IS_A_MAJORITY;
    /// Whoever loses its leader looks for another.
    election::NO_LEADER_NO_FOLLOWER;
    /// Whoever loses its quorum leads no more.
    election::NO_QUORUM_NO_LEADER;

    // Phase 1: discovery.
    /// The new epoch is new to all of a quorum.
    discovery::EPOCH_ABOVE_ALL;
    /// `acceptedEpoch` is on disk.
    discovery::ACCEPTED_EPOCH_SURVIVES_CRASH;
    /// `currentEpoch` is on disk.
    discovery::CURRENT_EPOCH_SURVIVES_CRASH;
    /// A leader of an earlier epoch is not followed.
    discovery::ACCEPT_NO_EARLIER_EPOCH;
    /// An epoch is acknowledged to one leader.
    discovery::ACK_AN_EPOCH_ONCE;
    /// Nobody in the quorum knows more than the leader.
    discovery::LEADER_KNOWS_MOST;

    // Phase 2: synchronization.
    /// A follower loses what its leader does not have.
    synchronization::TRUNCATE_WHAT_THE_LEADER_LACKS;
    /// The history is on disk before the epoch is.
    synchronization::HISTORY_BEFORE_EPOCH;
    /// NEWLEADER is acknowledged from the disk.
    synchronization::ACK_NEWLEADER_WHEN_DURABLE;
    /// A quorum has the history before the leader serves.
    synchronization::NEWLEADER_QUORUM_FIRST;
    /// Whoever synchronizes hears of new proposals.
    synchronization::PROPOSE_TO_ALL_THAT_SYNCHRONIZE;
    /// Whoever has synchronized hears what was committed meanwhile.
    synchronization::UPTODATE_TELLS_ALL_COMMITTED;
    /// A follower serves when it is told that a quorum is with its leader.
    synchronization::SERVE_AFTER_UPTODATE;

    // Phase 3: broadcast.
    /// With next-zxid-check: no gaps.
    broadcast::NEXT_ZXID_ONLY;
    /// A proposal is acknowledged from the disk.
    broadcast::LOG_BEFORE_ACK;
    /// A leader counts itself when its own disk is done.
    broadcast::LEADER_COUNTS_ITSELF_WHEN_LOGGED;
    /// A quorum has logged what is committed.
    broadcast::COMMIT_ON_A_QUORUM;
    /// What is only logged is not delivered.
    broadcast::DELIVER_AFTER_COMMIT;
    /// Transactions are delivered one by one.
    broadcast::DELIVER_IN_ORDER;
    /// With sync-before-read: the leader is heard out before a read.
    broadcast::SYNC_BEFORE_READ;
    /// A sync is more than the server's own word.
    broadcast::SYNC_ASKS_THE_LEADER;
}

const SAFETY: RuleInfo = RuleInfo::SAFETY;
const LIVENESS: RuleInfo = RuleInfo::LIVENESS;
const OPTION: RuleInfo = RuleInfo::OPTION;
