// Servers as shapes. Role is form: leaders are filled, candidates dashed, the others outlined.

import { hueOf } from "./colour.js";
import { sight } from "./eye.js";
import { arc, round } from "./geometry.js";
import { isByHand } from "./hand.js";
import { textWidth } from "./labels.js";
import { spotOf } from "./layout.js";

/** @import { NodeFrame } from "./engine-types" */
/** @import { Scene, Shape } from "./picture.js" */

/** @param {Scene} scene @returns {Shape[]} */
export function serverShapes(scene) {
  return scene.frame.nodes.map((node) => serverShape(node, scene));
}

/** @param {NodeFrame} node @param {Scene} scene @returns {Shape} */
function serverShape(node, scene) {
  const { plan, info, eye } = scene;
  const { x, y } = spotOf(plan, node.name);
  const r = plan.radius;
  const size = Math.round(r * 0.48);
  const form = node.up ? node.kind : "down";
  const children = [
    { key: "halo", tag: "circle", attrs: { r: r + 12, class: "halo" } },
    ...ringShapes(node, scene),
    { key: "body", tag: "circle", attrs: { r: form === "leading" ? r : r - 1.5, class: "body" } },
    {
      key: "name",
      tag: "text",
      attrs: { y: -r * 0.02, "font-size": size, class: "name" },
      text: `${node.name} `,
    },
    {
      key: "term",
      tag: "text",
      attrs: { y: round(r * 0.44), "font-size": Math.max(9, Math.round(r * 0.33)), class: "term" },
      text: underName(node, info.protocol.term, r),
    },
    ...stateShapes(node, r),
  ];
  return {
    key: node.name,
    tag: "g",
    attrs: {
      transform: `translate(${round(x)} ${round(y)})`,
      class: `server ${form} h${hueOf(node.hue)}${node.paused ? " paused" : ""}${sight(!eye || eye.place === node.name)}`,
      tabindex: 0,
      role: "button",
      "aria-haspopup": "menu",
      "aria-label": serverText(node, info.protocol.term, r),
      "data-target": node.name,
    },
    children,
  };
}

/** What stands below the name: the term, shortened if it must be. @param {NodeFrame} node @param {string} word @param {number} r */
function underName({ up, term }, word, r) {
  if (!up) return "down";
  const whole = `${word} ${term}`;
  return textWidth(whole, Math.max(9, r * 0.33)) < 1.55 * r ? whole : `${word[0]}${term}`;
}

/** Timers that count down, as rings. @param {NodeFrame} node @param {Scene} scene @returns {Shape[]} */
function ringShapes(node, { at, frame, info, plan, still }) {
  const timers = node.timers.filter((timer) => timer.ring && timer.dueAt > timer.setAt);
  if (!node.up || node.paused || timers.length === 0 || (still && (info.byHand || isByHand(frame))))
    return [];
  const timer = timers[0];
  const r = plan.radius + 6;
  const left = Math.max(0, Math.min(1, (timer.dueAt - at) / (timer.dueAt - timer.setAt)));
  return [
    { key: "track", tag: "circle", attrs: { r, class: "track" } },
    { key: "timer", tag: "path", attrs: { d: arc(r, left), class: timer.held ? "timer held" : "timer" } },
  ];
}

/** Crashed and paused servers carry a sign. @param {NodeFrame} node @param {number} r @returns {Shape[]} */
function stateShapes(node, r) {
  const d = round(r * 0.74);
  if (!node.up) {
    const arm = round(r * 0.16);
    const cross = `M${d - arm} ${-d - arm}l${2 * arm} ${2 * arm}m0 ${-2 * arm}l${-2 * arm} ${2 * arm}`;
    return [
      { key: "sign", tag: "circle", attrs: { cx: d, cy: -d, r: round(r * 0.3), class: "sign" } },
      { key: "cross", tag: "path", attrs: { d: cross, class: "cross" } },
    ];
  }
  if (!node.paused) return [];
  const bars = `M${d - 3} ${-d - 4}v8M${d + 3} ${-d - 4}v8`;
  return [
    { key: "sign", tag: "circle", attrs: { cx: d, cy: -d, r: round(r * 0.3), class: "sign" } },
    { key: "bars", tag: "path", attrs: { d: bars, class: "bars" } },
  ];
}

/**
 * A server in one sentence, which begins with what can be read in it.
 * @param {NodeFrame} node
 * @param {string} word the protocol's word for a term
 * @param {number} r
 */
function serverText(node, word, r) {
  const parts = [`${node.name} ${underName(node, word, r)}`];
  if (node.up) parts.push(node.role);
  if (node.paused) parts.push("paused");
  if (node.note) parts.push(node.note);
  return `${parts.filter(Boolean).join(", ")}. Actions`;
}
