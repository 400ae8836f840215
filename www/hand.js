// Playing by hand: time stands, and the reader says which message arrives and which timer fires.

/** @import { Frame, MessageFrame, TimerView } from "./engine-types" */
/** @import { Call } from "./host.js" */

const HOLDS = ["messages *", "timers"];

/** True if nothing happens but what the reader does. @param {Frame} frame */
export function isByHand({ holds }) {
  return HOLDS.every((what) => holds.includes(`hold ${what}`));
}

/** What begins or ends playing by hand. @param {Frame} frame @param {boolean} on @returns {Call[]} */
export function handCalls({ holds }, on) {
  return HOLDS.filter((what) => holds.includes(`hold ${what}`) !== on).map((what) => [
    "act",
    [`${on ? "hold" : "release"} ${what}`],
  ]);
}

/**
 * What may happen next, by whom it would happen to.
 * @param {Frame} frame
 * @returns {{ name: string, messages: MessageFrame[], timers: TimerView[], unsynced: number }[]}
 */
export function doors({ nodes, clients, messages }) {
  const at = (/** @type {string} */ name) => messages.filter(({ to }) => to === name);
  const servers = nodes.map(({ name, timers, unsynced }) => ({ name, messages: at(name), timers, unsynced }));
  const others = clients.map(({ name }) => ({ name, messages: at(name), timers: [], unsynced: 0 }));
  return [...servers, ...others].filter(
    ({ messages, timers, unsynced }) => messages.length + timers.length + unsynced > 0,
  );
}
