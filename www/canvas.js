// Strokes on a canvas.

/** @import { Stroke, Box, Line, Text } from "./timeline.js" */

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
  for (const stroke of strokes) paintStroke(brush, stroke, colours, font);
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
 * @param {Brush} brush
 * @param {Stroke} stroke
 * @param {Record<string, string>} colours
 * @param {string} font
 */
function paintStroke(brush, stroke, colours, font) {
  const { pen } = brush;
  brush.set("globalAlpha", "alpha" in stroke ? (stroke.alpha ?? 1) : 1);
  if (stroke.kind === "line") paintLine(brush, stroke, colours);
  else if (stroke.kind === "text") paintText(brush, stroke, colours, font);
  else if (stroke.kind === "box") paintBox(brush, stroke, colours);
  else if (stroke.kind === "dot") {
    pen.beginPath();
    pen.arc(stroke.x, stroke.y, stroke.r, 0, 2 * Math.PI);
    brush.set("fillStyle", stroke.hollow ? colours.surface : colours[stroke.colour]);
    pen.fill();
    if (!stroke.hollow) return;
    brush.line(colours[stroke.colour], 1.6);
    pen.stroke();
  } else {
    pen.beginPath();
    pen.moveTo(stroke.x - 7, stroke.y - 8);
    pen.lineTo(stroke.x + 7, stroke.y - 8);
    pen.lineTo(stroke.x, stroke.y + 1);
    brush.set("fillStyle", colours[stroke.colour]);
    pen.fill();
  }
}

/** @param {Brush} brush @param {Line} stroke @param {Record<string, string>} colours */
function paintLine(brush, stroke, colours) {
  brush.line(colours[stroke.colour], stroke.width, stroke.dash);
  brush.pen.beginPath();
  brush.pen.moveTo(stroke.x1, stroke.y1);
  brush.pen.lineTo(stroke.x2, stroke.y2);
  brush.pen.stroke();
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
