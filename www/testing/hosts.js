// Hosts over the run made by hand, for tests: the page's own, and a worker's that runs beside it.

import { WorkerHost } from "../host.js";
import { PageHost } from "../page-host.js";
import { isFatal, messageOf, packed, RunTable } from "../run-table.js";

/** @import { RunConstructor } from "../engine-types" */
/** @import { Request } from "../host.js" */

/** A worker that is none: it answers like `worker.js`, later, in the same thread. */
export class NearWorker {
  /** @param {RunConstructor} maker */
  constructor(maker) {
    this.table = new RunTable(maker);
    /** @type {((event: { data: unknown }) => void) | null} */
    this.onmessage = null;
    /** @type {((event: { message: string }) => void) | null} */
    this.onerror = null;
    this.requests = 0;
  }

  /** @param {Request} request */
  postMessage({ ticket, run, calls }) {
    this.requests += 1;
    setTimeout(() => {
      try {
        const results = calls.map((call) => this.table.do(run, packed(call)));
        this.onmessage?.({ data: structuredClone({ ticket, results }) });
      } catch (error) {
        this.onmessage?.({ data: { ticket, error: { message: messageOf(error), fatal: isFatal(error) } } });
      }
    });
  }

  terminate() {
    this.onmessage = null;
  }
}

/** Both ways to reach an engine. @param {RunConstructor} maker */
export function transports(maker) {
  return {
    "in the page": () => new PageHost(maker),
    "in a worker": () =>
      new WorkerHost(/** @type {Worker} */ (/** @type {unknown} */ (new NearWorker(maker)))),
  };
}
