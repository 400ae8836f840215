// What the panel shows beside the frame, asked of the engine: now and then while time passes, at once while it stands.

/** @import { App } from "./app.js" */
/** @import { ClientFrame, Inside, LinkView, Moment, RuleView } from "./engine-types" */
/** @import { Call } from "./host.js" */

/** @typedef {{ rules: RuleView[], moments: Moment[], links: LinkView[], clients: ClientFrame[], branches: import("./transport.js").Branch[], inside: Inside | null }} Details */

/** How often the panel keeps up while time passes, in milliseconds. */
const PANEL_MS = 250;
/** How many events back the list of moments goes. */
const LISTED = 5_000;

/** @type {Details} */
export const NONE = { rules: [], moments: [], links: [], clients: [], branches: [], inside: null };

export class Inquiry {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** When it asked last. */
    this.at = 0;
    /** True while an answer is awaited. */
    this.waits = false;
  }

  /** The next picture brings an answer. */
  hurry() {
    this.at = 0;
  }

  /** @param {number} now @param {boolean} moving true while time passes */
  keepUp(now, moving) {
    if (this.waits || (moving && now - this.at <= PANEL_MS)) return;
    this.at = now;
    this.ask();
  }

  async ask() {
    const { app } = this;
    const { tab } = app;
    const before = app.player.frame;
    this.waits = true;
    try {
      app.details = await this.answer(tab);
      const lacks = tab !== app.tab || (tab === "server" && app.details.inside?.name !== app.server);
      if (lacks || (app.player.frame !== before && !app.player.moving)) app.drawSoon();
    } catch (error) {
      app.fail("The page lost its engine", error);
    } finally {
      this.waits = false;
    }
  }

  /** @param {string} tab @returns {Promise<Details>} */
  async answer(tab) {
    const { player, engine, server } = this.app;
    const { steps } = player.visited;
    const from = player.info?.story.length ? 0 : Math.max(0, steps - LISTED);
    /** @type {Record<string, Call>} what only one tab shows */
    const extras = {
      rules: ["rules"],
      server: ["inside", [server]],
      network: ["links"],
      clients: ["clients"],
    };
    const [moments, branches, extra] = await engine.all([
      ["moments", [from, steps]],
      ["branches"],
      ...(extras[tab] ? [extras[tab]] : []),
    ]);
    const only = (/** @type {string} */ key, /** @type {unknown} */ none) => (tab === key ? extra : none);
    return /** @type {Details} */ ({
      moments,
      branches,
      rules: only("rules", []),
      links: only("network", []),
      clients: only("clients", []),
      inside: only("server", null),
    });
  }
}
