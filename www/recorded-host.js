// Hosts the run that the page begins with, without an engine: a recording answers until it is asked for something that it
// has not heard. Then an engine is started, brought to the same place, and does the rest.

import { messageOf } from "./run-table.js";

/** @import { Call, Host } from "./host.js" */
/** @import { Recording } from "./recording.js" */

/** @implements {Host} */
export class RecordedHost {
  /**
   * @param {(text: string) => Promise<Recording | null>} find the recording of a scenario, if there is one
   * @param {() => Host} start starts an engine
   */
  constructor(find, start) {
    this.find = find;
    this.start = start;
    /** @type {Recording | null} */
    this.recording = null;
    /** The number of the recorded run. */
    this.run = 0;
    /** @type {Host | null} an engine that was started and has done nothing yet */
    this.spare = null;
    /** @type {Host | null} the engine that does it all from now on */
    this.host = null;
    this.waiting = 0;
    /** @type {Promise<unknown>} */
    this.tail = Promise.resolve();
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  call(run, calls) {
    if (this.host && this.waiting === 0) return this.host.call(run, calls);
    this.waiting += 1;
    const turn = this.tail
      .then(() => this.take(run, calls))
      .finally(() => {
        this.waiting -= 1;
      });
    this.tail = turn.catch(() => {});
    return turn;
  }

  /** @param {number} run @param {Call[]} calls @returns {Promise<unknown[]>} */
  async take(run, calls) {
    if (!this.host) {
      const answers = await this.recall(run, calls);
      if (answers) return answers;
    }
    this.host ??= await this.takeOver();
    return this.host.call(run, calls);
  }

  /** What the recording answers, if it can. @param {number} run @param {Call[]} calls */
  async recall(run, calls) {
    const [[method, args = []]] = calls;
    if (!this.recording && method === "fromText") {
      this.recording = await this.find(String(args[0]));
      this.run = run;
    }
    return run === this.run ? (this.recording?.answer(calls) ?? null) : null;
  }

  /** An engine that stands where the recording stood. */
  async takeOver() {
    const host = this.spare ?? this.start();
    this.spare = null;
    if (!this.recording) return host;
    try {
      await host.call(this.run, this.recording.way());
    } catch (error) {
      host.close();
      throw new Error(`The engine could not be loaded, so this was not done. (${messageOf(error)})`);
    }
    this.recording = null;
    return host;
  }

  /** Starts the engine before it is needed: a reader is here. */
  warm() {
    if (!this.host) this.spare ??= this.start();
  }

  close() {
    this.spare?.close();
    this.host?.close();
  }
}
