// Who can reach whom, and how well: a matrix of one-way links, shapes at a stroke, and what links do to messages.

import { html, nothing } from "lit/html.js";
import { networkLine, presets, toggled } from "./network.js";
import { formatTime } from "./words.js";

/** @import { Frame, LinkView } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** [name of the field, words, unit] */
const TIMES = /** @type {["least" | "most" | "jitter", string][]} */ ([
  ["least", "shortest latency, ms"],
  ["most", "longest latency, ms"],
  ["jitter", "jitter up to, ms"],
]);
const CHANCES = /** @type {["loss" | "duplicate" | "reorder", string][]} */ ([
  ["loss", "lost, %"],
  ["duplicate", "duplicated, %"],
  ["reorder", "held back, %"],
]);

/** @param {PanelView} view @param {Sender} send */
export function networkTab({ frame, links }, send) {
  return html`
    <h2>Who can reach whom</h2>
    <p class="hint">A row sends, a column receives. A cell cuts that direction, or mends it; a name cuts its server off.</p>
    ${matrixTemplate(frame, send)}
    <div class="presets" role="group" aria-label="Shapes of the network">
      ${presets(frame).map(({ name, calls }) => html`<button @click=${send("do", calls)}>${name}</button>`)}
      ${frame.cuts.length ? html`<button @click=${send("do", ["heal", []])}>Mend all</button>` : nothing}
    </div>
    <h2>What links do to messages</h2>
    ${links.length ? linksTemplate(frame, links, send) : nothing}`;
}

/** @param {Frame} frame @param {Sender} send */
function matrixTemplate(frame, send) {
  const names = frame.nodes.map(({ name }) => name);
  const isCut = (/** @type {string} */ a, /** @type {string} */ b) =>
    frame.cuts.some(({ from, to }) => from === a && to === b);
  const head = (/** @type {string} */ name) =>
    html`<button aria-label="Cut ${name} off" title="Cut ${name} off" @click=${send("do", ["partition", [[[name]]]])}>${name}</button>`;
  const cell = (/** @type {string} */ a, /** @type {string} */ b) => {
    if (a === b) return html`<td></td>`;
    const cut = isCut(a, b);
    return html`<td><button class=${cut ? "cut" : ""} tabindex=${a === names[0] && b === names[1] ? 0 : -1} data-cell="${a} ${b}" aria-pressed=${cut} aria-label="${a} to ${b} cut" @click=${send("do", toggled(frame, a, b))}>${cut ? "✕" : "→"}</button></td>`;
  };
  return html`<table class="matrix" aria-label="Who can reach whom" @keydown=${onKey}>
    <thead><tr><th scope="col">to</th>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${names.map((a) => html`<tr><th scope="row">${head(a)}</th>${names.map((b) => cell(a, b))}</tr>`)}</tbody>
  </table>`;
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

/** @param {Frame} frame @param {LinkView[]} links @param {Sender} send */
function linksTemplate(frame, [usual, ...own], send) {
  const names = frame.nodes.map(({ name }) => name);
  const ends = names.flatMap((a, n) => names.slice(n + 1).map((b) => `${a}<->${b}`));
  const settings = usual.network;
  const apply = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const fields = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const read = (/** @type {string} */ name, /** @type {number} */ unit) =>
      Math.round(Math.max(0, Number(fields.get(name))) * unit);
    const link = { ...settings };
    for (const [name] of TIMES) link[name] = read(name, 1000);
    for (const [name] of CHANCES) link[name] = read(name, 10_000);
    send("do", ["act", [networkLine(String(fields.get("ends")), link)]])();
  };
  const field = (
    /** @type {string} */ name,
    /** @type {string} */ words,
    /** @type {number} */ value,
  ) => html`
    <label for="link-${name}">${words}</label>
    <input id="link-${name}" name=${name} type="number" min="0" step="any" required .defaultValue=${String(value)}>`;
  return html`
    <form class="links" @submit=${apply} @keydown=${(/** @type {Event} */ event) => event.stopPropagation()}>
      <label for="link-ends">which</label>
      <select id="link-ends" name="ends"><option value="all">all links</option>${ends.map((end) => html`<option value=${end}>${end.replace("<->", " ↔ ")}</option>`)}</select>
      ${TIMES.map(([name, words]) => field(name, words, settings[name] / 1000))}
      ${CHANCES.map(([name, words]) => field(name, words, settings[name] / 10_000))}
      <button>Set</button>
    </form>
    ${own.map(({ ends: [from, to], network }) => html`<p class="hint">${from} to ${to}: ${formatTime(network.least)} to ${formatTime(network.most)}, jitter ${formatTime(network.jitter)}, ${network.loss / 10_000}% lost, ${network.duplicate / 10_000}% duplicated, ${network.reorder / 10_000}% held back</p>`)}`;
}
