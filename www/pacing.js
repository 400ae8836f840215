// How protocol time becomes screen time. Screen time is a monotone function of protocol time, made from the run alone:
// while a message that changes something is in flight ("a beat") one slow rate holds, and a quiet stretch hurries so
// that it is over soon. The same run has the same pace, however it is reached.

/** Screen milliseconds for a microsecond of protocol time in a beat: a median flight of 30 ms lasts 0.8 s. */
export const SLOW = 800 / 30_000;
/** The longest that a quiet stretch may last on the screen, in milliseconds. */
const QUIET_MS = 1_200;
/** Quiet stretches longer than this (microseconds) have no end worth waiting for: an idle cluster. */
const LONG = 5_000_000;
/** An idle cluster's pace: 0.6 s of it pass in QUIET_MS. */
const IDLE = QUIET_MS / 600_000;
/** How far around the cursor the beats must be known, and how far they are asked for. */
const NEED = LONG;
export const AHEAD = 2 * LONG;

export class Pacing {
  constructor() {
    /** True if one constant rate is wanted instead. */
    this.even = false;
    /** @type {[number, number][]} what is known of the beats from `from` to `to` */
    this.beats = [];
    this.from = 0;
    this.to = -1;
  }

  /** Forgets what it knows: the run has changed. */
  forget() {
    this.beats = [];
    this.from = 0;
    this.to = -1;
  }

  /** The stretch whose beats must be asked for before time goes on from here; null if enough is known. @param {number} at */
  wants(at) {
    if (this.from <= Math.max(0, at - NEED) && this.to >= at + NEED) return null;
    return { from: Math.max(0, at - NEED), to: at + AHEAD };
  }

  /**
   * @param {number} from
   * @param {number} to how far the run is known
   * @param {Float64Array} beats rows of [from, to]
   */
  learn(from, to, beats) {
    this.from = from;
    this.to = to;
    /** @type {[number, number][]} */
    const merged = [];
    for (let n = 0; n + 1 < beats.length; n += 2) {
      const last = merged.at(-1);
      if (last && beats[n] <= last[1]) last[1] = Math.max(last[1], beats[n + 1]);
      else merged.push([beats[n], beats[n + 1]]);
    }
    this.beats = merged;
  }

  /**
   * Screen milliseconds a microsecond, and up to when that holds.
   * @param {number} at
   * @returns {{ rate: number, until: number }}
   */
  rateAt(at) {
    if (this.even) return { rate: SLOW / 4, until: Number.POSITIVE_INFINITY };
    let from = Number.NEGATIVE_INFINITY;
    for (const [start, end] of this.beats) {
      if (at < start) return { rate: quietRate(Math.max(from, 0), start), until: start };
      if (at < end) return { rate: SLOW, until: end };
      from = end;
    }
    return { rate: IDLE, until: Math.max(at + 1, this.to) };
  }

  /**
   * Where the cursor is after some screen time.
   * @param {number} at
   * @param {number} ms of screen time, already multiplied by the speed
   */
  advance(at, ms) {
    let [now, left] = [at, ms];
    for (let guard = 0; guard < 1_000 && left > 0; guard++) {
      const { rate, until } = this.rateAt(now);
      const needed = (until - now) * rate;
      if (needed > left) return now + left / rate;
      left -= needed;
      now = until;
    }
    return now;
  }

  /** How many times faster than in a beat time passes here: 1 in a beat. @param {number} at */
  hurry(at) {
    return SLOW / this.rateAt(at).rate;
  }
}

/** @param {number} from @param {number} to */
function quietRate(from, to) {
  const long = to - from;
  if (long > LONG) return IDLE;
  return Math.min(SLOW, QUIET_MS / Math.max(1, long));
}
