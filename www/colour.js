// Colours. Hue belongs to the term, and a term's number always stands beside it; red is for what is lost, cut off, down
// or broken, so no term is red.

/** @typedef {"light" | "dark"} Theme */

/** The hues of terms 1, 2, 3 …, which come round again after the last. */
const LIGHT_TERMS = ["#3b6cc4", "#a04a97", "#97620f", "#267d48", "#0f777c", "#6a55c2", "#69711a", "#4f6678"];
const DARK_TERMS = ["#7aa5f5", "#d78ccf", "#e0aa52", "#5cc283", "#46bfc4", "#ab9af5", "#b7bf60", "#9fb4ca"];

/** How many hues there are before they come round again. */
export const HUES = LIGHT_TERMS.length;

/**
 * What every drawing takes its colours from. `t0` is the colour of "no term yet".
 * @type {Record<Theme, Record<string, string>>}
 */
export const PALETTE = {
  light: {
    stage: "#f7f7f5",
    surface: "#ffffff",
    raised: "#ffffff",
    press: "#f0f0ed",
    line: "#dfdfdb",
    faint: "#c4c4bf",
    ink: "#1a1c20",
    dim: "#5d6068",
    red: "#bf2f24",
    accent: "#2f52d4",
    "on-accent": "#ffffff",
    "on-term": "#ffffff",
    t0: "#6f737b",
    ...termColours(LIGHT_TERMS),
  },
  dark: {
    stage: "#14161a",
    surface: "#1c1e23",
    raised: "#25282e",
    press: "#2b2e35",
    line: "#33363d",
    faint: "#4a4e57",
    ink: "#f0f1f3",
    dim: "#a2a6af",
    red: "#ff8373",
    accent: "#8ea5ff",
    "on-accent": "#10131c",
    "on-term": "#14161a",
    t0: "#8f949d",
    ...termColours(DARK_TERMS),
  },
};

/** @param {string[]} hues */
function termColours(hues) {
  return Object.fromEntries(hues.map((hue, n) => [`t${n + 1}`, hue]));
}

/**
 * The place of a term's hue: 0 before the first term, else 1 … HUES.
 * @param {number} number the term's number
 */
export function hueOf(number) {
  return number <= 0 ? 0 : 1 + ((number - 1) % HUES);
}

/** The colour of a term, as the palette names it. @param {number} number */
export function hueName(number) {
  return HUE_NAMES[hueOf(number)];
}

/** Made once: a name is asked for with every stroke. */
const HUE_NAMES = Array.from({ length: HUES + 1 }, (_, hue) => `t${hue}`);

/**
 * Mixes two colours written as #rrggbb.
 * @param {string} colour
 * @param {string} ground
 * @param {number} share how much of the first: 0 … 1
 */
export function mix(colour, ground, share) {
  const [a, b] = [channels(colour), channels(ground)];
  const parts = a.map((value, n) => Math.round(value * share + b[n] * (1 - share)));
  return `#${parts.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The contrast of two colours, 1 … 21, by the rule of WCAG 2.
 * @param {string} a
 * @param {string} b
 */
export function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** @param {string} colour */
function luminance(colour) {
  const [r, g, b] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} colour */
function channels(colour) {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
