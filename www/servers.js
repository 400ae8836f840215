// Servers as shapes. Role is form: leaders are filled, candidates dashed, the others outlined.

import { hueOf } from "./colour.js";
import { arc, round } from "./geometry.js";
import { isByHand } from "./hand.js";
import { textWidth } from "./labels.js";
import { spotOf } from "./layout.js";

/** @import { NodeFrame } from "./engine-types" */
/** @import { Box } from "./geometry.js" */
/** @import { Scene, Shape } from "./picture.js" */

const ROLE_SIZE = 13;
const NOTE_SIZE = 12;

/** @param {Scene} scene @returns {Shape[]} */
export function serverShapes(scene) {
  return scene.frame.nodes.map((node) => serverShape(node, scene));
}

/** @param {NodeFrame} node @param {Scene} scene @returns {Shape} */
function serverShape(node, scene) {
  const { plan, info } = scene;
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
      class: `server ${form} h${hueOf(node.hue)}${node.paused ? " paused" : ""}`,
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
  return textWidth(whole, Math.max(9, r * 0.33)) < 1.75 * r ? whole : `${word[0]}${term}`;
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

/** The words at a server: role and note. @param {Scene} scene @returns {Shape[]} */
export function wordShapes(scene) {
  return scene.frame.nodes.flatMap((node) => {
    const spot = wordsOf(node, scene);
    if (!spot) return [];
    const line = (
      /** @type {string} */ key,
      /** @type {string} */ text,
      /** @type {number} */ dy,
      /** @type {number} */ size,
    ) => ({
      key: `${node.name} ${key}`,
      tag: "text",
      attrs: {
        x: round(spot.x),
        y: round(spot.y + dy),
        "text-anchor": spot.anchor,
        "font-size": size,
        class: key,
        "aria-hidden": "true",
      },
      text,
    });
    const role = line("role", spot.role, spot.note ? -2.5 : 4.5, ROLE_SIZE);
    return spot.note ? [role, line("note", spot.note, 14, NOTE_SIZE)] : [role];
  });
}

/**
 * Where a server's words stand: x and y of the block's middle line.
 * @param {NodeFrame} node
 * @param {Scene} scene
 */
function wordsOf(node, { plan, focus }) {
  if (plan.dense && focus !== node.name) return null;
  const { x, y, side } = spotOf(plan, node.name);
  const away = plan.radius + (side === "above" || side === "below" ? 32 : 25);
  const role = node.up ? (node.paused ? `${node.role}, paused` : node.role) : "Down";
  const note = plan.narrow && focus !== node.name ? "" : node.up ? node.note : "";
  const dx = side === "left" ? -away : side === "right" ? away : 0;
  const dy = side === "above" ? -away : side === "below" ? away : 0;
  const anchor = side === "left" ? "end" : side === "right" ? "start" : "middle";
  return { x: x + dx, y: y + dy, anchor, role, note };
}

/** What the servers and their words cover. @param {Scene} scene @returns {Box[]} */
export function serverBoxes(scene) {
  return scene.frame.nodes.flatMap((node) => {
    const { x, y } = spotOf(scene.plan, node.name);
    const r = scene.plan.radius + 9;
    const words = wordsOf(node, scene);
    const own = { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
    if (!words) return [own];
    const w = Math.max(textWidth(words.role, ROLE_SIZE) * 1.06, textWidth(words.note, NOTE_SIZE)) + 8;
    const left =
      words.anchor === "middle" ? words.x - w / 2 : words.anchor === "end" ? words.x - w + 4 : words.x - 4;
    const h = words.note ? 36 : 20;
    return [own, { x: left, y: words.y - h / 2, w, h }];
  });
}
