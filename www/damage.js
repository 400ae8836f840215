// Where a picture differs from the one before it: only there it has to be painted. Much the same strokes come in much the
// same order each time; some go, some come, some grow at their ends, and all may have moved along together.

import { looksLike, sameDash } from "./strokes.js";

/** @import { Box, Point } from "./geometry.js" */
/** @import { Box as Panel, Line, Stroke, Text } from "./strokes.js" */

/** How far a text reaches to the left of the point where it stands, and to the right. @typedef {(text: Text) => [number, number]} Measure */

/** How far ahead a stroke is looked for that is not where it was. */
const AHEAD = 160;
/** So many pixels are an error of reckoning and no movement. */
const NOTHING = 1e-5;

/**
 * The room of all that is in one of two pictures and not in the other.
 * @param {Stroke[]} before
 * @param {Stroke[]} after
 * @param {Point} shift how far the first picture has moved since
 * @param {Measure} measure
 * @returns {Box[]}
 */
export function damageOf(before, after, shift, measure) {
  /** @type {Box[]} */
  const boxes = [];
  let [a, b] = [0, 0];
  while (a < before.length || b < after.length) {
    const { gone, come } = step(before, a, after, b, shift);
    if (gone === 1 && come === 1) boxes.push(...changed(moved(before[a], shift), after[b], measure));
    else {
      for (let n = 0; n < gone; n += 1) boxes.push(roomOf(moved(before[a + n], shift), measure));
      for (let n = 0; n < come; n += 1) boxes.push(roomOf(after[b + n], measure));
    }
    a += gone;
    b += come;
    if (gone + come === 0) [a, b] = [a + 1, b + 1];
  }
  return boxes;
}

/**
 * How many strokes of each picture come before the next that both have: none if the next is the same; one of each if it
 * has changed.
 * @param {Stroke[]} before @param {number} a @param {Stroke[]} after @param {number} b @param {Point} shift
 */
function step(before, a, after, b, shift) {
  if (b >= after.length) return { gone: before.length - a, come: 0 };
  if (a >= before.length) return { gone: 0, come: after.length - b };
  if (isSame(before[a], after[b], shift)) return SAME;
  if (isLonger(before[a], after[b], shift)) return CHANGED;
  for (let n = 1; n <= AHEAD; n += 1) {
    if (a + n < before.length && isSame(before[a + n], after[b], shift)) return { gone: n, come: 0 };
    if (b + n < after.length && isSame(before[a], after[b + n], shift)) return { gone: 0, come: n };
  }
  return CHANGED;
}

const SAME = { gone: 0, come: 0 };
const CHANGED = { gone: 1, come: 1 };

/** @param {Stroke} a @param {Stroke} b @param {Point} shift */
function isSame(a, b, { x, y }) {
  if (a.kind === "line")
    return (
      b.kind === "line" &&
      isAt(a.x1 + x, b.x1) &&
      isAt(a.y1 + y, b.y1) &&
      isAt(a.x2 + x, b.x2) &&
      isAt(a.y2 + y, b.y2) &&
      looksLike(a, b)
    );
  if (a.kind !== b.kind || !isAt(a.x + x, b.x) || !isAt(a.y + y, b.y)) return false;
  return sameForm(a, b);
}

/** @param {number} a @param {number} b */
function isAt(a, b) {
  return Math.abs(a - b) < NOTHING;
}

/** All but the place. @param {Exclude<Stroke, Line>} a @param {Stroke} b */
function sameForm(a, b) {
  if (a.kind === "text")
    return (
      b.kind === "text" &&
      a.text === b.text &&
      a.colour === b.colour &&
      a.size === b.size &&
      a.align === b.align &&
      a.bold === b.bold
    );
  if (a.kind === "box") return b.kind === "box" && isAt(a.w, b.w) && isAt(a.h, b.h) && samePaint(a, b);
  if (a.kind === "dot") return b.kind === "dot" && a.r === b.r && looksLike(a, b);
  return b.kind === "head" && a.colour === b.colour;
}

/** @param {Panel} a @param {Panel} b */
function samePaint(a, b) {
  return (
    a.fill === b.fill &&
    a.stroke === b.stroke &&
    a.alpha === b.alpha &&
    a.radius === b.radius &&
    sameDash(a.dash, b.dash)
  );
}

