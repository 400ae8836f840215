// Clocks, dice and the table that a benchmark prints.

import { loadavg } from "node:os";

/** How often a 95th percentile is taken. The best counts: whatever else the machine does can only make it worse. */
export const RUNS = 5;

/**
 * How often works that are compared take turns. Each turn is to last a few milliseconds: on a busy machine, some of
 * them are then left undisturbed.
 */
export const TURNS = 100;

/** The fewest milliseconds that each of several works took; they take turns, so that a busy spell hits all alike. */
export function bestOf(works) {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let turn = 0; turn < TURNS; turn += 1) {
    works.forEach((work, n) => {
      const start = performance.now();
      work();
      best[n] = Math.min(best[n], performance.now() - start);
    });
  }
  return best;
}

/** The milliseconds that 95 of 100 calls stay below: the best of all runs, each of so many calls. */
export function bestP95(calls, call) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    times.push(
      Array.from({ length: calls }, () => {
        const start = performance.now();
        call();
        return performance.now() - start;
      }),
    );
  }
  return bestOfP95s(times);
}

/** The same, from times that were taken elsewhere: a list for each run. */
export const bestOfP95s = (runs) => Math.min(...runs.map((times) => quantile(times, 0.95)));
export const bestOfMedians = (runs) => Math.min(...runs.map((times) => quantile(times, 0.5)));

const quantile = (times, share) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)];

/** Numbers below `limit` that are the same in every run of the benchmark. */
export function dice(limit) {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % limit;
  };
}

export const atMost = (bar) => ({ words: `≤ ${digits(bar)}`, met: (figure) => figure <= bar });
export const atLeast = (bar) => ({ words: `≥ ${digits(bar)}`, met: (figure) => figure >= bar });

/** Figures, each with its bar and whether it is met. */
export class Table {
  rows = [["what", "figure", "bar", "verdict"]];

  row(what, figure, unit = "", bar = undefined) {
    const verdict = bar ? (bar.met(figure) ? "met" : "MISSED") : "";
    this.rows.push([what, `${digits(figure)} ${unit}`.trim(), bar?.words ?? "", verdict]);
  }

  print(title) {
    const widths = this.rows[0].map((_, column) => Math.max(...this.rows.map((row) => row[column].length)));
    const lines = this.rows.map(([what, figure, bar, verdict]) =>
      [what.padEnd(widths[0]), figure.padStart(widths[1]), bar.padStart(widths[2]), verdict]
        .join("  ")
        .trimEnd(),
    );
    console.log(`\n${title} (load average ${loadavg()[0].toFixed(2)})\n\n${lines.join("\n")}\n`);
  }
}

const digits = (value) =>
  value.toLocaleString("en", { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 });
