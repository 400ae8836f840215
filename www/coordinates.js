// Where in the lanes an instant or a place stands.

/** @import { Sheet } from "./timeline.js" */

/** Where the last lane's row ends. @param {Sheet} sheet */
export function bottomOf({ top, row, info }) {
  return top + (info.servers + info.clients) * row;
}

/** @param {Sheet} sheet @param {number} at */
export function xOf({ from, to, width }, at) {
  return ((at - from) / (to - from)) * width;
}

/** The instant (or step) under a point. @param {Pick<Sheet, "from" | "to" | "width">} sheet @param {number} x */
export function atX({ from, to, width }, x) {
  return from + (x / width) * (to - from);
}

/** @param {Sheet} sheet @param {number} lane */
export function yOf({ top, row }, lane) {
  return top + (lane + 0.5) * row;
}
