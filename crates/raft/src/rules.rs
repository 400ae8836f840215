//! Every rule of the protocol, by name.
//!
//! Each rule has a constant here, which the code asks before it acts, and a row in one of the files below: what it
//! demands, where that is written, what breaks without it, and the sentences in which a server reports it. The list
//! is in the order of Raft Fig. 2; a rule's number is its place.

mod all_servers;
mod append;
mod clients;
mod elections;
mod extensions;
mod leaders;
mod votes;

use protocol::RuleInfo;

protocol::rules! {
    [pub]

    // Persistent state.
    /// The term is on disk before the server acts in it.
    all_servers::TERM_SURVIVES_CRASH;
    /// The vote is on disk with its term.
    all_servers::VOTE_SURVIVES_CRASH;
    /// A message waits for the write that makes it true.
    all_servers::DISK_BEFORE_SEND;

    // Rules for all servers.
    /// Committed entries are applied one by one.
    all_servers::APPLY_IN_ORDER;
    /// A newer term in any message becomes one's own.
    all_servers::ADOPT_HIGHER_TERM;
    /// A newer term ends leadership and candidacy.
    all_servers::STEP_DOWN;

    // Rules for followers and candidates.
    /// Silence makes a server stand for election.
    elections::TIMEOUT_STARTS_ELECTION;
    /// Each election timeout is drawn anew.
    elections::RANDOM_TIMEOUT;
    /// Each election is held in a term of its own.
    elections::NEW_TERM_PER_ELECTION;
    /// A message from the leader restarts the election timer.
    elections::HEARTBEATS_RESTART_TIMER;
    /// Granting a vote restarts the election timer.
    elections::VOTING_RESTARTS_TIMER;
    /// A candidate follows the leader that its term already has.
    elections::YIELD_TO_LEADER;
    /// Leaving a candidacy does not give the vote back.
    elections::KEEP_VOTE_ON_STEP_DOWN;

    // RequestVote.
    /// No vote in a term that is over.
    votes::REFUSE_STALE_CANDIDATES;
    /// One vote in each term.
    votes::ONE_VOTE_PER_TERM;
    /// No vote for a log that is behind one's own.
    votes::UP_TO_DATE_LOG;
    /// Of two logs, the newer last term wins, not the length.
    votes::COMPARE_TERM_FIRST;
    /// A vote counts only in the term for which it was given.
    votes::VOTES_OF_THIS_TERM_ONLY;
    /// A server's vote counts once, however often it arrives.
    votes::VOTES_ARE_A_SET;
    /// Half of the servers are not a majority.
    votes::MORE_THAN_HALF;

    // AppendEntries.
    /// A leader of an earlier term is not obeyed.
    append::REFUSE_STALE_LEADERS;
    /// New entries leave no hole behind them.
    append::PREV_ENTRY_EXISTS;
    /// New entries go only behind the entry that the leader has there.
    append::PREV_TERM_MATCHES;
    /// What does not conflict stays.
    append::KEEP_WHAT_MATCHES;
    /// A conflicting entry goes with all that follow it.
    append::DELETE_ALL_THAT_FOLLOWS;
    /// A follower takes as committed only what the leader's message spoke about.
    append::COMMIT_ONLY_WHAT_WAS_CHECKED;
    /// The commit index never goes back.
    append::KEEP_HIGHER_COMMIT;

    // Rules for leaders.
    /// A leader makes itself heard.
    leaders::SEND_HEARTBEATS;
    /// A leader begins its term with an empty entry.
    leaders::NO_OP_AT_TERM_START;
    /// A refused leader tries an earlier place.
    leaders::BACK_UP_AND_RETRY;
    /// What was lost is sent again.
    leaders::RESEND_UNTIL_STORED;
    /// A confirmation counts only in the term for which it was given.
    leaders::CONFIRMATIONS_OF_THIS_TERM_ONLY;
    /// A confirmation counts for what the request carried.
    leaders::COUNT_WHAT_WAS_SENT;
    /// Sending is not storing.
    leaders::COUNT_AFTER_CONFIRMATION;
    /// A refusal is no confirmation, whatever it hints at.
    leaders::REFUSAL_CONFIRMS_NOTHING;
    /// A leader counts itself when its own disk is done.
    leaders::COUNT_ITSELF_WHEN_DURABLE;
    /// Counting replicas commits entries of the leader's own term only.
    leaders::COMMIT_OWN_TERM_ONLY;
    /// Entries of older terms do not stop the count.
    leaders::LOOK_PAST_OLD_TERMS;

    // Clients.
    /// A server that does not lead says who does.
    clients::REDIRECT_WITH_HINT;
    /// A client hears of success when its command has taken effect.
    clients::RESPOND_AFTER_APPLYING;
    /// A leader that steps down does not know how its entries end.
    clients::UNKNOWN_IS_NOT_FAILED;
    /// A retried command takes effect once.
    clients::RUN_EACH_COMMAND_ONCE;

    // Extensions.
    /// With pre-vote: ask before standing for election.
    extensions::ASK_BEFORE_STANDING;
    /// With pre-vote: no pre-vote while there is a leader.
    extensions::NO_PRE_VOTE_WHILE_LED;
    /// With pre-vote: a refusal tells the newer term.
    extensions::REFUSAL_CARRIES_TERM;
    /// With leader stickiness: no candidate is heard while there is a leader.
    extensions::IGNORE_CANDIDATES_WHILE_LED;
}

const SAFETY: RuleInfo = RuleInfo::SAFETY;
const LIVENESS: RuleInfo = RuleInfo::LIVENESS;
const OPTION: RuleInfo = RuleInfo::OPTION;
