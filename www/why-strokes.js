// The sentence of a why that is in hand, on the lanes: where it happened, and the message that brought it. All else pales.

import { bottomOf, xOf, yOf } from "./coordinates.js";

/** @import { WhyStep } from "./engine-types" */
/** @import { Stroke } from "./strokes.js" */
/** @import { Sheet } from "./timeline.js" */

/** @param {WhyStep} step @param {Sheet} sheet @returns {Stroke[]} */
export function whyStrokes(step, sheet) {
  const { scale, width, info } = sheet;
  const lane = (/** @type {string} */ place) =>
    Number(place.slice(1)) - 1 + (place.startsWith("c") ? info.servers : 0);
  const x = xOf(sheet, scale === "time" ? step.at : step.position);
  /** @type {Stroke[]} */
  const strokes = [{ kind: "box", x: 0, y: 0, w: width, h: bottomOf(sheet), fill: "surface", alpha: 0.62 }];
  const colour = "accent";
  const way = step.message;
  if (way) {
    const from = xOf(sheet, scale === "time" ? way.sentAt : way.sentIn);
    const line = { x1: from, y1: yOf(sheet, lane(way.from)), x2: x, y2: yOf(sheet, lane(way.to)) };
    strokes.push({ kind: "line", ...line, colour, width: 2.6 });
    strokes.push({ kind: "dot", x: line.x1, y: line.y1, r: 3, colour });
  }
  if (step.place) strokes.push({ kind: "dot", x, y: yOf(sheet, lane(step.place)), r: 4.5, colour });
  else strokes.push({ kind: "line", x1: x, y1: 20, x2: x, y2: bottomOf(sheet), colour, width: 1.4 });
  return strokes;
}
