// Loads engines, in the page as in a worker: one for each protocol, so that a reader loads no more than is looked at.

import { FIRST } from "./protocols.js";

/** @import { RunConstructor } from "./engine-types" */

/** @type {Record<string, () => Promise<*>>} */
const BINDINGS = import.meta.glob("./engine/*.js");
/** @type {Record<string, string>} */
const MODULES = import.meta.glob("./engine/*.wasm", { eager: true, query: "?url", import: "default" });

/** @param {string} [protocol] @returns {Promise<RunConstructor>} */
export async function loadEngine(protocol = FIRST) {
  const engine = await BINDINGS[`./engine/${protocol}.js`]();
  await engine.default({ module_or_path: MODULES[`./engine/${protocol}_bg.wasm`] });
  return engine.Run;
}
