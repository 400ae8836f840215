use super::*;
use protocol::Reply;
use sim::{Operation, Outcome};

fn op(text: &str) -> Op {
    let words: Vec<&str> = text.split([' ', '=']).collect();
    match words[..] {
        ["set", key, value] => Op::Set { key: key.into(), value: value.into() },
        ["get", key] => Op::Get { key: key.into() },
        ["incr", key] => Op::Incr { key: key.into() },
        ["sync", key] => Op::Sync { key: key.into() },
        _ => panic!("{text}"),
    }
}

fn value(text: &str) -> Outcome {
    Outcome::Done(Reply::Value((!text.is_empty()).then(|| text.into())))
}

const STORED: Outcome = Outcome::Done(Reply::Stored);
const SYNCED: Outcome = Outcome::Done(Reply::Synced);

/// Clients and one server that applies what they ask for.
struct Clients {
    run: Run,
    applied: Index,
    counts: [u32; 4],
}

impl Clients {
    fn new() -> Clients {
        Clients::of(&CLIENTS)
    }

    fn of(dialect: &'static Dialect) -> Clients {
        let checker = Checker::new(dialect, 2);
        let run = Run { checker, position: 0, logs: vec![Vec::new(); 2] };
        Clients { run, applied: 0, counts: [0; 4] }
    }

    /// From now on this server's answers arrive.
    fn answered_by(&mut self, node: u8) {
        self.run.checker.on_answer(NodeId(node));
    }

    fn asks(&mut self, client: u8, text: &str) -> Command {
        self.counts[usize::from(client)] += 1;
        let command = Command::new(ClientId(client), self.counts[usize::from(client)], op(text));
        self.run.event().on_invoked(&command);
        self.run.checker.on_asked(&command);
        command
    }

    fn applies(&mut self, command: &Command) {
        self.applied += 1;
        let (index, content) = (self.applied, command.hash());
        self.run.fact(1, Fact::Applied { index, content });
    }

    fn runs(&mut self, command: &Command, index: Index) {
        let (client, seq) = (command.client(), command.seq());
        self.run.fact(1, Fact::Ran { index, client, seq });
    }

    fn hears(&mut self, command: &Command, outcome: Outcome) {
        let operation = Operation {
            command: command.clone(),
            invoked_at: Time(0),
            invoked_in: 0,
            ended_at: None,
            ended_in: None,
            outcome,
            tries: 1,
        };
        self.run.event().on_concluded(&operation);
    }

    /// Asks, applies and answers.
    fn does(&mut self, client: u8, text: &str, outcome: Outcome) {
        let command = self.asks(client, text);
        self.applies(&command);
        self.hears(&command, outcome);
    }
}

#[test]
fn answers_in_the_order_of_the_log_are_linearizable() {
    let mut clients = Clients::new();
    clients.does(1, "set x=1", STORED);
    clients.does(2, "get x", value("1"));
    clients.does(1, "incr n", Outcome::Done(Reply::Number(1)));
    clients.does(2, "get n", value("1"));
    clients.run.keeps_all();
    assert!(clients.run.checker.since("linearizability").is_some());
}

#[test]
fn a_read_of_what_was_replaced_before_it_was_asked_is_stale() {
    let mut clients = Clients::new();
    clients.does(1, "set x=1", STORED);
    clients.does(1, "set x=2", STORED);
    let read = clients.asks(2, "get x");
    clients.hears(&read, value("1"));
    assert_eq!(
        clients.run.told(),
        [
            "no-stale-reads at 8: c2 was told an old value of x for get x: it had been replaced at index 2, and a client \
             knew. c1 asked for set x=2 at 40ms (event 4) and was told \"stored\" at 60ms (event 6); \
             c2 asked for get x at 70ms (event 7) and was told \"1\" at 80ms (event 8).",
            "linearizability at 8: c2 was told \"1\" for get x, and no order of what clients asked of x explains all \
             their answers. c1 asked for set x=2 at 40ms (event 4) and was told \"stored\" at 60ms (event 6); \
             c2 asked for get x at 70ms (event 7) and was told \"1\" at 80ms (event 8).",
        ]
    );
    let [one, other] = &clients.run.checker.violations()[0].witnesses;
    assert_eq!(one.event.zip(other.event).map(|((one, _), (other, _))| (one, other)), Some((6, 8)));
    assert_eq!(other.place, Some(Addr::Client(ClientId(2))));
}

