// Hosts runs of the engine: what the page asks, and the usual way to reach the engine, a worker. Where none may start, the
// page does the work itself: see `page-host.js`.

import { unpacked } from "./run-table.js";

/** @typedef {[method: string, args?: unknown[]]} Call */
/** @typedef {{ ticket: number, run: number, calls: Call[] }} Request */
/** @typedef {{ ticket: number, results?: unknown[], error?: { message: string, fatal: boolean }, dead?: string }} Answer `dead` goes to all who share a broken engine */

/** @typedef {Pick<Worker, "postMessage" | "terminate"> & { onmessage: ((event: MessageEvent) => void) | null, onerror: ((event: ErrorEvent) => void) | null }} Line what a worker is talked to with */

/**
 * @typedef {object} Host
 * @property {(run: number, calls: Call[]) => Promise<unknown[]>} call does calls in order; one that fails ends the list
 * @property {() => void} [warm] makes ready what will be needed soon
 * @property {() => void} close
 */

/** Thrown when the engine itself broke: its instance must not be used again. */
export class EngineDied extends Error {}

/** A host in a worker. @implements {Host} */
export class WorkerHost {
  /** @param {Line} worker already started: see `worker.js` */
  constructor(worker) {
    this.worker = worker;
    this.tickets = 0;
    /** @type {EngineDied | null} */
    this.died = null;
    /** @type {Map<number, { calls: Call[], resolve: (results: unknown[]) => void, reject: (error: Error) => void }>} */
    this.waiting = new Map();
    worker.onmessage = ({ data }) => this.settle(data);
    worker.onerror = (event) =>
      this.fail(new EngineDied(event.message || "The engine's worker did not start."));
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  call(run, calls) {
    if (this.died) return Promise.reject(this.died);
    this.tickets += 1;
    const ticket = this.tickets;
    return new Promise((resolve, reject) => {
      this.waiting.set(ticket, { calls, resolve, reject });
      this.worker.postMessage({ ticket, run, calls });
    });
  }

  /** @param {Answer} answer */
  settle({ ticket, results, error, dead }) {
    if (dead !== undefined) {
      this.died = new EngineDied(dead);
      this.fail(this.died);
    }
    const asker = this.waiting.get(ticket);
    this.waiting.delete(ticket);
    if (!asker) return;
    if (!error) asker.resolve((results ?? []).map((result, n) => unpacked(asker.calls[n], result)));
    else asker.reject(error.fatal ? new EngineDied(error.message) : new Error(error.message));
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
