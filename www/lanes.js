// The lanes as a canvas shows them, and where in the run a point of them is. Rows of every height use it.

import { atX } from "./coordinates.js";

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
