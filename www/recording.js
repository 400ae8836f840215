// The beginning of a run as the engine played it when the page was built: its answers, kept. It answers like the engine's
// `Run` (one that already knows the run as far as the recording does), and only what it has heard from it.

import { rowsOf } from "./columns.js";
import { changed } from "./difference.js";
import { cut } from "./recorded-window.js";

/** @import { Frame, Info, Moment, Run, TimelineWindow } from "./engine-types" */
/** @import { Call } from "./host.js" */

/**
 * @typedef {object} Record
 * @property {string} text the scenario, to the letter
 * @property {string} printed the same, as the engine writes it
 * @property {Info} info
 * @property {number} end how far the answers reach
 * @property {boolean} waits true if the scenario waits for its reader there
 * @property {number} known how far the engine has looked ahead, for timelines
 * @property {{ time: number, steps: number }} head where the run stood then
 * @property {number[][]} places columns of [position, time]: wherever a frame becomes another one
 * @property {unknown[]} frames at each place, as the difference to the one before
 * @property {Moment[]} moments
 * @property {ReturnType<Run["branches"]>} branches
 * @property {{ lanes: number[][], messages: number[][], marks: number[][], ops: import("./recorded-window.js").Rows["ops"], actions: TimelineWindow["actions"] }} columns
 */

/** What is answered where the recording has no answer. */
export const BEYOND = Symbol("beyond the recording");

export class Recording {
  /** @param {Record} record */
  constructor(record) {
    this.record = record;
    this.places = rowsOf(record.places);
    /** @type {unknown} */
    let frame = null;
    this.frames = record.frames.map((change) => {
      frame = changed(frame, /** @type {*} */ (change));
      return /** @type {Frame} */ (frame);
    });
    const { lanes, messages, marks, ops, actions } = record.columns;
    this.rows = { lanes: rowsOf(lanes), messages: rowsOf(messages), marks: rowsOf(marks), ops, actions };
    this.position = 1;
    this.at = 0;
  }

  /** Answers all of these calls, or none: then it stands where it stood. @param {Call[]} calls @returns {unknown[] | null} */
  answer(calls) {
    const { position, at } = this;
    const answers = calls.map(([method, args = []]) =>
      ANSWERED.has(method) ? /** @type {*} */ (this)[method](...args) : BEYOND,
    );
    if (!answers.includes(BEYOND)) return answers;
    this.position = position;
    this.at = at;
    return null;
  }

  /** What brings an engine to where this stands. @returns {Call[]} */
  way() {
    const { text, known } = this.record;
    const arrived = this.places.findLast(([, time]) => time <= this.at)?.[0] === this.position;
    const there = arrived ? ["run", [this.at]] : ["seek", [this.position]];
    return [["fromText", [text]], ["ahead", [known]], /** @type {Call} */ (there)];
  }

  /** @param {string} text */
  fromText(text) {
    if (text !== this.record.text) return BEYOND;
    this.position = 1;
    this.at = 0;
    return null;
  }

  info() {
    return structuredClone(this.record.info);
  }

  text() {
    return this.record.printed;
  }

  differs() {
    return undefined;
  }

  branches() {
    return this.record.branches.map((branch) => (branch.current ? { ...branch, at: this.at } : branch));
  }

  frame() {
    const here = this.places.findLastIndex(
      ([position, time]) => position === this.position && time <= this.at,
    );
    return { ...this.frames[here], at: this.at };
  }

  /** @param {number} from @param {number} to */
  moments(from, to) {
    const last = this.places[this.places.length - 1][0];
    if (!isCount(from) || !isCount(to) || to > last) return BEYOND;
    return this.record.moments.filter(({ position }) => from < position && position <= to);
  }

  /** @param {number} from @param {number} to @param {number} pixels @param {"time" | "steps"} scale */
  window(from, to, pixels, scale) {
    const { end, known, head } = this.record;
    const bounds =
      scale === "time" ? [end, known] : [this.frames[this.frames.length - 1].position, head.steps];
    if (![from, to, pixels].every(isCount) || from > to || from > bounds[0] || to > bounds[1]) return BEYOND;
    return cut(this.rows, { from, to, pixels, scale, known: Math.max(to, head[scale]) });
  }

  /** @param {number} until */
  ahead(until) {
    return isCount(until) && until <= this.record.known ? Math.max(until, this.record.head.time) : BEYOND;
  }

  /** @param {number} until */
  run(until) {
    const { end, waits } = this.record;
    if (!isCount(until) || (until > end && !waits)) return BEYOND;
    if (until >= this.at) this.arrive(Math.min(until, end));
    return this.at;
  }

  /** @param {number} position */
  seek(position) {
    const place = this.places.find(([other]) => other === Math.max(1, position));
    if (!place) return BEYOND;
    [this.position, this.at] = place;
    return undefined;
  }

  /** @param {number} at */
  seekTime(at) {
    const { end, waits } = this.record;
    if (!isCount(at) || at > end || (at === end && waits)) return BEYOND; // it is no reason to wait
    this.arrive(at);
    return undefined;
  }

  /** @param {number} at */
  arrive(at) {
    this.position = this.places.findLast(([, time]) => time <= at)?.[0] ?? 1;
    this.at = at;
  }
}

/** What it may be asked. */
const ANSWERED = new Set([
  "fromText",
  "info",
  "text",
  "differs",
  "branches",
  "frame",
  "moments",
  "window",
  "ahead",
  "run",
  "seek",
  "seekTime",
]);

/** @param {unknown} value */
function isCount(value) {
  return Number.isInteger(value) && Number(value) >= 0;
}
