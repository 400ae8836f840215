// The space-time diagram as a sequence diagram: lanes are columns, time runs downward. Made from the strokes of the one that
// lies, turned over; only words stay upright.

import { stepOf } from "./axis.js";
import { bottomOf, xOf } from "./coordinates.js";
import { textWidth } from "./labels.js";
import { deedsOf, happenings } from "./timeline.js";
import { formatTime } from "./words.js";

/** @import { Stroke, Text } from "./strokes.js" */
/** @import { Sheet } from "./timeline.js" */

/**
 * @param {Sheet} sheet its width is how high the diagram is; its rows are columns
 * @returns {Stroke[]}
 */
export function upright(sheet) {
  const now = xOf(sheet, sheet.at);
  const wide = bottomOf(sheet);
  const rest = Math.max(0, sheet.width - now);
  return [
    ...ticks(sheet, wide),
    ...happenings({ ...sheet, upright: true }).flatMap((stroke) => turned(stroke, sheet, wide)),
    { kind: "box", x: 0, y: now, w: wide, h: rest, fill: "surface", alpha: 0.72 },
    ...deedsOf(sheet).flatMap((deed) => deedStrokes(deed, wide)),
    { kind: "line", x1: 0, y1: now, x2: wide, y2: now, colour: "accent", width: 2 },
  ];
}

/** @param {Sheet} sheet @param {number} wide @returns {Stroke[]} */
function ticks(sheet, wide) {
  const { from, to, width, at, scale, top } = sheet;
  const step = stepOf(scale, ((to - from) / width) * 56);
  const yOf = (/** @type {number} */ value) => ((value - from) / (to - from)) * width;
  const now = yOf(at);
  const deeds = deedsOf(sheet).map(({ x }) => (x > 16 ? x - 6 : x + 11)); // their words stand there
  /** @type {Stroke[]} */
  const strokes = [];
  for (let value = Math.ceil(from / step) * step; value <= Math.min(at, to); value += step) {
    const y = yOf(value);
    const text = scale === "time" ? formatTime(value).replace(/ ms$/, "") : String(value);
    strokes.push({ kind: "line", x1: top, y1: y, x2: wide, y2: y, colour: "line", width: 1 });
    if (y > 8 && [now, ...deeds].every((other) => Math.abs(y - other) > 10))
      strokes.push({ kind: "text", x: top - 5, y: y + 4, text, colour: "dim", size: 11, align: "right" });
  }
  return strokes;
}

/** @param {Stroke} stroke @param {Sheet} sheet @param {number} wide @returns {Stroke[]} */
function turned(stroke, sheet, wide) {
  if (stroke.kind === "line")
    return [{ ...stroke, x1: stroke.y1, y1: stroke.x1, x2: stroke.y2, y2: stroke.x2 }];
  if (stroke.kind === "box") return [{ ...stroke, x: stroke.y, y: stroke.x, w: stroke.h, h: stroke.w }];
  if (stroke.kind === "text") return written(stroke, sheet, wide);
  return [{ ...stroke, x: stroke.y, y: stroke.x }];
}

/** A lane's words, beside it. @param {Text} text @param {Sheet} sheet @param {number} wide @returns {Stroke[]} */
function written(text, { row }, wide) {
  if (text.lane === undefined) return [];
  const room = row - 12;
  const said = [text.text, text.brief ?? text.text].find((words) => textWidth(words, text.size) <= room);
  if (!said) return [];
  const x = Math.min(text.lane + 8, wide - textWidth(said, text.size) - 2);
  return [{ ...text, text: said, x, y: text.x + (text.align ? 4 : 11), align: "left" }];
}

/** @param {ReturnType<typeof deedsOf>[number]} deed @param {number} wide @returns {Stroke[]} */
function deedStrokes({ x: y, colour, words }, wide) {
  return [
    { kind: "line", x1: 0, y1: y, x2: wide, y2: y, colour, width: 1, alpha: 0.8 },
    { kind: "text", x: 4, y: y > 16 ? y - 4 : y + 13, text: words, colour, size: 11, bold: true },
  ];
}
