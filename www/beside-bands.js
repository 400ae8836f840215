// The bands: one timeline for each protocol below one another, under one axis, with what was done drawn through all.

import { axisStrokes, playheadStrokes } from "./axis.js";
import { xOf } from "./coordinates.js";
import { textWidth } from "./labels.js";
import { happenings } from "./timeline.js";
import { formatTime } from "./words.js";

/** @import { BesideSide, Comparison, Info, TimelineWindow } from "./engine-types" */
/** @import { Stroke } from "./strokes.js" */
/** @import { Sheet } from "./timeline.js" */

/** Above all bands: what was done. Above each band's lanes: its stretches without a leader. Below all: the axis. */
export const HEAD = 24;
export const STRIP = 30;
export const AXIS = 26;

const SIZE = 11;
/** What takes something away. */
const HARM = /^(cut|crash|partition|drop|wipe)\b/;

/**
 * @typedef {object} Bands
 * @property {Comparison} comparison
 * @property {Info[]} infos
 * @property {TimelineWindow[]} windows
 * @property {number} width
 * @property {number} row the height of a lane's row
 * @property {number} from what the left edge shows
 * @property {number} to what the right edge shows
 */

/** How high a band is. @param {Info} info @param {number} row */
export function bandHeight(info, row) {
  return STRIP + (info.servers + info.clients) * row;
}

/** Where each band begins, and where the last one ends. @param {Pick<Bands, "infos" | "row">} bands */
export function topsOf({ infos, row }) {
  const tops = [HEAD];
  for (const [n, info] of infos.entries()) tops.push(tops[n] + bandHeight(info, row));
  return tops;
}

/** @param {Bands} bands @param {number} side @param {number} top @returns {Sheet} */
function sheetOf(bands, side, top) {
  const { comparison, infos, windows, width, row, from, to } = bands;
  const at = comparison.until;
  return { window: windows[side], info: infos[side], width, row, from, to, at, top, scale: "time" };
}

/** All that does not move with the playhead. @param {Bands} bands @returns {Stroke[]} */
export function bandStrokes(bands) {
  const { comparison, infos } = bands;
  const tops = topsOf(bands);
  const bottom = tops[infos.length];
  return [
    ...axisStrokes({ ...sheetOf(bands, 0, HEAD), at: bands.to }, bottom),
    ...comparison.sides.flatMap((side, n) => [
      ...(n > 0 ? [edge(bands, tops[n])] : []),
      ...happenings(sheetOf(bands, n, tops[n] + STRIP)),
      ...side.gaps.flatMap((gap) => gapStrokes(gap, bands, tops[n])),
    ]),
    ...faultStrokes(bands, bottom),
    ...differenceStrokes(bands, bottom),
  ];
}

/** @param {Bands} bands @param {number} y @returns {Stroke} */
function edge({ width }, y) {
  return { kind: "line", x1: 0, y1: y, x2: width, y2: y, colour: "faint", width: 1 };
}

/**
 * The bars between the milestones: leader lost, leader again, first answer.
 * @param {BesideSide["gaps"][number]} gap
 * @param {Bands} bands
 * @param {number} top
 * @returns {Stroke[]}
 */
export function gapStrokes({ lost, again, answer }, bands, top) {
  const x = (/** @type {number} */ at) => xOf(sheetOf(bands, 0, top), at);
  const end = again ?? bands.comparison.until;
  const bar = { kind: /** @type {const} */ ("box"), y: top + 8, h: 15, radius: 3 };
  const [x1, x2] = [x(lost), x(end)];
  /** @type {Stroke[]} */
  const strokes = [{ ...bar, x: x1, w: Math.max(2, x2 - x1), fill: "press", stroke: "ink" }];
  const word = again === null ? "no leader again" : `no leader for ${formatTime(round(end - lost))}`;
  const brief = formatTime(round(end - lost));
  const fits = [word, brief].find((text) => textWidth(text, SIZE) + 8 < x2 - x1);
  if (fits) strokes.push(words(x1 + 5, bar.y + 11.5, fits));
  if (again === null || answer === null || answer < again) return strokes;
  const [y, x3] = [bar.y + bar.h / 2, x(answer)];
  const line = { kind: /** @type {const} */ ("line"), colour: "ink", width: 1.4 };
  strokes.push(
    { ...line, x1: x2, y1: y, x2: x3, y2: y, dash: [3, 3] },
    { ...line, x1: x3, y1: bar.y, x2: x3, y2: bar.y + bar.h },
  );
  const told = `${fits ? "" : `${word}, `}first answer after ${formatTime(round(answer - lost))}`;
  if (x3 + 5 + textWidth(told, SIZE) < bands.width) strokes.push(words(x3 + 5, bar.y + 11.5, told));
  return strokes;
}

