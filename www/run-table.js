// The runs that an engine hosts, in a worker as in the page.

/** @import { Run, RunConstructor } from "./engine-types" */
/** @import { Call } from "./host.js" */

/** Runs by number. A call of `fromText` or `fromLink` puts a new run in the place of that number. */
export class RunTable {
  /**
   * @param {RunConstructor} maker
   * @param {(protocol: string) => Promise<RunConstructor>} [load] finds the engine of another protocol
   */
  constructor(maker, load) {
    this.maker = maker;
    this.load = load;
    /** @type {Map<number, Run>} */
    this.runs = new Map();
  }

  /**
   * Does a call; if it opens a scenario of a protocol that needs another engine, loads that first.
   * @param {number} number
   * @param {Call} call
   * @returns {Promise<unknown>}
   */
  async doAnywhere(number, call) {
    try {
      return this.do(number, call);
    } catch (error) {
      const { needs } = /** @type {{ needs?: string }} */ (error);
      if (!needs || !this.load) throw error;
      this.maker = await this.load(needs);
      return this.do(number, call);
    }
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

/**
 * A call as a worker makes it for the page: a frame goes over as text, from which hundreds of small objects are read faster
 * than they are copied.
 * @param {Call} call
 * @returns {Call}
 */
export function packed(call) {
  return call[0] === "frame" ? ["frameText"] : call;
}

/** The answer to what was asked. @param {Call} call @param {unknown} result */
export function unpacked([method], result) {
  return method === "frame" && typeof result === "string" ? JSON.parse(result) : result;
}

/** The typed arrays in an answer, which move to the page instead of being copied. @param {unknown[]} results */
export function transferable(results) {
  const values = results.flatMap((result) =>
    result && typeof result === "object" ? Object.values(result) : [],
  );
  return values.flatMap((value) => (value instanceof Float64Array && value.length > 0 ? [value.buffer] : []));
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
