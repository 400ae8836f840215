// Which stretch of time the bands show. While time passes it is turned like a page, so that most pictures are the same.

/** The least that is shown, in microseconds. */
const LEAST = 50_000;
/** How near to an edge the playhead may come before the page is turned. */
const MARGIN = 0.04;

export class Viewport {
  constructor() {
    this.until = 1;
    this.from = 0;
    this.span = 1;
  }

  /** All of a run of this length. @param {number} until */
  begin(until) {
    this.until = until;
    this.from = 0;
    this.span = until;
  }

  get to() {
    return this.from + this.span;
  }

  /** True if all is shown. */
  get whole() {
    return this.span >= this.until;
  }

  /** More time or less, around an instant. @param {number} factor @param {number} at */
  zoom(factor, at) {
    const span = Math.max(LEAST, Math.min(this.until, this.span * factor));
    const part = (at - this.from) / this.span;
    this.span = span;
    this.place(at - part * span);
  }

  /** Turns the page if an instant is not on it. @param {number} at */
  follow(at) {
    const margin = this.span * MARGIN;
    if (at > this.to - margin && this.to < this.until) this.place(at - margin);
    else if (at < this.from) this.place(at - this.span / 2);
  }

  /** @param {number} from */
  place(from) {
    this.from = Math.max(0, Math.min(from, this.until - this.span));
  }
}
