// The menus of the whole page: to what the engine offers they add what the page does itself.

import { ActionMenus } from "./action-menus.js";

/** @import { App } from "./app.js" */
/** @import { ActionView } from "./engine-types" */

/** @typedef {import("./action-menus.js").Question} Question */

export class Menus extends ActionMenus {
  /** @param {App} app */
  constructor(app) {
    super(app);
    this.app = app;
    this.own = {
      "page.partition": () => app.partition(),
      "page.inside": (/** @type {string} */ target) => this.inside(target),
      "page.command": () => this.command(),
      "page.link": (/** @type {string} */ target) => this.link(target),
    };
  }

  /** What the page adds to the engine's list. @param {string} target @returns {ActionView[]} */
  extra(target) {
    const item = (/** @type {string} */ method, /** @type {string} */ label) => ({
      method,
      args: [target],
      label,
      enabled: true,
      why: "",
    });
    if (target === "") return [item("page.partition", "Partition into groups…")];
    if (/^n\d+$/.test(target)) return [item("page.inside", "Look inside")];
    if (/^\w+-\w+$/.test(target)) return [item("page.link", "Latency and loss…")];
    if (/^c\d+$/.test(target)) return [item("page.command", "Type a command…")];
    return [];
  }

  /** @param {string} target */
  inside(target) {
    this.app.server = target;
    this.app.reveal("server");
  }

  /** @param {string} target */
  link(target) {
    this.app.ends = target;
    this.app.reveal("network");
  }

  command() {
    /** @type {import("./command-box.js").CommandBox | null} */ (
      this.app.renderRoot.querySelector("playground-command")
    )?.focusField();
  }
}
