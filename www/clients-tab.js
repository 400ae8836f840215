// What each client asked for, and what became of it; and where to ask for more.

import { html, nothing } from "lit/html.js";
import { opText } from "./clients.js";
import "./command-box.js";
import { counted, formatTime } from "./words.js";

/** @import { ClientFrame, Info, OpView } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function clientsTab({ frame, info, clients }, send) {
  const servers = frame.nodes.map(({ name }) => name);
  // Until all that they asked for is here, the last few that the picture has.
  const shown = clients.length ? clients : frame.clients;
  return html`
    <p class="hint">A client waits ${formatTime(info.clientTimeout)} for an answer, then asks another server, up to ${counted(info.clientRetries, "time")} more.</p>
    ${shown.length ? shown.map((client) => clientTemplate(client, servers, info.protocol, send)) : html`<p>This run has no clients.</p>`}`;
}

/** @param {ClientFrame} client @param {string[]} servers @param {Info["protocol"]} protocol @param {Sender} send */
function clientTemplate({ name, leader, ops }, servers, { findsLeader, operations }, send) {
  const earlier = (ops[0]?.seq ?? 1) - 1;
  return html`
    <section aria-label="Client ${name}">
      <h2>${name}</h2>
      <p class="hint">${leader ? `Will ask ${leader} first.` : "Will ask any server."}</p>
      <playground-command below .of=${name} .clients=${[name]} .servers=${servers} .finds=${findsLeader} .operations=${operations}></playground-command>
      <ol class="ops" reversed>${[...ops].reverse().map((op) => opTemplate(op, send("why", `${name}.op[${op.seq}].outcome`)))}</ol>
      ${ops.length ? nothing : html`<p class="hint">Asked for nothing yet.</p>`}
      ${earlier > 0 ? html`<p class="hint">And ${counted(earlier, "command")} before these.</p>` : nothing}
    </section>`;
}

/** @param {OpView} op @param {() => void} why */
function opTemplate(op, why) {
  const took = op.endedAt === null ? "" : `, took ${formatTime(op.endedAt - op.invokedAt)}`;
  const tries = op.tries ? `asked ${counted(op.tries, "time")}` : "waits for its turn";
  return html`<li class="op ${op.outcome}">
    <button class="value what" title="Since when, and why?" @click=${why}>${opText(op)}</button>
    <span class="hint">at ${formatTime(op.invokedAt)}${took}, ${tries}</span>
  </li>`;
}
