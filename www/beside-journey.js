// The way of a reader through several protocols' runs: the clock, the story if there is one, and all that leads from one
// instant to another.

import { instantsOf } from "./beside-bands.js";
import { BesideClock } from "./beside-clock.js";
import { Telling } from "./beside-story.js";

/** @import { Comparison } from "./engine-types" */
/** @import { Move } from "./keys.js" */

/** How far one raw step goes, in microseconds. */
const STEP = 5_000;

export class Journey {
  /** @param {() => void} onmove told whenever there is something else to be seen */
  constructor(onmove) {
    this.onmove = onmove;
    this.clock = new BesideClock(() => this.moved());
    this.telling = new Telling();
    /** Every instant at which something begins or ends, in order. @type {number[]} */
    this.milestones = [];
  }

  /** Enters a comparison where it asks for. @param {Comparison} comparison */
  begin(comparison) {
    const { until, openAt, passed, story } = comparison;
    const told = story.steps.map(({ at }) => at);
    this.milestones = [...new Set([0, until, ...instantsOf(comparison), ...told])].sort((a, b) => a - b);
    this.clock.begin(until, openAt ?? 0);
    this.telling.begin(story, until, this.clock.at, passed);
    this.bar();
  }

  moved() {
    this.telling.see(this.clock.at);
    this.bar();
    this.onmove();
  }

  /** Time stops where the story waits. */
  bar() {
    this.clock.bar = this.telling.told ? this.telling.bar : this.clock.until;
  }

  /** How far the runs may be seen: a story does not give away what it asks. */
  get seen() {
    return this.telling.told ? this.telling.seen : this.clock.until;
  }

  /** Lets time pass; from the beginning, if it is at its end. */
  play() {
    const { clock } = this;
    if (clock.at >= clock.until) this.seek(0);
    clock.play();
  }

  toggle() {
    if (this.clock.playing) this.clock.halt();
    else if (this.telling.pause) this.proceed(undefined);
    else this.play();
  }

  /** Goes on with the story, with an answer if it asks. @param {number | undefined} choice */
  proceed(choice) {
    const { telling } = this;
    if (choice !== undefined) telling.story.answer(choice);
    const goes = telling.pass();
    this.moved();
    if (goes) this.clock.play();
  }

  /** To a step of the story. @param {number} line */
  turnTo(line) {
    const at = this.telling.turnTo(line);
    if (at !== null) this.clock.seek(at);
  }

  /** To an instant, as far as the runs may be seen. @param {number} at */
  seek(at) {
    const to = Math.max(0, Math.min(Math.round(at), this.seen));
    this.telling.enter(to);
    this.clock.seek(to);
  }

  /** To an instant, whatever was seen: who asks for it by number knows what is to come. @param {number} at */
  seekFreely(at) {
    const { telling, clock } = this;
    telling.seen = Math.max(telling.seen, Math.min(at, clock.until));
    this.seek(at);
  }

  /** On to an instant, or to where the story waits before that. @param {number} at */
  goOn(at) {
    const { telling, clock } = this;
    if (telling.pass()) clock.seek(telling.told ? Math.min(at, telling.bar) : at);
    else this.moved();
  }

  /** To the next milestone, or the one before. @param {boolean} forward */
  milestone(forward) {
    const { at } = this.clock;
    const found = forward
      ? this.milestones.find((other) => other > at + 1)
      : this.milestones.findLast((other) => other < at - 1);
    if (found === undefined) return;
    if (forward) this.goOn(found);
    else this.seek(found);
  }

  /** What a key asks for. @param {Move} move */
  go(move) {
    const { clock } = this;
    if (move === "toggle") this.toggle();
    else if (move === "first") this.seek(0);
    else if (move === "last") this.seek(clock.until);
    else if (move === "step") this.goOn(clock.at + STEP);
    else if (move === "stepBack") this.seek(clock.at - STEP);
    else this.milestone(move.startsWith("next"));
  }
}
