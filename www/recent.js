// What was made last, by what it was made of: a few things, for a picture's worth is wanted only once more. A map would do, but
// what a map let go of may outlive many small sweeps of the memory, and the big ones stop the page for longer.

/** @template {object} K @template V */
export class Recent {
  /** @param {number} most how many things at most */
  constructor(most) {
    this.most = most;
    /** @type {K[]} */
    this.keys = [];
    /** @type {V[]} */
    this.values = [];
    /** Where the next one goes, in the place of the oldest. */
    this.next = 0;
  }

  /** @param {K} key @param {() => V} make @returns {V} */
  get(key, make) {
    const at = this.keys.indexOf(key);
    if (at >= 0) return this.values[at];
    const value = make();
    this.keys[this.next] = key;
    this.values[this.next] = value;
    this.next = (this.next + 1) % this.most;
    return value;
  }
}