#[test]
fn an_old_value_that_nobody_knew_to_be_replaced_may_be_read() {
    let mut clients = Clients::new();
    clients.does(1, "set x=1", STORED);
    let write = clients.asks(1, "set x=2");
    clients.applies(&write);
    let read = clients.asks(2, "get x");
    clients.hears(&read, value("1"));
    clients.hears(&write, STORED);
    clients.run.keeps_all();
}

#[test]
fn what_one_client_was_shown_the_next_one_may_not_miss() {
    let mut clients = Clients::new();
    clients.does(1, "set x=1", STORED);
    let write = clients.asks(1, "set x=2");
    clients.applies(&write);
    clients.does(2, "get x", value("2"));
    let read = clients.asks(3, "get x");
    clients.hears(&read, value("1"));
    assert!(!clients.run.checker.holds("no-stale-reads") && !clients.run.checker.holds("linearizability"));
}

#[test]
fn a_value_that_nobody_wrote_is_not_linearizable_and_not_stale() {
    let mut clients = Clients::new();
    clients.does(1, "set x=1", STORED);
    clients.does(2, "get x", value("7"));
    assert!(clients.run.checker.holds("no-stale-reads") && !clients.run.checker.holds("linearizability"));
}

#[test]
fn a_write_that_is_answered_before_it_is_applied_may_be_linearizable() {
    let mut clients = Clients::new();
    let write = clients.asks(1, "set x=1");
    clients.hears(&write, STORED);
    clients.applies(&write);
    clients.does(2, "get x", value("1"));
    clients.run.keeps_all();
}

#[test]
fn a_write_that_was_answered_and_is_lost_is_found_by_the_next_read() {
    let mut clients = Clients::new();
    let write = clients.asks(1, "set x=1");
    clients.hears(&write, STORED);
    clients.does(2, "get x", value(""));
    assert!(!clients.run.checker.holds("linearizability"));
}

#[test]
fn a_write_that_failed_may_not_be_seen_and_one_that_nobody_knows_of_may() {
    for (outcome, holds) in [(Outcome::Failed, false), (Outcome::Unknown, true)] {
        let mut clients = Clients::new();
        let write = clients.asks(1, "set x=1");
        clients.hears(&write, outcome);
        clients.applies(&write);
        clients.run.keeps_all();
        clients.does(2, "get x", value("1"));
        assert_eq!(clients.run.checker.holds("linearizability"), holds);
        if let Some(violation) = clients.run.checker.first() {
            assert!(violation.witnesses[0].text.ends_with("and was told that it failed at 20ms (event 2)"));
        }
    }
}

#[test]
fn a_retry_is_the_same_operation_and_what_runs_twice_is_told() {
    let mut clients = Clients::new();
    let incr = clients.asks(1, "incr n");
    clients.applies(&incr);
    clients.runs(&incr, 1);
    clients.applies(&incr);
    clients.run.keeps_all();
    clients.runs(&incr, 1);
    clients.run.keeps_all();
    clients.runs(&incr, 2);
    clients.run.breaks(
        "exactly-once at 6: incr n, which c1 asked for once, takes effect at index 1 and again at index 2. \
         n1 ran it at index 1 at 30ms (event 3); n1 ran it at index 2 at 60ms (event 6).",
    );
    clients.hears(&incr, Outcome::Done(Reply::Number(2)));
    assert!(!clients.run.checker.holds("linearizability"));
}

#[test]
fn a_history_that_is_too_tangled_is_not_decided_and_breaks_nothing() {
    let mut clients = Clients::new();
    let mut open = Vec::new();
    for number in 0..40u8 {
        clients.counts = [0; 4];
        let command = Command::new(ClientId(number + 4), 1, op(&format!("set x={number}")));
        clients.run.event().on_invoked(&command);
        clients.run.checker.on_asked(&command);
        open.push(command);
    }
    let read = clients.asks(1, "get x");
    clients.hears(&read, value("99"));
    let doubt = clients.run.checker.doubt("linearizability");
    assert!(doubt.is_some_and(|doubt| doubt.contains("operations on x overlap")));
    assert_eq!(clients.run.checker.doubt("exactly-once"), None);
    clients.run.keeps_all();
}

#[test]
fn a_long_history_that_the_log_never_explains_is_judged_piece_by_piece() {
    let mut clients = Clients::new();
    for number in 0..3_000 {
        let write = clients.asks(1, &format!("set x={number}"));
        clients.hears(&write, STORED);
        clients.does(2, "get x", value(&number.to_string()));
    }
    clients.run.keeps_all();
    assert_eq!(clients.run.checker.doubt("linearizability"), None);
    clients.does(2, "get x", value("2998"));
    assert!(!clients.run.checker.holds("linearizability"));
}

