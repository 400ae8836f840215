// Where searches run: each in a worker, or if none may start, one in the page itself, in slices that leave it smooth.

import { messageOf } from "./run-table.js";
import { searchOn } from "./search-loop.js";
import { loadSearch } from "./wasm.js";

/** @import { SearchView } from "./engine-types" */
/** @import { Order } from "./search-loop.js" */

/** @typedef {{ view?: SearchView, error?: string, inPage?: boolean }} News */
/** @typedef {{ close: () => void }} Seeker */

/** How long the page may be kept busy at once, in milliseconds. */
const SLICE_MS = 8;

/**
 * Starts one search.
 * @param {Order} order
 * @param {(news: News) => void} hear
 * @returns {Seeker}
 */
export function startSeeker(order, hear) {
  /** @type {Worker} */
  let worker;
  try {
    worker = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  } catch {
    return seekInPage(order, hear); // a worker by address throws in a sandboxed frame and from file:
  }
  let proven = false;
  /** @type {Seeker} */
  let seeker = { close: () => worker.terminate() };
  worker.onmessage = ({ data }) => {
    proven = true;
    hear(data);
  };
  worker.onerror = (event) => {
    seeker.close();
    if (proven) hear({ error: event.message || "The search's worker stopped." });
    else seeker = seekInPage(order, hear);
  };
  worker.postMessage(order);
  return { close: () => seeker.close() };
}

/** @param {Order} order @param {(news: News) => void} hear @returns {Seeker} */
function seekInPage(order, hear) {
  let over = false;
  const rest = () => new Promise((/** @type {(value: void) => void} */ resolve) => setTimeout(resolve));
  const pace = { sliceMs: SLICE_MS, rest, isOver: () => over };
  const tell = (/** @type {News} */ news) => {
    if (!over) hear({ ...news, inPage: true });
  };
  loadSearch()
    .then((maker) => searchOn(maker, order, pace, (view) => tell({ view })))
    .catch((error) => tell({ error: messageOf(error) }));
  return {
    close: () => {
      over = true;
    },
  };
}
