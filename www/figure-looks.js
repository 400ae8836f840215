// The entries that the story points at. A figure shows no logs, so it says who holds what there.

/** @import { Frame, Info } from "./engine-types" */

/** Who holds what at the places that the story points at, a sentence for each. @param {Frame} frame @param {Info} info */
export function lookedEntries({ looks, nodes }, { protocol }) {
  return looks.flatMap((look) => {
    if (look.kind !== "entry") return [];
    /** @type {Map<string, string[]>} who holds it, by what it is */
    const holders = new Map();
    for (const { name, cells } of nodes) {
      if (look.place !== null && look.place !== name) continue;
      const cell = cells.find(({ index }) => index === look.index);
      const what = cell ? `${cell.text} (${protocol.term} ${cell.term})` : "nothing";
      holders.set(what, [...(holders.get(what) ?? []), name]);
    }
    const parts = [...holders].map(([what, names]) => `${what} on ${names.join(" ")}`);
    return [`${capital(protocol.index)} ${look.index}: ${parts.join("; ")}.`];
  });
}

/** @param {string} word */
function capital(word) {
  return word[0].toUpperCase() + word.slice(1);
}
