// The servers' logs side by side, aligned by index; what all rows agree on folds when room gets short.

/** @import { Cell, Frame, NodeFrame } from "./engine-types" */

/**
 * @typedef {{ kind: "cell", index: number, chosen: { at: number, by: number[] } | null }} CellColumn
 * @typedef {{ kind: "fold", from: number, to: number, same: boolean }} FoldColumn
 * @typedef {CellColumn | FoldColumn} Column
 * @typedef {{ node: NodeFrame, cells: Map<number, Cell> }} Row
 */

/** Columns before the fold that stay open, so that a reader sees what the tail is joined to. */
const KEPT = 1;

/**
 * @param {Frame} frame
 * @param {number} room for how many columns
 * @returns {{ columns: Column[], rows: Row[] }}
 */
export function logs(frame, room) {
  const rows = frame.nodes.map((node) => ({
    node,
    cells: new Map(node.cells.map((cell) => [cell.index, cell])),
  }));
  const { last } = frame.log;
  const fold = foldTo(rows, frame.log, Math.max(2, room));
  const chosen = new Map(frame.chosen.map((entry) => [entry.index, { at: entry.at, by: entry.by }]));
  /** @type {Column[]} */
  const columns = fold ? [fold] : [];
  for (let index = fold ? fold.to + 1 : 1; index <= last; index++)
    columns.push({ kind: "cell", index, chosen: chosen.get(index) ?? null });
  return { columns, rows };
}

/**
 * @param {Row[]} rows
 * @param {Frame["log"]} log
 * @param {number} room
 * @returns {FoldColumn | null}
 */
function foldTo(rows, { from, last, same }, room) {
  if (last <= room && from === 1) return null;
  let agreed = from === 1 || same ? from - 1 : 0;
  if (agreed === from - 1) while (agreed < last && agree(rows, agreed + 1)) agreed += 1;
  const needed = Math.max(from - 1, last - room + 1); // what the frame leaves out is folded
  const kind = /** @type {const} */ ("fold");
  if (agreed - KEPT >= needed) return { kind, from: 1, to: Math.max(needed, agreed - KEPT), same: true };
  return { kind, from: 1, to: needed, same: agreed >= needed };
}

/** @param {Row[]} rows @param {number} index */
function agree(rows, index) {
  const [cell, ...others] = rows.map(({ cells }) => cells.get(index));
  return (
    cell?.committed === true &&
    others.every((other) => other?.committed && other.mark === cell.mark && other.text === cell.text)
  );
}

/** A cell in one sentence. @param {Cell} cell @param {string} index the protocol's word for a place @param {string} term */
export function cellText(cell, index, term) {
  const state = cell.applied
    ? "applied"
    : cell.committed
      ? "known committed here"
      : cell.durable
        ? "on disk"
        : "not on disk yet";
  const acks =
    cell.acks.length && !cell.committed ? `, stored by ${cell.acks.map((id) => `n${id}`).join(" ")}` : "";
  const mark = cell.mark === cell.term ? "" : `, ${cell.mark}`;
  return `${index} ${cell.index}, ${term} ${cell.term}${mark}, ${cell.text}, ${state}${acks}`;
}
