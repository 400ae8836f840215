// All that happened so far, a line a moment; each is a jump.

import { html, nothing } from "lit/html.js";
import { formatTime } from "./words.js";

/** @import { Moment } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

/** @param {PanelView} view @param {Sender} send */
export function eventsTab({ frame, moments }, send) {
  if (moments.length === 0) return html`<p class="hint">Nothing has happened yet. Press play.</p>`;
  const now = moments.findLastIndex(({ position }) => position <= frame.position);
  return html`<ol class="events">${runs(moments).map((run) => runTemplate(run, moments[now], send))}</ol>`;
}

/**
 * Moments in a row that are all routine stand together.
 * @param {Moment[]} moments
 */
export function runs(moments) {
  /** @type {Moment[][]} */
  const list = [];
  for (const moment of moments) {
    const last = list.at(-1);
    if (last && moment.grade === "routine" && last[0].grade === "routine") last.push(moment);
    else list.push([moment]);
  }
  return list;
}

/** @param {Moment[]} run @param {Moment | undefined} now @param {Sender} send */
function runTemplate(run, now, send) {
  if (run.length < 3) return run.map((moment) => momentTemplate(moment, moment === now, send));
  const inside = now !== undefined && run.includes(now);
  const lines = run.map((moment) => momentTemplate(moment, moment === now, send));
  return html`<li class="routine">
    <details>
      <summary aria-current=${inside ? "step" : nothing}><span class="when">${formatTime(run[0].at)}</span><span class="what">${run.length} routine moments</span></summary>
      <ol>${lines}</ol>
    </details>
  </li>`;
}

/** @param {Moment} moment @param {boolean} now @param {Sender} send */
function momentTemplate({ position, at, grade, text }, now, send) {
  return html`<li class=${grade}>
    <button aria-current=${now ? "step" : nothing} @click=${send("jump", position)}>
      <span class="when">${formatTime(at)}</span><span class="what">${text}</span>
    </button>
  </li>`;
}
