// Strokes on a canvas.

import { looksLike } from "./strokes.js";

/** @import { Stroke, Box, Dot, Head, Line, Text } from "./strokes.js" */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width in CSS pixels
 * @param {number} height in CSS pixels
 * @param {Stroke[]} strokes
 * @param {Record<string, string>} colours
 * @param {string} font its families
 */
export function paint(canvas, width, height, strokes, colours, font) {
  const scale = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== w || canvas.height !== h) {
    [canvas.width, canvas.height] = [w, h];
    brushes.delete(canvas); // a canvas of another size forgets all
  }
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const brush = brushes.get(canvas) ?? new Brush(pen);
  brushes.set(canvas, brush);
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  for (const run of runsOf(strokes)) paintRun(brush, run, colours, font);
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

/** A pen that is told only what is new to it: most strokes are like the one before. */
class Brush {
  /** @param {CanvasRenderingContext2D} pen */
  constructor(pen) {
    this.pen = pen;
    /** @type {Record<string, unknown>} */
    this.told = {};
    /** @type {number[]} */
    this.dash = [];
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
}

/** @type {number[]} */
const NO_DASH = [];

/**
 * Strokes that follow one another and look the same, as one path.
 * @param {Brush} brush
 * @param {Stroke[]} strokes
 * @param {Record<string, string>} colours
 * @param {string} font
 */
function paintRun(brush, strokes, colours, font) {
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
  brush.set("font", `${stroke.bold ? 600 : 400} ${stroke.size}px ${font}`);
  brush.set("textAlign", stroke.align ?? "left");
  brush.line(colours.surface, 3);
  brush.pen.strokeText(stroke.text, stroke.x, stroke.y);
  brush.set("fillStyle", colours[stroke.colour]);
  brush.pen.fillText(stroke.text, stroke.x, stroke.y);
}

/** @param {Brush} brush @param {Box} stroke @param {Record<string, string>} colours */
function paintBox(brush, stroke, colours) {
  brush.pen.beginPath();
  brush.pen.roundRect(stroke.x, stroke.y, stroke.w, stroke.h, stroke.radius ?? 0);
  brush.set("fillStyle", colours[stroke.fill]);
  brush.pen.fill();
  if (!stroke.stroke) return;
  brush.line(colours[stroke.stroke], 1, stroke.dash);
  brush.pen.stroke();
}
