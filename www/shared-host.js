// One engine for all figures of a page: they share its worker, or the page's own thread, and each has a run in it. So the
// engine is loaded and compiled once, however many figures there are. Pages in frames share a worker among them, if they may.

import { startFrameHost } from "./frame-host.js";
import { EngineDied } from "./host.js";
import { startHost } from "./hosts.js";

/** @import { Call, Host } from "./host.js" */

/** @type {Pool | null} */
let current = null;

/** In a frame, what frames share. */
const startAny = globalThis.parent === globalThis.self ? startHost : startFrameHost;

/** A place in the shared engine. @returns {Host} */
export function borrowHost(start = startAny) {
  if (!current || current.dead) current = new Pool(start());
  return new Loan(current);
}

/** An engine and those who use it. */
class Pool {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.dead = false;
    this.users = 0;
    this.runs = 0;
  }

  /** It broke, or nobody needs it any more. */
  bury() {
    if (this.dead) return;
    this.dead = true;
    try {
      this.host.close();
    } catch {
      // a broken engine may break once more: it is gone either way
    }
  }
}

/** @implements {Host} */
class Loan {
  /** @param {Pool} pool */
  constructor(pool) {
    this.pool = pool;
    pool.users += 1;
    pool.runs += 1;
    this.run = pool.runs;
    this.closed = false;
  }

  /** @param {number} _run @param {Call[]} calls @returns {Promise<unknown[]>} */
  async call(_run, calls) {
    if (this.pool.dead) throw new EngineDied("The engine stopped.");
    try {
      return await this.pool.host.call(this.run, calls);
    } catch (error) {
      if (error instanceof EngineDied) this.pool.bury(); // for the others, too: they take up their runs in a new one
      throw error;
    }
  }

  close() {
    if (this.closed) return;
    this.closed = true;
    const { pool } = this;
    pool.users -= 1;
    if (pool.users === 0) pool.bury();
    else if (!pool.dead) pool.host.call(this.run, [["free"]]).catch(() => {});
  }
}
