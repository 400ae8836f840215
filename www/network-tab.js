// Who can reach whom, and how well: a matrix of one-way links, shapes at a stroke, and what links do to messages.

import { html, nothing } from "lit/html.js";
import "./link-form.js";
import { presets, toggled, toggledAll } from "./network.js";

/** @import { Frame } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function networkTab({ frame, links, ends }, send) {
  const names = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name);
  return html`
    <h2>Who can reach whom</h2>
    <p class="hint">A row sends, a column receives. A cell cuts that direction, or mends it; a name does so with its whole row or column.</p>
    ${matrixTemplate(frame, send)}
    <div class="presets" role="group" aria-label="Shapes of the network">
      ${presets(frame).map(({ name, calls }) => html`<button @click=${send("do", calls)}>${name}</button>`)}
      ${frame.cuts.length ? html`<button @click=${send("do", ["heal", []])}>Mend all</button>` : nothing}
    </div>
    <h2>What links do to messages</h2>
    <playground-link-form .servers=${names(frame.nodes)} .clients=${names(frame.clients)} .links=${links} .ends=${ends}></playground-link-form>`;
}

/** @param {Frame} frame @param {Sender} send */
function matrixTemplate(frame, send) {
  const servers = frame.nodes.map(({ name }) => name);
  const clients = frame.clients.map(({ name }) => name);
  const names = [...servers, ...clients];
  const cut = new Set(frame.cuts.map(({ from, to }) => `${from} ${to}`));
  const isLink = (/** @type {string} */ a, /** @type {string} */ b) =>
    a !== b && (servers.includes(a) || servers.includes(b));
  const head = (/** @type {string} */ name, /** @type {boolean} */ sends) => {
    const others = names.filter((other) => isLink(name, other));
    const links = others.map((other) => (sends ? [name, other] : [other, name]));
    const all = links.every((link) => cut.has(link.join(" ")));
    const words = `${all ? "Mend" : "Cut"} all that ${name} ${sends ? "sends" : "receives"}`;
    return html`<button tabindex="-1" aria-label=${words} title=${words} @click=${send("do", toggledAll(frame, links))}>${name}</button>`;
  };
  const cell = (/** @type {string} */ a, /** @type {string} */ b) => {
    if (!isLink(a, b)) return html`<td></td>`;
    const is = cut.has(`${a} ${b}`);
    return html`<td><button class=${is ? "cut" : ""} tabindex=${a === names[0] && b === names[1] ? 0 : -1} aria-pressed=${is} aria-label="${a} to ${b} cut" title="${a} to ${b}" @click=${send("do", toggled(frame, a, b))}>${is ? "✕" : "→"}</button></td>`;
  };
  return html`<div class="wide"><table class="matrix" aria-label="Who can reach whom" @keydown=${onKey}>
    <thead><tr><th scope="col"><span class="sr">from, to</span></th>${names.map((name) => html`<th scope="col">${head(name, false)}</th>`)}</tr></thead>
    <tbody>${names.map((a) => html`<tr><th scope="row">${head(a, true)}</th>${names.map((b) => cell(a, b))}</tr>`)}</tbody>
  </table></div>`;
}

/** Arrow keys go from cell to cell, over what has none. @param {KeyboardEvent} event */
function onKey(event) {
  const [dx, dy] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[
    event.key
  ] ?? [0, 0];
  const table = /** @type {HTMLTableElement} */ (event.currentTarget);
  const from = /** @type {HTMLElement} */ (event.target).closest("td, th");
  if ((!dx && !dy) || !(from instanceof HTMLTableCellElement)) return;
  event.preventDefault();
  event.stopPropagation();
  const row = /** @type {HTMLTableRowElement} */ (from.parentElement).rowIndex;
  for (let n = 1; n < table.rows.length; n++) {
    const button = table.rows[row + dy * n]?.cells[from.cellIndex + dx * n]?.querySelector("button");
    if (button) return button.focus();
  }
}
