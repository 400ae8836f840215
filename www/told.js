// Which caption to show while time passes: each at least as long as it takes to read, unless something weightier happens;
// routine never takes the place of news.

/** @import { Caption, Info } from "./engine-types" */

const WEIGHT = { routine: 0, notable: 1, turning: 2 };

/** Milliseconds to read a text. @param {string} text */
export function readingTime(text) {
  return 600 + 22 * text.length;
}

/** @param {Caption | null} caption */
function weight(caption) {
  return caption ? WEIGHT[caption.grade] : -1;
}

/** @param {Caption | null} a @param {Caption | null} b */
function same(a, b) {
  return a === b || (a?.position === b?.position && a?.text === b?.text);
}

export const NAME = "Consensus Playground";

/** What the page is called: what is told, and what has to be known of the run. @param {Caption | null} caption @param {Info} info @param {boolean} off */
export function pageTitle(caption, { synthetic }, off) {
  const marks = [synthetic ? "synthetic" : "", off ? "a rule is off" : ""];
  return [caption?.text, ...marks, NAME].filter(Boolean).join(" · ");
}

export class Told {
  constructor() {
    /** @type {Caption | null} */
    this.shown = null;
    /** What is to be shown once that is read. @type {Caption | null} */
    this.next = null;
    this.since = 0;
  }

  /**
   * @param {Caption | null} caption of the cursor
   * @param {number} now milliseconds on the screen
   * @param {boolean} moving true while time passes: else the caption is that of the cursor
   * @param {number} speed
   */
  offer(caption, now, moving, speed) {
    const back = caption && this.shown && caption.position < this.shown.position;
    if (!moving || !caption || back || weight(caption) > weight(this.shown)) return this.show(caption, now);
    const news = weight(caption) > 0 && !same(caption, this.shown);
    if (news && weight(caption) >= weight(this.next)) this.next = caption;
    const read = now - this.since >= readingTime(this.shown?.text ?? "") / speed;
    return this.next && read ? this.show(this.next, now) : this.shown;
  }

  /** @param {Caption | null} caption @param {number} now */
  show(caption, now) {
    this.next = null;
    if (same(caption, this.shown)) return this.shown;
    this.since = now;
    this.shown = caption;
    return caption;
  }
}
