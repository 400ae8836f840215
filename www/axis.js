// The axis below the lanes.

import { textWidth } from "./labels.js";
import { formatTime } from "./words.js";

/** @import { Sheet, Stroke } from "./timeline.js" */

const SIZE = 11.5;
const TIME_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000].map(
  (ms) => ms * 1000,
);
const COUNT_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20_000, 100_000];

/**
 * @param {Sheet} sheet
 * @param {number} bottom
 * @returns {Stroke[]}
 */
export function axisStrokes(sheet, bottom) {
  const { from, to, width, at, scale } = sheet;
  const least = ((to - from) / width) * 92;
  const step = (scale === "time" ? TIME_STEPS : COUNT_STEPS).find((size) => size >= least) ?? to - from;
  const name = (/** @type {number} */ value) => (scale === "time" ? formatTime(value) : `step ${value}`);
  const now = ((at - from) / (to - from)) * width;
  const wide = textWidth(name(at), SIZE);
  const nowX = Math.max(wide / 2, Math.min(width - wide / 2, now));
  /** @type {Stroke[]} */
  const strokes = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    const x = ((value - from) / (to - from)) * width;
    strokes.push({ kind: "line", x1: x, y1: 20, x2: x, y2: bottom + 4, colour: "line", width: 1 });
    const half = textWidth(name(value), SIZE) / 2;
    const clear = Math.abs(x - nowX) > half + wide / 2 + 8 && x + half < width;
    const inside = Math.max(x, half);
    if (clear)
      strokes.push({
        kind: "text",
        x: inside,
        y: bottom + 17,
        text: name(value),
        colour: "dim",
        size: SIZE,
        align: "center",
      });
  }
  strokes.push({
    kind: "text",
    x: nowX,
    y: bottom + 17,
    text: name(at),
    colour: "accent",
    size: SIZE,
    align: "center",
    bold: true,
  });
  return strokes;
}
