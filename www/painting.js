// A canvas that remembers what is painted on it. It paints what is new and moves what has only moved.

import { measurer, paint, paintParts, shift } from "./canvas.js";
import { damageOf } from "./damage.js";

/** @import { Look } from "./canvas.js" */
/** @import { Box, Point } from "./geometry.js" */
/** @import { Stroke } from "./strokes.js" */

/** @typedef {{ strokes: Stroke[], look: Look, origin: Point, scale: number }} Shown */

/** If more than this share of it is to be painted, all of it is. */
const MOST = 0.6;
/** In so many parts at most, for each is a round of its own: as much work as painting so many pixels more. */
const PARTS = 6;
const ROUND = 2_000;

export class Painting {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {Shown | null} */
    this.shown = null;
    canvas.addEventListener("contextrestored", () => this.forget());
  }

  /** Has all of it painted anew next time. */
  forget() {
    this.shown = null;
  }

  /**
   * @param {Stroke[]} strokes
   * @param {Look} look
   * @param {Point} origin where its left top corner stands in all that it is a cutout of, in whole pixels of the screen
   */
  show(strokes, look, origin) {
    const { canvas, shown } = this;
    const now = { strokes, look, origin, scale: globalThis.devicePixelRatio || 1 };
    const parts = shown ? this.partsOf(shown, now) : null;
    this.shown = now;
    if (!shown || !parts) {
      paint(canvas, strokes, look);
      return;
    }
    const [x, y] = [shown.origin.x - origin.x, shown.origin.y - origin.y];
    if (x || y) shift(canvas, x, y);
    paintParts(canvas, strokes, look, parts);
  }

  /** What has to be painted, if that is less than all. @param {Shown} before @param {Shown} now */
  partsOf(before, now) {
    if (!looksSame(before, now)) return null;
    const { strokes, look, origin, scale } = now;
    const by = { x: (before.origin.x - origin.x) / scale, y: (before.origin.y - origin.y) / scale };
    const size = { w: this.canvas.width / scale, h: this.canvas.height / scale };
    if (Math.abs(by.x) > size.w * MOST || Math.abs(by.y) > size.h * MOST) return null;
    const boxes = damageOf(before.strokes, strokes, by, measurer(this.canvas, look.font));
    const parts = gathered([...boxes, ...bared(by, size)]).flatMap((part) => cutTo(part, size, scale));
    return parts.reduce((sum, part) => sum + areaOf(part), 0) > MOST * size.w * size.h ? null : parts;
  }
}

/** @param {Shown} a @param {Shown} b */
function looksSame(a, b) {
  const [one, two] = [a.look, b.look];
  const sameSize = one.width === two.width && one.height === two.height && a.scale === b.scale;
  return sameSize && one.colours === two.colours && one.font === two.font;
}

/** What comes into sight at the edges when all moves. @param {Point} by @param {{ w: number, h: number }} size @returns {Box[]} */
function bared({ x, y }, { w, h }) {
  return [
    ...(x ? [{ x: x < 0 ? w + x : 0, y: 0, w: Math.abs(x), h }] : []),
    ...(y ? [{ x: 0, y: y < 0 ? h + y : 0, w, h: Math.abs(y) }] : []),
  ];
}

/** A few boxes that cover all of many. @param {Box[]} boxes */
function gathered(boxes) {
  /** @type {Box[]} */
  const parts = [];
  for (const box of boxes) {
    let [at, least] = [-1, Number.POSITIVE_INFINITY];
    parts.forEach((part, n) => {
      const more = growthOf(part, box);
      if (more < least) [at, least] = [n, more];
    });
    if (at >= 0 && (parts.length >= PARTS || least < areaOf(box) + ROUND)) parts[at] = around(parts[at], box);
    else parts.push(box);
  }
  return parts;
}

/** @param {Box} box */
function areaOf({ w, h }) {
  return w * h;
}

/** How much more room it takes to hold another box too. @param {Box} a @param {Box} b */
function growthOf(a, b) {
  const w = Math.max(a.x + a.w, b.x + b.w) - Math.min(a.x, b.x);
  const h = Math.max(a.y + a.h, b.y + b.h) - Math.min(a.y, b.y);
  return w * h - areaOf(a);
}

/** What holds both. @param {Box} a @param {Box} b @returns {Box} */
function around(a, b) {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

/** What of a box is on the canvas, out to whole pixels of the screen. @param {Box} box @param {{ w: number, h: number }} size @param {number} scale @returns {Box[]} */
function cutTo(box, size, scale) {
  const [x, y] = [
    Math.max(0, Math.floor(box.x * scale)) / scale,
    Math.max(0, Math.floor(box.y * scale)) / scale,
  ];
  const w = Math.min(size.w, Math.ceil((box.x + box.w) * scale) / scale) - x;
  const h = Math.min(size.h, Math.ceil((box.y + box.h) * scale) / scale) - y;
  return w > 0 && h > 0 ? [{ x, y, w, h }] : [];
}
