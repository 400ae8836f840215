// Loads engines, in the page as in a worker: one for each protocol, so that a reader loads no more than is looked at.

import { FIRST } from "./protocols.js";

/** @import { BesideConstructor, RunConstructor, SearchConstructor } from "./engine-types" */

/** @type {Record<string, () => Promise<*>>} */
const BINDINGS = import.meta.glob("./engine/*.js");
/** @type {Record<string, string>} */
const MODULES = import.meta.glob("./engine/*.wasm", { eager: true, query: "?url", import: "default" });

/** The engine that searches and compares, with all protocols. */
const SEARCH = "search";

/** @param {string} [protocol] @returns {Promise<RunConstructor>} */
export async function loadEngine(protocol = FIRST) {
  return (await load(protocol)).Run;
}

/** For a worker that searches. @returns {Promise<SearchConstructor>} */
export async function loadSearch() {
  return (await load(SEARCH)).Search;
}

/** For a worker that lays protocols side by side. @returns {Promise<BesideConstructor>} */
export async function loadBeside() {
  return (await load(SEARCH)).Beside;
}

/** @param {string} name */
async function load(name) {
  const engine = await BINDINGS[`./engine/${name}.js`]();
  await engine.default({ module_or_path: MODULES[`./engine/${name}_bg.wasm`] });
  return engine;
}
