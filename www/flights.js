// Messages in flight as shapes: an arrow from its sender as far as it has come.

import { hueOf } from "./colour.js";
import { knowsFlight, sight } from "./eye.js";
import { along, heading, round, stretch } from "./geometry.js";
import { textWidth } from "./labels.js";
import { HEAD } from "./tracks.js";
import { flightsOf } from "./ways.js";

/** @import { MessageFrame } from "./engine-types" */
/** @import { Bend, Point } from "./geometry.js" */
/** @import { Flight } from "./ways.js" */
/** @import { Scene, Shape, Words } from "./picture.js" */

/** With more messages than this only the last part of each one's way is drawn. */
const CROWD = 24;
/** How much of its way that is. */
const SHORT = 0.25;

/** @param {Scene} scene @returns {Shape[]} */
export function flightShapes(scene) {
  const flights = flightsOf(scene);
  const reach = flights.length > CROWD ? SHORT : 1;
  const shared = new Set(flights.filter((flight) => reach < 1 && sharesTrail(flight, scene)));
  return [
    ...sharedTrails(shared, scene),
    ...flights.map((flight) =>
      flightShape(flight, scene, shared.has(flight) ? [] : [trailShape(flight, reach)]),
    ),
  ];
}

/** In a crowd a trail is one of many, unless it fades or the story points at it. @param {Flight} flight @param {Scene} scene */
function sharesTrail({ message, headed }, { frame }) {
  return headed && !frame.looks.some((look) => look.kind === "message" && look.id === message.id);
}

/** The trails of a crowd, one path for all that look alike: one thing to draw instead of a hundred. @param {Iterable<Flight>} flights @param {Scene} scene @returns {Shape[]} */
function sharedTrails(flights, scene) {
  /** @type {Map<string, string>} */
  const paths = new Map();
  for (const flight of flights) {
    const look = lookOf(flight.message, scene);
    paths.set(look, (paths.get(look) ?? "") + trailOf(flight, SHORT));
  }
  return [...paths].map(([look, d]) => ({
    key: `trails ${look}`,
    tag: "g",
    attrs: { class: `trails ${look}`, "aria-hidden": "true" },
    children: [{ key: "trail", tag: "path", attrs: { d, class: "trail" } }],
  }));
}

/** Its hue and form, as classes. @param {MessageFrame} message @param {Scene} scene */
function lookOf(message, { eye = null }) {
  const form = `${message.reply ? " reply" : ""}${message.routine ? " routine" : ""}${message.waiting ? " waiting" : ""}`;
  return `h${hueOf(message.hue)}${form}${sight(knowsFlight(eye, message))}`;
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

/** @param {Flight} flight @param {Scene} scene @param {Shape[]} trail its own, if it has one @returns {Shape} */
function flightShape({ message, way, end, t, head, headed }, scene, trail) {
  const transform = place(head, heading(way, t));
  const children = [
    ...trail,
    { key: "tip", tag: "g", attrs: { transform }, children: tipOf(headed, message.routine) },
  ];
  if (message.lost && !scene.eye) children.push(...lostShapes(way, t, end));
  return {
    key: `m${message.id}`,
    tag: "g",
    attrs: {
      class: `flight ${lookOf(message, scene)}`,
      tabindex: 0,
      role: "button",
      "aria-haspopup": "menu",
      "aria-label": `${flightText(message)}. Actions`,
      "data-target": `m${message.id}`,
    },
    children,
  };
}

/** @param {Flight} flight @param {number} reach @returns {Shape} */
function trailShape(flight, reach) {
  /** @type {Shape["attrs"]} */
  const attrs = { d: trailOf(flight, reach), class: "trail" };
  if (!flight.headed) attrs.opacity = round(1 - 0.7 * flight.t); // a routine message is a line that fades
  return { key: "trail", tag: "path", attrs };
}

/** The way that it has come, at most so much of the whole. @param {Flight} flight @param {number} reach */
function trailOf({ way, t }, reach) {
  return stretch(way, Math.max(0, t - reach), t);
}

/** @param {boolean} headed @param {boolean} routine */
function tipOf(headed, routine) {
  return headed ? (routine ? TIPS.routine : TIPS.plain) : TIPS.plain.slice(1);
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

/** @param {Point} at @param {number} angle */
function place(at, angle) {
  const turn = angle ? ` rotate(${round(angle)})` : "";
  return `translate(${round(at.x)} ${round(at.y)})${turn}`;
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
export function flightLabels(scene) {
  /** @type {Map<string, Flight[]>} */
  const fans = new Map();
  for (const flight of flightsOf(scene)) {
    const { message } = flight;
    if (message.routine) continue;
    const key = `${message.label} ${message.reply ? `to ${message.to}` : `from ${message.from}`} ${message.hue}`;
    const fan = fans.get(key);
    if (fan) fan.push(flight);
    else fans.set(key, [flight]);
  }
  const size = scene.plan.narrow ? 11 : 12;
  return [...fans].map(([key, fan]) => {
    const { label } = fan[0].message;
    const w = textWidth(label, size) + 18;
    const ways = fan.map(({ way }) => way);
    return {
      key: `label ${key}`,
      text: label,
      class: `pill${sight(knowsFlight(scene.eye ?? null, fan[0].message))}`,
      size,
      w,
      h: size + 9,
      wishes: wishesOf(ways, w, fans.size),
    };
  });
}

/**
 * Places on the ways of some messages, the middles first, then beside them. Most labels stand in the first that they try.
 * @param {Bend[]} ways @param {number} w @param {number} fans
 * @returns {Iterable<Point>}
 */
function* wishesOf(ways, w, fans) {
  for (const t of [0.5, 0.4, 0.6, 0.3, 0.7]) for (const way of ways) yield along(way, t);
  if (fans > CROWD) return;
  for (const side of [1, -1])
    for (const t of [0.5, 0.35, 0.65]) for (const way of ways) yield aside(way, t, side, w);
  for (const off of [24, -24, 40, -40, 60, -60]) for (const way of ways) yield beside(way, off);
}

/** A place close beside a way, off its line. @param {Bend} way @param {number} t @param {number} side 1 or -1 @param {number} w the label's width */
function aside(way, t, side, w) {
  const { x, y } = along(way, t);
  const angle = (heading(way, t) * Math.PI) / 180;
  const [nx, ny] = [-Math.sin(angle) * side, Math.cos(angle) * side];
  const off = Math.abs(nx) * (w / 2) + Math.abs(ny) * 11 + HEAD + 2;
  return { x: x + nx * off, y: y + ny * off };
}

/** A place further from the middle of a way. @param {Bend} way @param {number} off */
function beside(way, off) {
  const { x, y } = along(way, 0.45);
  const angle = (heading(way, 0.45) * Math.PI) / 180;
  return { x: x - Math.sin(angle) * off * 1.4, y: y + Math.cos(angle) * off };
}
