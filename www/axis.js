// The axis below the lanes.

import { textWidth } from "./labels.js";
import { formatTime } from "./words.js";

/** @import { Stroke } from "./strokes.js" */
/** @import { Sheet } from "./timeline.js" */

const SIZE = 11.5;
const TIME_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000].map(
  (ms) => ms * 1000,
);
const COUNT_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20_000, 100_000];

/** Where the words of the playhead stand. @param {Sheet} sheet */
function playhead(sheet) {
  const { from, to, width, at } = sheet;
  const text = nameOf(sheet, at);
  const half = textWidth(text, SIZE) / 2;
  const now = ((at - from) / (to - from)) * width;
  return { text, half, x: Math.max(half, Math.min(width - half, now)) };
}

/** @param {Sheet} sheet @param {number} value */
function nameOf({ scale }, value) {
  return scale === "time" ? formatTime(value) : `step ${value}`;
}

const WORD = { kind: /** @type {const} */ ("text"), size: SIZE, align: /** @type {const} */ ("center") };

/** A round number to count by, at least so big. @param {Sheet["scale"]} scale @param {number} least */
export function stepOf(scale, least) {
  return (scale === "time" ? TIME_STEPS : COUNT_STEPS).find((size) => size >= least) ?? Math.ceil(least);
}

/**
 * Lines, with words below those that are not too near to the playhead's.
 * @param {Sheet} sheet
 * @param {number} bottom
 * @returns {Stroke[]}
 */
export function axisStrokes(sheet, bottom) {
  const { from, to, width, scale } = sheet;
  const least = ((to - from) / width) * 92;
  const step = stepOf(scale, least);
  const now = playhead(sheet);
  /** @type {Stroke[]} */
  const strokes = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step) {
    const x = ((value - from) / (to - from)) * width;
    strokes.push({ kind: "line", x1: x, y1: 20, x2: x, y2: bottom + 4, colour: "line", width: 1 });
    const text = nameOf(sheet, value);
    const half = textWidth(text, SIZE) / 2;
    if (Math.abs(x - now.x) > half + now.half + 8 && x + half < width)
      strokes.push({ ...WORD, x: Math.max(x, half), y: bottom + 17, text, colour: "dim" });
  }
  return strokes;
}

/**
 * The words of the playhead, on a sheet of their own: they change with every instant.
 * @param {Sheet} sheet
 * @param {number} [top] where the words' room begins
 * @returns {Stroke[]}
 */
export function playheadStrokes(sheet, top = 0) {
  const { x, text } = playhead(sheet);
  return [{ ...WORD, x, y: top + 17, text, colour: "accent", bold: true }];
}