/** Whole milliseconds. @param {number} micros */
function round(micros) {
  return Math.round(micros / 1000) * 1000;
}

/** @param {number} x @param {number} y @param {string} text @returns {Stroke} */
function words(x, y, text) {
  return { kind: "text", x, y, text, colour: "ink", size: SIZE };
}

/** What was done at the same instant, in one line. @param {Comparison["faults"]} faults */
export function together(faults) {
  /** @type {Map<number, string[]>} */
  const instants = new Map();
  for (const { at, text } of faults) instants.set(at, [...(instants.get(at) ?? []), text]);
  return [...instants].map(([at, texts]) => {
    const harm = texts.filter((text) => HARM.test(text));
    const shown = harm.length ? harm : texts.slice(0, 1);
    const more = texts.length - shown.length;
    return { at, harm: harm.length > 0, text: `${shown.join(", ")}${more ? ` and ${more} more` : ""}` };
  });
}

/** Through all bands. @param {Bands} bands @param {number} bottom @returns {Stroke[]} */
export function faultStrokes(bands, bottom) {
  let free = Number.NEGATIVE_INFINITY;
  return together(bands.comparison.faults).flatMap(({ at, harm, text }) => {
    const x = xOf(sheetOf(bands, 0, 0), at);
    const colour = harm ? "red" : "dim";
    if (x < 0 || x > bands.width) return [];
    /** @type {Stroke[]} */
    const strokes = [{ kind: "line", x1: x, y1: 17, x2: x, y2: bottom, colour, width: 1.2, alpha: 0.85 }];
    const wide = textWidth(text, SIZE);
    const right = x + 4 + wide < bands.width;
    const start = right ? x + 4 : x - 4 - wide;
    if (start < free) return strokes;
    free = start + wide + 8;
    strokes.push({ kind: "text", x: start, y: 14, text, colour, size: SIZE, bold: true });
    return strokes;
  });
}

/** @param {Bands} bands @param {number} bottom @returns {Stroke[]} */
function differenceStrokes(bands, bottom) {
  const { difference } = bands.comparison;
  if (!difference) return [];
  const x = xOf(sheetOf(bands, 0, 0), difference.at);
  if (x < 0 || x > bands.width) return [];
  return [
    { kind: "line", x1: x, y1: HEAD, x2: x, y2: bottom, colour: "ink", width: 1, dash: [1, 3] },
    { kind: "text", x, y: HEAD - 4, text: "≠", colour: "ink", size: 14, bold: true, align: "center" },
  ];
}

/** The playhead through all bands, and a veil over what is to come. @param {Bands} bands @param {number} at @returns {Stroke[]} */
export function headStrokes(bands, at) {
  const tops = topsOf(bands);
  const bottom = tops[bands.infos.length];
  const sheet = { ...sheetOf(bands, 0, HEAD), at };
  const x = xOf(sheet, at);
  return [
    {
      kind: "box",
      x,
      y: HEAD,
      w: Math.max(0, bands.width - x),
      h: bottom - HEAD + 2,
      fill: "surface",
      alpha: 0.55,
    },
    { kind: "line", x1: x, y1: 8, x2: x, y2: bottom + 4, colour: "accent", width: 2 },
    { kind: "head", x, y: 9, colour: "accent" },
    ...playheadStrokes(sheet, bottom),
  ];
}
