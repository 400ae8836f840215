// Plane geometry for the stage: hulls, bent links, crossings.

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ x: number, y: number, w: number, h: number }} Box its left top corner and size */
/** @typedef {{ a: Point, c: Point, b: Point }} Bend a quadratic curve from a to b */

/** @param {number} value */
export function round(value) {
  return Math.round(value * 10) / 10;
}

/** @param {Point} a @param {Point} b */
export function distance(a, b) {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** @param {Point} a @param {Point} b @param {number} t */
export function between(a, b, t) {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/**
 * The convex hull, clockwise on the screen.
 * @param {Point[]} points
 */
export function hull(points) {
  const sorted = [...points].sort((p, q) => p.x - q.x || p.y - q.y);
  if (sorted.length < 3) return sorted;
  const half = (/** @type {Point[]} */ list) => {
    /** @type {Point[]} */
    const chain = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0)
        chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Above 0 if a → b → c turns right on the screen. @param {Point} a @param {Point} b @param {Point} c */
function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/**
 * The outline of a convex hull at a distance, with round corners.
 * @param {Point[]} corners clockwise, as `hull` gives them
 * @param {number} pad
 */
export function outline(corners, pad) {
  if (corners.length === 1) {
    const [{ x, y }] = corners;
    return `M${round(x - pad)} ${round(y)}a${pad} ${pad} 0 1 1 ${2 * pad} 0a${pad} ${pad} 0 1 1 ${-2 * pad} 0Z`;
  }
  const parts = corners.map((a, n) => {
    const b = corners[(n + 1) % corners.length];
    const long = distance(a, b) || 1;
    const [dx, dy] = [((b.y - a.y) / long) * pad, (-(b.x - a.x) / long) * pad];
    const start = `${round(a.x + dx)} ${round(a.y + dy)}`;
    const arc = n === 0 ? `M${start}` : `A${pad} ${pad} 0 0 1 ${start}`;
    return `${arc}L${round(b.x + dx)} ${round(b.y + dy)}`;
  });
  const [, first] = /^M([^L]+)L/.exec(parts[0]) ?? [];
  return `${parts.join("")}A${pad} ${pad} 0 0 1 ${first}Z`;
}

/** How far a point is from a segment. @param {Point} p @param {Point} a @param {Point} b */
export function gap(p, a, b) {
  const long = distance(a, b) ** 2 || 1;
  const t = Math.max(0, Math.min(1, ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / long));
  return distance(p, between(a, b, t));
}

/** How far a point is outside a hull; 0 inside. @param {Point} p @param {Point[]} corners */
export function outside(p, corners) {
  const edges = corners.map((a, n) => ({ a, b: corners[(n + 1) % corners.length] }));
  if (corners.length > 2 && edges.every(({ a, b }) => turn(a, b, p) >= 0)) return 0;
  return Math.min(...edges.map(({ a, b }) => gap(p, a, b)));
}

/** Whether two segments cross. @param {Point} a @param {Point} b @param {Point} c @param {Point} d */
export function cross(a, b, c, d) {
  return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

/**
 * A link that bends to its own right, so that the two directions lie apart; its ends keep off both circles.
 * @param {Point} from
 * @param {Point} to
 * @param {number} gapFrom
 * @param {number} gapTo
 * @param {number} [wanted] how much it bends, to its left if below 0; a little if not told
 * @returns {Bend}
 */
export function link(from, to, gapFrom, gapTo, wanted = 0) {
  const long = distance(from, to) || 1;
  const [ux, uy] = [(to.x - from.x) / long, (to.y - from.y) / long];
  const bow = wanted || Math.min(26, long * 0.07);
  const shift = (/** @type {Point} */ p, /** @type {number} */ along, /** @type {number} */ aside) => ({
    x: p.x + ux * along - uy * aside,
    y: p.y + uy * along + ux * aside,
  });
  const middle = between(from, to, 0.5);
  return { a: shift(from, gapFrom, 5), c: shift(middle, 0, 5 + bow), b: shift(to, -gapTo, 5) };
}

/** The point at t on a bend. @param {Bend} bend @param {number} t */
export function along({ a, c, b }, t) {
  return between(between(a, c, t), between(c, b, t), t);
}

/** The direction at t, in degrees. @param {Bend} bend @param {number} t */
export function heading({ a, c, b }, t) {
  const [p, q] = [between(a, c, t), between(c, b, t)];
  return (Math.atan2(q.y - p.y, q.x - p.x) * 180) / Math.PI;
}

/** The part of a bend from t0 to t1, as a path. @param {Bend} bend @param {number} t0 @param {number} t1 */
export function stretch(bend, t0, t1) {
  const start = along(bend, t0);
  const end = along(bend, t1);
  const control = between(between(bend.a, bend.c, t0), between(bend.c, bend.b, t0), t1);
  return `M${round(start.x)} ${round(start.y)}Q${round(control.x)} ${round(control.y)} ${round(end.x)} ${round(end.y)}`;
}

/**
 * An arc around a centre, clockwise from the top.
 * @param {number} radius
 * @param {number} share 0 … 1
 */
export function arc(radius, share) {
  const turnBy = Math.min(share, 0.9999) * 2 * Math.PI;
  const [x, y] = [radius * Math.sin(turnBy), -radius * Math.cos(turnBy)];
  return `M0 ${-radius}A${radius} ${radius} 0 ${turnBy > Math.PI ? 1 : 0} 1 ${round(x)} ${round(y)}`;
}

/** Whether two boxes have room in common. @param {Box} a @param {Box} b */
export function meet(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
