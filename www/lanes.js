// The lanes as a canvas shows them, and where in the run a point of them is. Rows of every height use it.

import { atX } from "./coordinates.js";

/** @import { TimelineWindow } from "./engine-types" */
/** @import { Player } from "./player.js" */
/** @import { Sheet } from "./timeline.js" */

/**
 * What to draw, if something is there to be drawn. The left edge stands on a whole pixel of the screen, so that the lanes need
 * not be painted for less.
 * @param {Player | null} player
 * @param {Pick<Sheet, "width" | "top" | "row">} size
 */
export function sheetOf(player, size) {
  if (!player?.window || !player.info || size.width < 20) return null;
  const { window, info, view, cursor: at, scale } = player;
  const pixel = view.span / size.width / (globalThis.devicePixelRatio || 1);
  /** How many pixels of the run lie left of the lanes. */
  const origin = Math.round(view.from / pixel);
  const from = origin * pixel;
  /** The pixel at which the playhead stands. */
  const edge = Math.round((at - from) / pixel);
  return { ...size, window, info, from, to: from + view.span, at, scale, origin, edge };
}

/**
 * The place under a point, in what was seen so far.
 * @param {Player} player
 * @param {DOMRect} box of the lanes
 * @param {number} x
 */
export function placeAt(player, box, x) {
  const { from, to } = player.view;
  const place = atX({ from, to, width: box.width }, x - box.x);
  return Math.max(0, Math.min(place, player.visited[player.scale]));
}

/** The playhead in words and numbers. @param {Player | null} player */
export function playhead(player) {
  const now = player?.cursor ?? 0;
  const most = Math.max(1, now, player?.visited[player.scale] ?? 0);
  return { now, most };
}

/** What the lanes show of a window: numbers, and what was asked and done. */
const NUMBERS = /** @type {const} */ (["lanes", "messages", "marks", "comb"]);

/** True if nothing in two windows looks different. @param {TimelineWindow | null} a @param {TimelineWindow} b */
export function sameWindow(a, b) {
  if (!a || a === b) return a === b;
  const same = a.from === b.from && a.to === b.to && NUMBERS.every((name) => sameNumbers(a[name], b[name]));
  return same && JSON.stringify([a.ops, a.actions]) === JSON.stringify([b.ops, b.actions]);
}

/** @param {Float64Array} a @param {Float64Array} b */
function sameNumbers(a, b) {
  if (a.length !== b.length) return false;
  for (let n = 0; n < a.length; n += 1) if (a[n] !== b[n]) return false;
  return true;
}
