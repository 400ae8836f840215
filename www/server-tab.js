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
      ${factsTemplate(
        facts.filter(({ durable }) => durable),
        node.name,
        send,
      )}
      ${unsyncedTemplate(node, send)}
    </section>
    <section class="lost" aria-labelledby="lost">
      <h2 id="lost">Lost in a crash</h2>
      ${
        node.up
          ? factsTemplate(
              facts.filter(({ durable }) => !durable),
              node.name,
              send,
            )
          : html`<p class="hint">It is down: all that was here is gone.</p>`
      }
    </section>
    ${marked ? html`<p class="hint"><span class="new">Marked</span>: what the shown moment has changed.</p>` : nothing}
    ${timersTemplate(node, frame.at, send)}
    ${peersTemplate(peers)}
    ${flightsTemplate(frame.messages, send)}`;
}

/** @param {FactInside} fact */
function isNew({ was, synced }) {
  return was !== null || synced;
}

/** @param {FactInside[]} facts @param {string} place @param {Sender} send */
function factsTemplate(facts, place, send) {
  if (facts.length === 0) return html`<p class="hint">Nothing.</p>`;
  return html`<dl>${facts.map((fact) => html`<dt>${fact.label}</dt><dd>${valueTemplate(fact, place, send)}</dd>`)}</dl>`;
}

/** A value, which answers why; if it is new, marked, with what it was. @param {FactInside} fact @param {string} place @param {Sender} send */
function valueTemplate(fact, place, send) {
  const title = `Since when, and why? ${fact.label} of ${place}`;
  const value = html`<button class="value" title=${title} @click=${send("why", `${place}.${fact.key}`)}>${isNew(fact) ? html`<span class="new">${fact.value}</span>` : fact.value}</button>`;
  if (!isNew(fact)) return value;
  return html`${value} <span class="was">${fact.was === null ? "written just now" : `was ${fact.was}`}</span>`;
}

/** @param {NodeFrame} node @param {Sender} send */
function unsyncedTemplate({ name, unsynced, up }, send) {
  if (!up) return nothing;
  if (unsynced === 0) return html`<p class="hint">Nothing waits to be written.</p>`;
  return html`<p class="unsynced"><b>${counted(unsynced, "write")} not yet on disk</b>: lost if it crashes now.
    <button @click=${send("do", ["sync", [name]])}>Sync now</button></p>`;
}

/** @param {NodeFrame} node @param {number} at @param {Sender} send */
function timersTemplate(node, at, send) {
  if (node.timers.length === 0) return nothing;
  const left = (/** @type {number} */ dueAt) =>
    formatTime(Math.max(0, Math.floor((dueAt - at) / 1000) * 1000));
  return html`<h2>Timers</h2>
    <dl>${node.timers.map(({ key, name, dueAt, held }) => html`<dt>${name}</dt><dd><button class="value" title="Since when, and why?" @click=${send("why", `${node.name} ${key}`)}>${held ? "held" : `fires in ${left(dueAt)}`}</button></dd>`)}</dl>`;
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
