// Where protocols are laid side by side: one comparison at a time, in a worker as in the page.

import { messageOf } from "./run-table.js";

/** @import { Beside, BesideConstructor, Comparison, Frame, Info, TimelineWindow } from "./engine-types" */

/** A comparison with all that is drawn of it: for each protocol its words and its whole timeline. */
/** @typedef {{ text: string, comparison: Comparison, infos: Info[], windows: TimelineWindow[] }} Laid */

/** @typedef {{ ticket: number, method: string, args: unknown[] }} Order */
/** @typedef {{ ticket: number, result?: unknown, error?: string }} Answer */

/** So wide that no message of a run of some seconds is folded away. */
const WIDE = 20_000;

export class Desk {
  /** @param {BesideConstructor} maker */
  constructor(maker) {
    this.maker = maker;
    /** @type {Beside | null} */
    this.beside = null;
    /** The places of the protocols in it. @type {number[]} */
    this.sides = [];
  }

  /**
   * Lays protocols beside a scenario's own; those that it names, if no others are.
   * @param {string} text
   * @param {string[] | null} others
   * @returns {Laid}
   */
  open(text, others) {
    const laid = others ? this.maker.lay(text, others) : text;
    const beside = this.maker.fromText(laid);
    this.beside?.free();
    this.beside = beside;
    const comparison = beside.comparison();
    this.sides = comparison.sides.map((_, side) => side);
    return {
      text: laid,
      comparison,
      infos: this.sides.map((side) => beside.info(side)),
      windows: this.sides.map((side) => beside.window(side, 0, comparison.until, WIDE)),
    };
  }

  /** The scenario with none beside it. @param {string} text */
  alone(text) {
    return this.maker.lay(text, []);
  }

  /**
   * The links of the comparison, opened at an instant (where so many places are passed at which its story waits) and as a
   * whole, and its text.
   * @param {number} at
   * @param {number} passed
   */
  links(at, passed) {
    if (!this.beside) throw new Error("Nothing lies side by side.");
    return [this.beside.link(at, passed), this.beside.link(), this.beside.text()];
  }

  /** All protocols at an instant. @param {number} at @returns {Frame[]} */
  frames(at) {
    const { beside } = this;
    return beside ? this.sides.map((side) => beside.frame(side, at)) : [];
  }

  /** @param {Order} order @returns {Answer} */
  answer({ ticket, method, args }) {
    try {
      const found = /** @type {(...args: unknown[]) => unknown} */ (Reflect.get(this, method));
      return { ticket, result: found.apply(this, args) };
    } catch (error) {
      return { ticket, error: messageOf(error) };
    }
  }
}
