// The space-time diagram as strokes: a window of the run in, what to draw in. Lanes lie one below the other, time runs
// to the right.

import { axisStrokes } from "./axis.js";
import { hueName } from "./colour.js";
import { combsOf, isFolded } from "./combs.js";
import { bottomOf, xOf, yOf } from "./coordinates.js";
import { textWidth } from "./labels.js";
import { line, together, wordsLast } from "./strokes.js";
import { whyStrokes } from "./why-strokes.js";
import { MESSAGE, rows, WIDTHS } from "./window-rows.js";

/** @import { Info, TimelineWindow } from "./engine-types" */
/** @import { Stroke, Text } from "./strokes.js" */

/**
 * @typedef {object} Sheet
 * @property {TimelineWindow} window
 * @property {Info} info
 * @property {number} width of the lanes, in pixels
 * @property {number} top where the first lane's row begins
 * @property {number} row a row's height
 * @property {number} from what the left edge shows
 * @property {number} to what the right edge shows
 * @property {number} at the cursor
 * @property {"time" | "steps"} scale
 * @property {number | null} [hover] where the reader points: routine messages open there
 * @property {import("./engine-types").WhyStep | null} [why] the sentence of a why that is in hand
 * @property {boolean} [upright] true if time runs downward: then words are as long as they are high
 * @property {import("./eye.js").Eye | null} [eye] through whose eyes the run is seen, if not everyone's
 */

/** No lane is drawn as if its row were higher than this. */
const THICK = 32;
const SEEKING = 1;
const LEADING = 2;
const MARK = {
  committed: 0,
  applied: 1,
  appended: 2,
  crashed: 3,
  restarted: 4,
  paused: 5,
  resumed: 6,
  truncated: 8,
};
/** Actions that are seen by what comes of them: they need no line of their own. */
const UNMARKED = { time: /^(submit|drop)\b/, steps: /^(submit|deliver|drop|fire|run)\b/ };
const DASHES = { down: [2, 5], seeking: [6, 4], reply: [3, 3] };
/**
 * @param {Sheet} sheet
 * @returns {Stroke[]}
 */
export function timeline(sheet) {
  const now = xOf(sheet, sheet.at);
  const bottom = bottomOf(sheet);
  const rest = Math.max(0, sheet.width - now);
  return [
    ...axisStrokes(sheet, bottom),
    ...happenings(sheet),
    { kind: "box", x: now, y: 0, w: rest, h: bottom + 2, fill: "surface", alpha: 0.72 },
    ...actionStrokes(sheet, bottom),
    { kind: "line", x1: now, y1: 8, x2: now, y2: bottom + 4, colour: "accent", width: 2 },
    { kind: "head", x: now, y: 9, colour: "accent" },
  ];
}

/** What happened on the lanes and between them. @param {Sheet} sheet @returns {Stroke[]} */
export function happenings(sheet) {
  const { window } = sheet;
  const room = new Room();
  /** @type {Stroke[]} */
  const drawn = [];
  for (const row of rows(window.messages, WIDTHS.messages))
    if (!isFolded(row, sheet)) drawn.push(...faint(messageStrokes(row, sheet), row, sheet));
  const strokes = combsOf(sheet).concat(
    together(drawn),
    laneStrokes(sheet, room),
    together(markStrokes(sheet, room)),
    window.ops.flatMap((op) => opStrokes(op, sheet)),
  );
  return wordsLast(strokes).concat(veilStrokes(sheet), sheet.why ? whyStrokes(sheet.why, sheet) : []);
}

/** A message that was lost on its way to the place whose eyes are used: all of it is out of sight. @param {Stroke[]} strokes @param {number[]} row @param {Sheet} sheet */
function faint(strokes, [, , to, , , flags], { eye, info }) {
  const unknown = eye && flags & MESSAGE.lost && nameOf(to, info) === eye.place;
  return unknown ? strokes.map((stroke) => ({ ...stroke, alpha: 0.25 })) : strokes;
}

/** @param {number} lane @param {Info} info */
function nameOf(lane, { servers }) {
  return lane < servers ? `n${lane + 1}` : `c${lane - servers + 1}`;
}

/** Where words already stand above each lane. */
class Room {
  constructor() {
    /** @type {Map<number, [number, number][]>} */
    this.taken = new Map();
  }

  /** Takes a stretch if it is free. @param {number} lane @param {number} from @param {number} to */
  take(lane, from, to) {
    const taken = this.taken.get(lane) ?? [];
    if (taken.some(([a, b]) => from < b + 5 && to > a - 5)) return false;
    if (taken.length === 0) this.taken.set(lane, taken);
    taken.push([from, to]);
    return true;
  }
}

