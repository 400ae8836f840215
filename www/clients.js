// Clients stand outside the ring: what each one asked for last, and how that ended.

import { sight } from "./eye.js";
import { round } from "./geometry.js";
import { textWidth } from "./labels.js";
import { boxOf, spotOf } from "./layout.js";

/** @import { ClientFrame, OpView } from "./engine-types" */
/** @import { Box } from "./geometry.js" */
/** @import { Scene, Shape } from "./picture.js" */

/** A lower box has one line of words, in pixels. */
const FLAT = 32;
const WORDS = { pending: "waiting", ok: "OK", failed: "failed", unknown: "unknown" };
const OP_SIZE = 12;
const SIGNS = { pending: "…", ok: "✓", failed: "✕", unknown: "?" };

/** @param {Scene} scene @returns {Shape[]} */
export function clientShapes(scene) {
  return scene.frame.clients.flatMap((client) => [clientShape(client, scene), ...opShapes(client, scene)]);
}

/** @param {ClientFrame} client @param {Scene} scene @returns {Shape} */
function clientShape(client, { plan, eye }) {
  const { x, y } = spotOf(plan, client.name);
  const { w, h } = plan.client;
  const op = client.ops.at(-1);
  const status = op ? WORDS[op.outcome] : "idle";
  const flat = op && plan.client.inside && h < FLAT; // its name says what is written on it, in that order
  const rect = { x: -w / 2, y: -h / 2, width: w, height: h, rx: Math.min(10, h / 3), class: "box" };
  const children = [{ key: "box", tag: "rect", attrs: rect }, ...wordShapes(client, status, plan.client)];
  return {
    key: client.name,
    tag: "g",
    attrs: {
      transform: `translate(${round(x)} ${round(y)})`,
      class: `client ${op?.outcome ?? "idle"}${sight(!eye || eye.place === client.name)}`,
      tabindex: 0,
      role: "button",
      "aria-haspopup": "menu",
      "aria-label": `client ${client.name} ${flat ? "" : `${status} `}${op ? opText(op) : ""}. Actions`,
      "data-target": client.name,
    },
    children,
  };
}

/** What stands in a client's box. @param {ClientFrame} client @param {string} status @param {Scene["plan"]["client"]} size @returns {Shape[]} */
function wordShapes({ name, ops }, status, { w, h, inside }) {
  const line = (
    /** @type {string} */ key,
    /** @type {number} */ y,
    /** @type {number} */ size,
    /** @type {string} */ text,
  ) => ({
    key,
    tag: "text",
    attrs: { y, class: key, "font-size": size },
    text,
  });
  if (!inside) {
    const whole = `client ${name} `;
    return [
      line("name", -3, 13, textWidth(whole, 13) < w ? whole : `${name} `),
      line("status", 14, 12, status),
    ];
  }
  const op = ops.at(-1);
  if (!op) return [line("name", 4.5, 12.5, `${name} ${status}`)];
  if (h < FLAT) return [line("name", 4.5, 12, fitted(op, w - 8 - textWidth(`${name} `, 12), 12, `${name} `))];
  return [line("name", -3, 12.5, `${name} ${status} `), line("status", 13, 12, fitted(op, w - 8, 12))];
}

/** What it asked for last, below its box. @param {ClientFrame} client @param {Scene} scene @returns {Shape[]} */
function opShapes({ name, ops }, { plan, eye }) {
  const op = ops.at(-1);
  if (!op || plan.client.inside) return [];
  const { x, y } = spotOf(plan, name);
  const attrs = {
    x: round(x),
    y: round(y + plan.client.h / 2 + 16),
    class: `op${sight(!eye || eye.place === name)}`,
    "font-size": OP_SIZE,
    "aria-hidden": "true",
  };
  return [{ key: `${name} op`, tag: "text", attrs, text: fitted(op, opRoom(plan), OP_SIZE) }];
}

/** How wide what stands below a client may be. @param {Scene["plan"]} plan */
function opRoom({ client, narrow }) {
  return narrow ? client.w + 8 : 132;
}

/** An operation and its outcome's sign, shortened to a width. @param {OpView} op @param {number} width @param {number} size @param {string} [before] */
function fitted(op, width, size, before = "") {
  const room = width - textWidth(` ${SIGNS[op.outcome]}`, size);
  let text = op.text;
  for (let n = text.length - 1; n > 0 && textWidth(text, size) > room; n--) text = `${op.text.slice(0, n)}…`;
  return `${before}${text} ${SIGNS[op.outcome]}`;
}

/** An operation in words: `set x=1: OK`. @param {OpView} op */
export function opText(op) {
  const reply = op.reply ? ` (${op.reply})` : "";
  return `${op.text}: ${WORDS[op.outcome]}${reply}`;
}

/** @param {Scene} scene @returns {Box[]} */
export function clientBoxes({ frame, plan }) {
  return frame.clients.map((client) => {
    const box = boxOf(plan, client.name);
    const op = client.ops.at(-1);
    if (!op || plan.client.inside) return box;
    const w = Math.max(box.w, textWidth(fitted(op, opRoom(plan), OP_SIZE), OP_SIZE) + 4);
    return { x: box.x + (box.w - w) / 2, y: box.y, w, h: box.h + 22 };
  });
}
