//! What clients do: ask, follow hints, try again, give up.

use crate::client::{Current, Operation, Outcome};
use crate::flight::Body;
use crate::queue::Due;
use crate::watch::Watch;
use crate::{Addr, Sim};
use protocol::{Answer, ClientId, Command, NodeId, Op, Protocol, Span};

impl<P: Protocol> Sim<P> {
    /// A client is told to ask for an operation; it does so when it has finished what it is busy with.
    pub(crate) fn invoke<W: Watch<P>>(
        &mut self,
        client: ClientId,
        to: Option<NodeId>,
        op: Op,
        watch: &mut W,
    ) {
        let (now, event) = (self.now, self.events - 1);
        let asker = &mut self.clients[client.slot()];
        let seq = u32::try_from(asker.operations.len() + 1).unwrap_or(u32::MAX);
        let command = Command::new(client, seq, op);
        watch.invoked(&command);
        let pending = Operation {
            command,
            invoked_at: now,
            invoked_in: event,
            ended_at: None,
            ended_in: None,
            outcome: Outcome::Pending,
            tries: 0,
        };
        asker.waiting.push_back((asker.operations.len(), to));
        asker.operations.push(pending);
        self.take_up(client, watch);
    }

    /// A client without anything in hand takes up what waits.
    fn take_up<W: Watch<P>>(&mut self, client: ClientId, watch: &mut W) {
        let asker = &mut self.clients[client.slot()];
        if asker.current.is_some() {
            return;
        }
        let Some((op, to)) = asker.waiting.pop_front() else { return };
        let asked = to.or(asker.leader).unwrap_or(NodeId(1));
        asker.current = Some(Current { op, asked, doubt: false, backing_off: false, order: 0 });
        self.ask(client, asked, watch);
    }

    /// Sends the operation in hand to a server and starts waiting.
    fn ask<W: Watch<P>>(&mut self, client: ClientId, node: NodeId, watch: &mut W) {
        let asker = &mut self.clients[client.slot()];
        let Some(current) = asker.current.as_mut() else { return };
        current.asked = node;
        current.backing_off = false;
        let Some(operation) = asker.operations.get_mut(current.op) else { return };
        operation.tries += 1;
        let command = operation.command.clone();
        self.wait(client, self.config.client_timeout);
        self.dispatch(Addr::Client(client), Addr::Server(node), Body::Request(command), watch);
    }

    fn wait(&mut self, client: ClientId, length: Span) {
        let order = self.queue.order();
        if let Some(current) = self.clients[client.slot()].current.as_mut() {
            current.order = order;
            self.queue.push(self.now + length, order, Due::Client(client));
        }
    }

    /// An answer reaches a client. One for an operation that is not in hand is ignored.
    pub(crate) fn hear<W: Watch<P>>(
        &mut self,
        client: ClientId,
        from: NodeId,
        seq: u32,
        answer: Answer,
        watch: &mut W,
    ) {
        let asker = &mut self.clients[client.slot()];
        let Some(current) = asker.current.as_mut() else { return };
        if asker.operations[current.op].command.seq() != seq {
            return;
        }
        match answer {
            Answer::Done(reply) => {
                asker.leader = Some(from);
                self.conclude(client, Outcome::Done(reply), watch);
            }
            Answer::Failed => self.conclude(client, Outcome::Failed, watch),
            Answer::Unknown => {
                current.doubt = true;
                self.try_again(client, None, watch);
            }
            // A late redirect from a server that is no longer asked says nothing about the one that is.
            Answer::NotLeader { .. } if current.asked != from => {}
            Answer::NotLeader { hint: Some(hint) } if hint != from => {
                asker.leader = Some(hint);
                self.try_again(client, Some(hint), watch);
            }
            Answer::NotLeader { .. } => {
                asker.leader = None;
                current.backing_off = true;
                self.wait(client, Span(self.config.client_timeout.0 / 10));
            }
        }
    }

    /// A client has waited long enough.
    pub(crate) fn lose_patience<W: Watch<P>>(&mut self, client: ClientId, watch: &mut W) {
        let asker = &mut self.clients[client.slot()];
        let Some(current) = asker.current.as_mut() else { return };
        current.doubt |= !current.backing_off;
        asker.leader = None;
        self.try_again(client, None, watch);
    }

    /// Asks a server (the next one, without) unless all tries are used up.
    fn try_again<W: Watch<P>>(&mut self, client: ClientId, node: Option<NodeId>, watch: &mut W) {
        let servers = self.config.servers;
        let asker = &self.clients[client.slot()];
        let Some(current) = asker.current else { return };
        if asker.operations[current.op].tries > u32::from(self.config.client_retries) {
            let seq = asker.operations[current.op].command.seq();
            let in_doubt = current.doubt || self.is_under_way(client, seq);
            let outcome = if in_doubt { Outcome::Unknown } else { Outcome::Failed };
            return self.conclude(client, outcome, watch);
        }
        let next = node.unwrap_or(NodeId(current.asked.0 % servers + 1));
        self.ask(client, next, watch);
    }

    /// True if a copy of a request has not arrived yet: a server may still accept it.
    fn is_under_way(&self, client: ClientId, seq: u32) -> bool {
        let asks = |body: &Body<P::Message>| matches!(body, Body::Request(command) if command.client() == client && command.seq() == seq);
        self.flights.iter().any(|(_, flight)| asks(&flight.body))
    }

    fn conclude<W: Watch<P>>(&mut self, client: ClientId, outcome: Outcome, watch: &mut W) {
        let (now, event) = (self.now, self.events - 1);
        let asker = &mut self.clients[client.slot()];
        if let Some(current) = asker.current.take()
            && let Some(operation) = asker.operations.get_mut(current.op)
        {
            operation.outcome = outcome;
            operation.ended_at = Some(now);
            operation.ended_in = Some(event);
            watch.concluded(operation);
        }
        self.take_up(client, watch);
    }
}
