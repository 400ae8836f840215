// The engine of a figure in a frame. Frames of one page that have the playground's origin share a worker, so that the engine
// is compiled once for all of them. A sandboxed frame has an origin that nobody shares: no worker starts there, browsers
// hand no compiled module from one such frame to another, and each has an engine in its own page.

import { WorkerHost } from "./host.js";
import { Fallback, startHost } from "./hosts.js";

/** @import { Host } from "./host.js" */

/** @returns {Host} */
export function startFrameHost() {
  try {
    const worker = new SharedWorker(new URL("./worker.js", import.meta.url), { type: "module" });
    return new Fallback(new WorkerHost(new SharedLine(worker)), startHost);
  } catch {
    return startHost(); // not where it may not start, nor in browsers without it
  }
}

/** A shared worker, to be talked to like any other. */
class SharedLine {
  /** @param {SharedWorker} worker */
  constructor(worker) {
    this.worker = worker;
  }

  /** @param {(event: MessageEvent) => void} listener */
  set onmessage(listener) {
    this.worker.port.onmessage = listener;
  }

  /** @param {(event: ErrorEvent) => void} listener */
  set onerror(listener) {
    this.worker.onerror = listener;
  }

  /** @param {unknown} message */
  postMessage(message) {
    this.worker.port.postMessage(message);
  }

  /** The others go on. */
  terminate() {
    this.worker.port.postMessage("bye");
    this.worker.port.close();
  }
}
