// Several searches for the same, each from a seed of its own: the first that finds something ends them all. What it found
// follows from its seed alone, so it can be found again; which of them is first, the machine decides.

import { startSeeker } from "./seekers.js";

/** @import { SearchView } from "./engine-types" */
/** @import { Order } from "./search-loop.js" */
/** @import { News, Seeker } from "./seekers.js" */

/** @typedef {(order: Order, hear: (news: News) => void) => Seeker} Start */

/**
 * How they all stand.
 * @typedef {object} Progress
 * @property {"searching" | "shrinking" | "found" | "nothing" | "failed"} stand
 * @property {number} runs
 * @property {number} of
 * @property {number} events
 * @property {number} ms how long it has taken
 * @property {boolean} inPage true if no worker could start
 * @property {SearchView | null} finder that which found something
 * @property {string[]} tried what was tried, one sentence for each seed
 * @property {string} error
 */

export class Crew {
  /**
   * @param {Omit<Order, "seed">} order
   * @param {number[]} seeds
   * @param {(progress: Progress) => void} onnews
   * @param {{ start?: Start, clock?: () => number }} [parts]
   */
  constructor(order, seeds, onnews, { start = startSeeker, clock = () => performance.now() } = {}) {
    this.onnews = onnews;
    this.clock = clock;
    this.began = clock();
    this.of = order.runs * seeds.length;
    this.inPage = false;
    this.error = "";
    this.over = false;
    /** @type {(SearchView | null)[]} */
    this.views = seeds.map(() => null);
    this.seekers = seeds.map((seed, n) => start({ ...order, seed }, (news) => this.hear(n, news)));
  }

  /** @param {number} n of the search @param {News} news */
  hear(n, { view, error = "", inPage = false }) {
    if (this.over) return;
    this.views[n] = view ?? this.views[n];
    this.error = error;
    this.inPage ||= inPage;
    const progress = this.progress();
    if (progress.stand !== "searching" && progress.stand !== "shrinking") this.close();
    this.onnews(progress);
  }

  /** @returns {Progress} */
  progress() {
    const views = this.views.filter((view) => view !== null);
    const finder = views.find(({ found }) => found) ?? null;
    const sum = (/** @type {"runs" | "events"} */ key) => views.reduce((total, view) => total + view[key], 0);
    return {
      stand: this.stand(finder !== null),
      runs: sum("runs"),
      of: this.of,
      events: sum("events"),
      ms: this.clock() - this.began,
      inPage: this.inPage,
      finder,
      tried: views.map(({ tried }) => tried),
      error: this.error,
    };
  }

  /** @param {boolean} found @returns {Progress["stand"]} */
  stand(found) {
    if (this.error) return "failed";
    if (found) return "found";
    if (this.views.every((view) => view?.stand === "nothing")) return "nothing";
    return this.views.some((view) => view?.stand === "shrinking") ? "shrinking" : "searching";
  }

  /** Ends all searches. */
  close() {
    this.over = true;
    for (const seeker of this.seekers) seeker.close();
  }
}
