// The simulator in WebAssembly beside a bare heap loop in the same module (tests/benches/load), in Node and in
// Chromium.

import { readFileSync } from "node:fs";
import path from "node:path";
import { OPTIMISE } from "../engine.mjs";
import { WASM_TARGET } from "../prepare.mjs";
import { local, locked, run, say, target } from "../tools.mjs";
import { atLeast, atMost, bestOf, TURNS } from "./measure.mjs";

/** What one turn does. */
const EVENTS = 100_000;
const SECONDS = 50;

/** The protocols at work, in the order of the load's own list (`exports.rs`); the first is what others are held to. */
const PROTOCOLS = ["Raft", "Multi-Paxos", "ZAB"];

/** How much longer another protocol may take for an event than the first does. */
const BESIDE = 1.5;

/** Compiles the load with the settings of the engine that ships. Gives the path of the module. */
export async function buildLoad() {
  say("compiling the load to WebAssembly");
  await run(["cargo", "build", ...locked, "-p", "load", "--profile", "wasm", "--target", WASM_TARGET]);
  const compiled = path.join(target, WASM_TARGET, "wasm", "load.wasm");
  const optimised = path.join(target, "load.wasm");
  await run([...local("binaryen", "bin", "wasm-opt"), ...OPTIMISE, compiled, "-o", optimised]);
  return optimised;
}

/** Times the loads of a module. It runs in whatever has WebAssembly, and so uses nothing from around it. */
function timeLoads(loads, timer, events, seconds, protocols) {
  const works = protocols.flatMap((_, place) => [
    () => loads.unwatched(place, seconds),
    () => loads.checked(place, seconds),
  ]);
  const [bare, ...times] = timer([() => loads.heap_loop(events), ...works]);
  const clusters = protocols.map((name, place) => ({
    name,
    unwatched: times[2 * place],
    checked: times[2 * place + 1],
    happened: loads.unwatched(place, seconds),
    sent: loads.messages(place, seconds),
  }));
  return { bare, clusters };
}

function tell(table, where, { bare, clusters }) {
  const [{ unwatched, checked, happened, sent }, ...others] = clusters;
  const yardstick = (bare * 1e6) / EVENTS;
  const each = (milliseconds) => (milliseconds * 1e6) / happened;
  table.row(`${where}: a bare heap loop, an event`, yardstick, "ns");
  table.row("  5 servers, unwatched, an event", each(unwatched), "ns");
  table.row("  5 servers, unwatched, messages a second", (sent / unwatched) * 1e3);
  table.row("  5 servers, checked, an event", each(checked), "ns");
  table.row("    as multiples of the bare loop", each(checked) / yardstick, "", atMost(15));
  table.row("    simulated seconds a second (aim: 5,000)", (SECONDS / checked) * 1e3, "", atLeast(1_000));
  for (const other of others) {
    const multiple = (time, own) => time / other.happened / (own / happened);
    table.row(`  ${other.name} at the same: events a simulated second`, other.happened / SECONDS);
    table.row(
      `    unwatched, an event, as multiples of ${PROTOCOLS[0]}'s`,
      multiple(other.unwatched, unwatched),
      "",
      atMost(BESIDE),
    );
    table.row(
      `    checked, an event, as multiples of ${PROTOCOLS[0]}'s`,
      multiple(other.checked, checked),
      "",
      atMost(BESIDE),
    );
  }
}

/** @param {import("./measure.mjs").Table} table */
export function measureInNode(table, module) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(module)));
  tell(table, "in Node", timeLoads(exports, bestOf, EVENTS, SECONDS, PROTOCOLS));
}

/** @param {import("./measure.mjs").Table} table @param {import("@playwright/test").Page} page */
export async function measureInBrowser(table, module, page) {
  const source = `async ({ bytes, events, seconds, protocols }) => {
    const TURNS = ${TURNS};
    const code = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(code);
    return (${timeLoads})(instance.exports, ${bestOf}, events, seconds, protocols);
  }`;
  const bytes = readFileSync(module).toString("base64");
  const ask = JSON.stringify({ bytes, events: EVENTS, seconds: SECONDS, protocols: PROTOCOLS });
  tell(table, "in Chromium", await page.evaluate(`(${source})(${ask})`));
}
