// A search in a worker of its own. To cancel it, the worker is ended.

import { messageOf } from "./run-table.js";
import { searchOn } from "./search-loop.js";
import { loadSearch } from "./wasm.js";

/** @import { Order } from "./search-loop.js" */

const PACE = { sliceMs: 50, rest: async () => {}, isOver: () => false };

globalThis.onmessage = async (/** @type {MessageEvent<Order>} */ { data }) => {
  try {
    await searchOn(await loadSearch(), data, PACE, (view) => globalThis.postMessage({ view }));
  } catch (error) {
    globalThis.postMessage({ error: messageOf(error) });
  }
};
