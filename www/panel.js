// The side panel: one tab at a time.

import { Focus } from "./focus.js";
import { Glance } from "./glance.js";
import { panelStyles } from "./panel-styles.js";
import { css, html, nothing, Part } from "./part.js";
import { storyStyles } from "./story-styles.js";
import { storyTab } from "./story-tab.js";
import { base, controls, hues } from "./styles.js";

/** @import { ClientFrame, Frame, Info, LinkView, Moment, RuleView } from "./engine-types" */

/**
 * @typedef {object} PanelView
 * @property {Frame} frame
 * @property {Info} info
 * @property {RuleView[]} rules
 * @property {Moment[]} moments
 * @property {import("./engine-types").Inside | null} inside of the server whose tab was open when it was asked for
 * @property {LinkView[]} links
 * @property {string} ends of the link that is looked at: "n1-n2"; all links if empty
 * @property {ClientFrame[]} clients with all that they asked for
 * @property {string} server whose tab is open
 * @property {import("./story.js").Story} story
 */

/** @typedef {(name: string, detail: unknown) => () => void} Sender makes an event handler that sends an event on */

/** @typedef {(view: PanelView, send: Sender) => unknown} Tab makes a tab's template */

/** @type {Record<string, string>} */
const NAMES = {
  story: "Story",
  hand: "By hand",
  events: "Events",
  rules: "Rules",
  network: "Network",
  clients: "Clients",
  checks: "Checks",
  server: "Server",
};

export class Panel extends Part {
  static properties = ["view", "tab", "bodies"];

  static styles = [
    base,
    controls,
    hues,
    panelStyles,
    storyStyles,
    css`:host { background: var(--surface); }`,
  ];

  constructor() {
    super();
    /** @type {PanelView | null} */
    this.view = null;
    this.tab = "events";
    /** The tab that was open when this was last drawn: another one is read from its top. */
    this.opened = "";
    /** The tabs that are loaded. @type {Record<string, Tab>} */
    this.bodies = { story: storyTab };
    /** @type {Promise<void> | null} */
    this.loading = null;
    this.focused = new Focus();
    this.glance = new Glance();
  }

  /** What each tab is called. @returns {Record<string, string>} */
  get names() {
    return NAMES;
  }

  /** The tabs that have something to say. */
  get tabs() {
    const { info, frame } = this.view ?? {};
    const hidden = new Set([info?.story.length ? "" : "story", frame?.holds.length ? "" : "hand"]);
    return Object.keys(this.names).filter((tab) => !hidden.has(tab));
  }

  /** The tab that is open. */
  get shown() {
    const tabs = this.tabs;
    return tabs.includes(this.tab) ? this.tab : tabs[0];
  }

  render() {
    if (!this.view) return nothing;
    const tab = this.shown;
    return html`
      <div class="tabs" role="tablist" aria-label="About this run" @keydown=${this.onKey}>
        ${this.tabs.map(
          (
            key,
          ) => html`<button role="tab" id="tab-${key}" aria-selected=${key === tab} aria-controls="body" tabindex=${key === tab ? 0 : -1}
            @click=${this.sender("tab", key)}>${this.names[key]}</button>`,
        )}
      </div>
      <div class="body" id="body" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">${this.bodies[tab]?.(this.view, this.sender)}</div>`;
  }

  /** Loads the other tabs when one of them is opened. */
  async load() {
    const { tabs, tabStyles, meterStyles } = await import("./tabs.js");
    this.renderRoot.adoptedStyleSheets.push(tabStyles, meterStyles);
    this.bodies = { ...this.bodies, ...tabs };
  }

  willUpdate() {
    this.focused.note(this.renderRoot);
  }

  updated() {
    this.focused.keep();
    if (this.view && !this.bodies[this.shown]) this.loading ??= this.load();
    const now = this.renderRoot.querySelector("[aria-current]");
    const body = this.renderRoot.querySelector(".body");
    if (body && this.opened !== this.shown) body.scrollTop = 0;
    this.opened = this.shown;
    this.glance.leave();
    if (!now || !body || body.contains(this.renderRoot.activeElement)) return;
    this.glance.ask(now, body, (a, b) => {
      if (a.bottom > b.bottom || a.top < b.top) body.scrollTop += a.top - b.top - b.height / 2;
    });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.stopPropagation();
    event.preventDefault();
    const tabs = this.tabs;
    const to = tabs[(tabs.indexOf(this.shown) + step + tabs.length) % tabs.length];
    this.sender("tab", to)();
    /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(`#tab-${to}`))?.focus();
  }

  /** @type {Sender} */
  sender = (name, detail) => () => {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  };
}

customElements.define("playground-panel", Panel);
