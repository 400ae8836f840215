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
 * @property {number} seen how far the runs may be seen
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
  const { comparison, infos, windows, width, row, from, to, seen } = bands;
  const at = comparison.until;
  const window = seen < at ? asSeen(windows[side], seen) : windows[side];
  return { window, info: infos[side], width, row, from, to, at, top, scale: "time" };
}

/** A timeline of which no more was seen: what clients will be told is not told yet. @param {TimelineWindow} window @param {number} seen @returns {TimelineWindow} */
function asSeen(window, seen) {
  const ops = window.ops.map((op) =>
    op.to !== null && op.to > seen ? { ...op, outcome: /** @type {const} */ ("pending") } : op,
  );
  return { ...window, ops };
}

/** How much there is to be made out in the bands. @param {Bands} bands */
export function knownOf({ comparison, windows, seen }) {
  const ends = windows.flatMap(({ ops }) => ops.map(({ to }) => to ?? comparison.until));
  return [...instantsOf(comparison), ...ends].filter((at) => at <= seen).length;
}

/** All that does not move with the playhead. @param {Bands} bands @returns {Stroke[]} */
export function bandStrokes(bands) {
  const { comparison, infos } = bands;
  const tops = topsOf(bands);
  const bottom = tops[infos.length];
  return [
    ...axisStrokes(sheetOf(bands, 0, HEAD), bottom).filter(({ kind }) => kind === "line"),
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
  if (end > bands.seen) return strokes; // how long it is, is not known yet
  const word = again === null ? "no leader again" : `no leader for ${formatTime(round(end - lost))}`;
  const brief = formatTime(round(end - lost));
  const fits = [word, brief].find((text) => textWidth(text, SIZE) + 8 < x2 - x1);
  if (fits) strokes.push(words(x1 + 5, bar.y + 11.5, fits));
  if (again === null || answer === null || answer < again || answer > bands.seen) return strokes;
  const [y, x3] = [bar.y + bar.h / 2, x(answer)];
  const line = { kind: /** @type {const} */ ("line"), colour: "ink", width: 1.4 };
  strokes.push(
    { ...line, x1: x2, y1: y, x2: x3, y2: y, dash: [3, 3] },
    { ...line, x1: x3, y1: bar.y, x2: x3, y2: bar.y + bar.h },
  );
  const after = formatTime(round(answer - lost));
  const told = fits
    ? [`first answer after ${after}`, after]
    : [`${word}, first answer after ${after}`, `${brief}, first answer after ${after}`, `${brief}, ${after}`];
  const edge = bands.seen < bands.comparison.until ? Math.min(bands.width, x(bands.seen)) : bands.width;
  const room = told.find((text) => x3 + 5 + textWidth(text, SIZE) < edge);
  if (room) strokes.push(words(x3 + 5, bar.y + 11.5, room));
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
    const text = `${shown.join(", ")}${more ? ` and ${more} more` : ""}`;
    return { at, harm: harm.length > 0, text, brief: shown[0] };
  });
}

/**
 * Through all bands; and above them in words, as far as there is room, harm first.
 * @param {Bands} bands
 * @param {number} bottom
 * @returns {Stroke[]}
 */
export function faultStrokes(bands, bottom) {
  const seen = together(bands.comparison.faults.filter(({ at }) => at <= bands.seen))
    .map((fault) => ({ ...fault, x: xOf(sheetOf(bands, 0, 0), fault.at) }))
    .filter(({ x }) => x >= 0 && x <= bands.width);
  /** @type {[number, number][]} */
  const taken = differenceAt(bands).map((x) => [x - 8, x + 8]);
  const words = [...seen]
    .sort((a, b) => Number(b.harm) - Number(a.harm))
    .flatMap(({ x, harm, text, brief }) => {
      const spots = [text, brief].flatMap((said) => {
        const wide = textWidth(said, SIZE);
        return [x + 4, x - 4 - wide].map((from) => ({ said, from, to: from + wide }));
      });
      const spot = spots.find(
        ({ from, to }) =>
          from >= 0 && to <= bands.width && taken.every(([a, b]) => from > b + 6 || to < a - 6),
      );
      if (!spot) return [];
      taken.push([spot.from, spot.to]);
      return [label(spot.from, spot.said, harm ? "red" : "dim")];
    });
  const lines = seen.map(({ x, harm }) => ({
    kind: /** @type {const} */ ("line"),
    x1: x,
    y1: 17,
    x2: x,
    y2: bottom,
    colour: harm ? "red" : "dim",
    width: 1.2,
    alpha: 0.85,
  }));
  return [...lines, ...words];
}

/** @param {number} x @param {string} text @param {string} colour @returns {Stroke} */
function label(x, text, colour) {
  return { kind: "text", x, y: 14, text, colour, size: SIZE, bold: true };
}

/** Where the runs part, if that is in sight. @param {Bands} bands */
function differenceAt(bands) {
  const { difference } = bands.comparison;
  const known = difference && difference.at <= bands.seen;
  const x = known ? xOf(sheetOf(bands, 0, 0), difference.at) : -1;
  return x < 0 || x > bands.width ? [] : [x];
}

/** @param {Bands} bands @param {number} bottom @returns {Stroke[]} */
function differenceStrokes(bands, bottom) {
  return differenceAt(bands).flatMap((x) => [
    { kind: "line", x1: x, y1: 17, x2: x, y2: bottom, colour: "ink", width: 1, dash: [1, 3] },
    { ...label(x, "≠", "ink"), size: 15, align: "center" },
  ]);
}

/** What can be made out in the bands changes when one of these instants is seen. @param {Comparison} comparison */
export function instantsOf({ sides, faults, difference }) {
  const gaps = sides.flatMap(({ gaps }) => gaps.flatMap(({ lost, again, answer }) => [lost, again, answer]));
  const all = [difference?.at ?? null, ...faults.map(({ at }) => at), ...gaps];
  return all.filter((at) => at !== null);
}

/** The playhead through all bands, and a veil over what is to come: what was never seen is not seen through it. @param {Bands} bands @param {number} at @returns {Stroke[]} */
export function headStrokes(bands, at) {
  const tops = topsOf(bands);
  const bottom = tops[bands.infos.length];
  const sheet = { ...sheetOf(bands, 0, HEAD), at: round(at) };
  const x = xOf(sheet, at);
  const unseen = Math.max(x, xOf(sheet, bands.seen));
  const veil = { kind: /** @type {const} */ ("box"), y: HEAD, h: bottom - HEAD + 2, fill: "surface" };
  return [
    { ...veil, x, w: Math.max(0, Math.min(unseen, bands.width) - x), alpha: 0.55 },
    { ...veil, x: unseen, w: bands.seen < bands.comparison.until ? Math.max(0, bands.width - unseen) : 0 },
    { kind: "line", x1: x, y1: 8, x2: x, y2: bottom + 4, colour: "accent", width: 2 },
    { kind: "head", x, y: 9, colour: "accent" },
    ...axisStrokes(sheet, bottom).filter(({ kind }) => kind === "text"),
    ...playheadStrokes(sheet, bottom),
  ];
}
