// The axis below the lanes.

import { textWidth } from "./labels.js";
import { formatTime } from "./words.js";

/** @import { Sheet, Stroke } from "./timeline.js" */

const SIZE = 11.5;
const TIME_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000].map(
  (ms) => ms * 1000,
);
const COUNT_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 20_000, 100_000];

/** The instants (or steps) that have a line. @param {Sheet} sheet */
function ticks({ from, to, width, scale }) {
  const least = ((to - from) / width) * 92;
  const step = (scale === "time" ? TIME_STEPS : COUNT_STEPS).find((size) => size >= least) ?? to - from;
  const list = [];
  for (let value = Math.ceil(from / step) * step; value <= to; value += step)
    list.push({ value, x: ((value - from) / (to - from)) * width });
  return list;
}

/** @param {Sheet} sheet @param {number} bottom @returns {Stroke[]} */
export function axisStrokes(sheet, bottom) {
  const line = { kind: /** @type {const} */ ("line"), y1: 20, y2: bottom + 4, colour: "line", width: 1 };
  return ticks(sheet).map(({ x }) => ({ ...line, x1: x, x2: x }));
}

/**
 * The words below the lines: those of the playhead, and of all lines that are not too near to them.
 * @param {Sheet} sheet
 * @param {number} [top] where the words' room begins
 * @returns {Stroke[]}
 */
export function axisWords(sheet, top = 0) {
  const { from, to, width, at, scale } = sheet;
  const name = (/** @type {number} */ value) => (scale === "time" ? formatTime(value) : `step ${value}`);
  const now = ((at - from) / (to - from)) * width;
  const wide = textWidth(name(at), SIZE);
  const nowX = Math.max(wide / 2, Math.min(width - wide / 2, now));
  const word = {
    kind: /** @type {const} */ ("text"),
    y: top + 17,
    size: SIZE,
    align: /** @type {const} */ ("center"),
  };
  /** @type {Stroke[]} */
  const strokes = [];
  for (const { value, x } of ticks(sheet)) {
    const text = name(value);
    const half = textWidth(text, SIZE) / 2;
    if (Math.abs(x - nowX) > half + wide / 2 + 8 && x + half < width)
      strokes.push({ ...word, x: Math.max(x, half), text, colour: "dim" });
  }
  strokes.push({ ...word, x: nowX, text: name(at), colour: "accent", bold: true });
  return strokes;
}
