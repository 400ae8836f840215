// One search of the engine that the page loads, in a thread of Node: what scripts/explored.mjs does with `--page`.

import { parentPort, workerData } from "node:worker_threads";
import { searchOn } from "../www/search-loop.js";
import { loadEngine } from "./engine.mjs";

/** As in www/search-worker.js. */
const PACE = { sliceMs: 50, rest: async () => {}, isOver: () => false };

const { Search } = await loadEngine("search");
await searchOn(Search, workerData, PACE, (view) => parentPort?.postMessage(view));
