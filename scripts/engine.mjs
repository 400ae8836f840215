// Rust → www/engine/: compile, write the bindings, optimise.

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { WASM_TARGET } from "./prepare.mjs";
import { at, hashOf, local, locked, readOr, run, say, target } from "./tools.mjs";

const compiled = path.join(target, WASM_TARGET, "wasm", "wasm.wasm");
const bound = path.join(target, "engine");
const engine = at("www", "engine");
const WASM = "engine_bg.wasm";
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

/** Builds the engine that the page loads: engine.js, engine.d.ts, engine_bg.wasm. */
export async function buildEngine() {
  say("compiling the engine to WebAssembly");
  await run(["cargo", "build", ...locked, "-p", "wasm", "--profile", "wasm", "--target", WASM_TARGET]);
  await bindgen();
  mkdirSync(engine, { recursive: true });
  await optimise();
  for (const file of readdirSync(bound)) if (/\.(js|ts)$/.test(file)) copyIfChanged(file);
}

/** A target folder of its own: cargo locks a folder as a whole, and this build shares no object with the engine's. */
async function bindgen() {
  const cargo = ["cargo", "run", ...locked, "--quiet", "-p", "xtask", "--profile", "tools"];
  await run([...cargo, "--target-dir", path.join(target, "tools"), "--", "bindgen", compiled, bound]);
}

/** Runs wasm-opt, which takes seconds, only when what goes in has changed. */
async function optimise() {
  const stamp = path.join(engine, "optimised-from"); // beside what it speaks of
  const version = readFileSync(at("node_modules", "binaryen", "package.json"));
  const hash = hashOf(readFileSync(path.join(bound, WASM)), version, OPTIMISE.join(" "));
  if (readOr(stamp) === hash && existsSync(path.join(engine, WASM))) return;
  say("optimising the engine");
  const fresh = path.join(target, `optimised-${process.pid}.wasm`);
  await run([...local("binaryen", "bin", "wasm-opt"), ...OPTIMISE, path.join(bound, WASM), "-o", fresh]);
  copyFileSync(fresh, path.join(engine, `${WASM}.new`));
  renameSync(path.join(engine, `${WASM}.new`), path.join(engine, WASM));
  writeFileSync(stamp, hash);
}

/** Leaves an unchanged file alone, so that a dev server does not reload for nothing. */
function copyIfChanged(file) {
  const fresh = readFileSync(path.join(bound, file), "utf8");
  if (readOr(path.join(engine, file)) !== fresh) writeFileSync(path.join(engine, file), fresh);
}
