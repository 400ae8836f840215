// Which stretch of the run the rows show: it follows the cursor and keeps its width until the reader changes it.

/** Where the cursor stands when the stretch moves along with it. */
const AHEAD = 0.93;

export class Viewport {
  /**
   * @param {number} span how much to show, in microseconds or in steps
   * @param {number} least the smallest span
   * @param {number} most the largest span
   */
  constructor(span, least, most) {
    this.from = 0;
    this.span = span;
    this.least = least;
    this.most = most;
    /** Where the cursor stands at all times, as a share of the stretch, if it is pinned there. @type {number | null} */
    this.pin = null;
  }

  get to() {
    return this.from + this.span;
  }

  /** Moves as little as keeps the cursor in sight. @param {number} at */
  follow(at) {
    if (this.pin !== null) this.from = Math.max(0, at - this.span * this.pin);
    if (at > this.from + this.span * AHEAD) this.from = at - this.span * AHEAD;
    if (at < this.from) this.from = Math.max(0, at - this.span * (1 - AHEAD));
  }

  /** @param {number} factor above 1 shows more @param {number} at stays where it is */
  zoom(factor, at) {
    const span = Math.max(this.least, Math.min(this.most, this.span * factor));
    const share = Math.max(0, Math.min(1, (at - this.from) / this.span));
    this.from = Math.max(0, at - share * span);
    this.span = span;
  }

  /** @param {number} share of the width; to the right if above 0 */
  pan(share) {
    this.from = Math.max(0, this.from + share * this.span);
  }
}
