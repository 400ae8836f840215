// What may happen next when the reader plays by hand, by whom it would happen to.

import { repeat } from "lit/directives/repeat.js";
import { html, nothing } from "lit/html.js";
import { hueOf } from "./colour.js";
import { flightText } from "./flights.js";
import { doors } from "./hand.js";

/** @import { MessageFrame, TimerView } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function handTab({ frame }, send) {
  const list = doors(frame);
  return html`
    <p class="hint">Time stands. Choose what happens next.</p>
    ${list.length ? nothing : html`<p>Nothing is under way, and no timer runs.</p>`}
    ${repeat(
      list,
      ({ name }) => name,
      ({ name, messages, timers, unsynced }) => html`
        <section class="door" aria-label=${name}>
          <h2>${name}</h2>
          <ul>
            ${repeat(
              messages,
              ({ id }) => id,
              (message) => messageTemplate(message, send),
            )}
            ${repeat(
              timers,
              ({ key }) => key,
              (timer) => timerTemplate(name, timer, send),
            )}
            ${unsynced ? html`<li><span>${unsynced} not on its disk yet</span><button aria-label="Sync the disk of ${name}" @click=${send("do", ["sync", [name]])}>Sync</button></li>` : nothing}
          </ul>
        </section>`,
    )}`;
}

/** @param {MessageFrame} message @param {Sender} send */
function messageTemplate(message, send) {
  const { id, from, to, kind, label } = message;
  const text = flightText(message);
  const more = (/** @type {Event} */ event) => {
    const element = /** @type {HTMLElement} */ (event.currentTarget);
    const { left, bottom } = element.getBoundingClientRect();
    send("ask", { target: `m${id}`, at: { x: left, y: bottom + 4 }, element })();
  };
  return html`<li>
    <span title=${text}><span class="swatch h${hueOf(message.hue)}"></span>${label || kind} <span class="dim">from ${from}${message.lost ? ", will be lost" : ""}</span></span>
    <button aria-label="Deliver ${text}" ?disabled=${message.lost} @click=${send("do", ["deliver", [id]])}>Deliver</button>
    <button aria-label="Drop ${text}" @click=${send("do", ["drop", [id]])}>Drop</button>
    <button class="more" aria-haspopup="menu" aria-label="More for ${label || kind} to ${to}" @click=${more}>…</button>
  </li>`;
}

/** @param {string} name @param {TimerView} timer @param {Sender} send */
function timerTemplate(name, timer, send) {
  return html`<li>
    <span>${timer.name}</span>
    <button aria-label="Fire the ${timer.name} of ${name}" @click=${send("do", ["fire", [name, timer.key]])}>Fire</button>
  </li>`;
}
