// Routine messages, which are too many to be drawn one by one: each round of them is a little comb on its sender's lane, and
// those that the reader points at open.

import { xOf, yOf } from "./coordinates.js";
import { Recent } from "./recent.js";
import { line } from "./strokes.js";
import { MESSAGE, rows, WIDTHS } from "./window-rows.js";

/** @import { Stroke } from "./strokes.js" */
/** @import { Sheet } from "./timeline.js" */

/** How near to the pointer routine messages open, in pixels. */
const OPENS = 60;
const TOOTH = { colour: "dim", width: 1, alpha: 0.65 };
/** More lanes than there can be. */
const MOST_LANES = 64;

/** @param {Sheet} sheet @returns {Stroke[]} */
export function combsOf(sheet) {
  const { comb, messages } = sheet.window;
  const combs = [...rows(comb, WIDTHS.comb), ...roundsOf(rows(messages, WIDTHS.messages), sheet)];
  return combs.flatMap((row) => combStrokes(row, sheet));
}

/** Whether a message is drawn as a tooth of a comb: a routine one that arrives, unless the reader points at it. @param {number[]} row @param {Sheet} sheet */
export function isFolded([, , , sent, ended, flags], sheet) {
  if (!(flags & MESSAGE.routine) || flags & MESSAGE.lost) return false;
  const { hover } = sheet;
  if (hover == null) return true;
  const near = (/** @type {number} */ at) => Math.abs(xOf(sheet, at) - hover) < OPENS;
  return !(near(sent) || near(ended));
}

/** Of messages that were asked for, the rounds while the reader points at none. @type {Recent<number[][], number[][]>} */
const unopened = new Recent(4);

/** The rounds of those messages that are folded: [lane, when, how many], answers not counted. @param {number[][]} messages @param {Sheet} sheet */
function roundsOf(messages, sheet) {
  const fresh = () => roundsAmong(messages.filter((message) => isFolded(message, sheet)));
  return sheet.hover == null ? unopened.get(messages, fresh) : fresh();
}

/** @param {number[][]} messages */
function roundsAmong(messages) {
  /** @type {Map<number, number[]>} */
  const rounds = new Map();
  for (const [, lane, , sent, , flags] of messages) {
    if (flags & MESSAGE.reply) continue;
    const key = sent * MOST_LANES + lane;
    const round = rounds.get(key) ?? [lane, sent, 0];
    round[2] += 1;
    rounds.set(key, round);
  }
  return [...rounds.values()];
}

/** Routine rounds, three little teeth each. @param {number[]} row @param {Sheet} sheet @returns {Stroke[]} */
function combStrokes([lane, at, count], sheet) {
  const [x, y] = [xOf(sheet, at), yOf(sheet, lane) + sheet.row * 0.24];
  const teeth = Math.min(3, Math.max(1, count));
  return Array.from({ length: teeth }, (_, n) => line(x + (n - 1) * 3, y, x + (n - 1) * 3, y + 5, TOOTH));
}
