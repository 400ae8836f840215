// Where servers, clients and their words stand on the stage.

/** @import { Box, Point } from "./geometry.js" */

/**
 * @typedef {object} Spot
 * @property {number} x
 * @property {number} y
 * @property {"above" | "below" | "left" | "right"} side where its words stand
 */

/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {number} radius of a server
 * @property {Map<string, Spot>} spots by place: n1 …, c1 …
 * @property {Point} centre of the ring
 * @property {boolean} dense true if words stand only at what has the focus
 * @property {boolean} narrow
 * @property {{ w: number, h: number, inside: boolean }} client the size of a client's box; true if its words stand in it
 */

/** Room for a server's words: beside it, and above or below it. */
const WORDS = { wide: 118, high: 58 };

/**
 * Servers on a ring, the first at the top and on clockwise; clients outside it.
 * @param {string[]} servers
 * @param {string[]} clients
 * @param {number} width
 * @param {number} height
 * @returns {Layout}
 */
export function layout(servers, clients, width, height) {
  const narrow = width < 560;
  const low = height < 250;
  const dense = servers.length >= 7 || (narrow && low);
  const under = narrow && !low;
  const client = clientSize(clients.length, width, height, narrow, under);
  const side = under ? 0 : clients.length ? client.w + 40 : 0;
  const foot = under && clients.length ? client.h + 30 : 0;
  const points = servers.map((_, n) => onRing(n, servers.length, narrow, low));
  const room = { width: width - side, height: height - foot, dense, narrow, low };
  let radius = nodeRadius(servers.length, room.width, room.height);
  let ring = fitted(points, { ...room, radius });
  for (let tries = 0; tries < 4 && closest(points, ring) < 2 * radius + 16; tries++) {
    radius = Math.max(12, radius - 3);
    ring = fitted(points, { ...room, radius });
  }
  /** @type {Map<string, Spot>} */
  const spots = new Map();
  servers.forEach((name, n) => {
    const { x, y, side: words } = points[n];
    spots.set(name, { x: ring.x + x * ring.rx, y: ring.y + y * ring.ry, side: words });
  });
  clients.forEach((name, n) => {
    spots.set(
      name,
      foot
        ? below(n, clients.length, width, height, client)
        : right(n, clients.length, width, height, client, ring),
    );
  });
  return { width, height, radius, spots, centre: ring, dense, narrow, client };
}

/**
 * As big as there is room for, with what the client asked below it, or else in it.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @param {boolean} narrow
 * @param {boolean} under true if clients stand in a row below the ring
 */
function clientSize(count, width, height, narrow, under) {
  if (under) return { w: Math.min(74, width / count - 8), h: 40, inside: false };
  const room = (height - 12) / count;
  const w = narrow ? 88 : 104;
  return room >= 80
    ? { w, h: 50, inside: false }
    : { w, h: Math.max(22, Math.min(40, room - 8)), inside: true };
}

/** @param {number} servers @param {number} width @param {number} height */
function nodeRadius(servers, width, height) {
  const room = Math.min(width * 0.8, height);
  const most = servers <= 5 ? 35 : servers <= 7 ? 31 : 27;
  const least = servers <= 5 ? 21 : 17;
  return Math.round(Math.max(least, Math.min(most, room / (servers <= 5 ? 9.5 : 11.5))));
}

/**
 * A server's place on a ring of radius 1.
 * @param {number} n
 * @param {number} count
 * @param {boolean} narrow
 * @param {boolean} low
 * @returns {Spot}
 */
function onRing(n, count, narrow, low) {
  if (count === 1) return { x: 0, y: 0, side: "below" };
  const start = count === 2 ? Math.PI : -Math.PI / 2;
  const angle = start + (2 * Math.PI * n) / count;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const upright = narrow || Math.abs(x) < 0.35;
  if (low) return { x, y, side: x < -0.35 ? "left" : "right" };
  const side = upright ? (y < -0.01 ? "above" : "below") : x > 0 ? "right" : "left";
  return { x, y, side };
}

/**
 * The ring that fills the room and leaves enough of it for words.
 * @param {Spot[]} points
 * @param {{ width: number, height: number, radius: number, dense: boolean, narrow: boolean, low: boolean }} room
 */
function fitted(points, { width, height, radius, dense, narrow, low }) {
  const beside = radius + (dense ? 26 : narrow ? 24 : WORDS.wide);
  const words = (/** @type {Spot["side"]} */ side) =>
    radius + (points.some((p) => p.side === side) && !dense ? WORDS.high : 22);
  const [top, bottom] = [words("above"), words("below")];
  const [high, deep] = [Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y))];
  const tall = deep - high || 1;
  const ry = Math.max(0, Math.min(260, (height - top - bottom) / tall));
  const rx = Math.max(0, Math.min(width / 2 - beside, ry * (low ? 2.6 : 1.55)));
  const spare = (height - top - bottom - ry * (deep - high)) / 2;
  return { x: width / 2, y: top + spare - high * ry, rx, ry };
}

/** How far apart the two closest servers are. @param {Spot[]} points @param {{ rx: number, ry: number }} ring */
function closest(points, { rx, ry }) {
  const gaps = points.flatMap((p, n) =>
    points.slice(n + 1).map((q) => Math.hypot((p.x - q.x) * rx, (p.y - q.y) * ry)),
  );
  return Math.min(Number.POSITIVE_INFINITY, ...gaps);
}

/**
 * @param {number} n
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @param {Layout["client"]} box
 * @param {{ x: number, rx: number }} ring
 * @returns {Spot}
 */
function right(n, count, width, height, box, ring) {
  const step = Math.min(box.h + 44, (height - 12) / count);
  const y = height / 2 + (n - (count - 1) / 2) * step - (count === 1 ? height * 0.16 : box.inside ? 0 : 8);
  const x = Math.min(width - box.w / 2 - 20, ring.x + ring.rx + 300);
  return { x, y, side: "below" };
}

/**
 * @param {number} n
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @param {{ w: number, h: number }} box
 * @returns {Spot}
 */
function below(n, count, width, height, box) {
  return { x: (width * (n + 0.5)) / count, y: height - box.h / 2 - 22, side: "below" };
}

/**
 * The box that a server or a client fills.
 * @param {Layout} plan
 * @param {string} place
 * @returns {Box}
 */
export function boxOf(plan, place) {
  const { x, y } = spotOf(plan, place);
  const [w, h] = place.startsWith("c")
    ? [plan.client.w, plan.client.h]
    : [2 * plan.radius + 12, 2 * plan.radius + 12];
  return { x: x - w / 2, y: y - h / 2, w, h };
}

/**
 * @param {Layout} plan
 * @param {string} place
 * @returns {Spot}
 */
export function spotOf(plan, place) {
  return plan.spots.get(place) ?? { ...plan.centre, side: "below" };
}
