// Hosts runs of the engine: a table of them, and two ways to reach it. In a worker, or, where no worker may start, in the
// page itself in slices short enough that the page stays smooth.

/** @import { Run, RunConstructor } from "./engine-types" */

/** @typedef {[method: string, args?: unknown[]]} Call */
/** @typedef {{ ticket: number, run: number, calls: Call[] }} Request */
/** @typedef {{ ticket: number, results?: unknown[], error?: { message: string, fatal: boolean } }} Answer */

/**
 * @typedef {object} Host
 * @property {(run: number, calls: Call[]) => Promise<unknown[]>} call does calls in order; one that fails ends the list
 * @property {() => void} close
 */

/** The longest that the page may be kept busy at once, in milliseconds. */
const SLICE_MS = 8;

/** Thrown when the engine itself broke: its instance must not be used again. */
export class EngineDied extends Error {}

/** Runs by number. A call of `fromText` or `fromLink` puts a new run in the place of that number. */
export class RunTable {
  /** @param {RunConstructor} maker */
  constructor(maker) {
    this.maker = maker;
    /** @type {Map<number, Run>} */
    this.runs = new Map();
  }

  /** @param {number} number @param {Call} call @returns {unknown} */
  do(number, [method, args = []]) {
    if (method === "fromText" || method === "fromLink")
      return this.put(number, this.maker[method](String(args[0])));
    const run = this.runs.get(number);
    if (!run) throw new Error("That run is closed.");
    if (method === "free") return this.put(number, null);
    const found = Reflect.get(run, method);
    if (typeof found !== "function") throw new Error(`The engine cannot do “${method}”.`);
    return found.apply(run, args);
  }

  /** @param {number} number @param {Run | null} run */
  put(number, run) {
    this.runs.get(number)?.free();
    if (run) this.runs.set(number, run);
    else this.runs.delete(number);
    return null;
  }
}

/** True if the engine's instance is broken, not only the request. @param {unknown} error */
export function isFatal(error) {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** The typed arrays in an answer, which move to the page instead of being copied. @param {unknown[]} results */
export function transferable(results) {
  const values = results.flatMap((result) =>
    result && typeof result === "object" ? Object.values(result) : [],
  );
  return values.flatMap((value) => (value instanceof Float64Array && value.length > 0 ? [value.buffer] : []));
}

/** A host in a worker. @implements {Host} */
export class WorkerHost {
  /** @param {Worker} worker already started: see `worker.js` */
  constructor(worker) {
    this.worker = worker;
    this.tickets = 0;
    /** @type {Map<number, { resolve: (results: unknown[]) => void, reject: (error: Error) => void }>} */
    this.waiting = new Map();
    worker.onmessage = ({ data }) => this.settle(data);
    worker.onerror = (event) =>
      this.fail(new EngineDied(event.message || "The engine's worker did not start."));
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  call(run, calls) {
    this.tickets += 1;
    const ticket = this.tickets;
    return new Promise((resolve, reject) => {
      this.waiting.set(ticket, { resolve, reject });
      this.worker.postMessage({ ticket, run, calls });
    });
  }

  /** @param {Answer} answer */
  settle({ ticket, results, error }) {
    const asker = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    if (!error) asker?.resolve(results ?? []);
    else asker?.reject(error.fatal ? new EngineDied(error.message) : new Error(error.message));
  }

  /** @param {Error} error */
  fail(error) {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  close() {
    this.worker.terminate();
    this.fail(new EngineDied("The engine was closed."));
  }
}

/** A host in the page. @implements {Host} */
export class PageHost {
  /**
   * @param {RunConstructor} maker
   * @param {() => number} clock milliseconds
   */
  constructor(maker, clock = () => performance.now()) {
    this.table = new RunTable(maker);
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
        results.push(await (isLong(call) ? this.inSlices(run, call) : this.table.do(run, call)));
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

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
