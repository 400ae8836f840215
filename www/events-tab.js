// All that happened so far, a line a moment; each is a jump.

import { html, nothing } from "lit";
import { formatTime } from "./words.js";

/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function eventsTab({ frame, moments }, send) {
  if (moments.length === 0) return html`<p class="hint">Nothing has happened yet. Press play.</p>`;
  const now = moments.findLastIndex(({ position }) => position <= frame.position);
  return html`
    <ol class="events">
      ${moments.map(
        ({ position, at, grade, text }, n) => html`<li class=${grade}>
          <button aria-current=${n === now ? "step" : nothing} @click=${send("jump", position)}>
            <span class="when">${formatTime(at)}</span><span class="what">${text}</span>
          </button>
        </li>`,
      )}
    </ol>`;
}
