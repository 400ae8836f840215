// Several protocols side by side, in place of the one: what is compared, its link, and the way back.

import { BesideHost } from "./beside-host.js";
import { COMPARISONS, usualBeside } from "./beside-scenarios.js";
import "./beside-view.js";
import { startTitle } from "./scenarios.js";

/** @import { App } from "./app.js" */
/** @import { BesideView } from "./beside-view.js" */
/** @import { Laid } from "./beside-desk.js" */

export class Beside {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.view = /** @type {BesideView} */ (document.createElement("playground-beside"));
    /** @type {BesideHost | null} */
    this.host = null;
    /** The run that was on the page, as text; empty if it was only the page's own beginning. */
    this.own = "";
    /** What is compared, as text. */
    this.text = "";
    this.view.addEventListener("back", () => this.app.tried(this.back()));
    this.view.addEventListener("copy", () => this.copy());
    this.view.addEventListener("moved", () => this.write());
    this.view.addEventListener("look", () => this.look());
    /** True while the logs are asked for. */
    this.looking = false;
    this.view.addEventListener("scenario", (event) => this.pick(/** @type {CustomEvent} */ (event).detail));
    this.view.addEventListener("others", (event) =>
      this.lay(this.text, /** @type {CustomEvent} */ (event).detail),
    );
  }

  get open() {
    return this.host !== null;
  }

  /** Lays protocols beside the run on the page; or, as long as that only tells the first minute, plays what comes with the page. */
  async start() {
    const { app } = this;
    if (this.open) return;
    app.player.halt();
    const { title = "", protocol, beside = [] } = app.player.info ?? {};
    const told = title === startTitle() && app.player.frame?.onStory === true;
    this.own = told ? "" : await app.engine.do("text");
    this.host ??= new BesideHost();
    const ready = beside.length ? COMPARISONS.find((one) => one.title === title) : undefined;
    this.view.own = this.own && !ready ? title || "The run on the page" : "";
    if (app.sheet) app.openSheet(app.sheet); // on a phone it would be in the way
    app.toggleAttribute("beside", true);
    app.showWhy();
    if (told) {
      await this.pick(COMPARISONS[0].key);
      this.play();
    } else {
      this.view.choice = ready?.key ?? "own";
      await this.lay(this.own, beside.length ? null : usualBeside(protocol?.key ?? ""));
    }
  }

  /** Lets time pass, if there is a story to be told. */
  play() {
    if (this.view.telling.told && !this.view.telling.pause) this.view.journey.play();
  }

  /** @param {string} key of a scenario that comes with the page, or "own" */
  async pick(key) {
    const found = COMPARISONS.find((one) => one.key === key);
    this.view.choice = found ? key : "own";
    if (found) await this.lay(found.text, null);
    else await this.lay(this.own, this.view.beside);
  }

  /** @param {string} text @param {string[] | null} others those that it names, if none are given */
  async lay(text, others) {
    const { host, view } = this;
    if (!host) return;
    view.busy = true;
    view.trouble = "";
    try {
      /** @type {Laid} */
      const laid = await host.ask("open", text, others);
      if (this.host !== host) return;
      this.text = laid.text;
      view.show(laid);
      if (others || text !== this.own) this.write(); // else the address says so already
    } catch (error) {
      view.trouble = `This cannot be laid side by side: ${error instanceof Error ? error.message : error}`;
    } finally {
      view.busy = false;
    }
  }

  /** Writes the link of what is seen into the address. */
  write() {
    const { host, app, view } = this;
    if (host && view.laid) app.address.writeSoon(async () => (await this.links())[0]);
  }

  /** Asks for the logs at the playhead, for the latest instant only. */
  async look() {
    const { host, view } = this;
    if (!host || this.looking) return;
    this.looking = true;
    try {
      for (let asked = -1; asked !== view.clock.at && this.host === host && view.laid; ) {
        asked = view.clock.at;
        view.frames = await host.ask("frames", asked);
      }
    } catch {
      view.frames = []; // whoever opens the next is told
    } finally {
      this.looking = false;
    }
  }

  /** Its links, opened at the playhead and as a whole, and its text. @returns {Promise<string[]>} */
  async links() {
    const at = Math.round(this.view.clock.at);
    return (await this.host?.ask("links", at, this.view.telling.passedAt(at))) ?? [];
  }

  async copy() {
    const { app, view } = this;
    const [here] = await this.links();
    try {
      await navigator.clipboard.writeText(app.address.withLink(here));
      view.copied = "Copied.";
    } catch {
      app.address.write(here);
      view.copied = "The address bar holds it.";
    }
  }

  /** Back to the one run that was on the page. If it came with others beside it, they are left out of it from now on. */
  async back() {
    const { host, app, own } = this;
    if (!host) return;
    const alone = app.player.info?.beside.length ? await host.ask("alone", own) : "";
    this.leave();
    if (alone) await app.openText(alone, false);
    app.address.write(own ? await app.engine.do("link", true) : "");
    /** @type {HTMLElement | null} */ (app.renderRoot.querySelector("#side-by-side"))?.focus();
  }

  /** Told that another run was opened: it has nothing to do with this. */
  leave() {
    if (!this.host) return;
    this.host.close();
    this.host = null;
    this.view.clock.halt();
    this.view.laid = null;
    this.app.address.quiet();
    this.app.toggleAttribute("beside", false);
    this.app.showWhy();
  }

  /** Anything to be drawn. */
  render() {
    return this.open ? this.view : null;
  }
}
