// Asks the engine what can be done to a thing, opens the menu, does what is chosen. Time stands while a menu is open.

import { html, nothing } from "lit/html.js";
import "./menu.js";
import { flightText } from "./flights.js";

/** @import { App } from "./app.js" */
/** @import { ActionView } from "./engine-types" */
/** @import { MenuView } from "./menu.js" */

/** @typedef {{ target: string, at: { x: number, y: number } | null, element: Element | null }} Question */

export class Menus {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    /** @type {MenuView | null} */
    this.view = null;
    /** What the page itself offers, by its name in a menu. @type {Record<string, (target: string) => void>} */
    this.own = {
      "page.partition": () => app.partition(),
      "page.inside": (target) => this.inside(target),
      "page.command": () => this.command(),
    };
  }

  /** @param {Question} question */
  async ask({ target, at, element }) {
    const { app } = this;
    if (this.view) return;
    app.player.hold();
    try {
      const items = await app.engine.do("actions", target);
      const place = at ?? { x: innerWidth / 2 - 100, y: innerHeight / 3 };
      this.view = {
        title: this.title(target),
        at: place,
        items: [...items, ...this.extra(target)],
        back: element,
      };
    } catch (error) {
      app.player.release();
      throw error;
    }
    app.requestUpdate();
  }

  /** @param {string} target */
  title(target) {
    const { frame } = this.app.player;
    if (target === "") return "Network";
    const message = frame?.messages.find(({ id }) => `m${id}` === target);
    if (message) return flightText(message);
    if (target.includes("-")) return `Link ${target.replace("-", " and ")}`;
    const node = frame?.nodes.find(({ name }) => name === target);
    return node ? `${node.name} · ${node.up ? node.role : "down"}` : `client ${target}`;
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
    if (/^c\d+$/.test(target)) return [item("page.command", "Type a command…")];
    return [];
  }

  /** @param {string} target */
  inside(target) {
    this.app.server = target;
    this.app.tab = "server";
  }

  command() {
    /** @type {import("./command-box.js").CommandBox | null} */ (
      this.app.renderRoot.querySelector("playground-command")
    )?.focusField();
  }

  close() {
    const back = this.view?.back;
    this.view = null;
    this.app.player.release();
    this.app.requestUpdate();
    if (back instanceof HTMLElement || back instanceof SVGElement) back.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  /** @param {ActionView} item */
  choose({ method, args }) {
    this.close();
    const own = this.own[method];
    if (own) own(String(args[0]));
    else this.app.act([method, args]);
  }

  render() {
    if (!this.view) return nothing;
    return html`<playground-menu .view=${this.view} @dismiss=${() => this.close()}
      @choose=${(/** @type {CustomEvent<ActionView>} */ event) => this.choose(event.detail)}></playground-menu>`;
  }
}
