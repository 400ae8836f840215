// The ways of messages between two places, before anything stands in them.

import { along, link } from "./geometry.js";
import { spotOf } from "./layout.js";

/** @import { Bend, Box, Point } from "./geometry.js" */

/** How many places of a way are looked at. */
const SAMPLES = 16;
/** Half the size of a message's head, and a little more. */
export const HEAD = 8;

/** The way from one server to another. @param {import("./layout.js").Layout} plan @param {string} from @param {string} to */
export function between(plan, from, to) {
  return link(spotOf(plan, from), spotOf(plan, to), plan.radius + 11, plan.radius + 11);
}

/** @param {Bend} bend */
export function samplesOf(bend) {
  return Array.from({ length: SAMPLES + 1 }, (_, n) => along(bend, n / SAMPLES));
}

/** @param {Point} point @param {number} r @returns {Box} */
export function around({ x, y }, r) {
  return { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
}
