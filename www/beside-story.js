// A story that is told while several protocols lie side by side: where its reader stands, what it waits for, and how far the
// runs may be seen.

import { Story } from "./story.js";

/** @import { BesideStory, BesideStep, Frame } from "./engine-types" */

/** @type {BesideStory} */
const NOTHING = { steps: [], lines: 0, endsAt: 0 };

export class Telling {
  constructor() {
    this.story = new Story();
    this.story.hint = ""; // these runs are compared, and not acted in
    this.tale = NOTHING;
    /** Where the story waits before this line, the reader has passed. */
    this.gate = 0;
    /** The furthest instant that was seen. */
    this.seen = 0;
    /** The end of what can be seen. */
    this.until = 0;
    /** How many lines are done. */
    this.line = 0;
    /** The server that the reader points at: "n3"; none if empty. */
    this.eye = "";
    /** @type {BesideStep | null} the step at which the story waits */
    this.pause = null;
    /** What the story's own parts ask for. */
    this.frame = /** @type {Frame} */ ({});
  }

  /**
   * Takes up a story; its reader enters at an instant, and has passed so many places there at which it waits.
   * @param {BesideStory} tale
   * @param {number} until
   * @param {number} at
   * @param {number} passed
   */
  begin(tale, until, at, passed) {
    this.tale = tale;
    this.until = until;
    this.seen = at;
    this.eye = "";
    this.story.begin({ story: tale.steps });
    this.enter(at);
    for (let n = 0; n < passed && this.pause; n += 1) this.pass();
  }

  /** True if there is a story. */
  get told() {
    return this.tale.steps.length > 0;
  }

  /** The reader comes to an instant: what waits there, waits. @param {number} at */
  enter(at) {
    this.gate = this.tale.steps.find((step) => step.at >= at)?.line ?? this.tale.lines;
    this.see(at);
  }

  /** Time has passed up to an instant. @param {number} at */
  see(at) {
    if (!this.told) return;
    this.seen = Math.max(this.seen, at);
    const { steps, lines, endsAt } = this.tale;
    const next = steps.find((step) => step.at > at || this.holds(step));
    this.pause = next && next.at <= at ? next : null;
    this.line = next ? next.line : at >= endsAt ? lines : (steps.at(-1)?.line ?? 0) + 1;
    if (this.line === lines) this.seen = this.until;
    this.frame = this.frameNow();
    this.story.see(this.frame);
    for (const step of steps.filter(({ kind, line }) => kind === "ask" && line < this.line)) {
      const { line, text, answers } = step;
      this.story.asked.set(line, { line, text, answers, right: this.rightOf(step) });
    }
  }

  /** True if the story waits at a step. @param {BesideStep} step */
  holds({ kind, line }) {
    return kind !== "caption" && line >= this.gate;
  }

  /** The instant at which time has to stop. */
  get bar() {
    return this.tale.steps.find((step) => this.holds(step))?.at ?? this.until;
  }

  /** True once all is told. */
  get over() {
    return this.line === this.tale.lines;
  }

  /** Which answer came true, as far as that is known here. @param {BesideStep} step */
  rightOf({ decided }) {
    const known = decided && (decided.line < this.line || this.over);
    return known ? decided.right : null;
  }

  /** @returns {Frame} */
  frameNow() {
    const { pause, line } = this;
    const waits = pause && {
      kind: pause.kind,
      does: pause.kind === "invite" ? "act" : "",
      text: pause.text,
      answers: pause.answers,
      line: pause.line,
    };
    const frame = { line, pause: waits, onStory: true, storyWaits: false, question: null };
    return /** @type {Frame} */ (
      /** @type {unknown} */ ({ ...frame, said: [], looks: [], cuts: [], attempt: null, off: [] })
    );
  }

  /** Passes the place at which the story waits. True if it goes on from there with time. */
  pass() {
    const { pause } = this;
    if (!pause) return true;
    this.gate = pause.line + 1;
    this.see(pause.at);
    return this.pause === null;
  }

  /** How many places at this instant at which the story waits are passed. @param {number} at */
  passedAt(at) {
    return this.tale.steps.filter(
      (step) => step.at === at && step.kind !== "caption" && step.line < this.gate,
    ).length;
  }

  /** To a step: behind it, or in front of it if the story waits there. Says when that is. @param {number} line */
  turnTo(line) {
    const step = this.tale.steps.find((one) => one.line === line);
    if (!step) return null;
    this.gate = step.kind === "caption" ? line + 1 : line;
    this.see(step.at);
    return step.at;
  }

  /** What is told here: the question, or the last caption. */
  get words() {
    if (this.pause?.kind === "ask") return this.pause.text;
    return this.tale.steps.findLast(({ kind, line }) => kind === "caption" && line < this.line)?.text ?? "";
  }

  /** The servers and clients that the present step or the reader points at, of one of the protocols. @param {number} side @returns {string[]} */
  pointsAt(side) {
    if (this.eye) return [this.eye];
    const { now, steps } = this.story;
    const step = this.tale.steps.find(({ line }) => line === steps[now]?.line);
    return (step?.looks ?? []).flatMap(({ places }) => places[side] ?? []);
  }
}
