// Which caption to show while time passes: each at least as long as it takes to read, unless something weightier happens;
// routine never takes the place of news.

/** @import { Caption } from "./engine-types" */

const WEIGHT = { routine: 0, notable: 1, turning: 2 };

/** Milliseconds to read a text. @param {string} text */
export function readingTime(text) {
  return 600 + 22 * text.length;
}

export class Told {
  constructor() {
    /** @type {Caption | null} */
    this.shown = null;
    this.since = 0;
  }

  /**
   * @param {Caption | null} caption of the cursor
   * @param {number} now milliseconds on the screen
   * @param {boolean} moving true while time passes: else the caption is that of the cursor
   * @param {number} speed
   */
  offer(caption, now, moving, speed) {
    const shown = this.shown;
    if (
      caption === shown ||
      (caption && shown && caption.position === shown.position && caption.text === shown.text)
    )
      return shown;
    const weight = (/** @type {Caption | null} */ one) => (one ? WEIGHT[one.grade] : -1);
    const weightier =
      weight(caption) > weight(shown) || !caption || (shown && caption.position < shown.position);
    const read = weight(caption) > 0 && now - this.since >= readingTime(shown?.text ?? "") / speed;
    if (moving && !weightier && !read) return shown;
    this.shown = caption;
    this.since = now;
    return caption;
  }
}
