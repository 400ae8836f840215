// Loads the engine, in the page as in a worker.

import init, * as engine from "./engine/engine.js";
import address from "./engine/engine_bg.wasm?url";

/** @import { RunConstructor } from "./engine-types" */

/** @returns {Promise<RunConstructor>} */
export async function loadEngine() {
  await init({ module_or_path: address });
  return /** @type {{ Run: RunConstructor }} */ (/** @type {unknown} */ (engine)).Run;
}
