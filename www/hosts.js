// Starts the engine: in a worker if one may start, else in the page. And what the page begins with: a recording, which goes
// over to the engine when its reader wants more.

import opening from "./engine/opening.json?url";
import { EngineDied, WorkerHost } from "./host.js";
import { RecordedHost } from "./recorded-host.js";
import { Recording } from "./recording.js";

/** @import { Call, Host } from "./host.js" */

export function startOpening() {
  return new RecordedHost(findRecording, startHost);
}

/** The recording, if it is one of this scenario; without it the engine does the same, later. @param {string} text */
async function findRecording(text) {
  try {
    const record = await (await fetch(opening)).json();
    return record.text === text ? new Recording(record) : null;
  } catch {
    return null;
  }
}

/** @returns {Host} */
export function startHost() {
  try {
    return new Fallback(
      new WorkerHost(new Worker(new URL("./worker.js", import.meta.url), { type: "module" })),
    );
  } catch {
    return new Later(inPage()); // a worker by address throws in a sandboxed frame and from file:
  }
}

async function inPage() {
  const { startInPage } = await import("./page-host.js");
  return startInPage();
}

/** A host that is still starting. @implements {Host} */
class Later {
  /** @param {Promise<Host>} host */
  constructor(host) {
    this.host = host;
    host.catch(() => {}); // whoever asks it for something is told
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  async call(run, calls) {
    return (await this.host).call(run, calls);
  }

  close() {
    this.host.then((host) => host.close()).catch(() => {});
  }
}

/** A worker that may turn out not to start: then the page takes over, before anything was done. @implements {Host} */
export class Fallback {
  /**
   * @param {Host} worker
   * @param {() => Host} instead
   */
  constructor(worker, instead = () => new Later(inPage())) {
    /** @type {Host} */
    this.host = worker;
    this.proven = false;
    this.instead = instead;
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  async call(run, calls) {
    const host = this.host;
    try {
      const results = await host.call(run, calls);
      this.proven = true;
      return results;
    } catch (error) {
      if (!(error instanceof EngineDied)) this.proven = true;
      if (this.proven) throw error;
      if (this.host === host) this.host = this.instead();
      return this.host.call(run, calls);
    }
  }

  close() {
    this.host.close();
  }
}
