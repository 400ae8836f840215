// Asks the engine what can be done to a thing, opens the menu, does what is chosen. Time stands while a menu is open.

import { flightText } from "./flights.js";
import "./menu.js";
import { html, nothing } from "./part.js";

/** @import { Engine } from "./engine.js" */
/** @import { ActionView } from "./engine-types" */
/** @import { Call } from "./host.js" */
/** @import { MenuView } from "./menu.js" */
/** @import { Player } from "./player.js" */

/** @typedef {{ target: string, at: { x: number, y: number } | null, menu?: boolean, element: Element | null }} Question */

/**
 * @typedef {object} Owner what has menus
 * @property {Player} player
 * @property {Engine} engine
 * @property {(...calls: Call[]) => unknown} act
 * @property {() => void} requestUpdate
 */

export class ActionMenus {
  /** @param {Owner} owner */
  constructor(owner) {
    this.owner = owner;
    /** @type {MenuView | null} */
    this.view = null;
    /** What the page itself offers, by its name in a menu. @type {Record<string, (target: string) => void>} */
    this.own = {};
  }

  /** @param {Question} question */
  async ask({ target, at, element }) {
    const { owner } = this;
    if (this.view) return;
    owner.player.hold();
    try {
      const items = await owner.engine.do("actions", target);
      const place = at ?? { x: innerWidth / 2 - 100, y: innerHeight / 3 };
      this.view = {
        title: this.title(target),
        at: place,
        items: [...items, ...this.extra(target)],
        back: element,
      };
    } catch (error) {
      owner.player.release();
      throw error;
    }
    owner.requestUpdate();
  }

  /** @param {string} target */
  title(target) {
    const { frame } = this.owner.player;
    if (target === "") return "Network";
    const message = frame?.messages.find(({ id }) => `m${id}` === target);
    if (message) return flightText(message);
    if (target.includes("-")) return `Link ${target.replace("-", " and ")}`;
    const node = frame?.nodes.find(({ name }) => name === target);
    return node ? `${node.name} · ${node.up ? node.role : "down"}` : `client ${target}`;
  }

  /** What the page adds to the engine's list. @param {string} _target @returns {ActionView[]} */
  extra(_target) {
    return [];
  }

  close() {
    const back = this.view?.back;
    this.view = null;
    this.owner.player.release();
    this.owner.requestUpdate();
    if (back instanceof HTMLElement || back instanceof SVGElement) back.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  /** @param {ActionView} item */
  choose({ method, args }) {
    this.close();
    const own = this.own[method];
    if (own) own(String(args[0]));
    else this.owner.act([method, args]);
  }

  render() {
    if (!this.view) return nothing;
    return html`<playground-menu .view=${this.view} @dismiss=${() => this.close()}
      @choose=${(/** @type {CustomEvent<ActionView>} */ event) => this.choose(event.detail)}></playground-menu>`;
  }
}
