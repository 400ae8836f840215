//! Five of TiKV's raw nodes, and one queue of messages between them.

use std::collections::VecDeque;
use tikv::prelude::{ConfState, Entry, Message};
use tikv::storage::MemStorage;
use tikv::{Config, RawNode};

const SERVERS: u64 = 5;
const LEADER: u64 = 1;

struct Cluster {
    nodes: Vec<RawNode<MemStorage>>,
    queue: VecDeque<Message>,
    /// How many entries each node has applied.
    applied: Vec<u32>,
    delivered: u32,
}

/// Elects a leader and lets it commit so many commands, one after another. Gives the number of messages delivered.
pub fn run(commands: u32) -> u32 {
    let mut cluster = Cluster::new();
    cluster.nodes[slot(LEADER)].campaign().expect("a node may stand for election");
    cluster.settle(LEADER);
    for number in 0..commands {
        let value = format!("set k{0}=v{0}", number % 8);
        cluster.nodes[slot(LEADER)]
            .propose(Vec::new(), value.into_bytes())
            .expect("the leader takes commands");
        cluster.settle(LEADER);
    }
    // The last entry becomes known as committed with the next message only.
    assert!(
        cluster.applied[slot(LEADER)] == commands
            && cluster.applied.iter().all(|count| count + 1 >= commands)
    );
    cluster.delivered
}

impl Cluster {
    fn new() -> Cluster {
        let quiet = slog::Logger::root(slog::Discard, slog::o!());
        let node = |id| {
            let servers = ConfState::from(((1..=SERVERS).collect::<Vec<_>>(), Vec::new()));
            let config = Config {
                id,
                election_tick: 10,
                heartbeat_tick: 3,
                max_size_per_msg: u64::MAX,
                max_inflight_msgs: 256,
                ..Config::default()
            };
            RawNode::new(&config, MemStorage::new_with_conf_state(servers), &quiet)
                .expect("the settings are sound")
        };
        Cluster {
            nodes: (1..=SERVERS).map(node).collect(),
            queue: VecDeque::new(),
            applied: vec![0; slot(SERVERS) + 1],
            delivered: 0,
        }
    }

    /// Lets a node do what it has to do, and then delivers messages until there is none.
    fn settle(&mut self, id: u64) {
        self.work(id);
        while let Some(message) = self.queue.pop_front() {
            let to = message.to;
            self.delivered += 1;
            self.nodes[slot(to)].step(message).expect("a message between members is welcome");
            self.work(to);
        }
    }

    /// What a node wants done: store, send, apply.
    fn work(&mut self, id: u64) {
        let node = &mut self.nodes[slot(id)];
        if !node.has_ready() {
            return;
        }
        let mut ready = node.ready();
        self.queue.extend(ready.take_messages());
        self.applied[slot(id)] += count(&ready.take_committed_entries());
        {
            let mut store = node.raft.raft_log.store.wl();
            if !ready.entries().is_empty() {
                store.append(ready.entries()).expect("entries follow one another");
            }
            if let Some(hard_state) = ready.hs() {
                store.set_hardstate(hard_state.clone());
            }
        }
        self.queue.extend(ready.take_persisted_messages());
        let mut light = node.advance(ready);
        if let Some(commit) = light.commit_index() {
            node.raft.raft_log.store.wl().mut_hard_state().set_commit(commit);
        }
        self.queue.extend(light.take_messages());
        self.applied[slot(id)] += count(&light.take_committed_entries());
        node.advance_apply();
    }
}

/// Commands among entries: a new leader's first entry is none.
fn count(entries: &[Entry]) -> u32 {
    entries.iter().map(|entry| u32::from(!entry.data.is_empty())).sum()
}

fn slot(id: u64) -> usize {
    usize::try_from(id - 1).expect("there are five")
}
