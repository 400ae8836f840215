// The ends of the logs beside the bands: what each server holds at the playhead, places below one another.

import { html, nothing } from "lit/html.js";
import { hueOf } from "./colour.js";

/** @import { Cell, Frame } from "./engine-types" */

/** How many places are shown. */
const SHOWN = 4;

/** The places that are shown of a protocol's logs: the last. @param {Frame} frame */
export function placesOf({ nodes }) {
  const last = Math.max(0, ...nodes.flatMap(({ cells }) => cells.map(({ index }) => index)));
  const first = Math.max(1, last - SHOWN + 1);
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

/**
 * @param {Frame | undefined} frame
 * @param {number} clients how many rows of clients follow
 * @param {string[]} looked whose logs the story points at
 */
export function renderLogs(frame, clients, looked) {
  if (!frame) return html`<div></div>`;
  const places = placesOf(frame);
  return html`<div>
    ${frame.nodes.map(
      ({ name, up, cells }) =>
        html`<p class="${up ? "" : "off"} ${looked.includes(name) ? "looked" : ""}">${places.map((place) => renderCell(cells.find(({ index }) => index === place)))}</p>`,
    )}
    ${clients && places.length ? html`<p class="places">${places.map((place) => html`<i>${place}</i>`)}</p>` : nothing}
  </div>`;
}

/** @param {Cell | undefined} cell */
function renderCell(cell) {
  if (!cell) return html`<i></i>`;
  const look = `h${hueOf(cell.hue)} ${cell.committed ? "done" : ""}`;
  return html`<i class=${look} title=${`${cell.index}: ${cell.text}, ${cell.mark}`}>${cell.text}</i>`;
}
