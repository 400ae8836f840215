// Moves the cursor through a run: plays and halts, goes from moment to moment. It asks the engine and keeps what the
// engine answers; it knows no screen.

import { eyeOf } from "./eye.js";
import { Pacing } from "./pacing.js";
import { Viewport } from "./viewport.js";

/** @import { Engine } from "./engine.js" */
/** @import { Call } from "./host.js" */
/** @import { Frame, Info, TimelineWindow } from "./engine-types" */

/** @typedef {"time" | "steps"} Scale */

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];
/** On the scale of steps, a moment's time on the screen. */
const STEP_MS = 900;
/** A script that holds every timer is played by hand, though it may let time pass once. */
const HELD = /^hold timers$/m;
/** A tab that was away comes back as if this much time had passed. */
const MOST_MS = 100;

export class Player {
  /**
   * @param {Engine} engine an open one
   * @param {(player: Player) => void} onchange told after each change of what is to be shown
   */
  constructor(engine, onchange) {
    this.engine = engine;
    this.onchange = onchange;
    this.pacing = new Pacing();
    this.views = { time: new Viewport(1_500_000, 20_000, 600_000_000), steps: new Viewport(30, 10, 100_000) };
    /** How many pixels wide the lanes are: the engine draws no finer. */
    this.pixels = 800;
    this.speed = 1;
    this.playing = false;
    this.holds = 0;
    /** @type {Frame | null} */
    this.frame = null;
    /** @type {Info | null} */
    this.info = null;
    /** @type {TimelineWindow | null} */
    this.window = null;
    /** @type {Scale} */
    this.scale = "time";
    /** The furthest that the cursor has been. */
    this.visited = { time: 0, steps: 0 };
    /** The instant at which the story waits: what it waits to do would happen then, and must not be seen before. */
    this.barred = -1;
    this.busy = false;
    this.stepped = 0;
    /** Counts what was to be shown anew. Where only the clock has moved since, the count stays. */
    this.edition = 0;
    /** Through whose eyes the run is seen; nobody's if empty. */
    this.place = "";
    /** @type {import("./eye.js").Eye | null} */
    this.eye = null;
  }

  /** Tells that there is something else to show than before. */
  changed() {
    this.edition += 1;
    this.onchange(this);
  }

  /** Forgets the run that was shown. */
  reset() {
    this.frame = null;
    this.window = null;
    this.visited = { time: 0, steps: 0 };
    this.barred = -1;
    this.stepped = 0;
    this.place = "";
    this.eye = null;
    for (const view of Object.values(this.views)) view.from = 0;
    this.pacing.forget();
  }

  /** Takes up a run that the engine has just opened. */
  async begin() {
    this.playing = false;
    this.reset();
    const [info, text] = await this.engine.all([["info"], ["text"]]);
    this.info = /** @type {Info} */ (info);
    this.info.byHand ||= HELD.test(String(text));
    this.scale = this.info.byHand ? "steps" : "time";
    await this.go(); // an engine opens a link at its moment
  }

  /**
   * To an instant; and if more has happened by then than should have, back by the rest.
   * @param {{ at: number, position: number }} place
   */
  async goTo({ at, position }) {
    await this.go(["seekTime", [at]]);
    if (this.frame && this.frame.position > position) await this.go(["seek", [position]]);
  }

  get at() {
    return this.frame?.at ?? 0;
  }

  /** The cursor on the scale in use. */
  get cursor() {
    return this.scale === "time" ? this.at : (this.frame?.position ?? 0);
  }

  get view() {
    return this.views[this.scale];
  }

  /** True while time passes on the screen. */
  get moving() {
    return this.playing && this.holds === 0;
  }

  play() {
    this.playing = true;
    this.changed();
  }

  halt() {
    this.playing = false;
    this.changed();
  }

  /** Holds time while a menu is open; each hold needs its release. */
  hold() {
    this.holds += 1;
    this.changed();
  }

  release() {
    this.holds = Math.max(0, this.holds - 1);
    this.changed();
  }

  /** @param {number} speed @param {boolean} [even] true if no stretch is hurried: true proportions */
  setSpeed(speed, even = false) {
    this.speed = speed;
    this.pacing.even = even;
    this.changed();
  }

  /** @param {Scale} scale */
  setScale(scale) {
    this.scale = scale;
    return this.refresh();
  }

  /**
   * Does calls that may move the cursor or change the run, and shows what came of it. Halts: the reader took over.
   * @param {Call[]} calls
   */
  async go(...calls) {
    this.playing = false;
    const results = await this.engine.all([...calls, ["frame"]]);
    await this.take(/** @type {Frame} */ (results.at(-1)));
    return results[0];
  }

  /**
   * Changes the run, and goes on playing if it played.
   * @param {Call[]} calls
   */
  async act(...calls) {
    const played = this.playing;
    try {
      await this.go(...calls);
    } finally {
      this.pacing.forget();
      this.visited = { time: this.at, steps: this.frame?.position ?? 0 };
      this.playing = played;
      await this.refresh();
    }
  }

  /** Goes where the run may be another than before: what was known of it counts no more. @param {Call[]} calls */
  async turn(...calls) {
    const { position = 0 } = this.frame ?? {};
    await this.go(...calls);
    this.pacing.forget();
    if ((this.frame?.position ?? 0) < position)
      this.visited = { time: this.at, steps: this.frame?.position ?? 0 };
    await this.refresh();
  }

