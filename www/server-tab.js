// One server from inside: what its disk holds and what a crash would lose, apart; and all messages in flight as a list.

import { html, nothing } from "lit/html.js";
import { hueOf } from "./colour.js";
import { flightText } from "./flights.js";
import { counted, formatTime } from "./words.js";

/** @import { FactInside, Inside, MessageFrame, NodeFrame } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function serverTab({ frame, info, server, inside }, send) {
  const node = frame.nodes.find(({ name }) => name === server) ?? frame.nodes[0];
  if (!node) return nothing;
  const { facts, peers } = inside?.name === node.name ? inside : { facts: [], peers: [] };
  const marked = facts.some(isNew) || peers.some(({ facts }) => facts.some(([, , was]) => was !== null));
  return html`
    <div class="servers" role="group" aria-label="Which server">
      ${frame.nodes.map(({ name }) => html`<button aria-pressed=${name === node.name} @click=${send("server", name)}>${name}</button>`)}
    </div>
    <p><span class="swatch h${hueOf(node.hue)}"></span>${node.up ? node.role : "Down"}, ${info.protocol.term} ${node.term}${node.note ? `, ${node.note}` : ""}</p>
    <section class="kept" aria-labelledby="kept">
      <h2 id="kept">On its disk</h2>
      ${factsTemplate(facts.filter(({ durable }) => durable))}
      ${unsyncedTemplate(node, send)}
    </section>
    <section class="lost" aria-labelledby="lost">
      <h2 id="lost">Lost in a crash</h2>
      ${node.up ? factsTemplate(facts.filter(({ durable }) => !durable)) : html`<p class="hint">It is down: all that was here is gone.</p>`}
    </section>
    ${marked ? html`<p class="hint"><span class="new">Marked</span>: what the shown moment has changed.</p>` : nothing}
    ${timersTemplate(node, frame.at)}
    ${peersTemplate(peers)}
    ${flightsTemplate(frame.messages, send)}`;
}

/** @param {FactInside} fact */
function isNew({ was, synced }) {
  return was !== null || synced;
}

/** @param {FactInside[]} facts */
function factsTemplate(facts) {
  if (facts.length === 0) return html`<p class="hint">Nothing.</p>`;
  return html`<dl>${facts.map((fact) => html`<dt>${fact.label}</dt><dd>${valueTemplate(fact)}</dd>`)}</dl>`;
}

/** A value; if it is new, marked, with what it was. @param {FactInside} fact */
function valueTemplate(fact) {
  if (!isNew(fact)) return fact.value;
  const before = fact.was === null ? "written just now" : `was ${fact.was}`;
  return html`<span class="new">${fact.value}</span> <span class="was">${before}</span>`;
}

/** @param {NodeFrame} node @param {Sender} send */
function unsyncedTemplate({ name, unsynced, up }, send) {
  if (!up) return nothing;
  if (unsynced === 0) return html`<p class="hint">Nothing waits to be written.</p>`;
  return html`<p class="unsynced"><b>${counted(unsynced, "write")} not yet on disk</b>: lost if it crashes now.
    <button @click=${send("do", ["sync", [name]])}>Sync now</button></p>`;
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
      <tbody>${peers.map(({ node, facts }) => html`<tr><th scope="row">n${node}</th>${facts.map(([, value, was]) => html`<td>${was === null ? value : html`<span class="new">${value}</span> <span class="was">was ${was}</span>`}</td>`)}</tr>`)}</tbody>
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
