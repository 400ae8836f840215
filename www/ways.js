// The ways that messages take across the stage, and how far each has come.

import { along, distance, link, meet } from "./geometry.js";
import { spotOf } from "./layout.js";
import { notes } from "./notes.js";
import { Recent } from "./recent.js";
import { around, between, HEAD, samplesOf } from "./tracks.js";

/** @import { MessageFrame } from "./engine-types" */
/** @import { Bend, Box, Point } from "./geometry.js" */
/** @import { Scene } from "./picture.js" */

/**
 * @typedef {object} Flight
 * @property {MessageFrame} message
 * @property {Bend} way
 * @property {number} end how far along its way it gets: 1, or less if it is lost
 * @property {number} t how far it is
 * @property {Point} head where that is
 * @property {boolean} headed true if its head is drawn
 */

/** How far a message that will be lost gets: over a cut link, and over any other. */
const LOST_AT = { cut: 0.5, loss: 0.74 };
/** Where a message stands that does not fly. */
const STILL_AT = 0.66;
/** How much a way to or from a client may bend, the least first. */
const BOWS = [0, 40, -40, 80, -80, 125, -125, 180, -180, 240, -240];

/** @type {Recent<Scene, Flight[]>} */
const known = new Recent(1);
/** Ways by their ends, for as long as the words on the stage stand where they are. @type {WeakMap<ReturnType<typeof notes>, Map<string, Bend>>} */
const ways = new WeakMap();

/** Every message in flight, with its way. @param {Scene} scene @returns {Flight[]} */
export function flightsOf(scene) {
  return known.get(scene, () => {
    const cut = new Set(scene.frame.cuts.map(({ from, to }) => `${from}-${to}`));
    const doors = new Map();
    return scene.frame.messages.map((message) => flightOf(message, scene, cut, doors));
  });
}

/**
 * @param {MessageFrame} message
 * @param {Scene} scene
 * @param {Set<string>} cut
 * @param {Map<string, number>} doors how many wait on each link already
 * @returns {Flight}
 */
function flightOf(message, scene, cut, doors) {
  const { lost, from, to, routine, waiting } = message;
  const way = wayOf(message, scene);
  const end = lost ? (cut.has(`${from}-${to}`) ? LOST_AT.cut : LOST_AT.loss) : 1;
  const queue = waiting ? queued(message, doors) : 0;
  const t = Math.max(0.04, progress(message, scene.at, scene.still) * end - queue * 0.09);
  return { message, way, end, t, head: along(way, t), headed: !routine || waiting || scene.still };
}

/** @param {MessageFrame} message @param {Map<string, number>} doors */
function queued({ from, to }, doors) {
  const before = doors.get(`${from}-${to}`) ?? 0;
  doors.set(`${from}-${to}`, before + 1);
  return before;
}

/**
 * How far a message has come: 0 … 1.
 * @param {Pick<MessageFrame, "sentAt" | "dueAt" | "waiting">} message
 * @param {number} at
 * @param {boolean} still
 */
export function progress({ sentAt, dueAt, waiting }, at, still) {
  if (waiting) return 1;
  if (still) return STILL_AT;
  if (dueAt <= sentAt) return 1;
  return Math.max(0, Math.min(1, (at - sentAt) / (dueAt - sentAt)));
}

/** @param {MessageFrame} message @param {Scene} scene @returns {Bend} */
function wayOf({ from, to }, scene) {
  const placed = notes(scene);
  const here = ways.get(placed) ?? new Map();
  if (here.size === 0) ways.set(placed, here);
  const ends = `${from}-${to}`;
  const way = here.get(ends) ?? freshWay(from, to, scene);
  here.set(ends, way);
  return way;
}

/** @param {string} from @param {string} to @param {Scene} scene @returns {Bend} */
function freshWay(from, to, scene) {
  const { plan } = scene;
  const [start, end] = [spotOf(plan, from), spotOf(plan, to)];
  const way = (/** @type {number} */ bow) =>
    link(start, end, offOf(from, to, scene), offOf(to, from, scene), bow);
  if (isServer(from) && isServer(to)) return between(plan, from, to);
  const inTheWay = [...notes(scene).values()].map(({ box }) => box);
  for (const [name, { x, y }] of plan.spots) {
    if (name === from || name === to) continue;
    const [w, h] = isServer(name)
      ? [plan.radius + 8, plan.radius + 8]
      : [plan.client.w / 2, plan.client.h / 2];
    inTheWay.push({ x: x - w, y: y - h, w: 2 * w, h: 2 * h });
  }
  const bends = BOWS.map((bow) => {
    const bend = way(bow);
    return { bend, hits: hitsOf(bend, inTheWay, plan) };
  });
  return (bends.find(({ hits }) => hits === 0) ?? bends.reduce((a, b) => (b.hits < a.hits ? b : a))).bend;
}

/** How many places of a way something stands in, or are off the stage. @param {Bend} bend @param {Box[]} boxes @param {import("./layout.js").Layout} plan */
function hitsOf(bend, boxes, { width, height }) {
  const inside = (/** @type {Point} */ { x, y }) =>
    x > HEAD && y > HEAD && x < width - HEAD && y < height - HEAD;
  return samplesOf(bend).filter((spot) => !inside(spot) || boxes.some((box) => meet(around(spot, HEAD), box)))
    .length;
}

/** How far from the middle of a place a way begins, or ends. @param {string} place @param {string} other @param {Scene} scene */
function offOf(place, other, { plan, frame }) {
  if (isServer(place)) return plan.radius + 11;
  const [here, there] = [spotOf(plan, place), spotOf(plan, other)];
  const long = distance(here, there) || 1;
  const below =
    !plan.client.inside &&
    there.y > here.y &&
    frame.clients.some(({ name, ops }) => name === place && ops.length > 0);
  const across = (plan.client.w / 2 + 10) / Math.abs((there.x - here.x) / long || 1e-6);
  const down = (plan.client.h / 2 + (below ? 30 : 10)) / Math.abs((there.y - here.y) / long || 1e-6);
  return Math.min(across, down, long / 3);
}

/** @param {string} place */
function isServer(place) {
  return place.startsWith("n");
}

/** Servers whose words a client's message cannot help crossing: they make way. @param {Scene} scene @returns {Set<string>} */
export function crossed(scene) {
  const outside = flightsOf(scene).filter(({ message: { from, to } }) => !isServer(from) || !isServer(to));
  const spots = outside.flatMap(({ way }) => samplesOf(way).map((spot) => around(spot, HEAD)));
  const hit = [...notes(scene)].filter(([, { box }]) => spots.some((spot) => meet(spot, box)));
  return new Set(hit.map(([name]) => name));
}

/** What the heads of messages cover now, and the places where some get lost. @param {Scene} scene @returns {Box[]} */
export function flightBoxes(scene) {
  return flightsOf(scene).flatMap(({ message, way, end, head, headed }) => [
    ...(message.lost ? [around(along(way, end), 10)] : []),
    ...(headed ? [around(head, HEAD)] : []),
  ]);
}

/** Where heads will be sooner or later: a label that stands elsewhere need not move. @param {Scene} scene @returns {Box[]} */
export function wayBoxes(scene) {
  if (scene.still) return [];
  const flying = flightsOf(scene).filter(({ message }) => !message.routine && !message.waiting);
  if (flying.length > 24) return [];
  return flying.flatMap(({ way }) => samplesOf(way).map((spot) => around(spot, HEAD)));
}
