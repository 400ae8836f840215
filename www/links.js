// Who can reach whom: a faint line where both can, a broken red one where a link is cut.

import { sight } from "./eye.js";
import { between, distance, round } from "./geometry.js";
import { spotOf } from "./layout.js";

/** @import { Layout } from "./layout.js" */
/** @import { Scene, Shape } from "./picture.js" */

/** What was made last for a layout: cuts are rare. @type {WeakMap<Layout, { cuts: string, shapes: Shape[] }>} */
const made = new WeakMap();

/** @param {Scene} scene @returns {Shape[]} */
export function linkShapes({ frame, plan, eye }) {
  const cuts = `${!eye} ${frame.groups.length > 1} ${frame.cuts.map(({ from, to }) => `${from}-${to}`)}`;
  const last = made.get(plan);
  if (last?.cuts === cuts) return last.shapes;
  const shapes = freshShapes(frame, plan, !eye);
  made.set(plan, { cuts, shapes });
  return shapes;
}

/** @param {import("./engine-types").Frame} frame @param {Layout} plan @param {boolean} known false if the cuts are out of sight */
function freshShapes(frame, plan, known) {
  const servers = frame.nodes.map((node) => node.name);
  const cut = new Set(frame.cuts.map(({ from, to }) => `${from}-${to}`));
  const parted = frame.groups.length > 1;
  /** @type {Shape[]} */
  const shapes = [];
  servers.forEach((a, n) => {
    for (const b of servers.slice(n + 1)) {
      const [there, back] = [cut.has(`${a}-${b}`), cut.has(`${b}-${a}`)];
      if (there && back && parted) continue;
      const shape = linkShape(a, b, there, back, plan);
      if (there || back) shape.attrs.class += sight(known);
      shapes.push(shape);
    }
  });
  return shapes;
}

/**
 * @param {string} a
 * @param {string} b
 * @param {boolean} there true if a cannot reach b
 * @param {boolean} back true if b cannot reach a
 * @param {import("./layout.js").Layout} plan
 * @returns {Shape}
 */
function linkShape(a, b, there, back, plan) {
  const [p, q] = [spotOf(plan, a), spotOf(plan, b)];
  const off = (plan.radius + 9) / (distance(p, q) || 1);
  const [start, end] = [between(p, q, off), between(p, q, 1 - off)];
  const d = `M${round(start.x)} ${round(start.y)}L${round(end.x)} ${round(end.y)}`;
  const open = !there && !back;
  /** @type {Shape[]} */
  const children = [
    { key: "line", tag: "path", attrs: { d, class: open ? "open" : there && back ? "cut" : "open half" } },
    { key: "hit", tag: "path", attrs: { d, class: "hit" } },
  ];
  const angle = round((Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI);
  if (there) children.push(barShape("there", between(p, q, back ? 0.5 : 0.62), angle));
  else if (back) children.push(barShape("back", between(p, q, 0.38), angle + 180));
  const words = open
    ? ""
    : there && back
      ? "cut both ways"
      : there
        ? `cut from ${a} to ${b}`
        : `cut from ${b} to ${a}`;
  /** @type {Record<string, string | number>} */
  const focusable = open
    ? {}
    : {
        tabindex: 0,
        role: "button",
        "aria-haspopup": "menu",
        "aria-label": `Link ${a} and ${b}, ${words}. Actions`,
      };
  return {
    key: `${a}-${b}`,
    tag: "g",
    attrs: { class: "link", "data-target": `${a}-${b}`, ...focusable },
    children,
  };
}

/** A bar across a cut link, with a bow on the side that hears nothing. @param {string} key @param {import("./geometry.js").Point} at @param {number} angle @returns {Shape} */
function barShape(key, at, angle) {
  const transform = `translate(${round(at.x)} ${round(at.y)}) rotate(${angle})`;
  return { key, tag: "path", attrs: { d: "M0 -9V9M-7 -5L0 0L-7 5", transform, class: "bar" } };
}
