// Messages in flight as shapes: an arrow from its sender as far as it has come.

import { hueOf } from "./colour.js";
import { along, distance, gap, heading, link, round, stretch } from "./geometry.js";
import { textWidth } from "./labels.js";
import { spotOf } from "./layout.js";

/** @import { MessageFrame } from "./engine-types" */
/** @import { Bend } from "./geometry.js" */
/** @import { Layout } from "./layout.js" */
/** @import { Scene, Shape, Words } from "./picture.js" */

/** How far a message that will be lost gets: over a cut link, and over any other. */
const LOST_AT = { cut: 0.5, loss: 0.74 };
/** Where a message stands that does not fly. */
const STILL_AT = 0.66;
/** With more messages than this only the last part of each one's way is drawn. */
const CROWD = 24;

/** @param {Scene} scene @returns {Shape[]} */
export function flightShapes(scene) {
  const cut = cutsOf(scene);
  const doors = new Map();
  return scene.frame.messages.map((message) => flightShape(message, scene, cut, doors));
}

/** The head of an arrow and what a pointer hits, about the point where it is. */
const TIPS = { plain: tip("M-9 -5.5L4 0L-9 5.5L-6.5 0Z"), routine: tip("M-4 -3L2 0L-4 3Z") };

/** @param {string} d @returns {Shape[]} */
function tip(d) {
  return [
    { key: "head", tag: "path", attrs: { d, class: "head" } },
    { key: "hit", tag: "circle", attrs: { r: 15, class: "hit" } },
  ];
}

/** @param {Scene} scene */
function cutsOf({ frame }) {
  return new Set(frame.cuts.map(({ from, to }) => `${from}-${to}`));
}

/**
 * @param {MessageFrame} message
 * @param {Scene} scene
 * @param {Set<string>} cut
 * @param {Map<string, number>} doors how many wait on each link already
 * @returns {Shape}
 */
function flightShape(message, scene, cut, doors) {
  const way = wayOf(message, scene.plan);
  const end = endOf(message, cut);
  const queue = message.waiting ? queued(message, doors) : 0;
  const t = Math.max(0.04, progress(message, scene.at, scene.still) * end - queue * 0.09);
  const tail = scene.frame.messages.length > CROWD ? Math.max(0, t - 0.25) : 0;
  const head = along(way, t);
  const { routine } = message;
  const children = [
    { key: "trail", tag: "path", attrs: { d: stretch(way, tail, t), class: "trail" } },
    {
      key: "tip",
      tag: "g",
      attrs: { transform: place(head, heading(way, t)) },
      children: routine ? TIPS.routine : TIPS.plain,
    },
    ...(message.lost ? lostShapes(way, t, end) : []),
  ];
  const form = `${message.reply ? " reply" : ""}${routine ? " routine" : ""}${message.waiting ? " waiting" : ""}`;
  return {
    key: `m${message.id}`,
    tag: "g",
    attrs: {
      class: `flight h${hueOf(message.hue)}${form}`,
      tabindex: 0,
      role: "button",
      "aria-haspopup": "menu",
      "aria-label": `${flightText(message)}. Actions`,
      "data-target": `m${message.id}`,
    },
    children,
  };
}

/** @param {MessageFrame} message @param {Map<string, number>} doors */
function queued({ from, to }, doors) {
  const before = doors.get(`${from}-${to}`) ?? 0;
  doors.set(`${from}-${to}`, before + 1);
  return before;
}

/** Where it will be lost, and the rest of its way to there. @param {Bend} way @param {number} t @param {number} end @returns {Shape[]} */
function lostShapes(way, t, end) {
  const transform = place(along(way, end), 0);
  return [
    { key: "rest", tag: "path", attrs: { d: stretch(way, t, end), class: "rest" } },
    { key: "lost", tag: "circle", attrs: { r: 8, transform, class: "lost" } },
    {
      key: "cross",
      tag: "path",
      attrs: { d: "M-3.6 -3.6l7.2 7.2m0 -7.2l-7.2 7.2", transform, class: "cross" },
    },
  ];
}

/** @param {import("./geometry.js").Point} at @param {number} angle */
function place(at, angle) {
  const turn = angle ? ` rotate(${round(angle)})` : "";
  return `translate(${round(at.x)} ${round(at.y)})${turn}`;
}

/**
 * How far a message has come: 0 … 1.
 * @param {MessageFrame} message
 * @param {number} at
 * @param {boolean} still
 */
export function progress({ sentAt, dueAt, waiting }, at, still) {
  if (waiting) return 1;
  if (still) return STILL_AT;
  if (dueAt <= sentAt) return 1;
  return Math.max(0, Math.min(1, (at - sentAt) / (dueAt - sentAt)));
}

