// The stage as shapes: a frame, an instant and a layout in; keyed shapes out, in the order in which they are drawn.

import { clientBoxes, clientShapes } from "./clients.js";
import { flightLabels, flightShapes } from "./flights.js";
import { meet } from "./geometry.js";
import { boxAt, placeLabels } from "./labels.js";
import { linkShapes } from "./links.js";
import { noteShapes, serverBoxes } from "./notes.js";
import { pointed } from "./pointers.js";
import { regionLabels, regionShapes } from "./regions.js";
import { sameButClock } from "./scenes.js";
import { serverShapes } from "./servers.js";
import { crossed, flightBoxes, wayBoxes } from "./ways.js";

/** @import { Frame, Info } from "./engine-types" */
/** @import { Box } from "./geometry.js" */
/** @import { Layout } from "./layout.js" */
/** @import { Label } from "./labels.js" */

/**
 * @typedef {object} Shape
 * @property {string} key
 * @property {string} tag an SVG element
 * @property {Record<string, string | number>} attrs
 * @property {string} [text]
 * @property {Shape[]} [children]
 */

/**
 * @typedef {object} Scene
 * @property {Frame} frame
 * @property {Info} info
 * @property {number} at
 * @property {Layout} plan
 * @property {boolean} still true if messages do not fly: reduced motion, or a run whose clock stands
 * @property {import("./eye.js").Eye | null} [eye] through whose eyes the run is seen, if not everyone's
 * @property {string | null} focus the place or message that the reader points at
 */

/** @typedef {Label & { text: string, class: string, size: number }} Words */

/**
 * @param {Scene} scene
 * @returns {Shape[]}
 */
export function picture(scene) {
  const { below, above } = fixedShapes(scene);
  const shapes = [...below, ...serverShapes(scene), ...flightShapes(scene), ...above];
  return pointed(shapes, scene.frame);
}

/** What was made last of all that the clock does not move. @type {{ scene: Scene, below: Shape[], above: Shape[], boxes: Box[] } | null} */
let fixed = null;

/** What the clock does not move: made anew when anything else has changed, or a message has run into a label. @param {Scene} scene */
function fixedShapes(scene) {
  if (fixed && sameButClock(fixed.scene, scene) && isClear(fixed.boxes, scene)) return fixed;
  const below = [...regionShapes(scene), ...linkShapes(scene), ...clientShapes(scene)];
  const placed = placedLabels(scene);
  const above = [
    ...noteShapes(scene, crossed(scene)),
    ...placed.map(({ label, spot }) => labelShape(label, spot)),
  ];
  fixed = { scene, below, above, boxes: placed.map(({ label, spot }) => boxAt(label, spot)) };
  return fixed;
}

/** @param {Box[]} boxes @param {Scene} scene */
function isClear(boxes, scene) {
  const heads = flightBoxes(scene);
  return boxes.every((box) => heads.every((head) => !meet(box, head)));
}

/**
 * All labels that have no fixed place, put where they cover nothing.
 * @param {Scene} scene
 */
function placedLabels(scene) {
  const { plan } = scene;
  const labels = [...regionLabels(scene), ...flightLabels(scene)];
  const obstacles = [...serverBoxes(scene), ...clientBoxes(scene), ...flightBoxes(scene)];
  const bounds = { x: 4, y: 4, w: plan.width - 8, h: plan.height - 8 };
  const places = placeLabels(labels, obstacles, bounds, wayBoxes(scene));
  return labels.flatMap((label) => {
    const spot = places.get(label.key);
    return spot ? [{ label, spot }] : [];
  });
}

/**
 * @param {Words} label
 * @param {import("./geometry.js").Point} spot
 * @returns {Shape}
 */
function labelShape(label, spot) {
  const { x, y, w, h } = boxAt(label, spot);
  const back = { key: "back", tag: "rect", attrs: { x, y, width: w, height: h, rx: h / 2, class: "back" } };
  const text = {
    key: "text",
    tag: "text",
    attrs: { x: spot.x, y: spot.y + label.size * 0.36, "font-size": label.size },
    text: label.text,
  };
  return {
    key: label.key,
    tag: "g",
    attrs: { class: `label ${label.class}`, "aria-hidden": "true" },
    children: [back, text],
  };
}
