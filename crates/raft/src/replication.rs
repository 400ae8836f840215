//! AppendEntries at the leader (Raft §5.3): sending, counting what was confirmed, and backing up.

use crate::message::{AppendEntries, AppendEntriesReply, Message, Outcome};
use crate::node::{Fx, Peer, Raft, Role};
use crate::options::Backtracking;
use crate::rules;
use protocol::{Entries, Index, NodeId, Observer, Term, values};

impl Raft {
    /// *Rules for leaders*: if last log index ≥ nextIndex for a follower, send it the entries from there on.
    pub(crate) fn replicate<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        let most = self.options.max_entries_per_append as Index;
        for to in self.others() {
            // Not if a message full of earlier entries is still on its way: the next one follows its answer.
            if let Some(peer) = self.peer(to)
                && (peer.next_index - 1).saturating_add(most) > peer.sent_index
            {
                self.send_entries(to, fx);
            }
        }
    }

    /// *Rules for leaders*: heartbeats "during idle periods to prevent election timeouts" (§5.2).
    pub(crate) fn on_heartbeat_timeout<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        if self.is_leader() {
            self.restart_heartbeat_timer(fx);
            self.send_heartbeats(fx);
        }
    }

    pub(crate) fn send_heartbeats<O: Observer>(&mut self, fx: &mut Fx<'_, O>) {
        for to in self.others() {
            if let Some(peer) = self.peer_mut(to) {
                // The answer will tell whether what was sent has arrived.
                peer.sent_index = peer.next_index - 1;
                let peer = *peer;
                self.send_append(to, peer, Entries::new(), fx);
            }
        }
    }

    /// Sends what comes next for a follower.
    fn send_entries<O: Observer>(&mut self, to: NodeId, fx: &mut Fx<'_, O>) {
        let Some(peer) = self.peer(to) else { return };
        let entries = self.log.slice(peer.next_index, self.options.max_entries_per_append);
        let sent = peer.next_index - 1 + entries.len() as Index;
        self.send_append(to, peer, entries, fx);

        let counts_first =
            sent > peer.match_index && !fx.applies(rules::COUNT_AFTER_CONFIRMATION, values![to, sent]);
        if let Some(peer) = self.peer_mut(to) {
            peer.sent_index = sent;
            if counts_first {
                peer.match_index = sent;
            }
        }
    }

    fn send_append<O: Observer>(&self, to: NodeId, peer: Peer, entries: Entries, fx: &mut Fx<'_, O>) {
        let prev_log_index = peer.next_index - 1;
        let request = AppendEntries {
            term: self.current_term,
            leader_id: self.id,
            prev_log_index,
            prev_log_term: self.log.term_at(prev_log_index).unwrap_or_default(),
            entries,
            leader_commit: self.commit_index,
        };
        // Without waiting for this server's own disk: it counts itself only when that is done (dissertation §10.2.1).
        fx.send(to, Message::AppendEntries(request));
    }

    /// What a follower made of an AppendEntries.
    pub(crate) fn on_append_entries_reply<O: Observer>(
        &mut self,
        from: NodeId,
        reply: &AppendEntriesReply,
        fx: &mut Fx<'_, O>,
    ) {
        if !self.is_leader() {
            return;
        }
        // An answer from an earlier term speaks of a log that may be gone.
        if reply.term < self.current_term {
            let terms = values![from, reply.term, self.current_term];
            if !fx.allows(rules::CONFIRMATIONS_OF_THIS_TERM_ONLY, false, terms) {
                return;
            }
        }
        match reply.outcome {
            Outcome::Success { match_index, .. } => self.on_success(from, match_index, fx),
            Outcome::Mismatch { conflict_index, conflict_term } => {
                self.on_mismatch(from, reply.prev_log_index, conflict_index, conflict_term, fx);
            }
            Outcome::Stale => {}
        }
    }

    /// *If successful: update nextIndex and matchIndex for follower* (Fig. 2).
    fn on_success<O: Observer>(&mut self, from: NodeId, match_index: Index, fx: &mut Fx<'_, O>) {
        let last = self.log.last_index();
        // Up to what the request spoke about, which is not what this log holds by now.
        let values = values![from, match_index, last];
        let all = match_index < last && !fx.applies(rules::COUNT_WHAT_WAS_SENT, values);
        let stored = if all { last } else { match_index };

        let Some(peer) = self.peer_mut(from) else { return };
        let (counts_more, moves_on) = (stored > peer.match_index, stored >= peer.next_index);
        peer.match_index = peer.match_index.max(stored);
        peer.next_index = peer.next_index.max(stored + 1);
        let next = peer.next_index;
        let more = next <= last && next > peer.sent_index;
        if counts_more {
            let holders = self.holders(stored).len();
            let values = values![from, stored, holders, self.servers.len()];
            fx.allows(rules::COUNT_AFTER_CONFIRMATION, true, values);
            self.advance_commit_index(fx);
        }
        // Either there is a next batch, or what went before the last heartbeat never arrived.
        if more && (moves_on || fx.applies(rules::RESEND_UNTIL_STORED, values![from, next, last])) {
            self.send_entries(from, fx);
        }
    }

    /// *If AppendEntries fails because of log inconsistency: decrement nextIndex and retry* (Fig. 2).
    fn on_mismatch<O: Observer>(
        &mut self,
        from: NodeId,
        prev: Index,
        conflict_index: Index,
        conflict_term: Term,
        fx: &mut Fx<'_, O>,
    ) {
        let Some(peer) = self.peer(from) else { return };
        let holds = conflict_index.saturating_sub(1);
        if holds > peer.match_index && !fx.applies(rules::REFUSAL_CONFIRMS_NOTHING, values![from, holds]) {
            if let Some(peer) = self.peer_mut(from) {
                peer.match_index = holds;
            }
            self.advance_commit_index(fx);
        }
        // Late or doubled: nextIndex has moved since.
        if prev + 1 != peer.next_index {
            return;
        }
        let hinted = match self.options.backtracking {
            Backtracking::Etcd => self.last_at_or_below(holds, conflict_term) + 1,
            _ => conflict_index,
        };
        let next = hinted.min(prev).max(peer.match_index + 1);
        // No way back is left: the follower lost what it once confirmed. Only a broken disk or a rule that is off
        // brings that about, and asking again at once would never end.
        if next == peer.next_index || !fx.applies(rules::BACK_UP_AND_RETRY, values![from, prev, next]) {
            return;
        }
        if let Some(peer) = self.peer_mut(from) {
            peer.next_index = next;
        }
        self.send_entries(from, fx);
    }

    /// What this leader knows of another server.
    fn peer(&self, node: NodeId) -> Option<Peer> {
        let Role::Leader(leader) = &self.role else { return None };
        leader.peers.get(node.slot()).copied()
    }

    fn peer_mut(&mut self, node: NodeId) -> Option<&mut Peer> {
        let Role::Leader(leader) = &mut self.role else { return None };
        leader.peers.get_mut(node.slot())
    }
}
