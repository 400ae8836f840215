// The engine in a worker: answers requests in order, for as many runs as are asked for. In a shared one each page that
// asks has runs of its own, by its own numbers; the engine is loaded and compiled once.

import { isFatal, messageOf, packed, RunTable, transferable } from "./run-table.js";
import { loadEngine } from "./wasm.js";

/** @import { Answer, Request } from "./host.js" */

/** @typedef {{ postMessage: (message: Answer, options: { transfer: Transferable[] }) => void }} Asker */

const engine = loadEngine();
engine.catch(() => {}); // whoever asks it for something is told

/** Everyone who asks. @type {Set<Asker>} */
const askers = new Set();

/** What answers the requests of one who asks. @param {Asker} asker */
function answerer(asker) {
  askers.add(asker);
  const table = engine.then((maker) => new RunTable(maker, loadEngine));
  table.catch(() => {});
  let tail = Promise.resolve(); // the answer under way: the next waits for it
  /** @param {Request} request */
  const answer = async ({ ticket, run, calls }) => {
    try {
      const runs = await table;
      const results = [];
      for (const call of calls) results.push(await runs.doAnywhere(run, packed(call)));
      asker.postMessage({ ticket, results }, { transfer: transferable(results) });
    } catch (error) {
      const fatal = isFatal(error);
      asker.postMessage({ ticket, error: { message: messageOf(error), fatal } }, { transfer: [] });
      if (fatal) end(messageOf(error));
    }
  };
  /** @param {MessageEvent<Request | "bye">} event */
  return ({ data }) => {
    if (data !== "bye") tail = tail.then(() => answer(data));
    else table.then((runs) => tail.then(() => leave(asker, runs)));
  };
}

/** @param {Asker} asker @param {RunTable} runs */
function leave(asker, runs) {
  for (const run of [...runs.runs.keys()]) runs.put(run, null);
  askers.delete(asker);
}

/** The engine broke: all who share it are told, and whoever comes next gets a new one. @param {string} dead */
function end(dead) {
  if (!("onconnect" in globalThis)) return; // a worker of one page is ended by it
  for (const asker of askers) asker.postMessage({ ticket: 0, dead }, { transfer: [] });
  globalThis.close();
}

if ("onconnect" in globalThis) {
  const shared = /** @type {*} */ (globalThis);
  shared.onconnect = (/** @type {MessageEvent} */ { ports: [port] }) => {
    port.onmessage = answerer(port);
  };
} else {
  globalThis.onmessage = answerer({
    postMessage: (message, options) => globalThis.postMessage(message, options),
  });
}
