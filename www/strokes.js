// What the lanes are drawn with: lines, words, boxes, dots, and the playhead's head.

/**
 * @typedef {{ kind: "line", x1: number, y1: number, x2: number, y2: number, colour: string, width: number, dash?: number[], alpha?: number, round?: boolean }} Line
 * @typedef {{ kind: "text", x: number, y: number, text: string, colour: string, size: number, align?: CanvasTextAlign, bold?: boolean, lane?: number, brief?: string }} Text
 *   with the middle of its lane, if it stands at one, and what to write where there is less room
 * @typedef {{ kind: "box", x: number, y: number, w: number, h: number, fill: string, stroke?: string, dash?: number[], alpha?: number, radius?: number }} Box
 * @typedef {{ kind: "dot", x: number, y: number, r: number, colour: string, hollow?: boolean }} Dot
 * @typedef {{ kind: "head", x: number, y: number, colour: string }} Head
 * @typedef {Line | Text | Box | Dot | Head} Stroke
 */

/**
 * Every line has the same fields: thousands are compared in a second, which is faster so.
 * @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2
 * @param {Pick<Line, "colour" | "width" | "alpha" | "dash">} look
 * @returns {Line}
 */
export function line(x1, y1, x2, y2, { colour, width, alpha, dash }) {
  return { kind: "line", x1, y1, x2, y2, colour, width, alpha, dash };
}

/** @param {Stroke} a @param {Stroke} b */
export function looksLike(a, b) {
  if (a.kind === "line" && b.kind === "line")
    return a.colour === b.colour && a.width === b.width && a.alpha === b.alpha && sameDash(a.dash, b.dash);
  return a.kind === "dot" && b.kind === "dot" && a.colour === b.colour && a.hollow === b.hollow;
}

/** @type {number[]} */
const NONE = [];

/** @param {number[]} [a] @param {number[]} [b] */
export function sameDash(a = NONE, b = NONE) {
  if (a === b) return true;
  return a.length === b.length && a.every((part, n) => part === b[n]);
}

/**
 * The same strokes with those together that look alike: a pen that is told less is faster. Lines come first, then dots, then
 * all else; looks in an order of their own, so that nothing turns over when the first of a look is gone. Only for strokes of
 * which none must cover another.
 * @param {Stroke[]} strokes
 */
export function together(strokes) {
  /** @type {Stroke[][]} */
  const groups = [];
  /** @type {Stroke[]} */
  const others = [];
  /** @type {Stroke[] | undefined} */
  let group;
  for (const stroke of strokes) {
    if (stroke.kind !== "line" && stroke.kind !== "dot") {
      others.push(stroke);
      continue;
    }
    if (!group || !looksLike(group[0], stroke)) group = groups.find(([first]) => looksLike(first, stroke));
    if (!group) {
      group = [];
      groups.push(group);
    }
    group.push(stroke);
  }
  const sorted = groups
    .map((list) => ({ look: lookOf(list[0]), list }))
    .sort((a, b) => (a.look < b.look ? -1 : 1));
  return strokesOf([...sorted.map(({ list }) => list), others]);
}

/** How a line or a dot looks, in words that put lines first, those of what was lost over the others. @param {Stroke} stroke */
function lookOf(stroke) {
  if (stroke.kind === "line")
    return `${stroke.colour === "red" ? 2 : 1} ${stroke.colour} ${stroke.width} ${stroke.alpha} ${stroke.dash}`;
  return stroke.kind === "dot" ? `3 ${stroke.colour} ${stroke.hollow}` : "";
}

/** The same strokes with the words over all else, those of one weight together: a pen changes its font slowly. @param {Stroke[]} strokes */
export function wordsLast(strokes) {
  /** @type {Stroke[][]} */
  const ranks = [[], [], []];
  for (const stroke of strokes) ranks[stroke.kind !== "text" ? 0 : stroke.bold ? 2 : 1].push(stroke);
  return strokesOf(ranks);
}

/** All strokes of some groups. @param {Stroke[][]} groups @returns {Stroke[]} */
function strokesOf(groups) {
  return /** @type {Stroke[]} */ ([]).concat(...groups);
}
