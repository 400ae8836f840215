// Clients stand outside the ring: what each one asked for last, and how that ended.

import { round } from "./geometry.js";
import { textWidth } from "./labels.js";
import { boxOf, spotOf } from "./layout.js";

/** @import { ClientFrame, OpView } from "./engine-types" */
/** @import { Box } from "./geometry.js" */
/** @import { Scene, Shape } from "./picture.js" */

const WORDS = { pending: "waiting", ok: "OK", failed: "failed", unknown: "unknown" };
const SIGNS = { pending: "…", ok: "✓", failed: "✕", unknown: "?" };

/** @param {Scene} scene @returns {Shape[]} */
export function clientShapes(scene) {
  return scene.frame.clients.flatMap((client) => [clientShape(client, scene), ...opShapes(client, scene)]);
}

/** @param {ClientFrame} client @param {Scene} scene @returns {Shape} */
function clientShape(client, { plan }) {
  const { x, y } = spotOf(plan, client.name);
  const { w, h } = plan.client;
  const op = client.ops.at(-1);
  const status = op ? WORDS[op.outcome] : "idle";
  /** @type {Shape[]} */
  const children = [
    { key: "box", tag: "rect", attrs: { x: -w / 2, y: -h / 2, width: w, height: h, rx: 10, class: "box" } },
    {
      key: "name",
      tag: "text",
      attrs: { y: -3, class: "name", "font-size": 13 },
      text: `client ${client.name} `,
    },
    { key: "status", tag: "text", attrs: { y: 14, class: "status", "font-size": 12 }, text: status },
  ];
  return {
    key: client.name,
    tag: "g",
    attrs: {
      transform: `translate(${round(x)} ${round(y)})`,
      class: `client ${op?.outcome ?? "idle"}`,
      tabindex: 0,
      role: "button",
      "aria-haspopup": "menu",
      "aria-label": `client ${client.name} ${status}${op ? `, ${opText(op)}` : ""}. Actions`,
      "data-target": client.name,
    },
    children,
  };
}

/** What it asked for last, below its box. @param {ClientFrame} client @param {Scene} scene @returns {Shape[]} */
function opShapes({ name, ops }, { plan }) {
  const op = ops.at(-1);
  if (!op) return [];
  const { x, y } = spotOf(plan, name);
  const attrs = {
    x: round(x),
    y: round(y + plan.client.h / 2 + 16),
    class: "op",
    "font-size": 12,
    "aria-hidden": "true",
  };
  return [{ key: `${name} op`, tag: "text", attrs, text: short(op) }];
}

/** @param {OpView} op */
function short(op) {
  const text = op.text.length > 16 ? `${op.text.slice(0, 15)}…` : op.text;
  return `${text} ${SIGNS[op.outcome]}`;
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
    const w = op ? Math.max(box.w, textWidth(short(op), 12)) : box.w;
    return { x: box.x + (box.w - w) / 2, y: box.y, w, h: box.h + (op ? 22 : 0) };
  });
}
