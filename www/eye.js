// One place's view of the run: its own state, what it sent, and what the messages that reached it told. The rest is out
// of its sight.

/** @import { Frame, Heard, MessageFrame } from "./engine-types" */

/**
 * @typedef {object} Eye
 * @property {string} place "n4", "c1"
 * @property {Map<string, Heard>} heard the last message from each other place
 */

/** @param {string} place @param {Heard[]} heard @returns {Eye | null} */
export function eyeOf(place, heard) {
  return place ? { place, heard: new Map(heard.map((message) => [message.from, message])) } : null;
}

/** Whether a message in flight is known: only to who sent it. @param {Eye | null} eye @param {MessageFrame} message */
export function knowsFlight(eye, { from }) {
  return !eye || eye.place === from;
}

/** Whether the majority that is outlined is this place's own count. @param {Eye | null} eye @param {Frame} frame */
export function knowsMajority(eye, { majority, nodes }) {
  if (!eye || !majority) return !eye;
  const own = nodes.find(({ name }) => name === eye.place);
  return !!own && majority.nodes.includes(own.id) && (own.kind === "leading" || own.kind === "seeking");
}

/** The class of what is out of sight. @param {boolean} known */
export function sight(known) {
  return known ? "" : " unseen";
}

/**
 * What a place was told last by another, in two lines.
 * @param {Eye} eye
 * @param {string} name
 * @param {string} word the protocol's word for a term
 * @param {(heard: Heard) => string} when
 */
export function toldBy({ heard, place }, name, word, when) {
  const last = heard.get(name);
  if (!last) return { role: "not heard from", note: "" };
  return {
    role: last.term ? `told ${place} ${word} ${last.term}` : "heard from",
    note: `${last.kind}, ${when(last)}`,
  };
}
