// What is checked after every event, and what was found.

import { html, nothing } from "lit/html.js";
import { formatTime } from "./words.js";

/** @import { Violation } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function checksTab({ frame }, send) {
  const { failures } = frame;
  const { broken, promises } = frame.checks;
  return html`
    <p class="hint">Checked after every event, on what the servers really stored and said.</p>
    ${failures.length ? failuresTemplate(failures) : nothing}
    ${broken.map((violation) => violationTemplate(violation, send))}
    ${promises.map(
      ({ name, words, source, holds }) => html`
        <div class="check ${holds ? "" : "broken"}">
          <span class="glyph" aria-hidden="true">${holds ? "✓" : "✕"}</span>
          <div><span class="name">${name}</span><span class="sr">, ${holds ? "holds" : "broken"}</span>
            <p class="hint">${words}${source ? html` · ${source}` : nothing}</p></div>
        </div>`,
    )}`;
}

/** @param {string[]} failures */
function failuresTemplate(failures) {
  return html`
    <h2>What the scenario expected, and did not get</h2>
    ${failures.map((failure) => html`<div class="check broken"><span class="glyph" aria-hidden="true">✕</span><p>${failure}</p></div>`)}
    <h2>What is always checked</h2>`;
}

/** @param {Violation} violation @param {Sender} send */
function violationTemplate({ name, text, at, position, witnesses }, send) {
  return html`
    <div class="check broken">
      <span class="glyph" aria-hidden="true">✕</span>
      <div>
        <span class="name">${name} broken at ${formatTime(at)}</span>
        <p>${text}</p>
        ${witnesses.map((witness) => html`<p class="witness">${witness}</p>`)}
        <p><button @click=${send("jump", position)}>Go there</button></p>
      </div>
    </div>`;
}
