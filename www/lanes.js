// The lanes as a canvas shows them, and where in the run a point of them is. Rows of every height use it.

import { atX } from "./timeline.js";

/** @import { Player } from "./player.js" */
/** @import { Sheet } from "./timeline.js" */

/**
 * What to draw, if something is there to be drawn.
 * @param {Player | null} player
 * @param {Pick<Sheet, "width" | "top" | "row">} size
 * @returns {Sheet | null}
 */
export function sheetOf(player, size) {
  if (!player?.window || !player.info) return null;
  const { window, info, view, cursor: at, scale } = player;
  return { ...size, window, info, from: view.from, to: view.to, at, scale };
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
