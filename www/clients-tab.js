// What each client asked for, and what became of it.

import { html, nothing } from "lit/html.js";
import { opText } from "./clients.js";
import { counted, formatTime } from "./words.js";

/** @import { ClientFrame, OpView } from "./engine-types" */
/** @import { PanelView } from "./panel.js" */

/** @param {PanelView} view */
export function clientsTab({ frame, info }) {
  return html`
    <p class="hint">A client waits ${formatTime(info.clientTimeout)} for an answer, then asks another server, up to ${counted(info.clientRetries, "time")} more.</p>
    ${frame.clients.length ? frame.clients.map(clientTemplate) : html`<p>This run has no clients.</p>`}`;
}

/** @param {ClientFrame} client */
function clientTemplate({ name, leader, ops }) {
  return html`
    <section aria-label="Client ${name}">
      <h2>${name}</h2>
      <p class="hint">${leader ? `Believes that ${leader} leads.` : "Knows no leader."}</p>
      <ol class="ops">${[...ops].reverse().map(opTemplate)}</ol>
      ${ops.length ? nothing : html`<p class="hint">Asked for nothing yet.</p>`}
    </section>`;
}

/** @param {OpView} op */
function opTemplate(op) {
  const took = op.endedAt === null ? "" : `, took ${formatTime(op.endedAt - op.invokedAt)}`;
  const tries = op.tries ? `asked ${counted(op.tries, "time")}` : "waits for its turn";
  return html`<li class="op ${op.outcome}">
    <span class="what">${opText(op)}</span>
    <span class="hint">at ${formatTime(op.invokedAt)}${took}, ${tries}</span>
  </li>`;
}