  /** Where the reader drags the playhead; only the latest place matters. @param {number} place */
  async scrub(place) {
    this.playing = false;
    const call = /** @type {Call} */ (
      this.scale === "time"
        ? ["seekTime", [Math.max(0, Math.round(place))]]
        : ["seek", [Math.max(0, Math.round(place))]]
    );
    const results = await this.engine.look([call, ["frame"]]);
    if (results) await this.take(/** @type {Frame} */ (results[1]));
  }

  /** @param {boolean} turning */
  next(turning = false) {
    return this.go(["nextMoment", [turning]]);
  }

  /** @param {boolean} turning */
  previous(turning = false) {
    return this.go(["previousMoment", [turning]]);
  }

  /** To the end of what was seen. */
  last() {
    return this.goTo({ at: this.visited.time, position: this.visited.steps });
  }

  first() {
    return this.go(["seek", [0]]);
  }

  /** Shows again, after a change of scale, zoom or width. */
  async refresh() {
    if (this.frame) await this.take(this.frame);
  }

  /** @param {Frame} frame */
  async take(frame) {
    this.see(frame);
    const [window, heard] = await this.engine.all([this.windowCall(), ...this.heardCall()]);
    this.window = /** @type {TimelineWindow} */ (window);
    this.hear(heard);
    this.changed();
  }

  /** @param {Frame} frame */
  see(frame) {
    this.frame = frame;
    this.visited.time = Math.max(this.visited.time, frame.at);
    this.visited.steps = Math.max(this.visited.steps, frame.position);
    if (frame.at === this.visited.time) this.barred = frame.pause ? frame.at : -1;
    this.view.follow(this.cursor);
  }

  /** How much of what was visited is not to be seen yet. */
  get waits() {
    return this.scale === "time" && this.visited.time === this.barred ? 1 : 0;
  }

  /** Sees the run through one place's eyes, or as it is. @param {string} place "n4", "c1", or nothing */
  seeAs(place) {
    this.place = place;
    return this.refresh();
  }

  /** Asks what the place whose eyes are used has heard. @returns {Call[]} */
  heardCall() {
    return this.place ? [["heard", [this.place]]] : [];
  }

  /** @param {unknown} heard */
  hear(heard) {
    this.eye = eyeOf(heard ? this.place : "", /** @type {import("./engine-types").Heard[]} */ (heard ?? []));
  }

  /** @returns {Call} */
  windowCall() {
    const from = Math.max(0, Math.floor(this.view.from - this.view.span * 0.05));
    const to = Math.ceil(Math.max(from, Math.min(this.view.to, this.visited[this.scale] - this.waits)));
    return ["window", [from, to, Math.round(this.pixels), this.scale]];
  }

  /**
   * Lets screen time pass. At most one request is under way; the time that it takes is not lost but waits.
   * @param {number} ms
   */
  async tick(ms) {
    if (!this.moving || this.busy || !this.frame) return;
    this.busy = true;
    try {
      const passed = Math.min(ms, MOST_MS) * this.speed;
      await (this.scale === "time" ? this.tickTime(passed) : this.tickSteps(passed));
    } catch (error) {
      this.playing = false;
      throw error;
    } finally {
      this.busy = false;
    }
  }

  /** @param {number} ms */
  async tickTime(ms) {
    await this.lookAhead();
    if (!this.moving) return;
    const goal = Math.max(this.at + 1, Math.round(this.pacing.advance(this.at, ms)));
    if (this.drift(goal)) return;
    this.view.follow(goal);
    const before = this.frame;
    const [reached, frame, window, heard] = await this.engine.all([
      ["run", [goal]],
      ["frame"],
      this.windowFor(goal),
      ...this.heardCall(),
    ]);
    if (this.frame !== before) return; // the reader went elsewhere in the meantime
    const shown = /** @type {Frame} */ (frame);
    this.see(shown);
    this.window = /** @type {TimelineWindow} */ (window);
    this.hear(heard);
    if (Number(reached) < goal || shown.pause) this.playing = false;
    if (shown.pause) await this.refresh();
    else this.changed();
  }

  /**
   * Lets the clock go on by itself where nothing happens on the way: the engine is not asked.
   * @param {number} goal
   * @returns {boolean} false if something may happen by then
   */
  drift(goal) {
    const { frame } = this;
    if (!frame || frame.pause || (frame.nextAt !== null && frame.nextAt <= goal)) return false;
    frame.at = goal;
    this.engine.drift(goal);
    this.see(frame);
    this.onchange(this);
    return true;
  }

  /** @param {number} goal @returns {Call} */
  windowFor(goal) {
    const seen = this.visited.time;
    this.visited.time = Math.max(seen, goal);
    const call = this.windowCall();
    this.visited.time = seen; // it counts only once it is shown
    return call;
  }

  /** @param {number} ms */
  async tickSteps(ms) {
    this.stepped += ms;
    if (this.stepped < STEP_MS) return;
    this.stepped = 0;
    const before = this.frame;
    const [went, frame] = await this.engine.all([["nextMoment", [false]], ["frame"]]);
    if (this.frame !== before) return;
    const shown = /** @type {Frame} */ (frame);
    if (!went || shown.pause) this.playing = false;
    await this.take(shown);
  }

  /** Makes sure that the beats around the cursor are known. */
  async lookAhead() {
    const wanted = this.pacing.wants(this.at);
    if (!wanted) return;
    const { from, to } = wanted;
    const [, window] = await this.engine.all([
      ["ahead", [to]],
      ["window", [from, to, 1, "time"]],
    ]);
    this.pacing.learn(from, to, /** @type {TimelineWindow} */ (window).beats);
  }
}
