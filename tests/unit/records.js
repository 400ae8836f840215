// What the native engine put on record (tests/tests/everywhere.rs, tests/tests/golden.rs): the same must come out of the
// engine in WebAssembly, in Node as in every browser.

import { readFileSync } from "node:fs";
import { root, scenarios } from "./engines.js";

/** @typedef {{ summary: string, events: number, source: [method: string, args: string[]], name: string }} Recorded */

const read = (path) => readFileSync(new URL(path, root), "utf8");

/** The lines of a record: a fingerprint, a number of events, a sum over the trace, and what is played. */
function lines(path) {
  const split = (line) => /^((\w+) +(\d+) (\w+)) (.+)$/.exec(line);
  return read(path)
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, , fingerprint, events, sum, what] = split(line);
      return { summary: `${fingerprint} ${events} ${sum}`, events: Number(events), what };
    });
}

/** Scenarios that were generated, as links. @returns {Recorded[]} */
export function generated() {
  return lines("tests/fixtures/everywhere.txt").map(({ what, ...record }) => ({
    ...record,
    source: ["fromLink", [what]],
    name: what,
  }));
}

/** Lessons and killers, as text. @returns {Recorded[]} */
export function written() {
  return lines("tests/fixtures/fingerprints.txt").map(({ what, ...record }) => ({
    ...record,
    source: ["fromText", [read(what)]],
    name: what,
  }));
}

/** The golden runs, each with its whole trace. */
export function golden() {
  return scenarios("tests/golden").map(({ path, text }) => {
    const [events, outcome] = read(path.replace(/scenario$/, "trace")).split("\n\n");
    const fingerprint = outcome.trimEnd().split("\n").at(-1).split(" ")[1];
    return { name: path, source: ["fromText", [text]], trace: events.split("\n"), fingerprint };
  });
}

/** The sum over a trace (FNV-1a, 32 bits), as the native tests take it. @param {string[]} trace */
export function sumOf(trace) {
  const bytes = new TextEncoder().encode(trace.map((line) => `${line.trimEnd()}\n`).join(""));
  const sum = bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5 | 0);
  return (sum >>> 0).toString(16).padStart(8, "0");
}
