// What a reader can do to the network at a stroke, as calls of the engine.

/** @import { Frame, LinkSettings } from "./engine-types" */
/** @import { Call } from "./host.js" */

/** @typedef {{ name: string, calls: Call[] }} Preset */

/** Cuts one direction of a link, or mends it and leaves the other as it is. @param {Frame} frame @param {string} from @param {string} to @returns {Call[]} */
export function toggled({ cuts }, from, to) {
  const isCut = (/** @type {string} */ a, /** @type {string} */ b) =>
    cuts.some((cut) => cut.from === a && cut.to === b);
  if (!isCut(from, to)) return [["cut", [from, to, false]]];
  const back = /** @type {Call[]} */ (isCut(to, from) ? [["cut", [to, from, false]]] : []);
  return [["mend", [from, to]], ...back];
}

/** Cuts what is not cut of some one-way links; if all are, mends them. @param {Frame} frame @param {string[][]} links @returns {Call[]} */
export function toggledAll(frame, links) {
  const isCut = (/** @type {string[]} */ [from, to]) =>
    frame.cuts.some((cut) => cut.from === from && cut.to === to);
  const open = links.filter((link) => !isCut(link));
  return (open.length ? open : links).flatMap(([from, to]) => toggled(frame, from, to));
}

/** Shapes of a network that teach something. @param {Frame} frame @returns {Preset[]} */
export function presets({ nodes }) {
  const names = nodes.map(({ name }) => name);
  if (names.length < 2) return [];
  const leader = nodes.find(({ up, kind }) => up && kind === "leading")?.name;
  const half = Math.floor(names.length / 2);
  const first = leader ?? names[0];
  const list = [
    { name: "Halves", calls: parted([names.slice(0, half), names.slice(half)]) },
    { name: `Isolate ${first}`, calls: parted([[first]]) },
  ];
  if (names.length > 2) {
    const middle = names[half];
    const without = names.filter((name) => name !== middle);
    const [left, right] = [without.slice(0, half), without.slice(half)];
    const across = left.flatMap((a) => right.map((b) => [a, b]));
    list.push({ name: `Bridge over ${middle}`, calls: cutAll(across) });
    list.push({
      name: "Chain",
      calls: cutAll(pairs(names).filter(([a, b]) => names.indexOf(b) - names.indexOf(a) > 1)),
    });
    list.push({
      name: `Star around ${first}`,
      calls: cutAll(pairs(names).filter((pair) => !pair.includes(first))),
    });
  }
  if (leader) {
    const deaf = names
      .filter((name) => name !== leader)
      .map((name) => /** @type {Call} */ (["cut", [name, leader, false]]));
    list.push({ name: `Half-deaf ${leader}`, calls: [...mended(), ...deaf] });
  }
  return list;

  /** @param {string[][]} groups @returns {Call[]} */
  function parted(groups) {
    return [["partition", [groups]]];
  }

  /** @param {string[][]} links @returns {Call[]} */
  function cutAll(links) {
    return [...mended(), ...links.map(([a, b]) => /** @type {Call} */ (["cut", [a, b, true]]))];
  }

  /** One group of all: no cut between servers is left. @returns {Call[]} */
  function mended() {
    return parted([names]);
  }
}

/** @param {string[]} names */
function pairs(names) {
  return names.flatMap((a, n) => names.slice(n + 1).map((b) => [a, b]));
}

/** The line that gives links such settings. @param {string} ends `all`, or `n1<->n2` @param {LinkSettings} link */
export function networkLine(ends, { least, most, jitter, loss, duplicate, reorder }) {
  const percent = (/** @type {number} */ millionths) => `${millionths / 10_000}%`;
  return `network ${ends} latency ${least}us..${most}us jitter ${jitter}us loss ${percent(loss)} duplicate ${percent(duplicate)} reorder ${percent(reorder)}`;
}
