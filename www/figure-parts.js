// Which parts a figure shows: the words of its attribute `show`.

const PARTS = ["stage", "caption", "transport", "rows", "actions", "story"];

/**
 * @typedef {object} Shown
 * @property {Set<string>} parts
 * @property {string[]} unknown words that name no part
 */

/** @param {string | null} words all parts if there are none @returns {Shown} */
export function partsOf(words) {
  const named = words?.split(/[\s,]+/).filter(Boolean) ?? [];
  return {
    parts: new Set(named.length ? named.filter((word) => PARTS.includes(word)) : PARTS),
    unknown: named.filter((word) => !PARTS.includes(word)),
  };
}

/** What to say of words that name no part; nothing if there are none. @param {string[]} unknown */
export function unknownText(unknown) {
  if (unknown.length === 0) return "";
  return `show: there is no part “${unknown.join(" ")}”. There are: ${PARTS.join(", ")}.`;
}