/** The ways of a layout that were asked for. @type {WeakMap<Layout, Map<string, Bend>>} */
const ways = new WeakMap();

/** @param {MessageFrame} message @param {Layout} plan @returns {Bend} */
function wayOf({ from, to }, plan) {
  let known = ways.get(plan);
  if (!known) {
    known = new Map();
    ways.set(plan, known);
  }
  const key = `${from} ${to}`;
  let way = known.get(key);
  if (!way) {
    way = freshWay(from, to, plan);
    known.set(key, way);
  }
  return way;
}

/** @param {string} from @param {string} to @param {Layout} plan @returns {Bend} */
function freshWay(from, to, plan) {
  const off = (/** @type {string} */ name) =>
    name.startsWith("c") ? plan.client.h / 2 + 22 : plan.radius + 11;
  const [start, end] = [spotOf(plan, from), spotOf(plan, to)];
  return link(start, end, off(from), off(to), detour(from, to, plan));
}

/** How much a way to or from a client must bend to pass the servers that stand in it. @param {string} from @param {string} to @param {Layout} plan */
function detour(from, to, plan) {
  if (!from.startsWith("c") && !to.startsWith("c")) return 0;
  const [start, end] = [spotOf(plan, from), spotOf(plan, to)];
  const long = distance(start, end) || 1;
  const bends = [...plan.spots].map(([name, spot]) => {
    if (name === from || name === to || name.startsWith("c")) return 0;
    if (gap(spot, start, end) > plan.radius + 6) return 0;
    const t = Math.max(0.15, Math.min(0.85, distance(start, spot) / long));
    return (plan.radius + 24) / (2 * t * (1 - t));
  });
  return Math.min(long * 0.4, Math.max(0, ...bends));
}

/** A message in one sentence. @param {MessageFrame} message */
export function flightText(message) {
  const says = message.says ? `, ${message.says}` : "";
  const fate = message.lost ? ", will be lost" : message.waiting ? ", waits at the door" : "";
  return `${message.kind} from ${message.from} to ${message.to}${says}${fate}`;
}

/**
 * One label for each message, and one for all that say the same from the same server (or, replies, to it).
 * @param {Scene} scene
 * @returns {Words[]}
 */
export function flightLabels({ frame, plan }) {
  /** @type {Map<string, MessageFrame[]>} */
  const fans = new Map();
  for (const message of frame.messages) {
    if (message.routine) continue;
    const key = `${message.label} ${message.reply ? `to ${message.to}` : `from ${message.from}`} ${message.hue}`;
    fans.set(key, [...(fans.get(key) ?? []), message]);
  }
  const size = plan.narrow ? 11 : 12;
  return [...fans].map(([key, fan]) => ({
    key: `label ${key}`,
    text: fan[0].label,
    class: "pill",
    size,
    w: textWidth(fan[0].label, size) + 18,
    h: size + 9,
    wishes: wishesOf(fan.map((message) => wayOf(message, plan))),
  }));
}

/** Places on the ways of some messages, the middles first, then beside them. @param {Bend[]} ways */
function wishesOf(ways) {
  const on = [0.5, 0.4, 0.6, 0.3, 0.7].flatMap((t) => ways.map((way) => along(way, t)));
  const beside = [24, -24, 40, -40].flatMap((off) => ways.map((way) => aside(way, off)));
  return [...on, ...beside];
}

/** A place beside the middle of a way. @param {Bend} way @param {number} off */
function aside(way, off) {
  const { x, y } = along(way, 0.45);
  const angle = (heading(way, 0.45) * Math.PI) / 180;
  return { x: x - Math.sin(angle) * off * 1.4, y: y + Math.cos(angle) * off };
}

/** @param {import("./geometry.js").Point} point @param {number} r @returns {import("./geometry.js").Box} */
function around({ x, y }, r) {
  return { x: x - r, y: y - r, w: 2 * r, h: 2 * r };
}

/** Where messages get lost, and the heads of those that stand still: labels stay off. @param {Scene} scene @returns {import("./geometry.js").Box[]} */
export function flightBoxes(scene) {
  const cut = cutsOf(scene);
  const { frame, plan, still } = scene;
  return frame.messages.flatMap((message) => {
    const [way, end] = [wayOf(message, plan), endOf(message, cut)];
    const lost = message.lost ? [around(along(way, end), 10)] : [];
    return still && !message.routine ? [...lost, around(along(way, STILL_AT * end), 6)] : lost;
  });
}

/** @param {MessageFrame} message @param {Set<string>} cut */
function endOf({ lost, from, to }, cut) {
  if (!lost) return 1;
  return cut.has(`${from}-${to}`) ? LOST_AT.cut : LOST_AT.loss;
}
