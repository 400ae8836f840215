// One server from inside: what its disk holds and what a crash would lose, apart; and all messages in flight as a list.

import { html, nothing } from "lit/html.js";
import { hueOf } from "./colour.js";
import { flightText } from "./flights.js";
import { formatTime } from "./words.js";

/** @import { FactView, Inside, MessageFrame, NodeFrame } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function serverTab({ frame, info, server, inside }, send) {
  const node = frame.nodes.find(({ name }) => name === server) ?? frame.nodes[0];
  if (!node) return nothing;
  const { facts, peers } = inside?.name === node.name ? inside : { facts: [], peers: [] };
  return html`
    <div class="servers" role="group" aria-label="Which server">
      ${frame.nodes.map(({ name }) => html`<button aria-pressed=${name === node.name} @click=${send("server", name)}>${name}</button>`)}
    </div>
    <p><span class="swatch h${hueOf(node.hue)}"></span>${node.up ? node.role : "Down"}, ${info.protocol.term} ${node.term}${node.note ? `, ${node.note}` : ""}</p>
    ${factsTemplate(
      "On its disk",
      facts.filter(({ durable }) => durable),
    )}
    ${factsTemplate(
      "Lost in a crash",
      facts.filter(({ durable }) => !durable),
    )}
    ${timersTemplate(node, frame.at)}
    ${peersTemplate(peers)}
    ${flightsTemplate(frame.messages, send)}`;
}

/** @param {string} title @param {FactView[]} facts */
function factsTemplate(title, facts) {
  if (facts.length === 0) return nothing;
  return html`<h2>${title}</h2><dl>${facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
}

/** @param {NodeFrame} node @param {number} at */
function timersTemplate(node, at) {
  if (node.timers.length === 0) return nothing;
  const left = (/** @type {number} */ dueAt) =>
    formatTime(Math.max(0, Math.floor((dueAt - at) / 1000) * 1000));
  return html`<h2>Timers</h2>
    <dl>${node.timers.map(({ name, dueAt, held }) => html`<dt>${name}</dt><dd>${held ? "held" : `fires in ${left(dueAt)}`}</dd>`)}</dl>`;
}

/** @param {Inside["peers"]} peers */
function peersTemplate(peers) {
  if (peers.length === 0) return nothing;
  const names = peers[0].facts.map(([name]) => name);
  return html`
    <h2>What it remembers about the others</h2>
    <table>
      <thead><tr><th scope="col">server</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${peers.map(({ node, facts }) => html`<tr><th scope="row">n${node}</th>${facts.map(([, value]) => html`<td>${value}</td>`)}</tr>`)}</tbody>
    </table>`;
}

/** @param {MessageFrame[]} messages @param {Sender} send */
function flightsTemplate(messages, send) {
  return html`
    <h2>In flight: ${messages.length}</h2>
    <ol class="flights">
      ${messages.map(
        (
          message,
        ) => html`<li><button aria-haspopup="menu" @click=${send("ask", { target: `m${message.id}`, at: null, element: null })}>
          <span class="swatch h${hueOf(message.hue)}"></span>${flightText(message)}
        </button></li>`,
      )}
    </ol>`;
}
