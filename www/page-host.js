// Hosts runs of the engine in the page itself, where no worker may start: in slices short enough that the page stays smooth.

import { EngineDied } from "./host.js";
import { isFatal, messageOf, RunTable } from "./run-table.js";
import { loadEngine } from "./wasm.js";

/** @import { RunConstructor } from "./engine-types" */
/** @import { Call, Host } from "./host.js" */

/** The longest that the page may be kept busy at once, in milliseconds. */
const SLICE_MS = 8;

export async function startInPage() {
  return new PageHost(await loadEngine(), loadEngine);
}

/** A host in the page. @implements {Host} */
export class PageHost {
  /**
   * @param {RunConstructor} maker
   * @param {(protocol: string) => Promise<RunConstructor>} [load] finds the engine of another protocol
   * @param {() => number} clock milliseconds
   */
  constructor(maker, load, clock = () => performance.now()) {
    this.table = new RunTable(maker, load);
    this.clock = clock;
    /** @type {Promise<unknown>} */
    this.tail = Promise.resolve();
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  call(run, calls) {
    const turn = this.tail.then(() => this.doAll(run, calls));
    this.tail = turn.catch(() => {});
    return turn;
  }

  /** @param {number} run @param {Call[]} calls */
  async doAll(run, calls) {
    const results = [];
    try {
      for (const call of calls)
        results.push(await (isLong(call) ? this.inSlices(run, call) : this.table.doAnywhere(run, call)));
    } catch (error) {
      throw isFatal(error) ? new EngineDied(messageOf(error)) : error;
    }
    return results;
  }

  /**
   * Runs far in steps: each as long as fits into a slice, measured as it goes.
   * @param {number} run
   * @param {Call} call
   */
  async inSlices(run, [method, args = []]) {
    const goal = Number(args[0]);
    let at = /** @type {{ at: number }} */ (this.table.do(run, ["frame"])).at;
    let step = 20_000;
    for (;;) {
      const started = this.clock();
      while (this.clock() - started < SLICE_MS / 2) {
        const next = Math.min(goal, at + step);
        const before = this.clock();
        const reached = Number(this.table.do(run, [method, [next]]));
        const took = this.clock() - before;
        if (next >= goal || reached < next) return reached;
        at = next;
        if (took < 1) step *= 2;
        else if (took > SLICE_MS / 2) step = Math.max(1_000, Math.floor(step / 2));
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  close() {
    for (const number of [...this.table.runs.keys()]) this.table.do(number, ["free"]);
  }
}

/** @param {Call} call */
function isLong([method]) {
  return method === "run" || method === "ahead";
}
