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
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  for (const stroke of strokes) paintStroke(pen, stroke, colours, font);
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Stroke} stroke
 * @param {Record<string, string>} colours
 * @param {string} font
 */
function paintStroke(pen, stroke, colours, font) {
  pen.globalAlpha = "alpha" in stroke ? (stroke.alpha ?? 1) : 1;
  if (stroke.kind === "line") paintLine(pen, stroke, colours);
  else if (stroke.kind === "text") paintText(pen, stroke, colours, font);
  else if (stroke.kind === "box") paintBox(pen, stroke, colours);
  else if (stroke.kind === "dot") {
    pen.beginPath();
    pen.arc(stroke.x, stroke.y, stroke.r, 0, 2 * Math.PI);
    pen.fillStyle = stroke.hollow ? colours.surface : colours[stroke.colour];
    pen.fill();
    if (stroke.hollow) line(pen, colours[stroke.colour], 1.6, []);
  } else {
    pen.beginPath();
    pen.moveTo(stroke.x - 7, stroke.y - 8);
    pen.lineTo(stroke.x + 7, stroke.y - 8);
    pen.lineTo(stroke.x, stroke.y + 1);
    pen.fillStyle = colours[stroke.colour];
    pen.fill();
  }
}

/** @param {CanvasRenderingContext2D} pen @param {string} colour @param {number} width @param {number[]} dash */
function line(pen, colour, width, dash) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.stroke();
}

/** @param {CanvasRenderingContext2D} pen @param {Line} stroke @param {Record<string, string>} colours */
function paintLine(pen, stroke, colours) {
  pen.beginPath();
  pen.moveTo(stroke.x1, stroke.y1);
  pen.lineTo(stroke.x2, stroke.y2);
  line(pen, colours[stroke.colour], stroke.width, stroke.dash ?? []);
}

/** @param {CanvasRenderingContext2D} pen @param {Text} stroke @param {Record<string, string>} colours @param {string} font */
function paintText(pen, stroke, colours, font) {
  pen.font = `${stroke.bold ? 600 : 400} ${stroke.size}px ${font}`;
  pen.textAlign = stroke.align ?? "left";
  pen.setLineDash([]);
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = colours.surface;
  pen.strokeText(stroke.text, stroke.x, stroke.y);
  pen.fillStyle = colours[stroke.colour];
  pen.fillText(stroke.text, stroke.x, stroke.y);
}

/** @param {CanvasRenderingContext2D} pen @param {Box} stroke @param {Record<string, string>} colours */
function paintBox(pen, stroke, colours) {
  pen.beginPath();
  pen.roundRect(stroke.x, stroke.y, stroke.w, stroke.h, stroke.radius ?? 0);
  pen.fillStyle = colours[stroke.fill];
  pen.fill();
  if (stroke.stroke) line(pen, colours[stroke.stroke], 1, stroke.dash ?? []);
}
