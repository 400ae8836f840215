// What breaks without a rule: the search for it, the run that it finds, and the reader's own try at it. A reader can
// always go back to where all this began.

import "./breaks-box.js";
import { challenge, turningPoints } from "./counterexample.js";
import { proceed } from "./moves.js";
import { Crew } from "./search-crew.js";

/** @import { App } from "./app.js" */
/** @import { BreaksBox } from "./breaks-box.js" */
/** @import { Frame, FoundView, RuleView } from "./engine-types" */
/** @import { Points } from "./counterexample.js" */
/** @import { Progress } from "./search-crew.js" */

/** A run found, and where in it what happens. */
/** @typedef {{ found: FoundView, points: Points | null }} Find */

/** What the box shows. */
/** @typedef {{ rules: RuleView[], protocol: string, own: boolean, progress: Progress | null, find: Find | null, mine: { moves: number, promise: string } | null, handed: boolean }} Told */

/** How many searches there are, and how many runs each tries. */
const SEEKERS = 2;
const RUNS = 10_000;
/** What stands between a run and the one that it carries. */
const RIVAL = "\nrival\n";

export class Breaks {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.box = /** @type {BreaksBox} */ (document.createElement("playground-breaks"));
    /** @type {Told | null} */
    this.told = null;
    /** @type {Crew | null} */
    this.crew = null;
    /** The first seed that was not tried yet. */
    this.seed = 1;
    /** Where the reader was. @type {{ link: string, tab: string } | null} */
    this.from = null;
    /** The reader's own run, once it has broken something: its text, and with the machine's run beside it. */
    this.mine = "";
    /** After how many events that broke it. */
    this.end = 0;
    /** What the reader is to do, as a scenario. */
    this.task = "";
    /** True while a run is opened for this. */
    this.opens = false;
    /** True while a found run plays up to where it breaks something. */
    this.plays = false;
    for (const name of /** @type {const} */ ([
      "close",
      "more",
      "watch",
      "fork",
      "broken",
      "rule",
      "own",
      "back",
      "both",
    ]))
      this.box.addEventListener(name, () => this.app.tried(Promise.resolve(this[name]())));
    this.box.addEventListener("moment", (event) => {
      const { detail } = /** @type {CustomEvent<number>} */ (event);
      this.app.tried(this.app.player.go(["seek", [detail]]));
    });
    this.box.addEventListener("mine", () => this.app.tried(this.toMine()));
  }

  /**
   * Looks for what breaks without these rules; or has the reader look for it.
   * @param {{ keys: string[], own: boolean }} wish
   */
  async ask({ keys, own }) {
    const { app } = this;
    this.close();
    app.player.halt();
    const rules = (await app.engine.do("rules")).filter(({ key }) => keys.includes(key));
    const protocol = app.player.info?.protocol.name ?? "";
    this.told = { rules, protocol, own, progress: null, find: null, mine: null, handed: false };
    this.from = { link: await app.engine.do("link", true), tab: app.tab };
    this.mine = "";
    this.seed = 1;
    if (app.sheet) app.openSheet(app.sheet); // on a phone it would be in the way
    if (own) await this.openTask();
    this.show({});
    app.showWhy();
    if (own || rules.some(({ kind }) => kind === "safety")) this.more();
    this.box.look();
  }

  /** Searches from seeds that were not tried yet. */
  more() {
    const { told } = this;
    if (!told) return;
    const seeds = Array.from({ length: SEEKERS }, (_, n) => this.seed + n);
    this.seed += SEEKERS;
    const protocol = this.app.player.info?.protocol.key ?? "";
    const without = told.rules.map(({ key }) => key);
    const text = told.own ? this.task : undefined;
    this.crew?.close();
    this.crew = new Crew({ protocol, text, without, runs: RUNS }, seeds, (progress) => this.hear(progress));
    this.show({ progress: this.crew.progress() });
  }

  /** @param {Progress} progress */
  hear(progress) {
    const found = progress.finder?.found ?? null;
    this.show({ progress, find: found && { found, points: null } });
    if (found && !this.told?.own) this.app.tried(this.watch());
  }

  /** Opens the run that was found, and plays it up to where it breaks something. */
  async watch() {
    const { app, told } = this;
    if (!told?.find) return;
    await this.open({ text: told.find.found.text });
    const points = await turningPoints(
      app.engine,
      told.rules.map(({ key }) => key),
    );
    this.show({ find: { found: told.find.found, points } });
    await app.player.go(["seek", [points.first]]);
    this.play();
  }

  /** Plays the run on the stage up to where it breaks something. */
  play() {
    this.plays = true;
    this.app.player.play();
  }

  /** To the event at which a rule that is off would have spoken first. */
  fork() {
    return this.seek("fork");
  }

  /** To the event that breaks a promise. */
  broken() {
    return this.seek("broken");
  }

  /** @param {"fork" | "broken"} point */
  async seek(point) {
    const position = this.told?.find?.points?.[point];
    if (position === undefined || position === null) return;
    this.plays = false;
    await this.app.player.go(["seek", [position]]);
  }

  /** The same schedule with the rule on, or off again. */
  async rule() {
    const { off = [] } = this.app.player.frame ?? {};
    this.plays = false;
    for (const { key } of this.told?.rules ?? [])
      await this.app.player.turn(["switchRule", [key, off.some((rule) => rule.key === key)]]);
  }

  /** The reader's own try. */
  async own() {
    const { told, from } = this;
    if (!told) return;
    if (from) await this.back();
    await this.ask({ keys: told.rules.map(({ key }) => key), own: true });
  }

  /** Opens a run in which the reader does everything, and is to break something. */
  async openTask() {
    const { app, told } = this;
    this.task = challenge(await app.engine.do("text"), told?.rules ?? [], told?.protocol ?? "");
    await this.open({ text: this.task });
    await app.player.go(["run", [0]]);
    app.tab = "hand";
  }

  /** The reader's own run again. */
  async toMine() {
    const { player } = this.app;
    await this.open({ text: this.pair() });
    await player.go(["run", [0]]);
    this.plays = true;
    // It waits where the goal was set, which the reader has reached already.
    if (player.frame?.pause) await proceed(player);
    else player.play();
  }

  /** The reader's own run and the machine's beside it, as one scenario. */
  pair() {
    const rival = this.told?.find?.found.text;
    return rival ? `${this.mine}${RIVAL}${rival}` : this.mine;
  }

  /** One link for both runs. */
  async both() {
    const { app } = this;
    await this.open({ text: this.pair() });
    await app.player.go(["seek", [this.end]]);
    const { share } = await import("./hand-on.js");
    await share(app);
  }

  /** A run was opened that carries another beside it: somebody's own and the machine's. */
  async receive() {
    const { app } = this;
    const { rival, protocol } = app.player.info ?? {};
    if (!rival || !protocol) return;
    this.close();
    app.player.halt();
    const [rules, text, link] = /** @type {[RuleView[], string, string]} */ (
      await app.engine.all([["rules"], ["text"], ["link", [true]]])
    );
    this.mine = text.split(RIVAL, 1)[0];
    this.from = { link, tab: app.tab };
    const found = {
      promise: "",
      words: "",
      run: 0,
      before: 0,
      after: rival.moves,
      fork: null,
      text: rival.text,
    };
    const mine = { moves: rival.own, promise: "" };
    const find = { found, points: null };
    const off = rules.filter(({ on }) => !on);
    this.told = { rules: off, protocol: protocol.name, own: true, progress: null, find, mine, handed: true };
    this.show({});
  }

  /** To where the reader was. */
  async back() {
    const { app, from } = this;
    this.close();
    if (!from) return;
    await app.openLink(from.link);
    app.tab = from.tab;
  }

  /** @param {import("./engine.js").Source} source */
  async open(source) {
    this.opens = true;
    this.plays = false;
    try {
      await this.app.open(source);
    } finally {
      this.opens = false;
    }
  }

  /** Told that another run was opened: it has nothing to do with this. */
  leave() {
    if (!this.opens && this.told) this.close();
  }

  /** Ends the search, and shows no more of it. */
  close() {
    this.crew?.close();
    this.crew = null;
    this.told = null;
    this.plays = false;
    this.app.showWhy();
  }

  /** What is on the stage. @param {Frame} frame */
  see(frame) {
    const { told, box } = this;
    if (!told) return;
    const [first] = frame.checks.broken;
    box.position = frame.position;
    box.ruleOn = frame.off.length === 0;
    box.moves = frame.attempt?.moves ?? 0;
    box.frame = frame;
    box.byHand = this.app.player.info?.byHand ?? false;
    if (this.plays && first) {
      this.plays = false;
      this.app.player.halt();
    }
    if (told.own && !told.mine && first && frame.attempt) this.note(frame.attempt.moves, first);
  }

  /** The reader has broken a promise. @param {number} moves @param {import("./engine-types").Violation} violation */
  async note(moves, { name, position }) {
    this.show({ mine: { moves, promise: name } });
    this.end = position;
    this.mine = await this.app.engine.do("text");
  }

  /** @param {Partial<Told>} news */
  show(news) {
    if (!this.told) return;
    this.told = { ...this.told, ...news };
    this.box.told = this.told;
    this.box.classList.toggle("finds", this.told.find !== null && !this.told.own);
  }

  /** Anything to be drawn. */
  render() {
    return this.told ? this.box : null;
  }
}
