// Rust → www/engine/: compile, write the bindings, optimise.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { WASM_TARGET } from "./prepare.mjs";
import { at, hashOf, local, locked, readOr, run, say, target } from "./tools.mjs";

const compiled = path.join(target, WASM_TARGET, "wasm", "wasm.wasm");
const bound = path.join(target, "engines");
const engine = at("www", "engine");

/** An engine for each, so that a reader loads no more than is looked at. */
export const PROTOCOLS = ["raft", "paxos", "multi-paxos", "zab"];

/**
 * Small after gzip, which likes small functions with alike ones near: so a function that is called once is not put into
 * its caller, and functions stand in the order of their names, which are then dropped.
 */
export const OPTIMISE = [
  "-Oz",
  "--one-caller-inline-max-function-size=0",
  "--reorder-functions-by-name",
  "--strip-debug",
];

/**
 * Each engine with its features: one for each protocol that plays, and one of all of them that searches for what breaks
 * and lays protocols side by side. Searching adds a fifth to an engine's weight, and few readers search.
 */
const ENGINES = {
  ...Object.fromEntries(PROTOCOLS.map((protocol) => [protocol, protocol])),
  search: [...PROTOCOLS, "search", "beside"].join(","),
};

/** Builds the engines that the page loads, each of three files: raft.js, raft.d.ts, raft_bg.wasm. */
export async function buildEngine() {
  mkdirSync(engine, { recursive: true });
  /** One engine is optimised while the next is compiled: each keeps one core busy. @type {Promise<void>[]} */
  const underWay = [];
  for (const [name, features] of Object.entries(ENGINES)) {
    say(`compiling the engine ${name} to WebAssembly`);
    const only = ["--no-default-features", "--features", features];
    const how = ["--profile", "wasm", "--target", WASM_TARGET];
    await run(["cargo", "build", ...locked, "-p", "wasm", ...only, ...how]);
    await bindgen(name);
    underWay.push(optimise(`${name}_bg.wasm`));
  }
  await Promise.all(underWay);
  for (const file of readdirSync(bound)) if (/\.(js|ts)$/.test(file)) copyIfChanged(file);
  for (const file of readdirSync(engine)) if (!isOurs(file)) rmSync(path.join(engine, file));
}

/** False for what a former build left. */
function isOurs(file) {
  return file.endsWith(".json") || Object.keys(ENGINES).some((name) => file.split(/[._]/, 1)[0] === name);
}

/** A built engine in this process: its class `Run` (and `Search` and `Beside`, if it has them), and its memory. */
export async function loadEngine(name) {
  const glue = await import(pathToFileURL(path.join(engine, `${name}.js`)));
  const { memory } = glue.initSync({ module: readFileSync(path.join(engine, `${name}_bg.wasm`)) });
  return { Run: glue.Run, Search: glue.Search, Beside: glue.Beside, memory };
}

/** A target folder of its own: cargo locks a folder as a whole, and this build shares no object with the engine's. */
async function bindgen(name) {
  const cargo = ["cargo", "run", ...locked, "--quiet", "-p", "xtask", "--profile", "tools"];
  const work = ["bindgen", compiled, bound, name];
  await run([...cargo, "--target-dir", path.join(target, "tools"), "--", ...work]);
}

/** Runs wasm-opt, which takes seconds, only when what goes in has changed. */
async function optimise(wasm) {
  const stamp = path.join(engine, `${wasm}.from`); // beside what it speaks of
  const version = readFileSync(at("node_modules", "binaryen", "package.json"));
  const hash = hashOf(readFileSync(path.join(bound, wasm)), version, OPTIMISE.join(" "));
  if (readOr(stamp) === hash && existsSync(path.join(engine, wasm))) return;
  say(`optimising ${wasm}`);
  const fresh = path.join(target, `optimised-${process.pid}-${wasm}`);
  await run([...local("binaryen", "bin", "wasm-opt"), ...OPTIMISE, path.join(bound, wasm), "-o", fresh]);
  copyFileSync(fresh, path.join(engine, `${wasm}.new`));
  renameSync(path.join(engine, `${wasm}.new`), path.join(engine, wasm));
  writeFileSync(stamp, hash);
}

/** Leaves an unchanged file alone, so that a dev server does not reload for nothing. */
function copyIfChanged(file) {
  const fresh = readFileSync(path.join(bound, file), "utf8");
  if (readOr(path.join(engine, file)) !== fresh) writeFileSync(path.join(engine, file), fresh);
}
