// Thin strips for a small picture of several protocols: one below the other, when each had no leader, what was done to all, and
// the playhead.

import { together } from "./beside-bands.js";
import { formatTime } from "./words.js";

/** @import { Comparison } from "./engine-types" */
/** @import { Stroke } from "./strokes.js" */

/** A strip's height, and the room above and below all. */
const STRIP = 17;
const HEAD = 8;
const FOOT = 16;

/** @param {number} sides how many protocols there are */
export function heightOf(sides) {
  return HEAD + sides * STRIP + FOOT;
}

/**
 * @param {Comparison} comparison
 * @param {number} width
 * @param {number} at
 * @param {number} seen how far the runs may be seen
 * @returns {Stroke[]}
 */
export function stripStrokes({ sides, faults, until }, width, at, seen) {
  const x = (/** @type {number} */ instant) => (Math.min(instant, seen) / until) * width;
  const bottom = HEAD + sides.length * STRIP;
  const known = together(faults.filter((fault) => fault.at <= seen));
  return [
    ...sides.flatMap((side, n) => stripOf(side, HEAD + n * STRIP + STRIP / 2, x, seen)),
    ...known.map(({ at, harm }) => upright(x(at), HEAD, bottom, harm ? "red" : "dim", 1)),
    upright(x(at), 2, bottom, "accent", 2),
    { kind: "head", x: x(at), y: 3, colour: "accent" },
    ...labelOf(at, x(at), width, bottom + 12),
  ];
}

/** @param {Comparison["sides"][number]} side @param {number} y @param {(at: number) => number} x @param {number} seen @returns {Stroke[]} */
function stripOf({ gaps }, y, x, seen) {
  const line = { kind: /** @type {const} */ ("line"), y1: y, y2: y };
  return [
    { ...line, x1: 0, x2: x(seen), colour: "dim", width: 3 },
    ...gaps
      .filter(({ lost }) => lost < seen)
      .map(({ lost, again }) => ({
        kind: /** @type {const} */ ("box"),
        x: x(lost),
        y: y - 5,
        w: Math.max(2, x(again ?? seen) - x(lost)),
        h: 10,
        radius: 2,
        fill: "press",
        stroke: "ink",
      })),
  ];
}

/** @param {number} x @param {number} y1 @param {number} y2 @param {string} colour @param {number} width @returns {Stroke} */
function upright(x, y1, y2, colour, width) {
  return { kind: "line", x1: x, y1, x2: x, y2, colour, width };
}

/** The playhead's instant. @param {number} at @param {number} x @param {number} width @param {number} y @returns {Stroke[]} */
function labelOf(at, x, width, y) {
  const align = x < 30 ? "left" : x > width - 30 ? "right" : "center";
  const text = formatTime(Math.round(at / 1000) * 1000);
  return [{ kind: "text", x, y, text, colour: "dim", size: 11, align }];
}
