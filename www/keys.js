// What a key means, wherever the focus is, unless somebody is typing.

/**
 * @typedef {"toggle" | "next" | "back" | "nextTurn" | "backTurn" | "step" | "stepBack" | "first" | "last"} Move
 */

/** @type {Record<string, Move>} */
const MOVES = {
  " ": "toggle",
  ArrowRight: "next",
  ArrowLeft: "back",
  "shift ArrowRight": "nextTurn",
  "shift ArrowLeft": "backTurn",
  ".": "step",
  ",": "stepBack",
  Home: "first",
  End: "last",
};

/**
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">} event
 * @returns {Move | null}
 */
export function moveOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  return MOVES[event.shiftKey && event.key.startsWith("Arrow") ? `shift ${event.key}` : event.key] ?? null;
}

/**
 * Through whose eyes a key asks to see: a server's, or (empty) nobody's.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">} event
 * @returns {string | null} nothing if it asks for no such thing
 */
export function eyeKey({ key, ctrlKey, altKey, metaKey }) {
  if (ctrlKey || altKey || metaKey || !/^\d$/.test(key)) return null;
  return key === "0" ? "" : `n${key}`;
}

/**
 * Whether a key belongs to what has the focus: a field to type in, a list, a button.
 * @param {string} key
 * @param {EventTarget | undefined} target
 */
export function isTaken(key, target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches("input, textarea, select, [contenteditable]")) return true;
  return key === " " && target.matches("button, a, [role=button], [role=tab], summary");
}