/** @param {Stroke} stroke @param {Point} shift @returns {Stroke} */
function moved(stroke, { x, y }) {
  if (stroke.kind !== "line") return { ...stroke, x: stroke.x + x, y: stroke.y + y };
  const { x1, y1, x2, y2 } = stroke;
  return { ...stroke, x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y };
}

/**
 * Where a stroke differs from the one in its place: only at its ends, if it has become longer or shorter.
 * @param {Stroke} a @param {Stroke} b @param {Measure} measure
 */
function changed(a, b, measure) {
  if (a.kind === "line" && b.kind === "line" && isLonger(a, b, STILL)) return endsOf(a, b);
  if (a.kind === "box" && b.kind === "box" && !a.dash && samePaint(a, b)) return sidesOf(a, b);
  return [roomOf(a, measure), roomOf(b, measure)];
}

const STILL = { x: 0, y: 0 };

/** True for two pieces of one straight line, whose dashes stand at the same places. @param {Stroke} a @param {Stroke} b @param {Point} shift */
function isLonger(a, b, { x, y }) {
  if (a.kind !== "line" || b.kind !== "line" || !looksLike(a, b)) return false;
  const [x1, y1, x2, y2] = [a.x1 + x, a.y1 + y, a.x2 + x, a.y2 + y];
  if (a.dash && !(isAt(x1, b.x1) && isAt(y1, b.y1))) return false;
  const [dx, dy] = [b.x2 - b.x1, b.y2 - b.y1];
  const least = NOTHING * (Math.abs(dx) + Math.abs(dy));
  const aligned =
    Math.abs((x1 - b.x1) * dy - (y1 - b.y1) * dx) < least &&
    Math.abs((x2 - b.x1) * dy - (y2 - b.y1) * dx) < least;
  return aligned && (x2 - x1) * dx + (y2 - y1) * dy > 0;
}

/** @param {Line} a @param {Line} b @returns {Box[]} */
function endsOf(a, b) {
  const pad = Math.max(a.width, b.width) / 2 + 1;
  return [
    ...(isAt(a.x1, b.x1) && isAt(a.y1, b.y1) ? [] : [spanned(a.x1, a.y1, b.x1, b.y1, pad)]),
    ...(isAt(a.x2, b.x2) && isAt(a.y2, b.y2) ? [] : [spanned(a.x2, a.y2, b.x2, b.y2, pad)]),
  ];
}

/** The sides that are elsewhere than they were. @param {Panel} a @param {Panel} b @returns {Box[]} */
function sidesOf(a, b) {
  const pad = (a.radius ?? 0) + 2;
  const [left, top] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const [right, low] = [Math.max(a.x + a.w, b.x + b.w), Math.max(a.y + a.h, b.y + b.h)];
  return [
    ...(isAt(a.x, b.x) ? [] : [spanned(a.x, top, b.x, low, pad)]),
    ...(isAt(a.x + a.w, b.x + b.w) ? [] : [spanned(a.x + a.w, top, b.x + b.w, low, pad)]),
    ...(isAt(a.y, b.y) ? [] : [spanned(left, a.y, right, b.y, pad)]),
    ...(isAt(a.y + a.h, b.y + b.h) ? [] : [spanned(left, a.y + a.h, right, b.y + b.h, pad)]),
  ];
}

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {number} pad @returns {Box} */
function spanned(x1, y1, x2, y2, pad) {
  const [x, y] = [Math.min(x1, x2) - pad, Math.min(y1, y2) - pad];
  return { x, y, w: Math.abs(x2 - x1) + 2 * pad, h: Math.abs(y2 - y1) + 2 * pad };
}

/** What a stroke covers, and a little more. @param {Stroke} stroke @param {Measure} measure @returns {Box} */
export function roomOf(stroke, measure) {
  const { kind } = stroke;
  if (kind === "line") return spanned(stroke.x1, stroke.y1, stroke.x2, stroke.y2, stroke.width / 2 + 1);
  const { x, y } = stroke;
  if (kind === "box") return spanned(x, y, x + stroke.w, y + stroke.h, 2);
  if (kind === "dot") return spanned(x, y, x, y, stroke.r + 2);
  if (kind === "head") return spanned(x - 7, y - 8, x + 7, y + 1, 1);
  const [left, right] = measure(stroke);
  return spanned(x - left, y - stroke.size, x + right, y + stroke.size / 3, 3);
}