/** @param {Sheet} sheet @param {Room} room @returns {Stroke[]} */
function laneStrokes(sheet, room) {
  /** @type {Map<number, { term: number, leading: boolean }>} */
  const last = new Map();
  return rows(sheet.window.lanes, WIDTHS.lanes).flatMap((row) => {
    const [lane, from, to, term, role, flags] = row;
    const [x1, x2, y] = [
      Math.max(-20, xOf(sheet, from)),
      Math.min(sheet.width + 20, xOf(sheet, to < sheet.window.to ? to : Math.max(to, sheet.at))),
      yOf(sheet, lane),
    ];
    const before = last.get(lane);
    const leading = role === LEADING;
    const strokes = [laneStroke(x1, x2, y, term, role, flags, Math.min(sheet.row, THICK))];
    const news = before?.term !== term || (leading && !before.leading);
    const text = `${sheet.info.protocol.term[0]}${term}${leading ? ` ${sheet.info.protocol.leads}` : ""}`;
    const x = Math.max(3, x1 + 3);
    const fits = news && term > 0 && x2 > 8 && x < sheet.width && sheet.row >= 20;
    if (fits && room.take(lane, x, x + textWidth(text, 11)))
      strokes.push({ ...words(x, y - (leading ? 9 : 6.5), text), lane: y, brief: text.split(" ")[0] });
    last.set(lane, { term, leading });
    return strokes;
  });
}

/** @param {number} x @param {number} y @param {string} text @returns {Text} */
function words(x, y, text) {
  return { kind: "text", x, y, text, colour: "dim", size: 11 };
}

/**
 * @param {number} x1
 * @param {number} x2
 * @param {number} y
 * @param {number} term
 * @param {number} role
 * @param {number} flags
 * @param {number} row
 * @returns {Stroke}
 */
function laneStroke(x1, x2, y, term, role, flags, row) {
  const colour = hueName(term);
  const thin = Math.max(3, row * 0.17);
  if (flags & 1) return line(x1, y, x2, y, { colour: "red", width: 1.2, dash: DASHES.down, alpha: 0.7 });
  if (flags & 2) return line(x1, y, x2, y, { colour, width: thin, alpha: 0.3 });
  if (role === LEADING) return line(x1, y, x2, y, { colour, width: Math.max(7, row * 0.38) });
  if (role === SEEKING) return line(x1, y, x2, y, { colour, width: thin + 1, dash: DASHES.seeking });
  return line(x1, y, x2, y, { colour, width: thin, alpha: 0.75 });
}

/** @param {number[]} row @param {Sheet} sheet @returns {Stroke[]} */
function messageStrokes(row, sheet) {
  const [, fromLane, toLane, sent, ended, flags, term] = row;
  const [x1, y1, y2] = [xOf(sheet, sent), yOf(sheet, fromLane), yOf(sheet, toLane)];
  const lost = (flags & MESSAGE.lost) !== 0;
  const stop = lost ? y2 - Math.sign(y2 - y1) * sheet.row * 0.42 : y2;
  const seen = Math.max(sheet.window.to, sheet.at); // of one under way no more than was seen of it
  const part = ended > seen ? Math.max(0, (seen - sent) / (ended - sent)) : 1;
  const x2 = xOf(sheet, Math.min(ended, seen));
  const routine = (flags & MESSAGE.routine) !== 0;
  const colour = hueName(term);
  /** @type {Stroke[]} */
  const strokes = [
    line(x1, y1, x2, y1 + (stop - y1) * part, {
      colour,
      width: routine ? 0.8 : 1.3,
      alpha: routine ? 0.4 : 0.95,
      dash: flags & MESSAGE.reply ? DASHES.reply : undefined,
    }),
  ];
  if (part < 1) return strokes;
  if (lost) strokes.push(...cross(x2, stop, routine ? 2.2 : 3.4, routine ? 0.55 : 1));
  else if (!routine) strokes.push({ kind: "dot", x: x2, y: y2, r: 2, colour });
  return strokes;
}

/**
 * Covers what the place whose eyes are used cannot know: other lanes, after the last that each of them told it; then draws
 * once more the messages that it sent or received.
 * @param {Sheet} sheet
 * @returns {Stroke[]}
 */
