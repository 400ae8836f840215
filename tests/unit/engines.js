// The built engines, as Node loads them.

import { readdirSync, readFileSync } from "node:fs";
import { loadEngine } from "../../scripts/engine.mjs";

export const root = new URL("../../", import.meta.url);

const loaded = new Map();

/** The class `Run` of the engine that plays a protocol. */
export async function engineFor(protocol) {
  if (!loaded.has(protocol)) loaded.set(protocol, (await loadEngine(protocol)).Run);
  return loaded.get(protocol);
}

/** A run of a text or a link, in whichever engine plays its protocol. */
export async function opened(method, args) {
  const first = await engineFor("raft");
  try {
    return first[method](...args);
  } catch (error) {
    if (!error.needs) throw error;
    return (await engineFor(error.needs))[method](...args);
  }
}

/** A run of a scenario in text form. */
export async function open(text) {
  const protocol = /^protocol ([\w-]+)/m.exec(text)?.[1];
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
