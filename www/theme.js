// Light or dark: the reader's system decides, until the reader does.

import { PALETTE } from "./colour.js";

/** @import { Theme } from "./colour.js" */

const KEY = "consensus-playground.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const sheet = new CSSStyleSheet();
/** @type {Set<() => void>} */
const listeners = new Set();

/** @type {Theme | null} */
let chosen = remembered();

/** @returns {Theme} */
export function theme() {
  return chosen ?? (system.matches ? "dark" : "light");
}

/** The colours of the theme in use. */
export function palette() {
  return PALETTE[theme()];
}

/** Changes to the other theme, and remembers that. */
export function switchTheme() {
  const other = theme() === "dark" ? "light" : "dark";
  chosen = other === (system.matches ? "dark" : "light") ? null : other;
  remember(chosen);
  apply();
}

/**
 * Calls back whenever the theme changes.
 * @param {() => void} listener
 */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function apply() {
  const rules = Object.entries(palette()).map(([name, colour]) => `--${name}: ${colour};`);
  sheet.replaceSync(`:root { color-scheme: ${theme()}; ${rules.join(" ")} }`);
  for (const listener of listeners) listener();
}

/** @returns {Theme | null} */
function remembered() {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    return null; // no storage in a sandboxed frame
  }
}

/** @param {Theme | null} value */
function remember(value) {
  try {
    if (value) localStorage.setItem(KEY, value);
    else localStorage.removeItem(KEY);
  } catch {
    // no storage in a sandboxed frame: the choice lasts as long as the page
  }
}

document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
system.addEventListener("change", apply);
apply();
