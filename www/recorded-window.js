// Cuts a timeline's window out of the rows of a recording, exactly as the engine does: see `sim`'s trace.

/** @import { OpView, TimelineWindow } from "./engine-types" */

/**
 * Everything that happened, in two columns for each instant: its time, and how many events there were after it.
 *
 * @typedef {object} Rows
 * @property {number[][]} lanes [lane, time, steps, term, role, flags], in the order in which they begin
 * @property {number[][]} messages [id, from, to, sent, sent in steps, ended, ended in steps, flags, term, kind]
 * @property {number[][]} marks [lane, time, steps, kind, value]
 * @property {{ op: OpView & { client: number }, time: [number, number | null], steps: [number, number | null] }[]} ops
 * @property {TimelineWindow["actions"]} actions
 */

const ROUTINE = 4;
const IN_FLIGHT = 8;

/**
 * @param {Rows} rows
 * @param {{ from: number, to: number, pixels: number, scale: "time" | "steps", known: number }} view
 * @returns {TimelineWindow}
 */
export function cut(rows, view) {
  const { from, to, scale, known } = view;
  const steps = scale === "steps" ? 1 : 0;
  const flights = rows.messages
    .filter((row) => row[3 + steps] <= to && (row[7] & IN_FLIGHT || row[5 + steps] >= from))
    .map(([id, a, b, sent, sentIn, ended, endedIn, ...rest]) =>
      steps ? [id, a, b, sentIn, endedIn, ...rest] : [id, a, b, sent, ended, ...rest],
    );
  const marks = rows.marks.filter((row) => from <= row[1 + steps] && row[1 + steps] <= to);
  const ops = rows.ops.filter((op) => op[scale][0] <= to && (op[scale][1] ?? to) >= from);
  const inside = (/** @type {number} */ at) => from <= at && at <= to;
  return {
    from,
    to,
    known,
    lanes: table(lanes(rows, view, 1 + steps)),
    ...folded(flights, view),
    marks: table(marks.map(([lane, at, position, ...rest]) => [lane, steps ? position : at, ...rest])),
    beats: table(steps ? [] : beats(flights, view)),
    ops: ops.map(({ op, ...at }) => ({ ...op, from: at[scale][0], to: at[scale][1] })),
    actions: rows.actions.filter(({ at, position }) => inside(steps ? position + 1 : at)),
  };
}

/** @param {number[][]} rows */
function table(rows) {
  return Float64Array.from(rows.flat());
}

/** @param {Rows} rows @param {{ from: number, to: number }} view @param {number} column of their beginning */
function lanes(rows, { from, to }, column) {
  /** @type {number[][]} */
  const closed = [];
  /** @type {(number[] | undefined)[]} */
  const open = [];
  const close = (/** @type {number[] | undefined} */ row, /** @type {number} */ end) => {
    if (!row || end < from) return;
    const [lane, , , ...rest] = row;
    closed.push([lane, Math.max(row[column], from), Math.min(end, to), ...rest]);
  };
  for (const row of rows.lanes) {
    if (row[column] > to) break;
    close(open[row[0]], row[column]);
    open[row[0]] = row;
  }
  for (const row of open) close(row, to);
  return closed;
}

/**
 * Messages; where there is no room for all, the routine ones as combs, and only every so many of the others.
 *
 * @param {number[][]} flights
 * @param {{ from: number, to: number, pixels: number }} view
 */
function folded(flights, { from, to, pixels }) {
  const wide = Math.max(1, Math.min(pixels, 10_000));
  const room = wide * 2;
  const isRoutine = (/** @type {number[]} */ row) => (row[5] & ROUTINE) !== 0;
  const plain = flights.filter((row) => !isRoutine(row)).length;
  const folds = flights.length > room;
  const stride = Math.max(1, Math.ceil(plain / room));
  const tooth = Math.floor((to - from) / wide) + 1;
  /** @type {Map<number, number[]>} the open tooth of each lane */
  const teeth = new Map();
  const [comb, messages] = [/** @type {number[][]} */ ([]), /** @type {number[][]} */ ([])];
  let seen = 0;
  for (const row of flights) {
    if (!isRoutine(row)) {
      seen += 1;
      if (seen % stride === 0) messages.push(row);
      continue;
    }
    if (!folds) {
      messages.push(row);
      continue;
    }
    const [lane, at] = [row[1], Math.floor(row[3] / tooth) * tooth];
    const open = teeth.get(lane);
    if (open?.[1] === at) open[2] += 1;
    else {
      if (open) comb.push(open);
      teeth.set(lane, [lane, at, 1]);
    }
  }
  comb.push(...[...teeth.values()].sort(([a], [b]) => a - b));
  return { messages: table(messages), comb: table(comb) };
}

/** @param {number[][]} flights in time @param {{ from: number, to: number }} view */
function beats(flights, { from, to }) {
  /** @type {number[][]} */
  const merged = [];
  for (const [, , , sent, ended, flags] of flights) {
    if (flags & ROUTINE) continue;
    const [start, end] = [Math.max(sent, from), flags & IN_FLIGHT ? to : Math.min(ended, to)];
    const last = merged.at(-1);
    if (last && last[1] >= start) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
