// The one clock of all that lies side by side. Its rate is constant, so that lengths of time can be compared by eye.

/** How much protocol time passes in one of the reader's, at the usual speed. */
const RATE = 1 / 12;
/** More than this is not made up for: the page was not in sight. In milliseconds. */
const LONGEST_MS = 100;

export class BesideClock {
  /** @param {() => void} tick told whenever it has moved */
  constructor(tick) {
    this.tick = tick;
    this.at = 0;
    this.until = 1;
    this.speed = 1;
    /** Where it has to stop on its way. */
    this.bar = Number.POSITIVE_INFINITY;
    this.playing = false;
    this.before = 0;
    this.request = 0;
  }

  /** A run of this length, from an instant on. @param {number} until @param {number} at */
  begin(until, at) {
    this.halt();
    this.until = until;
    this.at = Math.max(0, Math.min(at, until));
  }

  play() {
    if (this.playing) return;
    if (this.at >= this.until) this.at = 0;
    this.playing = true;
    this.before = performance.now();
    this.request = requestAnimationFrame(this.go);
    this.tick();
  }

  halt() {
    cancelAnimationFrame(this.request);
    if (!this.playing) return;
    this.playing = false;
    this.tick();
  }

  /** @param {number} now in milliseconds */
  go = (now) => {
    const passed = Math.min(LONGEST_MS, Math.max(0, now - this.before));
    this.before = now;
    const end = Math.min(this.until, this.bar);
    this.at = Math.min(end, this.at + passed * 1000 * RATE * this.speed);
    if (this.at >= end) this.playing = false;
    else this.request = requestAnimationFrame(this.go);
    this.tick();
  };

  /** To an instant; there it stands. @param {number} at */
  seek(at) {
    this.halt();
    this.at = Math.max(0, Math.min(Math.round(at), this.until));
    this.tick();
  }
}
