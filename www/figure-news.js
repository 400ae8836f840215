// What a figure tells the page around it, each thing once.

/** @import { Frame } from "./engine-types" */

/** The events of a figure. They stay at the element: they do not bubble. */
export const EVENTS = ["open", "moment", "pause", "violation", "failure"];

export class News {
  /** @param {(type: string, detail: unknown) => void} tell */
  constructor(tell) {
    this.tell = tell;
    /** The last moment told. */
    this.moment = "";
    /** The line of the script at which the run waits. */
    this.line = -1;
    /** @type {Set<string>} the promises that are broken */
    this.broken = new Set();
  }

  /** Forgets what was told: another run is shown. */
  forget() {
    this.moment = "";
    this.line = -1;
    this.broken = new Set();
  }

  /** @param {Frame} frame */
  report({ caption, pause, checks }) {
    const moment = caption ? `${caption.position} ${caption.text}` : "";
    if (caption && moment !== this.moment) this.tell("moment", caption);
    this.moment = moment;
    if (pause && pause.line !== this.line) this.tell("pause", pause);
    this.line = pause?.line ?? -1;
    for (const violation of checks.broken)
      if (!this.broken.has(violation.key)) this.tell("violation", violation);
    this.broken = new Set(checks.broken.map(({ key }) => key));
  }
}