function veilStrokes(sheet) {
  const { eye, info, scale, row, at } = sheet;
  if (!eye) return [];
  const lanes = info.servers + info.clients;
  /** @type {Stroke[]} */
  const veils = [];
  for (let lane = 0; lane < lanes; lane++) {
    if (nameOf(lane, info) === eye.place) continue;
    const last = eye.heard.get(nameOf(lane, info));
    const x = last ? Math.max(0, xOf(sheet, scale === "time" ? last.sentAt : last.sentIn)) : 0;
    const w = xOf(sheet, at) - x;
    if (w > 0)
      veils.push({ kind: "box", x, y: yOf(sheet, lane) - row / 2, w, h: row, fill: "surface", alpha: 0.74 });
  }
  const own = rows(sheet.window.messages, WIDTHS.messages).filter((message) => {
    const [, from, to, , ended, flags] = message;
    const got = nameOf(to, info) === eye.place && !(flags & MESSAGE.lost) && ended <= at;
    return (nameOf(from, info) === eye.place || got) && !isFolded(message, sheet);
  });
  return [
    ...veils,
    ...own.flatMap((message) =>
      messageStrokes(message, sheet)
        .filter(({ kind }) => kind === "line")
        .slice(0, 1),
    ),
  ];
}

/** @param {number} x @param {number} y @param {number} arm @param {number} [alpha] @returns {Stroke[]} */
function cross(x, y, arm, alpha = 1) {
  const look = { colour: "red", width: arm / 2, alpha };
  return [line(x - arm, y - arm, x + arm, y + arm, look), line(x - arm, y + arm, x + arm, y - arm, look)];
}

/** @param {Sheet} sheet @param {Room} room @returns {Stroke[]} */
function markStrokes(sheet, room) {
  const leads = rows(sheet.window.lanes, WIDTHS.lanes).filter((row) => row[4] === LEADING);
  return rows(sheet.window.marks, WIDTHS.marks).flatMap(([lane, at, kind, value]) => {
    const [x, y] = [xOf(sheet, at), yOf(sheet, lane)];
    if (x < -4 || x > sheet.width + 4) return [];
    if (kind === MARK.crashed) return cross(x, y, 4.5);
    if (kind === MARK.restarted) return [{ kind: "dot", x, y, r: 3.4, colour: "ink", hollow: true }];
    if (kind === MARK.truncated)
      return [{ kind: "box", x: x - 3, y: y - 3, w: 6, h: 6, fill: "surface", stroke: "red" }];
    if (kind !== MARK.committed) return [];
    const led = leads.some(([other, from, to]) => other === lane && from <= at && at <= to);
    const names = led ? [`${value} ${sheet.info.protocol.committed}`, String(value)] : NAMELESS;
    return commitStrokes(x, y, names, lane, room, sheet);
  });
}

/** @type {string[]} */
const NAMELESS = [];

/**
 * @param {number} x
 * @param {number} y
 * @param {string[]} names what to write, as there is room; nothing if only the tick is wanted
 * @param {number} lane
 * @param {Room} room
 * @param {Sheet} sheet
 * @returns {Stroke[]}
 */
function commitStrokes(x, y, names, lane, room, sheet) {
  if (names.length === 0) return [tick(x, y, Math.min(sheet.row, THICK) * 0.16, 1.4)];
  const now = xOf(sheet, sheet.at);
  /** To the left of the playhead, even if its instant has only just passed. @param {string} text */
  const middle = (text) => (x > now ? x : Math.min(x, now - textWidth(text, 11) / 2 - 5));
  const takes = (/** @type {string} */ text) =>
    room.take(lane, middle(text) - textWidth(text, 11) / 2, middle(text) + textWidth(text, 11) / 2);
  const name = sheet.row < 20 ? undefined : names.find(takes);
  /** @type {Stroke[]} */
  const strokes = [tick(x, y, Math.min(sheet.row, THICK) * 0.34, 2)];
  if (name)
    strokes.push({
      kind: "text",
      x: middle(name),
      y: y - sheet.row * 0.38,
      text: name,
      colour: "ink",
      size: 11,
      align: "center",
      bold: true,
      lane: y,
      brief: name.split(" ")[0],
    });
  return strokes;
}

/** @param {number} x @param {number} y @param {number} high @param {number} width */
function tick(x, y, high, width) {
  return line(x, y - high, x, y + high, { colour: "ink", width });
}

