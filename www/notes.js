// The words at each server, its role and what it is doing, put where they cover nothing.

import { clientBoxes } from "./clients.js";
import { toldBy } from "./eye.js";
import { meet } from "./geometry.js";
import { textWidth } from "./labels.js";
import { boxOf, spotOf } from "./layout.js";
import { sameButClock } from "./scenes.js";
import { around, between, HEAD, samplesOf } from "./tracks.js";
import { formatTime } from "./words.js";

/** @import { NodeFrame } from "./engine-types" */
/** @import { Box } from "./geometry.js" */
/** @import { Layout } from "./layout.js" */
/** @import { Scene, Shape } from "./picture.js" */

/**
 * @typedef {object} Note
 * @property {number} x
 * @property {number} y the middle line
 * @property {"start" | "middle" | "end"} anchor
 * @property {string} role
 * @property {string} note
 * @property {Box} box
 */

const ROLE_SIZE = 13;
const NOTE_SIZE = 12;
const RANK = { leading: 0, seeking: 1, syncing: 2, idle: 3, learner: 4 };
/** @type {("below" | "right" | "left" | "above")[]} */
const SIDES = ["below", "right", "left", "above"];

/** On each stage the last words and where they stood: they move when they change, and at no other time. @type {WeakMap<Layout, { scene: Scene, said: string, placed: Map<string, Note> }>} */
const known = new WeakMap();
/** Where messages between servers may come along. @type {WeakMap<Layout, Box[]>} */
const lanes = new WeakMap();

/** The words of those servers for which there is room, by server. @param {Scene} scene @returns {Map<string, Note>} */
export function notes(scene) {
  const { frame, plan, focus } = scene;
  const before = known.get(plan);
  if (before && sameButClock(before.scene, scene)) return before.placed;
  const asked = frame.clients.map(({ ops }) => ops.at(-1)?.text ?? "");
  const words = frame.nodes.map((node) => Object.values(wordsOf(node, scene)));
  const said = JSON.stringify([focus, asked, words]);
  const placed = before?.said === said ? before.placed : place(scene);
  known.set(plan, { scene, said, placed });
  return placed;
}

/** @param {Scene} scene */
function place(scene) {
  const { frame, plan } = scene;
  const servers = frame.nodes.map(({ name }) => name);
  const taken = [
    ...servers.map((name) => boxOf(plan, name)),
    ...clientBoxes(scene),
    ...lanesOf(plan, servers),
  ];
  /** @type {Map<string, Note>} */
  const placed = new Map();
  const told = [...frame.nodes].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  for (const node of told) {
    const note = wishesOf(node, scene).find(({ box }) => isFree(box, taken, plan));
    if (!note) continue;
    placed.set(node.name, note);
    taken.push(note.box);
  }
  return placed;
}

/** @param {Layout} plan @param {string[]} servers */
function lanesOf(plan, servers) {
  let boxes = lanes.get(plan);
  if (!boxes) {
    const pairs = servers.flatMap((from) => servers.filter((to) => to !== from).map((to) => [from, to]));
    boxes = pairs.flatMap(([from, to]) =>
      samplesOf(between(plan, from, to)).map((spot) => around(spot, HEAD)),
    );
    lanes.set(plan, boxes);
  }
  return boxes;
}

/** @param {Box} box @param {Box[]} taken @param {Layout} plan */
function isFree(box, taken, { width, height }) {
  const inside = box.x >= 2 && box.y >= 1 && box.x + box.w <= width - 2 && box.y + box.h <= height - 1;
  return inside && taken.every((other) => !meet(box, other));
}

/** @param {NodeFrame} node @param {Scene} scene */
function wordsOf(node, { plan, focus, eye, info, still }) {
  const brief = plan.narrow && focus !== node.name;
  if (eye && eye.place !== node.name) {
    const when = (/** @type {import("./engine-types").Heard} */ { sentAt, sentIn }) =>
      still && info.byHand ? `step ${sentIn}` : formatTime(Math.floor(sentAt / 1000) * 1000);
    const told = toldBy(eye, node.name, info.protocol.term, when);
    return brief ? { ...told, note: "" } : told;
  }
  const role = node.up ? (node.paused ? `${node.role}, paused` : node.role) : "Down";
  return { role, note: brief || !node.up ? "" : node.note };
}

/** A server's words, as it would have them: on its side, on another, the role alone. @param {NodeFrame} node @param {Scene} scene @returns {Note[]} */
function wishesOf(node, scene) {
  const { plan, focus } = scene;
  if (plan.dense && focus !== node.name) return [];
  const { role, note } = wordsOf(node, scene);
  const spot = spotOf(plan, node.name);
  const sides = [spot.side, ...SIDES.filter((side) => side !== spot.side)];
  const whole = sides.map((side) => noteAt(spot, side, plan.radius, role, note));
  return note ? [...whole, ...sides.map((side) => noteAt(spot, side, plan.radius, role, ""))] : whole;
}

/**
 * @param {import("./geometry.js").Point} spot
 * @param {"above" | "below" | "left" | "right"} side
 * @param {number} radius
 * @param {string} role
 * @param {string} note
 * @returns {Note}
 */
function noteAt(spot, side, radius, role, note) {
  const upright = side === "above" || side === "below";
  const h = note ? 36 : 20;
  const away = radius + (upright ? 20 + h / 2 : 25);
  const x = spot.x + (side === "left" ? -away : side === "right" ? away : 0);
  const y = spot.y + (side === "above" ? -away : side === "below" ? away : 0);
  const w = Math.max(textWidth(role, ROLE_SIZE) * 1.06, textWidth(note, NOTE_SIZE)) + 8;
  const left = upright ? x - w / 2 : side === "left" ? x - w + 4 : x - 4;
  const anchor = upright ? "middle" : side === "left" ? "end" : "start";
  return { x, y, anchor, role, note, box: { x: left, y: y - h / 2, w, h } };
}

/** @param {Scene} scene @param {Set<string>} hidden servers that keep silent @returns {Shape[]} */
export function noteShapes(scene, hidden) {
  const shown = [...notes(scene)].filter(([name]) => !hidden.has(name));
  return shown.flatMap(([name, { x, y, anchor, role, note }]) => {
    const line = (
      /** @type {string} */ key,
      /** @type {string} */ text,
      /** @type {number} */ dy,
      /** @type {number} */ size,
    ) => ({
      key: `${name} ${key}`,
      tag: "text",
      attrs: {
        x: Math.round(x),
        y: Math.round(y + dy),
        "text-anchor": anchor,
        "font-size": size,
        class: key,
        "aria-hidden": "true",
      },
      text,
    });
    const first = line("role", role, note ? -2.5 : 4.5, ROLE_SIZE);
    return note ? [first, line("note", note, 14, NOTE_SIZE)] : [first];
  });
}

/** What the servers and their words cover. @param {Scene} scene @returns {Box[]} */
export function serverBoxes(scene) {
  const circles = scene.frame.nodes.map(({ name }) => {
    const { x, y } = spotOf(scene.plan, name);
    const r = scene.plan.radius + 9;
    return { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
  });
  return [...circles, ...[...notes(scene).values()].map(({ box }) => box)];
}
