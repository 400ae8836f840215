// What a cut across the ring does: a partition if it leaves servers that cannot reach each other at all, else some links.

/** @import { Frame } from "./engine-types" */
/** @import { Call } from "./host.js" */

/**
 * @param {Pick<Frame, "nodes" | "cuts">} frame
 * @param {[string, string][]} links that were cut through
 * @returns {Call[]}
 */
export function cutsOf({ nodes, cuts }, links) {
  const closed = new Set([...links.map(([a, b]) => `${a}-${b}`), ...links.map(([a, b]) => `${b}-${a}`)]);
  for (const { from, to } of cuts) closed.add(`${from}-${to}`);
  const groups = parts(
    nodes.map(({ name }) => name),
    (a, b) => !closed.has(`${a}-${b}`) || !closed.has(`${b}-${a}`),
  );
  const inside = links.some(([a, b]) => groups.some((group) => group.includes(a) && group.includes(b)));
  if (groups.length > 1 && !inside) return [["partition", [groups]]];
  return links.map(([a, b]) => ["cut", [a, b, true]]);
}

/**
 * The connected parts of a graph.
 * @param {string[]} names
 * @param {(a: string, b: string) => boolean} joined
 */
function parts(names, joined) {
  const left = new Set(names);
  /** @type {string[][]} */
  const groups = [];
  for (const first of names) {
    if (!left.delete(first)) continue;
    const group = [first];
    for (const name of group)
      for (const other of [...left]) if (joined(name, other) && left.delete(other)) group.push(other);
    groups.push(group.sort());
  }
  return groups;
}
