// One run of the engine, asynchronously, wherever it is hosted. If the engine breaks, a new one takes up the run where
// it stood: the page keeps the scenario, so nothing is lost.

import { EngineDied } from "./host.js";

/** @import { Call, Host } from "./host.js" */
/** @import { Frame, Run } from "./engine-types" */

/** @typedef {{ text: string } | { link: string }} Source */

/** What leaves the scenario as it is: anything else is saved afterwards. */
const KEEPS = new Set(
  "info differs frame inside clients window heard explain why moments rules toFiring links actions branches text link asTold fingerprint step stepBack nextMoment previousMoment run seek seekTime ahead".split(
    " ",
  ),
);

export class Engine {
  /**
   * @param {() => Host} start starts a host; called again when one has died
   */
  constructor(start) {
    this.start = start;
    /** @type {Host | null} */
    this.host = null;
    /** @type {Source | null} what a new engine would begin with */
    this.source = null;
    /** Where the run stands: so many events done, and the clock, which may be on its way to the next. */
    this.place = { position: 0, at: 0 };
    /** True if the clock has been moved on where nothing happens, and the engine has not been told. */
    this.lags = false;
    /** @type {{ calls: Call[], settle: ((results: unknown[] | null) => void)[], fail: ((error: Error) => void)[] } | null} */
    this.next = null;
    this.looking = false;
    /** @type {(message: string) => void} told when an engine had to be restarted */
    this.onrestart = () => {};
    /** What covers some of the answers, while that is wanted. @type {typeof import("./veil.js").veiled | null} */
    this.veil = null;
  }

  /**
   * Opens a scenario. If it is bad, says why, and the run before stays open.
   * @param {Source} source
   */
  async open(source) {
    try {
      await this.attempt([callOf(source)]);
    } catch (error) {
      if (!(error instanceof EngineDied)) throw error;
      await this.revive();
      throw new Error(`The engine cannot open this run. (${error.message})`);
    }
    this.source = source;
    this.place = { position: 0, at: 0 };
    this.lags = false;
  }

  /**
   * Moves the clock on to an instant before which nothing happens: that needs no engine, which is told when it is asked
   * for anything.
   * @param {number} at
   */
  drift(at) {
    this.place = { position: this.place.position, at };
    this.lags = true;
  }

  /**
   * One call: `engine.do("seek", 12)`.
   * @template {keyof Run} M
   * @param {M} method
   * @param {Parameters<Run[M]>} args
   * @returns {Promise<ReturnType<Run[M]>>}
   */
  async do(method, ...args) {
    const [result] = await this.all([[method, args]]);
    return /** @type {ReturnType<Run[M]>} */ (result);
  }

  /**
   * Several calls in one go, in order.
   * @param {Call[]} calls
   * @returns {Promise<unknown[]>}
   */
  async all(calls) {
    const changes = calls.some(([method]) => !KEEPS.has(method));
    const asked = changes ? [...calls, /** @type {Call} */ (["link", [false]])] : calls;
    try {
      const results = await this.attempt([...this.catchUp(calls), ...asked]);
      results.splice(0, results.length - asked.length);
      if (changes) this.source = { link: String(results.pop()) };
      this.note(calls, results);
      return this.veil ? await this.veil(calls, results, (more) => this.attempt(more)) : results;
    } catch (error) {
      if (!(error instanceof EngineDied)) throw error;
      await this.revive();
      if (changes)
        throw new Error(
          `The engine stopped while doing that, so it was not done. The run is back where it was. (${error.message})`,
        );
      throw error;
    }
  }

  /**
   * The same, where only the latest matters: while one is under way the next waits, and a newer one takes its place.
   * Whoever was overtaken is answered null.
   * @param {Call[]} calls
   * @returns {Promise<unknown[] | null>}
   */
  look(calls) {
    return new Promise((settle, fail) => {
      this.next?.settle.forEach((overtaken) => {
        overtaken(null);
      });
      this.next = { calls, settle: [settle], fail: [fail] };
      if (!this.looking) this.lookOn();
    });
  }

  async lookOn() {
    this.looking = true;
    while (this.next) {
      const { calls, settle, fail } = this.next;
      this.next = null;
      try {
        const results = await this.all(calls);
        for (const answer of settle) answer(results);
      } catch (error) {
        for (const answer of fail) answer(error instanceof Error ? error : new Error(String(error)));
      }
    }
    this.looking = false;
  }

  /** Makes ready what will be needed soon, because a reader is here. */
  warm() {
    this.host?.warm?.();
  }

  close() {
    this.host?.close();
    this.host = null;
  }

  /** @param {Call[]} calls @returns {Promise<unknown[]>} */
  attempt(calls) {
    this.host ??= this.start();
    return this.host.call(0, calls);
  }

  /** What the engine must do first so that its clock is the one that is shown. @param {Call[]} calls @returns {Call[]} */
  catchUp(calls) {
    const behind = this.lags && calls[0]?.[0] !== "run";
    this.lags = false;
    return behind ? [["run", [this.place.at]]] : [];
  }

  /** Remembers where the run stands. @param {Call[]} calls @param {unknown[]} results */
  note(calls, results) {
    const at = calls.findLastIndex(([method]) => method === "frame");
    if (at >= 0) this.place = /** @type {Frame} */ (results[at]);
  }

  /** Takes up the run in a new engine. */
  async revive() {
    this.close();
    this.lags = false;
    if (!this.source) return;
    const { position, at } = this.place;
    const [, , frame] = await this.attempt([callOf(this.source), ["seekTime", [at]], ["frame"]]);
    if (/** @type {Frame} */ (frame).position > position) await this.attempt([["seek", [position]]]);
    this.onrestart("The engine stopped and was started again; the run is where it was.");
  }
}

/** @param {Source} source @returns {Call} */
function callOf(source) {
  return "text" in source ? ["fromText", [source.text]] : ["fromLink", [source.link]];
}
