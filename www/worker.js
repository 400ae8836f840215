// The engine in a worker: answers requests in order, for as many runs as are asked for.

import { isFatal, messageOf, RunTable, transferable } from "./run-table.js";
import { loadEngine } from "./wasm.js";

/** @import { Answer, Request } from "./host.js" */

const table = loadEngine().then((maker) => new RunTable(maker, loadEngine));
table.catch(() => {}); // whoever asks it for something is told

/** The answer under way: the next waits for it. */
let tail = Promise.resolve();

/** @param {MessageEvent<Request>} event */
async function answer({ data: { ticket, run, calls } }) {
  try {
    const runs = await table;
    const results = [];
    for (const call of calls) results.push(await runs.doAnywhere(run, call));
    reply({ ticket, results }, transferable(results));
  } catch (error) {
    reply({ ticket, error: { message: messageOf(error), fatal: isFatal(error) } }, []);
  }
}

/** @param {Answer} message @param {Transferable[]} moved */
function reply(message, moved) {
  globalThis.postMessage(message, { transfer: moved });
}

globalThis.onmessage = (event) => {
  tail = tail.then(() => answer(event));
};
