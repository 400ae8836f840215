// Scenes that follow one another: in most only the clock has moved on.

/** @import { Scene } from "./picture.js" */

/** True if two scenes differ in nothing but the instant. @param {Scene} a @param {Scene} b */
export function sameButClock(a, b) {
  const same = a.frame === b.frame && a.info === b.info && a.plan === b.plan;
  return same && a.focus === b.focus && a.still === b.still && a.eye === b.eye;
}
