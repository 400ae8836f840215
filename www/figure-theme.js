// A figure's colours: its own, whatever the page around it does, and none of them outside it.

import { PALETTE } from "./colour.js";

/** @import { Theme } from "./colour.js" */

const system = matchMedia("(prefers-color-scheme: dark)");

/** @type {Map<Theme, CSSStyleSheet>} */
const sheets = new Map();

/** Light or dark: as the author says, else as the reader's system. @param {string | null} wanted @returns {Theme} */
export function themeFor(wanted) {
  if (wanted === "light" || wanted === "dark") return wanted;
  return system.matches ? "dark" : "light";
}

/** The theme's colours for everything inside `.figure`. @param {Theme} theme */
export function sheetFor(theme) {
  const known = sheets.get(theme);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  const rules = Object.entries(PALETTE[theme]).map(([name, colour]) => `--${name}: ${colour};`);
  sheet.replaceSync(`.figure { color-scheme: ${theme}; ${rules.join(" ")} }`);
  sheets.set(theme, sheet);
  return sheet;
}

/** The size that an author gave, as with an image: at most so wide, and so high. @param {Element} element */
export function sizeSheet(element) {
  const sheet = new CSSStyleSheet();
  const [width, height] = ["width", "height"].map((name) => Number(element.getAttribute(name)));
  const rules = [width > 0 ? `max-width: ${width}px;` : "", height > 0 ? `height: ${height}px;` : ""];
  sheet.replaceSync(`:host(consensus-playground) { ${rules.join(" ")} }`);
  return sheet;
}

/** Calls back when the reader's system changes. @param {() => void} listener */
export function onSystem(listener) {
  system.addEventListener("change", listener);
  return () => system.removeEventListener("change", listener);
}
