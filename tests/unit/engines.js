// The built engine, as Node loads it. The one place that knows how it is split into files.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";

const folder = new URL("../../www/engine/", import.meta.url);
export const root = new URL("../../", import.meta.url);

/** Its own engine if the protocol has one, or the one that plays all; after a change of mind the newer. */
function nameFor(protocol) {
  const built = [protocol, "engine"].filter((name) => existsSync(new URL(`${name}_bg.wasm`, folder)));
  if (built.length === 0) throw new Error("The engine is not built: run `npm run build`");
  const age = (name) => -statSync(new URL(`${name}_bg.wasm`, folder)).mtimeMs;
  return built.sort((one, other) => age(one) - age(other))[0];
}

const loaded = new Map();

/** The class `Run` of the engine that plays a protocol. */
export async function engineFor(protocol) {
  const name = nameFor(protocol);
  if (!loaded.has(name)) {
    const glue = await import(new URL(`${name}.js`, folder).href);
    glue.initSync({ module: readFileSync(new URL(`${name}_bg.wasm`, folder)) });
    loaded.set(name, glue.Run);
  }
  return loaded.get(name);
}

/** A run of a scenario in text form. */
export async function open(text) {
  const protocol = /^protocol (\w+)/m.exec(text)?.[1];
  return (await engineFor(protocol)).fromText(text);
}

/** Every scenario in a folder: its path and its text. */
export function scenarios(path) {
  const names = readdirSync(new URL(path, root)).filter((name) => name.endsWith(".scenario"));
  return names.sort().map((name) => ({
    path: `${path}/${name}`,
    text: readFileSync(new URL(`${path}/${name}`, root), "utf8"),
  }));
}

/** Plays the first events of a run: their trace lines, and the fingerprint after them. */
export function played(run, events) {
  run.seek(events);
  const lines = run.lines(0, events);
  return { lines: lines.map((line) => line.trimEnd()), fingerprint: run.fingerprint() };
}

/** Plays a script to its end. Returns how many events are known then: those of the script, and perhaps one more. */
export function toScriptEnd(run) {
  run.link(false); // which needs the fingerprint of the whole script
  return run.lines(0, 2 ** 31).length;
}
