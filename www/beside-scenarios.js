// The comparisons that come with the page, which are lessons, and which protocols are usually laid side by side.

import ready from "./beside/ready.txt?raw";
import usual from "./beside/usual.txt?raw";
import { PROTOCOLS } from "./protocols.js";

/** @type {Record<string, string>} */
const TEXTS = import.meta.glob("./lessons/*-three-protocols-*.scenario", {
  eager: true,
  query: "?raw",
  import: "default",
});
/** The protocols that a reader compares first, in this order. */
const USUAL = usual.trim().split(/\s+/);
/** How many may stand beside the first. */
export const MOST_BESIDE = 2;

/** Each with its title and its text, in their order. */
export const COMPARISONS = ready
  .trim()
  .split(/\s+/)
  .map((key) => {
    const text = TEXTS[`./lessons/${key}.scenario`];
    return { key, title: /^title "(.*)"$/m.exec(text)?.[1] ?? "", text };
  });

/** Those that are laid beside a protocol unless the reader says otherwise. @param {string} key */
export function usualBeside(key) {
  return USUAL.filter((other) => other !== key).slice(0, MOST_BESIDE);
}

/** All that can be laid beside a protocol. @param {string} key */
export function othersThan(key) {
  return PROTOCOLS.filter((other) => other.key !== key);
}
