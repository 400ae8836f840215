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
 * The same strokes with those together that look alike, in the order in which each look first comes: a pen that is told less
 * is faster. Only for strokes of which none must cover another.
 * @param {Stroke[]} strokes
 */
export function together(strokes) {
  /** @type {Stroke[][]} */
  const groups = [];
  for (const stroke of strokes) {
    const group = groups.find(([first]) => looksLike(first, stroke));
    if (group) group.push(stroke);
    else groups.push([stroke]);
  }
  return groups.flat();
}

/** The same strokes with the words over all else, those of one weight together: a pen changes its font slowly. @param {Stroke[]} strokes */
export function wordsLast(strokes) {
  const rank = (/** @type {Stroke} */ stroke) => (stroke.kind !== "text" ? 0 : stroke.bold ? 2 : 1);
  return [0, 1, 2].flatMap((wanted) => strokes.filter((stroke) => rank(stroke) === wanted));
}
