// Strokes on a canvas.

import { roomOf } from "./damage.js";
import { meet } from "./geometry.js";
import { looksLike } from "./strokes.js";

/** @import { Box } from "./geometry.js" */
/** @import { Box as Panel, Dot, Head, Line, Stroke, Text } from "./strokes.js" */

/**
 * @typedef {object} Look
 * @property {number} width in CSS pixels
 * @property {number} height in CSS pixels
 * @property {Record<string, string>} colours
 * @property {string} font its families
 */

/**
 * Paints all of a canvas anew.
 * @param {HTMLCanvasElement} canvas
 * @param {Stroke[]} strokes
 * @param {Look} look
 */
export function paint(canvas, strokes, look) {
  const scale = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(look.width * scale), Math.round(look.height * scale)];
  if (canvas.width !== w || canvas.height !== h) {
    [canvas.width, canvas.height] = [w, h];
    brushes.delete(canvas); // a canvas of another size forgets all
  }
  const brush = brushOf(canvas);
  if (!brush) return;
  brush.pen.setTransform(scale, 0, 0, scale, 0, 0);
  brush.pen.clearRect(0, 0, look.width, look.height);
  for (const run of runsOf(strokes)) paintRun(brush, run, look);
}

/**
 * Paints parts of a canvas anew. What stands in them may reach beyond.
 * @param {HTMLCanvasElement} canvas
 * @param {Stroke[]} strokes all that is on it
 * @param {Look} look
 * @param {Box[]} parts with edges between pixels
 */
export function paintParts(canvas, strokes, look, parts) {
  const brush = brushOf(canvas);
  if (!brush || parts.length === 0) return;
  const measure = measurer(canvas, look.font);
  brush.within(parts, () => {
    for (const run of runsOf(strokes)) {
      const seen = run.filter((stroke) => touches(stroke, parts, measure));
      if (seen.length > 0) paintRun(brush, seen, look);
    }
  });
}

/** Most strokes are lines: where one is, is told without a box for each. @param {Stroke} stroke @param {Box[]} parts @param {import("./damage.js").Measure} measure */
function touches(stroke, parts, measure) {
  if (stroke.kind !== "line") {
    const room = roomOf(stroke, measure);
    return parts.some((part) => meet(room, part));
  }
  const { x1, y1, x2, y2 } = stroke;
  const pad = stroke.width / 2 + 1;
  for (const { x, y, w, h } of parts) {
    const across = Math.min(x1, x2) - pad < x + w && Math.max(x1, x2) + pad > x;
    if (across && Math.min(y1, y2) - pad < y + h && Math.max(y1, y2) + pad > y) return true;
  }
  return false;
}

/** What measures words in a font as a canvas writes them. @param {HTMLCanvasElement} canvas @param {string} font @returns {import("./damage.js").Measure} */
export function measurer(canvas, font) {
  const brush = brushOf(canvas);
  return (text) => brush?.reach(text, font) ?? [0, 0];
}

/** Moves all that is painted on a canvas by whole pixels of the screen. @param {HTMLCanvasElement} canvas @param {number} x @param {number} y */
export function shift(canvas, x, y) {
  const pen = brushOf(canvas)?.pen;
  if (!pen) return;
  pen.save();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.globalAlpha = 1;
  pen.globalCompositeOperation = "copy";
  pen.drawImage(canvas, x, y);
  pen.restore();
}

/** Lines and dots that look alike, as far as they follow one another; all else by itself. @param {Stroke[]} strokes */
function runsOf(strokes) {
  /** @type {Stroke[][]} */
  const runs = [];
  for (const stroke of strokes) {
    const run = runs.at(-1);
    if (run && looksLike(run[0], stroke)) run.push(stroke);
    else runs.push([stroke]);
  }
  return runs;
}

/** @type {WeakMap<HTMLCanvasElement, Brush>} */
const brushes = new WeakMap();

/** @param {HTMLCanvasElement} canvas */
function brushOf(canvas) {
  const known = brushes.get(canvas);
  if (known) return known;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  const brush = new Brush(pen);
  brushes.set(canvas, brush);
  return brush;
}

/** A pen that is told only what is new to it: most strokes are like the one before. */
class Brush {
  /** @param {CanvasRenderingContext2D} pen */
  constructor(pen) {
    this.pen = pen;
    /** @type {Record<string, unknown>} */
    this.told = {};
    /** @type {number[]} */
    this.dash = [];
    /** @type {Map<string, [number, number]>} */
    this.reaches = new Map();
    this.family = "";
    pen.setLineDash([]);
    pen.lineJoin = "round";
  }

  /** @param {"globalAlpha" | "strokeStyle" | "fillStyle" | "lineWidth" | "font" | "textAlign"} name @param {string | number} value */
  set(name, value) {
    if (this.told[name] === value) return;
    this.told[name] = value;
    /** @type {Record<string, string | number>} */ (/** @type {unknown} */ (this.pen))[name] = value;
  }

