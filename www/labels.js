// Puts words where they cover nothing: each label has places it would like, best first. One that finds none is left out.

import { meet } from "./geometry.js";

/** @import { Box, Point } from "./geometry.js" */

/**
 * @typedef {object} Label
 * @property {string} key
 * @property {number} w
 * @property {number} h
 * @property {Iterable<Point>} wishes centres, best first
 * @property {string} [instead] the label that it stands in for, where that finds no place
 */

/** Widths at size 1 of texts that were measured: the same ones are asked for in every picture. @type {Map<string, number>} */
const widths = new Map();
const MOST_WIDTHS = 2_000;

/**
 * The width of a text, near enough: the headless half has no fonts.
 * @param {string} text
 * @param {number} size in pixels
 */
export function textWidth(text, size) {
  const known = widths.get(text);
  if (known !== undefined) return known * size;
  if (widths.size >= MOST_WIDTHS) widths.clear();
  const units = unitsOf(text);
  widths.set(text, units);
  return units * size;
}

/** @param {string} text */
function unitsOf(text) {
  let units = 0;
  for (const char of text) {
    if (/[ilI.,:;'|!]/.test(char)) units += 0.31;
    else if (/[frtj() -]/.test(char)) units += 0.38;
    else if (/[mwMW%@●○]/.test(char)) units += 0.88;
    else if (/[A-Z]/.test(char)) units += 0.7;
    else units += char.charCodeAt(0) > 0x2000 ? 1 : 0.58;
  }
  return units;
}

/**
 * @param {Label[]} labels in order of importance
 * @param {Box[]} obstacles
 * @param {Box} bounds
 * @param {Box[]} [busy] where something will be that is elsewhere now: free if nothing else is
 * @returns {Map<string, Point>} the centres of those that found a place
 */
export function placeLabels(labels, obstacles, bounds, busy = []) {
  const taken = [...obstacles];
  /** @type {Map<string, Point>} */
  const places = new Map();
  for (const label of labels) {
    if (label.instead && places.has(label.instead)) continue;
    const spot = bestPlace(label, taken, busy, bounds);
    if (!spot) continue;
    places.set(label.key, spot);
    taken.push(boxAt(label, spot));
  }
  return places;
}

/** @param {Label} label @param {Box[]} taken @param {Box[]} busy @param {Box} bounds */
function bestPlace(label, taken, busy, bounds) {
  let second = null;
  for (const wish of label.wishes) {
    const spot = inside(wish, label, bounds);
    const box = boxAt(label, spot);
    if (!isFree(box, taken)) continue;
    if (isFree(box, busy)) return spot;
    second ??= spot;
  }
  return second;
}

/** @param {Box} box @param {Box[]} taken */
function isFree(box, taken) {
  return taken.every((other) => !meet(box, other));
}

/** @param {{ w: number, h: number }} size @param {Point} centre @returns {Box} */
export function boxAt({ w, h }, { x, y }) {
  return { x: x - w / 2, y: y - h / 2, w, h };
}

/** @param {Point} spot @param {{ w: number, h: number }} size @param {Box} bounds */
function inside({ x, y }, { w, h }, bounds) {
  const clamp = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) =>
    Math.max(low, Math.min(Math.max(low, high), value));
  return {
    x: clamp(x, bounds.x + w / 2, bounds.x + bounds.w - w / 2),
    y: clamp(y, bounds.y + h / 2, bounds.y + bounds.h - h / 2),
  };
}
