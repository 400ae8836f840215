// The engine's methods, on an element: the same names, the same arguments, answered by promises.

/** @import { Run } from "./engine-types" */

/**
 * What each does: `ask` looks, `go` moves the cursor, `turn` does so where the story
 * may change the run, `act` changes it. The compiler finds one that is missing.
 * @type {Record<Exclude<keyof Run, "free" | "frameText">, "ask" | "go" | "turn" | "act">}
 */
export const METHODS = {
  info: "ask",
  frame: "ask",
  inside: "ask",
  clients: "ask",
  differs: "ask",
  window: "ask",
  heard: "ask",
  explain: "ask",
  why: "ask",
  moments: "ask",
  rules: "ask",
  links: "ask",
  actions: "ask",
  branches: "ask",
  text: "ask",
  link: "ask",
  asTold: "ask",
  fingerprint: "ask",
  ahead: "ask",
  step: "go",
  stepBack: "go",
  nextMoment: "go",
  previousMoment: "go",
  run: "go",
  seek: "go",
  seekTime: "go",
  toFiring: "go",
  proceed: "turn",
  leave: "turn",
  seekLine: "turn",
  toStory: "turn",
  switchRule: "turn",
  act: "act",
  submit: "act",
  crash: "act",
  restart: "act",
  pause: "act",
  resume: "act",
  sync: "act",
  wipe: "act",
  fire: "act",
  cut: "act",
  mend: "act",
  partition: "act",
  heal: "act",
  deliver: "act",
  drop: "act",
  duplicate: "act",
  delay: "act",
  switchBranch: "act",
};

/**
 * Gives an element the methods.
 * @param {{ call: (way: "ask" | "go" | "turn" | "act", method: string, args: unknown[]) => Promise<unknown> }} prototype
 */
export function addMethods(prototype) {
  for (const [method, way] of Object.entries(METHODS)) {
    if (method in prototype) throw new Error(`${method} is a name of the engine's.`);
    /** @this {typeof prototype} @param {unknown[]} args */
    const value = function (...args) {
      return this.call(way, method, args);
    };
    Object.defineProperty(prototype, method, { value, configurable: true, writable: true });
  }
}