  /** @param {string} colour @param {number} width @param {number[]} [dash] */
  line(colour, width, dash = NO_DASH) {
    this.set("strokeStyle", colour);
    this.set("lineWidth", width);
    if (dash.length > 0 || this.dash.length > 0) this.pen.setLineDash(dash);
    this.dash = dash;
  }

  /** @param {Text} text @param {string} font */
  write({ bold, size, align }, font) {
    this.set("font", `${bold ? 600 : 400} ${size}px ${font}`);
    this.set("textAlign", align ?? "left");
  }

  /** How far a text reaches to the left of the point where it stands, and to the right. @param {Text} text @param {string} font @returns {[number, number]} */
  reach(text, font) {
    const key = `${text.text} ${text.align} ${text.bold ? text.size : -text.size}`;
    if (font !== this.family || this.reaches.size >= MOST_REACHES) this.reaches.clear();
    this.family = font;
    const known = this.reaches.get(key);
    if (known) return known;
    this.write(text, font);
    const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right } = this.pen.measureText(text.text);
    this.reaches.set(key, [left, right]);
    return [left, right];
  }

  /** Wipes some parts, and does something that leaves all but them as it is. @param {Box[]} parts @param {() => void} work */
  within(parts, work) {
    const { pen, dash } = this;
    const told = { ...this.told };
    pen.save();
    pen.beginPath();
    for (const { x, y, w, h } of parts) pen.rect(x, y, w, h);
    pen.clip();
    for (const { x, y, w, h } of parts) pen.clearRect(x, y, w, h);
    work();
    pen.restore();
    Object.assign(this, { told, dash });
  }
}

/** Words whose room is known: the same ones are asked for in every picture. */
const MOST_REACHES = 1_000;

/** @type {number[]} */
const NO_DASH = [];

/**
 * Strokes that follow one another and look the same, as one path.
 * @param {Brush} brush
 * @param {Stroke[]} strokes
 * @param {Look} look
 */
function paintRun(brush, strokes, { colours, font }) {
  const [stroke] = strokes;
  brush.set("globalAlpha", "alpha" in stroke ? (stroke.alpha ?? 1) : 1);
  if (stroke.kind === "line") paintLines(brush, /** @type {Line[]} */ (strokes), colours);
  else if (stroke.kind === "dot") paintDots(brush, /** @type {Dot[]} */ (strokes), colours);
  else if (stroke.kind === "text") paintText(brush, stroke, colours, font);
  else if (stroke.kind === "box") paintBox(brush, stroke, colours);
  else paintHead(brush, stroke, colours);
}

/** @param {Brush} brush @param {Line[]} lines @param {Record<string, string>} colours */
function paintLines(brush, lines, colours) {
  const [{ colour, width, dash }] = lines;
  const { pen } = brush;
  brush.line(colours[colour], width, dash);
  pen.beginPath();
  for (const { x1, y1, x2, y2 } of lines) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
}

/** @param {Brush} brush @param {Dot[]} dots @param {Record<string, string>} colours */
function paintDots(brush, dots, colours) {
  const [{ colour, hollow }] = dots;
  const { pen } = brush;
  pen.beginPath();
  for (const { x, y, r } of dots) {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
  }
  brush.set("fillStyle", hollow ? colours.surface : colours[colour]);
  pen.fill();
  if (!hollow) return;
  brush.line(colours[colour], 1.6);
  pen.stroke();
}

/** @param {Brush} brush @param {Head} head @param {Record<string, string>} colours */
function paintHead(brush, { x, y, colour }, colours) {
  const { pen } = brush;
  pen.beginPath();
  pen.moveTo(x - 7, y - 8);
  pen.lineTo(x + 7, y - 8);
  pen.lineTo(x, y + 1);
  brush.set("fillStyle", colours[colour]);
  pen.fill();
}

/** @param {Brush} brush @param {Text} stroke @param {Record<string, string>} colours @param {string} font */
function paintText(brush, stroke, colours, font) {
  brush.write(stroke, font);
  brush.line(colours.surface, 3);
  brush.pen.strokeText(stroke.text, stroke.x, stroke.y);
  brush.set("fillStyle", colours[stroke.colour]);
  brush.pen.fillText(stroke.text, stroke.x, stroke.y);
}

/** @param {Brush} brush @param {Panel} stroke @param {Record<string, string>} colours */
function paintBox(brush, stroke, colours) {
  brush.pen.beginPath();
  brush.pen.roundRect(stroke.x, stroke.y, stroke.w, stroke.h, stroke.radius ?? 0);
  brush.set("fillStyle", colours[stroke.fill]);
  brush.pen.fill();
  if (!stroke.stroke) return;
  brush.line(colours[stroke.stroke], 1, stroke.dash);
  brush.pen.stroke();
}
