// Makes sure that the machine has what the build needs, fetches what can be fetched, and says plainly what cannot.

import { existsSync } from "node:fs";
import path from "node:path";
import { at, modifiedAt, output, retry, run, say, Trouble } from "./tools.mjs";

export const WASM_TARGET = "wasm32-unknown-unknown";
const OLDEST_NODE = [20, 19];

const RUSTUP = "install Rust by rustup, from https://rustup.rs (then open a new shell)";

/** Everything that a build needs, in place. */
export async function prepare() {
  checkTools();
  await installPackages();
  await addWasmTarget();
}

/** Lists all that is missing at once, so that nobody has to come back for the second thing. */
export function checkTools() {
  const missing = [nodeTrouble(), cargoTrouble()].filter(Boolean);
  if (missing.length > 0) throw new Trouble(`Something is missing:\n  - ${missing.join("\n  - ")}`);
}

function nodeTrouble() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const enough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return enough
    ? undefined
    : `Node ${OLDEST_NODE.join(".")} or newer (this is ${process.versions.node}): https://nodejs.org`;
}

function cargoTrouble() {
  if (output(["cargo", "--version"])) return undefined;
  if (!output(["rustup", "--version"])) return `cargo: ${RUSTUP}`;
  return "the Rust release that rust-toolchain.toml names: run `rustup toolchain install`";
}

/** `npm ci`, only when the lock file is newer than what it put in place. */
async function installPackages() {
  const installed = modifiedAt(at("node_modules", ".package-lock.json"));
  if (installed >= modifiedAt(at("package-lock.json"))) return;
  say("installing npm packages");
  await retry(3, () => run(["npm", "ci", "--no-audit", "--no-fund"]));
}

/** Asks rustup for the wasm target, only when the compiler's own folder lacks it. */
async function addWasmTarget() {
  if (hasWasmTarget()) return;
  say(`adding Rust's ${WASM_TARGET} target`);
  if (!output(["rustup", "--version"])) {
    throw new Trouble(
      `This Rust has no standard library for ${WASM_TARGET}, and there is no rustup to add it: ${RUSTUP}`,
    );
  }
  await retry(3, () => run(["rustup", "target", "add", WASM_TARGET]));
}

function hasWasmTarget() {
  const sysroot = output(["rustc", "--print", "sysroot"]) ?? "";
  return existsSync(path.join(sysroot, "lib", "rustlib", WASM_TARGET, "lib"));
}
