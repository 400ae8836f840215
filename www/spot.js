// Spot the rule: a rule is off, and the reader is to see from what happens which one it is. The run is the shortest that
// a search finds in which that rule matters, so it is another one each time.

import { Crew } from "./search-crew.js";
import { shuffled } from "./shuffle.js";
import "./spot-box.js";
import { disguised, veiled } from "./veil.js";

/** @import { App } from "./app.js" */
/** @import { FoundView, RuleView } from "./engine-types" */
/** @import { Source } from "./engine.js" */
/** @import { Progress } from "./search-crew.js" */
/** @import { SpotBox } from "./spot-box.js" */

/** What the box shows. `picked` is the reader's answer, `promise` the name of what breaks. */
/** @typedef {{ stand: "searching" | "asked" | "answered" | "failed", rules: RuleView[], off: RuleView, picked: string, promise: string, found: FoundView | null, error: string }} Told */

/** How many rules there are to choose from. */
const CHOICES = 4;
/** So many runs are tried, and so long, before another rule is taken: some matter in rare runs only. */
const RUNS = 20_000;
const PATIENCE_MS = 8_000;

export class Spot {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.box = /** @type {SpotBox} */ (document.createElement("playground-spot"));
    /** @type {Told | null} */
    this.told = null;
    /** @type {Crew | null} */
    this.crew = null;
    /** The rules that were off already. @type {Set<string>} */
    this.asked = new Set();
    /** True while a run is opened for this. */
    this.opens = false;
    /** True while the run plays up to where it breaks something. */
    this.plays = false;
    for (const name of /** @type {const} */ (["start", "watch", "reveal", "dismiss"]))
      this.box.addEventListener(name, () => this.app.tried(Promise.resolve(this[name]())));
    this.box.addEventListener("pick", (event) =>
      this.app.tried(this.pick(/** @type {CustomEvent<string>} */ (event).detail)),
    );
  }

  /** Takes a rule off, by chance, and looks for a run in which that matters. */
  async start() {
    const { app } = this;
    this.close();
    app.player.halt();
    const protocol = app.player.info?.protocol.key ?? "";
    const rules = (await app.engine.do("rules")).filter(({ kind }) => kind === "safety");
    const fresh = rules.filter(({ key }) => !this.asked.has(key));
    if (fresh.length === 0) this.asked.clear();
    const seed = instant();
    const [off] = shuffled(fresh.length ? fresh : rules, seed);
    this.asked.add(off.key);
    const others = shuffled(
      rules.filter(({ key }) => key !== off.key),
      seed + 1,
    ).slice(0, CHOICES - 1);
    const choices = shuffled([off, ...others], seed + 2);
    this.told = { stand: "searching", rules: choices, off, picked: "", promise: "", found: null, error: "" };
    this.box.told = this.told;
    if (app.sheet) app.openSheet(app.sheet); // on a phone it would be in the way
    this.crew = new Crew({ protocol, without: [off.key], runs: RUNS }, [seed % 2 ** 31], (progress) =>
      app.tried(this.hear(progress)),
    );
    app.showWhy();
    this.box.look();
  }

  /** @param {Progress} progress */
  async hear({ stand, finder, ms, error }) {
    const found = finder?.found ?? null;
    if (found) await this.ask(found);
    else if (stand === "failed") this.show({ stand, error });
    else if (stand === "nothing" || ms > PATIENCE_MS) await this.start();
  }

  /** Opens the run, with all that would name the rule under a veil. @param {FoundView} found */
  async ask(found) {
    const { app } = this;
    app.engine.veil = veiled;
    await this.open({ text: disguised(found.text) });
    this.show({ stand: "asked", found });
    this.plays = true;
    app.player.play();
  }

  /** @param {string} key of the rule that the reader takes for the one that is off */
  async pick(key) {
    const { app } = this;
    if (this.told?.stand !== "asked") return;
    const name = app.player.frame?.checks.promises.find(
      (promise) => promise.key === this.told?.found?.promise,
    )?.name;
    this.show({ stand: "answered", picked: key, promise: name ?? "" });
    await this.lift();
    this.box.look();
  }

  /** Shows all that was covered. */
  async lift() {
    const { app } = this;
    app.engine.veil = null;
    await app.player.go();
    app.inquiry.hurry(); // the tabs may show all now
    app.drawSoon();
  }

  /** Without an answer. */
  reveal() {
    return this.pick("");
  }

  /** The same run from its beginning, with the words for it. */
  async watch() {
    const { app, told } = this;
    if (!told?.found) return;
    await this.open({ text: told.found.text });
    this.plays = true;
    app.player.play();
  }

  /** @param {Source} source */
  async open(source) {
    this.opens = true;
    this.plays = false;
    try {
      if (!(await this.app.open(source))) this.close();
    } finally {
      this.opens = false;
    }
  }

  /** Told that another run is to be opened: it has nothing to do with this. */
  leave() {
    if (!this.opens && this.told) this.close();
  }

  /** The reader has had enough. */
  async dismiss() {
    const covered = this.told?.stand === "asked";
    this.close();
    if (covered) await this.lift();
  }

  /** Ends the search, and asks no more. */
  close() {
    this.crew?.close();
    this.crew = null;
    this.told = null;
    this.plays = false;
    this.app.engine.veil = null;
    this.app.showWhy();
  }

  /** What is on the stage. @param {import("./engine-types").Frame} frame */
  see({ checks }) {
    if (!this.plays || checks.broken.length === 0) return;
    this.plays = false;
    this.app.player.halt();
  }

  /** @param {Partial<Told>} news */
  show(news) {
    if (!this.told) return;
    this.told = { ...this.told, ...news };
    this.box.told = this.told;
  }

  /** Anything to be drawn. */
  render() {
    return this.told ? this.box : null;
  }
}

/** The instant at which the reader asks, as a number: nobody can choose it, so it is as good as a die. */
function instant() {
  return Math.floor((performance.timeOrigin + performance.now()) * 1_000);
}
