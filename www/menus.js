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
      "page.why": (/** @type {string} */ about) => app.wonder(about),
      "page.link": (/** @type {string} */ target) => this.link(target),
    };
  }

  /** What the page adds to the engine's list. @param {string} target @returns {ActionView[]} */
  extra(target) {
    const entry = (/** @type {string} */ method, /** @type {string} */ label, /** @type {string} */ of) => ({
      method,
      args: [of],
      label,
      enabled: true,
      why: "",
    });
    const item = (/** @type {string} */ method, /** @type {string} */ label) => entry(method, label, target);
    const { frame, info } = this.app.player;
    if (target === "") {
      const leader = frame?.nodes.find(({ up, kind }) => up && kind === "leading");
      const verb = (info?.protocol.leads ?? "leads").replace(/s$/, "");
      const question = `Why does ${leader?.name ?? "nobody"} ${verb}?`;
      return [item("page.partition", "Partition into groups…"), entry("page.why", question, "leader")];
    }
    if (/^n\d+$/.test(target)) {
      const node = frame?.nodes.find(({ name }) => name === target);
      const up = node?.up ? [entry("page.why", `Why is it ${node.role}?`, `${target}.role`)] : [];
      return [...up, item("page.inside", "Look inside")];
    }
    if (/^\w+-\w+$/.test(target)) return [item("page.link", "Latency and loss…")];
    if (/^c\d+$/.test(target)) {
      const last = frame?.clients.find(({ name }) => name === target)?.ops.at(-1);
      const what = last?.outcome === "ok" ? "Where did the answer come from?" : "Why is there no answer?";
      const why = last ? [entry("page.why", what, `${target}.op[${last.seq}].outcome`)] : [];
      return [...why, item("page.command", "Type a command…")];
    }
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
