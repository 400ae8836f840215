// The whys of a page: what is asked, the sentence in hand, and what of the picture it speaks of.

import { html, nothing } from "./part.js";
import "./why-box.js";

/** @import { App } from "./app.js" */
/** @import { Explanation, Frame, Look, Why, WhyStep } from "./engine-types" */

export class Whys {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {Why | null} */
    this.why = null;
    /** The sentence in hand. */
    this.hand = 0;
    /** What each rule said in it. @type {Explanation | null} */
    this.said = null;
    /** The last frame that was pointed at, and what came of it. @type {{ frame: Frame, step: WhyStep, marked: Frame } | null} */
    this.marked = null;
  }

  /** @param {string} about such as "n1.term", "leader" or "event 12" */
  async ask(about) {
    this.why = await this.app.engine.do("why", about);
    await this.take(0);
  }

  /** Takes another sentence in hand. @param {number} hand */
  async take(hand) {
    this.hand = hand;
    const { step } = this;
    this.said = step ? await this.app.engine.do("explain", step.position) : null;
    this.app.showWhy();
  }

  /** @returns {WhyStep | null} */
  get step() {
    return this.why?.steps[this.hand] ?? null;
  }

  close() {
    this.why = null;
    this.said = null;
    this.app.showWhy();
  }

  /** A frame that points at the places that the sentence in hand speaks of. @param {Frame} frame @returns {Frame} */
  pointed(frame) {
    const { step } = this;
    if (!step) return frame;
    if (this.marked?.frame === frame && this.marked.step === step) return this.marked.marked;
    const places = [step.place, step.message?.from ?? null].filter((place) => place !== null);
    /** @type {Look[]} */
    const looks = places.map((place) => ({ kind: "place", place }));
    const marked = { ...frame, looks: [...frame.looks, ...looks] };
    this.marked = { frame, step, marked };
    return marked;
  }

  render() {
    if (!this.why) return nothing;
    return html`<playground-why .why=${this.why} .hand=${this.hand} .said=${this.said}
      @close=${() => this.close()}
      @hand=${(/** @type {CustomEvent<number>} */ event) => this.take(event.detail)}
      @go=${(/** @type {CustomEvent<number>} */ event) => this.app.player.go(["seek", [event.detail]])}></playground-why>`;
  }
}
