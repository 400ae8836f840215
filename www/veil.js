// What is shown of a run while a reader is to find out which of its rules is off: all that happened, and nothing of what
// the rules said to it.

/** @import { Caption, Explanation, Frame, Moment } from "./engine-types" */
/** @import { Call } from "./host.js" */

/** @typedef {(calls: Call[]) => Promise<unknown[]>} Ask */

const COVERED = "That would give the rule away. Choose one of the four rules first.";
/** What cannot be shown without the rule's name or words. */
const REFUSED = new Set(["why", "link", "asTold"]);
/** A line of the trace: its number, its time, the place, what was done there. */
const LINE = /^\s*\d+\s+\S+\s+(\S+)\s+(?:do )?(.*)$/;

/**
 * The answers as they may be seen.
 * @param {Call[]} calls
 * @param {unknown[]} results
 * @param {Ask} ask of the engine itself
 * @returns {Promise<unknown[]>}
 */
export async function veiled(calls, results, ask) {
  if (calls.some(([method]) => REFUSED.has(method))) throw new Error(COVERED);
  const told = calls.flatMap(([method], n) => positions(method, results[n]));
  const wanted = [...new Set(told)];
  const lines = /** @type {Explanation[]} */ (
    wanted.length ? await ask(wanted.map((position) => ["explain", [position]])) : []
  );
  const words = new Map(wanted.map((position, n) => [position, plain(lines[n].line)]));
  return results.map((result, n) => cover(calls[n][0], result, words));
}

/** Where the words come from that an answer tells. @param {string} method @param {unknown} result @returns {number[]} */
function positions(method, result) {
  if (method === "moments") return /** @type {Moment[]} */ (result).map(({ position }) => position);
  if (method !== "frame") return [];
  const { caption, told } = /** @type {Frame} */ (result);
  return [caption, told].flatMap((words) => (words ? [words.position] : []));
}

/** @param {string} method @param {unknown} result @param {Map<number, string>} words */
function cover(method, result, words) {
  const bare = (/** @type {number} */ position) => words.get(position) ?? "";
  switch (method) {
    case "frame": {
      const frame = /** @type {Frame} */ (result);
      const covered = (/** @type {Caption | null} */ caption) =>
        caption && { ...caption, text: bare(caption.position), rule: null, authored: false };
      return { ...frame, off: [], caption: covered(frame.caption), told: covered(frame.told) };
    }
    case "moments":
      return /** @type {Moment[]} */ (result).map((moment) => ({ ...moment, text: bare(moment.position) }));
    case "explain":
      return { .../** @type {Explanation} */ (result), sentences: [] };
    case "rules":
      return [];
    case "text":
      return "";
    default:
      return result;
  }
}

/** What happened, as the trace has it, without its number and its time. @param {string} line */
export function plain(line) {
  const [, place, what] = LINE.exec(line) ?? ["", "-", line.trim()];
  return place === "-" ? what : `${place}: ${what}`;
}

/** A run that a search has found, without the words that would name the rule. @param {string} text */
export function disguised(text) {
  return text.replace(/^title .*$/m, 'title "Spot the rule"').replace(/^(caption|look|expect) .*\n/gm, "");
}