/** @param {TimelineWindow["ops"][number]} op @param {Sheet} sheet @returns {Stroke[]} */
function opStrokes(op, sheet) {
  const lane = sheet.info.servers + op.client - 1;
  const x1 = Math.max(-10, xOf(sheet, op.from));
  if (op.from > sheet.at) return [];
  const ended = op.to !== null && op.to <= sheet.at;
  const outcome = ended ? op.outcome : "pending";
  const x2 = xOf(sheet, ended ? (op.to ?? 0) : sheet.at);
  const h = Math.min(18, sheet.row * 0.62);
  const y = yOf(sheet, lane) - h / 2;
  const open = outcome === "pending" || outcome === "unknown";
  const sign = { ok: " OK", failed: " failed", unknown: " ?", pending: "" }[outcome];
  const text = `${op.text}${sign}`;
  const w = Math.max(3, x2 - x1);
  /** @type {Stroke[]} */
  const strokes = [
    {
      kind: "box",
      x: x1,
      y,
      w,
      h,
      fill: "press",
      stroke: "dim",
      radius: 3,
      ...(open ? { dash: [4, 3] } : {}),
    },
  ];
  const spot = wordsBy(op, x1, x2, sheet.upright ? 11 : textWidth(text, 11), sheet);
  if (sheet.row >= 18 && spot)
    strokes.push({
      kind: "text",
      ...spot,
      y: y + h / 2 + 4,
      text,
      colour: "ink",
      size: 11,
      lane: y + h / 2,
      brief: `${op.text.replace(/^\S+ /, "")}${{ ok: " ✓", failed: " ✕", unknown: " ?", pending: "" }[outcome]}`,
    });
  return strokes;
}

/**
 * Where an operation's words stand: in its box, behind it or before it. Where none has room they are left out; the future
 * and the client's other operations are no room.
 * @param {TimelineWindow["ops"][number]} op @param {number} x1 @param {number} x2 @param {number} wide @param {Sheet} sheet
 * @returns {{ x: number, align?: "right" } | null}
 */
function wordsBy(op, x1, x2, wide, sheet) {
  if (wide + 8 < x2 - x1) return { x: Math.max(4, x1 + 5) };
  if (x2 + 4 + wide <= Math.min(xOf(sheet, sheet.at), nextOf(op, sheet))) return { x: x2 + 4 };
  return x1 - 4 - wide > Math.max(0, endBefore(op, sheet)) ? { x: x1 - 4, align: "right" } : null;
}

/** Where the client's next operation begins. @param {TimelineWindow["ops"][number]} op @param {Sheet} sheet */
function nextOf({ client, from }, sheet) {
  const later = sheet.window.ops.filter((other) => other.client === client && other.from > from);
  return Math.min(...later.map((other) => xOf(sheet, other.from)));
}

/** Where the client's last operation before this one ends. @param {TimelineWindow["ops"][number]} op @param {Sheet} sheet */
function endBefore({ client, from }, sheet) {
  const earlier = sheet.window.ops.filter((other) => other.client === client && other.from < from);
  return Math.max(...earlier.map((other) => xOf(sheet, other.to ?? from)));
}

/** What was done up to now and is to be marked: where, in what words and colour. @param {Sheet} sheet */
export function deedsOf(sheet) {
  return sheet.window.actions.flatMap(({ at, position, text, refused }) => {
    if (!refused && UNMARKED[sheet.scale].test(text)) return [];
    const x = xOf(sheet, sheet.scale === "time" ? at : position);
    if (x < 0 || x > sheet.width || x > xOf(sheet, sheet.at) + 1) return [];
    const colour = /^(cut|crash|partition|drop|wipe)\b/.test(text) ? "red" : "dim";
    return [{ x, colour, refused: refused !== "", words: refused ? `${text} (refused)` : text }];
  });
}

/** @param {Sheet} sheet @param {number} bottom @returns {Stroke[]} */
function actionStrokes(sheet, bottom) {
  let free = -1000;
  return deedsOf(sheet).flatMap(({ x, colour, refused, words }) => {
    /** @type {Stroke[]} */
    const strokes = [
      {
        kind: "line",
        x1: x,
        y1: 16,
        x2: x,
        y2: bottom,
        colour,
        width: 1,
        alpha: 0.8,
        ...(refused ? { dash: [2, 3] } : {}),
      },
    ];
    const wide = textWidth(words, 11);
    const now = xOf(sheet, sheet.at);
    const start = x + 4 + wide < now - 9 || x - 4 - wide < 0 ? x + 4 : x - 4 - wide;
    if (start > free) {
      strokes.push({ kind: "text", x: start, y: 14, text: words, colour, size: 11, bold: true });
      free = start + wide + 8;
    }
    return strokes;
  });
}