#[test]
fn at_one_server_a_client_reads_nothing_older_than_it_read_there() {
    let mut clients = Clients::of(&LOCAL_READS);
    clients.does(1, "set x=1", STORED);
    clients.does(1, "set x=2", STORED);
    clients.answered_by(2);
    let first = clients.asks(2, "get x");
    clients.hears(&first, value("2"));
    let second = clients.asks(2, "get x");
    clients.hears(&second, value("1"));
    assert_eq!(
        clients.run.told(),
        [
            "session-consistency at 10: c2 was told an old value of x for get x by n2, which had shown it a newer state \
             before. c2 asked for get x at 70ms (event 7) and was told \"2\" at 80ms (event 8); \
             c2 asked for get x at 90ms (event 9) and was told \"1\" at 100ms (event 10)."
        ]
    );
}

#[test]
fn at_one_server_a_client_reads_what_it_wrote_there() {
    let mut clients = Clients::of(&LOCAL_READS);
    clients.does(1, "set x=1", STORED);
    clients.does(1, "set y=1", STORED);
    let read = clients.asks(1, "get x");
    clients.hears(&read, value(""));
    assert!(!clients.run.checker.holds("session-consistency"));
}

/// Two servers: n1 leads term 1 and has committed `x=1`; n2 is in that term, or behind it.
fn led(term_of_n2: u32) -> Clients {
    let mut clients = Clients::of(&LOCAL_READS);
    let write = clients.asks(1, "set x=1");
    clients.run.enters(1, term(1));
    clients.run.leads(1, 1);
    clients.run.enters(2, term(term_of_n2));
    let hash = write.hash();
    clients.run.fact(1, Fact::Appended { index: 1, term: term(1), hash, content: hash });
    clients.run.commits(1, 1, true);
    clients.applies(&write);
    clients.hears(&write, STORED);
    clients
}

#[test]
fn behind_a_sync_a_client_reads_what_its_servers_leader_had_committed() {
    let mut clients = led(1);
    clients.run.syncs(2);
    clients.answered_by(2);
    let sync = clients.asks(2, "sync x");
    clients.hears(&sync, SYNCED);
    let read = clients.asks(2, "get x");
    clients.hears(&read, value(""));
    let told = clients.run.told();
    let [told] = &told[..] else { panic!("one promise breaks: {told:?}") };
    assert!(
        told.contains("c2 was told an old value of x for get x by n2, which had synced with a newer state")
    );
    assert!(told.contains("c2 asked for sync x"));
}

#[test]
fn a_sync_says_nothing_of_other_clients_other_servers_and_later_leaders() {
    for (term_of_n2, who, at) in [(1, 3, 2), (1, 2, 1), (0, 2, 2)] {
        let mut clients = led(term_of_n2);
        clients.run.syncs(2);
        clients.answered_by(2);
        let sync = clients.asks(2, "sync x");
        clients.hears(&sync, SYNCED);
        clients.answered_by(at);
        let read = clients.asks(who, "get x");
        clients.hears(&read, value(""));
        clients.run.keeps_all();
    }
}

#[test]
fn a_sync_explains_itself_and_writes_nothing() {
    let mut clients = Clients::new();
    clients.does(1, "set x=1", STORED);
    let sync = clients.asks(2, "sync x");
    clients.hears(&sync, SYNCED);
    clients.does(2, "get x", value("1"));
    clients.run.keeps_all();
}

#[test]
fn another_server_may_be_behind_and_so_may_another_client() {
    let mut clients = Clients::of(&LOCAL_READS);
    clients.does(1, "set x=1", STORED);
    clients.does(1, "set x=2", STORED);
    clients.answered_by(2);
    for client in [1, 2] {
        let read = clients.asks(client, "get x");
        clients.hears(&read, value("1"));
        let read = clients.asks(client, "get x");
        clients.hears(&read, value("2"));
    }
    clients.run.keeps_all();
}

/// The first of two questions may be answered from the older state, whenever that answer arrives.
#[test]
fn what_was_asked_before_the_newer_answer_came_may_be_older() {
    let mut clients = Clients::of(&LOCAL_READS);
    clients.does(1, "set x=1", STORED);
    clients.does(1, "set x=2", STORED);
    let (first, second) = (clients.asks(2, "get x"), clients.asks(2, "get x"));
    clients.hears(&second, value("2"));
    clients.hears(&first, value("1"));
    clients.run.keeps_all();
}
